"""The evaluation as a page: one HTML file that needs nothing else."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from importlib import resources
from pathlib import Path
from typing import Final

from daehwa.nlu.evaluation.material import OUT_OF_SCOPE
from daehwa.nlu.evaluation.results import Evaluation, Judged
from daehwa.nlu.evaluation.wording import report_language, wording_of

_MATRIX_INTENTS: Final = 24
_LISTED: Final = 40
_SIDE: Final = 320
_EDGE: Final = 36


def write_report(evaluation: Evaluation, folder: Path, *, language: str | None = None) -> Path:
    """Write ``index.html`` into ``folder``; give its path.

    It is in ``language`` (``ko``), by default in the locale's, where there are words for it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "index.html"
    path.write_text(page(evaluation, report_language(language or evaluation.locale)), "utf-8")
    return path


def page(evaluation: Evaluation, language: str) -> str:
    """The HTML of the report."""
    word = wording_of(language).page.__getitem__
    cards = "".join(
        f'<div class="card"><b>{escape(value)}</b><span>{escape(name)}</span></div>'
        for name, value in evaluation.table(language)
    )
    advice = "".join(f"<li>{escape(line)}</li>" for line in evaluation.advice)
    subtitle = word("texts").format(n=len(evaluation.judged), t=evaluation.threshold)
    style = resources.files(__package__).joinpath("report.css").read_text("utf-8")
    parts = [
        f"<h1>{word('title')}</h1><p class=note>{escape(evaluation.locale)} · {subtitle}</p>",
        f'<section class="cards">{cards}</section>',
        f"<h2>{word('advice')}</h2>",
        f'<ol class="advice">{advice}</ol>' if advice else f"<p>{word('nothing')}</p>",
        f"<h2>{word('curves')}</h2><div class=charts>",
        _figure(_calibration(evaluation), word("calibration")),
        _figure(_trade_off(evaluation), word("trade")),
        "</div>",
        *_matrix(evaluation, word("matrix"), word("matrix note"), word("none")),
        *_overlaps(evaluation, word("overlaps"), word("pair columns").split("|")),
        f"<h2>{word('intents')}</h2>",
        _table(
            word("columns").split("|"),
            (
                (i.name, i.samples, i.texts, f"{i.precision:.3f}", f"{i.recall:.3f}", f"{i.f1:.3f}")
                for i in evaluation.intents
            ),
        ),
        *_mistakes(evaluation, word("mistakes"), word("mistake columns").split("|"), word("none")),
    ]
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{word('title')}</title><style>{style}</style></head>"
        f"<body><main>{''.join(parts)}</main></body></html>\n"
    )


def _figure(drawing: str, caption: str) -> str:
    return f"<figure>{drawing}<figcaption>{escape(caption)}</figcaption></figure>"


def _at(x: float, y: float) -> tuple[float, float]:
    """A point of the unit square on the drawing."""
    inner = _SIDE - 2 * _EDGE
    return _EDGE + x * inner, _SIDE - _EDGE - y * inner


def _axes() -> str:
    lines = []
    for tenth in range(0, 11, 2):
        share = tenth / 10
        (x, bottom), (left, y) = _at(share, 0), _at(0, share)
        right, top = _at(1, 1)
        lines.append(
            f'<path d="M{x:.1f} {bottom:.1f}V{top:.1f}" stroke="var(--line)"/>'
            f'<path d="M{left:.1f} {y:.1f}H{right:.1f}" stroke="var(--line)"/>'
            f'<text x="{x:.1f}" y="{bottom + 16:.1f}" text-anchor="middle">{share:g}</text>'
            f'<text x="{left - 6:.1f}" y="{y + 4:.1f}" text-anchor="end">{share:g}</text>'
        )
    return "".join(lines)


def _svg(inside: str) -> str:
    return f'<svg viewBox="0 0 {_SIDE} {_SIDE}" role="img">{_axes()}{inside}</svg>'


def _line(points: Iterable[tuple[float, float]], colour: str, dash: str = "") -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (_at(*point) for point in points))
    return (
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"'
        f"{f' stroke-dasharray={chr(34)}{dash}{chr(34)}' if dash else ''}/>"
    )


def _calibration(evaluation: Evaluation) -> str:
    filled = [b for b in evaluation.bins if b.count]
    most = max((b.count for b in filled), default=1)
    dots = ""
    for b in filled:
        x, y = _at(b.score, b.right)
        radius = 3 + 9 * math.sqrt(b.count / most)
        dots += (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="var(--blue)" opacity=".65"/>'
        )
    diagonal = _line([(0, 0), (1, 1)], "var(--soft)", "4 4")
    return _svg(diagonal + _line([(b.score, b.right) for b in filled], "var(--blue)") + dots)


def _trade_off(evaluation: Evaluation) -> str:
    right = [(b.threshold, b.right) for b in evaluation.balances if not math.isnan(b.right)]
    caught = [(b.threshold, b.caught) for b in evaluation.balances if not math.isnan(b.caught)]
    here = _line([(evaluation.threshold, 0), (evaluation.threshold, 1)], "var(--soft)", "4 4")
    return _svg(here + _line(right, "var(--blue)") + _line(caught, "var(--red)"))


def _matrix(evaluation: Evaluation, title: str, note: str, none: str) -> list[str]:
    """The intents that get mixed up the most, at the threshold, against each other."""

    def label(judged: Judged) -> str:
        return judged.predicted if judged.score >= evaluation.threshold else OUT_OF_SCOPE

    counts = Counter((j.truth, label(j)) for j in evaluation.judged)
    mixed: Counter[str] = Counter()
    for (truth, other), count in counts.items():
        if truth != other:
            mixed[truth] += count
            mixed[other] += count
    names = [name for name, _ in mixed.most_common(_MATRIX_INTENTS)]
    names.sort(key=lambda name: (name == OUT_OF_SCOPE, name))
    heading = f"<h2>{title}</h2><p class=note>{note}</p>"
    if not names:
        return [heading, f"<p>{none}</p>"]
    most = max(count for (truth, other), count in counts.items() if truth != other)
    rows = []
    for truth in names:
        cells = []
        for other in names:
            count = counts[truth, other]
            colour = "--green" if truth == other else "--red"
            share = 20 if truth == other else int(70 * count / most)
            tint = f"color-mix(in srgb,var({colour}) {share}%,transparent)"
            cells.append(f'<td style="background:{tint}">{count}</td>' if count else "<td></td>")
        rows.append(f'<tr><th class="row">{escape(truth)}</th>{"".join(cells)}</tr>')
    head = "".join(f'<th class="col">{escape(name)}</th>' for name in names)
    table = f'<table class="matrix"><tr><th></th>{head}</tr>{"".join(rows)}</table>'
    return [heading, f'<div class="table">{table}</div>']


def _overlaps(evaluation: Evaluation, title: str, columns: Sequence[str]) -> list[str]:
    rows = [
        (pair.one, one, pair.other, other)
        for pair in evaluation.overlaps
        for one, other in pair.samples
    ][:_LISTED]
    return [f"<h2>{title}</h2>", _table(columns, rows)] if rows else []


def _mistakes(evaluation: Evaluation, title: str, columns: Sequence[str], none: str) -> list[str]:
    """The worst first: those that are surest of themselves."""
    wrong = [j for j in evaluation.judged if not j.right and j.score >= evaluation.threshold]
    missed = [j for j in evaluation.judged if j.right and j.score < evaluation.threshold]
    wrong.sort(key=lambda j: -j.score)
    missed.sort(key=lambda j: j.score)
    chosen = [*wrong[:_LISTED], *missed[: _LISTED // 2]]
    rows = [
        (
            j.text,
            j.truth,
            j.predicted if j.score >= evaluation.threshold else none,
            f"{j.score:.2f}",
        )
        for j in chosen
    ]
    return [f"<h2>{title}</h2>", _table(columns, rows) if rows else f"<p>{none}</p>"]


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f'<div class="table"><table><tr>{head}</tr>{body}</table></div>'
