"""What comments cite is in the project's own pages, and is cited in one form.

``section 4.3`` and ``rule 4.3.2-retries`` are in docs/conformance.md, which is made from the
scenarios; ``question 3`` is in docs/differences.md, which is made from the decisions.
"""

import re
from pathlib import Path

import pytest

from conformance.decisions import DECISIONS
from conformance.scenario import read_suite

ROOT = Path(__file__).parents[1]
FOLDERS = ("src", "tests", "conformance", "docs")
KINDS = {".py", ".toml", ".md", ".js", ".css", ".html"}
# One citation names one section; a line's end, with what begins the next, may stand inside.
GAP = r"(?:\s|#)+"
SECTION = re.compile(rf"\bsection{GAP}(\d+(?:\.\d+)*)", re.IGNORECASE)
RULE = re.compile(rf"\brule{GAP}(\d+(?:\.\d+)*-[a-z0-9-]*[a-z0-9])")
QUESTION = re.compile(rf"\bquestion{GAP}(\d+)\b")
# Forms that say the same in other ways, and texts that nobody else has.
STRAY = re.compile(
    rf"\bsections{GAP}\d|§\s*\d|\bof{GAP}our{GAP}reading|\blex-v2\.md|\bshared/spec\b",
    re.IGNORECASE,
)


def texts():
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            ours = path != Path(__file__) and "node_modules" not in path.parts
            if path.suffix in KINDS and ours and path.is_file():
                yield path, path.read_text(encoding="utf-8")


def cited(pattern):
    """Every citation of a form, with the place of the first character."""
    return [
        (match[1], f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, match.start()) + 1}")
        for path, text in texts()
        for match in pattern.finditer(text)
    ]


@pytest.fixture(scope="module")
def suite():
    return read_suite()


def test_sections_are_in_the_rules(suite):
    citations = cited(SECTION)
    assert citations, "the comments cite no section any more"
    assert [(n, place) for n, place in citations if n not in suite.sections] == []


def test_rules_are_among_the_rules(suite):
    known = set(suite.rules).union(*(chapter.elsewhere for chapter in suite.chapters.values()))
    citations = cited(RULE)
    assert citations, "the comments cite no rule any more"
    assert [(rule, place) for rule, place in citations if rule not in known] == []


def test_questions_are_decided():
    decided = {str(decision.number) for decision in DECISIONS if decision.number is not None}
    citations = cited(QUESTION)
    assert citations, "the rules cite no question any more"
    assert [(n, place) for n, place in citations if n not in decided] == []


def test_there_is_one_form():
    stray = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path, text in texts()
        for match in STRAY.finditer(text)
    ]
    assert stray == [], "write `section 4.1, section 4.2`"
