"""The page's colours, all of them, from those that its owner has set.

The names are those of the custom properties in ``style.css``. Where nothing is set there, the
style sheet's own stand, with its finer mixes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from daehwa import chat
from daehwa.conversation import colours
from daehwa.conversation.page_settings import THEMES, BotPage, PageSetting, ThemeName

DEFAULTS: Final[dict[ThemeName, dict[str, str]]] = {
    "light": {"accent": "#1f7a69", "paper": "#f7f5f0", "surface": "#ffffff", "ink": "#1d2320"},
    "dark": {"accent": "#27806f", "paper": "#151716", "surface": "#1f2322", "ink": "#eceeea"},
}
"""What ``style.css`` begins with."""

_NAMES: Final = tuple(DEFAULTS["light"])
_GROUNDS: Final = ("paper", "surface")


def page_theme(page: PageSetting, bot: BotPage) -> chat.Theme | None:
    """How the page looks and what it shows while one bot is talked to, if any of it is set."""
    chosen = {name for theme in THEMES for name in _NAMES if _set(page, bot, theme, name)}
    whole = bool(chosen - {"accent"})
    theme = chat.Theme(
        light=_palette(page, bot, "light", whole=whole) if chosen else {},
        dark=_palette(page, bot, "dark", whole=whole) if chosen else {},
        radius=page.radius if bot.radius is None else bot.radius,
        sources=bot.sources or page.sources,
        details=page.details if bot.details is None else bot.details,
    )
    return None if theme == chat.Theme() else theme


def check_text(page: PageSetting) -> None:
    """Check that text can be read in the colours that are set.

    Raises:
        ValueError: it cannot; the message has the contrast and a colour that would do.
    """
    for where, bot in _looks(page):
        for theme in THEMES:
            base = _base(page, bot, theme)
            for ground in _GROUNDS:
                ratio = colours.contrast(base["ink"], base[ground])
                if ratio < colours.TEXT_CONTRAST:
                    better = colours.readable(base["ink"], *(base[one] for one in _GROUNDS))
                    raise ValueError(
                        f"[{where}.{theme}] text could not be read: ink {base['ink']} on {ground} "
                        f"{base[ground]} has a contrast of {ratio:.1f}:1, and WCAG 2.2 asks for "
                        f"{colours.TEXT_CONTRAST}:1. Take ink = {better!r}, or another {ground}"
                    )


def faint_colours(page: PageSetting) -> tuple[str, ...]:
    """What can be read but hardly seen: accents of less than 3:1 on the paper, a line each."""
    lines = []
    for where, bot in _looks(page):
        for theme in THEMES:
            base = _base(page, bot, theme)
            ratio = colours.contrast(base["accent"], base["paper"])
            if _set(page, bot, theme, "accent") and ratio < colours.SHAPE_CONTRAST:
                better = colours.readable(
                    base["accent"], base["paper"], least=colours.SHAPE_CONTRAST
                )
                lines.append(
                    f"[{where}.{theme}] buttons are hard to see: accent {base['accent']} on paper "
                    f"{base['paper']} has a contrast of {ratio:.1f}:1, and WCAG 2.2 asks for "
                    f"{colours.SHAPE_CONTRAST:.0f}:1. accent = {better!r} has it"
                )
    return tuple(dict.fromkeys(lines))


def _looks(page: PageSetting) -> Iterator[tuple[str, BotPage]]:
    yield "page", BotPage()
    for name, bot in page.bots.items():
        yield f"page.bots.{name}", bot


def _set(page: PageSetting, bot: BotPage, theme: ThemeName, name: str) -> str | None:
    return bot.colour(theme, name) or page.colour(theme, name)


def _base(page: PageSetting, bot: BotPage, theme: ThemeName) -> dict[str, str]:
    return {
        name: _set(page, bot, theme, name) or default for name, default in DEFAULTS[theme].items()
    }


def _palette(page: PageSetting, bot: BotPage, theme: ThemeName, *, whole: bool) -> dict[str, str]:
    """What follows from the accent; as a ``whole``, from paper, surface and ink too."""
    base = _base(page, bot, theme)
    accent, paper, surface, ink = base["accent"], base["paper"], base["surface"], base["ink"]
    grounds = (paper, surface, colours.mixed(surface, accent, 0.12))
    palette = {
        "accent": accent,
        "on-accent": colours.ink_on(accent),
        "accent-ink": colours.readable(accent, *grounds),
    }
    if whole:
        # Deeper than the surface that it lies in; on dark grounds deep is light.
        sunken = colours.mixed(paper if theme == "light" else surface, ink, 0.07)
        palette |= {
            "paper": paper,
            "surface": surface,
            "ink": ink,
            "ink-soft": colours.readable(colours.mixed(ink, paper, 0.3), paper, surface, sunken),
            "sunken": sunken,
            "raised": surface if theme == "light" else colours.mixed(surface, ink, 0.14),
            "line": colours.mixed(paper, ink, 0.12),
            "line-strong": colours.readable(
                colours.mixed(paper, ink, 0.5), paper, surface, least=colours.SHAPE_CONTRAST
            ),
        }
    return palette
