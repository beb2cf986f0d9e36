"""What goes wrong with documents.

::

    DocumentError
    ├── Unreadable         one file: its ``reason`` says why; the others are read all the same
    ├── LibraryUnusable    the index on disk: the operator fixes it
    ├── LibraryBusy        another process is indexing: wait, and try again
    ├── SearchFailed       a search service: its ``reason`` says whose fault, and if it may pass
    └── ServiceMisconfigured  a search service cannot be asked: the operator fixes the file
"""

from __future__ import annotations

from typing import Literal

Reason = Literal[
    "broken",
    "empty",
    "encrypted",
    "gone",
    "loop",
    "no questions",
    "no text",
    "permission",
    "too large",
    "unknown encoding",
    "unknown kind",
]


FailureReason = Literal["failed", "refused", "throttled", "timed out", "unreachable"]


class DocumentError(Exception):
    """Base of what goes wrong with documents; the message names the cure."""


class Unreadable(DocumentError):
    """A file that cannot be read; ``reason`` is for programs, the message for people."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason: Reason = reason


class LibraryUnusable(DocumentError):
    """The index cannot be opened or written."""


class LibraryBusy(DocumentError):
    """Another process is writing the index."""


class SearchFailed(DocumentError):
    """A search service did not search; all reasons but ``refused`` may pass."""

    def __init__(self, reason: FailureReason, message: str) -> None:
        super().__init__(message)
        self.reason: FailureReason = reason


class ServiceMisconfigured(DocumentError):
    """A search service's settings cannot be used."""
