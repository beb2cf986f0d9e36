"""Citations of an answer that a model composed: those of passages that are there, and no other."""

import pytest

from daehwa.answers import Answer, SourcePassage, TrueCitations, composed_answer

PASSAGES = tuple(
    SourcePassage(number=number, title="T", heading="", text="t") for number in (1, 2, 3)
)


@pytest.mark.parametrize(
    ("written", "shown", "sources"),
    [
        ("Yes, it is heated [1].", "Yes, it is heated [1].", [1]),
        ("아침 7시입니다 [2]. 그 밖은 [9] 모릅니다.", "아침 7시입니다 [2]. 그 밖은 모릅니다.", [2]),
        ("네[9][1], 됩니다[4].", "네[1], 됩니다.", [1]),
        ("Three days [99].", "Three days.", [1, 2, 3]),
        ("It is free.", "It is free.", [1, 2, 3]),
        ("문서에 없는 내용입니다 [0].", "문서에 없는 내용입니다.", []),
        ("At 7 [3]; the rest is not there [0]", "At 7 [3]; the rest is not there", [3]),
        ("Write items[10], or [12](https://a.example).", None, [1, 2, 3]),
        ("[ 4 ] and [year] and [123]", None, [1, 2, 3]),
        ("ends with a [", None, [1, 2, 3]),
    ],
)
def test_citations_are_true_whole_and_in_pieces_of_any_size(written, shown, sources):
    answer = composed_answer(Answer(text=written, source="chatgpt"), PASSAGES)
    assert answer.text == (written if shown is None else shown)
    assert [one.number for one in answer.sources] == sources
    for size in (1, 2, 3, 5, 100):
        citations = TrueCitations(PASSAGES)
        pieces = [written[at : at + size] for at in range(0, len(written), size)]
        words = [citations.text(piece) for piece in pieces] + [citations.rest()]
        assert "".join(words) == answer.text
