"""Neutral texts: what people say to no bot in particular, written for this project.

They stand on the side of no intent when a bot is learned; see `daehwa.nlu.classifier`.
"""

from functools import cache
from importlib import resources

from daehwa.nlu import languages


@cache
def background(locale_id: str) -> tuple[str, ...]:
    """The neutral texts for a locale (``ko_KR``): its own language's, else English ones.

    English serves every other language because the sentence encoder is cross-lingual.
    """
    folder = resources.files(languages)
    own = folder / languages.language_code(locale_id) / "background.txt"
    texts = own if own.is_file() else folder / languages.FALLBACK / "background.txt"
    return tuple(texts.read_text("utf-8").splitlines())
