"""What Lex's two APIs share on the wire: AWS's protocol ``rest-json``.

Method and path name the operation, errors are named in a header, and what breaks a
constraint of the service model is described in the service's own words.
Source: the protocol "AWS restJson1" of the Smithy specification, and botocore's service models.
"""

from daehwa.server.restjson.constraints import (
    Rule,
    null_clause,
    refuse,
    scalar_faults,
    size_faults,
)
from daehwa.server.restjson.response import (
    Response,
    error_response,
    response_start,
    send_response,
)
from daehwa.server.restjson.router import Router

__all__ = [
    "Response",
    "Router",
    "Rule",
    "error_response",
    "null_clause",
    "refuse",
    "response_start",
    "scalar_faults",
    "send_response",
    "size_faults",
]
