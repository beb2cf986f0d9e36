"""Labelled utterances: read from JSON lines or a Lex test set, and made into a bot."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from daehwa import bot
from daehwa.nlu.errors import MaterialError

OUT_OF_SCOPE: Final = "oos"
"""The label of a text that is none of the bot's business."""

_HANGUL: Final = re.compile(r"[\uac00-\ud7a3]")
_LETTER: Final = re.compile(r"[^\W\d_]")
_KOREAN_FROM: Final = 0.3
_BRACES: Final = str.maketrans("{}", "()")
_NO_CONVERSATION: Final = frozenset({"", "na", "n/a", "-"})
_FALLBACKS: Final = frozenset({"oos", "fallbackintent", "amazon.fallbackintent"})


class Example(msgspec.Struct, frozen=True):
    """A text, the intent it means (``oos``: none), and the phrase in it for each slot.

    ``conversation`` is the one that it is said in, ``prompt`` what the bot said before it there:
    ``None`` at the beginning, empty where that is not known. ``held_out`` is the intent that an
    ``oos`` text is a sample of, where the intent was left out to have texts that fit no other.
    """

    text: str
    intent: str
    slots: dict[str, str] = msgspec.field(default_factory=dict)
    conversation: str = ""
    prompt: str | None = None
    held_out: str | None = None


class _Line(msgspec.Struct, frozen=True):
    text: str
    intent: str
    slots: list[tuple[int, int, str]] | dict[str, str] | None = None


def read_examples(path: Path) -> tuple[Example, ...]:
    """Read JSON lines ``{"text", "intent", "slots"?}``, or a Lex test set (``.csv``).

    A test set's rows of one ``Conversation #`` are one conversation, in which an ``Agent`` row is
    what the next ``User`` row replies to; rows without a number stand alone.

    ``slots`` are spans ``[start, end, name]`` or phrases by name.

    Raises:
        MaterialError: the file is not such a file; the message names the line.
        OSError: it cannot be read.
    """
    try:
        content = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MaterialError(f"{path} is not UTF-8 text: save it as UTF-8") from error
    examples = (_from_csv if path.suffix.lower() == ".csv" else _from_lines)(path, content)
    if not examples:
        raise MaterialError(f"{path} has no utterances in it")
    return examples


def _from_lines(path: Path, content: str) -> tuple[Example, ...]:
    examples = []
    for number, line in enumerate(content.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = msgspec.json.decode(line, type=_Line)
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise MaterialError(
                f"{path}, line {number}: {error}; each line is "
                '{"text": "...", "intent": "...", "slots": [[start, end, "name"]]}'
            ) from error
        slots = row.slots or {}
        if isinstance(slots, list):
            slots = {name: row.text[start:end] for start, end, name in slots}
        examples.append(Example(row.text, _label(row.intent), slots))
    return tuple(examples)


def _from_csv(path: Path, content: str) -> tuple[Example, ...]:
    rows = csv.DictReader(io.StringIO(content))
    fields = rows.fieldnames or ()
    needed = ("Source", "Input", "Expected Output Intent")
    if missing := [name for name in needed if name not in fields]:
        raise MaterialError(
            f"{path} is not a Lex test set: it lacks the column {missing[0]}; "
            'other files of utterances are JSON lines of {"text", "intent"}'
        )
    examples: list[Example] = []
    talks: dict[str, _Talk] = {}
    for row in rows:
        text, intent = (row["Input"] or "").strip(), (row["Expected Output Intent"] or "").strip()
        number = (row.get("Conversation #") or "").strip()
        number = "" if number.casefold() in _NO_CONVERSATION else number
        talk = talks.setdefault(number, _Talk()) if number else _Talk()
        if (row["Source"] or "").strip().casefold() == "agent":
            talk.prompt = text
        elif text and (intent or talk.intent):
            label = _label(intent) if intent else talk.intent
            examples.append(
                Example(text, label, _cells(row), conversation=number, prompt=talk.prompt)
            )
            talk.prompt, talk.intent = "", label
    return tuple(examples)


class _Talk:
    """How far a conversation of a test set has come."""

    def __init__(self) -> None:
        self.prompt: str | None = None
        self.intent = ""


def _cells(row: dict[str | Any, str | Any]) -> dict[str, str]:
    """The slots of a row: ``Name = phrase`` in each cell of ``Expected Output Slot n``."""
    slots = {}
    for column, cell in row.items():
        if isinstance(column, str) and column.startswith("Expected Output Slot") and cell:
            name, equals, phrase = cell.partition("=")
            if equals and phrase.strip():
                slots[name.strip()] = phrase.strip()
    return slots


def _label(intent: str) -> str:
    return OUT_OF_SCOPE if intent.casefold() in _FALLBACKS else intent


def locale_of(examples: Sequence[Example], locale_id: str | None = None) -> bot.BotLocale:
    """A locale whose intents have the examples as their samples, out-of-scope ones left out.

    The phrases of slots become placeholders, and the values of a slot type of the same name.
    Without ``locale_id`` it is Korean or (American) English, as the texts are.
    """
    inside = [example for example in examples if example.intent != OUT_OF_SCOPE]
    values: dict[str, dict[str, None]] = {}
    utterances: dict[str, list[str]] = {}
    slots: dict[str, dict[str, bot.Slot]] = {}
    for example in inside:
        mine = slots.setdefault(example.intent, {})
        for name, phrase in example.slots.items():
            values.setdefault(name, {})[phrase] = None
            mine.setdefault(name, bot.Slot(name=name, slot_type_name=name))
        utterances.setdefault(example.intent, []).append(_template(example))
    return bot.BotLocale(
        identifier=locale_id or _language(example.text for example in inside),
        intents={
            name: bot.Intent(
                name=name,
                sample_utterances=tuple(bot.SampleUtterance(utterance=text) for text in texts),
                slots=slots[name],
            )
            for name, texts in utterances.items()
        },
        slot_types={
            name: bot.SlotType(
                name=name,
                slot_type_values=tuple(
                    bot.SlotTypeValue(sample_value=bot.SampleValue(value=phrase))
                    for phrase in phrases
                ),
                value_selection_setting=bot.ValueSelectionSetting(
                    resolution_strategy="ORIGINAL_VALUE"
                ),
            )
            for name, phrases in values.items()
        },
    )


def _template(example: Example) -> str:
    """The text with ``{Slot}`` in its phrases' places, longest phrases first."""
    text = example.text.translate(_BRACES)
    marks = {}
    for number, (name, phrase) in enumerate(
        sorted(example.slots.items(), key=lambda item: -len(item[1]))
    ):
        mark = chr(0xE000 + number)
        text = text.replace(phrase.translate(_BRACES), mark, 1)
        marks[mark] = f"{{{name}}}"
    for mark, placeholder in marks.items():
        text = text.replace(mark, placeholder)
    return text


def _language(texts: Iterable[str]) -> str:
    whole = "".join(texts)
    letters = len(_LETTER.findall(whole))
    return "ko_KR" if len(_HANGUL.findall(whole)) > _KOREAN_FROM * max(letters, 1) else "en_US"
