"""The port to the sentence encoder, which understanding has in memory anyway."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Quantized = npt.NDArray[np.int8]
Codes = npt.NDArray[np.uint64]

_SCALE = 127


class SentenceEncoder(Protocol):
    """Texts as unit vectors, in which texts of one meaning are near, whatever their language."""

    @property
    def name(self) -> str:
        """Which encoder: an index that was made with another one is made again."""

    def encode(self, texts: Sequence[str], /) -> Vectors:
        """Unit vectors, shape (texts, width); the width is a multiple of 64."""

    def neutral(self, language: str, /) -> Vectors:
        """Unit vectors of texts in this language (``ko``) that are nobody's business."""


class BundledEncoder:
    """The encoder of ``daehwa.nlu``; loaded when first needed."""

    @property
    def name(self) -> str:
        """Which encoder it is."""
        from daehwa.nlu import ENCODER_NAME  # noqa: PLC0415 - loads numpy's friends

        return ENCODER_NAME

    def encode(self, texts: Sequence[str], /) -> Vectors:
        """Unit vectors, shape (texts, 512)."""
        from daehwa.nlu import encode  # noqa: PLC0415

        return encode(texts)

    def neutral(self, language: str, /) -> Vectors:
        """Unit vectors of the neutral texts of understanding, shape (texts, 512)."""
        from daehwa.documents.neutral_texts import neutral_vectors  # noqa: PLC0415 - reads files

        return neutral_vectors(language)


class SecondEncoder(Protocol):
    """Reads a small library once more: dearer than the first encoder, and finds more."""

    @property
    def name(self) -> str:
        """Which encoder it is."""

    def passages(self, texts: Sequence[str], /) -> Vectors:
        """Unit vectors of passages, shape (texts, width)."""

    def question(self, text: str, /) -> Vectors:
        """The unit vector of a question, shape (width,)."""

    def neutral(self, language: str, /) -> Vectors:
        """Unit vectors of texts in this language (``ko``) that are nobody's business."""


class BundledSecondEncoder:
    """The second encoder of ``daehwa.nlu``, which reads most texts that reach the documents."""

    @property
    def name(self) -> str:
        """Which encoder it is."""
        from daehwa.nlu import SECOND_ENCODER_NAME  # noqa: PLC0415

        return SECOND_ENCODER_NAME

    def passages(self, texts: Sequence[str], /) -> Vectors:
        """Unit vectors, shape (texts, 384)."""
        from daehwa.nlu import encode_passages_second  # noqa: PLC0415

        return encode_passages_second(texts)

    def question(self, text: str, /) -> Vectors:
        """The unit vector, shape (384,); one that understanding has worked out costs nothing."""
        from daehwa.nlu import encode_second  # noqa: PLC0415

        vector: Vectors = encode_second((text,))[0]
        return vector

    def neutral(self, language: str, /) -> Vectors:
        """Unit vectors of the neutral texts of understanding, shape (texts, 384)."""
        return _second_neutral("ko" if language == "ko" else "en")


@cache
def _second_neutral(language: str) -> Vectors:
    from daehwa.nlu import encode_second, neutral_texts  # noqa: PLC0415

    return encode_second(neutral_texts(language))


def second_encoder(first: str) -> SecondEncoder | None:
    """The encoder that reads a small library besides the ``first``; ``None`` where none can."""
    from daehwa.nlu import ENCODER_NAME, second_encoder_usable  # noqa: PLC0415

    return BundledSecondEncoder() if first == ENCODER_NAME and second_encoder_usable() else None


def quantized(vectors: Vectors) -> Quantized:
    """Vectors with one byte for each number, each scaled so that its largest number fills it."""
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    scaled = vectors * (_SCALE / np.maximum(largest, 1e-9))
    whole: Quantized = np.rint(scaled).astype(np.int8)
    return whole


def restored(data: bytes, width: int) -> Vectors:
    """Unit vectors again, shape (texts, width), of what ``quantized`` gave, in bytes."""
    vectors = np.frombuffer(data, dtype=np.int8).reshape(-1, width).astype(np.float32)
    norms = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    unit: Vectors = vectors / np.maximum(norms, 1e-9)[:, None]
    return unit


def signs(vectors: npt.NDArray[np.generic]) -> Codes:
    """A bit for each number, whether it is above zero: shape (texts, width / 64).

    How many bits differ tells how far apart two texts are, roughly, at an eighth of the cost.
    """
    bits = np.packbits(np.asarray(vectors) > 0, axis=1)
    return np.ascontiguousarray(bits).view(np.uint64)
