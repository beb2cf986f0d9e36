"""Labelled utterances to measure on: the public sets of ``../shared/data``, and our own.

The public sets are read where they are, never copied. ``train`` and ``val`` parts may teach
constants; ``test`` parts only measure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from daehwa import bot

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "data"
FAULTS = HERE.parents[2] / "shared" / "faults"
NOBODYS = "oos"
STRANGERS = "-"
ASKED = "> "


class Labelled(NamedTuple):
    """Texts and what each means; ``oos`` is none of the bot's business."""

    texts: tuple[str, ...]
    intents: tuple[str, ...]

    def __add__(self, other: Labelled) -> Labelled:  # type: ignore[override]
        return Labelled(self.texts + other.texts, self.intents + other.intents)

    @property
    def names(self) -> tuple[str, ...]:
        """The intents, each once, in order of appearance."""
        return tuple(dict.fromkeys(self.intents))

    def of(self, intent: str) -> tuple[str, ...]:
        """The texts of one intent."""
        return tuple(t for t, i in zip(self.texts, self.intents, strict=True) if i == intent)


def public(name: str) -> Labelled:
    """A part of a public set by its path: ``clinc150/train``.

    Raises:
        SystemExit: it is not there.
    """
    path = SHARED / f"{name}.jsonl"
    if not path.is_file():
        raise SystemExit(f"{path} is not there: put the public sets into ../shared/data")
    lines = path.read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return Labelled(tuple(r["text"] for r in rows), tuple(r["intent"] for r in rows))


def everyday(name: str) -> Labelled:
    """Requests of our own, by their file: everyday ones (``ko``), short ones (``short_ko``)."""
    texts, intents, intent = [], [], ""
    for line in (HERE / "everyday" / f"{name}.txt").read_text("utf-8").splitlines():
        if heading := re.fullmatch(r"\[(\w+)\]", line):
            intent = heading[1]
        else:
            texts.append(line)
            intents.append(intent)
    return Labelled(tuple(texts), tuple(intents))


def fragments(language: str) -> tuple[str, ...]:
    """Names, numbers, single words and noises: nobody's business, and very short."""
    path = HERE / "everyday" / f"fragments_{language}.txt"
    return tuple(path.read_text("utf-8").splitlines())


def real_bot(corpus: str, part: str) -> Labelled:
    """A part (``train``, ``test``) of a bot of Braun et al. 2017; its ``None`` is out of scope."""
    found = public(f"braun2017/{corpus}/{part}")
    return Labelled(
        found.texts, tuple(NOBODYS if intent == "None" else intent for intent in found.intents)
    )


class GivenBot(NamedTuple):
    """One of the small bots of ``../shared/faults``, and the texts that people wrote to it."""

    locale: bot.BotLocale
    test: Labelled


def given_bots() -> Iterator[GivenBot]:
    """Every small bot with the texts that mean one of its intents, or none; no denials.

    Raises:
        SystemExit: they are not there.
    """
    if not FAULTS.is_dir():
        raise SystemExit(f"{FAULTS} is not there")
    lines = (FAULTS / "understanding.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    described = json.loads((FAULTS / "understanding-bots.json").read_text("utf-8"))["bots"]
    for name, definition in described.items():
        known = {*definition["intents"], NOBODYS}
        own = [
            row
            for row in rows
            if row.get("bot") == name
            and row["expected"] in known
            and row.get("kind") != "negated command"
        ]
        texts, intents = (tuple(row[key] for row in own) for key in ("text", "expected"))
        yield GivenBot(_locale(definition), Labelled(texts, intents))


def _locale(definition: dict[str, Any]) -> bot.BotLocale:
    """A bot's locale from the samples and slots of its intents and the values of its types."""
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
        )
        for name, values in definition["slot_types"].items()
    }
    intents = {
        name: bot.Intent(
            name=name,
            sample_utterances=tuple(bot.SampleUtterance(utterance=u) for u in one["samples"]),
            slots={
                slot: bot.Slot(name=slot, slot_type_name=kind)
                for slot, kind in one["slots"].items()
            },
        )
        for name, one in definition["intents"].items()
    }
    return bot.BotLocale(identifier=definition["locale"], intents=intents, slot_types=types)


class HardBot(NamedTuple):
    """A small bot of our own, by intent: its samples, and what people write when they mean it;
    and near strangers, which are about the same things but none of its business. ``values`` of
    its slots are for the placeholders in all of them (``{Pet}``)."""

    name: str
    samples: dict[str, tuple[str, ...]]
    asked: dict[str, tuple[str, ...]]
    strangers: tuple[str, ...]
    values: dict[str, tuple[str, ...]]


def hard_bots(language: str, kind: str = "bots") -> list[HardBot]:
    """Small bots with how people really write: situations, slang, typos, half sentences.

    The kind ``valued``: of one or two samples an intent, whose strangers name slots' values;
    ``fresh``, ``blind``, ``later`` and ``further`` measured until they taught the confidence;
    ``newest`` measure only, and must teach nothing.
    In the files ``# name`` begins a bot, ``[Intent]`` an intent, ``[-]`` its strangers;
    lines with ``> `` are asked, others are samples; ``{Pet}: gecko, parrot`` are values.
    """
    path = HERE / "everyday" / f"{kind}_{language}.txt"
    bots = []
    for part in re.split(r"^# ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        name, _, rest = part.partition("\n")
        listed, *cut = re.split(r"^\[(.+)\]\n", rest, flags=re.MULTILINE)
        lines = {
            intent: [line for line in lines.splitlines() if line]
            for intent, lines in zip(cut[::2], cut[1::2], strict=True)
        }
        strangers = lines.pop(STRANGERS)
        asked = {
            intent: tuple(line.removeprefix(ASKED) for line in own if line.startswith(ASKED))
            for intent, own in lines.items()
        }
        samples = {
            intent: tuple(line for line in own if not line.startswith(ASKED))
            for intent, own in lines.items()
        }
        values = {
            slot: tuple(own.split(", "))
            for slot, own in re.findall(r"^\{(\w+)\}: (.+)$", listed, flags=re.MULTILINE)
        }
        bots.append(HardBot(name.strip(), samples, asked, tuple(strangers), values))
    return bots
