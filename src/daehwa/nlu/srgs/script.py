"""Scripts of tags: the part of ECMAScript that they are made of."""

from __future__ import annotations

import math
import operator
import re
import sys
from collections.abc import Callable
from typing import Any, Final

_TOKEN: Final = re.compile(
    r"""\s+|//[^\n]*|/\*.*?\*/
    |(?P<number>0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<name>[A-Za-z_$][\w$]*)
    |(?P<sign>===|!==|==|!=|<=|>=|&&|\|\||[-+*/%]=|[-+*/%<>=!?:;,.(){}\[\]])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE: Final = re.compile(
    r"\\(u(?P<code>[0-9a-fA-F]{4})|x(?P<byte>[0-9a-fA-F]{2})|u\{(?P<point>[0-9a-fA-F]{1,6})\}|.)",
    re.DOTALL,
)
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "0": "\0"}
_COMPARE: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
}  # fmt: skip
_ARITHMETIC: Final[dict[str, Callable[[float, float], float]]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul,
}  # fmt: skip
_LEVELS: Final = (
    ("||",), ("&&",), ("==", "!=", "===", "!=="), ("<", ">", "<=", ">="), ("+", "-"),
    ("*", "/", "%"),
)  # fmt: skip
# What of a text is read as a number.
_WHOLE: Final = re.compile(r"\s*[+-]?\d+", re.ASCII)
_DECIMAL: Final = re.compile(r"\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_LONGEST: Final = 10_000
_MOST_PARTS: Final = 200
_DEEPEST: Final = 40
# Numbers are written without an exponent while their point stands among these places.
_PLAIN_UP_TO: Final = 21
_PLAIN_FROM: Final = -6


class ScriptError(Exception):
    """The script is not one that can be run."""


class ScriptScope:
    """What a script sees: ``out``, variables, the rules' results, and the words of the text."""

    def __init__(self, words: str) -> None:
        self.out: Any = {}
        self.variables: dict[str, Any] = {}
        self.rules: dict[str, Any] = {}
        self.words = words
        self.latest: Any = None
        self.latest_words = ""


def run(code: str, scope: ScriptScope) -> None:
    """Runs the statements of a tag.

    Raises:
        ScriptError: it is longer or deeper than a tag's, or of a kind that is not known here.
    """
    if len(code) > _LONGEST:
        raise ScriptError("too long")
    _Reader(_tokens(code), scope).statements()


def _tokens(code: str) -> list[tuple[str, str]]:
    tokens: list[tuple[str, str]] = []
    place = 0
    while place < len(code):
        read = _TOKEN.match(code, place)
        if read is None:
            raise ScriptError(f"{code[place]!r} is not known")
        if read.lastgroup is not None:
            tokens.append((read.lastgroup, read[0]))
        place = read.end()
    return [*tokens, ("end", "")]


class _Reader:
    """Reads a script and does what it says, a method for a rule of the language."""

    def __init__(self, tokens: list[tuple[str, str]], scope: ScriptScope) -> None:
        self._tokens = tokens
        self._place = 0
        self._scope = scope
        self._depth = 0

    def _is(self, *signs: str) -> bool:
        kind, text = self._tokens[self._place]
        return kind in ("sign", "name") and text in signs

    def _take(self) -> tuple[str, str]:
        token = self._tokens[self._place]
        if token[0] == "end":
            raise ScriptError("the script ends too early")
        self._place += 1
        return token

    def _took(self, *signs: str) -> str | None:
        return self._take()[1] if self._is(*signs) else None

    def _expect(self, sign: str) -> None:
        if not self._took(sign):
            raise ScriptError(f"{sign} is missing")

    def _name(self) -> str:
        kind, text = self._take()
        if kind != "name":
            raise ScriptError("a name is missing")
        return text

    # --- statements ---------------------------------------------------------------------

    def statements(self) -> None:
        while self._tokens[self._place][0] != "end":
            if self._took(";"):
                continue
            declared = self._took("var", "let", "const")
            self._statement()
            while declared and self._took(","):
                self._statement()

    def _statement(self) -> None:
        before = self._place
        target = self._target()
        sign = self._took("=", "+=", "-=", "*=", "/=", "%=") if target is not None else None
        if target is None or sign is None:
            self._place = before
            self._expression()
            return
        given = self._expression()
        if sign != "=":
            given = _joined(sign[0], self._at(target), given)
        self._set(target, given)

    def _target(self) -> list[str] | None:
        """The place that a statement begins with: ``out.card.type``, ``x``."""
        if self._tokens[self._place][0] != "name":
            return None
        path = [self._take()[1]]
        while self._is(".", "["):
            if self._took("."):
                if self._tokens[self._place][0] != "name":
                    return None
                path.append(self._take()[1])
                continue
            self._take()
            kind, text = self._take()
            if kind not in ("text", "number") or not self._took("]"):
                return None
            path.append(_unquoted(text) if kind == "text" else text)
        return path

    def _at(self, path: list[str]) -> Any:
        value = self._variable(path[0])
        for name in path[1:]:
            value = _member(value, name)
        return value

    def _set(self, path: list[str], value: Any) -> None:
        # A copy, so that nothing is ever a part of itself.
        value = _copied(value, [_MOST_PARTS])
        if path == ["out"]:
            self._scope.out = value
        elif len(path) == 1:
            self._scope.variables[path[0]] = value
        else:
            owner = self._scope.out if path[0] == "out" else self._variable(path[0])
            for name in path[1:-1]:
                owner = owner.get(name) if isinstance(owner, dict) else None
            if not isinstance(owner, dict):
                raise ScriptError(f"{path[-1]} is set on something that is not an object")
            owner[path[-1]] = value

    # --- expressions --------------------------------------------------------------------

    def _expression(self) -> Any:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ScriptError("too deep")
        value = self._binary(0)
        if self._took("?"):
            yes = self._expression()
            self._expect(":")
            no = self._expression()
            value = yes if _true(value) else no
        self._depth -= 1
        return value

    def _binary(self, level: int) -> Any:
        if level == len(_LEVELS):
            return self._unary()
        value = self._binary(level + 1)
        while sign := self._took(*_LEVELS[level]):
            value = _joined(sign, value, self._binary(level + 1))
        return value

    def _unary(self) -> Any:
        signs = []
        while sign := self._took("!", "-", "+", "typeof", "new"):
            signs.append(sign)
        value = self._postfix()
        for sign in reversed(signs):
            match sign:
                case "!":
                    value = not _true(value)
                case "-":
                    value = -_number(value)
                case "+":
                    value = _number(value)
        return value

    def _postfix(self) -> Any:
        value = self._primary()
        while self._is(".", "["):
            if self._took("["):
                name = as_text(self._expression())
                self._expect("]")
            else:
                self._take()
                name = self._name()
            if self._is("("):
                value = _called(value, name, self._arguments())
            else:
                value = _member(value, name)
        return value

    def _primary(self) -> Any:
        kind, text = self._take()
        if kind == "number":
            return float(int(text, 16)) if text[:2].lower() == "0x" else float(text)
        if kind == "text":
            return _unquoted(text)
        if text == "(":
            value = self._expression()
            self._expect(")")
            return value
        if text == "{":
            return self._object()
        if text == "[":
            return self._list()
        if kind != "name":
            raise ScriptError(f"{text!r} is not known")
        return self._function(text) if self._is("(") else self._variable(text)

    def _function(self, name: str) -> Any:
        given = self._arguments()
        value = given[0] if given else None
        match name:
            case "String":
                return as_text(value)
            case "Number":
                return _number(value)
            case "parseFloat" | "parseInt":
                begins = (_WHOLE if name == "parseInt" else _DECIMAL).match(as_text(value))
                return float(begins[0]) if begins else math.nan
            case "Object":
                return {}
            case "Array":
                return given
        raise ScriptError(f"{name}() is not known")

    def _arguments(self) -> list[Any]:
        self._expect("(")
        given: list[Any] = []
        while not self._took(")"):
            given.append(self._expression())
            if not self._is(")"):
                self._expect(",")
        return given

    def _object(self) -> dict[str, Any]:
        made: dict[str, Any] = {}
        while not self._took("}"):
            kind, text = self._take()
            if kind not in ("name", "text", "number"):
                raise ScriptError("a member is missing")
            self._expect(":")
            made[_unquoted(text) if kind == "text" else text] = self._expression()
            if not self._is("}"):
                self._expect(",")
        return made

    def _list(self) -> list[Any]:
        made: list[Any] = []
        while not self._took("]"):
            made.append(self._expression())
            if not self._is("]"):
                self._expect(",")
        return made

    def _variable(self, name: str) -> Any:  # noqa: PLR0911 - a line for each name
        scope = self._scope
        match name:
            case "out":
                return scope.out
            case "rules":
                return {**scope.rules, "latest()": scope.latest}
            case "meta":
                meta = {rule: {"text": scope.latest_words} for rule in scope.rules}
                return {
                    **meta,
                    "current()": {"text": scope.words},
                    "latest()": {"text": scope.latest_words},
                }
            case "true" | "false":
                return name == "true"
            case "null" | "undefined":
                return None
            case "Infinity" | "NaN":
                return float(name)
            case "Object":
                return {}
            case "Array":
                return []
        return scope.variables.get(name)


def _copied(value: Any, left: list[int]) -> Any:
    left[0] -= 1
    if left[0] < 0:
        raise ScriptError("too many parts")
    if isinstance(value, dict):
        return {name: _copied(inner, left) for name, inner in value.items()}
    return [_copied(inner, left) for inner in value] if isinstance(value, list) else value


def _called(value: Any, name: str, given: list[Any]) -> Any:  # noqa: PLR0911 - a line for each name
    if isinstance(value, dict) and f"{name}()" in value:
        return value[f"{name}()"]
    if isinstance(value, list) and name == "join":
        return _short((as_text(given[0]) if given else ",").join(as_text(each) for each in value))
    text = as_text(value)
    plain = {
        "toUpperCase": text.upper, "toLowerCase": text.lower, "trim": text.strip,
        "toString": text.__str__,
    }.get(name)  # fmt: skip
    if plain is not None:
        return plain()
    if name == "concat":
        return _short(text + "".join(as_text(each) for each in given))
    if name == "indexOf":
        return float(text.find(as_text(given[0] if given else None)))
    if name == "replace" and len(given) > 1:
        return _short(text.replace(as_text(given[0]), as_text(given[1]), 1))
    return _cut(text, name, [_place(each) for each in given])


def _cut(text: str, name: str, given: list[int]) -> str:
    first = given[0] if given else 0
    last = given[1] if len(given) > 1 else None
    match name:
        case "charAt":
            return text[first : first + 1] if first >= 0 else ""
        case "slice":
            return text[first:last]
        case "substring":
            ends = (max(first, 0), len(text) if last is None else max(last, 0))
            return text[min(ends) : max(ends)]
        case "substr":
            return text[first:][: None if last is None else max(last, 0)]
    raise ScriptError(f"{name}() is not known")


def _place(value: Any) -> int:
    number = _number(value)
    return int(min(max(number, -_LONGEST), _LONGEST)) if number == number else 0  # noqa: PLR0124 - not NaN


def _short(text: str) -> str:
    if len(text) > _LONGEST:
        raise ScriptError("too long")
    return text


def _member(value: Any, name: str) -> Any:
    if isinstance(value, dict):
        return value.get(name)
    if name == "length" and isinstance(value, str | list):
        return float(len(value))
    if isinstance(value, str | list) and name.isdecimal():
        return value[int(name)] if int(name) < len(value) else None
    return None


def _joined(sign: str, left: Any, right: Any) -> Any:  # noqa: PLR0911 - a line for each sign
    match sign:
        case "&&":
            return right if _true(left) else left
        case "||":
            return left if _true(left) else right
        case "==" | "===":
            return left == right or (sign == "==" and as_text(left) == as_text(right))
        case "!=" | "!==":
            return not _joined(sign.replace("!", "=", 1), left, right)
        case "+" if isinstance(left, str | dict | list) or isinstance(right, str | dict | list):
            return _short(as_text(left) + as_text(right))
        case "<" | ">" | "<=" | ">=":
            if isinstance(left, str) and isinstance(right, str):
                return _COMPARE[sign](left, right)
            return _COMPARE[sign](_number(left), _number(right))
    return _calculated(sign, _number(left), _number(right))


def _calculated(sign: str, one: float, other: float) -> float:
    """A sum, difference, product, quotient or remainder of ECMAScript's numbers."""
    if sign in _ARITHMETIC:
        return _ARITHMETIC[sign](one, other)
    if sign == "/" and other:
        return one / other
    if sign == "/" and one and not math.isnan(one):
        return math.copysign(math.inf, one) * math.copysign(1, other)
    # ``fmod`` raises where ECMAScript has no number.
    return math.fmod(one, other) if other and math.isfinite(one) and sign == "%" else math.nan


def _true(value: Any) -> bool:
    if isinstance(value, dict | list):
        return True
    return bool(value) and value == value  # noqa: PLR0124 - NaN is false


def _number(value: Any) -> float:
    if isinstance(value, bool | int | float):
        return float(value)
    if isinstance(value, str):
        try:
            return float(value.strip() or 0)
        except ValueError:
            return math.nan
    return math.nan


def as_text(value: Any) -> str:
    """A value as ECMAScript writes it."""
    if value is None:
        return "undefined"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        if math.isfinite(value):
            return _digits(value)
        return "NaN" if math.isnan(value) else f"{'-' * (value < 0)}Infinity"
    if isinstance(value, list):
        return ",".join(as_text(each) for each in value)
    return "[object Object]" if isinstance(value, dict) else str(value)


def _digits(value: float) -> str:
    """A finite number as ECMAScript writes it (Number::toString): ``1e+21``, ``0.000001``."""
    digits, _, exponent = f"{abs(value)!r}".partition("e")
    whole, _, rest = digits.partition(".")
    rest = rest.rstrip("0")
    figures = (whole + rest).lstrip("0")
    # Where the point stands, counted from the first figure that is not zero.
    place = len(whole) + int(exponent or 0) - (len(whole + rest) - len(figures))
    sign = "-" if value < 0 else ""
    significant = figures.rstrip("0") or "0"
    if not figures:
        return "0"
    if 0 < place <= _PLAIN_UP_TO:
        figures = significant.ljust(place, "0")
        return sign + figures[:place] + ("." + figures[place:] if figures[place:] else "")
    if _PLAIN_FROM < place <= 0:
        return f"{sign}0.{'0' * -place}{significant}"
    behind = f".{significant[1:]}" if significant[1:] else ""
    return f"{sign}{significant[0]}{behind}e{place - 1:+d}"


def _unquoted(text: str) -> str:
    plain = _ESCAPE.sub(_escaped, text[1:-1])
    # Two halves of a pair are one letter; one alone is none.
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _escaped(escape: re.Match[str]) -> str:
    code = escape["code"] or escape["byte"] or escape["point"]
    if code is None:
        return _ESCAPES.get(escape[1], escape[1])
    return chr(min(int(code, 16), sys.maxunicode))
