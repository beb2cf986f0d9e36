"""How likely a passage holds the answer, in libraries of any size."""

import pytest

from daehwa.documents import scoring


def sure(scores, *, asked_in="ko", written_in="ko"):
    """The confidence in the best of these passages of one language."""
    across = asked_in != written_in
    background = scoring.background(scores, across=across)
    return scoring.of(scores[0], background, asked_in=asked_in, written_in=written_in)


@pytest.mark.parametrize(("asked_in", "written_in"), [("ko", "ko"), ("ko", "en"), ("en", "ko")])
@pytest.mark.parametrize("passages", [1, 5, 20, 60])
def test_what_is_only_a_little_like_the_question_is_no_answer_in_a_small_library_either(
    asked_in, written_in, passages
):
    scores = [0.28] + [0.05] * (passages - 1)
    assert sure(scores, asked_in=asked_in, written_in=written_in) < scoring.ENOUGH


@pytest.mark.parametrize("passages", [1, 5, 20, 60])
def test_what_is_very_like_it_is_one_wherever_it_stands(passages):
    scores = [0.75] + [0.05] * (passages - 1)
    for asked_in, written_in in (("ko", "ko"), ("ko", "en"), ("en", "ko"), ("en", "en")):
        assert sure(scores, asked_in=asked_in, written_in=written_in) >= scoring.ENOUGH


def test_passages_that_are_all_alike_leave_no_lead():
    assert sure([0.5] * 40) < sure([0.5] + [0.1] * 39)
