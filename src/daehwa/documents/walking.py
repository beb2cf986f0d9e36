"""The files beneath some paths, each once, and what stands in the way to others."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from daehwa.documents.values import Unread

_OF_PROGRAMS = frozenset({"node_modules", "__pycache__", "__MACOSX"})


def walk(paths: Iterable[Path]) -> Iterator[Path | Unread]:
    """Every file beneath ``paths``, in a steady order; hidden ones are left out.

    So are those that programs keep for themselves: Word's locks, packages, an archive's extras.

    Links are followed; a folder that leads back into itself is entered once.
    """
    entered: set[tuple[int, int]] = set()
    passed: set[Path] = set()
    for path in paths:
        for entry in _beneath(Path(os.path.abspath(path)), entered):  # noqa: PTH100 - links stay
            if isinstance(entry, Unread):
                yield entry
            elif entry not in passed:
                passed.add(entry)
                yield entry


def _beneath(path: Path, entered: set[tuple[int, int]]) -> Iterator[Path | Unread]:
    try:
        status = path.stat()
        if not path.is_dir():
            yield path
            return
        place = (status.st_dev, status.st_ino)
        if place in entered:
            if path.is_symlink():
                yield Unread(path=str(path), reason="loop", message="it leads back to a folder")
            return
        entered.add(place)
        names = sorted(entry.name for entry in path.iterdir())
    except FileNotFoundError:
        yield Unread(path=str(path), reason="gone", message="it does not exist")
        return
    except PermissionError:
        yield Unread(path=str(path), reason="permission", message="it may not be read by this user")
        return
    except OSError as error:
        reason = "loop" if error.errno == 40 else "broken"  # noqa: PLR2004 - ELOOP
        yield Unread(path=str(path), reason=reason, message=f"it cannot be read: {error.strerror}")
        return
    for name in names:
        if not name.startswith((".", "~$")) and name not in _OF_PROGRAMS:
            yield from _beneath(path / name, entered)
