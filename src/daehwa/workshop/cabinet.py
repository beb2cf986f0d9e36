"""Where the workshop's bots lie: a folder of the data folder, one folder in it for each bot.

    bots/<bot id>/record.json      aliases, versions, states, times, tags, policies
    bots/<bot id>/DRAFT.zip        the draft, as an export that may be unfinished
    bots/<bot id>/built.zip        the locales that were built last: what TSTALIASID speaks
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


class Kept(msgspec.Struct, frozen=True):
    """Everything that is kept of one bot."""

    record: BotRecord
    draft: bot.Bot
    built: bot.Bot | None
    versions: dict[str, bot.Bot]


class Cabinet:
    """The bots in a folder, which is made when something is put in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __iter__(self) -> Iterator[Kept]:
        """Every bot that is kept.

        Raises:
            bot.BotError: a file was damaged; the message names it.
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
            yield Kept(
                record,
                bot.load(home / "DRAFT.zip", unfinished=True),
                bot.load(built) if built.exists() else None,
                {
                    number: bot.load(home / "versions" / f"{number}.zip")
                    for number in record.versions
                },
            )

    def put_record(self, record: BotRecord) -> None:
        """Keep what is known of a bot beside its definition."""
        file = self._home(record.id) / "record.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(".new")
        draft.write_bytes(msgspec.json.format(msgspec.json.encode(record)))
        draft.replace(file)

    def put_draft(self, bot_id: str, draft: bot.Bot) -> None:
        """Keep the draft."""
        bot.save(draft, self._home(bot_id) / "DRAFT.zip")

    def put_built(self, bot_id: str, built: bot.Bot) -> None:
        """Keep the locales that are in service."""
        bot.save(built, self._home(bot_id) / "built.zip")

    def put_version(self, bot_id: str, number: str, version: bot.Bot) -> None:
        """Keep a published version."""
        bot.save(version, self._home(bot_id) / "versions" / f"{number}.zip")

    def remove_version(self, bot_id: str, number: str) -> None:
        """Forget a published version."""
        (self._home(bot_id) / "versions" / f"{number}.zip").unlink(missing_ok=True)

    def remove(self, bot_id: str) -> None:
        """Forget a bot. Without its record it is none, should the rest not go."""
        home = self._home(bot_id)
        (home / "record.json").unlink(missing_ok=True)
        shutil.rmtree(home, ignore_errors=True)

    def _home(self, bot_id: str) -> Path:
        return self._folder / bot_id
