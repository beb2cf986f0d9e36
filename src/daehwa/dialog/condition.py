"""The condition language: its lexer, its recursive-descent parser, its syntax tree.

    expression = conjunction { ("OR" | "||") conjunction }
    conjunction = negation { ("AND" | "&&") negation }
    negation = ("NOT" | "!") negation | "(" expression ")" | comparison
    comparison = operand [ operator operand ]
    operator = "=" | "!=" | "<" | "<=" | ">" | ">=" | "CONTAINS"
    operand = "{slot}" | "[session attribute]" | "((request attribute))" | "$.path"
            | function "(" reference ")" | number | "text" | duration | date | time | word
    function = "fn.COUNT" | "fn.IS_SET" | "fn.LENGTH"

Only ``fn.IS_SET`` may stand without an operator. Lex wants a reference on the left and a
constant on the right; this grammar takes either on both sides, since real bots compare two
attributes. Keywords and function names are read in any case. Source: the Lex V2 guide,
"Creating conditional branches" (section 4.5).
"""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

import msgspec

from daehwa.dialog.errors import ConditionError
from daehwa.dialog.scope import Reference

MAX_DEPTH: Final = 64
"""How deep parentheses and negations may nest; Lex's 1,024 characters need far less."""

Operator = Literal["=", "!=", "<", "<=", ">", ">=", "CONTAINS"]
FunctionName = Literal["COUNT", "IS_SET", "LENGTH"]


class Constant(msgspec.Struct, frozen=True):
    """A literal: its text, and whether it is written as a number."""

    text: str
    number: bool = False


class Function(msgspec.Struct, frozen=True):
    """A function of one reference."""

    name: FunctionName
    argument: Reference


Operand: TypeAlias = Reference | Constant | Function


class Comparison(msgspec.Struct, frozen=True):
    """Two operands and how they have to compare."""

    left: Operand
    operator: Operator
    right: Operand


class IsSet(msgspec.Struct, frozen=True):
    """``fn.IS_SET(reference)`` on its own."""

    argument: Reference


class Not(msgspec.Struct, frozen=True):
    """Negation."""

    inner: Expression


class And(msgspec.Struct, frozen=True):
    """All of them."""

    parts: tuple[Expression, ...]


class Or(msgspec.Struct, frozen=True):
    """Any of them."""

    parts: tuple[Expression, ...]


Expression: TypeAlias = Comparison | IsSet | Not | And | Or

TokenKind = Literal[
    "slot", "session", "request", "path", "function", "string", "number", "literal",
    "operator", "and", "or", "not", "open", "close", "end",
]  # fmt: skip


class _Token(msgspec.Struct, frozen=True):
    """A word of the language and where it begins."""

    kind: TokenKind
    text: str
    position: int


_TOKEN = re.compile(
    r"""(?:
        \{\s*(?P<slot>[^{}\[\]()"]+?)\s*\}
      | \[\s*(?P<session>[^{}\[\]()"]+?)\s*\]
      | \(\(\s*(?P<request>[\w.:/-]+)\s*\)\)
      | (?P<path>\$\.[\w.\[\]-]+)
      | fn\.(?P<function>\w+)
      | "(?P<string>(?:[^"\\]|\\.)*)"
      | (?P<literal>\d{4}-\d\d(?:-\d\d)?(?:T\d\d:\d\d(?::\d\d)?)?(?![\w.])
            | \d\d?:\d\d(?::\d\d)?(?![\w.]))
      | (?P<number>[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?!\w))
      | (?P<operator>!= | <= | >= | == | = | < | >)
      | (?P<and>&&)
      | (?P<or>\|\|)
      | (?P<not>!)
      | (?P<open>\()
      | (?P<close>\))
      | (?P<word>[^\W\d]\w*)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_SPACE = re.compile(r"\s*")
_KEYWORDS: dict[str, TokenKind] = {"and": "and", "or": "or", "not": "not", "contains": "operator"}
_FUNCTIONS: dict[str, FunctionName] = {"count": "COUNT", "is_set": "IS_SET", "length": "LENGTH"}
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


def tokens(expression: str) -> list[_Token]:
    """Split an expression into its words; the last one is ``end``.

    Raises:
        ConditionError: a character begins no word.
    """
    words: list[_Token] = []
    position, end = _SPACE.match(expression).end(), len(expression.rstrip())  # type: ignore[union-attr]
    while position < end:
        match = _TOKEN.match(expression, position)
        if match is None:
            raise ConditionError(
                "No word of the language begins here", expression=expression, position=position
            )
        group = match.lastgroup or ""
        words.append(_token(group, match[group], position))
        position = _SPACE.match(expression, match.end()).end()  # type: ignore[union-attr]
    words.append(_Token("end", "", len(expression)))
    return words


def _token(group: str, text: str, start: int) -> _Token:
    if group == "word":
        return _Token(
            _KEYWORDS.get(text.casefold(), "literal"),
            text.upper() if text.casefold() in _KEYWORDS else text,
            start,
        )
    if group == "string":
        return _Token("string", _ESCAPE.sub(r"\1", text), start)
    if group == "operator" and text == "==":
        return _Token("operator", "=", start)
    return _Token(group, text, start)  # type: ignore[arg-type]


def parse_condition(expression: str) -> Expression:
    """Parse an expression of the condition language.

    Raises:
        ConditionError: it does not parse; the error has the position.
    """
    return _Parser(expression).whole()


class _Parser:
    """Each method reads one rule of the grammar."""

    def __init__(self, expression: str) -> None:
        self.expression = expression
        self.tokens = tokens(expression)
        self.index = 0
        self.depth = 0

    @property
    def token(self) -> _Token:
        return self.tokens[self.index]

    def advance(self) -> _Token:
        token = self.tokens[self.index]
        self.index += 1
        return token

    def wrong(self, message: str) -> ConditionError:
        return ConditionError(message, expression=self.expression, position=self.token.position)

    def whole(self) -> Expression:
        tree = self.disjunction()
        if self.token.kind != "end":
            raise self.wrong("The expression should end here")
        return tree

    def disjunction(self) -> Expression:
        parts = [self.conjunction()]
        while self.token.kind == "or":
            self.advance()
            parts.append(self.conjunction())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def conjunction(self) -> Expression:
        parts = [self.negation()]
        while self.token.kind == "and":
            self.advance()
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def negation(self) -> Expression:
        if self.token.kind not in ("not", "open"):
            return self.comparison()
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.wrong(f"More than {MAX_DEPTH} levels of nesting")
        tree = self.inner()
        self.depth -= 1
        return tree

    def inner(self) -> Expression:
        if self.advance().kind == "not":
            return Not(self.negation())
        tree = self.disjunction()
        self.close()
        return tree

    def comparison(self) -> Expression:
        left = self.operand()
        if self.token.kind != "operator":
            if isinstance(left, Function) and left.name == "IS_SET":
                return IsSet(left.argument)
            raise self.wrong("An operator should follow")
        operator = self.advance().text
        right = self.operand()
        return Comparison(left, operator, right)  # type: ignore[arg-type]

    def operand(self) -> Operand:
        token = self.token
        match token.kind:
            case "slot" | "session" | "request" | "path":
                self.advance()
                return Reference(token.kind, token.text)
            case "string" | "literal" | "number":
                self.advance()
                return Constant(token.text, number=token.kind == "number")
            case "function":
                return self.function()
            case _:
                raise self.wrong("A slot, an attribute, a function or a constant should stand here")

    def function(self) -> Function:
        name = _FUNCTIONS.get(self.token.text.casefold())
        if name is None:
            raise self.wrong(f"There is no function fn.{self.token.text}")
        self.advance()
        return Function(name, self.argument())

    def argument(self) -> Reference:
        # fn.IS_SET((x)) is read by the lexer as a request attribute, parentheses and all.
        if self.token.kind == "request":
            return Reference("request", self.advance().text)
        if self.token.kind != "open":
            raise self.wrong("A function's argument has to be in parentheses")
        self.advance()
        token = self.advance()
        match token.kind:
            case "slot" | "session" | "request" | "path":
                self.close()
                return Reference(token.kind, token.text)
        self.index -= 1
        raise self.wrong("A function takes a slot or an attribute")

    def close(self) -> None:
        if self.token.kind != "close":
            raise self.wrong("A closing parenthesis is missing")
        self.advance()
