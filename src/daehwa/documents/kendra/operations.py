"""Kendra's operations by name: the shape of each request, and what carries it out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import msgspec

from daehwa.documents.kendra.kendra_index import KendraIndex
from daehwa.documents.kendra.kendra_shape import KendraShape
from daehwa.documents.kendra.shapes.operations import ALL_NAMES, REQUESTS, TARGET

KENDRA_TARGET: Final = TARGET
"""What the header that names an operation begins with."""


class KendraOperation(msgspec.Struct, frozen=True):
    """An operation: its request's shape, and the method that carries it out."""

    request: type[KendraShape]
    carry_out: Callable[[KendraIndex, Any], KendraShape | None]


_METHODS: Final[dict[str, Callable[[KendraIndex, Any], KendraShape | None]]] = {
    "Query": KendraIndex.query,
    "Retrieve": KendraIndex.retrieve,
    "SubmitFeedback": KendraIndex.submit_feedback,
    "GetQuerySuggestions": KendraIndex.suggest,
    "ListIndices": KendraIndex.list_indices,
    "DescribeIndex": KendraIndex.describe,
    "BatchPutDocument": KendraIndex.put,
    "BatchDeleteDocument": KendraIndex.delete,
    "BatchGetDocumentStatus": KendraIndex.status,
}

KENDRA_OPERATIONS: Final[dict[str, KendraOperation | None]] = {
    name: KendraOperation(REQUESTS[name], _METHODS[name]) if name in REQUESTS else None
    for name in sorted(ALL_NAMES)
}
"""Every operation of the service model; ``None`` for those that are not here."""
