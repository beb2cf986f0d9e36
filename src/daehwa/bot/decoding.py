"""JSON to typed values, with errors that say where and what to do."""

from __future__ import annotations

import functools
import json
import math
import types
import typing
from typing import Any, Final, NamedTuple, NoReturn, TypeVar

import msgspec

from daehwa.bot.errors import FieldError, MalformedJSONError
from daehwa.bot.fields import export_name, fields
from daehwa.bot.nearest_word import nearest_cure

_T = TypeVar("_T")

_KINDS: Final[dict[Any, str]] = {
    str: 'text in "double quotes"',
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    dict: "an object in { }",
    list: "a list in [ ]",
}
_SHOWN: Final = 60
_MAX_DEPTH: Final = 100  # real exports nest about fifteen deep


class _Place(NamedTuple):
    """A place in a file."""

    file: str
    path: str

    def member(self, name: str) -> _Place:
        return _Place(self.file, f"{self.path}.{name}")

    def item(self, index: int) -> _Place:
        return _Place(self.file, f"{self.path}[{index}]")

    def refuse(self, problem: str, cure: str) -> NoReturn:
        raise FieldError(problem, file=self.file, field=self.path, cure=cure)


class _Member(NamedTuple):
    """A member of an object, by the name that it has in the file."""

    name: str
    value: Any


def parse(data: bytes, file: str) -> Any:
    """The JSON in a file; a byte order mark is fine.

    Raises:
        MalformedJSONError: it is not JSON, or not text that can be sent on.
    """
    try:
        text = data.decode(json.detect_encoding(data))
    except UnicodeDecodeError as error:
        raise MalformedJSONError(
            f"the file is not UTF-8 (byte {error.start}).", file=file, cure="Save it as UTF-8."
        ) from error
    try:
        value = json.loads(text, parse_constant=_no_constant, parse_float=_finite)
        if "\\ud" in text.casefold():
            json.dumps(value, ensure_ascii=False).encode()
        _check_depth(value)
    except json.JSONDecodeError as error:
        raise MalformedJSONError(
            f"the file is not JSON: {error.msg}.",
            file=file,
            field=_place(error),
            cure=_syntax_cure(error),
        ) from error
    except UnicodeEncodeError as error:
        raise MalformedJSONError(
            "the file has half of a character (a lone \\ud800-\\udfff escape).",
            file=file,
            cure="Write the whole character.",
        ) from error
    except RecursionError as error:
        raise MalformedJSONError(
            "the file is nested too deeply.", file=file, cure="Check that this is a Lex export."
        ) from error
    except ValueError as error:
        raise MalformedJSONError(
            f"the file has a number that JSON does not know: {error}.",
            file=file,
            cure="Write an ordinary number.",
        ) from error
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError(digits)
    return number


def _check_depth(value: Any) -> None:
    level = [value]
    for _ in range(_MAX_DEPTH):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return
    raise RecursionError


def _place(error: json.JSONDecodeError) -> str:
    """Where a file breaks off: for a comma too many, at the comma, as Python 3.13 has it."""
    comma = _trailing_comma(error)
    if comma is not None:
        error = json.JSONDecodeError(error.msg, error.doc, comma)
    return f"line {error.lineno}, column {error.colno}"


def _trailing_comma(error: json.JSONDecodeError) -> int | None:
    """The place of a comma before a closing bracket, where that is the fault."""
    for place in (error.pos, len(error.doc[: error.pos].rstrip()) - 1):
        if error.doc[place : place + 1] == "," and error.doc[place + 1 :].lstrip()[:1] in (
            "}",
            "]",
        ):
            return place
    return None


def _syntax_cure(error: json.JSONDecodeError) -> str:
    if not error.doc.strip():
        return "The file is empty: export the bot again."
    rest = error.doc[error.pos :].lstrip()
    if _trailing_comma(error) is not None:
        return "Remove the comma before the closing bracket."
    if rest.startswith(("//", "/*", "#")):
        return "Remove the comment: JSON has no comments."
    if not rest:
        return "The file ends too early: a closing bracket or a quotation mark is missing."
    return "Look for a missing comma, quotation mark or bracket there or just before it."


def decode(kind: type[_T], raw: Any, file: str) -> _T:
    """The value that parsed JSON stands for; members that are not known go to ``extra``.

    Raises:
        FieldError: a member is missing or has the wrong type.
    """
    return typing.cast("_T", _struct(kind, raw, _Place(file, "$")))


def decode_object(raw: Any, file: str) -> dict[str, Any]:
    """Parsed JSON that has to be an object, otherwise left alone."""
    return typing.cast("dict[str, Any]", _read(dict[str, Any], raw, _Place(file, "$")))


def _struct(kind: Any, raw: Any, at: _Place) -> Any:
    if not isinstance(raw, dict):
        _wrong_type(raw, dict, at)
    known = fields(kind)
    members: dict[str, _Member] = {}
    extra: dict[str, Any] = {}
    for name, value in raw.items():
        spelled = export_name(kind, name)
        if spelled not in known or (spelled != name and spelled in raw) or spelled in members:
            extra[name] = value
        else:
            members[spelled] = _Member(name, value)
    built: dict[str, Any] = {"extra": extra}
    for field in known.values():
        member = members.get(field.name)
        place = at.member(field.name if member is None else member.name)
        if member is not None and member.value is not None:
            built[field.attribute] = _read(field.type, member.value, place)
        elif field.required:
            place.refuse(f'"{field.name}" is missing.', f"Add it: {_wanted(field.type)}.")
        else:
            built[field.attribute] = field.absent()
    return kind(**built)


def _read(kind: Any, raw: Any, at: _Place) -> Any:
    origin = typing.get_origin(kind)
    if kind is Any or (raw is None and type(None) in typing.get_args(kind)):
        return raw
    if origin in (typing.Union, types.UnionType):
        return _read(_inner(kind), raw, at)
    if origin in (tuple, dict):
        return _container(kind, raw, at)
    if origin is typing.Literal:
        return _choice(kind, raw, at)
    if issubclass(kind, msgspec.Struct):
        return _struct(kind, raw, at)
    return _scalar(kind, raw, at)


def _container(kind: Any, raw: Any, at: _Place) -> Any:
    if typing.get_origin(kind) is tuple:
        if not isinstance(raw, list):
            _wrong_type(raw, list, at)
        item = typing.get_args(kind)[0]
        return tuple(_read(item, value, at.item(i)) for i, value in enumerate(raw))
    if not isinstance(raw, dict):
        _wrong_type(raw, dict, at)
    item = typing.get_args(kind)[1]
    return {name: _read(item, value, at.member(name)) for name, value in raw.items()}


def _scalar(kind: Any, raw: Any, at: _Place) -> Any:
    if kind in (int, float) and isinstance(raw, bool):
        _wrong_type(raw, kind, at)
    if kind is float and isinstance(raw, int):
        return float(raw)
    if kind is int and isinstance(raw, float) and raw.is_integer():
        return int(raw)
    if not isinstance(raw, kind):
        _wrong_type(raw, kind, at)
    return raw


def _choice(kind: Any, raw: Any, at: _Place) -> str:
    """One of a few words; the API spells those in capitals as ``TopResolution``."""
    word = _words(kind).get(raw) if isinstance(raw, str) else None
    if word is None:
        cure = nearest_cure(raw, typing.get_args(kind))
        at.refuse(f"{_show(raw)} is not a choice here.", cure)
    return word


@functools.cache
def _words(kind: Any) -> dict[str, str]:
    words = typing.get_args(kind)
    in_api = {word.title().replace("_", ""): word for word in words if word.isupper()}
    return in_api | {word: word for word in words}


def _inner(kind: Any) -> Any:
    """The type in ``T | None``."""
    return next(arg for arg in typing.get_args(kind) if arg is not type(None))


def _wanted(kind: Any) -> str:
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _wanted(_inner(kind))
    if origin is typing.Literal:
        return "one of " + ", ".join(f'"{word}"' for word in typing.get_args(kind))
    if origin is tuple:
        return _KINDS[list]
    return _KINDS.get(kind, _KINDS[dict])


def _wrong_type(raw: Any, kind: Any, at: _Place) -> NoReturn:
    wanted = _KINDS[kind]
    at.refuse(f"this is {_show(raw)}, but has to be {wanted}.", f"Write {wanted} there.")


def _show(raw: Any) -> str:
    if isinstance(raw, dict | list):
        return "an object" if isinstance(raw, dict) else "a list"
    text = json.dumps(raw, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
