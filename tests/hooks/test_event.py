"""The event of the Lambda contract, beside a recorded one."""

import json
import random

import msgspec
import pytest
from tests.dialog.build import (
    NOON,
    Talk,
    ambiguous,
    code_hook,
    hears,
    initial,
    intent,
    locale,
    means,
    slot,
    step,
)

from daehwa import dialog, hooks, lex

BOT = hooks.BotReference(
    id="MURAEHIRE1",
    name="MuraeBoatHire",
    version="DRAFT",
    locale_id="en_US",
    alias_id="TSTALIASID",
    alias_name="TestBotAlias",
)


def written(call, **more):
    return hooks.event(call, bot=BOT, session_id="wharf-7", **more)


def first_call(recorded):
    """The first call of a hook, of a bot that has what the recorded event shows."""
    *candidates, _ = recorded["interpretations"]
    intents = []
    for entry in candidates:
        first = recorded["proposedNextState"]["dialogAction"]["slotToElicit"]
        names = sorted(entry["intent"]["slots"], key=lambda name: name != first)
        slots = (slot(name) for name in names)
        intents.append(intent(entry["intent"]["name"], *slots, hook=True, old_flow=True))
    talk = Talk(locale(*intents))
    talk.says(
        recorded["inputTranscript"],
        *(means(entry["intent"]["name"], entry["nluConfidence"]) for entry in candidates),
    )
    return talk.calls[0]


def test_the_event_is_the_recorded_one_to_the_letter(cases):
    for case in cases.of_kind("lambda_event"):
        recorded = case["turns"][0]["expect"]["lambda_event"]
        about = recorded["bot"]
        reference = hooks.BotReference(
            id=about["id"],
            name=about["name"],
            version=about["version"],
            locale_id=about["localeId"],
            alias_id=about["aliasId"],
            alias_name=about["aliasName"],
        )
        call = first_call(recorded)
        event = hooks.event(call, bot=reference, session_id=recorded["sessionId"])
        event = json.loads(json.dumps(event))
        assert event.pop("sessionState")["intent"] == event["interpretations"][0]["intent"]
        for interpretation in event["interpretations"]:
            # Recorded before 2024, when Lex began to name the source.
            assert interpretation.pop("interpretationSource") == "Lex"
        assert event == recorded


def travel_call():
    """The first call for one intent of three."""
    names = ("BookHotel", "BookFlight", "BookCar")
    intents = (intent(name, slot("City"), hook=True, old_flow=True) for name in names)
    talk = Talk(locale(*intents))
    talk.says("book a hotel", means("BookHotel"), means("BookFlight", 0.56), means("BookCar", 0.51))
    return talk.calls[0]


def test_nlu_confidence_is_a_plain_number_and_the_fallback_has_none():
    entries = written(travel_call())["interpretations"]
    assert [e.get("nluConfidence") for e in entries] == [1.0, 0.56, 0.51, None]


def test_a_prediction_other_than_a_slot_proposes_nothing():
    hotel = intent("BookHotel", hook=True, old_flow=True)
    call = Talk(locale(hotel)).says("book", means("BookHotel")).calls[0]
    assert "proposedNextState" not in written(call)


def test_a_retry_is_proposed_by_its_number():
    hotel = intent(
        "BookHotel",
        slot("City", elicitation_code_hook=hears("CityPrompt")),
        hook=True,
        initial=initial(next_step=step("ElicitSlot", "City")),
    )
    talk = Talk(locale(hotel)).says("book", means("BookHotel")).says("???").says("???")
    events = [written(c) for c in talk.calls]
    assert [e["proposedNextState"]["prompt"] for e in events] == [
        {"attempt": "Retry1"},
        {"attempt": "Retry2"},
    ]
    assert events[0]["invocationLabel"] == "CityPrompt"


def test_what_was_elicited_is_not_in_the_state():
    hotel = intent("BookHotel", slot("City"), hook=True, old_flow=True)
    talk = Talk(locale(hotel)).says("book", means("BookHotel")).says("???")
    # A function that gives the whole state back is refused at every turn, not only at the first.
    assert [sorted(written(call)["sessionState"]) for call in talk.calls] == 2 * [
        ["activeContexts", "intent", "originatingRequestId", "sessionAttributes"]
    ]


def test_transcriptions_show_the_words_without_what_was_chosen():
    hotel = intent("BookHotel", slot("City"), hook=True, old_flow=True)
    talk = Talk(locale(hotel)).says("a hotel in paris", means("BookHotel", City="Paris"))
    assert written(talk.calls[0])["transcriptions"] == [
        {
            "transcription": "a hotel in paris",
            "transcriptionConfidence": 1.0,
            "resolvedContext": {"intent": "BookHotel"},
            "resolvedSlots": {
                "City": {
                    "shape": "Scalar",
                    "value": {"originalValue": "Paris", "resolvedValues": ("Paris",)},
                }
            },
        }
    ]


def test_an_unclear_value_has_a_null_interpretation():
    """Hooks in Python read the member without asking whether it is there."""
    unclear = ambiguous("10 o'clock", "10:00", "22:00")
    start = initial(next_step=step("InvokeDialogCodeHook"), code_hook=code_hook())
    meet = intent("Meet", slot("Hour", "AMAZON.Time"), hook=True, initial=start)
    talk = Talk(locale(meet)).says("at ten", means("Meet", Hour=unclear))
    event = json.loads(json.dumps(written(talk.calls[0])))
    for shown in (event["sessionState"]["intent"], event["interpretations"][0]["intent"]):
        assert shown["slots"]["Hour"]["value"] == {
            "originalValue": "10 o'clock",
            "interpretedValue": None,
            "resolvedValues": ["10:00", "22:00"],
        }


def test_session_state_always_has_its_maps():
    state = written(travel_call())["sessionState"]
    assert state["activeContexts"] == []
    assert state["sessionAttributes"] == {}
    assert state["originatingRequestId"] == "request-1"


def test_request_attributes_are_null_or_what_came():
    hotel = intent("BookHotel", hook=True, old_flow=True)
    talk = Talk(locale(hotel)).says("book", means("BookHotel"), request={"channel": "web"})
    assert written(talk.calls[0])["requestAttributes"] == {"channel": "web"}
    assert written(travel_call())["requestAttributes"] is None


def test_kendras_reply_rides_in_the_intent():
    call = travel_call()
    call = msgspec.structs.replace(call, kendra_response={"TotalNumberOfResults": 1})
    event = written(call)
    assert event["sessionState"]["intent"]["kendraResponse"] == {"TotalNumberOfResults": 1}


def test_an_event_over_12_kb_is_refused_where_quotas_are_on():
    hotel = intent("BookHotel", hook=True, old_flow=True)
    turn = dialog.turn(
        dialog.Plan(locale(hotel)),
        dialog.Session(session_attributes={"a": "x" * 13_000}),
        lex.Understanding(text="book", candidates=(means("BookHotel"),)),
        context=dialog.TurnContext(now=NOON, request_id="r", choose=random.Random(1)),
    )
    call = next(turn)
    written(call)
    with pytest.raises(lex.DependencyFailedException, match="12,288"):
        written(call, quotas=True)
