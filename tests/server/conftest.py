"""The server around a scripted runtime: in process, and as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import hypothesis
import pytest

# How long an example takes says nothing on a busy machine.
hypothesis.settings.register_profile("daehwa", deadline=None)
hypothesis.settings.load_profile("daehwa")

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))


@pytest.fixture
def runtime():
    from scripted import ScriptedRuntime

    return ScriptedRuntime()


@pytest.fixture
def app(runtime):
    from daehwa.server import ServerSettings, doors

    return doors(runtime, ServerSettings())


@pytest.fixture(scope="session")
def launch():
    """Call ``launch(environment)`` for a server process; gives its address."""
    running = []

    def launch(port, **environment):
        process = subprocess.Popen(
            [sys.executable, HERE / "live.py", str(port)],
            env={**os.environ, "DAEHWA_LOG": "json", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        assert process.stdout.readline() == "started\n", process.stderr.read()
        return process

    yield launch
    for process in running:
        process.terminate()
        process.communicate(timeout=20)
