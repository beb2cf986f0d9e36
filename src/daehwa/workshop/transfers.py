"""Files on their way in and out: what is uploaded to be imported, and what was exported.

They are under way for as long as the server runs; a bot that was imported is kept by itself.
The address of a file holds a secret, as Amazon's signed addresses do.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any, Final

import msgspec

PATH: Final = "/transfers/"
"""Where the server takes and gives the files: this, then the secret."""

MAX_UPLOAD_BYTES: Final = 64 * 2**20
"""The largest file that can be uploaded; a zip of a bot is far smaller."""


class ImportRecord(msgspec.Struct, kw_only=True):
    """An import: announced by its upload address, then started, then completed or failed."""

    id: str
    file: Path
    created: float
    updated: float
    status: str | None = None
    specification: dict[str, Any] = msgspec.field(default_factory=dict)
    merge_strategy: str = ""
    failures: list[str] = msgspec.field(default_factory=list)
    resource_id: str | None = None
    resource_name: str | None = None


class ExportRecord(msgspec.Struct, kw_only=True):
    """An export, whose file is ready."""

    id: str
    secret: str
    specification: dict[str, Any]
    created: float
    updated: float


class Transfers:
    """The imports and exports of this run, with their files in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.imports: dict[str, ImportRecord] = {}
        self.exports: dict[str, ExportRecord] = {}
        self._uploads: dict[str, Path] = {}
        self._downloads: dict[str, Path] = {}

    def close(self) -> None:
        """Forget everything."""
        for file in (*self._uploads.values(), *self._downloads.values()):
            file.unlink(missing_ok=True)

    def announce(self, import_id: str, now: float) -> str:
        """Make ready for an upload; the secret of its address."""
        secret = secrets.token_urlsafe(24)
        file = self._folder / f"{import_id}.zip"
        self._uploads[secret] = file
        self.imports[import_id] = ImportRecord(id=import_id, file=file, created=now, updated=now)
        return secret

    def uploaded(self, secret: str, data: bytes) -> bool:
        """Take a file; whether it was announced."""
        file = self._uploads.get(secret)
        if file is None:
            return False
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        return True

    def offer(self, export_id: str) -> tuple[str, Path]:
        """Make ready for a download; the secret of its address, and the file to write."""
        secret = secrets.token_urlsafe(24)
        file = self._folder / f"{export_id}.zip"
        self._downloads[secret] = file
        return secret, file

    def download(self, secret: str) -> Path | None:
        """The file at an address, if it was offered."""
        return self._downloads.get(secret)

    def forget_import(self, import_id: str) -> None:
        """Remove an import and its file."""
        self.imports.pop(import_id).file.unlink(missing_ok=True)

    def forget_export(self, export_id: str) -> None:
        """Remove an export and its file."""
        file = self._downloads.pop(self.exports.pop(export_id).secret, None)
        if file is not None:
            file.unlink(missing_ok=True)
