"""The OpenMP runtime of the embedded model, on machines that have none.

xllamacpp's wheel is linked against GNU's ``libgomp.so.1``. Machines that build software have
it, bare ones do not. The package ``cmeel-libomp`` brings LLVM's runtime, which offers the same
functions under that name too. The loader looks for it in ``LD_LIBRARY_PATH`` alone, and reads
that once, when a process starts; so the child gets it from its parent.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

_LIBRARY = "libgomp.so.1"
_PACKAGE = "cmeel-libomp"
_PLACE = "cmeel.prefix/lib"
_LOADER = "LD_LIBRARY_PATH"


def library_folder() -> Path | None:
    """The folder of the packaged runtime; ``None`` where the package is not installed."""
    try:
        folder = Path(str(metadata.distribution(_PACKAGE).locate_file(_PLACE)))
    except metadata.PackageNotFoundError:
        return None
    return folder if (folder / _LIBRARY).is_file() else None


def child_environment(environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """An environment in which a child finds the packaged runtime before any other."""
    environ = os.environ if environ is None else environ
    folder = library_folder()
    if folder is None:
        return dict(environ)
    before = environ.get(_LOADER)
    return {**environ, _LOADER: f"{folder}:{before}" if before else str(folder)}


def remove_registration(pid: int, folders: tuple[str, ...] = ("/dev/shm", "/tmp")) -> None:  # noqa: S108
    """Remove the file by which LLVM's runtime marks its process as one that has it loaded.

    The runtime takes it back at an orderly end only. The child is ended from outside, and each
    would leave one behind.
    """
    for folder in folders:
        with contextlib.suppress(OSError):
            (Path(folder) / f"__KMP_REGISTERED_LIB_{pid}_{os.getuid()}").unlink()
