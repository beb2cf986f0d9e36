"""The team's documents as one file in S3: loaded once by an execution environment, and searched.

| variable | meaning |
|---|---|
| ``DOCUMENTS_FILE`` | where it is: ``s3://BUCKET/KEY`` |
| ``DOCUMENTS_DIGEST`` | its SHA-256; a file with a different one is not searched |

``daehwa.documents.write_portable`` writes it. It is searched by its words alone: the sentence
encoder would take some 200 MB in a function.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from daehwa.aws.aws_service import AwsService
from daehwa.aws.errors import Misconfigured
from daehwa.documents import PortableIndex

_SECONDS = 10.0
_PIECE = 1 << 20


def open_documents(environ: Mapping[str, str]) -> PortableIndex | None:
    """The index that the environment names, ``None`` without one.

    A file that is there already, of an earlier start on this machine, is not loaded again.

    Raises:
        Misconfigured: it is not what was deployed, or cannot be read.
        AwsError: S3 refused it, or did not answer.
    """
    place, digest = environ.get("DOCUMENTS_FILE"), environ.get("DOCUMENTS_DIGEST", "")
    if not place:
        return None
    file = Path(tempfile.gettempdir(), f"daehwa-documents-{digest[:64]}.sqlite3")
    if not file.exists():
        _load(place, digest, file, environ)
    try:
        return PortableIndex(file)
    except ValueError as error:
        raise Misconfigured(f"DOCUMENTS_FILE: {error}") from None


def _load(place: str, digest: str, file: Path, environ: Mapping[str, str]) -> None:
    where = urlsplit(place)
    service = AwsService("S3", prefix="s3", signing_name="s3", environ=environ)
    # Never half a file under its name: others of this machine may look for it.
    handle, name = tempfile.mkstemp(dir=file.parent)
    try:
        with os.fdopen(handle, "w+b") as target:
            service.download(f"/{where.netloc}{where.path}", target, timeout=_SECONDS)
            target.seek(0)
            loaded = sha256()
            while piece := target.read(_PIECE):
                loaded.update(piece)
        if loaded.hexdigest() != digest:
            raise Misconfigured("DOCUMENTS_FILE is not the file that was deployed.")
        Path(name).replace(file)
    finally:
        Path(name).unlink(missing_ok=True)
