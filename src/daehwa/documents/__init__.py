"""Documents: reading, indexing and searching what a team has given.

The libraries that read files, and numpy, are imported when they are first needed.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from daehwa.documents.confidences import ENOUGH, confidence
    from daehwa.documents.copying import Copying
    from daehwa.documents.errors import (
        DocumentError,
        LibraryBusy,
        LibraryUnusable,
        SearchFailed,
        ServiceMisconfigured,
        Unreadable,
    )
    from daehwa.documents.index_files import IndexFiles
    from daehwa.documents.indexing import GivenDocument, Indexer, IndexReport, Progress
    from daehwa.documents.kendra.errors import KendraError
    from daehwa.documents.kendra.filters import read_filter
    from daehwa.documents.kendra.kendra_index import INDEX_ID, KendraIndex
    from daehwa.documents.kendra.operations import KENDRA_OPERATIONS, KENDRA_TARGET
    from daehwa.documents.library import DocumentSummary, Filtering, Library
    from daehwa.documents.portable_index import PortableIndex, PortablePassage
    from daehwa.documents.portable_writing import write_portable
    from daehwa.documents.reading import MAX_BYTES, MAX_CHARACTERS, READERS, read_bytes
    from daehwa.documents.services.kendra_service import KendraService
    from daehwa.documents.services.passage_search import PassageSearch, SearchRequest
    from daehwa.documents.services.service_setting import ServiceSetting
    from daehwa.documents.shared_library import LibraryObjects, SharedLibrary
    from daehwa.documents.terms import terms_of
    from daehwa.documents.values import (
        Attributes,
        Audience,
        Document,
        Hit,
        QuestionAnswer,
        Section,
        Unread,
        split_link,
    )

_HOMES = {
    "Attributes": "values",
    "Copying": "copying",
    "Document": "values",
    "DocumentError": "errors",
    "DocumentSummary": "library",
    "ENOUGH": "confidences",
    "Filtering": "library",
    "GivenDocument": "indexing",
    "Hit": "values",
    "IndexReport": "indexing",
    "Indexer": "indexing",
    "INDEX_ID": "kendra.kendra_index",
    "KENDRA_OPERATIONS": "kendra.operations",
    "KENDRA_TARGET": "kendra.operations",
    "KendraError": "kendra.errors",
    "KendraIndex": "kendra.kendra_index",
    "Library": "library",
    "LibraryBusy": "errors",
    "LibraryObjects": "shared_library",
    "LibraryUnusable": "errors",
    "MAX_BYTES": "reading",
    "MAX_CHARACTERS": "reading",
    "Progress": "indexing",
    "QuestionAnswer": "values",
    "READERS": "reading",
    "Audience": "values",
    "Section": "values",
    "SharedLibrary": "shared_library",
    "IndexFiles": "index_files",
    "Unread": "values",
    "Unreadable": "errors",
    "ServiceMisconfigured": "errors",
    "SearchFailed": "errors",
    "ServiceSetting": "services.service_setting",
    "SearchRequest": "services.passage_search",
    "PassageSearch": "services.passage_search",
    "PortableIndex": "portable_index",
    "PortablePassage": "portable_index",
    "KendraService": "services.kendra_service",
    "read_bytes": "reading",
    "read_filter": "kendra.filters",
    "split_link": "values",
    "terms_of": "terms",
    "confidence": "confidences",
    "write_portable": "portable_writing",
}

__all__ = [
    "ENOUGH",
    "INDEX_ID",
    "KENDRA_OPERATIONS",
    "KENDRA_TARGET",
    "MAX_BYTES",
    "MAX_CHARACTERS",
    "READERS",
    "Attributes",
    "Audience",
    "Copying",
    "Document",
    "DocumentError",
    "DocumentSummary",
    "Filtering",
    "GivenDocument",
    "Hit",
    "IndexFiles",
    "IndexReport",
    "Indexer",
    "KendraError",
    "KendraIndex",
    "KendraService",
    "Library",
    "LibraryBusy",
    "LibraryObjects",
    "LibraryUnusable",
    "PassageSearch",
    "PortableIndex",
    "PortablePassage",
    "Progress",
    "QuestionAnswer",
    "SearchFailed",
    "SearchRequest",
    "Section",
    "ServiceMisconfigured",
    "ServiceSetting",
    "SharedLibrary",
    "Unread",
    "Unreadable",
    "confidence",
    "read_bytes",
    "read_filter",
    "split_link",
    "terms_of",
    "write_portable",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value
