"""What a code hook may reply, and how what it may not is refused."""

import pytest

from daehwa import dialog, hooks, lex

DELEGATE = {"sessionState": {"dialogAction": {"type": "Delegate"}}}


def close(**more):
    intent = {"name": "Order", "state": "Fulfilled"}
    return {
        "sessionState": {
            "dialogAction": {"type": "Close"},
            "intent": intent | more.pop("intent", {}),
        }
        | more.pop("state", {}),
        **more,
    }


def test_the_least_replies_of_the_guide_are_taken(cases):
    for case in cases.of_kind("lambda_response_minimal"):
        for turn in case["turns"]:
            reply = turn["lambda_response"]
            intent = reply["sessionState"].get("intent", {})
            # One line of the guide's stands for every state.
            for state in intent.get("state", "").split(" | "):
                if state:
                    intent["state"] = state
                assert isinstance(hooks.response(reply), dialog.HookResponse)


def test_extra_members_and_nulls_are_left_aside():
    read = hooks.response(
        close(sessionId="s", messages=None, requestAttributes=None, state={"colour": 1})
    )
    assert read.messages is None
    assert read.request_attributes is None


def test_an_empty_list_of_messages_is_not_the_same_as_none():
    assert hooks.response(close(messages=[])).messages == ()


def test_slots_may_lack_shape_and_resolutions():
    slots = {"Size": {"value": {"interpretedValue": "big"}}, "Count": None}
    read = hooks.response(close(intent={"slots": slots})).session_state.intent
    assert read.slots == {
        "Size": lex.Slot(
            value=lex.SlotValue(original_value="big", interpreted_value="big", resolved_values=())
        ),
        "Count": None,
    }


def test_a_slot_with_an_empty_value_has_none():
    """SlotValue's texts have a character at least (lexv2-runtime's service model)."""
    slots = {"City": {"shape": "Scalar", "value": {"originalValue": "", "interpretedValue": ""}}}
    read = hooks.response(close(intent={"slots": slots})).session_state.intent
    assert read.slots == {"City": None}


def test_a_null_attribute_is_gone_and_a_number_is_text():
    read = hooks.response(close(state={"sessionAttributes": {"a": None, "b": 5, "c": True}}))
    assert read.session_state.session_attributes == {"b": "5", "c": "true"}


def test_contexts_hints_and_cards_are_read():
    card = {"title": "T", "buttons": [{"text": "Yes", "value": "y"}]}
    read = hooks.response(
        close(
            state={
                "activeContexts": [
                    {
                        "name": "c",
                        "timeToLive": {"timeToLiveInSeconds": 90, "turnsToLive": "3"},
                        "contextAttributes": {"x": "1"},
                    }
                ],
                "runtimeHints": {
                    "slotHints": {"Order": {"Size": {"runtimeHintValues": [{"phrase": "big"}]}}}
                },
            },
            messages=[{"contentType": "ImageResponseCard", "imageResponseCard": card}],
        )
    )
    state = read.session_state
    assert state.active_contexts[0].time_to_live.turns_to_live == 3
    assert "Size" in state.runtime_hints.slot_hints["Order"]
    assert read.messages[0].image_response_card.buttons == (lex.Button(text="Yes", value="y"),)


def test_an_intent_that_is_a_string_is_refused_in_the_recorded_words():
    reply = {
        "sessionState": {
            "sessionAttributes": {},
            "dialogAction": {"type": "Close"},
            "intent": "Authorizations",
        },
        "messages": [{"contentType": "PlainText", "content": "..."}],
    }
    with pytest.raises(lex.DependencyFailedException) as refused:
        hooks.response(reply)
    assert refused.value.message.startswith(
        "Invalid Lambda Response: Received invalid response from Lambda: "
        "Can not construct instance of Intent"
    )
    assert "'Authorizations'" in refused.value.message


PLAIN = {"contentType": "PlainText", "content": "x"}


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (None, "LambdaResponse out of VALUE_NULL"),
        ("done", "construct instance of LambdaResponse"),
        ([], "START_ARRAY"),
        ({}, "'sessionState'"),
        ({"sessionState": {}}, "'dialogAction'"),
        ({"sessionState": {"dialogAction": {}}}, "'type'"),
        ({"sessionState": {"dialogAction": {"type": "Jump"}}}, "'Jump'"),
        ({"sessionState": {"dialogAction": {"type": "None"}}}, "'None'"),
        ({"sessionState": {"dialogAction": {"type": "Close"}}}, "needs an intent"),
        ({"sessionState": {"dialogAction": {"type": "ConfirmIntent"}}}, "needs an intent"),
        (
            {"sessionState": {"dialogAction": {"type": "ElicitSlot"}, "intent": {"name": "A"}}},
            "slotToElicit",
        ),
        ({"sessionState": {"dialogAction": {"type": "Close"}, "intent": {"name": "A"}}}, "state"),
        (close(intent={"name": None}), "'name'"),
        (close(intent={"state": "Done"}), "'Done'"),
        (close(intent={"slots": []}), "Slots"),
        (close(intent={"slots": {"a": "big"}}), "Slot"),
        (close(messages={}), "Messages"),
        (close(messages=[{"content": "x"}]), "'contentType'"),
        (close(messages=[{"contentType": "Voice", "content": "x"}]), "'Voice'"),
        (close(messages=[{"contentType": "PlainText"}]), "needs content"),
        (close(messages=[{"contentType": "ImageResponseCard"}]), "needs imageResponseCard"),
        (close(state={"sessionAttributes": {"a": {}}}), "sessionAttributes"),
        (close(state={"activeContexts": [{"name": "c"}]}), "'timeToLive'"),
        (close(messages=[{"contentType": "PlainText", "content": b"x"}]), "not JSON"),
    ],
)
def test_what_means_nothing_is_refused(reply, says):
    with pytest.raises(lex.DependencyFailedException) as refused:
        hooks.response(reply)
    assert refused.value.message.startswith("Invalid Lambda Response: ")
    assert says in refused.value.message


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (close(messages=[PLAIN] * 11), "messages: 11, at most 10"),
        (close(messages=[PLAIN | {"content": "x" * 2001}] * 2), "4002, at most 4000"),
        (close(state={"sessionAttributes": {"a": "x" * 12_400}}), "sessionAttributes"),
        (close(messages=[PLAIN], note="x" * 60_000), "response"),
        (
            close(
                messages=[
                    {
                        "contentType": "ImageResponseCard",
                        "imageResponseCard": {
                            "title": "t",
                            "buttons": [{"text": "a", "value": "b"}] * 6,
                        },
                    }
                ]
            ),
            "card buttons: 6",
        ),
    ],
)
def test_sizes_count_only_where_quotas_are_on(reply, says):
    hooks.response(reply)
    with pytest.raises(lex.DependencyFailedException, match=says):
        hooks.response(reply, quotas=True)
