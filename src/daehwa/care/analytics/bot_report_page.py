"""The report as a page: one HTML file that needs nothing else, in two languages.

It has no scripts: a choice of two shows what is written in its language.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib import resources
from typing import Final

from daehwa.care.analytics.bot_report import Report
from daehwa.care.analytics.tables import Table
from daehwa.care.analytics.wording import COLUMNS, PAGE, TABLES, shown

_WIDTH: Final = 960
_HEIGHT: Final = 180
_EDGE: Final = 24
_LEGENDS: Final = 8
_OF_WHOLE: Final = frozenset({"locale", "version", "alias"})
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


def page(report: Report) -> str:
    """The HTML of a report, Korean first where the bot speaks that only."""
    korean = report.korean
    style = resources.files(__package__).joinpath("report.css").read_text("utf-8")
    title = PAGE["title"][korean].format(bot=report.bot)
    chosen = ("", " checked") if korean else (" checked", "")
    return "".join(
        (
            f'<!doctype html><html lang="{"ko" if korean else "en"}"><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width">',
            f"<title>{escape(title)}</title><style>{style}</style>",
            f'<input type="radio" name="in" id="in-en"{chosen[0]}>',
            '<label for="in-en" lang="en">English</label> ',
            f'<input type="radio" name="in" id="in-ko"{chosen[1]}>',
            '<label for="in-ko" lang="ko">한국어</label>',
            "<main>",
            *_content(report),
            "</main></html>\n",
        )
    )


def _content(report: Report) -> Iterator[str]:
    yield f"<h1>{_words('title', bot=report.bot)}</h1>"
    yield f'<p class="note">{_time(report)}</p>'
    if not report.totals["turns"]:
        yield f"<p>{_words('empty')}</p>"
        return
    yield '<dl class="cards">'
    for column, cell in report.totals.items():
        yield f"<div><dt>{_both(COLUMNS[column])}</dt><dd>{escape(shown(column, cell))}</dd></div>"
    yield "</dl>"
    yield f'<p class="note">{_words("definitions")}</p>'
    for name, table in report.tables.items():
        if name in _OF_WHOLE and len(table.rows) < 2:  # noqa: PLR2004 - it says what the cards say
            continue
        yield f"<h2>{_both(TABLES[name])}</h2>"
        if name == "day" and len(table.rows) > 1:
            yield _days(table)
        yield _table(table)


def _time(report: Report) -> str:
    parts = [
        _words(word, moment=f"{moment:%Y-%m-%d %H:%M}")
        for word, moment in (("since", report.since), ("until", report.until))
        if moment is not None
    ]
    return " ".join(parts) or _words("all")


def _table(table: Table) -> str:
    names = {place for place, cell in enumerate(table.columns) if cell in TABLES or cell == "model"}
    kind = ['class="name"' if place in names else "" for place in range(len(table.columns))]
    head = "".join(
        f"<th {kind[place]}>{_both(COLUMNS[column])}</th>"
        for place, column in enumerate(table.columns)
    )
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td {kind[place]}>{escape(shown(column, cell))}</td>"
            for place, (column, cell) in enumerate(zip(table.columns, row, strict=True))
        )
        + "</tr>"
        for row in table.rows
    )
    head = f"<thead><tr>{head}</tr></thead>"
    return f'<div class="wide"><table>{head}<tbody>{rows}</tbody></table></div>'


def _days(table: Table) -> str:
    """Texts a day as bars, those that reached FallbackIntent in another colour."""
    days = [
        (str(row["day"]), int(row["turns"] or 0), int(row["missed"] or 0))
        for row in table.records()
    ]
    most = max(turns for _, turns, _ in days) or 1
    step = _WIDTH / len(days)
    room = _HEIGHT - _EDGE
    shapes = []
    for place, (day, turns, missed) in enumerate(days):
        left, width = place * step, max(step * 0.8, 0.5)
        for kind, count in (("bar", turns), ("miss", missed)):
            high = room * count / most
            shapes.append(
                f'<rect class="{kind}" x="{left:.1f}" y="{room - high:.1f}" width="{width:.1f}"'
                f' height="{high:.1f}"><title>{day}: {turns:,} / {missed:,}</title></rect>'
            )
        if place % (len(days) // _LEGENDS + 1) == 0:
            shapes.append(f'<text x="{left:.1f}" y="{_HEIGHT - 6}">{escape(day)}</text>')
    label = escape(" / ".join(PAGE["texts"]))
    view = f'viewBox="0 0 {_WIDTH} {_HEIGHT}"'
    return f'<svg {view} role="img" aria-label="{label}">{"".join(shapes)}</svg>'


def _words(word: str, **values: str) -> str:
    english, korean = (text.format(**values) for text in PAGE[word])
    return _both((english, korean))


def _both(texts: tuple[str, str]) -> str:
    english, korean = map(escape, texts)
    if english == korean:
        return english
    return f'<span lang="en">{english}</span><span lang="ko">{korean}</span>'
