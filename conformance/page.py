"""The page ``docs/conformance.md``: every rule, and the scenarios that show it."""

from __future__ import annotations

from conformance import snapshots
from conformance.scenario import Chapter, Scenario, read_suite

_PATH = "../conformance/scenarios"


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
            "The scenarios have not been run against the real Lex yet: no account was at hand. "
            "The expectations come from Amazon's documents, its service model and recordings."
        )
    date, content = newest
    differing = sorted(n for n, turns in content.items() if any(t["differs"] for t in turns))
    line = f"{len(content)} scenarios ran against the real Lex, last on {date}"
    return f"{line}; {len(differing)} differ: {', '.join(differing)}." if differing else f"{line}."


def _chapter(name: str, chapter: Chapter, scenarios: list[Scenario]) -> list[str]:
    lines = [
        f"## {chapter.title}",
        "",
        f"[{name}.toml]({_PATH}/{name}.toml)",
        "",
        "| rule | | shown by |",
        "|---|---|---|",
    ]
    for rule, text in chapter.rules.items():
        shown = "; ".join(s.name for s in scenarios if rule in s.shows)
        lines.append(f"| `{rule}` | {_cell(text)} | {_cell(shown)} |")
    for rule, (text, test) in chapter.elsewhere.items():
        lines.append(f"| `{rule}` | {_cell(text)} | [{test}](../{test}) |")
    return [*lines, ""]


def _cell(text: str) -> str:
    for mark in ("|", "{", "}", "[", "]", "<", "*"):
        text = text.replace(mark, f"\\{mark}")
    return text
