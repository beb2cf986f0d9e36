"""The suite and its runner in process, one for all tests of a module."""

import json
from types import SimpleNamespace

import pytest
from tests.material.sources import SHARED
from tests.server import wiremodel

from conformance.in_process import InProcess
from conformance.scenario import read_suite
from daehwa.care.testing import unpack


class Wire:
    """Collects what botocore's model finds wrong with responses."""

    def __init__(self):
        self.faults = []

    def __call__(self, operation, status, headers, body):
        answer = SimpleNamespace(
            status=status, headers={n.lower(): v for n, v in headers.items()}, body=body
        )
        faults = wiremodel.response_faults(
            operation, answer, json.loads, lambda packed: json.dumps(unpack(packed)).encode()
        )
        # Lex was recorded without it for a time that may be two, whatever its model says.
        self.faults += [f for f in faults if not f.endswith("interpretedValue is required")]


@pytest.fixture(scope="session")
def suite():
    return read_suite()


@pytest.fixture(scope="module")
def wire():
    return Wire()


@pytest.fixture(scope="module")
def channel(suite, wire):
    shared = SHARED if SHARED.is_dir() else None
    with InProcess(suite, shared=shared, check=wire) as channel:
        yield channel
