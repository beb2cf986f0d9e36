"""The regular expressions of AMAZON.AlphaNumeric slot types, matched in bounded time.

Lex allows a pattern of up to 300 characters without ``*``, ``+``, ``{x,}`` and ``.``, for
values of up to 30 characters. This engine steps sets of positions through the pattern
instead of backtracking, so no pattern is catastrophic; it takes the forbidden signs too,
because real exports have them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

LONGEST_VALUE = 30
LONGEST_PATTERN = 300

Matcher = Callable[[str, frozenset[int]], frozenset[int]]
_CLASSES: dict[str, Callable[[str], bool]] = {
    "d": str.isdecimal,
    "w": lambda c: c.isalnum() or c == "_",
    "s": str.isspace,
}
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r"}


class PatternError(ValueError):
    """The pattern is not a regular expression of the subset that Lex takes."""


class Pattern:
    """A pattern that matches whole values of up to thirty characters."""

    def __init__(self, pattern: str) -> None:
        """Compile ``pattern``; raises :class:`PatternError` when it cannot be read."""
        if len(pattern) > LONGEST_PATTERN:
            raise PatternError(f"the pattern is longer than {LONGEST_PATTERN} characters")
        self.pattern = pattern
        parser = _Parser(pattern)
        self._match = parser.alternatives()
        if parser.at < len(pattern):
            raise PatternError(f"unexpected {pattern[parser.at]!r} at {parser.at}")

    def matches(self, value: str) -> bool:
        """Whether the whole value fits."""
        if len(value) > LONGEST_VALUE:
            return False
        return len(value) in self._match(value, frozenset((0,)))


@lru_cache(maxsize=256)
def compiled(pattern: str) -> Pattern:
    """The compiled pattern, kept for the next use."""
    return Pattern(pattern)


class _Parser:
    """Recursive descent over the pattern; each rule gives a matcher of position sets."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def _peek(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def _take(self) -> str:
        char = self._peek()
        if not char:
            raise PatternError("the pattern ends too early")
        self.at += 1
        return char

    def alternatives(self) -> Matcher:
        branches = [self._sequence()]
        while self._peek() == "|":
            self.at += 1
            branches.append(self._sequence())
        if len(branches) == 1:
            return branches[0]
        return lambda value, places: frozenset().union(*(b(value, places) for b in branches))

    def _sequence(self) -> Matcher:
        parts: list[Matcher] = []
        while self._peek() not in ("", "|", ")"):
            parts.append(self._repeated())

        def run(value: str, places: frozenset[int]) -> frozenset[int]:
            for part in parts:
                if not places:
                    break
                places = part(value, places)
            return places

        return run

    def _repeated(self) -> Matcher:
        part = self._atom()
        while True:
            sign = self._peek()
            if sign == "?":
                self.at += 1
                part = _repeat(part, 0, 1)
            elif sign == "*":
                self.at += 1
                part = _repeat(part, 0, LONGEST_VALUE)
            elif sign == "+":
                self.at += 1
                part = _repeat(part, 1, LONGEST_VALUE)
            elif sign == "{":
                low, high = self._bounds()
                part = _repeat(part, low, high)
            else:
                return part
            if self._peek() == "?":  # lazy or greedy, the whole value is the same
                self.at += 1

    def _bounds(self) -> tuple[int, int]:
        close = self.pattern.find("}", self.at)
        low, comma, high = self.pattern[self.at + 1 : max(close, 0)].partition(",")
        if close < 0 or not low.isdecimal() or (high and not high.isdecimal()):
            raise PatternError(f"bad repetition at {self.at}")
        self.at = close + 1
        least = int(low)
        most = int(high) if high else (LONGEST_VALUE if comma else least)
        if most < least:
            raise PatternError(f"repetition {{{low},{high}}} counts down")
        return least, most

    def _atom(self) -> Matcher:
        char = self._take()
        if char == "(":
            if self._peek() == "?":
                self.at += 1
                if self._take() != ":":
                    raise PatternError("only plain groups are allowed")
            inner = self.alternatives()
            if self._take() != ")":
                raise PatternError("a group is not closed")
            return inner
        if char == "[":
            return _step(self._class())
        if char == "\\":
            return _step(self._escaped())
        if char == ".":
            return _step(lambda _: True)
        if char == "^":
            return lambda _, places: places & {0}
        if char == "$":
            return lambda value, places: places & {len(value)}
        if char in ")*+?{":
            raise PatternError(f"unexpected {char!r} at {self.at - 1}")
        return _step(lambda c, char=char: c == char)  # type: ignore[misc]

    def _escaped(self) -> Callable[[str], bool]:
        char = self._take()
        if char.lower() in _CLASSES:
            test = _CLASSES[char.lower()]
            return test if char.islower() else (lambda c: not test(c))
        literal = _ESCAPES.get(char, char)
        return lambda c: c == literal

    def _class(self) -> Callable[[str], bool]:
        negated = self._peek() == "^"
        self.at += negated
        tests: list[Callable[[str], bool]] = []
        first = True
        while (char := self._take()) != "]" or first:
            first = False
            if char == "\\":
                escaped = self._peek()
                tests.append(self._escaped())
                if escaped.lower() in _CLASSES:
                    continue
                char = _ESCAPES.get(escaped, escaped)
            if self._peek() == "-" and self.pattern[self.at + 1 : self.at + 2] not in ("]", ""):
                self.at += 1
                last = self._take()
                last = self._take() if last == "\\" else last
                if last < char:
                    raise PatternError(f"the range {char}-{last} runs backwards")
                tests.append(lambda c, low=char, high=last: low <= c <= high)  # type: ignore[misc]
            else:
                tests.append(lambda c, char=char: c == char)  # type: ignore[misc]
        return lambda c: any(test(c) for test in tests) != negated


def _step(test: Callable[[str], bool]) -> Matcher:
    """One character."""
    return lambda value, places: frozenset(
        at + 1 for at in places if at < len(value) and test(value[at])
    )


def _repeat(part: Matcher, least: int, most: int) -> Matcher:
    # Past one round more than there are positions nothing new can come, so rounds are bounded.
    def run(value: str, places: frozenset[int]) -> frozenset[int]:
        for _ in range(min(least, LONGEST_VALUE + 1)):
            places = part(value, places)
            if not places:
                return places
        reached = places
        for _ in range(min(most - least, LONGEST_VALUE + 1)):
            places = part(value, places) - reached
            if not places:
                break
            reached |= places
        return reached

    return run
