"""The page ``docs/conformance.md``: every rule, and the scenarios that show it."""

from __future__ import annotations

import re

from conformance import snapshots
from conformance.decisions import DECISIONS
from conformance.scenario import Chapter, Scenario, read_suite, section_of

_PATH = "../conformance/scenarios"
_QUESTION = re.compile(r"question (?P<number>\d+)")


def page(note: str) -> str:
    """The page's text, beginning with ``note``."""
    suite = read_suite()
    scenarios = list(suite.scenarios)
    turns = sum(len(s.talk) for s in scenarios)
    elsewhere = sum(len(c.elsewhere) for c in suite.chapters.values())
    lines = [
        note,
        "",
        "# Conformance",
        "",
        "What Amazon Lex V2 does, rule by rule, and the scenarios that show that Daehwa does it",
        "too. A scenario is a small bot and a conversation with it, written in TOML; it runs in",
        "process (`python -m conformance`), through boto3 against a live server (`python -m",
        "conformance live`), and against the real Lex (`python -m conformance aws`). *Ours* marks",
        "what Amazon's documents leave open and this program decided; see",
        "[differences](differences.md).",
        "",
        f"{len(suite.rules)} rules are shown by {len(scenarios)} scenarios with {turns} turns;",
        f"{elsewhere} more rules are shown by tests of their own.",
        "",
        _proof(),
        "",
    ]
    for name, chapter in suite.chapters.items():
        if chapter.rules or chapter.elsewhere:
            lines += _chapter(name, chapter, scenarios)
    return "\n".join(lines).rstrip() + "\n"


def _proof() -> str:
    newest = snapshots.read()
    if newest is None:
        return (
            "The scenarios have not been run against the real Lex yet. "
            "The expectations come from Amazon's documents, its service model and recordings."
        )
    date, content = newest
    differing = sorted(n for n, turns in content.items() if any(t["differs"] for t in turns))
    line = f"{len(content)} scenarios ran against the real Lex, last on {date}"
    return f"{line}; {len(differing)} differ: {', '.join(differing)}." if differing else f"{line}."


def _chapter(name: str, chapter: Chapter, scenarios: list[Scenario]) -> list[str]:
    lines = []
    for number, title in chapter.titles.items():
        depth = number.count(".")
        lines += [f"{'#' * (2 + depth)} {number}{'' if depth else '.'} {title}", ""]
        if chapter.title.split(" ")[0].rstrip(".") == number:
            lines += [f"[{name}.toml]({_PATH}/{name}.toml)", ""]
        rows = _rows(number, chapter, scenarios)
        if rows:
            lines += ["| rule | | shown by |", "|---|---|---|", *rows, ""]
    return lines


def _rows(section: str, chapter: Chapter, scenarios: list[Scenario]) -> list[str]:
    """The rules of a section; each id is an anchor."""
    shown = {
        rule: (text, _cell("; ".join(s.name for s in scenarios if rule in s.shows)))
        for rule, text in chapter.rules.items()
    } | {rule: (text, f"[{test}](../{test})") for rule, (text, test) in chapter.elsewhere.items()}
    return [
        f'| <a id="{rule}"></a>`{rule}` | {_cell(text)} | {by} |'
        for rule, (text, by) in shown.items()
        if section_of(rule) == section
    ]


def _cell(text: str) -> str:
    for mark in ("|", "{", "}", "[", "]", "<", "*"):
        text = text.replace(mark, f"\\{mark}")
    return _QUESTION.sub(_linked, text)


def _linked(question: re.Match[str]) -> str:
    """A question as a link to the decision; an anchor has GitHub's form."""
    decision = next(d for d in DECISIONS if d.number == int(question["number"]))
    anchor = re.sub(r"[^\w\- ]", "", decision.heading.lower()).replace(" ", "-")
    return f"[{question[0]}](differences.md#{anchor})"
