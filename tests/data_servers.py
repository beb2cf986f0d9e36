"""Servers of sessions, started for one run and made to fail: Redis and PostgreSQL of Debian.

Where a part is missing, ``wanting(part, cure)`` is called, which does not return.
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

_PATIENCE_SECONDS = 60


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
def serving_redis(wanting, **more):
    """A ``DataServer``: Redis, with ``more`` options than those that every one has."""
    binary = shutil.which("redis-server")
    if binary is None:
        wanting("redis-server", "run `make test-setup` as root, or apt-get install redis-server")
    port = unused_port()
    with tempfile.TemporaryDirectory(prefix="daehwa-redis-") as folder:
        options = {"port": port, "bind": "127.0.0.1", "dir": folder, "save": "", "appendonly": "no"}
        options |= more
        command = [binary] + [word for name in options for word in (f"--{name}", options[name])]
        server = DataServer(command, f"redis://127.0.0.1:{port}/{{}}", port)
        try:
            server.start()
            yield server
        finally:
            server.thaw()
            server.stop()


@contextlib.contextmanager
def serving_postgres(wanting):
    """A ``DataServer``: PostgreSQL."""
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *map(Path, os.get_exec_path())]
    binaries = next((folder for folder in folders if (folder / "initdb").exists()), None)
    if binaries is None:
        wanting("postgresql", "run `make test-setup` as root, or apt-get install postgresql")
    # PostgreSQL refuses to run as root, and its user may not enter pytest's own folders.
    folder = Path(tempfile.mkdtemp(prefix="daehwa-postgres-"))
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    shutil.chown(folder, user)
    port = unused_port()
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


@contextlib.contextmanager
def standby_of(primary):
    """A ``DataServer``: PostgreSQL as a hot standby that follows a running ``primary``."""
    binary = Path(primary._command[0])
    with tempfile.TemporaryDirectory(prefix="daehwa-standby-") as folder:
        shutil.chown(folder, primary._user)
        data, port = Path(folder) / "data", unused_port()
        copy = [binary.with_name("pg_basebackup"), "-D", data, "-R", "-c", "fast"]
        copy += ["-d", primary.url.format("postgres")]
        subprocess.run(_as_user(primary._user, copy), check=True, capture_output=True)
        options = {"fsync": "off", "listen_addresses": "127.0.0.1"}
        options |= {"unix_socket_directories": folder}
        switches = [word for name in options for word in ("-c", f"{name}={options[name]}")]
        server = DataServer(
            [binary, "-D", data, "-p", port, *switches],
            f"postgresql://daehwa@127.0.0.1:{port}/{{}}",
            port,
            user=primary._user,
            ready=[binary.with_name("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)],
        )
        try:
            server.start()
            yield server
        finally:
            server.stop()


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


def unused_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
