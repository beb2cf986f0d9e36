"""Every table of the Lex API here says what botocore's service model says."""

import types
import typing

import msgspec
import pytest
import wiremodel

from codegen.rules import OBSERVED
from daehwa import lex
from daehwa.conversation import Recognition, SessionView
from daehwa.server.lexapi import OPERATIONS, PACKED_HEADERS
from daehwa.server.lexapi.constraints import HintDetails, members_of
from daehwa.server.lexapi.conversation_stream import (
    EVENTS,
    ConfigurationEvent,
    HeartbeatEvent,
    IntentResultEvent,
    TextResponseEvent,
)
from daehwa.server.lexapi.requests import PutSessionRequest, RecognizeTextRequest
from daehwa.server.lexapi.responses import DeletedSession
from daehwa.server.lexapi.rules import RULES
from daehwa.server.restjson import Rule


def test_the_operations_are_those_of_the_model():
    model = wiremodel.service_model()
    here = {o.name: (o.method, o.path) for o in OPERATIONS}
    there = {
        name: (
            model.operation_model(name).http["method"],
            model.operation_model(name).http["requestUri"],
        )
        for name in model.operation_names
    }
    assert here == there


def test_the_operations_with_an_unsigned_body_are_those_of_the_model():
    for operation in OPERATIONS:
        declared = wiremodel.operation(operation.name).auth_type == "v4-unsigned-body"
        assert operation.unsigned_body == declared, operation.name


def test_the_errors_have_the_statuses_of_the_model():
    declared = {
        shape.name: shape.metadata["error"]["httpStatusCode"]
        for name in wiremodel.service_model().operation_names
        for shape in wiremodel.operation(name).error_shapes
    }
    assert declared == {kind.__name__: kind.status for kind in lex.LexError.__subclasses__()}


@pytest.mark.parametrize("label", ["botId", "botAliasId", "localeId", "sessionId"])
def test_the_paths_labels_have_the_rules_of_the_model(label):
    # They are read before the operation is looked at, by the rules of one of them.
    rule = RULES["RecognizeTextRequest"][label]
    if label in OBSERVED:
        # The service names this pattern in its errors; its model leaves it out.
        assert rule.pattern == OBSERVED[label]
        rule = msgspec.structs.replace(rule, pattern=None)
    for name in wiremodel.service_model().operation_names:
        request = wiremodel.operation(name).input_shape
        assert list(_differences(request.members[label], rule, label)) == []
        assert label in request.required_members


@pytest.mark.parametrize(
    ("body", "operation"),
    [(RecognizeTextRequest, "RecognizeText"), (PutSessionRequest, "PutSession")],
)
def test_the_bodies_have_the_members_and_rules_of_the_model(body, operation):
    request = wiremodel.operation(operation).input_shape
    members = {
        name: shape
        for name, shape in request.members.items()
        if "location" not in shape.serialization
    }
    assert set(body.__struct_encode_fields__) == set(members)
    assert list(_struct_differences(body, request, only=set(members))) == []


@pytest.mark.parametrize("event", EVENTS, ids=lambda kind: kind.__name__)
def test_the_clients_events_have_the_members_and_rules_of_the_model(event):
    stream = wiremodel.operation("StartConversation").input_shape.members["requestEventStream"]
    shape = stream.members[event.__name__]
    assert set(event.__struct_encode_fields__) == set(shape.members)
    assert list(_struct_differences(event, shape)) == []


@pytest.mark.parametrize(
    "event", [HeartbeatEvent, IntentResultEvent, TextResponseEvent], ids=lambda kind: kind.__name__
)
def test_the_servers_events_have_the_members_of_the_model(event):
    stream = wiremodel.operation("StartConversation").output_shape.members["responseEventStream"]
    members = set(stream.members[event.__name__].members)
    assert set(event.__struct_encode_fields__) == members


@pytest.mark.parametrize(
    ("body", "operation"),
    [
        (Recognition, "RecognizeText"),
        (SessionView, "GetSession"),
        (DeletedSession, "DeleteSession"),
    ],
)
def test_the_responses_have_the_members_of_the_model(body, operation):
    members = set(wiremodel.operation(operation).output_shape.members)
    assert set(body.__struct_encode_fields__) == members


# --- comparing typed values with shapes -----------------------------------------------


def _struct_differences(kind, shape, *, only=None, path="", seen=()):
    """Where the struct ``kind`` and a structure of the model disagree."""
    if kind in seen:
        return
    hints = typing.get_type_hints(kind)
    for attribute, wire, rule in members_of(kind):
        below = f"{path}.{wire}"
        member = shape.members.get(wire)
        if member is None:
            yield f"{below} is not in the model"
            continue
        if rule.required != (wire in shape.required_members):
            yield f"{below}: required is {rule.required} here"
        yield from _value_differences(hints[attribute], member, rule, below, (*seen, kind))
    missing = set(only or shape.members) - set(kind.__struct_encode_fields__)
    yield from (f"{path}.{name} is missing here" for name in missing)


def _value_differences(hint, shape, rule, path, seen):
    union = typing.get_origin(hint) in (types.UnionType, typing.Union)
    options = typing.get_args(hint) if union else (hint,)
    hint = next(option for option in options if option is not type(None))
    yield from _differences(shape, rule, path)
    if shape.name == "RuntimeHints":
        yield from _hint_differences(shape, path)
    elif shape.type_name == "structure":
        yield from _struct_differences(hint, shape, path=path, seen=seen)
    elif shape.type_name == "list":
        item = typing.get_args(hint)[0]
        yield from _value_differences(item, shape.member, rule.items or Rule(), path + "[]", seen)
    elif shape.type_name == "map":
        yield from _differences(shape.key, rule.keys or Rule(), path + " key")
        value = typing.get_args(hint)[1]
        yield from _value_differences(value, shape.value, rule.values or Rule(), path + "[]", seen)
    elif getattr(shape, "enum", None) and set(typing.get_args(hint)) != set(shape.enum):
        yield f"{path}: {hint} is not {shape.enum}"


def _hint_differences(shape, path):
    intents = shape.members["slotHints"]
    rule = RULES["RuntimeHints"]["slotHints"]
    yield from _differences(intents.key, rule.keys, path)
    yield from _differences(intents.value.key, rule.values.keys, path)
    yield from _struct_differences(HintDetails, intents.value.value, path=path)


def _differences(shape, rule, path):
    """Where a rule and the constraints of a shape disagree."""
    declared = {
        "least": shape.metadata.get("min"),
        "most": shape.metadata.get("max"),
        "pattern": shape.metadata.get("pattern"),
    }
    for name, value in declared.items():
        if getattr(rule, name) != value:
            yield f"{path}: {name} is {getattr(rule, name)} here, {value} in the model"
    if shape.type_name == "string" and rule.sensitive != bool(shape.metadata.get("sensitive")):
        yield f"{path}: sensitive is {rule.sensitive} here"


def test_the_comparison_itself_finds_differences():
    class Shorter(msgspec.Struct, rename="camel"):
        text: int

    shape = wiremodel.operation("RecognizeText").input_shape
    found = list(_struct_differences(Shorter, shape))
    assert any("sessionState is missing" in line for line in found)
    assert any("required is False" in line for line in found)
    assert any("most is None" in line for line in found)
    assert ConfigurationEvent in EVENTS


def test_the_packed_headers_are_those_of_the_model():
    named = {
        member.serialization["name"].lower()
        for name in ("PutSession", "RecognizeUtterance")
        for member in wiremodel.operation(name).output_shape.members.values()
        if member.serialization.get("location") == "header"
    }
    assert set(PACKED_HEADERS) == named - {"content-type"}
