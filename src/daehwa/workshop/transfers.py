"""Files on their way in and out: what is uploaded to be imported, and what was exported.

They last as long as the server runs; a bot that was imported stays. What is uploaded is bounded:
in number, in bytes together, and in time; of exports the latest are there.
The address of a file holds a secret, as Amazon's signed addresses do.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import msgspec

from daehwa.workshop.errors import ThrottlingException

if TYPE_CHECKING:  # The shapes are loaded with the first request that needs them.
    from daehwa.workshop.shapes.exports import ExportResourceSpecification
    from daehwa.workshop.shapes.imports import ImportResourceSpecification
    from daehwa.workshop.shapes.scalars import ImportStatus, MergeStrategy

PATH: Final = "/transfers/"
"""The path of uploads and downloads, before the secret."""

MAX_UPLOAD_BYTES: Final = 64 * 2**20
"""The largest file that can be uploaded; a zip of a bot is far smaller."""


MOST_UPLOADS: Final = 200
"""Imports that wait for their file, or to be started."""

MOST_UPLOADED_BYTES: Final = 256 * 2**20
"""What the files of all of them have together."""

MOST_EXPORTS: Final = 100

UPLOAD_SECONDS: Final = 900.0
"""How long an import waits for its file and its start."""


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
        self._bytes = 0

    def close(self) -> None:
        """Delete the files."""
        for file in (*self._uploads.values(), *self._downloads.values()):
            file.unlink(missing_ok=True)

    def expect_upload(self, import_id: str, now: float) -> str:
        """Begin an import, whose file is to be uploaded; the secret of the upload's address.

        Raises:
            ThrottlingException: too many imports wait already.
        """
        self._expire(now)
        if len(self._uploads) >= MOST_UPLOADS:
            raise ThrottlingException(
                f"{MOST_UPLOADS} imports wait for their files. Start some of them, or try again "
                "later."
            )
        secret = secrets.token_urlsafe(24)
        file = self._folder / f"{import_id}.zip"
        self._uploads[secret] = file
        self.imports[import_id] = ImportRecord(id=import_id, file=file, created=now, updated=now)
        return secret

    def open_upload(self, secret: str) -> Upload | None:
        """The file to write; ``None`` when no import has an address with that secret."""
        file = self._uploads.get(secret)
        return None if file is None else Upload(self, file)

    def reserve(self, count: int) -> None:
        """Take ``count`` bytes of those that all uploads have; negative to give some back.

        Raises:
            ThrottlingException: there are not so many.
        """
        if count > 0 and self._bytes + count > MOST_UPLOADED_BYTES:
            raise ThrottlingException(
                "Too much was uploaded and not imported yet. Start the imports, or try again later."
            )
        self._bytes = max(0, self._bytes + count)

    def end_upload(self, record: ImportRecord) -> None:
        """Forget the file of an import that was carried out, or that nobody started."""
        self._uploads = {
            secret: file for secret, file in self._uploads.items() if file != record.file
        }
        if record.file.exists():
            self.reserve(-record.file.stat().st_size)
            record.file.unlink(missing_ok=True)

    def _expire(self, now: float) -> None:
        for record in tuple(self.imports.values()):
            if record.status is None and now - record.created > UPLOAD_SECONDS:
                self.end_upload(record)
                del self.imports[record.id]

    def prepare_download(self, export_id: str) -> tuple[str, Path]:
        """Give an export an address; its secret, and the file to write."""
        for oldest in tuple(self.exports)[: max(0, len(self.exports) + 1 - MOST_EXPORTS)]:
            self.delete_export(oldest)
        secret = secrets.token_urlsafe(24)
        file = self._folder / f"{export_id}.zip"
        self._downloads[secret] = file
        return secret, file

    def download(self, secret: str) -> Path | None:
        """The file of the export whose address has that secret, if there is one."""
        return self._downloads.get(secret)

    def delete_import(self, import_id: str) -> None:
        """Remove an import and its file."""
        self.end_upload(self.imports.pop(import_id))

    def delete_export(self, export_id: str) -> None:
        """Remove an export and its file."""
        file = self._downloads.pop(self.exports.pop(export_id).secret, None)
        if file is not None:
            file.unlink(missing_ok=True)


class Upload:
    """A file on its way in: it takes the place of an earlier one when it is whole.

    Used within its context; one that is not ``finished`` leaves nothing behind.
    """

    def __init__(self, transfers: Transfers, file: Path) -> None:
        self._transfers = transfers
        self._file = file
        self._part = file.with_suffix(f".{secrets.token_hex(4)}.part")
        self._written = 0
        self._finished = False

    def __enter__(self) -> Self:
        """Begin the file."""
        self._part.parent.mkdir(parents=True, exist_ok=True)
        self._stream = self._part.open("wb")
        return self

    def __exit__(self, *_: object) -> None:
        """Put the file in its place, or forget it."""
        self._stream.close()
        if self._finished:
            before = self._file.stat().st_size if self._file.exists() else 0
            self._part.replace(self._file)
            self._transfers.reserve(-before)
        else:
            self._part.unlink(missing_ok=True)
            self._transfers.reserve(-self._written)

    def write(self, piece: bytes) -> None:
        """Add what came.

        Raises:
            ThrottlingException: all uploads together have too many bytes.
        """
        self._transfers.reserve(len(piece))
        self._written += len(piece)
        self._stream.write(piece)

    def finish(self) -> None:
        """Note that the file is whole."""
        self._finished = True
