"""The operations that are carried out here, by their names in the API."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import msgspec

from daehwa.workshop.shape import OperationModel
from daehwa.workshop.workshop import Handler


class HandledOperation(msgspec.Struct, frozen=True):
    """An operation: what the service model says of it, and the handler that carries it out.

    The analytics have none here: what they list, or forget, is what was said, and not in the
    workshop.
    """

    model: OperationModel
    handler: Handler | None


@cache
def operations() -> Mapping[str, HandledOperation]:
    """Every operation that is carried out.

    Handlers and shapes are loaded by the first call: a server starts without them.
    """
    from daehwa.workshop.handlers import HANDLERS  # noqa: PLC0415
    from daehwa.workshop.shapes.operations import OPERATIONS  # noqa: PLC0415

    return {name: HandledOperation(model, HANDLERS.get(name)) for name, model in OPERATIONS.items()}
