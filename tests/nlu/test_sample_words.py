"""Misspelt words of English samples."""

import pytest

from daehwa.nlu.sample_words import SampleWords

SAMPLES = (
    "Cancel my membership",
    "print the invoice",
    "book a class",
    "the wine and the pool",
    "what are your hours today?",
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("cancle my membrship", "cancel my membership"),
        ("Canceel it...", "cancel it..."),
        ("book a clsas", "book a class"),
        ("prnt it", "print it"),  # four letters
        ("your hurs?", "your hours?"),
        ("todayy", "today"),
        ("todayu", "today"),  # the key beside
        ("memburship, mwmbership", "membership, membership"),
        ("invoece, clasd", "invoice, class"),
        ("please stop.cancle", "please stop.cancle"),  # an address, it seems
    ],
)
def test_a_slip_of_the_pen_is_the_samples_word(text, meant):
    assert SampleWords(SAMPLES, "en_US").corrected(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "a glass of water",  # words of their own
        "the point is",
        "hour by hour",
        "clams",  # no words of the vocabulary, and no slips of fingers
        "to whine",
        "a landscaper",
        "poop",
        "by Classi",  # a name
        "wifi",
        "cncl",  # two slips
        "cancle@example.com",
        "membrship's",
    ],
)
def test_other_words_stay(text):
    assert SampleWords(SAMPLES, "en_US").corrected(text) == text


def test_samples_in_another_language_correct_nothing():
    spanish = ("cancelar mi reserva", "quiero una habitacion")
    assert SampleWords(spanish, "en_US").corrected("cancelr mi reserv") == "cancelr mi reserv"
    assert SampleWords(spanish, "es_ES").corrected("cancelr mi reserv") == "cancelr mi reserv"
