"""What a text means to a bot in the session in which it was said, whichever bot is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

import msgspec

from daehwa import dialog, lex, nlu
from daehwa.care.talks import HeardTurn, NearIntent
from daehwa.conversation import Mask, ServedLocale

_OTHERS: Final = {"Yes": "yes", "No": "no", "Wait": "wait", "GoOn": "go on"}
_NEAREST: Final = 2


class UtteranceInSession(msgspec.Struct, frozen=True, kw_only=True):
    """A text, and the session in which it was said.

    ``session`` is what was elicited, ``possible`` are intents that could be meant then though they
    wait for a context.
    """

    text: str
    locale_id: str
    session: dialog.Session = dialog.Session()
    possible: frozenset[str] = frozenset()

    @property
    def awaited(self) -> str | None:
        """What the text replied to: ``Intent.Slot``, or ``Intent`` for a yes or no."""
        intent, action = self.session.intent, self.session.dialog_action
        if intent is None or action is None:
            return None
        slot = action.slot_to_elicit
        return intent.name if slot is None else f"{intent.name}.{slot}"

    @classmethod
    def of(cls, heard: HeardTurn, locale_id: str) -> UtteranceInSession:
        """Restore how a text of a transcript was understood."""
        return cls(
            text=heard.text,
            locale_id=locale_id,
            session=heard.before.session,
            possible=frozenset(near.intent for near in heard.reply.ranked),
        )


class Meaning(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """What a text means: an intent with values of slots, or ``None``, a miss.

    ``reply`` is set where it is something else than an intent or a value: a yes, a no, a request
    to wait. ``score`` is that of the intent, 0 to 1. Values of obfuscated slots are their names.
    """

    intent: str | None = None
    slots: dict[str, str] = msgspec.field(default_factory=dict)
    reply: str | None = None
    score: float | None = None

    @property
    def missed(self) -> bool:
        """Whether it means nothing to the bot."""
        return self.intent is None and self.reply is None

    def same_as(self, other: Meaning) -> bool:
        """Whether both mean the same, whatever their scores."""
        return (self.intent, self.slots, self.reply) == (other.intent, other.slots, other.reply)

    def __str__(self) -> str:
        """``AskPrice``, ``Book (Day=2026-05-01)``, ``yes``, or ``–`` for a miss."""
        if self.intent is None:
            return self.reply or "–"
        values = ", ".join(f"{name}={value}" for name, value in self.slots.items())
        shown = f"{self.intent} ({values})" if values else self.intent
        return f"{self.reply}: {shown}" if self.reply else shown


class Understood(msgspec.Struct, frozen=True):
    """What a text means, and the intents that it comes nearest to.

    ``text`` is the text without the values of obfuscated slots that were read in it.
    """

    meaning: Meaning
    nearest: tuple[NearIntent, ...]
    text: str


def understand(
    served: ServedLocale, model: nlu.Model, utterance: UtteranceInSession, now: dt.datetime
) -> Understood:
    """What a text means to a bot; ``model`` is what was learned of it."""
    plan = served.plan
    session = utterance.session
    eligible = dialog.eligible_intents(plan, session, now)
    eligible |= utterance.possible & plan.input_contexts.keys()
    heard = model.interpret(
        utterance.text,
        elicitation=dialog.elicitation(plan, session),
        intents=eligible,
        now=now,
    )
    read = dialog.interpret(plan, session, heard, eligible=eligible)
    near = tuple(
        NearIntent(each.intent, round(each.score, 2)) for each in heard.candidates[:_NEAREST]
    )
    return Understood(_meaning(served, session, read), near, _hidden(served, utterance, heard))


def _hidden(served: ServedLocale, utterance: UtteranceInSession, heard: lex.Understanding) -> str:
    obfuscated = served.obfuscated
    if not obfuscated:
        return utterance.text
    values: dict[str, str] = {}
    for each in heard.candidates:
        values |= obfuscated.values(each.intent, each.slots)
    intent, action = utterance.session.intent, utterance.session.dialog_action
    if heard.reading is not None and intent is not None and action is not None:
        slot = action.slot_to_elicit
        if slot is not None:
            values |= obfuscated.values(intent.name, {slot: heard.reading.slot})
    # What stands for a value already needs no hiding.
    return Mask({text: name for text, name in values.items() if text != f"{{{name}}}"}).text(
        utterance.text
    )


def _meaning(
    served: ServedLocale, session: dialog.Session, read: dialog.InterpretedReply
) -> Meaning:
    score = None if read.confidence is None else round(read.confidence, 2)
    if read.kind == "Intent" and read.candidate is not None:
        name = read.candidate.intent
        values = _values(served, name, read.candidate.slots.items())
        return Meaning(intent=name, slots=values, score=score)
    current = None if session.intent is None else session.intent.name
    if read.kind in ("Value", "Change") and current is not None:
        action = session.dialog_action
        slot = None if action is None else action.slot_to_elicit
        filled = list(read.others.items())
        if read.slot is not None and slot is not None:
            filled.insert(0, (slot, read.slot))
        return Meaning(intent=current, slots=_values(served, current, filled), score=score)
    return Meaning(reply=_OTHERS.get(read.kind), score=None if read.kind != "Missed" else score)


def _values(
    served: ServedLocale, intent: str, slots: Iterable[tuple[str, lex.Slot | None]]
) -> dict[str, str]:
    return {
        name: f"{{{name}}}" if served.obfuscated.has(intent, name) else _shown(slot)
        for name, slot in slots
        if slot is not None
    }


def _shown(slot: lex.Slot) -> str:
    if slot.values:
        return ", ".join(_shown(each) for each in slot.values)
    if slot.sub_slots:
        parts = ((name, part) for name, part in slot.sub_slots.items() if part is not None)
        return " ".join(f"{name}={_shown(part)}" for name, part in parts)
    value = slot.value
    if value is None:
        return ""
    return value.interpreted_value or value.original_value or ""
