"""What a caller accepts: events or JSON, and which of the locales that there are.

Source: RFC 9110, "Accept-Language". A locale is named as Lex names it, ``ko_KR``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

EVENT_STREAM = "text/event-stream"
_ANY = "*"
# Large sets of letters, compiled when a text comes: by ``re``, which keeps them.
_HANGUL: Final = "[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]"
_KANA: Final = "[\u3041-\u30ff]"
_HAN: Final = "[\u3400-\u4dbf\u4e00-\u9fff]"


def accepts_events(accept: str) -> bool:
    """Whether an Accept header wants the reply as server-sent events."""
    return EVENT_STREAM in accept


def accepted_languages(accept_language: str) -> tuple[str, ...]:
    """The languages of an Accept-Language header, best first, with underscores.

    Those with the weight 0 are not wanted; an entry that makes no sense is left out.
    """
    weighed = []
    for place, entry in enumerate(accept_language.split(",")):
        name, *parameters = (part.strip() for part in entry.split(";"))
        weight = next((p[2:] for p in parameters if p[:2].lower() == "q="), "1")
        try:
            weighed.append((-float(weight), place, name.replace("-", "_")))
        except ValueError:
            continue
    return tuple(
        name for weight, _, name in sorted(weighed) if name and name != _ANY and weight < 0
    )


def languages_of_script(text: str) -> tuple[str, ...]:
    """The languages that are written as ``text`` is, where the letters say so.

    Hangul is Korean, kana Japanese, and Han letters without kana Chinese; others say nothing.
    """
    if re.search(_HANGUL, text):
        return ("ko",)
    if re.search(_KANA, text):
        return ("ja",)
    return ("zh",) if re.search(_HAN, text) else ()


def caller_language(accept_language: str) -> str:
    """The language of the lines for the caller: the best one, else English."""
    return next(iter(accepted_languages(accept_language)), "en")


def best_locale(wanted: Iterable[str], locales: Collection[str]) -> str | None:
    """The locale for the first language that there is one for; ``ko`` stands for any Korean one."""
    for language in wanted:
        if language in locales:
            return language
        for name in locales:
            if name.partition("_")[0] == language.partition("_")[0]:
                return name
    return None
