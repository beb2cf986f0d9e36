"""Slips of the pen and false friends."""

import pytest

from daehwa.nlu.slots.fuzzy import Nearby, letters

WORDS = Nearby(
    ["pepperoni", "mushroom", "rose", "large", "medium", "아메리카노", "장미", "카페라떼"]
)


def test_hangul_is_taken_apart_into_letters():
    assert len(letters("한글")) == 6
    assert letters("abc") == "abc"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("peperoni", "pepperoni"),
        ("pepperonni", "pepperoni"),
        ("mushrom", "mushroom"),
        ("meduim", "medium"),
        ("아메리카나", "아메리카노"),
        ("아매리카노", "아메리카노"),
        ("카페라때", "카페라떼"),
    ],
)
def test_a_slip_means_the_listed_phrase(said, meant):
    assert WORDS.nearest(said, elicited=False) == meant


@pytest.mark.parametrize(
    "said", ["lose", "nose", "ros", "barge", "장마", "장기", "pepper", "medicine"]
)
def test_a_word_of_its_own_does_not(said):
    assert WORDS.nearest(said, elicited=False) is None


def test_two_phrases_equally_near_are_neither():
    assert Nearby(["orange", "oranga"]).nearest("orango", elicited=True) is None


def test_of_two_that_are_equally_near_either_will_do_where_they_mean_the_same():
    listed = {"크루아상": ["크루아상"], "크로와상": ["크루아상"]}
    assert Nearby(listed).nearest("크로아상", elicited=True) in listed
    assert Nearby(list(listed)).nearest("크로아상", elicited=True) is None
