"""Lex test sets: CSV files read as the conversations that they hold.

Source: "Test set creation" in the Lex V2 guide, and the API's AgentTurnResult, which has an
expected and an actual prompt and no verdict: an Agent row is shown, not compared.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from daehwa.care.errors import TestingError
from daehwa.care.testing import expecting
from daehwa.care.testing.playing import Expectation
from daehwa.care.testing.values import Conversation, ConversationTurn

_ALONE: Final = frozenset({"", "na", "n/a", "-"})
_FALLBACKS: Final = frozenset({"oos", "fallbackintent", "amazon.fallbackintent"})
_SOURCES: Final = frozenset({"user", "agent", ""})
_NEEDED: Final = ("Source", "Input", "Expected Output Intent")


def read_lex_test_set(path: Path, shown_as: str | None = None) -> list[Conversation]:
    """The conversations of a Lex test set; rows without a number stand alone.

    Raises:
        TestingError: the file is not a test set.
    """
    name = shown_as or str(path)
    try:
        content = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise TestingError(f"{name} is not UTF-8 text: save it as UTF-8") from None
    except OSError as error:
        raise TestingError(f"{name} cannot be read: {error.strerror}") from None
    rows = csv.DictReader(io.StringIO(content))
    missing = [column for column in _NEEDED if column not in (rows.fieldnames or ())]
    if missing:
        raise TestingError(f"{name} is not a Lex test set: it lacks the column {missing[0]}")
    talks: dict[str, list[ConversationTurn]] = {}
    for row in rows:
        number = (row.get("Conversation #") or "").strip()
        text = (row["Input"] or "").strip()
        line = rows.line_num
        alone = number.casefold() in _ALONE
        key = f"line {line}" if alone else f"conversation {number}"
        source = (row["Source"] or "").strip()
        if source.casefold() not in _SOURCES:
            raise TestingError(f'{name}:{line}: the Source is "{source}": write User or Agent')
        if source.casefold() == "agent":
            turns = talks.get(key)
            if turns:
                turns[-1] = _with_agent(turns[-1], text)
        elif text:
            talks.setdefault(key, []).append(
                ConversationTurn(
                    text=text, line=line, expectations=tuple(_expected(row, f"{name}:{line}"))
                )
            )
    return [
        Conversation(name=key, file=name, line=turns[0].line, turns=tuple(turns))
        for key, turns in talks.items()
    ]


def _with_agent(turn: ConversationTurn, text: str) -> ConversationTurn:
    values = {name: getattr(turn, name) for name in turn.__struct_fields__}
    return ConversationTurn(**values | {"agent": text})


def _expected(row: dict[str | Any, Any], place: str) -> Iterator[Expectation]:
    intent = (row["Expected Output Intent"] or "").strip()
    if intent:
        # Names of an intent that is for what no other means; a test set of Lex has its own.
        fallback = intent.casefold() in _FALLBACKS
        yield expecting.intent_expectation("FallbackIntent" if fallback else intent)
    for column, cell in row.items():
        if isinstance(column, str) and column.startswith("Expected Output Slot") and cell:
            slot, equals, value = cell.partition("=")
            if not equals and cell.strip():
                raise TestingError(f'{place}: {column} is "{cell}": write it as Slot = words')
            if value.strip():
                yield expecting.slot_expectation(slot.strip(), value.strip(), spoken=True)
