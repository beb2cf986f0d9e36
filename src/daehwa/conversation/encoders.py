"""Sentence encoders of the bot author's own, as ``daehwa.toml`` names them."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Annotated, Final

import msgspec

from daehwa import answers, llama, nlu

DIGEST: Final = "^[0-9a-f]{64}$"

_EMBEDDING: Final = answers.EMBEDDING


class EncoderSetting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of ``[[understanding.encoders]]``.

    ``file`` is a ``.gguf`` or ``.onnx`` file here or, where there is a ``repository`` (at a
    ``revision``), there on Hugging Face, from where ``daehwa model pull`` brings it; ``tokenizer``
    likewise. See `daehwa.nlu.OwnEncoder` for the rest.
    """

    name: Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9][A-Za-z0-9_.-]*$")]
    file: str
    sha256: Annotated[str, msgspec.Meta(pattern=DIGEST)]
    tokenizer: str | None = None
    tokenizer_sha256: Annotated[str, msgspec.Meta(pattern=DIGEST)] | None = None
    repository: str | None = None
    revision: str = "main"
    pooling: llama.Pooling = "mean"
    prefix: str = ""
    tokens: Annotated[int, msgspec.Meta(ge=8, le=8192)] = 128

    def models(self) -> tuple[answers.ModelFile, ...]:
        """Its files as they can be pulled; none without a repository."""
        if self.repository is None:
            return ()
        files = [(self.file, self.sha256)]
        if self.tokenizer is not None and self.tokenizer_sha256 is not None:
            files.append((self.tokenizer, self.tokenizer_sha256))
        return tuple(
            answers.ModelFile(
                name=self.name,
                title=f"{self.name}: {file}",
                file=self._local(file),
                in_repository=file,
                size=None,
                sha256=digest,
                memory=0,
                repository=self.repository,
                revision=self.revision,
                purpose="embedding",
            )
            for file, digest in files
        )

    def encoder(self, data: Path) -> nlu.OwnEncoder:
        """The encoder, where ``data`` is the data folder."""
        return nlu.OwnEncoder(
            name=self.name,
            file=self._place(self.file, data),
            sha256=self.sha256,
            tokenizer=None if self.tokenizer is None else self._place(self.tokenizer, data),
            tokenizer_sha256=self.tokenizer_sha256,
            pooling=self.pooling,
            prefix=self.prefix,
            tokens=self.tokens,
            folder=str(data / "learned"),
        )

    def _local(self, file: str) -> str:
        """A pulled file's name: those of two repositories may have the same one."""
        return f"{self.name}-{PurePosixPath(file).name}"

    def _place(self, file: str, data: Path) -> str:
        if self.repository is None:
            return str(Path(file).expanduser().absolute())
        return str((answers.models_directory(data) / self._local(file)).absolute())


def bundled_embedding(data: Path) -> nlu.OwnEncoder:
    """The embedding model that ``daehwa model pull embedding`` brings.

    Its card has the last token's state stand for the text.
    """
    return nlu.OwnEncoder(
        name=_EMBEDDING.name,
        file=str((answers.models_directory(data) / _EMBEDDING.file).absolute()),
        sha256=_EMBEDDING.sha256,
        pooling="last",
        folder=str(data / "learned"),
    )
