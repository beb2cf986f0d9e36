"""Files on their way in and out: what is uploaded to be imported, and what was exported.

On one machine they last as long as the server runs; where several share them, for a day. A bot
that was imported stays. What is uploaded is bounded: in number, in bytes together, and in time;
of exports the latest are there. The address of a file holds a secret, as Amazon's signed
addresses do.

    transfers/import-<id>.json, .zip    an import, and what was uploaded for it
    transfers/export-<id>.json, .zip    an export, and its file
"""

from __future__ import annotations

import hmac
import secrets
from typing import Any, Final, Self, TypeVar

import msgspec
import structlog

from daehwa import stores
from daehwa.workshop.errors import ThrottlingException

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

_KIND: Final = "transfers"
_SECONDS: Final = 24 * 3600
_TOO_MUCH: Final = (
    "Too much was uploaded and not imported yet. Start the imports, or try again later."
)
_log = structlog.get_logger(__name__)


class ImportRecord(msgspec.Struct, kw_only=True):
    """An import. It has no status, and no specification, until it is started.

    ``specification`` is an ``ImportResourceSpecification`` as on the wire.
    """

    id: str
    secret: str
    created: float
    updated: float
    status: str | None = None
    specification: dict[str, Any] | None = None
    merge_strategy: str | None = None
    failures: list[str] = msgspec.field(default_factory=list)
    resource_id: str | None = None
    resource_name: str | None = None


class ExportRecord(msgspec.Struct, kw_only=True):
    """An export, whose file is ready.

    ``specification`` is an ``ExportResourceSpecification`` as on the wire; ``encrypted`` says
    whether the file has a password.
    """

    id: str
    secret: str
    specification: dict[str, Any]
    created: float
    updated: float
    file_format: str = "LexJson"
    encrypted: bool = False


_RecordT = TypeVar("_RecordT", ImportRecord, ExportRecord)
_KINDS: Final[dict[type, str]] = {ImportRecord: "import", ExportRecord: "export"}


class Transfers:
    """The imports and exports, with their files.

    An operation puts what it changes into ``changes`` of its own, by the names of objects.
    """

    def __init__(self, objects: stores.ObjectStore) -> None:
        self._objects = objects
        self._arriving = 0
        if not objects.shared:
            self._delete_all()  # those of a server that was killed

    def close(self) -> None:
        """Delete the files, unless other machines use them."""
        if not self._objects.shared:
            self._delete_all()

    def delete_old(self, now: float) -> None:
        """Delete what is older than a day."""
        old = [
            name
            for name, listed in self._objects.listing(_KIND).items()
            if listed.written_at < now - _SECONDS
        ]
        if old:
            self._objects.write(dict.fromkeys(old))

    # --- records ----------------------------------------------------------------------

    def find_import(self, import_id: str) -> ImportRecord | None:
        """The import of that id, if there is one."""
        return self._find(ImportRecord, import_id)

    def find_export(self, export_id: str) -> ExportRecord | None:
        """The export of that id, if there is one."""
        return self._find(ExportRecord, export_id)

    def imports(self) -> list[ImportRecord]:
        """Every import, the oldest first."""
        return self._all(ImportRecord)

    def exports(self) -> list[ExportRecord]:
        """Every export, the oldest first."""
        return self._all(ExportRecord)

    def _find(self, kind: type[_RecordT], record_id: str) -> _RecordT | None:
        name = _name(kind, record_id, "json")
        there = self._objects.read(name).get(name)
        return None if there is None else msgspec.json.decode(there.content, type=kind)

    def _all(self, kind: type[_RecordT]) -> list[_RecordT]:
        start, end = f"{_KIND}/{_KINDS[kind]}-", ".json"
        names = [one for one in self._objects.listing(_KIND) if one.startswith(start)]
        ids = [one.removeprefix(start).removesuffix(end) for one in names if one.endswith(end)]
        records = [self._find(kind, one) for one in ids]
        return sorted((one for one in records if one is not None), key=lambda one: one.created)

    # --- files ------------------------------------------------------------------------

    def room_for_import(self, now: float) -> dict[str, bytes | None]:
        """Make room for another import; return the names of the objects to delete.

        Raises:
            ThrottlingException: too many imports wait already.
        """
        waiting = [record for record in self.imports() if record.status is None]
        late = [record for record in waiting if now - record.created > UPLOAD_SECONDS]
        if len(waiting) - len(late) >= MOST_UPLOADS:
            raise ThrottlingException(
                f"{MOST_UPLOADS} imports wait for their files. Start some of them, or try again "
                "later."
            )
        return {name: None for record in late for name in without(record)}

    def room_for_export(self) -> dict[str, bytes | None]:
        """What has to go before another export is there: objects to delete, by name."""
        exports = self.exports()
        oldest = exports[: max(0, len(exports) + 1 - MOST_EXPORTS)]
        return {name: None for record in oldest for name in without(record)}

    def open_upload(self, secret: str) -> Upload | None:
        """Begin an upload; ``None`` when no import has an address with that secret.

        Raises:
            stores.StoreError: the store cannot be used.
        """
        record = self._by_secret(ImportRecord, secret)
        if record is None or record.status is not None:
            return None
        return Upload(self, _name(ImportRecord, record.id, "zip"))

    def reserve(self, count: int) -> None:
        """Take ``count`` bytes for what arrives here; negative to give some back.

        Raises:
            ThrottlingException: there are not so many.
        """
        if count > 0 and self._arriving + count > MOST_UPLOADED_BYTES:
            raise ThrottlingException(_TOO_MUCH)
        self._arriving = max(0, self._arriving + count)

    def save_upload(self, name: str, content: bytes | memoryview) -> None:
        """Save an uploaded file in place of an earlier one.

        Raises:
            ThrottlingException: with it all uploads have too many bytes together.
            stores.StoreError: the store cannot be used, or is full.
        """
        start = f"{_KIND}/{_KINDS[ImportRecord]}-"
        listing = self._objects.listing(_KIND).items()
        others = sum(
            listed.size
            for one, listed in listing
            if one.startswith(start) and one.endswith(".zip") and one != name
        )
        if others + len(content) > MOST_UPLOADED_BYTES:
            raise ThrottlingException(_TOO_MUCH)
        self._objects.write({name: content})

    def upload(self, import_id: str) -> bytes | None:
        """What was uploaded for an import, if anything was."""
        return self._file(_name(ImportRecord, import_id, "zip"))

    def download(self, secret: str) -> bytes | None:
        """The file of the export whose address has that secret, if there is one."""
        record = self._by_secret(ExportRecord, secret)
        return None if record is None else self._file(_name(ExportRecord, record.id, "zip"))

    def _file(self, name: str) -> bytes | None:
        there = self._objects.read(name).get(name)
        return None if there is None else there.content

    def _by_secret(self, kind: type[_RecordT], secret: str) -> _RecordT | None:
        record_id, _, _ = secret.partition(".")
        record = self._find(kind, record_id) if record_id.isalnum() else None
        known = record is not None and hmac.compare_digest(record.secret.encode(), secret.encode())
        return record if known else None

    def _delete_all(self) -> None:
        try:
            names = self._objects.listing(_KIND)
            if names:
                self._objects.write(dict.fromkeys(names))
        except stores.StoreError as error:
            _log.warning("transfers_not_deleted", error=str(error))


class Upload:
    """A file on its way in: it takes the place of an earlier one when it is whole.

    Used within its context; one that is not finished leaves nothing behind.
    """

    def __init__(self, transfers: Transfers, name: str) -> None:
        self._transfers = transfers
        self._name = name
        self._content = bytearray()

    def __enter__(self) -> Self:
        """Begin the file."""
        return self

    def __exit__(self, *_: object) -> None:
        """Give back what it took of the memory that uploads may have."""
        self._transfers.reserve(-len(self._content))
        self._content = bytearray()

    def write(self, piece: bytes) -> None:
        """Add what came.

        Raises:
            ThrottlingException: what arrives has too many bytes together.
        """
        self._transfers.reserve(len(piece))
        self._content += piece

    def finish(self) -> None:
        """Save the file, which is whole.

        Raises:
            ThrottlingException, stores.StoreError: as ``Transfers.save_upload``.
        """
        # A view: to copy so much would hold up every other thread.
        self._transfers.save_upload(self._name, memoryview(self._content))


def new_secret(record_id: str) -> str:
    """The end of an address that nobody can guess, for the file of an import or export."""
    return f"{record_id}.{secrets.token_urlsafe(24)}"


def saved_record(record: ImportRecord | ExportRecord) -> dict[str, bytes | None]:
    """An import or export as it is saved: object by name."""
    return {_name(type(record), record.id, "json"): msgspec.json.encode(record)}


def saved_file(record: ExportRecord, content: bytes) -> dict[str, bytes | None]:
    """The file of an export as it is saved: object by name."""
    return {_name(type(record), record.id, "zip"): content}


def without_file(record: ImportRecord) -> dict[str, bytes | None]:
    """What deletes the file of an import that was carried out: objects by name."""
    return {_name(ImportRecord, record.id, "zip"): None}


def without(record: ImportRecord | ExportRecord) -> dict[str, bytes | None]:
    """What deletes an import or export with its file: objects by name."""
    return {_name(type(record), record.id, end): None for end in ("json", "zip")}


def _name(kind: type, record_id: str, end: str) -> str:
    return f"{_KIND}/{_KINDS[kind]}-{record_id}.{end}"
