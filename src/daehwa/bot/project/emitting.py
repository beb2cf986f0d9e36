"""Writing YAML as a person would: plain words plain, one sample a line, short lists in a row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from daehwa.bot.yaml_reader import Plain, as_json

_WIDE: Final = 96
_LONG_NAME: Final = 500
_IN_A_ROW: Final = frozenset({"needs", "gives", "hooks", "default", "clear"})
_UNSAFE_START: Final = re.compile(r"[-?:,\[\]{}#&*!|>'\"%@`=<~\s]|\.\.\.|---")
_UNSAFE: Final = re.compile(r":(\s|$)|\s#|[,\[\]{}]|\s$")
_NEEDS_QUOTES_IN_BLOCK: Final = re.compile(r":(\s|$)|\s#|\s$")
_LINES: Final = re.compile(r"[^\s].*", re.DOTALL)
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def emit(members: Mapping[str, Any], *, apart: tuple[str, ...] = ()) -> str:
    """The members of a file as YAML; what is below the names ``apart`` has blank lines between."""
    lines: list[str] = []
    for name, value in members.items():
        if lines and name in apart:
            lines.append("")
        if name in apart and isinstance(value, Mapping) and value:
            lines.append(f"{_name(name)}:")
            for at, (inner, below) in enumerate(value.items()):
                lines += ([""] if at else []) + _member(inner, below, 1, name)
        else:
            lines += _member(name, value, 0, "")
    return "\n".join(lines) + "\n"


def _member(name: str, value: Any, level: int, within: str) -> list[str]:
    margin = "  " * level
    key = _name(name)
    if len(key) > _LONG_NAME:
        head, rest = f"{margin}? {key}\n{margin}:", ""
    else:
        head, rest = f"{margin}{key}:", ""
    inside = "lex" if name == "lex" or within == "lex" else name
    row = _row(value) if _may_be_a_row(value, name, within) else None
    if row is not None and len(head) + len(row) <= _WIDE + 2 * level:
        return [f"{head} {row}"]
    if isinstance(value, str) and _is_block(value):
        return [f"{head} {_block(value, level + 1)}"]
    if isinstance(value, Mapping) and value:
        return [
            head,
            *(line for n, v in value.items() for line in _member(n, v, level + 1, inside)),
        ]
    if isinstance(value, list) and value:
        return [head, *(line for item in value for line in _item(item, level + 1, inside))]
    return [f"{head} {_scalar(value)}{rest}"]


def _item(value: Any, level: int, within: str) -> list[str]:
    margin = "  " * level
    if isinstance(value, Mapping) and value:
        row = _row(value) if within == "lex" else None
        if row is not None and len(row) <= _WIDE:
            return [f"{margin}- {row}"]
        lines = [line for n, v in value.items() for line in _member(n, v, level + 1, within)]
        return [f"{margin}- {lines[0][len(margin) + 2 :]}", *lines[1:]]
    if isinstance(value, list) and value:
        row = _row(value)
        if row is not None:
            return [f"{margin}- {row}"]
        lines = [line for item in value for line in _item(item, level + 1, within)]
        return [f"{margin}- {lines[0][len(margin) + 2 :]}", *lines[1:]]
    if isinstance(value, str) and _is_block(value):
        return [f"{margin}- {_block(value, level + 1)}"]
    return [f"{margin}- {_scalar(value)}"]


def _may_be_a_row(value: Any, name: str, within: str) -> bool:
    if not isinstance(value, Mapping | list) or not value:
        return False
    if within == "lex" or name == "lex":
        return name != "lex"
    return isinstance(value, list) and (name in _IN_A_ROW or within == "values")


def _row(value: Any) -> str | None:
    """The value in flow style."""
    if isinstance(value, Mapping):
        if any(len(name) > _LONG_NAME for name in value):
            return None
        parts = [f"{_name(name, row=True)}: {_row(inner)}" for name, inner in value.items()]
        return "{" + ", ".join(parts) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(str(_row(item)) for item in value) + "]"
    return _scalar(value, row=True)


def _name(name: str, *, row: bool = False) -> str:
    return scalar(name, row=row)


def _scalar(value: Any, *, row: bool = False) -> str:
    match value:
        case None:
            return "~"
        case bool():
            return "true" if value else "false"
        case str():
            return scalar(value, row=row)
        case list():
            return "[]"
        case dict():
            return "{}"
        case float() | int():
            return repr(value)
    raise TypeError(type(value))


def scalar(text: str, *, row: bool = False) -> str:
    """A text as it stands in a file; ``row`` inside a list or mapping that is in a row."""
    unsafe = _UNSAFE if row else _NEEDS_QUOTES_IN_BLOCK
    plain = (
        text != ""
        and not _UNSAFE_START.match(text)
        and not unsafe.search(text)
        and all(sign == " " or sign.isprintable() for sign in text)
        and isinstance(as_json(Plain(text)), str)
    )
    if plain:
        return text
    if '"' in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(sign: str) -> str:
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    if sign == " " or (sign.isprintable() and sign not in "\ufeff\ufffe\uffff"):
        return sign
    code = ord(sign)
    if code <= 0xFF:  # noqa: PLR2004 - the escapes of YAML
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"  # noqa: PLR2004


def _is_block(text: str) -> bool:
    """Whether a text of several lines can stand as its lines."""
    lines = text.split("\n")
    return (
        len(lines) > 1
        and bool(_LINES.fullmatch(text))
        and not text.endswith("\n")
        and all(line == line.rstrip() for line in lines)
        and all(sign in " \n" or sign.isprintable() for sign in text)
    )


def _block(text: str, level: int) -> str:
    margin = "  " * level
    return "|-\n" + "\n".join(f"{margin}{line}" if line else "" for line in text.split("\n"))
