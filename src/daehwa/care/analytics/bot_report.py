"""A report on a bot: its figures and tables, as JSON or CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Any, Final

import msgspec

from daehwa.care.analytics.tables import BY, By, Cell, Figures, Table
from daehwa.care.analytics.turn_log import TurnLog


class Report(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What a report shows: ``totals`` of all turns, and ``tables`` by name.

    ``since`` and ``until`` are the requested time, ``until`` itself excluded;
    ``locales`` are the languages that were spoken.
    """

    bot: str
    bot_id: str
    since: dt.datetime | None
    until: dt.datetime | None
    locales: tuple[str, ...]
    totals: dict[str, Cell]
    tables: dict[str, Table]

    @property
    def korean(self) -> bool:
        """Whether all that was said was said in Korean, so that the report is in Korean, too."""
        return bool(self.locales) and all(one.startswith("ko") for one in self.locales)

    def as_json(self) -> bytes:
        """The report in JSON: each table a list of records."""
        written: dict[str, Any] = msgspec.to_builtins(self)
        written["tables"] = {name: table.records() for name, table in self.tables.items()}
        return msgspec.json.format(msgspec.json.encode(written)) + b"\n"


def report_of(
    log: TurnLog,
    *,
    bot: str,
    bot_id: str,
    zone: dt.tzinfo,
    since: dt.datetime | None = None,
    until: dt.datetime | None = None,
    locale: str | None = None,
    by: By | None = None,
) -> Report:
    """The report of a bot's turns, with every table or, where ``by`` is given, that one."""
    if locale is not None:
        log = log.only(log.flags(lambda kind: kind.locale_id == locale))
    figures = Figures(log, zone)
    spoken = sorted({log.kinds[kind].locale_id for kind in set(log.kind.tolist())})
    return Report(
        bot=bot,
        bot_id=bot_id,
        since=since,
        until=until,
        locales=tuple(spoken),
        totals=figures.totals(),
        tables={name: figures.table(name) for name in (BY if by is None else (by,))},
    )


_MARK: Final = "\ufeff"  # by which spreadsheets know UTF-8
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def write_csv(report: Report, target: Path) -> list[Path]:
    """Write the first table to a file that ends in ``.csv``, or else all of them into a folder.

    Returns:
        What was written.
    """
    if target.suffix.lower() == ".csv":
        table = next(iter(report.tables.values()))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_csv(table), "utf-8", newline="")
        return [target]
    target.mkdir(parents=True, exist_ok=True)
    totals = Table("totals", tuple(report.totals), [tuple(report.totals.values())])
    paths = []
    for table in (totals, *report.tables.values()):
        path = target / f"{table.name}.csv"
        path.write_text(_csv(table), "utf-8", newline="")
        paths.append(path)
    return paths


def _csv(table: Table) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_harmless(cell) for cell in row] for row in table.rows)
    return _MARK + file.getvalue()


def _harmless(cell: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula: names come from a bot's file."""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return "" if cell is None else cell
