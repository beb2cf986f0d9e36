"""Which texts are the same utterance."""

import pytest

from daehwa.nlu.normalising import exact_key, normalise, words


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Book a HOTEL!", "book a hotel"),
        ("  book\ta  hotel ", "book a hotel"),
        ("I don't know", "i dont know"),
        ("I don’t know", "i dont know"),
        ("ｂｏｏｋ a hotel", "book a hotel"),
        ("안녕하세요~!!", "안녕하세요"),
        ("한글", "한글"),
        ("हाँ, जी!", "हाँ जी"),
    ],
)
def test_capitals_width_marks_and_composition_do_not_count(said, written):
    assert normalise(said) == written


def test_a_text_of_symbols_keeps_them():
    assert normalise(" 👍 ") == "👍"
    assert normalise("?") == "?"
    assert normalise("   ") == ""


def test_spacing_counts_in_english_but_not_in_korean():
    assert exact_key(normalise("예약 해 줘")) == exact_key(normalise("예약해줘"))
    assert exact_key("an other") != exact_key("another")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("BookHotel", "book hotel"),
        ("BookHotelIntent", "book hotel"),
        ("check_HTTPStatus", "check http status"),
        ("호텔예약", "호텔예약"),
        ("환불", "환불"),
        ("Intent2", ""),
        ("g776_t3", ""),
    ],
)
def test_an_intents_name_is_read_as_words(name, title):
    assert words(name) == title
