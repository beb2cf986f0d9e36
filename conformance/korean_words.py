"""The rules and the titles of the sections in Korean, for ``docs/conformance.ko.md``.

``korean.toml`` has each by its id (a title by ``§`` and its English), with the digest of the
English that it says. Where the English has changed, `make docs` stops and names the entry and its
digest.
"""

from __future__ import annotations

import functools
import hashlib
import tomllib
from pathlib import Path

_FILE = Path(__file__).parent / "korean.toml"


def word(key: str, english: str) -> str:
    """The Korean of a rule or a title.

    Raises:
        ValueError: there is none for the English as it is now.
    """
    digest = digest_of(english)
    known, korean = _words().get(key, ("", ""))
    if known != digest:
        raise ValueError(
            f"conformance/korean.toml has no {key!r} for the English as it is now: write it, with "
            f"the digest {digest!r}"
        )
    return korean


def keys() -> set[str]:
    """What there is Korean for."""
    return {*_words()}


def digest_of(english: str) -> str:
    """Eight digits that change when a word does."""
    return hashlib.sha256(english.encode()).hexdigest()[:8]


@functools.cache
def _words() -> dict[str, tuple[str, str]]:
    raw = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {key: (digest, korean) for key, (digest, korean) in raw.items()}
