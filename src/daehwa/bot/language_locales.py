"""The locale of Lex for a language, as people and other systems name it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from daehwa.bot.locales import LOCALE_NAMES

# Where Lex has several locales of a language, or another system has its own word for one.
_CHOSEN: Final = {
    "de": "de_DE", "en": "en_US", "es": "es_ES", "fr": "fr_FR", "nb": "no_NO", "nn": "no_NO",
    "pt": "pt_PT", "zh": "zh_CN", "zh-hant": "zh_HK", "zh-tw": "zh_HK",
}  # fmt: skip
# What the people who speak it call it; the English names are Lex's own.
_OWN_NAMES: Final = {"한국어": "ko_KR"}
_TAG: Final = re.compile(r"[a-z]{2}([-_]([a-z]{2}|[0-9]{3}|han[st]))?")
_SCRIPTS: Final = {
    "ja_JP": re.compile(r"[぀-ヿ]"),
    "ko_KR": re.compile(r"[가-힣]"),
    "zh_CN": re.compile(r"[一-鿿]"),
    "hi_IN": re.compile(r"[ऀ-ॿ]"),
}


def locale_for(language: str) -> str | None:
    """The locale of Lex for a language tag such as ``ko``, ``en-US`` or ``pt_br``, if any.

    A country in place of a language (``kr``, ``br``) means what is spoken there. A language
    may also be called by its name (``German``).
    """
    tag = language.strip().casefold()
    return _of_name(tag) or _of_tag(tag)


def locale_for_file(stem: str) -> str | None:
    """The locale that the name of a file means, if it is nothing but a language's or a locale's.

    ``nl``, ``ko-kr``, ``kokr`` and ``italian`` are; ``data`` and ``de-notes`` are other files.
    """
    stem = stem.strip().casefold()
    together = (name for name in LOCALE_NAMES if name.replace("_", "").casefold() == stem)
    return (
        next(together, None) or _of_name(stem) or (_of_tag(stem) if _TAG.fullmatch(stem) else None)
    )


def _of_name(name: str) -> str | None:
    if name in _OWN_NAMES:
        return _OWN_NAMES[name]
    called = [
        locale
        for locale, words in LOCALE_NAMES.items()
        if words.partition(" (")[0].casefold() == name
    ]
    return next((one for one in called if one in _CHOSEN.values()), next(iter(called), None))


def _of_tag(tag: str) -> str | None:
    tag = tag.replace("_", "-")
    whole = (name for name in LOCALE_NAMES if name.replace("_", "-").casefold() == tag)
    if (locale := next(whole, None)) is not None:
        return locale
    if tag in _CHOSEN:
        return _CHOSEN[tag]
    first = tag.partition("-")[0]
    if first in _CHOSEN:
        return _CHOSEN[first]
    spoken = next((name for name in LOCALE_NAMES if name.partition("_")[0] == first), None)
    if spoken is not None:
        return spoken
    there = [name for name in LOCALE_NAMES if name.partition("_")[2].casefold() == first]
    return there[0] if len(there) == 1 else None


def locale_of_script(texts: Iterable[str]) -> str | None:
    """The locale that the letters of most texts belong to, where letters can tell."""
    counts = dict.fromkeys(_SCRIPTS, 0)
    total = 0
    for text in texts:
        total += 1
        for locale, script in _SCRIPTS.items():
            if script.search(text):
                counts[locale] += 1
                break
    best = max(counts, key=lambda locale: counts[locale])
    return best if total and counts[best] * 2 > total else None
