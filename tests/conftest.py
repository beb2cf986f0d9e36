"""What every test may ask for, and how a part that is not on this machine is told.

A test that needs a part (a server, a browser) asks for its fixture. Where the part is missing
the test is skipped, the end of the run lists each missing part with its cure, and under
``CI=true`` the test fails instead: a part that CI lacks is a fault of the set-up. Bots, cases
and data are in ``tests/material``; those of ``../shared`` only add parameters.
"""

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


# Tests that share something dear run one after another in one process of pytest-xdist.
_DEAR = ("browser", "embedded", "node")


def pytest_collection_modifyitems(items):
    """Group the tests that share a server, a browser or a model."""
    for item in items:
        marks = [name for name in _DEAR if item.get_closest_marker(name)]
        if not marks and {"redis_url", "postgres_url"} & set(item.fixturenames):
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


@pytest.fixture(scope="session")
def redis_url(wanting):
    """The address of a Redis server of this run's own, with ``{}`` for the database's number."""
    binary = shutil.which("redis-server")
    if binary is None:
        wanting("redis-server", "run `make test-setup` as root, or apt-get install redis-server")
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="daehwa-redis-") as folder:
        options = {"port": port, "bind": "127.0.0.1", "dir": folder, "save": "", "appendonly": "no"}
        command = [binary] + [word for name in options for word in (f"--{name}", options[name])]
        server = _start(command)
        try:
            _wait_for(port, server)
            yield f"redis://127.0.0.1:{port}/{{}}"
        finally:
            _stop(server)


@pytest.fixture(scope="session")
def postgres_url(wanting):
    """The address of a PostgreSQL server of this run's own, with ``{}`` for the database."""
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
        initdb = [
            binaries / "initdb",
            "-D",
            data,
            "-U",
            "daehwa",
            "-A",
            "trust",
            "-N",
            "-E",
            "UTF8",
        ]
        subprocess.run(
            _as_user(user, [*initdb, "--locale=C.UTF-8"]), check=True, capture_output=True
        )
        switches = [word for name in options for word in ("-c", f"{name}={options[name]}")]
        server = _start([binaries / "postgres", "-D", data, "-p", port, *switches], user=user)
        try:
            _wait_for(port, server)
            # It listens before it serves: pg_isready ends with 0 when it does.
            ready = [binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
            while subprocess.run(ready, check=False).returncode:
                assert server.poll() is None, f"PostgreSQL ended with {server.returncode}"
                time.sleep(0.02)
            yield f"postgresql://daehwa@127.0.0.1:{port}/{{}}"
        finally:
            _stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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
