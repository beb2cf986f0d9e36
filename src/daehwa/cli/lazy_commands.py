"""The commands, each imported when it is used, so that it does not load what the others need."""

from __future__ import annotations

import gc
import inspect
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any, cast

import typer
from rich.markup import escape
from typer.core import TyperGroup

# In the order of the help: the module of ``daehwa.cli`` and what it calls the command.
_HOMES = {
    "new": ("projects", "new"),
    "serve": ("serve", "serve"),
    "chat": ("chat", "chat"),
    "bots": ("bots", "bots"),
    "check": ("bots", "check"),
    "diff": ("account", "diff"),
    "export": ("bots", "export"),
    "import": ("bots", "import_bot"),
    "test": ("conversation_tests", "run_tests"),
    "schema": ("projects", "schema"),
    "evaluate": ("evaluate", "evaluate"),
    "index": ("index_documents", "index"),
    "missed": ("missed", "missed"),
    "learn": ("learn", "learn"),
    "ignore": ("ignore", "ignore"),
    "suggest": ("suggest", "suggest"),
    "compare": ("compare", "compare"),
    "report": ("report", "report"),
    "transcript": ("person", "transcript"),
    "forget": ("person", "forget"),
    "publish": ("publish", "publish"),
    "push": ("account", "push"),
    "pull": ("account", "pull"),
    "doctor": ("doctor", "doctor"),
    "backup": ("backup", "backup"),
    "restore": ("backup", "restore"),
    "model": ("model", "app"),
}


class _Commands(Mapping[str, Any]):
    """Every command by its name; looking one up imports it."""

    def __init__(self) -> None:
        self._imported: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._imported:
            self._imported[name] = _import_command(name)
        return self._imported[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_HOMES)

    def __len__(self) -> int:
        return len(_HOMES)


class LazyCommands(TyperGroup):
    """The group of all commands."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = cast("dict[str, Any]", _Commands())


def _import_command(name: str) -> Any:
    module, attribute = _HOMES[name]
    value = getattr(_import_for_good(f"daehwa.cli.{module}"), attribute)
    if isinstance(value, typer.Typer):
        command = typer.main.get_command(value)
        command.name = name
        return command
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    # Rich would take what stands in brackets, as [store] of the configuration, for its markup.
    # Under python -OO no function has a text.
    alone.command(name, help=escape(inspect.cleandoc(value.__doc__ or "")))(value)
    return typer.main.get_command(alone)


def _import_for_good(name: str) -> ModuleType:
    """Import a module for good, without garbage collections meanwhile.

    It passes over what was imported later on, too.
    """
    gc.disable()
    try:
        return import_module(name)
    finally:
        gc.freeze()
        gc.enable()
