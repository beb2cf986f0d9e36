"""The Korean page of the commands: a table for each, from the same values as their help."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Final

from commands_korean import DEFAULTS, INTRODUCTION, WORDS
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

Parameter = TyperArgument | TyperOption

_HELP: Final = "help"


def korean_commands(note: str, group: TyperGroup) -> str:
    """Every command with its arguments and options; ValueError lists help without its Korean."""
    commands = list(_commands(group, ("daehwa",)))
    missing = {text for _, command in commands for text in _texts(command)} - WORDS.keys()
    missing |= {text for _, command in commands for text in _defaults(command)} - DEFAULTS.keys()
    if missing:
        raise ValueError(f"docs/commands_korean.py lacks the Korean of {sorted(missing)}")
    sections = [_section(path, command) for path, command in commands]
    return "\n".join((note, "", INTRODUCTION, "\n".join(sections)))


def _commands(
    command: TyperCommand, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], TyperCommand]]:
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from _commands(inner, (*path, name))


def _parameters(command: TyperCommand) -> list[Parameter]:
    return [one for one in command.params if one.name != _HELP and not one.hidden]


def _texts(command: TyperCommand) -> Iterator[str]:
    yield _paragraph(command.help)
    for parameter in _parameters(command):
        yield _paragraph(parameter.help)


def _defaults(command: TyperCommand) -> Iterator[str]:
    """The defaults that are described in words."""
    shown = (parameter.show_default for parameter in _parameters(command))
    return (one for one in shown if isinstance(one, str))


def _paragraph(text: str | None) -> str:
    return " ".join((text or "").replace(r"\[", "[").split())


def _section(path: tuple[str, ...], command: TyperCommand) -> str:
    lines = [f"## {' '.join(path)}", "", WORDS[_paragraph(command.help)], ""]
    rows = [_row(parameter) for parameter in _parameters(command)]
    if rows:
        lines += ["| 인수와 옵션 | 하는 일 | 기본값 |", "|---|---|---|", *rows, ""]
    return "\n".join(lines)


def _row(parameter: Parameter) -> str:
    words = WORDS[_paragraph(parameter.help)]
    values = parameter.type_descriptor.annotation
    if isinstance(values, type) and issubclass(values, Enum):
        words += f" {', '.join(f'`{one.value}`' for one in values)} 가운데 하나."
    if parameter.envvar:
        words += f" 환경 변수 `{parameter.envvar}`로도 정합니다."
    return f"| {_names(parameter)} | {words} | {_default(parameter)} |"


def _names(parameter: Parameter) -> str:
    if isinstance(parameter, TyperArgument):
        name = parameter.metavar or str(parameter.name).upper()
        return f"`{name}{'...' if parameter.nargs == -1 else ''}`"
    return ", ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts))


def _default(parameter: Parameter) -> str:
    shown = parameter.show_default
    if isinstance(shown, str):
        return DEFAULTS[shown]
    value = parameter.default
    if value is None or value is False or value in ((), [], "") or callable(value):
        return ""
    if value is True:
        return f"`{parameter.opts[0]}`"
    return f"`{value}`"
