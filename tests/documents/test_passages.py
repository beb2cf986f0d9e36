"""How documents are cut, and which words of them are searched."""

import pytest

from daehwa.documents import Document, QuestionAnswer, Section, terms_of
from daehwa.documents.languages import language_of
from daehwa.documents.passages import LONGEST, passages, sentences
from daehwa.documents.terms import stem


def test_a_passage_repeats_its_headings():
    section = Section(headings=("안내", "배송"), text="사흘 걸립니다.")
    (passage,) = passages(Document(title="안내", sections=(section,)))
    assert passage.heading == "안내 > 배송"
    assert passage.text == "사흘 걸립니다."


def test_an_answered_question_is_a_passage_of_its_own():
    pair = QuestionAnswer(question="주차되나요?", answer="네.")
    (passage,) = passages(Document(title="FAQ", questions=(pair,)))
    assert (passage.question, passage.text) == ("주차되나요?", "네.")


def test_long_text_is_cut_between_sentences_and_nothing_is_lost():
    text = " ".join(f"이것은 {number}번째 문장이며 조금 깁니다." for number in range(200))
    cut = list(passages(Document(title="t", sections=(Section(text=text),))))
    assert all(200 < len(passage.text) <= LONGEST for passage in cut)
    assert " ".join(passage.text for passage in cut) == text


def test_a_sentence_without_an_end_is_cut_all_the_same():
    cut = list(passages(Document(title="t", sections=(Section(text="가" * 2000),))))
    assert "".join(passage.text for passage in cut) == "가" * 2000
    assert max(len(passage.text) for passage in cut) <= LONGEST


def test_short_sentences_stand_with_their_neighbours():
    assert sentences("네. 됩니다. 그런데 주말에는 문을 열지 않습니다.") == [
        "네. 됩니다. 그런데 주말에는 문을 열지 않습니다."
    ]


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("서울에서", {"서울에서", "서울에", "서울"}),
        ("책을", {"책을", "책"}),
        ("2층에서", {"2", "층에서", "층에"}),
    ],
)
def test_a_korean_word_stands_with_its_stems(word, wanted):
    assert wanted <= set(terms_of(word))


def test_an_english_word_stands_with_its_stem():
    assert stem("bookings") == stem("booked") == stem("book")
    assert stem("stopped") == stem("stop")
    assert stem("bus") == "bus"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("주문은 API로 합니다", "ko"),
        ("Open at nine", "en"),
        ("営業時間は九時から", "ja"),
        ("营业时间", "zh"),
        ("123", "en"),
    ],
)
def test_the_language_of_a_text(text, language):
    assert language_of(text) == language
