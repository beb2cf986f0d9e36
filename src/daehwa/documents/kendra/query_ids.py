"""Ids of queries and results that any process can tell from others, without remembering them."""

from __future__ import annotations

import os
import uuid
from hashlib import sha256

from daehwa.documents.kendra.errors import IndexMissing

_MARK = 6


def new_query_id() -> str:
    """A random id whose last bytes follow from the others."""
    made = uuid.UUID(bytes=os.urandom(16), version=4).bytes[:-_MARK]
    return str(uuid.UUID(bytes=made + _mark(made)))


def check_query(query_id: str) -> None:
    """Refuse an id that no server of this program gave.

    Raises:
        IndexMissing: it is not one.
    """
    try:
        given = uuid.UUID(query_id).bytes
    except ValueError:
        given = b""
    if len(given) <= _MARK or given[-_MARK:] != _mark(given[:-_MARK]):
        raise IndexMissing(f"There is no query {query_id}")


def check_result(result_id: str, query_id: str) -> None:
    """Refuse the id of a result that is not one of that query's.

    Raises:
        IndexMissing: it is not one.
    """
    query, _, result = result_id.rpartition("-")
    if query != query_id or not result:
        raise IndexMissing(f"The query {query_id} has no result {result_id}")


def _mark(made: bytes) -> bytes:
    return sha256(b"daehwa query" + made).digest()[:_MARK]
