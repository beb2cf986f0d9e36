"""As a service: secrets come in files, and systemd hears when it is ready, alive and ending."""

import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request

import pytest

from daehwa.answers.testing import StubOpenAI

from .conftest import environment, serving

WAIT_SECONDS = 60


class Manager:
    """A service manager: it reads what comes on its socket, at ``address``."""

    def __init__(self, sock, address):
        self.address = address
        self._socket = sock
        self._messages = []
        self._came = threading.Condition()

    def read(self):
        while message := self._socket.recv(200).decode():
            with self._came:
                self._messages.append(message)
                self._came.notify_all()

    def wait_for(self, message, count=1):
        """Wait until a message has come so often; what has come by then."""
        with self._came:
            came = self._came.wait_for(lambda: self._messages.count(message) >= count, WAIT_SECONDS)
            assert came, f"{message} is not in {self._messages}"
            return tuple(self._messages)


@pytest.fixture
def manager(tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
        manager = Manager(sock, str(tmp_path / "notify"))
        sock.bind(manager.address)
        reading = threading.Thread(target=manager.read)
        reading.start()
        yield manager
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as own:
            own.sendto(b"", manager.address)
        reading.join()


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_service_manager_hears_of_ready_alive_and_stopping(tmp_path, manager, workers):
    watched = {"NOTIFY_SOCKET": manager.address, "WATCHDOG_USEC": "400000"}
    with serving(tmp_path, "--answer", "none", "--workers", workers, **watched) as served:
        manager.wait_for("READY=1")
        manager.wait_for("WATCHDOG=1", count=3)
        served.process.send_signal(signal.SIGTERM)
        messages = manager.wait_for("STOPPING=1")
        assert messages.count("READY=1") == 1


def test_secrets_are_read_from_files(tmp_path):
    key, token = tmp_path / "key", tmp_path / "token"
    key.write_text("sk-test-from-a-file\n")
    token.write_text("open sesame\n")
    store = tmp_path / "store"
    store.write_text(f"sqlite:{tmp_path / 'elsewhere.sqlite3'}\n")
    files = {
        "OPENAI_API_KEY_FILE": str(key),
        "DAEHWA_TOKEN_FILE": str(token),
        "DAEHWA_STORE_URL_FILE": str(store),
    }
    with (
        StubOpenAI(key="sk-test-from-a-file").in_thread() as stub,
        serving(tmp_path, OPENAI_BASE_URL=stub.base_url, **files) as served,
    ):

        def say(**headers):
            request = urllib.request.Request(
                served.url + "/chat",
                b'{"text": "how high is the moon?", "localeId": "en_US"}',
                {"content-type": "application/json"} | headers,
            )
            with urllib.request.urlopen(request, timeout=WAIT_SECONDS) as reply:
                return reply.read().decode()

        with pytest.raises(urllib.error.HTTPError, match="401"):
            say()
        assert "The stub's answer." in say(authorization="Bearer open sesame")
        assert "open sesame" not in served.log
    assert (tmp_path / "elsewhere.sqlite3").exists()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"OPENAI_API_KEY_FILE": "{folder}/absent"}, "cannot be read: No such file"),
        ({"OPENAI_API_KEY_FILE": "{folder}/empty"}, "which is empty"),
        ({"DAEHWA_TOKEN_FILE": "{folder}/binary"}, "which holds no text"),
        ({"DAEHWA_TOKEN_FILE": "{folder}/good", "DAEHWA_TOKEN": "x"}, "are both set"),
    ],
)
def test_a_secrets_file_that_cannot_be_used_is_named(tmp_path, given, message):
    (tmp_path / "empty").write_text("\n")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "good").write_text("hush")
    variables = {name: value.format(folder=tmp_path) for name, value in given.items()}
    run = subprocess.run(
        [sys.executable, "-m", "daehwa", "serve", "--port", "0"],
        env=environment(**variables),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=WAIT_SECONDS,
        check=False,
    )
    assert run.returncode == 1
    assert message in " ".join(run.stderr.split())
    assert next(iter(given)) in run.stderr
    assert "Traceback" not in run.stderr
