"""Asking which of several intents was meant, and taking the choice (Lex's intent disambiguation).

Source: "Resolve ambiguous user inputs with Intent Disambiguation" in the Lex V2 guide: a message,
then the intents by their display names. How Lex shows them is not written down; here they are the
buttons of a card, and what a button sends is its intent's display name.
"""

from __future__ import annotations

from typing import Final

from daehwa import lex
from daehwa.dialog.interpreted_reply import InterpretedReply
from daehwa.dialog.session import Session
from daehwa.dialog.transition import DONE, Transition
from daehwa.dialog.turn_state import TurnState

_TITLE: Final = 250
_BUTTON: Final = 50


def chosen_intent(session: Session, text: str) -> InterpretedReply | None:
    """The intent that a text chooses of those that were offered, by its label or its number."""
    if not session.choices:
        return None
    wanted = _folded(text)
    for number, choice in enumerate(session.choices, start=1):
        if wanted in (_folded(choice.label), _folded(choice.label[:_BUTTON]), str(number)):
            return InterpretedReply(kind="Intent", candidate=choice.candidate, confidence=1.0)
    return None


def ask_which(turn: TurnState, reply: InterpretedReply) -> Transition:
    """Offer the intents that a text may mean, and wait for any."""
    offered = reply.disambiguation
    if offered is not None:
        buttons = tuple(
            lex.Button(text=choice.label[:_BUTTON], value=choice.label[:_BUTTON])
            for choice in offered.choices
        )
        card = lex.ImageResponseCard(title=offered.message[:_TITLE], buttons=buttons)
        message = lex.Message(content_type="PlainText", content=offered.message)
        shown = lex.Message(content_type="ImageResponseCard", image_response_card=card)
        turn.respond_with((message, shown), literal=True)
        turn.choices = offered.choices
    turn.action = lex.DialogAction(type="ElicitIntent")
    return DONE


def _folded(text: str) -> str:
    return "".join(text.casefold().split()).rstrip(".!")
