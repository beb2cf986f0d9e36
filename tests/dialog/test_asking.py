"""A question in the place of a reply: answered, and the prompt put again as if nothing had been."""

import msgspec
import pytest
from tests.dialog.build import (
    Talk,
    answering,
    ask,
    closing,
    confirm,
    fulfil,
    hears,
    intent,
    locale,
    means,
    reply,
    say,
    slot,
)

from daehwa import bot, dialog, lex

ANSWER = "Breakfast is at seven."


def booking(
    answers=None, *, answers_questions=True, retries=1, kind="AMAZON.Date", more=(), **options
):
    """A bot that has been started and waits for a date."""
    day = slot("Day", kind, prompt=ask("Which day?", retries=retries), **options)
    definition = locale(
        intent("Book", day, *more, confirm=confirm("Book {Day}?"), fulfil=fulfil("Booked {Day}.")),
        intent("Cancel", closing=closing("Cancelled.")),
    )
    talk = Talk(
        definition,
        answering(ANSWER) if answers is None else answers,
        answers_questions=answers_questions,
    )
    return talk.says("book", means("Book"))


def test_the_answer_comes_first_then_the_prompt_again():
    talk = booking().says("when is breakfast?", question="Instead")
    assert talk.words == [ANSWER, "Which day?"]
    assert talk.action == "ElicitSlot Day"
    assert talk.slots == {"Day": None}
    assert talk.intent.state == "InProgress"


def test_any_number_of_questions_uses_up_no_attempt():
    talk = booking(retries=0)
    for _ in range(12):
        talk.says("and lunch?", question="Instead")
        assert (talk.words, talk.session.attempt) == ([ANSWER, "Which day?"], 0)
    assert talk.says("tomorrow", value="2026-03-03").words == ["Book 2026-03-03?"]


def test_the_attempts_are_those_before_the_question():
    talk = booking(retries=2).says("?!").says("when is breakfast?", question="Instead")
    assert talk.session.attempt == 1
    assert talk.says("?!").action == "ElicitSlot Day"
    assert talk.says("?!").intent.name == "FallbackIntent"


def test_an_ordered_prompt_is_put_as_it_was():
    day = slot("Day", "AMAZON.Date", prompt=ask("Day?", "Once more: day?", "Day!", ordered=True))
    talk = Talk(locale(intent("Book", day)), answering(ANSWER), answers_questions=True)
    talk.says("book", means("Book")).says("?!")
    assert talk.says("is it far?", question="Instead").words == [ANSWER, "Once more: day?"]
    assert talk.says("?!").words == ["Day!"]


def test_where_nobody_answers_the_turn_is_lexs():
    talk = booking(lambda _: dialog.HookAbsent()).says("when is breakfast?", question="Instead")
    assert (talk.words, talk.session.attempt) == (["Which day?"], 1)
    assert talk.outcome.missed_utterance
    assert not talk.outcome.answered_question


def test_switched_off_nobody_is_called():
    talk = booking(answers_questions=False).says("when is breakfast?", question="Instead")
    assert (talk.words, talk.calls) == (["Which day?"], [])


def test_a_confirmation_is_asked_for_again():
    talk = booking().says("tomorrow", value="2026-03-03").says("is it far?", question="Instead")
    assert talk.words == [ANSWER, "Book 2026-03-03?"]
    assert (talk.action, talk.intent.confirmation_state) == ("ConfirmIntent", "None")
    assert talk.says("yes", yes=True).words == ["Booked 2026-03-03."]


def test_a_plain_yes_is_a_yes_whatever_else_is_asked():
    talk = booking().says("tomorrow", value="2026-03-03")
    assert talk.says("yes, is it far?", yes=True, question="Instead").words == [
        "Booked 2026-03-03."
    ]


def test_another_intent_goes_before_the_question():
    talk = booking().says("can I cancel?", means("Cancel"), question="Instead")
    assert talk.words == ["Cancelled."]


def test_a_question_that_is_rather_asked_goes_before_another_intent():
    talk = booking().says(
        "can I cancel later?", means("Cancel"), question="Instead", question_first=True
    )
    assert talk.words == [ANSWER, "Which day?"]


def test_another_intent_stands_where_nobody_answers_the_question():
    talk = booking(answers_questions=False).says(
        "can I cancel later?", means("Cancel"), question="Instead", question_first=True
    )
    assert talk.words == ["Cancelled."]


def test_a_value_beside_the_question_is_taken_after_the_answer():
    talk = booking().says("Tomorrow. Is it far?", value="2026-03-03", question="Besides")
    assert talk.words == [ANSWER, "Book 2026-03-03?"]
    assert talk.slots == {"Day": "2026-03-03"}


def test_a_value_within_the_question_is_not_taken():
    talk = booking().says("Is the pool open tomorrow?", value="2026-03-03", question="Instead")
    assert (talk.words, talk.slots) == ([ANSWER, "Which day?"], {"Day": None})


def test_a_value_within_a_question_that_nobody_answers_is_taken_as_by_lex():
    talk = booking(lambda _: dialog.HookAbsent())
    talk.says("Is the pool open tomorrow?", value="2026-03-03", question="Instead")
    assert talk.slots == {"Day": "2026-03-03"}


def test_other_slots_that_the_text_gives_are_kept():
    talk = booking(more=(slot("Guests", "AMAZON.Number"),))
    talk.says("Two of us. Is it far?", means("Book", 0.9, Guests="2"), question="Besides")
    assert (talk.words, talk.action) == ([ANSWER, "Which day?"], "ElicitSlot Day")
    assert talk.slots == {"Day": None, "Guests": "2"}


def test_a_sub_slot_is_asked_for_again():
    names = ("Street", "Town")
    parts = bot.SubSlotSetting(
        slot_specifications={
            name: bot.Specifications(
                value_elicitation_setting=bot.SlotValueElicitationSetting(
                    prompt_specification=ask(f"{name}?")
                )
            )
            for name in names
        }
    )
    kind = bot.SlotType(
        name="Address",
        composite_slot_type_setting=bot.CompositeSlotTypeSetting(
            sub_slots=tuple(bot.SubSlotTypeComposition(name=name) for name in names)
        ),
    )
    own = bot.PromptSpecification(max_retries=1, message_groups_list=())
    where = slot("Where", "Address", sub_slots=parts, prompt=own)
    definition = locale(intent("Send", where), slot_types={"Address": kind})
    talk = Talk(definition, answering(ANSWER), answers_questions=True).says("send", means("Send"))
    talk.says("do you deliver abroad?", question="Instead")
    assert talk.words == [ANSWER, "Street?"]
    assert talk.outcome.session_state.dialog_action.sub_slot_to_elicit.name == "Street"


# --- code hooks -----------------------------------------------------------------------


def test_the_hook_of_every_turn_does_not_see_the_question():
    heard = []

    def hook(call):
        heard.append(call.transcript)
        return reply(call)

    talk = Talk(
        locale(intent("Book", slot("Day", "AMAZON.Date"), hook=True, old_flow=True)),
        answering(ANSWER, hook=hook),
        answers_questions=True,
    )
    talk.says("book", means("Book")).says("is it far?", question="Instead")
    talk.says("tomorrow", value="2026-03-03")
    assert heard == ["book", "tomorrow"]


def test_the_hook_of_the_prompt_does_not_see_the_question():
    heard = []

    def hook(call):
        heard.append(call.transcript)
        return reply(call)

    definition = locale(
        intent("Book", slot("Day", "AMAZON.Date", elicitation_code_hook=hears()), hook=True)
    )
    talk = Talk(definition, answering(ANSWER, hook=hook), answers_questions=True)
    talk.says("book", means("Book")).says("is it far?", question="Instead")
    assert (heard, talk.words) == ([], [ANSWER, "Day?"])


def test_a_prompt_in_the_hooks_own_words_is_repeated():
    def hook(call):
        return reply(call, "ElicitSlot", "Which day suits you?", slot="Day")

    talk = Talk(
        locale(intent("Book", slot("Day", "AMAZON.Date"), hook=True, old_flow=True)),
        answering(ANSWER, hook=hook),
        answers_questions=True,
    ).says("book", means("Book"))
    for _ in range(2):
        talk.says("is it far?", question="Instead")
        assert talk.words == [ANSWER, "Which day suits you?"]


def test_attributes_contexts_and_the_request_are_left_alone():
    talk = booking()
    state = lex.SessionState(session_attributes={"tier": "gold"})
    talk.says("is it far?", question="Instead", state=state, request={"channel": "kiosk"})
    assert talk.attributes == {"tier": "gold"}
    assert talk.outcome.request_attributes == {"channel": "kiosk", "daehwa:source": "scripted"}
    assert not talk.outcome.missed_utterance
    assert talk.outcome.answered_question


def test_an_answers_braces_are_no_placeholders():
    talk = booking(answering("Write {Day} or [tier].")).says("how?", question="Instead")
    assert talk.words[0] == "Write {Day} or [tier]."


def test_a_moment_that_was_asked_for_ends_with_a_question():
    wait = bot.WaitAndContinueSpecification(waiting_response=say("Take your time."))
    talk = booking(wait=wait).says("hold on", waiting="Wait")
    assert talk.says("is it far?", question="Instead").intent.state == "InProgress"
    assert talk.session.waiting_until is None


def test_nothing_is_asked_where_nothing_is_elicited():
    talk = Talk(locale(intent("Book")), answering(ANSWER), answers_questions=True)
    talk.says("is it far?", question="Instead")
    assert (talk.words, talk.calls) == (["I did not understand."], [])


@pytest.mark.parametrize("kind", ["Value", "Missed"])
def test_an_answer_without_words_is_none(kind):
    talk = booking(lambda call: msgspec.structs.replace(answering("x")(call), messages=()))
    talk.says("is it far?", question="Instead", value="2026-03-03" if kind == "Value" else None)
    assert ANSWER not in talk.words
