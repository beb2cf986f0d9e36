"""Bots that are made through Lex's model-building API: drafts, builds, versions, aliases.

``ROUTES`` has every operation of the API, ``operations()`` those that are carried out: each takes
its request to its response, both typed as in botocore's service model. The server speaks HTTP.
"""

from daehwa.workshop.dispatch import HandledOperation, operations
from daehwa.workshop.errors import (
    InternalServerException,
    PreconditionFailedException,
    ResourceNotFoundException,
    ValidationException,
    WorkshopError,
)
from daehwa.workshop.shape import OperationModel, Route, Shape, part_shape
from daehwa.workshop.shapes.routes import ROUTES
from daehwa.workshop.transfers import MAX_UPLOAD_BYTES
from daehwa.workshop.transfers import PATH as TRANSFERS_PATH
from daehwa.workshop.workshop import Workshop

__all__ = [
    "MAX_UPLOAD_BYTES",
    "ROUTES",
    "TRANSFERS_PATH",
    "HandledOperation",
    "InternalServerException",
    "OperationModel",
    "PreconditionFailedException",
    "ResourceNotFoundException",
    "Route",
    "Shape",
    "ValidationException",
    "Workshop",
    "WorkshopError",
    "operations",
    "part_shape",
]
