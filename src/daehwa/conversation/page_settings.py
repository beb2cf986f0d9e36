"""``[page]`` of ``daehwa.toml``: how a site's owner configures the chat page.

What is set for a bot goes before what is set for all, and what is set for a locale before what
is set for every one::

    [page.bots.ShopBot.ko_KR]      # the first that has a word decides
    [page.bots.ShopBot]
    [page.ko_KR]
    [page]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal, cast

import msgspec

from daehwa import bot as bots
from daehwa.conversation import colours

ThemeName = Literal["light", "dark"]
THEMES: Final[tuple[ThemeName, ...]] = ("light", "dark")

Sources = Literal["none", "kind", "full"]

_MOST_STARTERS = 12
_LONGEST_LINE = 300


_ADDRESSES: Final = (
    (
        "logo",
        r"https?://\S+|data:image/\S+|[^\s:]+",
        "write https://..., or a path beside the page",
    ),
    (
        "privacy_link",
        r"(?:https://|/|\./)\S+",
        "write https://..., or a path of this site that begins with /",
    ),
)
"""Members that are addresses, what they may be, and how that is said."""


class _Setting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of these settings: an unknown member is an error, so that a slip is not silent."""


class PageWords(_Setting, frozen=True):
    """What the page says: ``name`` and ``logo`` of who speaks, and its first words.

    ``privacy`` is the line under the message box; where it has a ``privacy_link`` it leads there.
    """

    name: str | None = None
    logo: str | None = None
    greeting: str | None = None
    placeholder: str | None = None
    starters: Annotated[tuple[str, ...], msgspec.Meta(max_length=_MOST_STARTERS)] | None = None
    privacy: Annotated[str, msgspec.Meta(max_length=_LONGEST_LINE)] | None = None
    privacy_link: str | None = None

    def __post_init__(self) -> None:
        for name, pattern, forms in _ADDRESSES:
            value = getattr(self, name)
            if value is not None and not re.fullmatch(pattern, value):
                raise ValueError(
                    f"{name} {value!r} is not an address that the page can use: {forms}"
                )


class PageLocale(PageWords, frozen=True):
    """What the page says in one locale, whichever bot speaks; ``title`` heads the page."""

    title: str | None = None


class PageColours(_Setting, frozen=True):
    """Colours in a light or a dark page, ``#rgb`` or ``#rrggbb``.

    ``accent`` is that of buttons and of the person's words, ``paper`` lies behind everything,
    ``surface`` behind answers, ``ink`` is that of text. The others follow from these.
    """

    accent: str | None = None
    paper: str | None = None
    surface: str | None = None
    ink: str | None = None

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if value is not None and not colours.is_colour(value):
                raise ValueError(f"{name} {value!r} is not a colour in the form #rgb or #rrggbb")


class PageLook(PageWords, frozen=True):
    """Words, colours and shapes; ``accent`` is that of both themes.

    ``radius`` rounds corners, in pixels. ``sources`` is what a person sees of who answered:
    nothing, the kind (an AI model, a document), or names of intents and models in ``full``; by
    default ``kind``, on loopback ``full``. ``details`` offers intents, slots and scores of an
    answer; by default on loopback only.
    """

    accent: str | None = None
    light: PageColours = msgspec.field(default_factory=PageColours)
    dark: PageColours = msgspec.field(default_factory=PageColours)
    radius: Annotated[int, msgspec.Meta(ge=0, le=32)] | None = None
    sources: Sources | None = None
    details: bool | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.accent is not None and not colours.is_colour(self.accent):
            raise ValueError(f"accent {self.accent!r} is not a colour in the form #rgb or #rrggbb")

    def colour(self, theme: ThemeName, name: str) -> str | None:
        """What is set for a theme, or for both."""
        own: str | None = getattr(self.dark if theme == "dark" else self.light, name)
        return own or (self.accent if name == "accent" else None)


class BotPage(PageLook, frozen=True):
    """The page of one bot, by its name or id, where it differs."""

    locales: dict[str, PageWords] = msgspec.field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_locales(self.locales)


ImageHost = Annotated[
    str, msgspec.Meta(pattern=r"^(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:[0-9]{1,5})?$")
]
"""A host as a Content-Security-Policy has it: ``img.example.org``, ``*.example.org``."""


class PageSetting(PageLook, frozen=True):
    """The page of all bots, and of some by name or id; ``title`` heads it.

    ``image_hosts`` are those whose pictures a model's answer shows at once; those of others
    open on a click.
    """

    title: str | None = None
    image_hosts: tuple[ImageHost, ...] = ()
    locales: dict[str, PageLocale] = msgspec.field(default_factory=dict)
    bots: dict[str, BotPage] = msgspec.field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_locales(self.locales)

    def bot(self, name: str, bot_id: str) -> BotPage:
        """What is set for one bot; its id goes before its name."""
        return self.bots.get(bot_id) or self.bots.get(name) or BotPage()

    def word(self, name: str, bot: BotPage, locale_id: str) -> Any:
        """The first word of that name: of the bot's locale, the bot, the locale, the page."""
        places: Iterator[PageWords] = iter(
            (
                bot.locales.get(locale_id, PageWords()),
                bot,
                self.locales.get(locale_id, PageLocale()),
                self,
            )
        )
        words = (getattr(one, name) for one in places)
        return next((word for word in words if word is not None), None)

    def logos(self) -> Iterator[str]:
        """Every picture of who speaks."""
        places: list[PageWords] = [self, *self.locales.values()]
        for bot in self.bots.values():
            places += [bot, *bot.locales.values()]
        return (one.logo for one in places if one.logo)

    def titled(self, locale_id: str) -> str | None:
        """What heads the page in a locale."""
        return self.locales.get(locale_id, PageLocale()).title or self.title


def _check_locales(names: dict[str, Any]) -> None:
    unknown = sorted(set(names) - set(bots.LOCALE_NAMES))
    if unknown:
        raise ValueError(
            f"[page] has no table {unknown[0]!r}: there are light, dark, bots, and Lex's locales "
            "(ko_KR, en_US, ...)"
        )


def locales_apart(page: dict[str, Any]) -> dict[str, Any]:
    """A table as it is written, ``[page.ko_KR]`` beside ``title``, with its locales together."""
    tables = {name for name, value in page.items() if isinstance(value, dict)}
    locales = {name: page[name] for name in tables - {*THEMES, "bots"}}
    rest = {name: value for name, value in page.items() if name not in locales}
    bots = rest.get("bots")
    if isinstance(bots, dict):
        rest["bots"] = {
            name: locales_apart(cast("dict[str, Any]", one)) if isinstance(one, dict) else one
            for name, one in bots.items()
        }
    return rest | {"locales": locales}
