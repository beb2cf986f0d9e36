"""Whether a value is what botocore's service model says, member by member.

botocore itself parses leniently; this refuses unknown members, missing required ones, wrong
types, enumerations, lengths, ranges and patterns.
"""

import re
from functools import cache

import botocore.session


@cache
def service_model(service="lexv2-runtime"):
    """The service model of the Lex runtime, or of another service."""
    return botocore.session.get_session().get_service_model(service)


def operation(name):
    return service_model().operation_model(name)


def faults(shape, value, path=""):
    """What is wrong with a JSON value of a shape, as lines that begin with the path."""
    check = {
        "structure": _structure,
        "list": _list,
        "map": _map,
        "string": _string,
        "integer": _number,
        "long": _number,
        "double": _number,
        "float": _number,
        "timestamp": _number,
        "boolean": _boolean,
    }[shape.type_name]
    yield from check(shape, value, path)


def _structure(shape, value, path):
    if not isinstance(value, dict):
        yield f"{path}: {value!r} is no structure"
        return
    for name in shape.required_members:
        if value.get(name) is None:
            yield f"{path}.{name} is required"
    for name, inner in value.items():
        member = shape.members.get(name)
        if member is None:
            yield f"{path}.{name} is unknown"
        elif inner is None:
            yield f"{path}.{name} is null"
        else:
            yield from faults(member, inner, f"{path}.{name}")


def _list(shape, value, path):
    if not isinstance(value, list):
        yield f"{path}: {value!r} is no list"
        return
    yield from _bounds(shape, len(value), path)
    for index, inner in enumerate(value):
        yield from faults(shape.member, inner, f"{path}[{index}]")


def _map(shape, value, path):
    if not isinstance(value, dict):
        yield f"{path}: {value!r} is no map"
        return
    yield from _bounds(shape, len(value), path)
    for key, inner in value.items():
        yield from faults(shape.key, key, f"{path} key")
        # Unfilled slots are null on the wire; the guide says so.
        if not (inner is None and shape.value.name == "Slot"):
            yield from faults(shape.value, inner, f"{path}[{key}]")


def _string(shape, value, path):
    if not isinstance(value, str):
        yield f"{path}: {value!r} is no string"
        return
    yield from _bounds(shape, len(value), path)
    if shape.enum and value not in shape.enum:
        yield f"{path}: {value!r} is none of {shape.enum}"
    # Python's patterns have no classes of Unicode: what is meant are control characters.
    pattern = shape.metadata.get("pattern", "").replace(r"\P{C}", r"[^\x00-\x1f\x7f-\x9f]")
    if pattern and not re.fullmatch(pattern, value):
        yield f"{path}: {value!r} does not match {pattern}"


def _number(shape, value, path):
    whole = shape.type_name in ("integer", "long")
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
        yield f"{path}: {value!r} is no {shape.type_name}"
        return
    yield from _bounds(shape, value, path)


def _boolean(_shape, value, path):
    if not isinstance(value, bool):
        yield f"{path}: {value!r} is no boolean"


def _bounds(shape, size, path):
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if least is not None and size < least:
        yield f"{path}: {size} is less than {least}"
    if most is not None and size > most:
        yield f"{path}: {size} is more than {most}"


def response_faults(name, answer, decode_json, unpack):
    """What is wrong with a whole HTTP response of an operation.

    Members in headers are packed (JSON, gzip, base64) where the guide says so; what is
    inside is checked as the shape that the same member has elsewhere in the model.
    """
    model = operation(name)
    headers, body = answer.headers, answer.body
    if answer.status >= 400:
        yield from _error_faults(model, answer.status, headers, decode_json(body))
        return
    output = model.output_shape
    inside = _packed_shapes()
    payload = {}
    for member, shape in output.members.items():
        if shape.serialization.get("location") == "header":
            value = headers.get(shape.serialization["name"].lower())
            if value is None:
                continue
            yield from faults(shape, value, member)
            if member in inside:
                packed = decode_json(unpack(value.encode()))
                yield from faults(inside[member], packed, member)
        elif not shape.serialization.get("streaming"):
            payload[member] = shape
    if payload:
        yield from faults(output, decode_json(body), name)


def _error_faults(model, status, headers, body):
    name = headers.get("x-amzn-errortype", "")
    shapes = {shape.name: shape for shape in model.error_shapes}
    if name not in shapes:
        yield f"{model.name} declares no error {name!r}"
        return
    declared = shapes[name].metadata["error"]["httpStatusCode"]
    if status != declared:
        yield f"{name} has the status {declared}, not {status}"
    yield from faults(shapes[name], body, name)


@cache
def _packed_shapes():
    text = operation("RecognizeText").output_shape.members
    return {
        "messages": text["messages"],
        "interpretations": text["interpretations"],
        "sessionState": text["sessionState"],
        "requestAttributes": text["requestAttributes"],
    }
