"""The OpenAPI description of ``/chat``, made from the values and the operations.

Source: OpenAPI Specification 3.1.0. Events are described as ``ChatEvent``, since that version
has no words for server-sent events.
"""

from __future__ import annotations

import functools
import re
from typing import Any

import msgspec

from daehwa import __version__, lex
from daehwa.chat import values
from daehwa.chat.accepting import EVENT_STREAM
from daehwa.chat.errors import ERRORS
from daehwa.chat.limits import MESSAGE_ID, SESSION_ID
from daehwa.chat.operations import EVENTS, OPERATIONS, ChatOperation
from daehwa.chat.session_secret import SECRET_HEADER, SESSION_SECRET

_REF = "#/components/schemas/"
_JSON = "application/json"
_PARAMETERS = {
    "sessionId": ("The session's id.", SESSION_ID),
    "messageId": ("The turn's id in its session.", MESSAGE_ID),
}
_IN_QUERY = {"before": MESSAGE_ID}
_SECRET = {"type": "string", "pattern": f"^{SESSION_SECRET}$"}
# Whatever the request, these may come back.
_ANY = (
    "TokenMissing",
    "ScopeMissing",
    "DoorClosed",
    "OriginNotAllowed",
    "HostNotAllowed",
    "EncodingUnsupported",
    "TransferCodingUnsupported",
    "InternalServerException",
)


@functools.cache
def openapi_document() -> dict[str, Any]:
    """The description, as JSON has it. It is not to be changed."""
    schemas = _schemas()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Daehwa: /chat",
            "version": __version__,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            "description": "Talk to an Amazon Lex V2 bot in JSON, whole or streamed.",
        },
        "security": [{}, {"token": []}],
        "paths": _paths(),
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


@functools.cache
def openapi_json() -> bytes:
    """The description as JSON text."""
    return msgspec.json.format(msgspec.json.encode(openapi_document()), indent=1)


def _paths() -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _described(operation)
    return paths


def _described(operation: ChatOperation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": operation.description,
        "parameters": _parameters(operation),
        "responses": _responses(operation),
    }
    if operation.body is not None:
        content = {_JSON: {"schema": {"$ref": _REF + operation.body.__name__}}}
        described["requestBody"] = {"required": True, "content": content}
    return described


def _parameters(operation: ChatOperation) -> list[dict[str, Any]]:
    parameters = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": _PARAMETERS[name][0],
            "schema": {"type": "string", "pattern": f"^{_PARAMETERS[name][1]}$"},
        }
        for name in re.findall(r"{(\w+)}", operation.path)
    ]
    if operation.secret:
        parameters.append(
            {
                "name": SECRET_HEADER,
                "in": "header",
                "description": "The session's secret.",
                "schema": _SECRET,
            }
        )
    parameters += [
        {"name": name, "in": "query", "description": about, "schema": _query_schema(name)}
        for name, about in operation.query.items()
    ]
    return parameters


def _query_schema(name: str) -> dict[str, Any]:
    # An empty one counts as absent, as in a body.
    pattern = _IN_QUERY.get(name)
    return {"type": "string"} | ({"pattern": f"^({pattern})?$"} if pattern else {})


def _responses(operation: ChatOperation) -> dict[str, Any]:
    responses: dict[str, Any] = {}
    for status, value in operation.replies.items():
        about = "Done; there is no content." if value is None else _first_line(value)
        responses[str(status)] = {"description": about}
        if value is not None:
            content = {_JSON: {"schema": {"$ref": _REF + _name(value)}}}
            if operation.streams:
                content[EVENT_STREAM] = {
                    "schema": {
                        "type": "string",
                        "description": "Server-sent events: names and data are those of ChatEvent.",
                    }
                }
            responses[str(status)]["content"] = content
        if operation.begins:
            about = "The secret of the session that was begun."
            header = {SECRET_HEADER: {"description": about, "schema": _SECRET}}
            responses[str(status)]["headers"] = header
    codes: dict[int, list[str]] = {}
    for code in dict.fromkeys((*operation.errors, *_ANY)):
        codes.setdefault(ERRORS[code].status, []).append(code)
    for status in sorted(codes):
        responses[str(status)] = {
            "description": ", ".join(codes[status]),
            "content": {_JSON: {"schema": {"$ref": f"{_REF}ErrorBody"}}},
        }
    return responses


def _schemas() -> dict[str, Any]:
    """Every value's schema by name; what is always sent is required."""
    exchanged = {
        value
        for operation in OPERATIONS
        for value in (operation.body, *operation.replies.values())
        if value is not None
    }
    ordered = sorted((*exchanged, *EVENTS.values()), key=_name)
    _, components = msgspec.json.schema_components(ordered, ref_template=_REF + "{name}")
    bodies = {operation.body.__name__ for operation in OPERATIONS if operation.body is not None}
    schemas = {}
    for name, schema in components.items():
        schemas[_plain(name)] = _tidied(schema, sent=_plain(name) not in bodies)
    schemas["ChatEvent"] = {
        "description": "One event of a stream: its name, and its data in JSON.",
        "oneOf": [
            {
                "type": "object",
                "properties": {
                    "event": {"const": name},
                    "data": {"$ref": _REF + value.__name__},
                },
                "required": ["event", "data"],
            }
            for name, value in EVENTS.items()
        ],
    }
    return dict(sorted(schemas.items()))


def _tidied(schema: dict[str, Any], *, sent: bool) -> dict[str, Any]:
    kind = schema.pop("title", "")
    tidied: dict[str, Any] = _without_defaults(schema)
    members = tidied.get("properties", {})
    if _omits(kind):
        # What has nothing to say is left out, and so is never null.
        for member in members.keys() - set(tidied.get("required", ())):
            members[member] = _without_null(members[member])
    elif sent:
        tidied["required"] = list(members)
    return tidied


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
    if len(kinds) != 1:
        return schema
    rest = {name: each for name, each in schema.items() if name != "anyOf"}
    return {**kinds[0], **rest}


def _omits(name: str) -> bool:
    """Whether members of this value that have nothing to say are left out."""
    return name in _omitting()


@functools.cache
def _omitting() -> frozenset[str]:
    return frozenset(
        name
        for module in (lex, values)
        for name, value in vars(module).items()
        if isinstance(value, type)
        and issubclass(value, msgspec.Struct)
        and value.__struct_config__.omit_defaults
    )


def _without_defaults(schema: Any) -> Any:
    """The schema without its parts' defaults, and with plain names in its references."""
    if isinstance(schema, list):
        return [_without_defaults(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    tidied: dict[str, Any] = {}
    for name, each in schema.items():
        if name == "$ref":
            tidied[name] = _REF + _plain(each.removeprefix(_REF))
        elif name == "properties":
            # Here the names are a value's members, and one may be called "default".
            tidied[name] = {member: _without_defaults(about) for member, about in each.items()}
        elif name != "default":
            tidied[name] = _without_defaults(each)
    return tidied


def _plain(name: str) -> str:
    # msgspec writes a generic value's parameter into its name: Turn_ChatReply_.
    return name.partition("_")[0]


def _name(value: Any) -> str:
    return str(getattr(value, "__origin__", value).__name__)


def _first_line(value: Any) -> str:
    origin = getattr(value, "__origin__", value)
    return str(origin.__doc__).partition("\n")[0]
