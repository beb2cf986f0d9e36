"""The tools that check what is in ``deploy``, and a server for what stands in front of one."""

import shutil

import pytest
from tests.end_to_end.conftest import plain  # noqa: F401 - the server, for the tests here

_CURE = "run `make test-setup` as root"


@pytest.fixture(scope="session")
def nginx(wanting):
    return shutil.which("nginx") or wanting("nginx", _CURE)


@pytest.fixture(scope="session")
def promtool(wanting):
    return shutil.which("promtool") or wanting("promtool", _CURE)


@pytest.fixture(scope="session")
def strace(wanting):
    return shutil.which("strace") or wanting("strace", _CURE)


@pytest.fixture(scope="session")
def systemd_analyze(wanting):
    return shutil.which("systemd-analyze") or wanting("systemd-analyze", _CURE)
