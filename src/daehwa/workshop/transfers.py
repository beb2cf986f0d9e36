"""Files on their way in and out: what is uploaded to be imported, and what was exported.

They last as long as the server runs; a bot that was imported stays.
The address of a file holds a secret, as Amazon's signed addresses do.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:  # The shapes are loaded with the first request that needs them.
    from daehwa.workshop.shapes.exports import ExportResourceSpecification
    from daehwa.workshop.shapes.imports import ImportResourceSpecification
    from daehwa.workshop.shapes.scalars import ImportStatus, MergeStrategy

PATH: Final = "/transfers/"
"""The path of uploads and downloads, before the secret."""

MAX_UPLOAD_BYTES: Final = 64 * 2**20
"""The largest file that can be uploaded; a zip of a bot is far smaller."""


class ImportRecord(msgspec.Struct, kw_only=True):
    """An import. It has no status, and no specification, until it is started."""

    id: str
    file: Path
    created: float
    updated: float
    status: ImportStatus | None = None
    specification: ImportResourceSpecification | None = None
    merge_strategy: MergeStrategy | None = None
    failures: list[str] = msgspec.field(default_factory=list)
    resource_id: str | None = None
    resource_name: str | None = None


class ExportRecord(msgspec.Struct, kw_only=True):
    """An export, whose file is ready."""

    id: str
    secret: str
    specification: ExportResourceSpecification
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
        """Delete the files."""
        for file in (*self._uploads.values(), *self._downloads.values()):
            file.unlink(missing_ok=True)

    def expect_upload(self, import_id: str, now: float) -> str:
        """Begin an import, whose file is to be uploaded; the secret of the upload's address."""
        secret = secrets.token_urlsafe(24)
        file = self._folder / f"{import_id}.zip"
        self._uploads[secret] = file
        self.imports[import_id] = ImportRecord(id=import_id, file=file, created=now, updated=now)
        return secret

    def save_upload(self, secret: str, data: bytes) -> bool:
        """Save an uploaded file; ``False`` when no import has an address with that secret."""
        file = self._uploads.get(secret)
        if file is None:
            return False
        file.parent.mkdir(0o700, parents=True, exist_ok=True)
        file.write_bytes(data)
        return True

    def prepare_download(self, export_id: str) -> tuple[str, Path]:
        """Give an export an address; its secret, and the file to write."""
        secret = secrets.token_urlsafe(24)
        file = self._folder / f"{export_id}.zip"
        self._downloads[secret] = file
        return secret, file

    def download(self, secret: str) -> Path | None:
        """The file of the export whose address has that secret, if there is one."""
        return self._downloads.get(secret)

    def delete_import(self, import_id: str) -> None:
        """Remove an import and its file."""
        self.imports.pop(import_id).file.unlink(missing_ok=True)

    def delete_export(self, export_id: str) -> None:
        """Remove an export and its file."""
        file = self._downloads.pop(self.exports.pop(export_id).secret, None)
        if file is not None:
            file.unlink(missing_ok=True)
