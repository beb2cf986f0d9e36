"""Requests of the model-building API: from path, query and body to typed shapes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, unquote

import msgspec

from daehwa import lex, workshop
from daehwa.server.body import json_text
from daehwa.server.modelsapi.constraints import faults, members_of
from daehwa.server.restjson import refuse


def read_request(
    route: workshop.Route,
    model: workshop.OperationModel,
    labels: tuple[bytes, ...],
    query: str,
    body: bytes,
) -> workshop.Shape:
    """The request of an operation.

    Members that the operation does not take are left out, and ``null`` is a member that is not
    there. ``labels`` are those of the path, still percent-encoded.

    Raises:
        lex.ValidationException: it is not JSON, or breaks the model's constraints.
    """
    path = {
        name: unquote(label.decode("latin-1"))
        for name, label in zip(route.labels, labels, strict=True)
    }
    members = {**_queried(model, query), **_decoded(body), **path}
    refuse(list(faults(model.request, members, first=route.labels)))
    present = {name: value for name, value in members.items() if value is not None}
    return msgspec.convert(present, model.request)


def _decoded(body: bytes) -> dict[str, Any]:
    try:
        members = msgspec.json.decode(json_text(body)) if body else {}
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise lex.ValidationException(f"The request is not valid JSON: {error}") from None
    if not isinstance(members, dict):
        raise lex.ValidationException("The request is not a JSON object")
    return members


def _queried(model: workshop.OperationModel, query: str) -> dict[str, Any]:
    if not model.query:
        return {}
    given: Mapping[str, list[str]] = parse_qs(query, keep_blank_values=True)
    return {
        name: _from_text(model.request, name, given[name]) for name in model.query if name in given
    }


def _from_text(shape: type[workshop.Shape], name: str, values: list[str]) -> Any:
    """A member of the query, of the type that the shape declares: a list, a truth or a text."""
    kind = members_of(shape)[name].type
    if isinstance(kind, msgspec.inspect.ListType):
        return values
    if isinstance(kind, msgspec.inspect.BoolType):
        return values[0].lower() == "true"
    return values[0]
