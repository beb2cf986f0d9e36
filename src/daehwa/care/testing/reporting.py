"""How tests went, for a person to read, for CI (JUnit XML) and for a program (JSON)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from xml.etree import ElementTree as ET

import msgspec

from daehwa.care.testing.coverage import Coverage, Covered
from daehwa.care.testing.values import ConversationResult

_SHOWN: Final = 20
_ENGLISH: Final = {
    "FAILED": "FAILED",
    "turn": "{name}, turn {number}: {text}",
    "expected": "expected",
    "came": "got",
    "score": "score",
    "nothing": "a reply",
    "passed": "{} passed",
    "failed": "{} failed",
    "skipped": "{} skipped",
    "seconds": "in {:.1f} s",
    "SKIPPED": "skipped {count}: {reason}",
    "not compared": "not compared here: {members} ({count} turns)",
    "intents": "intents",
    "slots": "slots",
    "branches": "branches",
    "samples": "samples",
    "coverage": "coverage (intents, slots, branches)",
    "and more": "and {} more",
}
_KOREAN: Final = {
    "FAILED": "실패",
    "turn": "{name}, {number}번째 말: {text}",
    "expected": "기대",
    "came": "실제",
    "score": "점수",
    "nothing": "답변",
    "passed": "통과 {}",
    "failed": "실패 {}",
    "skipped": "건너뜀 {}",
    "seconds": "({:.1f}초)",
    "SKIPPED": "건너뜀 {count}개: {reason}",
    "not compared": "여기서는 비교하지 않음: {members} (말 {count}개)",
    "intents": "의도",
    "slots": "슬롯",
    "branches": "분기",
    "samples": "샘플",
    "coverage": "커버리지 (의도, 슬롯, 분기)",
    "and more": "그 밖에 {}개",
}


class TestRun(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """All results, and what of the bot was visited. ``seconds`` is wall time."""

    __test__ = False  # no test class, whatever its name

    results: tuple[ConversationResult, ...]
    seconds: float
    coverage: Coverage | None = None

    def count(self, outcome: str) -> int:
        """How many conversations had this outcome."""
        return sum(result.outcome == outcome for result in self.results)

    @property
    def korean(self) -> bool:
        """Whether all of them are in Korean, so that the report is, too."""
        locales = [each.locale for each in self.results if each.locale]
        return bool(locales) and all(locale.startswith("ko") for locale in locales)


def words_of(locale: str) -> Mapping[str, str]:
    """The words of the report in a locale's language."""
    return _KOREAN if locale.startswith("ko") else _ENGLISH


def failure_lines(result: ConversationResult) -> Iterator[str]:
    """What was expected, what came and the score, below where it stands."""
    failed = result.failed_turn
    if failed is None:
        return
    words = words_of(result.locale)
    number, turn = failed
    place = f"{result.file}:{turn.line}"
    about = words["turn"].format(name=result.name, number=number, text=turn.text)
    yield f"{words['FAILED']} {place} {about}"
    width = max(len(words[each]) for each in ("expected", "came", "score")) + 2
    wanted = (_expected(each.member, each.expected, words) for each in turn.unmet)
    expected = "; ".join(dict.fromkeys(wanted))
    came = "; ".join(f"{each.member}: {each.came}" for each in turn.unmet)
    yield f"  {words['expected']:<{width}}{expected}"
    yield f"  {words['came']:<{width}}{came}"
    yield f"  {words['score']:<{width}}{turn.score or '-'}"


def _expected(member: str, expected: str, words: Mapping[str, str]) -> str:
    if member in ("reply", "script", "hook"):
        return words["nothing"]
    return f"{member}: {expected}"


def summary_lines(run: TestRun) -> Iterator[str]:
    """How many passed, failed and were skipped, why, and what was not compared."""
    words = _KOREAN if run.korean else _ENGLISH
    reasons: dict[str, int] = {}
    hidden: dict[tuple[str, ...], int] = {}
    for result in run.results:
        if result.outcome == "skipped":
            reasons[result.reason] = reasons.get(result.reason, 0) + 1
        for turn in result.turns:
            if turn.not_compared:
                hidden[turn.not_compared] = hidden.get(turn.not_compared, 0) + 1
    for members, count in sorted(hidden.items()):
        yield words["not compared"].format(members=", ".join(members), count=count)
    for reason, count in sorted(reasons.items()):
        yield words["SKIPPED"].format(count=count, reason=reason)
    counts = [
        words[outcome].format(run.count(outcome))
        for outcome in ("passed", "failed", "skipped")
        if outcome == "passed" or run.count(outcome)
    ]
    yield f"{', '.join(counts)} {words['seconds'].format(run.seconds)}"


def coverage_lines(run: TestRun) -> Iterator[str]:
    """What no test visits."""
    if run.coverage is None:
        return
    words = _KOREAN if run.korean else _ENGLISH
    for kind in ("intents", "slots", "branches", "samples"):
        covered: Covered = getattr(run.coverage, kind)
        yield f"{words[kind]} {covered.visited}/{covered.total}"
        for locale, names in covered.missing.items():
            shown = list(names[:_SHOWN])
            if len(names) > _SHOWN:
                shown.append(words["and more"].format(len(names) - _SHOWN))
            yield from (f"  {locale}  {name}" for name in shown)
    yield f"{words['coverage']}: {run.coverage.share:.1%}"


def junit(run: TestRun) -> bytes:
    """The results as JUnit XML: a suite for each file, a case for each conversation."""
    root = ET.Element("testsuites", _counts(run.results))
    files = dict.fromkeys(result.file for result in run.results)
    for file in files:
        results = [result for result in run.results if result.file == file]
        suite = ET.SubElement(root, "testsuite", {"name": file, **_counts(results)})
        for result in results:
            case = ET.SubElement(
                suite,
                "testcase",
                {
                    "classname": file,
                    "name": _xml(result.name),
                    "file": file,
                    "line": str(result.line),
                    "time": f"{result.seconds:.3f}",
                },
            )
            if result.outcome == "skipped":
                ET.SubElement(case, "skipped", {"message": _xml(result.reason)})
            elif result.outcome == "failed":
                lines = list(failure_lines(result))
                failure = ET.SubElement(case, "failure", {"message": _xml(lines[0])})
                failure.text = _xml("\n".join(lines))
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _counts(results: Sequence[ConversationResult]) -> dict[str, str]:
    return {
        "tests": str(len(results)),
        "failures": str(sum(each.outcome == "failed" for each in results)),
        "errors": "0",
        "skipped": str(sum(each.outcome == "skipped" for each in results)),
        "time": f"{sum(each.seconds for each in results):.3f}",
    }


def _xml(text: str) -> str:
    """The text without the control characters that XML cannot hold."""
    return "".join(c for c in text if c >= " " or c in "\t\n\r")


def as_json(run: TestRun) -> bytes:
    """The results, counts and coverage as JSON."""
    value = msgspec.to_builtins(run)
    for outcome in ("passed", "failed", "skipped"):
        value[outcome] = run.count(outcome)
    if run.coverage is not None:
        value["coverage"]["share"] = round(run.coverage.share, 4)
    return msgspec.json.format(msgspec.json.encode(value)) + b"\n"
