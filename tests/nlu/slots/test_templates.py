"""Sample utterances with placeholders, taken apart, laid over texts, and filled again."""

from daehwa.nlu.builtins import Text
from daehwa.nlu.slots.alignment import Alignment
from daehwa.nlu.slots.templates import fill, parse, slots_of, without

FLIGHT = parse("fly from {From} to {To} {today}", {"From", "To"})
TRAIN = parse("{From}에서 {To}으로 가는 표", {"From", "To"})


def laid(template, text):
    said = Text(text)
    spans = Alignment(template).lay(said)
    return spans and {slot: said.raw[start:end] for slot, (start, end) in spans.items()}


def test_braces_around_no_slot_are_words():
    assert slots_of(FLIGHT) == ["From", "To"]
    assert fill(FLIGHT, {"From": "Rome", "To": "Oslo"})[0] == "fly from Rome to Oslo {today}"


def test_values_are_filled_where_they_stand():
    text, spans = fill(FLIGHT, {"From": "Rome", "To": "Oslo"})
    assert [(text[start:end], slot) for start, end, slot in spans] == [
        ("Rome", "From"),
        ("Oslo", "To"),
    ]


def test_korean_particles_agree_with_the_value():
    for to, expected in {"부산": "부산으로", "대구": "대구로", "서울": "서울로"}.items():
        assert fill(TRAIN, {"From": "인천", "To": to})[0] == f"인천에서 {expected} 가는 표"


def test_a_slot_left_unsaid_takes_its_marker_with_it():
    assert fill(without(FLIGHT, 1), {"To": "Oslo"})[0].split() == ["fly", "to", "Oslo", "{today}"]
    assert fill(without(TRAIN, 0), {"To": "대구"})[0] == "대구로 가는 표"


def test_a_template_is_laid_over_a_text_word_for_word():
    template = parse("book {Room} for {Guest}", {"Room", "Guest"})
    assert laid(template, "Book the big hall for Ann!") == {"Room": "the big hall", "Guest": "Ann"}
    assert laid(template, "book the hall") is None
    assert laid(TRAIN, "판교에서 대구로 가는 표") == {"From": "판교", "To": "대구"}


def test_slots_with_nothing_between_them_cannot_be_laid():
    assert not Alignment(parse("a {Make} {Model} please", {"Make", "Model"})).usable
    assert not Alignment(parse("{Make}", {"Make"})).usable


def test_expansions_fill_every_placeholder_and_are_the_same_for_the_same_seed(models):
    texts = models["ko"].expansions("Train", 12, 7)
    assert len(texts) == 12
    assert len(set(texts)) == 12
    assert not any("{" in text for text in texts)
    assert texts == models["ko"].expansions("Train", 12, 7)
    assert texts != models["ko"].expansions("Train", 12, 8)


def test_an_intent_without_placeholders_has_no_expansions(models):
    assert models["en"].expansions("Service", 5, 0) == []
    assert models["en"].expansions("NoSuchIntent", 5, 0) == []
