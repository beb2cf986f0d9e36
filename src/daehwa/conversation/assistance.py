"""Assisted understanding, Lex's ``nluImprovement``: a language model chooses among intents.

Understanding proposes at most five intents; the model chooses one of them or none, and names the
words for its slots, which are then read like any reply. In ``Primary`` it is asked wherever a text
is not certain as it stands (a sample's own words, a plain value, a yes or no); in ``Fallback``
only where FallbackIntent, or a miss, would follow. Whatever fails, is late or makes no sense
leaves understanding's own result.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final, Literal

import msgspec
import structlog

from daehwa import answers, bot, chat, dialog, lex, limits, nlu
from daehwa.conversation.calling import HookCaller, TurnInProgress
from daehwa.conversation.obfuscation import Mask
from daehwa.conversation.served_bots import ServedLocale
from daehwa.conversation.settings import AssistanceSetting
from daehwa.conversation.values import Address

_log = structlog.get_logger(__name__)

AssistanceMode = Literal["Primary", "Fallback"]

# A sample's own words, which need no judge; and what a judge's choice counts for, and the rest.
_CERTAIN: Final = 1.0
_CHOSEN: Final = 0.95
_REST: Final = 0.9
_PLAIN: Final = 0.9
_INTENTS: Final = 5
_OFFERED: Final = 3
_VALUES: Final = 12
_MESSAGES: Final = {
    "ko": "어떤 것을 도와드릴까요?",
    "en": "Which of these do you mean?",
}


class Assisted(msgspec.Struct, frozen=True, kw_only=True):
    """A text that a judge may be asked about.

    ``known`` hides values of obfuscated slots. ``eligible`` are the intents that may be
    meant, ``prompt`` what the bot said last.
    """

    served: ServedLocale
    address: Address
    model: nlu.Model
    understanding: lex.Understanding
    elicited: lex.Elicitation | None
    eligible: Collection[str]
    now: datetime
    prompt: str = ""
    hints: lex.RuntimeHints | None = None
    known: Mask
    request_id: str = ""


class Assistant:
    """Improves what was understood, where a bot or the configuration wants it.

    ``judge`` is ``None`` where no language model is configured for it; one that is ``shared`` is
    entered elsewhere.
    """

    def __init__(
        self, judge: answers.Judge | None, setting: AssistanceSetting, *, shared: bool = False
    ) -> None:
        self._judge = judge
        self._shared = shared
        self._setting = setting

    @property
    def to_enter(self) -> answers.Answerer | None:
        """The model that is asked, where nothing else enters it."""
        return None if self._judge is None or self._shared else self._judge.answerer

    def mode(self, served: ServedLocale) -> AssistanceMode | None:
        """How a bot is assisted; ``None`` where it is not."""
        if self._judge is None:
            return None
        wanted = self._setting.of(served.bot.name, served.bot_id)
        if wanted == "off":
            return None
        if wanted is not None:
            return wanted
        own = bot.nlu_improvement(served.definition)
        if own is None or not own.enabled:
            return None
        return "Fallback" if own.assisted_nlu_mode == "Fallback" else "Primary"

    async def assist(
        self,
        progress: TurnInProgress,
        session: dialog.Session,
        understanding: lex.Understanding,
        *,
        model: nlu.Model,
        now: datetime,
        caller: HookCaller,
    ) -> lex.Understanding:
        """What a text means, with the judge's help where it is wanted and admitted.

        For a bot that is not assisted, what was understood is returned. For one that is assisted,
        ``source`` says who interpreted the text. An agent's texts, and choices among offered
        intents, are not changed.
        """
        served = progress.served
        mode = self.mode(served)
        if mode is None or session.agent is not None or session.choices:
            return understanding
        understanding = msgspec.structs.replace(understanding, source="Lex")
        case = Assisted(
            served=served,
            address=progress.acting,
            model=model,
            understanding=understanding,
            elicited=dialog.elicitation(served.plan, session),
            eligible=dialog.eligible_intents(served.plan, session, now),
            now=now,
            prompt=_words(session.messages),
            hints=session.runtime_hints,
            known=Mask(session.obfuscated),
            request_id=progress.request.request_id,
        )
        if not self.wants(mode, case) or not await caller.admits_model(progress):
            return understanding
        return await self.improve(mode, case)

    def wants(self, mode: AssistanceMode, case: Assisted) -> bool:
        """Whether the judge is to be asked about a text."""
        understood, elicited = case.understanding, case.elicited
        if not any(letter.isalnum() for letter in understood.text) or not understood.candidates:
            return False
        best = understood.candidates[0]
        threshold = case.served.definition.nlu_confidence_threshold
        if elicited is None:
            return best.score < (threshold if mode == "Fallback" else _CERTAIN)
        if elicited.slot is not None and case.served.obfuscated.has(elicited.intent, elicited.slot):
            return False
        reading = understood.reading
        settled = (
            understood.confirmation is not None
            or understood.waiting is not None
            or (reading is not None and reading.score >= _PLAIN)
            or best.score >= _CERTAIN
        )
        if settled:
            return False
        if mode == "Primary":
            return True
        missed = reading is None and best.score < threshold
        return missed and understood.question is None

    async def improve(self, mode: AssistanceMode, case: Assisted) -> lex.Understanding:
        """What a text means by the judge's choice; what was understood before where it fails."""
        if self._judge is None:
            return case.understanding
        begun = time.monotonic()
        outcome, verdict = "failed", None
        try:
            with limits.waiting_elsewhere():
                verdict = await self._judge.judge(_case(case))
        except answers.AnswerError as error:
            outcome = error.code
        improved = case.understanding
        if verdict is not None:
            outcome = "chosen" if verdict.intent is not None else "none"
            improved = _improved(case, verdict)
        _log.info(
            "understanding_assisted",
            mode=mode,
            outcome=outcome,
            ms=round((time.monotonic() - begun) * 1000),
            request_id=case.request_id or None,
            input_tokens=verdict and verdict.usage and verdict.usage.input_tokens,
            output_tokens=verdict and verdict.usage and verdict.usage.output_tokens,
        )
        return improved


def _words(messages: Iterable[lex.Message]) -> str:
    return "\n".join(chat.plain_text(m.content_type, m.content) for m in messages if m.content)


def _case(case: Assisted) -> answers.Case:
    names = [one.intent for one in case.understanding.candidates if one.intent in case.eligible]
    if case.elicited is not None and case.elicited.intent not in names:
        names.insert(0, case.elicited.intent)
    intents = case.served.definition.intents
    return answers.Case(
        text=case.known.text(case.understanding.text),
        intents=tuple(_judged(intents[name], case.served) for name in names[:_INTENTS]),
        context=case.known.text(case.prompt) if case.elicited is not None else "",
        locale=case.address.locale_id,
        bot_id=case.address.bot_id,
        bot_name=case.served.bot.name,
        session_id=case.address.session_id,
        request_id=case.request_id,
    )


def _judged(intent: bot.Intent, served: ServedLocale) -> answers.JudgedIntent:
    return answers.JudgedIntent(
        name=intent.name,
        description=intent.description or "",
        samples=tuple(each.utterance for each in intent.sample_utterances or ()),
        slots=tuple(_judged_slot(slot, served) for slot in intent.prioritised_slots),
    )


def _judged_slot(slot: bot.Slot, served: ServedLocale) -> answers.JudgedSlot:
    kind = slot.slot_type_name or ""
    custom = served.definition.slot_types.get(kind)
    values = () if custom is None else custom.slot_type_values or ()
    return answers.JudgedSlot(
        name=slot.name,
        kind=kind.removeprefix("AMAZON."),
        values=tuple(each.sample_value.value for each in values[:_VALUES]),
    )


def _improved(case: Assisted, verdict: answers.Verdict) -> lex.Understanding:
    """What a text means by a verdict."""
    before = case.understanding
    offered = _disambiguation(case, verdict)
    if offered is not None:
        return msgspec.structs.replace(before, disambiguation=offered, source="Bedrock")
    if verdict.intent is None:
        threshold = case.served.definition.nlu_confidence_threshold
        below = tuple(_at_most(one, threshold * 0.99) for one in before.candidates)
        return msgspec.structs.replace(before, candidates=below, source="Bedrock")
    slots = _filled(case, verdict.intent, verdict.slots)
    chosen = next((one for one in before.candidates if one.intent == verdict.intent), None)
    kept = {} if chosen is None else chosen.slots
    elicited = case.elicited
    reading = before.reading
    if elicited is not None and elicited.intent == verdict.intent:
        # A value of what is elicited is the reply; the others are slots of the same intent.
        value = slots.pop(elicited.slot or "", None)
        if value is not None:
            reading = lex.Reading(slot=value, score=_CHOSEN)
    own = lex.Candidate(
        intent=verdict.intent,
        score=max(_CHOSEN, 0.0 if chosen is None else chosen.score),
        slots={**kept, **slots},
    )
    rest = [_at_most(one, _REST) for one in before.candidates if one.intent != verdict.intent]
    return msgspec.structs.replace(
        before,
        candidates=(own, *rest)[:_INTENTS],
        reading=reading,
        question=None if reading is not before.reading else before.question,
        source="Bedrock",
    )


def _at_most(candidate: lex.Candidate, score: float) -> lex.Candidate:
    return msgspec.structs.replace(candidate, score=min(candidate.score, score))


def _filled(case: Assisted, intent: str, words: dict[str, str]) -> dict[str, lex.Slot]:
    """The slots that the words fill; each is read as a reply to its prompt would be."""
    slots = {}
    for name, text in words.items():
        reading = case.model.read_slot(intent, name, text, now=case.now, hints=case.hints)
        if reading is not None:
            slots[name] = reading.slot
    return slots


def _disambiguation(case: Assisted, verdict: answers.Verdict) -> lex.Disambiguation | None:
    """The intents to choose from, where the bot wants that and nothing is elicited."""
    own = bot.nlu_improvement(case.served.definition)
    setting = None if own is None else own.intent_disambiguation_settings
    if setting is None or not setting.enabled or not verdict.alternatives or case.elicited:
        return None
    locale = case.served.definition
    most = setting.max_disambiguation_intents or _OFFERED
    candidates = {one.intent: one for one in case.understanding.candidates}
    labels: dict[str, lex.OfferedIntent] = {}
    for name in verdict.alternatives[:most]:
        label = bot.display_name(locale.intents[name])
        labels.setdefault(label, lex.OfferedIntent(label=label, candidate=candidates[name]))
    if len(labels) == 1:
        return None
    language = locale.identifier.partition("_")[0]
    message = setting.custom_disambiguation_message or _MESSAGES.get(language, _MESSAGES["en"])
    return lex.Disambiguation(message=message, choices=tuple(labels.values()))
