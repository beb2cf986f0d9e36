"""Texts that are not the bot's job, and that its keeper does not want to see again.

Each is an object of its own in the keeper's notes, named by what it says, so that two keepers at
once lose nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Final

import msgspec

from daehwa import bot, stores
from daehwa.care.grouping import alike

_KIND: Final = "ignored"


class IgnoredText(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A text to pass over, of one bot and locale or (``None``) of all, and since when."""

    text: str
    at: dt.datetime
    bot_id: str | None = None
    locale_id: str | None = None

    def covers(self, text: str, bot_id: str, locale_id: str) -> bool:
        """Whether a text that somebody said is this one, except for a few letters."""
        return (
            self.bot_id in (None, bot_id)
            and self.locale_id in (None, locale_id)
            and alike(self.text, text)
        )


class IgnoredTexts:
    """The texts that are ignored, in the keeper's notes (``daehwa.conversation.open_notes``)."""

    def __init__(self, notes: stores.ObjectStore) -> None:
        self._notes = notes

    def all(self) -> tuple[IgnoredText, ...]:
        """Every ignored text, the latest first.

        Raises:
            stores.StoreError: the notes cannot be read.
        """
        kept = []
        for each in self._notes.read(f"{_KIND}/").values():
            try:
                kept.append(msgspec.json.decode(each.content, type=IgnoredText))
            except msgspec.MsgspecError:
                continue
        return tuple(sorted(kept, key=lambda one: one.at, reverse=True))

    def ignore(self, text: str, *, bot_id: str | None = None, locale_id: str | None = None) -> bool:
        """Ignore a text from now on; return whether it was not ignored before.

        Raises:
            stores.StoreError: the notes cannot be written.
        """
        name = _name(text, bot_id, locale_id)
        if name in self._notes.read(name):
            return False
        new = IgnoredText(text=text, at=dt.datetime.now(dt.UTC), bot_id=bot_id, locale_id=locale_id)
        self._notes.write({name: msgspec.json.encode(new)})
        return True

    def heed(self, text: str, *, bot_id: str | None = None, locale_id: str | None = None) -> int:
        """Show a text again: remove all entries that cover it; return how many there were.

        Raises:
            stores.StoreError: the notes cannot be written.
        """
        taken = [
            each
            for each in self.all()
            if alike(each.text, text)
            and (bot_id is None or each.bot_id in (None, bot_id))
            and (locale_id is None or each.locale_id in (None, locale_id))
        ]
        if taken:
            names = (_name(each.text, each.bot_id, each.locale_id) for each in taken)
            self._notes.write(dict.fromkeys(names))
        return len(taken)


def _name(text: str, bot_id: str | None, locale_id: str | None) -> str:
    marked = "\n".join((bot_id or "", locale_id or "", bot.normal_form(text)))
    return f"{_KIND}/{hashlib.sha256(marked.encode()).hexdigest()[:32]}"
