"""The pages ``docs/conformance.md`` and ``.ko.md``: every rule, and what shows it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Final, NamedTuple

from conformance import decisions, korean_words, snapshots
from conformance.decisions import DECISIONS, Decision
from conformance.scenario import Chapter, Scenario, read_suite, section_of

_PATH = "../conformance/scenarios"
_QUESTION = re.compile(r"(?:question|질문) (?P<number>\d+)")


class _Language(NamedTuple):
    """The words of a page in one language.

    ``word`` gives a title or a rule in it, by its key and its English. ``introduction`` is the
    page's beginning, ``counts`` its line of figures, ``heads`` the head of its tables.
    """

    word: Callable[[str, str], str]
    introduction: str
    counts: str
    unproved: str
    heads: str
    differences: str
    titles: Callable[[Decision], str]


_ENGLISH: Final = _Language(
    word=lambda _, english: english,
    introduction="""\
# Conformance

[한국어](conformance.ko.md)

What Amazon Lex V2 does, rule by rule, and the scenarios that show that Daehwa does it
too. A scenario is a small bot and a conversation with it, written in TOML; it runs in
process (`python -m conformance`), through boto3 against a live server (`python -m
conformance live`), and against the real Lex (`python -m conformance aws`). *Ours* marks
what Amazon's documents leave open and this program decided; see
[differences](differences.md).""",
    counts="{rules} rules are shown by {scenarios} scenarios with {turns} turns;\n"
    "{elsewhere} more rules are shown by tests of their own.",
    unproved="The scenarios have not been run against the real Lex yet. "
    "The expectations come from Amazon's documents, its service model and recordings.",
    heads="| rule | | shown by |",
    differences="differences.md",
    titles=lambda decision: decision.heading,
)
_KOREAN: Final = _Language(
    word=korean_words.word,
    introduction="""\
# 적합성

[English](conformance.md)

Amazon Lex V2가 하는 일을 규칙 하나하나로 적고, Daehwa도 그렇게 한다는 것을
보여 주는 시나리오를 함께 적었습니다. 시나리오는 작은 봇과 그 봇과의 대화를
TOML로 적은 것입니다. 프로세스 안에서(`python -m conformance`), 실제로 띄운
서버에 boto3로(`python -m conformance live`), 실제 Lex에(`python -m
conformance aws`) 돌릴 수 있습니다. *우리 결정*은 Amazon의 문서가 비워 둔 것을
이 프로그램이 정했다는 뜻입니다. [Lex와 다른 점](differences.ko.md)을 보세요.
시나리오의 이름은 영어입니다.""",
    counts="규칙 {rules}개를 시나리오 {scenarios}개, 턴 {turns}번으로 확인합니다.\n"
    "규칙 {elsewhere}개는 따로 있는 테스트가 보입니다.",
    unproved="시나리오를 실제 Lex에 돌려 본 적은 아직 없습니다. "
    "기대하는 답은 Amazon의 문서와 서비스 모델, 녹화에서 왔습니다.",
    heads="| 규칙 | | 보여 주는 것 |",
    differences="differences.ko.md",
    titles=decisions.korean_heading,
)


def page(note: str) -> str:
    """The page's text, beginning with ``note``."""
    return _page(note, _ENGLISH)


def korean_page(note: str) -> str:
    """The same in Korean; ValueError names a rule whose Korean is missing or out of date."""
    return _page(note, _KOREAN)


def _page(note: str, language: _Language) -> str:
    suite = read_suite()
    scenarios = list(suite.scenarios)
    counts = language.counts.format(
        rules=len(suite.rules),
        scenarios=len(scenarios),
        turns=sum(len(s.talk) for s in scenarios),
        elsewhere=sum(len(c.elsewhere) for c in suite.chapters.values()),
    )
    lines = [note, "", language.introduction, "", counts, "", _proof(language), ""]
    for name, chapter in suite.chapters.items():
        if chapter.rules or chapter.elsewhere:
            lines += _chapter(name, chapter, scenarios, language)
    return "\n".join(lines).rstrip() + "\n"


def _proof(language: _Language) -> str:
    newest = snapshots.read()
    if newest is None:
        return language.unproved
    date, content = newest
    differing = sorted(n for n, turns in content.items() if any(t["differs"] for t in turns))
    line = f"{len(content)} scenarios ran against the real Lex, last on {date}"
    return f"{line}; {len(differing)} differ: {', '.join(differing)}." if differing else f"{line}."


def _chapter(
    name: str, chapter: Chapter, scenarios: list[Scenario], language: _Language
) -> list[str]:
    lines = []
    for number, title in chapter.titles.items():
        depth = number.count(".")
        worded = language.word(f"§ {title}", title)
        lines += [f"{'#' * (2 + depth)} {number}{'' if depth else '.'} {worded}", ""]
        if chapter.title.split(" ")[0].rstrip(".") == number:
            lines += [f"[{name}.toml]({_PATH}/{name}.toml)", ""]
        rows = _rows(number, chapter, scenarios, language)
        if rows:
            lines += [language.heads, "|---|---|---|", *rows, ""]
    return lines


def _rows(
    section: str, chapter: Chapter, scenarios: list[Scenario], language: _Language
) -> list[str]:
    """The rules of a section; each id is an anchor."""
    shown = {
        rule: (text, _escaped("; ".join(s.name for s in scenarios if rule in s.shows)))
        for rule, text in chapter.rules.items()
    } | {rule: (text, f"[{test}](../{test})") for rule, (text, test) in chapter.elsewhere.items()}
    return [
        f'| <a id="{rule}"></a>`{rule}` | {_cell(language.word(rule, text), language)} | {by} |'
        for rule, (text, by) in shown.items()
        if section_of(rule) == section
    ]


def _cell(text: str, language: _Language) -> str:
    return _QUESTION.sub(partial(_linked, language), _escaped(text))


def _escaped(text: str) -> str:
    for mark in ("|", "{", "}", "[", "]", "<", "*"):
        text = text.replace(mark, f"\\{mark}")
    return text


def _linked(language: _Language, question: re.Match[str]) -> str:
    """A question as a link to the decision; an anchor has GitHub's form."""
    decision = next(d for d in DECISIONS if d.number == int(question["number"]))
    anchor = re.sub(r"[^\w\- ]", "", language.titles(decision).lower()).replace(" ", "-")
    return f"[{question[0]}]({language.differences}#{anchor})"
