"""Keeps a machine's copy of the shared library up to date, off everybody's path."""

from __future__ import annotations

import threading
from typing import Final, Self

import structlog

from daehwa.documents.errors import DocumentError, LibraryBusy
from daehwa.documents.shared_library import SharedLibrary

_EVERY: Final = 1.0  # seconds between two looks at what is shared: one small question
_AFTER_ERROR: Final = 5.0
_log = structlog.get_logger(__name__)


class Copying:
    """A thread that looks for a newer library every second, and copies it; a context manager.

    While the store cannot be reached, the copy goes on being searched as it is.
    """

    def __init__(self, shared: SharedLibrary) -> None:
        self._shared = shared
        self._ending = threading.Event()
        self._current = threading.Event()
        self._thread = threading.Thread(target=self._go_on, name="daehwa-library", daemon=True)
        self._failing = False

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        """End; what is being copied is left as it was."""
        self._ending.set()
        # A store that does not answer is not waited for: the thread ends with the process.
        self._thread.join(_EVERY)

    def wait(self, seconds: float) -> bool:
        """Wait until the copy has been up to date once; return whether it has."""
        return self._current.wait(seconds)

    def _go_on(self) -> None:
        while not self._ending.is_set():
            self._ending.wait(_EVERY if self._refresh() else _AFTER_ERROR)

    def _refresh(self) -> bool:
        try:
            if self._shared.refresh():
                _log.info("documents_copied")
        except LibraryBusy:
            return True  # another process of this machine copies it
        except DocumentError as error:
            if not self._failing:
                _log.warning("documents_not_copied", error=str(error))
            self._failing = True
            return False
        except Exception:  # noqa: BLE001 - a thread that ended would copy nothing more
            _log.exception("documents_not_copied")
            return False
        self._failing = False
        self._current.set()
        return True
