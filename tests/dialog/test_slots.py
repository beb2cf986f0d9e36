"""Asking for slots: order, retries, failure, defaults, filled slots, next steps."""

import msgspec
import pytest
from tests.dialog.build import (
    Talk,
    ambiguous,
    ask,
    branch,
    closing,
    fallback,
    fulfil,
    initial,
    intent,
    listed,
    locale,
    means,
    say,
    slot,
    step,
    when,
)

from daehwa import lex
from daehwa.dialog.turn_state import MAX_STEPS


def order(*slots, **more):
    return Talk(locale(intent("Order", *slots, fulfil=fulfil("Done."), **more)))


def test_required_slots_are_elicited_by_priority():
    talk = order(slot("City"), slot("Day", "AMAZON.Date"))
    talk.says("order", means("Order"))
    assert (talk.words, talk.action) == (["City?"], "ElicitSlot City")
    assert talk.intent.slots == {"City": None, "Day": None}
    talk.says("Paris", value="Paris")
    assert (talk.words, talk.action) == (["Day?"], "ElicitSlot Day")
    talk.says("friday", value="2026-03-06")
    assert (talk.words, talk.action) == (["Done."], "Close")
    assert talk.slots == {"City": "Paris", "Day": "2026-03-06"}
    assert talk.intent.state == "Fulfilled"


def test_a_slot_of_the_first_utterance_is_not_elicited_even_an_optional_one():
    talk = order(slot("City"), slot("Seat", optional=True))
    talk.says("order in Paris by the window", means("Order", City="Paris", Seat="window"))
    assert talk.words == ["Done."]
    assert talk.slots == {"City": "Paris", "Seat": "window"}


def test_an_optional_slot_is_never_elicited():
    talk = order(slot("Seat", optional=True)).says("order", means("Order"))
    assert talk.words == ["Done."]


def test_the_request_id_of_the_first_turn_stays():
    talk = order(slot("City"), slot("Day")).says("order", means("Order")).says("x", value="Paris")
    assert talk.outcome.session_state.originating_request_id == "request-1"


@pytest.mark.parametrize("retries", [0, 1, 4])
def test_a_slot_is_elicited_once_and_as_often_again_as_retries_allow(retries):
    talk = order(slot("City", prompt=ask("City?", retries=retries))).says("order", means("Order"))
    for _ in range(retries):
        talk.says("???")
        assert (talk.words, talk.action) == (["City?"], "ElicitSlot City")
        assert talk.outcome.missed_utterance
    talk.says("???")
    assert talk.words == ["I did not understand."]
    assert talk.intent.name == "FallbackIntent"
    assert talk.action == "Close"


def test_a_captured_slot_starts_the_count_anew():
    talk = order(slot("A", prompt=ask("A?", retries=1)), slot("B", prompt=ask("B?", retries=1)))
    talk.says("order", means("Order")).says("???").says("a", value="a").says("???")
    assert talk.words == ["B?"]


def test_ordered_variations_follow_the_retries_and_begin_again():
    prompt = ask("One?", "Two?", "Three?", retries=5, ordered=True)
    talk = order(slot("City", prompt=prompt)).says("order", means("Order"))
    prompts = [talk.words[0], *(talk.says("???").words[0] for _ in range(4))]
    assert prompts == ["One?", "Two?", "Three?", "One?", "Two?"]


def test_random_variations_are_the_seeds():
    prompt = ask("One?", "Two?", "Three?", retries=5)
    bot = locale(intent("Order", slot("City", prompt=prompt)))

    def prompts(seed):
        talk = Talk(bot, seed=seed).says("order", means("Order"))
        return [talk.words[0], *(talk.says("???").words[0] for _ in range(4))]

    assert prompts(3) == prompts(3)
    assert len({tuple(prompts(seed)) for seed in range(8)}) > 1


def test_failure_says_its_response_and_takes_its_next_step():
    city = slot(
        "City",
        prompt=ask("City?", retries=0),
        failure_response=say("Never mind."),
        failure_next_step=step("FulfillIntent"),
    )
    talk = order(city).says("order", means("Order")).says("???")
    assert talk.words == ["Never mind.", "Done."]


def test_failure_that_ends_the_conversation_is_failed():
    city = slot("City", prompt=ask("City?", retries=0), failure_next_step=step("EndConversation"))
    talk = order(city).says("order", means("Order")).says("???")
    assert (talk.words, talk.action, talk.intent.state) == ([], "Close", "Failed")


def test_a_value_in_the_reply_for_another_empty_slot_is_taken_too():
    talk = order(slot("City"), slot("Day")).says("order", means("Order"))
    talk.says("Paris on friday", means("Order", 0.7, Day="2026-03-06"), value="Paris")
    assert talk.slots == {"City": "Paris", "Day": "2026-03-06"}
    assert talk.words == ["Done."]


def test_no_words_serve_two_slots():
    talk = order(slot("From"), slot("To")).says("order", means("Order"))
    talk.says("paris", means("Order", 0.9, To="paris"), value="paris")
    assert talk.slots == {"From": "paris", "To": None}


def test_the_elicited_slot_may_come_from_the_intents_own_reading():
    talk = order(slot("City")).says("order", means("Order"))
    talk.says("the city is Paris", means("Order", 0.8, City="Paris"))
    assert talk.slots == {"City": "Paris"}


def test_other_slots_given_in_a_miss_are_kept_and_the_miss_counts():
    talk = order(slot("City", prompt=ask("City?", retries=1)), slot("Day"))
    talk.says("order", means("Order")).says("on friday", means("Order", 0.9, Day="friday"))
    assert (talk.words, talk.slots["Day"]) == (["City?"], "friday")
    talk.says("on friday", means("Order", 0.9, Day="friday"))
    assert talk.intent.name == "FallbackIntent"


def test_an_ambiguous_value_is_shown_and_elicited_again():
    talk = order(slot("At", "AMAZON.Time")).says("order", means("Order"))
    talk.says("ten", value=ambiguous("10 o'clock", "10:00", "22:00"))
    assert (talk.words, talk.action) == (["At?"], "ElicitSlot At")
    assert talk.intent.slots["At"].value.resolved_values == ("10:00", "22:00")
    talk.says("in the morning", value="10:00")
    assert talk.slots == {"At": "10:00"}


def test_a_list_slot_is_filled_by_one_value_and_shown_in_its_own_words():
    talk = Talk(locale(intent("Order", slot("Toppings"), fulfil=fulfil("{Toppings}: coming."))))
    talk.says("order", means("Order")).says("a and b", value=listed("a", "b"))
    assert talk.words == ["a and b: coming."]
    assert talk.intent.slots["Toppings"].shape == "List"


# --- switching ------------------------------------------------------------------------


def shop(kind="AMAZON.City"):
    return Talk(locale(intent("Order", slot("City", kind)), intent("Help", closing=closing("So."))))


@pytest.mark.parametrize(
    ("value", "score", "other", "own", "winner"),
    [
        (None, 0, 0.5, None, "Help"),
        (None, 0, 0.39, None, "Order"),  # below the threshold
        ("x", 0.6, 0.7, None, "Help"),
        ("x", 0.6, 0.6, None, "Order"),  # a tie is the slot's
        ("x", 1.0, 1.0, None, "Order"),
        ("x", 0.3, 0.8, 0.9, "Order"),  # the present intent itself is likelier
    ],
)
def test_another_intent_takes_over_when_it_is_likelier(value, score, other, own, winner):
    talk = shop().says("order", means("Order"))
    candidates = [means("Help", other)] + ([means("Order", own)] if own else [])
    talk.says("text", *candidates, value=value, score=score)
    assert talk.intent.name == winner


def test_free_form_input_takes_any_text():
    talk = shop("AMAZON.FreeFormInput").says("order", means("Order"))
    talk.says("help", means("Help", 1.0))
    assert talk.slots == {"City": "help"}


def test_the_new_intent_starts_afresh_and_the_old_one_is_left():
    talk = shop().says("order", means("Order")).says("help", means("Help"))
    assert (talk.words, talk.action) == (["So."], "Close")
    assert talk.outcome.session_state.originating_request_id == "request-2"


# --- default values -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("defaults", "value"),
    [
        (("London",), "London"),
        (("[home]", "London"), "London"),
        (("<channel>", "London"), "web"),
        (("#trip.City", "London"), "London"),
        (("[known]", "London"), "Seoul"),
    ],
)
def test_default_values_are_tried_in_order(defaults, value):
    talk = order(slot("City", defaults=defaults))
    talk.says(
        "order",
        means("Order"),
        request={"channel": "web"},
        state=lex.SessionState(session_attributes={"known": "Seoul"}),
    )
    assert talk.slots == {"City": value}
    assert talk.words == ["Done."]


def test_without_a_default_that_is_set_the_slot_is_elicited():
    talk = order(slot("City", defaults=("#trip.City", "[home]"))).says("order", means("Order"))
    assert talk.words == ["City?"]


def test_what_the_text_gives_goes_before_a_default():
    talk = order(slot("City", defaults=("London",))).says("in Rome", means("Order", City="Rome"))
    assert talk.slots == {"City": "Rome"}


def test_a_default_from_a_context():
    context = lex.ActiveContext(
        name="trip",
        time_to_live=lex.TimeToLive(time_to_live_in_seconds=60, turns_to_live=2),
        context_attributes={"City": "Busan"},
    )
    talk = order(slot("City", defaults=("#trip.City",)))
    talk.says("order", means("Order"), state=lex.SessionState(active_contexts=(context,)))
    assert talk.slots == {"City": "Busan"}


# --- capture and next steps -----------------------------------------------------------


def test_capture_says_its_response_then_goes_on():
    talk = order(slot("City", capture_response=say("{City}, good.")), slot("Day"))
    talk.says("order", means("Order")).says("Paris", value="Paris")
    assert talk.words == ["Paris, good.", "Day?"]


def test_a_conditional_says_its_branch_and_takes_its_step():
    many = when(
        branch("{N} > 7", "Too many.", step("ElicitSlot", "N", slots={"N": None})),
        branch("{N} < 1", "Too few.", step("ElicitSlot", "N", slots={"N": None}, suppress=True)),
        then=step("FulfillIntent"),
    )
    count = slot("N", "AMAZON.Number", capture_conditional=many)
    talk = order(count, slot("Never")).says("order", means("Order"))
    assert talk.says("9", value="9").words == ["Too many.", "N?"]
    assert talk.says("0", value="0").words == ["Too few."]
    assert talk.slots["N"] is None
    assert talk.action == "ElicitSlot N"
    assert talk.says("5", value="5").words == ["Done."]


def test_an_inactive_conditional_is_left_aside():
    off = msgspec.structs.replace(
        when(branch('{City} = "x"', "No."), otherwise="No."), is_active=False
    )
    talk = order(slot("City", capture_conditional=off)).says("order", means("Order"))
    assert talk.says("x", value="x").words == ["Done."]


def test_a_condition_that_does_not_parse_is_never_true():
    odd = when(branch("{City} is nice", "No."), otherwise="So be it.")
    talk = order(slot("City", capture_conditional=odd)).says("o", means("Order"))
    assert talk.says("x", value="x").words == ["So be it.", "Done."]
    tried = [e for e in talk.outcome.events if e.conditional_evaluation_result]
    assert tried[0].conditional_evaluation_result[0].evaluation_result == "ERROR"


def test_elicit_slot_on_a_filled_slot_goes_on_as_if_it_were_captured():
    talk = order(
        slot("A", capture_response=say("Got {A}."), capture_next_step=step("ElicitSlot", "B")),
        slot("B", capture_response=say("Got {B}.")),
        initial=initial(next_step=step("ElicitSlot", "A")),
    )
    talk.says("order", means("Order", A="1", B="2"))
    assert talk.words == ["Got 1.", "Got 2.", "Done."]


def test_next_steps_in_a_circle_end_with_an_error_that_says_where():
    talk = order(
        slot("A", capture_next_step=step("ElicitSlot", "A")),
        initial=initial(next_step=step("ElicitSlot", "A")),
    )
    with pytest.raises(lex.ValidationException, match=f"after {MAX_STEPS}.*ElicitSlot A of Order"):
        talk.says("order", means("Order", A="1"))


def test_a_step_sets_attributes_and_slots_from_references():
    city = slot(
        "City",
        capture_next_step=step(
            "ElicitSlot",
            "Day",
            slots={"Where": "{City}", "Who": "[name]", "Said": "$.inputTranscript", "Gone": "[no]"},
            attributes={"last": "{Order.City}", "old": "[nothing]", "fixed": "1"},
        ),
    )
    talk = order(
        city, slot("Day"), *(slot(n, optional=True) for n in ("Where", "Who", "Said", "Gone"))
    )
    talk.says(
        "order",
        means("Order"),
        state=lex.SessionState(session_attributes={"name": "Kim", "old": "x"}),
    )
    talk.says("to Paris", value="Paris")
    assert talk.slots == {
        "City": "Paris", "Day": None, "Where": "Paris", "Who": "Kim", "Said": "to Paris",
        "Gone": None,
    }  # fmt: skip
    assert talk.attributes == {"name": "Kim", "last": "Paris", "fixed": "1"}


def test_start_intent_switches_with_its_slots_and_may_hold_its_tongue():
    def menu(**more):
        return Talk(
            locale(
                intent(
                    "Menu",
                    slot(
                        "Pick",
                        capture_next_step=step(
                            "StartIntent", intent="Book", slots={"City": "{Pick}"}, **more
                        ),
                    ),
                ),
                intent("Book", slot("City"), slot("Day"), initial=initial("Booking.")),
            )
        )

    loud = menu().says("menu", means("Menu")).says("paris", value="Paris")
    assert (loud.words, loud.slots) == (["Booking.", "Day?"], {"City": "Paris", "Day": None})
    quiet = menu(suppress=True).says("menu", means("Menu")).says("paris", value="Paris")
    assert quiet.words == ["Day?"]


def test_an_elicit_slot_step_may_name_another_intent():
    talk = Talk(
        locale(
            intent(
                "Menu", slot("Pick", capture_next_step=step("ElicitSlot", "Day", intent="Book"))
            ),
            intent("Book", slot("City"), slot("Day"), initial=initial("Booking.")),
        )
    )
    talk.says("menu", means("Menu")).says("two", value="2")
    assert (talk.words, talk.action, talk.intent.name) == (["Day?"], "ElicitSlot Day", "Book")


def test_elicit_intent_says_what_there_is_and_waits_for_any_intent():
    talk = order(
        slot("City", capture_response=say("Anything else?"), capture_next_step=step("ElicitIntent"))
    )
    talk.says("order", means("Order")).says("Paris", value="Paris")
    assert (talk.words, talk.action) == (["Anything else?"], "ElicitIntent")
    assert talk.outcome.session_state.intent is None
    assert talk.outcome.interpretations[0].intent.name == "Order"
    assert talk.says("order", means("Order")).words == ["City?"]


def test_close_intent_says_the_closing_and_end_conversation_does_not():
    for kind, words in (("CloseIntent", ["Bye."]), ("EndConversation", [])):
        talk = Talk(
            locale(intent("Order", initial=initial(next_step=step(kind)), closing=closing("Bye.")))
        )
        assert talk.says("order", means("Order")).words == words
        assert talk.action == "Close"
        assert talk.intent.state == "ReadyForFulfillment"


def test_a_locale_without_a_fallback_ends_as_failed():
    bot = locale(intent("Order", slot("City", prompt=ask("City?", retries=0))))
    bare = msgspec.structs.replace(bot, intents={"Order": bot.intents["Order"]})
    talk = Talk(bare).says("order", means("Order")).says("???")
    assert (talk.action, talk.intent.state) == ("Close", "Failed")
    fresh = Talk(bare).says("???")
    assert (fresh.words, fresh.action) == ([], "Close")


def test_the_fallback_starts_at_once_when_nothing_is_recognised():
    talk = Talk(locale(intent("Order"), fallback(closing=closing("What?"))))
    talk.says("blah", means("Order", 0.39))
    assert (talk.words, talk.intent.name) == (["What?"], "FallbackIntent")
    assert talk.outcome.missed_utterance
