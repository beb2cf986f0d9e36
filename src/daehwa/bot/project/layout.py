"""Where a project keeps what.

bot.yaml                 the bot
ko_KR.yaml               a file for each locale
identifiers.yaml         the ids that Lex gave, where they are not made of the names
flows/ko_KR/Order.json   the visual builder's drawing of an intent
grammars/ko_KR/…         the grammars of grammar slot types
tests/ hooks/            conversations that are tested, and code hooks
daehwa.toml              what has no place in a bot
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from daehwa.bot.language_locales import locale_for_file
from daehwa.bot.layout import folder

BOT: Final = "bot.yaml"
IDENTIFIERS: Final = "identifiers.yaml"
CONFIGURATION: Final = "daehwa.toml"

_LOCALE: Final = re.compile(r"([a-z]{2,3}_[A-Z0-9]{2,3})\.ya?ml")


def is_project(path: Path) -> bool:
    """Whether a folder is a project, or a file its ``bot.yaml``."""
    return (path / BOT).is_file() or (path.name == BOT and path.is_file())


def nearly_a_project(path: Path) -> str | None:
    """The file of a folder that was meant to be its ``bot.yaml``, or needs one beside it."""
    if not path.is_dir():
        return None
    names = sorted(each.name for each in path.iterdir())
    near = [each for each in names if each.casefold() in ("bot.yaml", "bot.yml")]
    return next(iter(near or [each for each in names if locale_of(each)]), None)


def locale_of(name: str) -> str | None:
    """The locale whose file has that name."""
    match = _LOCALE.fullmatch(name)
    return match[1] if match else None


def meant_locale(name: str) -> str | None:
    """The locale that a file's name was probably meant to have (``ko-kr.yaml``)."""
    if locale_of(name):
        return None
    name = name.strip().removesuffix(".txt").replace(" ", "")
    if locale := locale_of(name):
        return locale
    stem, _, ending = name.casefold().rpartition(".")
    return locale_for_file(stem) if ending in ("yaml", "yml") else None


def locale_file(locale: str) -> str:
    """The file of a locale."""
    return f"{locale}.yaml"


def flow_file(locale: str, intent: str) -> str:
    """The file of the visual builder's drawing of an intent."""
    return f"flows/{locale}/{folder(intent)}.json"


def grammar_file(locale: str, slot_type: str, kind: str) -> str:
    """The file of a slot type's grammar."""
    return f"grammars/{locale}/{folder(slot_type)}{kind}"


def project_files(folder: Path) -> list[Path]:
    """The files that make the bot of a project, sorted: what a change of it changes."""
    if folder.is_file():
        folder = folder.parent
    root = [path for path in folder.iterdir() if _is_of_the_bot(path)]
    deep = [
        path for kind in ("flows", "grammars") for path in (folder / kind).rglob("*")
        if path.is_file()
    ]  # fmt: skip
    return sorted([*root, *deep])


def _is_of_the_bot(path: Path) -> bool:
    return path.name in (BOT, IDENTIFIERS) or locale_of(path.name) is not None
