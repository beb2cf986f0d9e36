"""What is denied is not done, what replaces it is: measured on texts that take words back.

    python bench/nlu/negated.py [--texts own|fresh|given] [--quality balanced] [--wrong]

``negated/`` has bots and our own texts; ``fresh`` are texts, written after the rest was done,
to the bots of ``../shared/faults``, ``given`` the texts that are there. Kinds: ``denied`` wants
the fallback, ``replaced`` the intent that takes the denied one's place, ``corrected`` intent and
slots, ``reply`` and ``value`` a slot's value, ``own`` the intent of which the denial is a part (a
fault, a wish to be left alone). In ``expected`` alternatives stand between bars, ``~a,b`` is an
ambiguous value, ``-`` none.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from daehwa import bot, lex
from daehwa.nlu import Model, learn
from daehwa.nlu.builtins import Setting, Text, built_in
from daehwa.nlu.quality import DEFAULT, Quality

HERE = Path(__file__).parent
OWN = HERE / "negated"
GIVEN = HERE.parents[2] / "shared" / "faults"
GIVEN_KINDS = {"negation", "negated command", "correction"}
NOW = dt.datetime(2026, 11, 27, 10, tzinfo=ZoneInfo("Asia/Seoul"))
TEXTS = ("own", "fresh", "given")
THRESHOLD = 0.4

Row = dict[str, Any]


def locale_of(described: Row) -> bot.BotLocale:
    """A locale of a bot that is described as in ``negated/bots.json``."""
    types = {
        name: bot.SlotType(
            name=name,
            slot_type_values=tuple(
                bot.SlotTypeValue(
                    sample_value=bot.SampleValue(value=value),
                    synonyms=tuple(bot.SampleValue(value=each) for each in synonyms),
                )
                for value, synonyms in values.items()
            ),
            value_selection_setting=bot.ValueSelectionSetting(resolution_strategy="TOP_RESOLUTION"),
        )
        for name, values in described["slot_types"].items()
    }
    intents = {
        name: bot.Intent(
            name=name,
            sample_utterances=tuple(bot.SampleUtterance(utterance=t) for t in intent["samples"]),
            slots={
                slot: bot.Slot(name=slot, slot_type_name=kind)
                for slot, kind in intent.get("slots", {}).items()
            },
        )
        for name, intent in described["intents"].items()
    }
    return bot.BotLocale(identifier=described["locale"], intents=intents, slot_types=types)


def shown(value: lex.Value | None) -> str:
    """A slot's value as ``expected`` writes it."""
    if value is None:
        return "-"
    if value.interpreted_value is None:
        return "~" + ",".join(value.resolved_values or ())
    return value.interpreted_value


def answer(row: Row, models: dict[str, Model]) -> str:
    """What the text of a row means, as ``expected`` writes it; wrong slots stand after it."""
    if "type" in row:
        locale = {"ko": "ko_KR", "en": "en_US"}[row["lang"]]
        value = built_in(row["type"]).read(Text(row["text"]), Setting(locale=locale, now=NOW))
        return "-" if value is None else value.interpreted or "~" + ",".join(value.resolved)
    model = models[row["bot"]]
    if "asked" in row:
        elicited = lex.Elicitation(**row["asked"])
        reading = model.interpret(row["text"], elicitation=elicited, now=NOW).reading
        return shown(reading and reading.slot and reading.slot.value)
    best = next(iter(model.interpret(row["text"], now=NOW).candidates), None)
    if best is None or best.score < THRESHOLD:
        return "oos"
    filled = {
        name: shown(best.slots[name].value) if name in best.slots else "-"
        for name in row.get("slots", ())
    }
    wrong = {name: value for name, value in filled.items() if value != row["slots"][name]}
    return f"{best.intent} {wrong}" if wrong else best.intent


def rows_of(texts: str) -> list[Row]:
    """The texts, each with its language and kind."""
    if texts == "own":
        return [
            {"lang": language, **json.loads(line)}
            for language in ("ko", "en")
            for line in (OWN / f"{language}.jsonl").read_text("utf-8").splitlines()
        ]
    path = OWN / "fresh.jsonl" if texts == "fresh" else GIVEN / "understanding.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return rows if texts == "fresh" else [row for row in rows if row.get("kind") in GIVEN_KINDS]


def models_of(texts: str, quality: Quality) -> dict[str, Model]:
    """The bots that the texts are to, learned."""
    source = OWN / "bots.json" if texts == "own" else GIVEN / "understanding-bots.json"
    described = json.loads(source.read_text("utf-8"))
    described = described.get("bots", described)
    return {name: learn(locale_of(each), quality=quality) for name, each in described.items()}


def main() -> None:
    """Print a line for each language and kind, and the texts that go wrong if wanted."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--texts", nargs="+", choices=TEXTS, default=list(TEXTS))
    options.add_argument("--quality", default=DEFAULT)
    options.add_argument("--wrong", action="store_true")
    chosen = options.parse_args()
    print("| texts | language | kind | right | of |\n|---|---|---|---|---|")
    for texts in chosen.texts:
        models = models_of(texts, chosen.quality)
        right: Counter[tuple[str, str]] = Counter()
        count: Counter[tuple[str, str]] = Counter()
        wrong = []
        for row in rows_of(texts):
            key = (row["lang"], row["kind"])
            outcome = answer(row, models)
            meets = outcome in row["expected"].split("|")
            count[key] += 1
            right[key] += meets
            if not meets:
                wrong.append(f"{row.get('bot') or row['type']}: {row['text']} -> {outcome}")
        for (language, kind), total in sorted(count.items()):
            print(f"| {texts} | {language} | {kind} | {right[language, kind]} | {total} |")
        print(f"| {texts} | both | all | {right.total()} | {count.total()} |")
        print(*(wrong if chosen.wrong else ()), sep="\n")


if __name__ == "__main__":
    main()
