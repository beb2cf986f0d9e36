"""What is denied is not done, what replaces it is: measured on texts that take words back.

    python bench/nlu/negated.py [--quality balanced] [--wrong] [--given]

``negated/`` has the bots and the texts of our own; ``--given`` measures those of
``../shared/faults`` instead. Kinds: ``denied`` wants the fallback, ``replaced`` the intent that takes
the denied one's place, ``corrected`` intent and slots, ``reply`` and ``value`` a slot's value,
``own`` the intent of which the denial is a part (a fault, a wish to be left alone). In
``expected`` alternatives stand between bars, ``~a,b`` is an ambiguous value, ``-`` none.
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
from daehwa.nlu.quality import DEFAULT

HERE = Path(__file__).parent
OWN = HERE / "negated"
GIVEN = HERE.parents[2] / "shared" / "faults"
GIVEN_KINDS = {"negation", "negated command", "correction"}
NOW = dt.datetime(2026, 11, 27, 10, tzinfo=ZoneInfo("Asia/Seoul"))
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
    """What the text of a row means, as ``expected`` writes it; wrong slots stand behind it."""
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
    filled = {name: shown(best.slots[name].value) if name in best.slots else "-" for name in row.get("slots", ())}
    wrong = {name: value for name, value in filled.items() if value != row["slots"][name]}
    return f"{best.intent} {wrong}" if wrong else best.intent


def rows_of(language: str, *, given: bool) -> list[Row]:
    """The texts of a language, each with its kind."""
    if not given:
        lines = (OWN / f"{language}.jsonl").read_text("utf-8").splitlines()
        return [{"lang": language, **json.loads(line)} for line in lines]
    lines = (GIVEN / "understanding.jsonl").read_text("utf-8").splitlines()
    rows = [row for line in lines if (row := json.loads(line)).get("lang") == language]
    return [row for row in rows if row.get("kind") in GIVEN_KINDS]


def main() -> None:
    """Print a line for each language and kind, and the texts that go wrong if wanted."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--quality", default=DEFAULT)
    options.add_argument("--wrong", action="store_true")
    options.add_argument("--given", action="store_true")
    chosen = options.parse_args()
    source = GIVEN / "understanding-bots.json" if chosen.given else OWN / "bots.json"
    described = json.loads(source.read_text("utf-8"))
    models = {
        name: learn(locale_of(each), quality=chosen.quality)
        for name, each in described.get("bots", described).items()
    }
    right: Counter[tuple[str, str]] = Counter()
    count: Counter[tuple[str, str]] = Counter()
    wrong = []
    for language in ("ko", "en"):
        for row in rows_of(language, given=chosen.given):
            outcome = answer(row, models)
            key = (language, row["kind"])
            count[key] += 1
            right[key] += outcome in row["expected"].split("|")
            if outcome not in row["expected"].split("|"):
                wrong.append((row, outcome))
    print("| language | kind | right | of |\n|---|---|---|---|")
    for (language, kind), total in count.items():
        print(f"| {language} | {kind} | {right[language, kind]} | {total} |")
    print(f"| both | all | {right.total()} | {count.total()} |")
    for row, outcome in wrong if chosen.wrong else ():
        print(f"{row.get('bot') or row.get('type')}: {row['text']} -> {outcome}, not {row['expected']}")


if __name__ == "__main__":
    main()
