"""The files of the workshop's bots: a folder of the data folder, with one for each bot.

    bots/<bot id>/record.json      aliases, versions, states, times, tags, policies
    bots/<bot id>/DRAFT.zip        the draft, as an export that may be unfinished
    bots/<bot id>/built.zip        the locales that were built last: what TSTALIASID serves
    bots/<bot id>/versions/1.zip   a published version

A file is replaced in one step, so that a power cut leaves the old or the new one. Each of the
zips is a Lex V2 export that ``daehwa serve`` and Lex take.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec

from daehwa import bot
from daehwa.workshop.records import BotRecord

_decode = msgspec.json.Decoder(BotRecord).decode


class SavedBot(msgspec.Struct, frozen=True):
    """Everything that is saved of one bot."""

    record: BotRecord
    draft: bot.Bot
    built: bot.Bot | None
    versions: dict[str, bot.Bot]


class BotFiles:
    """The bots in a folder, which is made when the first one is saved."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __iter__(self) -> Iterator[SavedBot]:
        """Every bot that is saved.

        Raises:
            bot.BotError: a file is damaged; the message names it.
        """
        for file in sorted(self._folder.glob("*/record.json")):
            home = file.parent
            try:
                record = _decode(file.read_bytes())
            except msgspec.DecodeError as error:
                raise bot.MalformedJSONError(
                    f"the file is not the record of a bot: {error}.",
                    file=str(file),
                    cure="Move its folder out of the data folder, or restore the file.",
                ) from None
            built = home / "built.zip"
            yield SavedBot(
                record,
                bot.load(home / "DRAFT.zip", unfinished=True),
                bot.load(built) if built.exists() else None,
                {
                    number: bot.load(home / "versions" / f"{number}.zip")
                    for number in record.versions
                },
            )

    def save_record(self, record: BotRecord) -> None:
        """Save what is known of a bot beside its definition."""
        file = self._home(record.id) / "record.json"
        self._folder.mkdir(0o700, parents=True, exist_ok=True)
        file.parent.mkdir(exist_ok=True)
        new = file.with_suffix(".new")
        new.write_bytes(msgspec.json.format(msgspec.json.encode(record)))
        new.replace(file)

    def save_draft(self, bot_id: str, draft: bot.Bot) -> None:
        """Save the draft."""
        bot.save(draft, self._home(bot_id) / "DRAFT.zip")

    def save_built(self, bot_id: str, built: bot.Bot) -> None:
        """Save the locales that TSTALIASID serves."""
        bot.save(built, self._home(bot_id) / "built.zip")

    def save_version(self, bot_id: str, number: str, version: bot.Bot) -> None:
        """Save a published version."""
        bot.save(version, self._home(bot_id) / "versions" / f"{number}.zip")

    def delete_version(self, bot_id: str, number: str) -> None:
        """Delete a published version."""
        (self._home(bot_id) / "versions" / f"{number}.zip").unlink(missing_ok=True)

    def delete(self, bot_id: str) -> None:
        """Delete a bot. Without its record it is none, should the rest not go."""
        home = self._home(bot_id)
        (home / "record.json").unlink(missing_ok=True)
        shutil.rmtree(home, ignore_errors=True)

    def _home(self, bot_id: str) -> Path:
        return self._folder / bot_id
