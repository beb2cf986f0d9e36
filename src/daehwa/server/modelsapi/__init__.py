"""Lex's model-building API on the wire.

Its paths, shapes and constraints are those of botocore's service model (``daehwa.workshop.shapes``
is made from it); the tests compare every response with the model.
"""

from daehwa.server.modelsapi.endpoint import ModelsApi

__all__ = ["ModelsApi"]
