"""The real command in a process of its own, on a port of its own."""

import contextlib
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from tests import learned_models

# A busy machine starts a server slowly; nothing waits this long when all is well.
_PATIENCE_SECONDS = 240


class Served:
    """A running ``daehwa serve``: its address, process and folder, and all that it wrote."""

    def __init__(self, process, port, log, folder, scheme):
        self.process = process
        self.folder = folder
        self.port = port
        self.url = f"{scheme}://127.0.0.1:{port}"
        self._log = log

    @property
    def log(self):
        return self._log.read_text(encoding="utf-8")

    def wait_for_output(self, text):
        """Wait until it has written ``text``."""
        end = time.monotonic() + _PATIENCE_SECONDS
        while text not in self.log:
            assert time.monotonic() < end, f"{text!r} is not in {self.log}"
            time.sleep(0.05)

    def kill(self):
        """Like a power cut for the process: no goodbye."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def environment(**more):
    """This process's environment without what would reach a model or a user's own settings."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("OPENAI_", "DAEHWA_", "AWS_"))
    }
    return kept | {"DAEHWA_LOG": "json"} | more


@contextlib.contextmanager
def serving(folder, *arguments, python=sys.executable, scheme="http", lent=True, **env):
    """Run ``daehwa serve`` in ``folder`` until the block ends; ``python`` is the one it runs on.

    Where models are not ``lent``, it learns its bots whatever others have learned.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    if lent:
        learned_models.lend(folder / "data")
    log = folder / f"serve-{port}.log"
    command = [str(python), "-m", "daehwa", "serve", "--port", str(port)]
    command += ["--data", str(folder / "data"), *arguments]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment(**env),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    served = Served(process, port, log, folder, scheme)
    try:
        _wait(served)
        yield served
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(_PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                served.kill()
        learned_models.collect(folder / "data")


def _wait(served):
    anybody = ssl.create_default_context()
    anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end:
        assert served.process.poll() is None, served.log
        try:
            with urllib.request.urlopen(served.url + "/readyz", timeout=5, context=anybody):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError(f"it is not ready after {_PATIENCE_SECONDS} s: {served.log}")


@pytest.fixture(scope="session")
def plain(tmp_path_factory):
    """The example bots with nothing but themselves to speak."""
    with serving(tmp_path_factory.mktemp("plain"), "--answer", "none") as served:
        yield served
