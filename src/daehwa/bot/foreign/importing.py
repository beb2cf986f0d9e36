"""Making a bot of another system into a bot of Lex V2."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final

import msgspec

from daehwa.bot.archive import FILE_NAMES, read_files
from daehwa.bot.errors import ArchiveError, FieldError
from daehwa.bot.foreign.notes import Imported
from daehwa.bot.foreign.recognising import ForeignBot, System, recognise
from daehwa.bot.foreign.template_marks import is_no_export
from daehwa.bot.project.layout import is_project
from daehwa.bot.values import (
    Bot,
)

# The modules and their functions: a start that reads no such bot does not wait for them.
_READERS: Final[dict[System, tuple[str, str]]] = {
    "Lex V1": ("lex_v1", "from_lex_v1"),
    "CloudFormation": ("cloudformation.importing", "from_cloudformation"),
    "Terraform": ("terraform", "from_terraform"),
    "Dialogflow ES": ("dialogflow", "from_dialogflow"),
    "Rasa": ("rasa.rasa_bot", "from_rasa"),
}


def bring(path: Path) -> Imported:
    """The bot of any system at ``path`` as one of Lex V2, with notes of what was not carried.

    Raises:
        BotError: there is no bot of a system that can be imported, or it is at fault.
    """
    if holds_lex_bot(path):
        load = import_module("daehwa.bot.reader").load
        return Imported(system="Lex V2", bot=load(path), notes=())
    foreign = recognise(path)
    if foreign is None:
        raise ArchiveError(
            "there is no bot here that can be imported.",
            file=str(path),
            cure="Give the export of a Lex V2 bot, the zip or JSON of a Lex V1 bot, the zip of a "
            "Dialogflow ES agent, the folder of a Rasa assistant, a CloudFormation template, or "
            "what `terraform show -json` prints.",
        )
    named = _READERS.get(foreign.system)
    if named is None:
        raise ArchiveError(
            f"this is a bot of {foreign.system}, which cannot be imported yet.",
            file=str(path),
            cure="Write its intents as a Lex V2 bot; `docs/bots.md` shows how.",
        )
    reader: Callable[[ForeignBot, str], Imported] = getattr(
        import_module(f"daehwa.bot.foreign.{named[0]}"), named[1]
    )
    return _typed(reader(foreign, path.name.rpartition(".")[0] or path.name), path)


def _typed(imported: Imported, path: Path) -> Imported:
    """The bot, whose values have the types that a bot's have: other systems' files may not.

    A text that stands in YAML without quotes is a text.

    Raises:
        FieldError: a value has another type.
    """
    try:
        bot = msgspec.convert(msgspec.to_builtins(imported.bot, enc_hook=_text), Bot)
    except msgspec.ValidationError as fault:
        raise FieldError(
            f"this looks like a bot of {imported.system}, but it is incomplete ({fault}).",
            file=path.name,
            field="$",
            cure=f"Export the bot from {imported.system} again.",
        ) from fault
    return msgspec.structs.replace(imported, bot=bot)


def _text(value: object) -> str:
    """A text of a kind of its own as a text.

    Raises:
        NotImplementedError: it is not text.
    """
    if isinstance(value, str):
        return str(value)
    raise NotImplementedError


def holds_lex_bot(path: Path) -> bool:
    """Whether there is a bot of Lex V2: an export, or a project."""
    if is_project(path):
        return True
    if not path.exists() or is_no_export(path):
        return False
    try:
        files = read_files(path)
    except ArchiveError:
        return False
    kinds = {FILE_NAMES.get(name.rpartition("/")[2].casefold()) for name in files}
    return bool(kinds & {"Bot.json", "BotLocale.json", "Intent.json"})


def refusal(foreign: ForeignBot, path: Path) -> ArchiveError:
    """Why a bot of another system cannot be served as it is, and what to do."""
    cure = f"`daehwa import {path.name} FOLDER` makes a Lex V2 bot of it."
    if foreign.system not in _READERS:
        cure = "Only bots of Lex can be served; write its intents as a Lex V2 bot."
    return ArchiveError(
        f"this is a bot of {foreign.system}, not of Lex V2.", file=path.name, cure=cure
    )
