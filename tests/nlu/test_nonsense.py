"""Texts in which no word is a word."""

import pytest

from daehwa.nlu.nonsense import Nonsense
from daehwa.nlu.sample_words import SampleWords

SAMPLES = ("explode with words", "do the zorbafrug shimmyloo")


@pytest.mark.parametrize("text", ["xyzzy plugh quux", "Fnord, gazonk!", "qwerty asdfasdf"])
def test_no_word_of_theirs_is_known(text):
    assert text in Nonsense(SampleWords(SAMPLES, "en_US"))


@pytest.mark.parametrize(
    "text",
    [
        "zorbafrug qwerty",  # a word of the samples
        "qwerty shimmylo",  # misspelt
        "gibberish",  # a single word may be one
        "xyzzy the quux",
        "zażółć gęślą",
        "12 34",
    ],
)
def test_a_word_that_may_be_one_is_enough(text):
    assert text not in Nonsense(SampleWords(SAMPLES, "en_US"))


def test_other_languages_are_not_judged():
    assert "xyzzy plugh" not in Nonsense(SampleWords(("quiero reservar una habitacion",), "en_US"))
    assert "xyzzy plugh" not in Nonsense(SampleWords(SAMPLES, "es_US"))
