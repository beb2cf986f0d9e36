"""``python bench/mid_slot [--misses]``: questions in mid-slot, and words that look like values.

Each text is the reply to its slot's prompt (``Confirm``: to the yes-or-no question) of a bot that
has been learned from its samples. A question counts where it is answered and the same thing is
asked for again; a value is lost where Lex's way takes it, and it is not taken with questions
answered. The answerer is a script that answers everything: finding the answer is ``bench/search``.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from inn import CONFIRM, inn

from daehwa import dialog, lex, nlu

HERE = Path(__file__).parent
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LOCALES = ("ko_KR", "en_US")
SETS = ("", "fresh_")


class Taken(NamedTuple):
    """What a text did: whether it was answered, and where the dialog stood after it."""

    answered: bool
    action: lex.DialogAction | None
    slot: lex.Slot | None
    intent: str
    confirmation: str | None


class Desk:
    """A bot that waits for the reply to any of its prompts."""

    def __init__(self, locale: str) -> None:
        definition = inn(locale)
        self.plan = dialog.Plan(definition)
        self.model = nlu.learn(definition)
        self.seconds = 0.0

    def take(self, slot: str, text: str, *, answers: bool) -> Taken:
        """Take a text as the reply to a prompt."""
        action = lex.DialogAction(type="ConfirmIntent")
        if slot != CONFIRM:
            action = lex.DialogAction(type="ElicitSlot", slot_to_elicit=slot)
        session = dialog.with_state(
            self.plan,
            dialog.Session(),
            lex.SessionState(dialog_action=action, intent=lex.Intent(name="BookRoom")),
            now=NOW,
            request_id="r",
        )
        begun = time.process_time()
        understanding = self.model.interpret(
            text,
            elicitation=dialog.elicitation(self.plan, session),
            intents=dialog.eligible_intents(self.plan, session, NOW),
            now=NOW,
        )
        self.seconds += time.process_time() - begun
        context = dialog.TurnContext(
            now=NOW, request_id="r", choose=random.Random(1), answers_questions=answers
        )
        answered = False
        turn = dialog.turn(self.plan, session, understanding, context=context)
        try:
            call = next(turn)
            while True:
                answered = answered or call.kind == "Question"
                call = turn.send(_answer(call))
        except StopIteration as end:
            outcome: dialog.TurnOutcome = end.value
        state = outcome.session_state
        intent = state.intent
        return Taken(
            answered,
            state.dialog_action,
            (intent.slots or {}).get(slot) if intent else None,
            intent.name if intent else "",
            intent.confirmation_state if intent else None,
        )


def _answer(call: dialog.HookCall) -> dialog.HookResult:
    if call.kind != "Question":
        return dialog.HookAbsent()
    message = lex.Message(content_type="PlainText", content="An answer.")
    return dialog.HookResponse(session_state=lex.SessionState(), messages=(message,))


def _lines(name: str) -> list[tuple[str, str]]:
    rows = (HERE / f"{name}.tsv").read_text("utf-8").splitlines()
    return [(slot, text) for slot, _, text in (row.partition("\t") for row in rows)]


def _asked_again(taken: Taken, slot: str) -> bool:
    if not taken.answered or taken.action is None or taken.intent != "BookRoom":
        return False
    if slot == CONFIRM:
        return taken.action.type == "ConfirmIntent"
    return taken.action.slot_to_elicit == slot and taken.slot is None


def _measure(desk: Desk, language: str, sets: str) -> tuple[list[str], list[str], Counter[str]]:
    """The questions that were not answered, the values that were lost, and the counts."""
    missed, lost, counts = [], [], Counter[str]()
    for slot, text in _lines(f"{sets}questions_{language}"):
        counts["questions"] += 1
        taken = desk.take(slot, text, answers=True)
        if not _asked_again(taken, slot):
            missed.append(f"{slot}: {text} -> {taken}")
    for slot, text in _lines(f"{sets}values_{language}"):
        before = desk.take(slot, text, answers=False)
        after = desk.take(slot, text, answers=True)
        counts["values"] += 1
        if before[1:] != after[1:]:
            lost.append(f"{slot}: {text} -> {before.slot and before.slot.value}")
        counts["taken"] += before.slot is not None or before.confirmation != "None"
        counts["besides"] += after.answered and before[1:] == after[1:]
    return missed, lost, counts


def main() -> None:
    """Print what was measured; with ``--misses`` each text that went wrong."""
    for locale in LOCALES:
        desk = Desk(locale)
        for sets in SETS:
            _show(desk, locale, sets)


def _show(desk: Desk, locale: str, sets: str) -> None:
    missed, lost, counts = _measure(desk, locale[:2], sets)
    answered = counts["questions"] - len(missed)
    print(
        f"{locale} {sets or 'first_'}: {answered} of {counts['questions']} questions answered and "
        f"asked again; {len(lost)} of {counts['values']} values lost "
        f"({counts['taken']} taken by Lex's way, {counts['besides']} with an answer besides)"
    )
    if "--misses" in sys.argv:
        print(*(f"  not answered: {each}" for each in missed), sep="\n")
        print(*(f"  lost: {each}" for each in lost), sep="\n")


if __name__ == "__main__":
    main()
