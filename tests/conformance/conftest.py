"""The suite and its runner in process, one for all tests."""

from pathlib import Path

import pytest

from conformance.in_process import InProcess
from conformance.scenario import read_suite

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def suite():
    return read_suite()


@pytest.fixture(scope="module")
def channel(suite):
    shared = ROOT.parent / "shared"
    with InProcess(suite, shared=shared if shared.is_dir() else None) as channel:
        yield channel
