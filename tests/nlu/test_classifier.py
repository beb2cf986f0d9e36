"""Strengths of intents, and the probability made of them."""

import numpy as np
import pytest

from daehwa.nlu import encoder
from daehwa.nlu.background import background
from daehwa.nlu.classifier import Classifier
from daehwa.nlu.confidence import confidence, signs
from daehwa.nlu.quality import stages

COFFEE = ("커피 한 잔 주세요", "아메리카노 주문할게요", "라떼 하나 시킬게요")
STAFF = ("직원을 불러 주세요", "사장님이랑 얘기하고 싶어요", "상담원 연결해 줘")


@pytest.fixture(scope="module")
def cafe():
    return Classifier.learn(
        [COFFEE, STAFF], names=["OrderCoffee", "CallStaff"], background=background("ko_KR")
    )


def sure(classifier, text, among=None):
    found, top = signs(
        classifier.evidence(text, classifier.spelling(text)),
        samples=classifier.samples,
        among=among,
    )
    return confidence(found), top


@pytest.mark.parametrize("text", ["따뜻한 커피 부탁해요", "카페라떼 주문하려고요", "coffee please"])
def test_a_paraphrase_never_seen_is_recognised(cafe, text):
    score, top = sure(cafe, text)
    assert top == 0
    assert score > 0.4


@pytest.mark.parametrize("text", ["오늘 며칠이야", "고양이는 왜 울어요", "how do planes fly"])
def test_a_text_that_is_nobodys_business_is_not(cafe, text):
    assert sure(cafe, text)[0] < 0.4


def test_an_intents_name_helps_where_it_is_made_of_words():
    def strength(name):
        classifier = Classifier.learn([COFFEE, STAFF], names=[name, "B2"])
        return classifier.evidence(
            "order a coffee", classifier.spelling("order a coffee")
        ).strength[0]

    assert strength("OrderCoffee") > strength("A1")


def test_only_the_intents_asked_about_can_win(cafe):
    _, top = sure(cafe, "커피 한 잔 주세요", among=np.array([False, True]))
    assert top == 1


def test_learning_is_deterministic(cafe):
    again = Classifier.learn(
        [COFFEE, STAFF], names=["OrderCoffee", "CallStaff"], background=background("ko_KR")
    )
    for name, array in cafe.arrays().items():
        assert np.array_equal(array, again.arrays()[name])


def test_its_arrays_are_all_of_it(cafe):
    copy = Classifier.of(
        cafe.arrays(), recipes=[stage.recipe for stage in cafe.stages], texts=cafe.texts
    )
    assert sure(copy, "아이스 커피요") == sure(cafe, "아이스 커피요")


def test_a_second_stage_knows_the_same_rows_by_more_encoders():
    recipes = stages("balanced", "ko_KR")
    both = Classifier.learn([COFFEE, STAFF], recipes=recipes, background=background("ko_KR"))
    text = "카페라떼 주문하려고요"
    first = both.evidence(text, both.spelling(text))
    second = both.evidence(text, both.spelling(text), first)
    assert [len(first.vector), len(second.vector)] == [each.width for each in recipes]
    assert np.array_equal(second.vector[: len(first.vector)], first.vector)
    copy = Classifier.of(both.arrays(), recipes=recipes, texts=both.texts)
    again = copy.evidence(text, copy.spelling(text), copy.evidence(text, copy.spelling(text)))
    assert np.array_equal(again.support, second.support)


def test_evidence_shows_how_near_the_neighbourhood_is(cafe):
    text = "라떼 하나 부탁해요"
    evidence = cafe.evidence(text, cafe.spelling(text))
    cosines = encoder.encode([*COFFEE, *STAFF]) @ evidence.vector
    means = [cosines[: len(COFFEE)].mean(), cosines[len(COFFEE) :].mean()]
    assert np.allclose(evidence.typical, means, atol=1e-4)
    assert evidence.crowd == pytest.approx(float(np.sort(cosines)[-3:].mean()), abs=1e-4)
    assert evidence.neutral >= evidence.neutral_crowd > 0
    bare = Classifier.learn([COFFEE])
    assert bare.evidence(text, bare.spelling(text)).neutral_crowd == 0


def test_vectors_that_are_known_are_not_asked_for_again(cafe):
    known = {text: np.eye(512, dtype=np.float32)[row] for row, text in enumerate(COFFEE)}
    odd = Classifier.learn([COFFEE], vectors=known)
    assert np.array_equal(odd.arrays()["vectors"], np.eye(512, dtype=np.float32)[:3])


def test_a_background_text_that_is_the_bots_business_is_left_out():
    weather = background("ko_KR")[0]
    alone = Classifier.learn([[weather]], background=(weather, "라면 끓이는 법"))
    assert alone.arrays()["owners"].tolist() == [0, 1]


def test_many_samples_are_learned_by_another_road_to_the_same_end(cafe, monkeypatch):
    monkeypatch.setattr("daehwa.nlu.classifier._FEW", 10)
    other = Classifier.learn(
        [COFFEE, STAFF], names=["OrderCoffee", "CallStaff"], background=background("ko_KR")
    )
    for name, array in cafe.arrays().items():
        assert np.allclose(array, other.arrays()[name], atol=1e-3), name
