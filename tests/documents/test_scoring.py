"""How likely a passage holds the answer, in libraries of any size."""

import numpy as np
import pytest

from daehwa import documents, nlu
from daehwa.documents import scoring
from daehwa.documents.neutral_texts import LANGUAGES, neutral_vectors
from daehwa.nlu.background import background

OF_A_QUESTION = 0.4  # what most questions have in common with the nearest neutral text


def sure(scores, *, asked_in="ko", written_in="ko", neutral=OF_A_QUESTION):
    """The confidence in the best of these passages of one language."""
    across = asked_in != written_in
    further = scoring.background(scores, across=across)
    return scoring.of(scores[0], further, neutral=neutral, asked_in=asked_in, written_in=written_in)


@pytest.mark.parametrize(("asked_in", "written_in"), [("ko", "ko"), ("ko", "en"), ("en", "ko")])
@pytest.mark.parametrize("passages", [1, 5, 20, 60])
def test_what_is_only_a_little_like_the_question_is_no_answer_in_a_small_library_either(
    asked_in, written_in, passages
):
    scores = [0.28] + [0.05] * (passages - 1)
    assert sure(scores, asked_in=asked_in, written_in=written_in) < documents.ENOUGH


@pytest.mark.parametrize("passages", [1, 5, 20, 60])
def test_what_is_very_like_it_is_one_wherever_it_stands(passages):
    scores = [0.75] + [0.05] * (passages - 1)
    for asked_in, written_in in (("ko", "ko"), ("ko", "en"), ("en", "ko"), ("en", "en")):
        assert sure(scores, asked_in=asked_in, written_in=written_in) >= documents.ENOUGH


def test_passages_that_are_all_alike_leave_no_lead():
    assert sure([0.5] * 40) < sure([0.5] + [0.1] * 39)


@pytest.mark.parametrize(("asked_in", "written_in"), [("ko", "ko"), ("en", "en"), ("ko", "en")])
def test_a_question_that_people_ask_anybody_needs_a_better_passage(asked_in, written_in):
    scores = [0.42] + [0.05] * 39
    at_anybody = sure(scores, asked_in=asked_in, written_in=written_in, neutral=0.9)
    assert at_anybody < documents.ENOUGH
    assert at_anybody < sure(scores, asked_in=asked_in, written_in=written_in, neutral=0.3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_neutral_texts_are_those_of_understanding(language):
    texts = background(language)
    vectors = neutral_vectors(language)
    assert len(vectors) == len(texts)
    some = slice(0, len(texts), 90)
    assert np.allclose(vectors[some], nlu.encode(texts[some]), atol=0.02)


def test_who_has_read_a_small_library_twice_asks_for_more_where_anybody_is_asked():
    of = {"asked_in": "ko", "written_in": "ko", "twice": True}
    for neutral, enough in ((0.3, True), (0.8, False)):
        assert (scoring.of(0.45, 0.1, neutral=neutral, **of) >= documents.ENOUGH) is enough
    # The second encoder counts beside the first one, wherever words say nothing.
    both = [scoring.score(0.3, 0.1, 0, language="ko", second=(far, far)) for far in (0.1, 0.6)]
    assert both[0] < both[1]


def test_a_language_without_neutral_texts_is_compared_with_english_ones():
    assert neutral_vectors("ja") is neutral_vectors("ja")
    assert np.array_equal(neutral_vectors("ja"), neutral_vectors("en"))


def test_what_anybody_is_asked_finds_no_answer_in_a_library_of_four_passages(desk):
    desk.write(
        "수선집.md",
        "# 솔기 수선집\n\n## 맡기기\n옷은 오전 열 시부터 저녁 일곱 시까지 맡깁니다.\n\n"
        "## 바짓단\n바짓단을 줄이는 값은 육천 원이고 이틀 걸립니다.\n\n"
        "## 지퍼\n지퍼를 바꾸는 값은 만이천 원입니다.\n\n"
        "## 찾기\n다 된 옷은 석 달 동안 보관합니다.\n",
    )
    desk.index()
    assert desk.best("바짓단 줄이는 데 얼마예요?").confidence >= documents.ENOUGH
    assert desk.best("청바지 지퍼가 고장났어요").confidence >= documents.ENOUGH
    for question in (
        "서울에서 부산까지 얼마나 걸려?",
        "비트코인 지금 얼마야",
        "세종대왕은 언제 태어났어?",
    ):
        assert desk.best(question).confidence < documents.ENOUGH, question
