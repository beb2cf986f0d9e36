"""The server around a scripted runtime: in process, and as a process of its own."""

import os
import socket
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


class Launcher:
    """Starts servers around the scripted runtime; ``processes`` are theirs, by address."""

    def __init__(self):
        self.processes = {}

    def __call__(self, *, files=None, **environment):
        """A server with this environment, which may open so many ``files``; gives its address."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        limit = [] if files is None else ["prlimit", f"--nofile={files}:{files}"]
        process = subprocess.Popen(
            [*limit, sys.executable, HERE / "live.py", str(port)],
            env={**os.environ, "DAEHWA_LOG": "off", **environment},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout.readline() == "started\n"
        address = f"http://127.0.0.1:{port}"
        self.processes[address] = process
        return address


@pytest.fixture(scope="module")
def launch():
    """Call ``launch(NAME=value)`` for a server process with this environment."""
    launcher = Launcher()
    yield launcher
    for process in launcher.processes.values():
        process.terminate()
        process.communicate(timeout=20)
