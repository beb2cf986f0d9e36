"""The list of interpretations: order, FallbackIntent's place, what each entry shows."""

import pytest
from tests.dialog.build import Talk, fallback, intent, locale, means, scalar, slot


def bot(threshold=0.4, names="ABCDEFG"):
    return locale(*(intent(n, slot("x")) for n in names), fallback(), threshold=threshold)


def listed(talk):
    return [
        (i.intent.name, i.nlu_confidence.score if i.nlu_confidence else None)
        for i in talk.outcome.interpretations
    ]


@pytest.mark.parametrize(
    ("threshold", "scores", "expected"),
    [
        (0.8, {"A": 0.7, "B": 0.6, "C": 0.5}, "FABC"),
        (0.4, {"A": 1.0, "B": 0.32}, "AFB"),
        (0.4, {"A": 1.0, "B": 0.56, "C": 0.51}, "ABCF"),
        (0.4, {"A": 0.4}, "AF"),
        (0.4, {}, "F"),
        (0.4, {"A": 0.9, "B": 0.0}, "AF"),
        (0.4, dict.fromkeys("ABCDE", 0.9), "ABCDF"),
        (0.4, {"A": 0.9} | dict.fromkeys("BCDEG", 0.1), "AFBCD"),
    ],
)
def test_fallback_stands_above_the_first_below_the_threshold(threshold, scores, expected):
    talk = Talk(bot(threshold)).says("text", *(means(n, s) for n, s in scores.items()))
    assert "".join(name[0] for name, _ in listed(talk)) == expected
    assert len(listed(talk)) <= 5


def test_recorded_orders(cases):
    for case in cases.of_kind("interpretations"):
        for turn in case["turns"]:
            scores = turn["given"]["scores"]
            intents = [*(intent(n) for n in scores), fallback()]
            talk = Talk(locale(*intents, threshold=turn["given"]["threshold"]))
            talk.says("text", *(means(n, s) for n, s in scores.items()))
            names = [n.replace("FallbackIntent", "AMAZON.FallbackIntent") for n, _ in listed(talk)]
            assert names == turn["expect"]["order"]


def test_only_the_active_intent_shows_its_states_and_slots():
    talk = Talk(bot()).says("text", means("A", x="1"), means("B", 0.3, x="2"))
    active, fall, other = talk.outcome.interpretations
    assert active.intent == talk.intent
    assert (fall.intent.state, fall.nlu_confidence, fall.intent.slots) == (None, None, {})
    assert (other.intent.state, other.intent.confirmation_state) == (None, None)
    assert other.intent.slots == {"x": None}


def test_the_fallback_shows_its_states_when_it_is_active():
    entry = Talk(bot()).says("text").outcome.interpretations[0]
    assert (entry.intent.state, entry.nlu_confidence) == ("ReadyForFulfillment", None)


def test_the_intent_in_progress_leads_while_its_slot_is_elicited():
    talk = Talk(bot()).says("text", means("A"))
    assert listed(talk.says("??")) == [("A", None), ("FallbackIntent", None)]
    assert listed(talk.says("??", means("B", 0.3))) == [
        ("A", None),
        ("FallbackIntent", None),
        ("B", 0.3),
    ]
    talk.says("1", value=scalar("1"), score=0.73)
    assert listed(talk) == [("A", 0.73), ("FallbackIntent", None)]


def test_a_recorded_reply(cases):
    """The fallback stands between the intent in progress and one that scored low."""
    for case in cases.of_kind("recorded-response"):
        expect = case["turns"][0]["expect"]
        first, fall, other = (entry["intent"] for entry in expect["interpretations"])
        assert fall["name"] == "FallbackIntent"
        score = expect["interpretations"][2]["nluConfidence"]["score"]
        intents = [intent(i["name"], *(slot(n) for n in i["slots"])) for i in (first, other)]
        slots = expect["sessionState"]["intent"]["slots"]
        filled = {n: scalar(v["value"]["interpretedValue"]) for n, v in slots.items()}
        talk = Talk(locale(*intents, fallback()))
        talk.says("text", means(first["name"], 1.0, **filled), means(other["name"], score))
        names = [i["intent"]["name"] for i in expect["interpretations"]]
        assert [name for name, _ in listed(talk)] == names
        assert listed(talk)[2] == (other["name"], score)


def test_an_intent_whose_contexts_are_off_is_not_listed():
    off = locale(intent("A"), intent("B", inputs=("ctx",)), fallback())
    talk = Talk(off).says("text", means("B", 0.9), means("A", 0.8))
    assert listed(talk) == [("A", 0.8), ("FallbackIntent", None)]
