"""What is wrong with a settings file, and what to write, in the words of TOML.

msgspec names a fault by JSON's types and a path from the root; whoever wrote the file knows tables
and lines.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Any, Final

import msgspec

_ONE_TABLE: Final = re.compile(r"Expected `array`, got `object` - at `\$\.([\w.]+)`")
_UNKNOWN: Final = re.compile(r"Object contains unknown field `(.*?)`(?: - at `\$\.(.+)`)?")
_WRONG_TYPE: Final = re.compile(r"Expected `(.+?)`, got `(\w+)` - at `\$\.(.+)`")
_BOUND: Final = re.compile(r"Expected `\w+` ([<>]=?) ([\d.]+) - at `\$\.(.+)`")
_PATTERN: Final = re.compile(r"Expected `str` matching regex '.*' - at `\$\.(.+)`", re.DOTALL)
_PLACED: Final = re.compile(r"(.*) - at `\$\.(.+)`", re.DOTALL)
_MISSING: Final = r"Object missing required field `(.+?)`(?: - at `\$\.(.+)`)?"
_CHOICE: Final = r"(?s)Invalid enum value (.+) - at `\$\.(.+)`"
# What other programs call a setting, where a table has ours.
_ELSEWHERE: Final = {
    "url": "base_url", "endpoint": "base_url", "api_base": "base_url", "api_key": "key",
    "timeout": "seconds", "prompt": "system", "system_prompt": "system",
}  # fmt: skip
_SAMPLING: Final = frozenset({
    "temperature", "top_p", "top_k", "seed", "frequency_penalty", "presence_penalty",
    "reasoning_effort", "min_p", "repetition_penalty",
})  # fmt: skip
_BOUNDS: Final = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}
_INDEX: Final = re.compile(r"\[(\d+|\.\.\.)\]")
_INDEX_AT_END: Final = re.compile(r"\[(\d+|\.\.\.)\]$")
_TYPES: Final = {
    "str": "a text in quotes", "int": "a whole number", "float": "a number",
    "bool": "true or false", "array": "a list", "object": "a table", "null": "",
}  # fmt: skip


def in_toml(problem: str, settings: type[msgspec.Struct], text: str) -> str:
    """What msgspec calls ``problem``, of a file that says ``text``: with its line where known."""
    if (single := _ONE_TABLE.fullmatch(problem)) is not None:
        return f"[{single[1]}] may be there more than once: write [[{single[1]}]]"
    if (unknown := _UNKNOWN.fullmatch(problem)) is not None:
        return _unknown(unknown[1], unknown[2] or "", settings, text)
    known = _mistyped(problem, text) or _limited(problem, text)
    if (known := known or _missing(problem) or _chosen(problem, settings, text)) is not None:
        return known
    if (placed := _PLACED.fullmatch(problem)) is not None:
        return placed[1] if placed[1].startswith("[") else f"[{_named(placed[2])}]: {placed[1]}"
    return problem


def _mistyped(problem: str, text: str) -> str | None:
    """A value of another type."""
    if (mistyped := _WRONG_TYPE.fullmatch(problem)) is None:
        return None
    name, where = _place(mistyped[3])
    kinds = [_TYPES.get(each, each) for each in mistyped[1].split(" | ")]
    wanted = " or ".join(filter(None, kinds))
    written = _TYPES.get(mistyped[2], mistyped[2])
    return f"{_line(text, name)}{where} has to be {wanted}, but is {written}"


def _missing(problem: str) -> str | None:
    """A setting that has to be there."""
    if (missing := re.fullmatch(_MISSING, problem)) is None:
        return None
    where = f"[{_named(missing[2])}]" if missing[2] else "the file"
    return f"{where} has no {missing[1]}: write it"


def _chosen(problem: str, settings: type[msgspec.Struct], text: str) -> str | None:
    """A setting whose value is not one of the allowed words."""
    if (chosen := re.fullmatch(_CHOICE, problem)) is None:
        return None
    name, where = _place(chosen[2])
    return f"{_line(text, name)}{where} is {chosen[1]}: {_choices(settings, chosen[2])}"


def _limited(problem: str, text: str) -> str | None:
    """A value of the right type that is too large, too small, or of another form."""
    if (bound := _BOUND.fullmatch(problem)) is not None:
        name, where = _place(bound[3])
        number = bound[2].removesuffix(".0")
        return f"{_line(text, name)}{where} has to be {_BOUNDS[bound[1]]} {number}"
    if (shaped := _PATTERN.fullmatch(problem)) is not None:
        name, where = _place(shaped[1])
        cure = "docs/configuration.md shows its form"
        return f"{_line(text, name)}{where} is not valid: {cure}"
    return None


def _choices(settings: type[msgspec.Struct], path: str) -> str:
    """What a setting may be, where there are only these."""
    table, _, name = _INDEX_AT_END.sub("", path).rpartition(".")
    kinds = [one.type for one in _fields(settings, table) if one.encode_name == name]
    names = list(dict.fromkeys(each for kind in kinds for each in _words(kind)))
    return f"write {' or '.join(names)}" if names else "docs/configuration.md lists what there is"


def _words(kind: Any) -> Iterator[str]:
    """The texts that a type is made of."""
    for part in getattr(kind, "__args__", ()):
        if isinstance(part, str):
            yield part
        else:
            yield from _words(part)


def _place(path: str) -> tuple[str, str]:
    """A setting's name alone, and with its table (for an item of a list, the list's table)."""
    table, _, name = _INDEX_AT_END.sub("", path).rpartition(".")
    return name, f"[{_named(table)}] {name}" if table else name


def _unknown(name: str, path: str, settings: type[msgspec.Struct], text: str) -> str:
    where = f"[{_named(path)}] has" if path else "there is"
    known = {field.encode_name for field in _fields(settings, path)}
    near = difflib.get_close_matches(name, known, 1)
    if _ELSEWHERE.get(name) in known:
        near = [_ELSEWHERE[name]]
    cure = f"write {near[0]}" if near else "docs/configuration.md lists what there is"
    if name in _SAMPLING and "sampling" in known:
        cure = f"write sampling = {{ {name} = ... }}"
    return f"{_line(text, name)}{where} no setting {name}: {cure}"


def _named(path: str) -> str:
    """A table's name as TOML has it: one of a list by its number, from 1."""
    return _INDEX.sub(lambda at: f" {int(at[1]) + 1}" if at[1].isdigit() else "", path)


def _line(text: str, name: str) -> str:
    """``line 4: ``, if exactly one line of the file sets the name or begins its table."""
    own = re.compile(rf"\s*(?:\[+\s*)?(?:[\w\"'-]+\s*\.\s*)*[\"']?{re.escape(name)}[\"']?\s*[=.\]]")
    lines = [at for at, line in enumerate(text.splitlines(), start=1) if own.match(line)]
    return f"line {lines[0]}: " if len(lines) == 1 else ""


def _fields(settings: type[msgspec.Struct], path: str) -> tuple[msgspec.structs.FieldInfo, ...]:
    """The settings of the table at a path; none if that table is not a struct."""
    kind: Any = settings
    for step in _INDEX.sub("", path).split(".") if path else ():
        by_name = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
        kind = next(_structs(by_name.get(step)), None)
        if kind is None:
            return ()
    return msgspec.structs.fields(kind)


def _structs(kind: Any) -> Iterator[type[msgspec.Struct]]:
    """The structs that a type is made of."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield kind
    for part in getattr(kind, "__args__", ()):
        yield from _structs(part)
