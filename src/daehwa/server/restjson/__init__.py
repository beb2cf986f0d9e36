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
from daehwa.server.restjson.reply import Reply, failure, send_reply, start
from daehwa.server.restjson.router import Router

__all__ = [
    "Reply",
    "Router",
    "Rule",
    "failure",
    "null_clause",
    "refuse",
    "scalar_faults",
    "send_reply",
    "size_faults",
    "start",
]
