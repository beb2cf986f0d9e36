"""Lex's model-building API: its wire, operation by operation.

botocore's service model is the truth of it; the tests compare the table here and every
response with the model.
"""

from daehwa.server.modelsapi.endpoint import ModelsApi
from daehwa.server.modelsapi.operations import OPERATIONS

__all__ = ["OPERATIONS", "ModelsApi"]
