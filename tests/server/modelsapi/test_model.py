"""The table of the model-building API says what botocore's service model says."""

from functools import cache

import botocore.session
import pytest

from daehwa import workshop
from daehwa.server.modelsapi import OPERATIONS
from daehwa.server.modelsapi.members import member

_TYPES = {
    "string": str,
    "integer": int,
    "double": float,
    "boolean": bool,
    "structure": dict,
    "map": dict,
    "list": list,
}


@cache
def model():
    return botocore.session.get_session().get_service_model("lexv2-models")


def named(operation):
    return operation.name


@pytest.mark.parametrize("operation", OPERATIONS, ids=named)
def test_an_operation_has_the_path_and_the_status_of_the_model(operation):
    declared = model().operation_model(operation.name)
    assert (operation.method, operation.path) == (
        declared.http["method"],
        declared.http["requestUri"],
    )
    assert operation.status == declared.http["responseCode"]
    assert not declared.auth_type


@pytest.mark.parametrize("operation", OPERATIONS, ids=named)
def test_an_operation_takes_and_tells_the_members_of_the_model(operation):
    declared = model().operation_model(operation.name)
    request = declared.input_shape
    taken = dict.fromkeys(operation.labels, True) | operation.takes
    assert taken == {name: name in request.required_members for name in request.members}
    labels = {
        name
        for name, shape in request.members.items()
        if shape.serialization.get("location") == "uri"
    }
    assert set(operation.labels) == labels
    output = declared.output_shape
    assert set(operation.tells) == set(output.members if output is not None else ())


@pytest.mark.parametrize("operation", OPERATIONS, ids=named)
def test_members_have_the_types_and_bounds_of_the_model(operation):
    for name, shape in model().operation_model(operation.name).input_shape.members.items():
        wanted = member(operation.name, name)
        assert wanted.kind is _TYPES[shape.type_name], name
        assert wanted.choices == tuple(getattr(shape, "enum", ()) or ()), name
        bounds = {key: shape.metadata.get(key) for key in ("min", "max", "pattern")}
        rule = wanted.rule
        assert bounds == {"min": rule.least, "max": rule.most, "pattern": rule.pattern}, name


@pytest.mark.parametrize("operation", OPERATIONS, ids=named)
def test_what_does_not_exist_is_an_error_that_the_operation_declares(operation):
    declared = {shape.name for shape in model().operation_model(operation.name).error_shapes}
    if operation.labels or operation.name in ("StartImport", "CreateExport"):
        assert operation.absent in declared


def test_the_errors_have_the_statuses_of_the_model():
    declared = {
        shape.name: shape.metadata["error"]["httpStatusCode"]
        for name in model().operation_names
        for shape in model().operation_model(name).error_shapes
    }
    assert declared.pop("ThrottlingException") == 429  # nothing here is throttled
    assert declared == {
        kind.__name__: kind.status for kind in workshop.WorkshopError.__subclasses__()
    }


def test_the_workshop_and_the_wire_have_the_same_operations():
    assert {operation.name for operation in OPERATIONS} == set(workshop.OPERATIONS)
