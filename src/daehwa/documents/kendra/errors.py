"""Kendra's modelled errors.

::

    KendraError
    ├── InvalidRequest      ValidationException, 400
    ├── IndexMissing        ResourceNotFoundException, 400
    └── IndexInUse          ConflictException, 400
"""

from __future__ import annotations

from typing import ClassVar

from daehwa.documents.errors import DocumentError


class KendraError(DocumentError):
    """Base: ``code`` is the error's name on the wire."""

    code: ClassVar[str]


class InvalidRequest(KendraError):
    """The request breaks a rule, or wants what is not there."""

    code = "ValidationException"


class IndexMissing(KendraError):
    """There is no index of this id."""

    code = "ResourceNotFoundException"


class IndexInUse(KendraError):
    """Another process is writing the index."""

    code = "ConflictException"
