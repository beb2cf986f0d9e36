"""In what light a text is read: the locale, with its languages and customs, and the moment."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from daehwa.nlu.languages import reading
from daehwa.nlu.languages.locales import Customs, customs_of

if TYPE_CHECKING:
    from daehwa.nlu.languages.language import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """In what light a text is read.

    ``locale`` is the Lex locale id (``ko_KR``); ``now`` the moment of the turn, with its time
    zone. ``languages`` are those that are read in the locale, its own first, and ``customs``
    how dates and numbers are written there; both follow from the locale.
    """

    locale: str
    now: dt.datetime
    languages: tuple[Language, ...] = field(init=False)
    customs: Customs = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "languages", reading(self.locale))
        object.__setattr__(self, "customs", customs_of(self.locale))

    @property
    def today(self) -> dt.date:
        """The day of ``now`` in its own time zone."""
        return self.now.date()
