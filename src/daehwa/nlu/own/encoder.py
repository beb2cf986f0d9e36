"""An encoder that the bot's author names, as one of `daehwa.nlu.quality`'s encoders.

Its vectors are taken relative to the mean of texts that are nobody's business, as those of all
encoders are whose vectors crowd into a cone. That mean takes a minute of a large model; it is
kept in ``folder`` by the encoder's name, as learned models are.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Annotated, NamedTuple, Protocol

import msgspec
import numpy as np

from daehwa.llama import LlamaError, Pooling, SentenceVectors
from daehwa.nlu import saving
from daehwa.nlu.background import background
from daehwa.nlu.encoder import Vectors, plain
from daehwa.nlu.errors import ModelFileError, QualityError
from daehwa.nlu.own.onnx import OnnxVectors

_DIGEST = "^[0-9a-f]{64}$"
_LANGUAGES = ("ko_KR", "en_US")
_BLOCK = 1 << 20


class _Source(Protocol):
    """Where vectors come from."""

    @property
    def width(self) -> int:
        """Numbers a vector."""

    def encode(self, texts: Sequence[str], /) -> Vectors:
        """Unit vectors, shape (texts, width)."""


class OwnEncoder(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the author's, pinned by its digest.

    ``file`` ends in ``.gguf`` (llama.cpp's embedding models) or ``.onnx``, which wants its
    ``tokenizer`` too, a ``tokenizer.json``. ``pooling`` is how a text's tokens become one vector;
    the model's card says which. ``prefix`` is put before each text (``query: `` of E5), ``tokens``
    the longest text that is read. ``folder`` is where its mean is kept, if anywhere.
    """

    name: str
    file: str
    sha256: Annotated[str, msgspec.Meta(pattern=_DIGEST)]
    tokenizer: str | None = None
    tokenizer_sha256: Annotated[str, msgspec.Meta(pattern=_DIGEST)] | None = None
    pooling: Pooling = "mean"
    prefix: str = ""
    tokens: Annotated[int, msgspec.Meta(ge=8, le=8192)] = 128
    folder: str | None = None

    @property
    def NAME(self) -> str:  # noqa: N802  as of the modules that are encoders
        """Which one it is: of another file, or used in another way, it has another name."""
        used = (self.sha256, self.tokenizer_sha256, self.pooling, self.prefix, self.tokens)
        return f"own-{hashlib.sha256(msgspec.json.encode(used)).hexdigest()[:16]}"

    @property
    def WIDTH(self) -> int:  # noqa: N802
        """Numbers a text; loads the encoder.

        Raises:
            QualityError: it cannot be used.
        """
        return _load(self).width

    def usable(self) -> bool:
        """Whether its files are there."""
        files = (self.file,) if self.tokenizer is None else (self.file, self.tokenizer)
        return all(Path(file).is_file() for file in files)

    def check(self) -> None:
        """Make sure that its files are there, and are those that were pinned.

        Raises:
            QualityError: they are not; the message says what to do.
        """
        _check_file(self.name, self.file, self.sha256)
        if not self.file.endswith((".gguf", ".onnx")):
            raise QualityError(
                f"the encoder {self.name}: {self.file} is neither a .gguf nor an .onnx file"
            )
        if self.file.endswith(".onnx"):
            if self.tokenizer is None or self.tokenizer_sha256 is None:
                raise QualityError(
                    f"the encoder {self.name} is an ONNX file: name its tokenizer.json as"
                    " tokenizer, and its digest as tokenizer_sha256"
                )
            _check_file(self.name, self.tokenizer, self.tokenizer_sha256)

    def load(self) -> None:
        """Bring it into memory.

        Raises:
            QualityError: it cannot be used.
        """
        self.encode((" ",))

    def encode(self, texts: Sequence[str], /) -> Vectors:
        """Centred unit vectors, shape (texts, WIDTH).

        Raises:
            QualityError: it cannot be used.
        """
        neutral = _neutral(self)
        raw = np.empty((len(texts), len(neutral.mean)), dtype=np.float32)
        unknown = []
        for place, text in enumerate(texts):
            if (vector := neutral.vectors.get(text)) is None:
                unknown.append(place)
            else:
                raw[place] = vector
        if unknown:
            raw[unknown] = self.raw([texts[place] for place in unknown])
        raw -= neutral.mean
        raw /= np.maximum(np.linalg.norm(raw, axis=1, keepdims=True), 1e-9)
        return raw

    def raw(self, texts: Sequence[str], /) -> Vectors:
        """Unit vectors as the file makes them, shape (texts, WIDTH).

        Raises:
            QualityError: it cannot be used.
        """
        try:
            return _load(self).encode([self.prefix + plain(text) for text in texts])
        except LlamaError as error:
            raise QualityError(f"the encoder {self.name}: {error}") from error


_loading = threading.RLock()
_sources: dict[str, _Source] = {}


def _load(encoder: OwnEncoder) -> _Source:
    """The encoder in memory, once a process."""
    source = _sources.get(encoder.NAME)
    if source is None:
        with _loading:
            source = _sources.get(encoder.NAME) or _open(encoder)
            _sources[encoder.NAME] = source
    return source


def _open(encoder: OwnEncoder) -> _Source:
    encoder.check()
    if encoder.tokenizer is not None and encoder.file.endswith(".onnx"):
        return OnnxVectors(
            Path(encoder.file),
            Path(encoder.tokenizer),
            pooling=encoder.pooling,
            tokens=encoder.tokens,
        )
    source = SentenceVectors(Path(encoder.file), pooling=encoder.pooling, tokens=encoder.tokens)
    try:
        source.width  # noqa: B018 - the process starts, or says why it cannot
    except LlamaError as error:
        raise QualityError(f"the encoder {encoder.name}: {error}") from error
    return source


class _Neutral(NamedTuple):
    """What nobody's business looks like to an encoder: vectors by text, and their mean."""

    vectors: dict[str, Vectors]
    mean: Vectors


@cache
def _neutral(encoder: OwnEncoder) -> _Neutral:
    """The raw vectors of Korean and English texts that are nobody's business."""
    texts = [text for locale in _LANGUAGES for text in background(locale)]
    digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()
    kept = Path(encoder.folder) / f"{encoder.NAME}.neutral" if encoder.folder else None
    vectors = _kept(kept, digest)
    if vectors is None:
        vectors = encoder.raw(texts)
        if kept is not None:
            saving.write(kept, {"vectors": vectors}, {"texts": digest})
    return _Neutral(dict(zip(texts, vectors, strict=True)), vectors.mean(axis=0))


def _kept(file: Path | None, digest: str) -> Vectors | None:
    with suppress(FileNotFoundError, ModelFileError, KeyError):
        if file is not None:
            arrays, facts = saving.read(file)
            if facts["texts"] == digest:
                return arrays["vectors"].astype(np.float32)
    return None


def _check_file(name: str, file: str, digest: str) -> None:
    path = Path(file)
    try:
        seen = path.stat()
        actual = _digest(path, seen.st_size, seen.st_mtime_ns)
    except OSError as error:
        raise QualityError(
            f"the encoder {name}: {file}: {error.strerror}. Put the file there, or name its"
            f" repository and run `daehwa model pull {name}`."
        ) from error
    if actual != digest:
        raise QualityError(
            f"the encoder {name}: the sha256 of {file} is {actual}, not {digest}: it is another"
            " file. Fetch the one that was meant, or change the digest."
        )


@cache
def _digest(path: Path, size: int, changed: int) -> str:
    """The SHA-256 of a file, read once a process while it keeps size and time."""
    del size, changed
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
