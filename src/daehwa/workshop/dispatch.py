"""The operations that are carried out here, by their names in the API."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import msgspec

from daehwa.workshop.shape import OperationModel
from daehwa.workshop.workshop import Handler


class HandledOperation(msgspec.Struct, frozen=True):
    """An operation: what the service model says of it, and the handler that carries it out."""

    model: OperationModel
    handler: Handler


@cache
def operations() -> Mapping[str, HandledOperation]:
    """Every operation that has a handler.

    Handlers and shapes are loaded by the first call: a server starts without them.
    """
    from daehwa.workshop.handlers import HANDLERS  # noqa: PLC0415
    from daehwa.workshop.shapes.operations import OPERATIONS  # noqa: PLC0415

    return {name: HandledOperation(model, HANDLERS[name]) for name, model in OPERATIONS.items()}
