"""Which intent was meant: the bot asks, with buttons, and takes the choice."""

import pytest
from tests.dialog.build import Talk, ask, closing, intent, locale, means, slot

from daehwa import lex

WHICH = lex.Disambiguation(
    message="Did you mean one of these?",
    choices=(
        lex.OfferedIntent(label="Cancel an order", candidate=means("Cancel", 0.6)),
        lex.OfferedIntent(label="Change the day", candidate=means("Change", 0.5, Day="2026-03-03")),
    ),
)


def desk():
    return Talk(
        locale(
            intent("Cancel", closing=closing("Cancelled.")),
            intent("Change", slot("Day", prompt=ask("Day?")), closing=closing("Moved to {Day}.")),
            intent("Greet", closing=closing("Hello.")),
        )
    )


def offered():
    talk = desk()
    return talk.says("my order", means("Cancel", 0.6), disambiguation=WHICH, source="Bedrock")


def test_the_message_and_the_intents_by_their_display_names():
    talk = offered()
    text, card = talk.outcome.messages
    assert text.content == "Did you mean one of these?"
    assert [(b.text, b.value) for b in card.image_response_card.buttons] == [
        ("Cancel an order", "Cancel an order"),
        ("Change the day", "Change the day"),
    ]
    assert talk.action == "ElicitIntent"
    assert talk.outcome.session_state.intent is None
    assert not talk.outcome.missed_utterance


@pytest.mark.parametrize("text", ["Cancel an order", "cancel an order.", " CANCEL AN  ORDER", "1"])
def test_a_choice_starts_its_intent(text):
    assert offered().says(text).words == ["Cancelled."]


def test_the_slots_of_the_first_text_are_kept():
    assert offered().says("Change the day").words == ["Moved to 2026-03-03."]


def test_anything_else_is_understood_as_ever_and_the_offer_is_over():
    talk = offered().says("hello", means("Greet"))
    assert talk.words == ["Hello."]
    assert talk.says("1").intent.name == "FallbackIntent"


def test_a_state_that_a_client_sets_ends_the_offer():
    state = lex.SessionState(dialog_action=lex.DialogAction(type="ElicitIntent"))
    assert offered().says("1", state=state).words == ["Cancelled."]
    state = lex.SessionState(
        intent=lex.Intent(name="Change"),
        dialog_action=lex.DialogAction(type="ElicitSlot", slot_to_elicit="Day"),
    )
    assert offered().says("1", value="1", state=state).words == ["Moved to 1."]


def test_long_labels_fit_a_button():
    label = "A display name that is far longer than any button of a card can be"
    choice = lex.OfferedIntent(label=label, candidate=means("Cancel"))
    which = lex.Disambiguation(message="Which?", choices=(choice, choice))
    talk = desk().says("?", disambiguation=which)
    button = talk.outcome.messages[1].image_response_card.buttons[0]
    assert len(button.text) == 50
    assert talk.says(button.value).words == ["Cancelled."]


@pytest.mark.parametrize("source", ["Lex", "Bedrock"])
def test_every_interpretation_says_who_interpreted(source):
    talk = desk().says("cancel", means("Cancel"), means("Greet", 0.2), source=source)
    shown = {one.interpretation_source for one in talk.outcome.interpretations}
    assert shown == {source}


def test_where_no_model_may_interpret_nobody_is_named():
    talk = desk().says("cancel", means("Cancel"))
    assert {one.interpretation_source for one in talk.outcome.interpretations} == {None}
