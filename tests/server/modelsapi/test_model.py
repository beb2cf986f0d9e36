"""Shapes and operations of the model-building API say what botocore's service model says."""

import typing
from functools import cache

import botocore.session
import pytest
from msgspec import inspect

from daehwa import workshop
from daehwa.server.modelsapi.constraints import members_of, unwrapped
from daehwa.workshop.shapes import dialog_parts, intent_parts, setting_parts, slot_parts

OPERATIONS = sorted(workshop.operations())
# The analytics answer out of ``care``; what they answer is checked where they do.
HANDLED = [name for name, one in sorted(workshop.operations().items()) if one.handler is not None]
ROUTES = {route.name: route for route in workshop.ROUTES}
PARTS = [
    shape
    for parts in (dialog_parts, intent_parts, setting_parts, slot_parts)
    for shape in vars(parts).values()
    if isinstance(shape, type) and shape.__module__ == parts.__name__
]
KINDS = {
    "string": inspect.StrType,
    "integer": inspect.IntType,
    "double": inspect.FloatType,
    "timestamp": inspect.FloatType,
    "boolean": inspect.BoolType,
    "structure": inspect.StructType,
    "map": inspect.DictType,
    "list": inspect.ListType,
}


@cache
def model():
    return botocore.session.get_session().get_service_model("lexv2-models")


def operation(name):
    return workshop.operations()[name]


def response_of(name):
    """The shape that the handler of an operation returns, by its annotation."""
    return typing.get_type_hints(operation(name).handler)["return"]


def test_every_operation_of_the_model_has_its_route():
    declared = {
        name: (http["method"], http["requestUri"])
        for name in model().operation_names
        for http in [model().operation_model(name).http]
    }
    assert {route.name: (route.method, route.path) for route in workshop.ROUTES} == declared


@pytest.mark.parametrize("name", HANDLED)
def test_a_handler_takes_the_request_and_returns_the_response_of_its_operation(name):
    hints = typing.get_type_hints(operation(name).handler)
    request = hints.get("request") or hints["_request"]
    assert request is operation(name).model.request
    declared = model().operation_model(name).output_shape
    returned = hints["return"]
    assert returned.__name__ == (declared.name if declared is not None else "NoneType")


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_has_the_status_and_the_places_of_the_model(name):
    declared = model().operation_model(name)
    assert operation(name).model.status == declared.http["responseCode"]
    assert not declared.auth_type
    places = {"uri": set(), "querystring": set()}
    for member, shape in declared.input_shape.members.items():
        if place := shape.serialization.get("location"):
            assert shape.serialization["name"] == member
            places[place].add(member)
    assert set(ROUTES[name].labels) == places["uri"]
    assert set(operation(name).model.query) == places["querystring"]


@pytest.mark.parametrize("name", OPERATIONS)
def test_requests_have_the_members_types_and_bounds_of_the_model(name):
    declared = model().operation_model(name).input_shape
    assert list(struct_differences(operation(name).model.request, declared, name)) == []


def test_the_parts_of_requests_have_the_members_types_and_bounds_of_the_model():
    different = [
        line
        for part in PARTS
        for line in struct_differences(part, model().shape_for(part.__name__), part.__name__)
    ]
    assert different == []


@pytest.mark.parametrize("name", HANDLED)
def test_responses_have_the_members_and_types_of_the_model(name):
    declared = model().operation_model(name).output_shape
    if declared is not None:
        different = struct_differences(response_of(name), declared, name, sent=False)
        assert list(different) == []


@pytest.mark.parametrize("name", OPERATIONS)
def test_what_does_not_exist_is_an_error_that_the_operation_declares(name):
    declared = {shape.name for shape in model().operation_model(name).error_shapes}
    assert operation(name).model.missing in declared


def test_the_errors_have_the_statuses_of_the_model():
    declared = {
        shape.name: shape.metadata["error"]["httpStatusCode"]
        for name in model().operation_names
        for shape in model().operation_model(name).error_shapes
    }
    assert declared == {
        kind.__name__: kind.status for kind in workshop.WorkshopError.__subclasses__()
    }


# --- comparing shapes -----------------------------------------------------------------


def struct_differences(kind, shape, path, *, sent=True):
    """Where a shape of ours and a structure of the model disagree, at every depth."""
    members = members_of(kind)
    if set(members) != set(shape.members):
        yield f"{path}: {set(members) ^ set(shape.members)}"
    for name in members.keys() & shape.members.keys():
        member, declared, below = members[name], shape.members[name], f"{path}.{name}"
        if sent and member.required != (name in shape.required_members):
            yield f"{below}: required is {member.required} here"
        if member.choices != tuple(getattr(declared, "enum", ()) or ()):
            yield f"{below}: {member.choices}"
        elif member.rule.part:
            if workshop.part_shape(member.rule.part).__name__ != declared.name:
                yield f"{below} is the part {member.rule.part}"
        elif not member.choices:
            yield from type_differences(member.type, declared, below, sent=sent)
        if sent and not member.choices:
            yield from bound_differences(member.rule, declared, below)


def type_differences(kind, shape, path, *, sent):
    kind, rule = unwrapped(kind)
    if shape.type_name == "structure" and isinstance(kind, inspect.DictType):
        if sent and workshop.part_shape(rule.part).__name__ != shape.name:
            yield f"{path} is the part {rule.part}"
    elif shape.type_name == "structure" and kind.cls in PARTS:
        # Compared on its own: parts hold each other, some of them themselves.
        if kind.cls.__name__ != shape.name:
            yield f"{path} is the part {kind.cls.__name__}"
    elif not isinstance(kind, KINDS[shape.type_name]):
        yield f"{path} is {kind}"
    elif shape.type_name == "structure":
        yield from struct_differences(kind.cls, shape, path, sent=sent)
    elif shape.type_name == "list":
        yield from type_differences(kind.item_type, shape.member, f"{path}[]", sent=sent)
        yield from inner_bound_differences(kind.item_type, shape.member, f"{path}[]", sent=sent)
    elif shape.type_name == "map":
        yield from inner_bound_differences(kind.key_type, shape.key, f"{path} key", sent=sent)
        yield from type_differences(kind.value_type, shape.value, f"{path}[]", sent=sent)
        yield from inner_bound_differences(kind.value_type, shape.value, f"{path}[]", sent=sent)


def inner_bound_differences(kind, shape, path, *, sent):
    if sent and shape.type_name != "structure":
        yield from bound_differences(unwrapped(kind)[1], shape, path)


def bound_differences(rule, shape, path):
    bounds = {key: shape.metadata.get(key) for key in ("min", "max", "pattern")}
    here = {"min": rule.least, "max": rule.most, "pattern": rule.pattern}
    if here != bounds:
        yield f"{path}: {here} here, {bounds} in the model"
    if rule.sensitive != bool(shape.metadata.get("sensitive")):
        yield f"{path}: sensitive is {rule.sensitive} here"


def test_the_comparison_itself_finds_differences():
    request = operation("CreateBot").model.request
    declared = model().operation_model("CreateIntent").input_shape
    different = list(struct_differences(request, declared, "CreateBot"))
    assert any("intentName" in line for line in different)
