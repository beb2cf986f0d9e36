"""Files on their way in and out: what is uploaded to be imported, and what was exported.

On one machine they last as long as the server runs; where several share them, for a day. A bot
that was imported stays. The address of a file holds a secret, as Amazon's signed addresses do.

    transfers/import-<id>.json, .zip    an import, and what was uploaded for it
    transfers/export-<id>.json, .zip    an export, and its file
"""

from __future__ import annotations

import hmac
import secrets
from typing import Any, Final, TypeVar

import msgspec
import structlog

from daehwa import stores

PATH: Final = "/transfers/"
"""The path of uploads and downloads, before the secret."""

MAX_UPLOAD_BYTES: Final = 64 * 2**20
"""The largest file that can be uploaded; a zip of a bot is far smaller."""

_KIND: Final = "transfers"
_SECONDS: Final = 24 * 3600
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

    ``specification`` is an ``ExportResourceSpecification`` as on the wire.
    """

    id: str
    secret: str
    specification: dict[str, Any]
    created: float
    updated: float


_RecordT = TypeVar("_RecordT", ImportRecord, ExportRecord)
_KINDS: Final[dict[type, str]] = {ImportRecord: "import", ExportRecord: "export"}


class Transfers:
    """The imports and exports, with their files.

    An operation puts what it changes into ``changes`` of its own, by the names of objects.
    """

    def __init__(self, objects: stores.ObjectStore) -> None:
        self._objects = objects
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

    def save_upload(self, secret: str, data: bytes) -> bool:
        """Save an uploaded file; ``False`` when no import has an address with that secret.

        Raises:
            stores.StoreError: the store cannot be used, or is full.
        """
        record = self._by_secret(ImportRecord, secret)
        if record is None:
            return False
        self._objects.write({_name(ImportRecord, record.id, "zip"): data})
        return True

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


def new_secret(record_id: str) -> str:
    """The end of an address that nobody can guess, for the file of an import or export."""
    return f"{record_id}.{secrets.token_urlsafe(24)}"


def saved_record(record: ImportRecord | ExportRecord) -> dict[str, bytes | None]:
    """An import or export as it is saved: object by name."""
    return {_name(type(record), record.id, "json"): msgspec.json.encode(record)}


def saved_file(record: ExportRecord, content: bytes) -> dict[str, bytes | None]:
    """The file of an export as it is saved: object by name."""
    return {_name(type(record), record.id, "zip"): content}


def without(record: ImportRecord | ExportRecord) -> dict[str, bytes | None]:
    """What deletes an import or export with its file: objects by name."""
    return {_name(type(record), record.id, end): None for end in ("json", "zip")}


def _name(kind: type, record_id: str, end: str) -> str:
    return f"{_KIND}/{_KINDS[kind]}-{record_id}.{end}"
