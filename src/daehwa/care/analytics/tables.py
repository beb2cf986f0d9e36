"""The tables of a report: how a bot was used and how it did, as rows of numbers."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, Literal, TypeAlias, get_args

import msgspec
import numpy as np
import numpy.typing as npt

from daehwa import stores
from daehwa.care.analytics.grouping import Groups
from daehwa.care.analytics.outcomes import (
    DROPPED,
    FAILURE,
    SUCCESS,
    SWITCHED,
    Intents,
    Stages,
)
from daehwa.care.analytics.turn_log import Ints, TurnLog

By: TypeAlias = Literal["day", "intent", "slot", "source", "locale", "version", "alias"]
BY: Final[tuple[By, ...]] = get_args(By)

Cell: TypeAlias = str | int | float | None
_HOUR: Final = 3_600_000_000
_UNKNOWN: Final = -1


class Table(msgspec.Struct, frozen=True):
    """A table: its columns' names, and its rows; an unknown cell is ``None``."""

    name: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]

    def records(self) -> list[dict[str, Cell]]:
        """The rows, each by the names of its columns."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class Figures:
    """What the tables are made from; ``zone`` is where days begin and end."""

    def __init__(self, log: TurnLog, zone: dt.tzinfo) -> None:
        self.log = log
        self.zone = zone
        self.intents = Intents(log)
        self.stages = Stages(log, self.intents)

    def totals(self) -> dict[str, Cell]:
        """The figures of all turns together."""
        [row] = self._use([], []).records()
        return row

    def table(self, by: By) -> Table:
        """One of the tables."""
        match by:
            case "intent":
                return self._by_intent()
            case "slot":
                return self._by_slot()
            case "source":
                return self._by_source()
            case "day":
                numbers, names = self._days()
            case "locale":
                numbers, names = self.log.codes(lambda kind: kind.locale_id)
            case "version":
                numbers, names = self.log.codes(lambda kind: kind.version)
            case "alias":
                numbers, names = self.log.codes(lambda kind: kind.alias_id)
        return self._use([by], names, numbers)

    # --- conversations and turns ------------------------------------------------------

    def _use(self, name: list[str], names: list[Any], numbers: Ints | None = None) -> Table:
        """Conversations and turns, together or by what ``numbers`` say of each turn.

        A conversation counts where its first turn does.
        """
        log, columns = self.log, [] if numbers is None else [numbers]
        turns = Groups(columns, len(log))
        of_conversations = [column[log.starts] for column in columns]
        # The groups of the conversations are among those of the turns.
        conversations = _aligned(turns, of_conversations, len(log.starts))
        ended = self.intents.ended
        figures: dict[str, npt.NDArray[np.float64]] = {
            "conversations": conversations.count(),
            "success": conversations.count(ended == SUCCESS),
            "failure": conversations.count(ended == FAILURE),
            "dropped": conversations.count(ended == DROPPED),
            "contained": conversations.count(self.intents.contained),
            **self._of_turns(turns),
        }
        with np.errstate(invalid="ignore", divide="ignore"):
            figures["containment"] = figures["contained"] / figures["conversations"]
            figures["fallbackRate"] = figures["missed"] / figures["turns"]
        return _table(name[0] if name else "totals", name, [names] * len(name), turns.keys, figures)

    def _of_turns(self, turns: Groups) -> dict[str, npt.NDArray[np.float64]]:
        log = self.log
        missed = log.flags(lambda kind: kind.missed)
        understood = log.flags(lambda kind: kind.understood)
        return {
            "turns": turns.count(),
            "detected": turns.count(understood),
            "missed": turns.count(missed),
            "misread": turns.count(~understood & ~missed),
            **self._costs(turns),
        }

    def _costs(self, turns: Groups) -> dict[str, npt.NDArray[np.float64]]:
        """Latency in milliseconds, tokens, cost in the configured prices' currency, thumbs."""
        log, figures = self.log, self.log.figures
        total = np.where(figures["total"] < 0, np.nan, figures["total"] / 1000)
        median, slow = turns.quantiles(total, (0.5, 0.95))
        cost = figures["cost"]
        priced = turns.count(~np.isnan(cost))
        return {
            "p50Ms": median,
            "p95Ms": slow,
            "maxMs": np.where(np.isnan(median), np.nan, turns.most(np.nan_to_num(total))),
            "inputTokens": turns.count(np.maximum(figures["input"], 0)),
            "outputTokens": turns.count(np.maximum(figures["output"], 0)),
            "cost": np.where(priced > 0, turns.count(np.nan_to_num(cost)), np.nan),
            "up": turns.count(log.rating > 0),
            "down": turns.count(log.rating < 0),
        }

    def _by_source(self) -> Table:
        log = self.log
        numbers, names = log.codes(lambda kind: (kind.source, kind.model or ""))
        turns = Groups([numbers], len(log))
        figures = {
            "turns": turns.count(),
            "errors": turns.count(log.flags(lambda kind: kind.error is not None)),
            "incomplete": turns.count(log.flags(lambda kind: kind.incomplete)),
            **self._costs(turns),
        }
        keys = np.repeat(turns.keys, 2, axis=1)
        columns = [[name[0] for name in names], [name[1] for name in names]]
        return _table("source", ["source", "model"], columns, keys, figures, most="turns")

    # --- intents and slots ------------------------------------------------------------

    def _by_intent(self) -> Table:
        intents = self.intents
        groups = Groups([intents.intent], len(intents.intent))
        figures = {"invoked": groups.count()} | {
            name: groups.count(intents.outcome == outcome)
            for name, outcome in (
                ("success", SUCCESS),
                ("failure", FAILURE),
                ("switched", SWITCHED),
                ("dropped", DROPPED),
            )
        }
        figures["successRate"] = figures["success"] / figures["invoked"]
        return _table("intent", ["intent"], [intents.names], groups.keys, figures, most="invoked")

    def _by_slot(self) -> Table:
        stages, intents = self.stages, self.intents
        slots = [slot for _, slot in stages.names]
        of_slot = np.array([bool(slot) for slot in slots])[stages.stage]
        intent = intents.intent[stages.intent[of_slot]]
        groups = Groups([intent, stages.stage[of_slot]], int(of_slot.sum()))
        outcome = stages.outcome[of_slot]
        figures = {
            "elicited": groups.count(),
            "filled": groups.count(outcome == SUCCESS),
            "again": groups.count(stages.retries[of_slot]),
            "failed": groups.count(outcome == FAILURE),
            "left": groups.count(outcome == DROPPED),
        }
        figures["fillRate"] = figures["filled"] / figures["elicited"]
        names = [intents.names, slots]
        return _table("slot", ["intent", "slot"], names, groups.keys, figures, most="elicited")

    def _days(self) -> tuple[Ints, list[str]]:
        """For each turn its day in the zone, and the days' names."""
        # No zone's day begins within a quarter of an hour but at its begin.
        quarters, places = np.unique(self.log.moment // (_HOUR // 4), return_inverse=True)
        days: dict[str, int] = {}
        numbers = [
            days.setdefault(self._day(int(quarter) * (_HOUR // 4)), len(days))
            for quarter in quarters
        ]
        return np.array(numbers, dtype=np.int64)[places], list(days)

    def _day(self, moment: int) -> str:
        return stores.from_micros(moment).astimezone(self.zone).date().isoformat()


def _aligned(groups: Groups, columns: list[Ints], rows: int) -> Groups:
    """Other rows in the same groups."""
    aligned = Groups([], rows)
    aligned.keys = groups.keys
    if columns:
        place = {tuple(key): number for number, key in enumerate(groups.keys.tolist())}
        values = np.stack(columns, axis=1).tolist()
        aligned.of_row = np.array([place[tuple(value)] for value in values], dtype=np.int64)
    return aligned


def _table(
    name: str,
    labels: list[str],
    names: list[list[Any]],
    keys: Ints,
    figures: dict[str, npt.NDArray[np.float64]],
    *,
    most: str | None = None,
) -> Table:
    """A table of groups: by their labels, or those with ``most`` of a figure first."""
    rows = [
        (
            *(names[place][number] for place, number in enumerate(key)),
            *(_cell(column, float(values[group])) for column, values in figures.items()),
        )
        for group, key in enumerate(keys.tolist())
    ]
    rows.sort(key=lambda row: row[: len(labels)])
    if most is not None:
        place = len(labels) + list(figures).index(most)
        rows.sort(key=lambda row: row[place], reverse=True)
    return Table(name, (*labels, *figures), rows)


def _cell(column: str, value: float) -> Cell:
    if np.isnan(value):
        return None
    if column.endswith(("Rate", "containment")):
        return round(value, 4)
    if column.endswith("Ms"):
        return round(value, 3)
    return round(value, 6) if column == "cost" else int(value)
