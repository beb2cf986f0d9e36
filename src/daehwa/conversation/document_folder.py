"""Where the documents of a configuration are: in the data folder, or shared between machines."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from daehwa import answers, documents, stores
from daehwa.conversation.settings import Settings

_COPY: Final = "shared"
_LEASE: Final = "documents"
_LEASE_SECONDS: Final = 60.0


class DocumentFolder(NamedTuple):
    """The folder whose library is searched, and the library it is a copy of, if it is one.

    ``services`` are searched beside it.
    """

    folder: Path
    shared: documents.SharedLibrary | None = None
    objects: documents.LibraryObjects | None = None
    services: tuple[answers.ServiceSearch, ...] = ()

    def close(self) -> None:
        """Release the connections to what is shared."""
        if self.objects is not None:
            self.objects.close()


def document_folder(settings: Settings, data: Path) -> DocumentFolder:
    """Where documents are: beside the sessions, where these are in a store that machines share.

    Nothing is opened yet.

    Raises:
        stores.StoreMisconfigured: there is no such store.
    """
    url = settings.store.url
    if url is None or not stores.shares_objects(url):
        return DocumentFolder(data)
    folder = data / _COPY
    objects = StoredObjects(url, data)
    return DocumentFolder(
        folder, documents.SharedLibrary(objects, documents.IndexFiles(folder)), objects
    )


class StoredObjects:
    """The port of shared documents over the objects of the store at ``url``; opened when used."""

    def __init__(self, url: str, data: Path) -> None:
        self._url = url
        self._data = data
        self._lock = threading.Lock()
        self._opened = ExitStack()
        self._objects: stores.ObjectStore | None = None
        self._closed = False

    def position(self, kind: str) -> int:
        """See ``documents.LibraryObjects.position``."""
        with _as_library_errors():
            return self._open().position(kind)

    def names(self, kind: str) -> Iterable[str]:
        """See ``documents.LibraryObjects.names``."""
        with _as_library_errors():
            return list(self._open().listing(kind))

    def read(self, prefix: str) -> Mapping[str, tuple[bytes, int]]:
        """See ``documents.LibraryObjects.read``."""
        with _as_library_errors():
            return self._open().read(prefix)

    def write(
        self,
        changes: Mapping[str, bytes | None],
        *,
        expected: Mapping[str, int | None] | None = None,
    ) -> int:
        """See ``documents.LibraryObjects.write``."""
        with _as_library_errors():
            return self._open().write(changes, expected=expected)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """See ``documents.LibraryObjects.writing``: a lease, renewed while the block lasts."""
        holder = uuid.uuid4().hex
        ended = threading.Event()

        def take() -> bool:
            with _as_library_errors():
                return self._open().take_lease(_LEASE, holder, _LEASE_SECONDS)

        def renew() -> None:
            while not ended.wait(_LEASE_SECONDS / 3):
                # Who loses it writes nothing: a manifest that was replaced is not overwritten.
                with suppress(documents.DocumentError):
                    take()

        if not take():
            raise documents.LibraryBusy(
                "another machine is indexing: wait until it has finished, or a minute if it died"
            )
        renewing = threading.Thread(target=renew, name="daehwa-documents-lease", daemon=True)
        renewing.start()
        try:
            yield
        finally:
            ended.set()
            renewing.join()
            with suppress(documents.DocumentError), _as_library_errors():
                self._open().end_lease(_LEASE, holder)

    def close(self) -> None:
        """See ``documents.LibraryObjects.close``."""
        with self._lock:
            self._closed = True
            self._objects = None
            self._opened.close()

    def _open(self) -> stores.ObjectStore:
        with self._lock:
            if self._closed:
                raise documents.LibraryUnusable("the shared documents: this program is ending")
            if self._objects is None:
                self._objects = self._opened.enter_context(
                    stores.open_objects(self._url, self._data)
                )
            return self._objects


@contextmanager
def _as_library_errors() -> Iterator[None]:
    """The store's errors as those of documents."""
    try:
        yield
    except stores.StaleObject as error:
        raise documents.LibraryBusy(
            f"another machine has indexed meanwhile ({error}): run it again"
        ) from error
    except stores.StoreError as error:
        raise documents.LibraryUnusable(f"the shared documents: {error}") from error
