"""``python bench/assisted [--model NAME] [--texts N] [--seconds S] [--script]``: a judge's worth.

Requests of our own (``bench/nlu/everyday``), every second one learned and the others judged, and
as many texts that are nobody's business. The judge is the language model that ``daehwa.toml`` here
and the environment configure (``--model embedded`` for the offline one); ``--script`` puts one in
its place that knows the answer, which shows the room that there is.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import random
import statistics
import sys
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "nlu"))

import msgspec  # noqa: E402
from material import NOBODYS, Labelled, everyday, fragments  # noqa: E402

from daehwa import answers, bot, lex, limits, nlu  # noqa: E402
from daehwa.conversation.answerers import open_answerers  # noqa: E402
from daehwa.conversation.assistance import Assistant, Assisted  # noqa: E402
from daehwa.conversation.obfuscation import Mask  # noqa: E402
from daehwa.conversation.served_bots import ServedLocale  # noqa: E402
from daehwa.conversation.settings import AssistanceSetting, load_settings  # noqa: E402
from daehwa.conversation.values import Address  # noqa: E402

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LANGUAGES = {"ko": "ko_KR", "en": "en_US"}


class Script:
    """A model that knows what each text means; it says so over the judge's own wire."""

    name = "script"

    def __init__(self, truth: dict[str, str]) -> None:
        self._truth = truth

    async def answer(self, question: answers.Question) -> answers.Answer:
        """Reply as the best of judges would."""
        line = next(each for each in question.text.splitlines() if each.startswith("The message: "))
        text = json.loads(line.removeprefix("The message: "))
        return answers.Answer(text=json.dumps({"intent": self._truth[text]}), source="script")


def _served(language: str, learned: Labelled) -> ServedLocale:
    intents = [
        bot.Intent(
            name=name,
            sample_utterances=tuple(bot.SampleUtterance(utterance=t) for t in learned.of(name)),
        )
        for name in learned.names
    ]
    locale = bot.BotLocale(
        identifier=LANGUAGES[language],
        nlu_confidence_threshold=0.4,
        intents={each.name: each for each in (*intents, bot.DEFAULT_FALLBACK_INTENT)},
    )
    return ServedLocale(
        "BENCH00001", bot.Bot(name="Bench", locales={locale.identifier: locale}), locale, None
    )


def _material(language: str, most: int) -> tuple[Labelled, list[tuple[str, str]]]:
    """What is learned, and the texts to judge with what they mean."""
    own = everyday(language)
    pairs = [pair for pair in zip(own.texts, own.intents, strict=True) if pair[1] != NOBODYS]
    learned, held = pairs[::2], pairs[1::2]
    chooser = random.Random(7)
    chosen = chooser.sample(held, min(most, len(held)))
    nobodys = [(text, "none") for text in fragments(language)]
    chosen += chooser.sample(nobodys, min(len(chosen), len(nobodys)))
    texts, intents = zip(*learned, strict=True)
    return Labelled(texts, intents), chosen


def _meaning(understanding: lex.Understanding) -> str:
    best = understanding.candidates[0] if understanding.candidates else None
    return "none" if best is None or best.score < 0.4 else best.intent


async def _measure(language: str, options: Any, judge: answers.Judge | None) -> None:
    learned, texts = _material(language, options.texts)
    served = _served(language, learned)
    model = nlu.learn(served.definition)
    if options.script:
        judge = answers.Judge(Script(dict(texts)), options.seconds)  # type: ignore[arg-type]
    assistant = Assistant(judge, AssistanceSetting(mode="Primary"))
    before, after, among, took, failed = [], [], [], [], 0
    for text, meant in texts:
        understanding = model.interpret(text, now=NOW)
        case = Assisted(
            served=served,
            address=Address("BENCH00001", "TSTALIASID", LANGUAGES[language], "bench"),
            model=model,
            understanding=msgspec.structs.replace(understanding, source="Lex"),
            elicited=None,
            eligible=learned.names,
            now=NOW,
            known=Mask({}),
        )
        improved = understanding
        if assistant.wants("Primary", case):
            begun = time.monotonic()
            improved = await assistant.improve("Primary", case)
            took.append(time.monotonic() - begun)
            failed += improved.source == "Lex"
        ours = meant != "none"
        before.append((ours, _meaning(understanding) == meant))
        after.append((ours, _meaning(improved) == meant))
        if ours:
            among.append(meant in {one.intent for one in understanding.candidates})
    print(
        f"{language}: {len(texts)} texts, half of them nobody's; asked about {len(took)}, "
        f"{failed} without a verdict"
    )
    _show("understanding alone", before)
    _show("with the judge", after)
    print(f"  the right intent among the first five: {sum(among) / len(among):.3f}")
    if took and not options.script:
        slow = statistics.quantiles(took, n=20)[-1] if len(took) > 1 else took[0]
        print(f"  a verdict takes {statistics.median(took):.2f} s, 95 of 100 at most {slow:.2f} s")


def _show(name: str, right: Sequence[tuple[bool, bool]]) -> None:
    for ours, label in ((True, "the bot's"), (False, "nobody's")):
        marks = [mark for kind, mark in right if kind is ours]
        print(f"  {name}, {label}: {sum(marks) / max(len(marks), 1):.3f} right")


async def _main(options: Any) -> None:
    settings = load_settings()
    assisted = settings.understanding.assisted
    assisted = msgspec.structs.replace(
        assisted, model=options.model or assisted.model, seconds=options.seconds
    )
    settings = msgspec.structs.replace(
        settings,
        understanding=msgspec.structs.replace(settings.understanding, assisted=assisted),
    )
    async with AsyncExitStack() as stack:
        judge = None
        if not options.script:
            limiter = await stack.enter_async_context(limits.Limiter())
            judge = open_answerers(settings, answers.data_directory(), limiter.budget).judge
            if judge is None:
                sys.exit("no language model is configured: see docs/models.md, or take --script")
            await stack.enter_async_context(judge.answerer)
            if options.model == "embedded":
                while (await judge.answerer.ready()).state == "loading":  # noqa: ASYNC110
                    await asyncio.sleep(0.5)
        for language in LANGUAGES:
            await _measure(language, options, judge)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model")
    parser.add_argument("--texts", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--script", action="store_true")
    options = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    asyncio.run(_main(options))


if __name__ == "__main__":
    main()
