"""Which tests there are, and which of them are chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from daehwa import bot
from daehwa.care.errors import TestingError
from daehwa.care.testing.conversation_file import read_test_file
from daehwa.care.testing.lex_test_set import read_lex_test_set
from daehwa.care.testing.values import Conversation

ENDINGS: Final = (".yaml", ".yml", ".csv")
FOLDER: Final = "tests"


def is_test_file(path: Path) -> bool:
    """Whether a path is named like a test: YAML, or a Lex test set."""
    ends = path.suffix.lower() in ENDINGS
    return ends and not path.is_dir() and not bot.is_template(path)


def test_files(given: Sequence[Path], bot_path: Path | None) -> list[Path]:
    """The files that are given, or those in folders that are; without any, those beside the bot.

    What is not there as it is given is looked for in the bot's folder.

    Raises:
        TestingError: one is not there, or there is none.
    """
    places = [_place(each, bot_path) for each in given]
    if not places:
        beside = [] if bot_path is None else [bot_path / FOLDER]
        places = [place for place in (*beside, Path(FOLDER)) if place.is_dir()][:1]
        if not places:
            where = " or ".join(str(place) for place in dict.fromkeys((*beside, Path(FOLDER))))
            raise TestingError(f"there are no tests in {where}: name a file, or a folder of them")
    files: list[Path] = []
    for place in places:
        if place.is_dir():
            files += sorted(path for path in place.rglob("*") if is_test_file(path))
        elif place.exists():
            files.append(place)
        else:
            raise TestingError(f"{place} does not exist: check its name")
    if not files:
        raise TestingError(f"there are no tests in {', '.join(map(str, places))}")
    return list(dict.fromkeys(files))


def _place(given: Path, bot_path: Path | None) -> Path:
    inside = None if bot_path is None else bot_path / given
    return inside if inside is not None and not given.exists() and inside.exists() else given


test_files.__test__ = False  # type: ignore[attr-defined] # no test, whatever its name


def read_conversations(files: Iterable[Path]) -> list[Conversation]:
    """The conversations of all files, in order.

    Raises:
        TestingError: everything that is wrong in them, a line each.
    """
    conversations: list[Conversation] = []
    problems: list[str] = []
    for path in files:
        read = read_lex_test_set if path.suffix.lower() == ".csv" else read_test_file
        try:
            conversations += read(path)
        except TestingError as error:
            problems.append(str(error))
    if problems:
        raise TestingError("\n".join(problems))
    return conversations


def choose(conversations: Iterable[Conversation], words: str | None) -> list[Conversation]:
    """Those with all of the words in file and name, whatever their case.

    A word after ``not`` leaves out those that have it; ``and`` between words is passed over.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    refuse = False
    for word in (words or "").casefold().split():
        if word == "not":
            refuse = True
        elif word != "and":
            (unwanted if refuse else wanted).append(word)
            refuse = False
    return [
        each
        for each in conversations
        if all(word in each.id.casefold() for word in wanted)
        and not any(word in each.id.casefold() for word in unwanted)
    ]
