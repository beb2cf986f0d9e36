"""Keeping what a project's files say: reading YAML takes longer than all else of a start."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from daehwa.bot.project import layout

_FORMAT: Final = "1"
_FOLDER: Final = "projects"
_MOST_FILES: Final = 50
_PRIVATE_FILE: Final = 0o600


def cached_export(path: Path, cache: Path) -> dict[str, bytes] | None:
    """The files of the export that the project at ``path`` makes, if they are in the cache."""
    try:
        content = json.loads(_file(path, cache).read_text("utf-8"))
        return {str(name): str(text).encode() for name, text in content.items()}
    except (OSError, ValueError, AttributeError):
        return None


def cache_export(path: Path, files: Mapping[str, bytes], cache: Path) -> None:
    """Put what a project makes into the cache; where that fails it is read again next time.

    Who only looks makes no data folder, in which the cache would lie.
    """
    if not cache.parent.is_dir():
        return
    with contextlib.suppress(OSError):
        texts = {name: content.decode() for name, content in files.items()}
        file = _file(path, cache)
        for folder in (cache, file.parent):
            folder.mkdir(0o700, exist_ok=True)
        write_bytes(file, json.dumps(texts, ensure_ascii=False).encode(), mode=_PRIVATE_FILE)
        others = sorted(file.parent.glob("*.json"), key=lambda one: one.stat().st_mtime)
        for old in others[:-_MOST_FILES]:
            old.unlink(missing_ok=True)


def _file(path: Path, cache: Path) -> Path:
    """Named by all that the outcome depends on: the files, and the code that reads them."""
    folder = path.parent if path.name == layout.BOT else path
    digest = hashlib.sha256(_FORMAT.encode())
    here = Path(__file__)
    for code in sorted([*here.parent.glob("*.py"), *here.parents[1].glob("*.py")]):
        digest.update(code.read_bytes())
    for file in layout.project_files(folder):
        name, content = file.relative_to(folder).as_posix().encode(), file.read_bytes()
        digest.update(f"{len(name)} {len(content)} ".encode() + name + content)
    return cache / _FOLDER / f"{digest.hexdigest()}.json"


def write_text(file: Path, text: str) -> None:
    """Write a file; a reader sees the whole of it or none."""
    write_bytes(file, text.encode())


def write_bytes(file: Path, content: bytes, *, mode: int = 0o644) -> None:
    """As ``write_text`` for bytes; a new file has ``mode``, whatever the umask."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name[:100]}.")
    place = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as draft:
            draft.write(content)
        place.chmod(file.stat().st_mode & 0o777 if file.exists() else mode)
        place.replace(file)
    except BaseException:
        place.unlink(missing_ok=True)
        raise
