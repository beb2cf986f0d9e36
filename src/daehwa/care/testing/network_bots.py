"""The bots that a test needs: of a network of bots its members too, which stand beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from daehwa import bot
from daehwa.care.errors import TestingError

# What stands at the top of a project, and of an export.
_OF_A_BOT = ("bot.yaml", "Manifest.json")


def with_members(path: Path) -> list[Path]:
    """The bot's path, and those of a network's members, from the folder that the network is in.

    A bot that cannot be read is left to those who serve it.

    Raises:
        TestingError: a member is not there.
    """
    try:
        network = bot.load(path)
    except bot.BotError:
        return [path]
    wanted = {one.bot_member_id: one.bot_member_name for one in network.bot_members or ()}
    if not network.is_network or not wanted:
        return [path]
    members: dict[str, Path] = {}
    for place, definition in _beside(path):
        identifier = bot.bot_id(definition)
        if identifier in wanted:
            members.setdefault(identifier, place)
    if missing := [identifier for identifier in wanted if identifier not in members]:
        names = ", ".join(f"{wanted[one] or 'a bot'} ({one})" for one in missing)
        raise TestingError(
            f"{path}: a member of the network is not beside it: {names}. Put the project or the "
            f"export with that identifier into {path.resolve().parent}."
        )
    return [path, *members.values()]


def _beside(path: Path) -> Iterator[tuple[Path, bot.Bot]]:
    """The bots in the folder that a bot is in, those that can be read."""
    for place in sorted(path.resolve().parent.iterdir()):
        named = place.suffix.lower() == ".zip" or any((place / one).is_file() for one in _OF_A_BOT)
        if not named or place == path.resolve():
            continue
        try:
            yield place, bot.load(place)
        except bot.BotError:
            continue
