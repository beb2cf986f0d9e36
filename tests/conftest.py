"""What every test may ask for, and how a part that is not on this machine is told.

A test that needs a part (a server, a browser) asks for its fixture. Where the part is missing
the test is skipped, the end of the run lists each missing part with its cure, and under
``CI=true`` the test fails instead: a part that CI lacks is a fault of the set-up. Bots, cases
and data are in ``tests/material``; those of ``../shared`` only add parameters.
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import NoReturn

import pytest
from tests.material.sources import Cases, every_case_file

ROOT = Path(__file__).parents[1]
IN_CI = os.environ.get("CI", "").lower() in ("1", "true")
_WANT = "for want of "
_PATIENCE_SECONDS = 60


def pytest_configure():
    """Let servers that tests start hear SIGINT, also where the run itself is in the background.

    A shell without job control starts such a run with SIGINT ignored, and children inherit that.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


# Tests that share something dear run one after another in one process of pytest-xdist.
_DEAR = ("browser", "embedded", "node")
_SERVERS = {"redis_url", "postgres_url", "failing_redis", "failing_postgres"}


def pytest_collection_modifyitems(items):
    """Group the tests that share a server, a browser or a model."""
    for item in items:
        marks = [name for name in _DEAR if item.get_closest_marker(name)]
        if not marks and _SERVERS & set(item.fixturenames):
            marks = ["servers"]
        if marks:
            item.add_marker(pytest.mark.xdist_group(marks[0]))


@pytest.fixture(scope="session")
def wanting():
    """Call ``wanting(part, cure)`` where a part of the machine that a test needs is missing."""

    def wanting(part: str, cure: str) -> NoReturn:
        if IN_CI:
            pytest.fail(f"CI has no {part}: {cure}", pytrace=False)
        pytest.skip(f"{_WANT}{part}: {cure}")

    return wanting


def pytest_terminal_summary(terminalreporter):
    """List each part that tests were skipped for, so that no one takes a skip for a pass."""
    counts: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reason = reason.removeprefix("Skipped: ")
        counts[reason] = counts.get(reason, 0) + 1
    if counts:
        terminalreporter.section("SKIPPED", red=True, bold=True)
    for reason, count in sorted(counts.items()):
        terminalreporter.write_line(f"SKIPPED {count} {reason}", red=True)


@pytest.fixture(scope="session", params=every_case_file())
def cases(request):
    """What one file of cases holds: the project's own, or that of ``../shared``."""
    return Cases(request.param)


@pytest.fixture
def free_port():
    """A port of the loopback interface that nobody listens on."""
    return _free_port()


@pytest.fixture(scope="session")
def chromium(wanting):
    """The path of Debian's Chromium."""
    path = shutil.which("chromium")
    if path is None:
        wanting("chromium", "run `make test-setup` as root, or apt-get install chromium")
    return path


@pytest.fixture(scope="session")
def node(wanting):
    """The folder whose ``node_modules`` hold the JavaScript clients, for Node.js 20 or newer."""
    folder = ROOT / "tests" / "node"
    if shutil.which("node") is None:
        wanting("node", "run `make test-setup` as root, or apt-get install nodejs npm")
    if not (folder / "node_modules").is_dir():
        wanting("the npm packages of tests/node", "run `make test-setup`")
    return folder


class DataServer:
    """A Redis or PostgreSQL of this run's own, which can be made to fail.

    ``command`` starts it; ``url`` is its address, with ``{}`` for the database.
    """

    def __init__(self, command, url, port, *, user=None, ready=None):
        self.url = url
        self._command = command
        self._port = port
        self._user = user
        self._ready = ready
        self._process = None

    def start(self):
        """Start it, and wait until it answers."""
        self._process = _start(self._command, user=self._user)
        _wait_for(self._port, self._process)
        while self._ready and subprocess.run(self._ready, check=False).returncode:
            assert self._process.poll() is None, f"it ended with {self._process.returncode}"
            time.sleep(0.02)

    def stop(self):
        """End it in order."""
        _stop(self._process)

    def kill(self):
        """End it as a crash of its machine would."""
        self._signal(signal.SIGKILL)
        self._process.wait()

    def freeze(self):
        """Have it take connections, and requests, and answer none."""
        self._signal(signal.SIGSTOP)

    def thaw(self):
        """Let it go on where it was frozen."""
        self._signal(signal.SIGCONT)

    def _signal(self, number):
        pid = self._process.pid
        children = []
        with contextlib.suppress(FileNotFoundError):
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
        for one in (pid, *map(int, children)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, number)


@contextlib.contextmanager
def _serving_redis(wanting):
    binary = shutil.which("redis-server")
    if binary is None:
        wanting("redis-server", "run `make test-setup` as root, or apt-get install redis-server")
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="daehwa-redis-") as folder:
        options = {"port": port, "bind": "127.0.0.1", "dir": folder, "save": "", "appendonly": "no"}
        command = [binary] + [word for name in options for word in (f"--{name}", options[name])]
        server = DataServer(command, f"redis://127.0.0.1:{port}/{{}}", port)
        try:
            server.start()
            yield server
        finally:
            server.thaw()
            server.stop()


@contextlib.contextmanager
def _serving_postgres(wanting):
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *map(Path, os.get_exec_path())]
    binaries = next((folder for folder in folders if (folder / "initdb").exists()), None)
    if binaries is None:
        wanting("postgresql", "run `make test-setup` as root, or apt-get install postgresql")
    # PostgreSQL refuses to run as root, and its user may not enter pytest's own folders.
    folder = Path(tempfile.mkdtemp(prefix="daehwa-postgres-"))
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    shutil.chown(folder, user)
    port = _free_port()
    data = folder / "data"
    options = {"fsync": "off", "listen_addresses": "127.0.0.1", "unix_socket_directories": folder}
    try:
        initdb = [binaries / "initdb", "-D", data, "-U", "daehwa", "-A", "trust", "-N", "-E"]
        initdb += ["UTF8", "--locale=C.UTF-8"]
        subprocess.run(_as_user(user, initdb), check=True, capture_output=True)
        switches = [word for name in options for word in ("-c", f"{name}={options[name]}")]
        server = DataServer(
            [binaries / "postgres", "-D", data, "-p", port, *switches],
            f"postgresql://daehwa@127.0.0.1:{port}/{{}}",
            port,
            user=user,
            # It listens before it serves: pg_isready ends with 0 when it does.
            ready=[binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)],
        )
        try:
            server.start()
            yield server
        finally:
            server.thaw()
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def redis_url(wanting):
    """The address of a Redis server of this run's own, with ``{}`` for the database's number."""
    with _serving_redis(wanting) as server:
        yield server.url


@pytest.fixture(scope="session")
def postgres_url(wanting):
    """The address of a PostgreSQL server of this run's own, with ``{}`` for the database."""
    with _serving_postgres(wanting) as server:
        yield server.url


@pytest.fixture
def failing_redis(wanting):
    """A ``DataServer`` that a test may break: Redis."""
    with _serving_redis(wanting) as server:
        yield server


@pytest.fixture
def failing_postgres(wanting):
    """A ``DataServer`` that a test may break: PostgreSQL."""
    with _serving_postgres(wanting) as server:
        yield server


def _as_user(user, command):
    if user is None or os.geteuid() != 0:
        return command
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", "--", *command]


def _start(command, *, user=None):
    """Start a server that dies with this process, however that ends."""
    # A change of user forgets the signal, so the signal is set after it.
    command = _as_user(user, ["setpriv", "--pdeathsig=INT", "--", *command])
    return subprocess.Popen(
        list(map(str, command)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
    )


def _stop(server):
    server.send_signal(signal.SIGINT)
    try:
        server.wait(_PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _wait_for(port, server):
    """Wait until somebody listens on the port."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert server.poll() is None, f"{server.args} ended with {server.returncode}"
            assert time.monotonic() < end, f"{server.args} does not listen on port {port}"
            time.sleep(0.02)
        else:
            return


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def full_disk(wanting, tmp_path):
    """A folder on a small disk of its own (4 MiB), and a function that fills it but for ``leave``.

    The function returns another, which makes room again.
    """
    folder = tmp_path / "small-disk"
    folder.mkdir()
    if os.geteuid() != 0:
        wanting("root", "run the tests as root: a small tmpfs has to be mounted")
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m,mode=0700", "tmpfs", folder]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        wanting("the right to mount", "run the tests where root may mount a tmpfs")
    filler = folder / "filler"

    def fill(leave=0):
        free = os.statvfs(folder)
        with filler.open("wb") as file:
            file.write(b"x" * max(0, free.f_bavail * free.f_frsize - leave))
        return filler.unlink

    try:
        yield folder, fill
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
