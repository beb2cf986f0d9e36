"""Neutral texts: what people say to no bot in particular, written for this project.

They stand on the side of no intent when a bot is learned; see `daehwa.nlu.classifier`.
"""

from functools import cache
from importlib import resources
from typing import Final

from daehwa.nlu import languages

_ENOUGH: Final = 300


@cache
def background(locale_id: str) -> tuple[str, ...]:
    """The neutral texts for a locale (``ko_KR``): its own language's.

    Those of English stand beside them in other languages than Korean, whose own are fewer: the
    sentence encoder is cross-lingual, and on bots in seven languages both together catch more
    strangers at the same number of texts understood than either alone (``bench/nlu/locales.py``).
    """
    own = _texts(languages.language_code(locale_id))
    if len(own) >= _ENOUGH:
        return own
    return tuple(dict.fromkeys((*own, *_texts(languages.FALLBACK))))


def _texts(code: str) -> tuple[str, ...]:
    file = resources.files(languages) / code / "background.txt"
    return tuple(file.read_text("utf-8").splitlines()) if file.is_file() else ()
