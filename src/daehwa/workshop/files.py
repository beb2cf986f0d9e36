"""The objects of the workshop's bots: files of the data folder, or shared by several machines.

    bots/<bot id>/record.json      aliases, versions, states, times, tags, policies
    bots/<bot id>/DRAFT.zip        the draft, as an export that may be unfinished
    bots/<bot id>/built.zip        the locales that were built last: what TSTALIASID serves
    bots/<bot id>/versions/1.zip   a published version

Each of the zips is a Lex V2 export that ``daehwa serve`` and Lex take. Whatever changes of a bot,
its record is written with it: the record's revision is the bot's.
"""

from __future__ import annotations

from typing import Final

import msgspec

from daehwa import bot, stores
from daehwa.workshop.records import BotRecord

KIND: Final = "bots"
_RECORD: Final = "record.json"
_decode = msgspec.json.Decoder(BotRecord).decode


class SavedBot(msgspec.Struct, frozen=True):
    """Everything that is saved of one bot, and the revision of its record."""

    record: BotRecord
    draft: bot.Bot
    built: bot.Bot | None
    versions: dict[str, bot.Bot]
    revision: int


def revisions(objects: stores.ObjectStore) -> dict[str, int]:
    """The revision of each bot that is saved, by its id, in the order of the ids."""
    listing = sorted(objects.listing(KIND).items())
    parts = ((name.split("/"), listed.revision) for name, listed in listing)
    return {part[1]: revision for part, revision in parts if part[2:] == [_RECORD]}


def load(objects: stores.ObjectStore, bot_id: str) -> SavedBot | None:
    """A bot as it is saved; ``None`` if it is gone.

    Raises:
        bot.BotError: one of its objects is damaged or missing; the message names it.
        stores.StoreError: the store cannot be used.
    """
    saved = objects.read(f"{KIND}/{bot_id}/")
    name = record_name(bot_id)
    if name not in saved:
        return None
    try:
        record = _decode(saved[name].content)
    except msgspec.DecodeError as error:
        raise bot.MalformedJSONError(
            f"the file is not the record of a bot: {error}.",
            file=name,
            cure="Move its folder out of the data folder, or restore the file.",
        ) from None

    def unpacked(name: str, *, unfinished: bool = False) -> bot.Bot:
        if name not in saved:
            raise bot.ArchiveError(
                "the file is missing.", file=name, cure="Restore it from a backup."
            )
        return bot.unpack(saved[name].content, name, unfinished=unfinished)

    built = built_name(bot_id)
    return SavedBot(
        record,
        _with_type(record, unpacked(draft_name(bot_id), unfinished=True)),
        unpacked(built) if built in saved else None,
        {number: unpacked(version_name(bot_id, number)) for number in record.versions},
        saved[name].revision,
    )


def _with_type(record: BotRecord, draft: bot.Bot) -> bot.Bot:
    """A draft that was saved when records alone had a network's type and members."""
    if record.type is None or draft.bot_type is not None:
        return draft
    members = tuple(bot.decode(bot.BotMember, one, _RECORD) for one in record.members or ())
    return msgspec.structs.replace(draft, bot_type=record.type, bot_members=members or None)


def encoded(record: BotRecord) -> bytes:
    """A record as it is saved, for people to read."""
    return msgspec.json.format(msgspec.json.encode(record))


def record_name(bot_id: str) -> str:
    """The name of a bot's record."""
    return f"{KIND}/{bot_id}/{_RECORD}"


def draft_name(bot_id: str) -> str:
    """The name of a bot's draft."""
    return f"{KIND}/{bot_id}/DRAFT.zip"


def built_name(bot_id: str) -> str:
    """The name of what TSTALIASID serves of a bot."""
    return f"{KIND}/{bot_id}/built.zip"


def version_name(bot_id: str, number: str) -> str:
    """The name of a published version of a bot."""
    return f"{KIND}/{bot_id}/versions/{number}.zip"
