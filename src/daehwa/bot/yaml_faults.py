"""What is wrong with a text that is not YAML, in an author's words, and how to fix it.

A parser names the rule of its grammar that failed, and often at a later place than the mistake.
An author needs the line to look at and what to write there. The lines around the parser's place
say which of the usual mistakes it is; ``explain`` tries them in order, the surest first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Final, NamedTuple

_AROUND: Final = 2  # lines before the parser's place in which an odd space is looked for
_QUOTED: Final = "Put the text in quotes"
_INDENT: Final = "Indent it exactly as the lines that it belongs with, with spaces."


class YamlFault(NamedTuple):
    """A mistake: its line and column, from 1; what is wrong; and the cure."""

    line: int
    column: int
    problem: str
    cure: str


class Failure(NamedTuple):
    """What the parser reports: its problem, what it was reading, and the places of both, from 0."""

    problem: str
    context: str
    line: int
    column: int
    context_line: int
    context_column: int


def explain(text: str, failure: Failure) -> YamlFault:
    """The mistake behind a failure of the parser on ``text``."""
    lines = text.splitlines() or [""]
    for recognise in _MISTAKES:
        fault = recognise(lines, failure)
        if fault is not None:
            return fault
    problem = failure.problem or failure.context
    cure = "Look at the indentation, and for a colon or a quotation mark in a text."
    return YamlFault(failure.line + 1, failure.column + 1, f"not YAML: {problem}.", cure)


def control_character(text: str) -> YamlFault | None:
    """The first character that no YAML may contain."""
    for number, line in enumerate(text.split("\n"), start=1):
        for column, letter in enumerate(line, start=1):
            if unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\t\r\x85":
                problem = f"the character U+{ord(letter):04X} cannot stand in a YAML file."
                return YamlFault(number, column, problem, "Remove it.")
    return None


def _white(lines: list[str], failure: Failure) -> YamlFault | None:
    """A tab or another odd space before a line's first word, or after its colon."""
    for at in range(min(failure.line, len(lines) - 1), max(failure.line - _AROUND, 0) - 1, -1):
        line = lines[at]
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent:
            problem = "there is a tab in the indentation."
            return YamlFault(at + 1, indent.index("\t") + 1, problem, "Indent with spaces.")
        odd = _pattern(r"^\s*?([^\S \t])|^[^\"'#]*?:([^\S \t\n])").search(line)
        if odd is not None:
            letter = odd[1] or odd[2]
            problem = f"a space that is not a plain one (U+{ord(letter):04X}) stands here."
            return YamlFault(at + 1, line.index(letter) + 1, problem, "Write plain spaces instead.")
    return None


def _tab(_lines: list[str], failure: Failure) -> YamlFault | None:
    if r"'\t'" not in failure.problem:
        return None
    return YamlFault(
        failure.line + 1, failure.column + 1, "a tab stands where only spaces may.",
        "Write spaces instead.",
    )  # fmt: skip


def _first_letter(lines: list[str], failure: Failure) -> YamlFault | None:
    """A text that begins with a character that means something in YAML."""
    line = _line(lines, failure.line)
    rest = line[failure.column :].strip()
    alias = "undefined alias" in failure.problem
    if not rest or not (alias or "cannot start any token" in failure.problem):
        return None
    what = f"without quotes no text can begin with {rest[0]}"
    what += ", which stands for another place in the file." if alias else "."
    return YamlFault(failure.line + 1, failure.column + 1, what, f"{_QUOTED}: {quoted(rest)}.")


def _braces(lines: list[str], failure: Failure) -> YamlFault | None:
    """A text that begins with a brace or bracket and goes on after it."""
    line = _line(lines, failure.line)
    match = _pattern(r"^\s*(?:- +|[^#:]*: +)+(\{[^{}]*\}|\[[^\[\]]*\])\s*[^\s#,]").search(line)
    if match is None:
        return None
    rest = line[match.start(1) :].strip()
    problem = f"without quotes no text can begin with {rest[0]}."
    return YamlFault(failure.line + 1, match.start(1) + 1, problem, f"{_QUOTED}: {quoted(rest)}.")


def _open_quote(lines: list[str], failure: Failure) -> YamlFault | None:
    """A quotation mark that is not closed on its line; the next one in the file closes it."""
    last = min(failure.line, len(lines) - 1)
    first = failure.context_line if "quoted scalar" in failure.context else last - 1
    for at in range(max(first, 0), last + 1):
        match = _pattern(r"^\s*(?:- +|[^#:\"']*: +)+([\"'])").match(lines[at])
        if match is None or lines[at].count(match[1]) % 2 == 0:
            continue
        if at < last or "quoted scalar" in failure.context:
            problem = f"the quotation mark {match[1]} that opens here is not closed on this line."
            return YamlFault(at + 1, match.start(1) + 1, problem, "Close it, or leave it out.")
    return None


def _after_quote(lines: list[str], failure: Failure) -> YamlFault | None:
    line = _line(lines, failure.line)
    match = _pattern(r"^\s*(?:- +|[^#:\"']*: +)+(\"[^\"]*\"|'[^']*')\s*[^\s#,:]").match(line)
    if match is None or "<block end>" not in failure.problem:
        return None
    problem = "the text goes on after its closing quotation mark."
    rest = line[match.start(1) :].strip()
    if rest[0] == rest[-1]:
        rest = rest[1:-1]
    other = "'" if '"' in rest else '"'
    cure = f"Put all of it in quotes: {other}{rest}{other}."
    return YamlFault(failure.line + 1, match.end(1) + 1, problem, cure)


def _block_mark(_lines: list[str], failure: Failure) -> YamlFault | None:
    """A text on the line of the ``|`` or ``>`` that announces lines of text."""
    if "comment or a line break" not in failure.problem:
        return None
    problem = "the text stands on the line of its | or >."
    cure = "Begin it on the next line, indented; or put it in quotes."
    return YamlFault(failure.line + 1, failure.column + 1, problem, cure)


def _colon_in_text(lines: list[str], failure: Failure) -> YamlFault | None:
    """A colon with a space in a text that has no quotes."""
    line = _line(lines, failure.line)
    match = _pattern(r"^\s*(?:- +)*[^\s\"'{\[#][^:#]*: +([^\s\"'{\[|>].*?:(?: .*|$))").match(line)
    if match is None or "mapping values" not in failure.problem:
        return None
    problem = "the text has a colon and a space in it."
    cure = f"{_QUOTED}: {quoted(match[1].rstrip())}."
    return YamlFault(failure.line + 1, match.start(1) + 1, problem, cure)


def _list_mark(lines: list[str], failure: Failure) -> YamlFault | None:
    """An item of a list after a dash without a space, or after another mark."""
    for at in (failure.context_line, failure.line):
        mark = _pattern(r"^\s*(?:-(?![\s-])|[•·∙*–—]\s*)(?=[^\s:]+(?: |$))(.*)")
        match = mark.match(_line(lines, at))
        if match is None:
            continue
        column = len(lines[at]) - len(lines[at].lstrip()) + 1
        problem = "an item of a list begins with a dash and a space."
        return YamlFault(at + 1, column, problem, f"Write `- {match[1].strip()}`.")
    return None


def _dash_before_member(lines: list[str], failure: Failure) -> YamlFault | None:
    """A dash before a member, among members that have none."""
    line = _line(lines, failure.line)
    match = _pattern(r"^(\s*)- (\w+):(?: .*)?$").match(line)
    above = next((each for each in reversed(lines[: failure.line]) if each.strip()), "")
    if match is None or not _pattern(r"\s*[^\s-][^:]*:").match(above):
        return None
    if len(above) - len(above.lstrip()) != len(match[1]):
        return None
    problem = "a dash stands before a member, and the members beside it have none."
    return YamlFault(failure.line + 1, len(match[1]) + 1, problem, "Remove the dash.")


def _other_language(lines: list[str], failure: Failure) -> YamlFault | None:
    """A comment or a member as other languages write it: ``// text``, ``name = text``."""
    for at in (failure.context_line, failure.line):
        line = _line(lines, at)
        column = len(line) - len(line.lstrip()) + 1
        if (match := _pattern(r"\s*(?://|;|--)\s*(.*)").match(line)) is not None:
            problem = "a comment begins with #."
            return YamlFault(at + 1, column, problem, f"Write `# {match[1]}`.")
        if (match := _pattern(r"\s*([\w.]+)\s*=\s*(.+)").match(line)) is not None:
            problem = "an equals sign stands where a colon belongs."
            return YamlFault(at + 1, column, problem, f"Write `{match[1]}: {match[2].strip()}`.")
    return None


def _escape(_lines: list[str], failure: Failure) -> YamlFault | None:
    if "escape" not in failure.problem:
        return None
    problem = "in double quotes a backslash begins an escape such as \\n, and this is not one."
    cure = "Put the text in single quotes, or write the backslash twice."
    return YamlFault(failure.line + 1, failure.column + 1, problem, cure)


def _no_plain_colon(lines: list[str], failure: Failure) -> YamlFault | None:
    """A member without a colon and a space: ``name:text``, ``name：text``."""
    if not any(words in failure.problem for words in ("expected ':'", "<block end>", "mapping v")):
        return None
    for at in (failure.context_line, failure.line, failure.line - 1):
        line = _line(lines, at)
        match = _pattern(r"^(\s*(?:- +)*)([^\s\"'{\[:：#,]+)(?:(：)\s*|:)(?! |//)(\S.*)").match(
            line
        )
        if match is None:
            continue
        wrong = "a full-width colon" if match[3] else "a colon without a space after it"
        cure = f"Write `{match[2]}: {match[4]}`."
        return YamlFault(at + 1, match.end(2) + 1, f"{wrong} stands here.", cure)
    return None


def _no_colon(lines: list[str], failure: Failure) -> YamlFault | None:
    if "could not find expected ':'" not in failure.problem:
        return None
    at, column = failure.context_line, failure.context_column
    line = _line(lines, at).strip()
    problem = f"this line has no `name:` and belongs to nothing: {line[:40]}"
    cure = "Write `name: value`; a text of several lines stands under `|`, indented."
    return YamlFault(at + 1, column + 1, f"{problem}.", cure)


def _unclosed(lines: list[str], failure: Failure) -> YamlFault | None:
    """A bracket or brace that is not closed, or a comma too many in one."""
    line = _line(lines, failure.line)
    if _pattern(r"[^\[{]*: +([\"']).*?\1\s*,").match(line[: failure.column + 1]):
        problem = "these are several texts, and nothing makes a list of them."
        cure = "Put them in [ and ], or each on a line of its own, after a dash."
        return YamlFault(failure.line + 1, failure.column + 1, problem, cure)
    if "but found ','" in failure.problem:
        problem = "there is nothing before this comma."
        return YamlFault(failure.line + 1, failure.column + 1, problem, "Remove the comma.")
    if not failure.context.startswith("while parsing a flow"):
        return None
    at, column = failure.context_line, failure.context_column
    opening = _line(lines, at)[column : column + 1]
    closing = {"[": "]", "{": "}"}.get(opening)
    if closing is None:
        return None
    problem = f"the {opening} that opens here is not closed by a {closing} where it should be."
    cure = f"Close it, or put a text that has one of , : {opening} {closing} in it in quotes."
    return YamlFault(at + 1, column + 1, problem, cure)


def _second_document(lines: list[str], failure: Failure) -> YamlFault | None:
    if "another document" not in failure.problem:
        return None
    problem = "a second document begins here, and a file may hold only one."
    mark = failure.line if _line(lines, failure.line).startswith("---") else failure.line - 1
    return YamlFault(mark + 1, 1, problem, f"Remove the line {_line(lines, mark)}.")


def _directive(lines: list[str], _failure: Failure) -> YamlFault | None:
    """A directive, which asks for an older YAML in which ``no`` and ``on`` are not texts."""
    at = next((at for at, line in enumerate(lines) if line.startswith("%")), None)
    if at is None:
        return None
    problem = "a directive stands here, and a project is YAML 1.2 without any."
    return YamlFault(at + 1, 1, problem, f"Remove the line {lines[at]}.")


def _indentation(lines: list[str], failure: Failure) -> YamlFault | None:
    """A line that is further in, or further out, than it may be."""
    line = _line(lines, failure.line)
    column = len(line) - len(line.lstrip()) + 1
    if "mapping values" in failure.problem:
        above = next((each for each in reversed(lines[: failure.line]) if each.strip()), "")
        deeper = column - 1 > len(above) - len(above.lstrip())
        if deeper and not above.rstrip().endswith(":"):
            problem = "this line is indented further than the one above it, which has a value."
            return YamlFault(failure.line + 1, column, problem, _INDENT)
    if "<block end>" in failure.problem and failure.column + 1 == column:
        problem = "the indentation of this line is not that of any line above it."
        return YamlFault(failure.line + 1, column, problem, _INDENT)
    return None


_MISTAKES: Final[tuple[Callable[[list[str], Failure], YamlFault | None], ...]] = (
    _directive,
    _white,
    _tab,
    _second_document,
    _first_letter,
    _open_quote,
    _block_mark,
    _colon_in_text,
    _braces,
    _after_quote,
    _unclosed,
    _escape,
    _dash_before_member,
    _list_mark,
    _other_language,
    _no_plain_colon,
    _no_colon,
    _indentation,
)


def quoted(text: str) -> str:
    """A text in the quotes that it needs."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _line(lines: list[str], at: int) -> str:
    return lines[at] if 0 <= at < len(lines) else ""


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
