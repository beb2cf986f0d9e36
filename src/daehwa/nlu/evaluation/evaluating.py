"""Measuring: learn, interpret every test text, and judge."""

from __future__ import annotations

import datetime as dt
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec
import numpy as np

from daehwa import bot, lex
from daehwa.nlu import builtin_intents
from daehwa.nlu.errors import MaterialError
from daehwa.nlu.evaluation import measures
from daehwa.nlu.evaluation.advice import advise, overlaps
from daehwa.nlu.evaluation.material import OUT_OF_SCOPE, Example
from daehwa.nlu.evaluation.prompted import PromptedTalks
from daehwa.nlu.evaluation.results import Evaluation, Judged, per_intent
from daehwa.nlu.learning import learn
from daehwa.nlu.model import Model
from daehwa.nlu.quality import DEFAULT, Quality, load
from daehwa.nlu.sample_patterns import placeholders
from daehwa.nlu.slots import SlotModel

_GROUPS_HELD_OUT: Final = 3
_FEWEST_TO_HOLD_OUT: Final = 3

Progress = Callable[[float], None]


class _Run(msgspec.Struct, frozen=True):
    judged: list[Judged]
    milliseconds: list[float]
    slots: list[tuple[Mapping[str, str], Mapping[str, str]]]
    fit_seconds: float


def evaluate(
    locale: bot.BotLocale,
    test: Sequence[Example],
    *,
    quality: Quality = DEFAULT,
    language: str | None = None,
    progress: Progress | None = None,
    now: dt.datetime | None = None,
) -> Evaluation:
    """Learn ``locale`` and judge it by ``test``.

    ``now`` is the time, with its zone, that dates in the texts are relative to; by default this
    moment. A text that follows a prompt in its conversation is judged as a reply to it. Advice is
    in ``language`` (``ko``), by default in the locale's. ``progress`` is
    called with the share that is done, 0 to 1.

    Raises:
        QualityError: the quality needs what is not installed.
    """
    report = progress or (lambda _: None)
    load(quality, locale.identifier)
    started = time.perf_counter()
    model = learn(locale, quality=quality, progress=lambda share: report(share / 2))
    fit_seconds = time.perf_counter() - started
    run = _judge(
        model, test, fit_seconds, lambda share: report(0.5 + share / 2), locale=locale, now=now
    )
    return _evaluation(locale, model, run, language=language)


def cross_validate(
    locale: bot.BotLocale,
    *,
    quality: Quality = DEFAULT,
    folds: int = 5,
    language: str | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """Judge a locale by its own samples, each by a model that was not shown it.

    What is out of scope is learned by leaving out a third of the intents in turn, whose samples
    then should fall through; a bot of fewer than three intents cannot show it.

    Raises:
        MaterialError: no intent has two samples, so that none can be held out.
        QualityError: the quality needs what is not installed.
    """
    report = progress or (lambda _: None)
    load(quality, locale.identifier)
    started = time.perf_counter()
    model = learn(locale, quality=quality)
    fit_seconds = time.perf_counter() - started
    parts = [*_folds(locale, folds), *_held_out(locale)]
    if not any(test for _, test in parts):
        raise MaterialError(
            f"{locale.identifier}: no intent has two sample utterances to learn and test by"
        )
    whole = _Run([], [], [], fit_seconds)
    for number, (part, test) in enumerate(parts):
        if not test or not builtin_intents.learnable(part):
            continue
        run = _judge(learn(part, quality=quality, previous=model), test, 0.0, lambda _: None)
        whole.judged.extend(run.judged)
        whole.milliseconds.extend(run.milliseconds)
        whole.slots.extend(run.slots)
        report((number + 1) / len(parts))
    return _evaluation(locale, model, whole, language=language)


def _judge(
    model: Model,
    test: Sequence[Example],
    fit_seconds: float,
    report: Progress,
    *,
    locale: bot.BotLocale | None = None,
    now: dt.datetime | None = None,
) -> _Run:
    now = now or dt.datetime.now(dt.UTC)
    talks = PromptedTalks(locale)
    run = _Run([], [], [], fit_seconds)
    model.interpret("warm up", now=now)
    for number, example in enumerate(test):
        started = time.perf_counter()
        elicitation = talks.elicited(example)
        understanding = model.interpret(example.text, elicitation=elicitation, now=now)
        run.milliseconds.append((time.perf_counter() - started) * 1000)
        run.judged.append(_judged(example, elicitation, understanding))
        expected = talks.new_slots(example)
        if expected and elicitation is not None:
            run.slots.append(_reply_slots(expected, elicitation, understanding))
        elif expected:
            slots = model.slots_in(example.intent, example.text, now=now)
            run.slots.append(_compared(expected, slots))
        talks.go_on(example, elicitation)
        report((number + 1) / len(test))
    return run


def _judged(
    example: Example, elicitation: lex.Elicitation | None, understanding: lex.Understanding
) -> Judged:
    best = understanding.candidates[0] if understanding.candidates else None
    predicted, score = (best.intent, best.score) if best else ("", 0.0)
    elicited = None
    if elicitation is not None:
        slot = elicitation.slot
        elicited = elicitation.intent if slot is None else f"{elicitation.intent}.{slot}"
        if understanding.reading is not None or understanding.confirmation is not None:
            predicted, score = elicitation.intent, 1.0
        elif predicted == elicitation.intent:
            predicted, score = "", 0.0  # the bot would elicit the slot again
    return Judged(
        text=example.text,
        truth=example.intent,
        predicted=predicted,
        score=score,
        elicited=elicited,
        held_out=example.held_out,
    )


_Pair = tuple[Mapping[str, str], Mapping[str, str]]


def _reply_slots(
    expected: Mapping[str, str], elicitation: lex.Elicitation, understanding: lex.Understanding
) -> _Pair:
    """The expected phrases and those of the reply: the value of the slot that was elicited."""
    reading = understanding.reading
    if reading is None or elicitation.slot is None:
        return expected, {}
    return _compared(expected, {elicitation.slot: reading.slot})


def _compared(expected: Mapping[str, str], slots: Mapping[str, lex.Slot]) -> _Pair:
    """The expected phrases and the filled ones; an expected value may also be the resolved one."""
    filled = _phrases(slots)
    for name, phrase in expected.items():
        slot = slots.get(name)
        value = slot.value if slot is not None else None
        if value is not None and phrase.casefold() in {
            (value.interpreted_value or "").casefold(),
            *(each.casefold() for each in value.resolved_values or ()),
        }:
            filled[name] = phrase
    return expected, filled


def _phrases(slots: Mapping[str, lex.Slot]) -> dict[str, str]:
    """The words of the text for each slot that is filled."""
    return {
        name: slot.value.original_value
        for name, slot in slots.items()
        if slot.value is not None and slot.value.original_value is not None
    }


def _folds(locale: bot.BotLocale, folds: int) -> Iterator[tuple[bot.BotLocale, list[Example]]]:
    """The locale without every n-th sample, and those samples."""
    for fold in range(folds):
        kept: dict[str, bot.Intent] = {}
        test: list[Example] = []
        for intent in locale.intents.values():
            samples = intent.sample_utterances or ()
            held = samples[fold::folds] if len(samples) > 1 else ()
            left = tuple(s for place, s in enumerate(samples) if place % folds != fold or not held)
            if held and not left:
                held, left = (), samples
            kept[intent.name] = msgspec.structs.replace(intent, sample_utterances=left)
            test += [Example(text, intent.name) for text in _refilled(locale, intent, held)]
        yield msgspec.structs.replace(locale, intents=kept), test


def _held_out(locale: bot.BotLocale) -> Iterator[tuple[bot.BotLocale, list[Example]]]:
    """The locale without every third intent, and that intent's samples as out of scope."""
    learned = [i for i in builtin_intents.learnable(locale) if i.sample_utterances]
    if len(learned) < _FEWEST_TO_HOLD_OUT:
        return
    for group in range(_GROUPS_HELD_OUT):
        out = {intent.name for intent in learned[group::_GROUPS_HELD_OUT]}
        kept = {name: intent for name, intent in locale.intents.items() if name not in out}
        test = [
            Example(text, OUT_OF_SCOPE, held_out=name)
            for name in out
            for text in _refilled(
                locale, locale.intents[name], locale.intents[name].sample_utterances
            )
        ]
        yield msgspec.structs.replace(locale, intents=kept), test


def _refilled(
    locale: bot.BotLocale, intent: bot.Intent, samples: Sequence[bot.SampleUtterance] | None
) -> Iterator[str]:
    """Samples as people would say them: a value in each placeholder."""
    for sample in samples or ():
        if placeholders(sample.utterance, intent.slots):
            alone = msgspec.structs.replace(intent, sample_utterances=(sample,))
            only = msgspec.structs.replace(locale, intents={intent.name: alone})
            yield from SlotModel.learn(only).expansions(intent.name, 1, 1)
        else:
            yield sample.utterance


def _evaluation(
    locale: bot.BotLocale, model: Model, run: _Run, *, language: str | None
) -> Evaluation:
    scores = np.array([j.score for j in run.judged])
    right = np.array([j.right for j in run.judged], dtype=bool)
    outside = np.array([j.truth == OUT_OF_SCOPE for j in run.judged], dtype=bool)
    inside = [j for j in run.judged if j.truth != OUT_OF_SCOPE]
    error, bins = measures.calibration(scores, right)
    threshold = locale.nlu_confidence_threshold
    balance = measures.balance_at(threshold, scores, right, outside)
    intents = per_intent(run.judged, model.sample_counts())
    entangled = overlaps(model)
    return Evaluation(
        locale=locale.identifier,
        threshold=threshold,
        accuracy=float(right[~outside].mean()) if inside else float("nan"),
        macro_f1=measures.macro_f1([j.truth for j in inside], [j.predicted for j in inside]),
        oos_auroc=measures.auroc(scores[~outside], scores[outside]),
        in_scope_accuracy=balance.right,
        oos_recall=balance.caught,
        slot_f1=measures.slot_f1(run.slots),
        ece=error,
        fit_seconds=run.fit_seconds,
        p50_ms=float(np.percentile(run.milliseconds, 50)),
        p99_ms=float(np.percentile(run.milliseconds, 99)),
        rss_mb=_resident_megabytes(),
        bins=bins,
        balances=measures.trade_off(scores, right, outside),
        intents=intents,
        judged=tuple(run.judged),
        overlaps=entangled,
        advice=advise(
            run.judged,
            intents,
            entangled,
            threshold=threshold,
            language=language or locale.identifier,
        ),
    )


def _resident_megabytes() -> float:
    """The memory that this process holds now; where the system does not say, the most it held."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text("ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)
