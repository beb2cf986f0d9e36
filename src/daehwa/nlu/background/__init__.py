"""Neutral texts of many kinds, written for this project: what people say to no bot in particular.

They stand on the side of no intent when a bot is learnt; see `daehwa.nlu.classifier`.
"""

from functools import cache
from importlib import resources

_LANGUAGES = ("en", "ko")


@cache
def background(locale_id: str) -> tuple[str, ...]:
    """The neutral texts for a locale (``ko_KR``): its own language's, else English ones.

    English serves every other language because the sentence encoder is cross-lingual.
    """
    language = locale_id.split("_", maxsplit=1)[0].lower()
    name = language if language in _LANGUAGES else "en"
    text = resources.files(__name__).joinpath(f"{name}.txt").read_text("utf-8")
    return tuple(text.splitlines())
