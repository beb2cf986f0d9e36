"""The machines: stores, nginx, a model, and several ``daehwa serve``, each in its place."""

from __future__ import annotations

import contextlib
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from bench.machines.load import TOKEN
from bench.machines.places import Network, Place

ROOT = Path(__file__).parents[2]
NGINX = ROOT / "deploy" / "nginx" / "daehwa.conf"
PORT = 18080
DOOR = 18088
MODEL = 19090
_PATIENCE_SECONDS = 120


class Machine:
    """A process at a place, that can be started, ended and killed, again and again."""

    def __init__(self, place: Place, command: list[str], log: Path, **env: str) -> None:
        self.place = place
        self._command = command
        self._log = log
        self._env = env
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> str:
        """All that it wrote."""
        return self._log.read_text("utf-8", "replace")

    def start(self, **env: str) -> None:
        """Start it; ``env`` is what is new in its environment from now on."""
        self._env |= env
        with self._log.open("ab") as out:
            self._process = subprocess.Popen(
                self.place.command(*self._command),
                env=self._env,
                cwd=self._log.parent,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def send(self, number: int) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)

    def kill(self) -> None:
        """As when its power goes."""
        self._end(signal.SIGKILL)

    def stop(self, number: int = signal.SIGTERM) -> None:
        """End it in order."""
        self._end(number)

    def _end(self, number: int) -> None:
        if self._process is None:
            return
        self.send(number)
        try:
            self._process.wait(_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self.send(signal.SIGKILL)
            self._process.wait()
        self._process = None

    def listens(self, port: int) -> None:
        """Wait until it takes connections."""
        end = time.monotonic() + _PATIENCE_SECONDS
        while True:
            if self._process is None or self._process.poll() is not None:
                raise RuntimeError(f"it ended: {self.log[-2000:]}")
            with (
                contextlib.suppress(OSError),
                socket.create_connection((self.place.address, port), 1),
            ):
                return
            if time.monotonic() > end:
                raise RuntimeError(f"it does not listen: {self.log[-2000:]}")
            time.sleep(0.1)


class Cluster:
    """Three machines that serve, and what they need. ``kind`` is ``postgres`` or ``redis``."""

    def __init__(
        self,
        network: Network,
        folder: Path,
        *,
        kind: str,
        count: int = 3,
        source: Path | None = None,
    ) -> None:
        self.network = network
        self.kind = kind
        self._folder = folder
        self._source = source or ROOT / "src"
        self._user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        self._started: list[Machine] = []
        self.stores = self._postgres() if kind == "postgres" else [self._redis()]
        # It listens on loopback only, so in namespaces it stands beside each server.
        numbers = range(1, count + 1 if network.cuts else 2)
        self.models = [self._model(f"m{number}") for number in numbers]
        self.servers = [self._server(number) for number in range(1, count + 1)]
        self.nginx = self._nginx()

    @property
    def url(self) -> str:
        """Where clients find it."""
        return f"http://{self.nginx.place.address}:{DOOR}"

    def addresses(self) -> list[str]:
        """Each machine's own."""
        return [f"http://{one.place.address}:{PORT}" for one in self.servers]

    def open(self) -> None:
        for store in self.stores[:1]:
            self._run(store)
        if self.kind == "postgres":
            self._stand_by()
        for machine in (*self.models, *self.servers):
            self._run(machine)
        for server in self.servers:
            self.ready(server)
        self._run(self.nginx)
        self.nginx.listens(DOOR)

    def close(self) -> None:
        for machine in reversed(self._started):
            machine.kill()

    def _run(self, machine: Machine) -> None:
        self._started.append(machine)
        machine.start()

    def ready(self, server: Machine) -> None:
        """Wait until the machine can talk."""
        end = time.monotonic() + _PATIENCE_SECONDS
        while True:
            with contextlib.suppress(OSError, urllib.error.URLError):
                urllib.request.urlopen(f"http://{server.place.address}:{PORT}/readyz", timeout=5)
                return
            if time.monotonic() > end:
                raise RuntimeError(f"it is not ready: {server.log[-3000:]}")
            time.sleep(0.2)

    # --- each of them -----------------------------------------------------------------

    def _machine(
        self, name: str, command: list[str], *, at: str | None = None, **env: str
    ) -> Machine:
        home = self._folder / name
        home.mkdir(exist_ok=True)
        kept = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}
        return Machine(self.network.place(at or name), command, home / "log", **(kept | env))

    def _model(self, at: str) -> Machine:
        say = "The sky is wide, and every question that falls into it takes its time. " * 2
        stub = [sys.executable, "-m", "daehwa.answers.testing", "--port", str(MODEL)]
        stub += ["--pace", "0.1", "--say", say]
        return self._machine(f"model-{at}", stub, at=at, PYTHONPATH=str(ROOT / "src"))

    def _redis(self) -> Machine:
        place = self.network.place("redis")
        options = {
            "port": "6379",
            "bind": place.address,
            "protected-mode": "no",
            "dir": str(self._folder / "redis"),
            "save": "",
            "appendonly": "yes",
            "appendfsync": "always",
        }
        words = [word for name, value in options.items() for word in (f"--{name}", value)]
        return self._machine("redis", ["redis-server", *words])

    def _postgres(self) -> list[Machine]:
        self._folder.chmod(0o755)
        machines = []
        for name, more in (("pg1", ["-c", "synchronous_standby_names=*"]), ("pg2", [])):
            place = self.network.place(name)
            home = self._folder / name
            home.mkdir()
            shutil.chown(home, self._user)
            options = ["-c", "fsync=off", "-c", f"listen_addresses={place.address}"]
            options += ["-c", f"unix_socket_directories={home}", *more]
            command = [
                *_as(self._user),
                _postgres_bin() / "postgres",
                "-D",
                home / "data",
                *options,
            ]
            machines.append(self._machine(name, list(map(str, command))))
        data = self._folder / "pg1" / "data"
        self._postgres_tool("initdb", "-D", data, "-U", "daehwa", "-A", "trust", "-N")
        with (data / "pg_hba.conf").open("a") as hba:
            hba.write("host all all samenet trust\nhost replication all samenet trust\n")
        return machines

    def _stand_by(self) -> None:
        """Start the second PostgreSQL as a copy of the first, which waits for it at each commit."""
        first, second = self.stores
        first.listens(5432)
        source = ["-h", first.place.address, "-U", "daehwa", "-R", "-c", "fast"]
        data = self._folder / "pg2" / "data"
        tool = _postgres_bin() / "pg_basebackup"
        copy = second.place.command(*_as(self._user), tool, "-D", data, *source)
        # It listens before it serves.
        for patience in range(_PATIENCE_SECONDS):
            done = subprocess.run(copy, check=False, capture_output=True, cwd="/", text=True)
            if done.returncode == 0:
                break
            if patience == _PATIENCE_SECONDS - 1:
                raise RuntimeError(done.stderr)
            shutil.rmtree(data, ignore_errors=True)
            time.sleep(1)
        self._run(second)
        second.listens(5432)

    def move_postgres(self) -> None:
        """The first one ends as in a crash; the second one takes its place."""
        self.stores[0].kill()
        self._postgres_tool("pg_ctl", "promote", "-D", self._folder / "pg2" / "data")

    def _postgres_tool(self, name: str, *words: object) -> None:
        command = [*_as(self._user), _postgres_bin() / name, *words]
        subprocess.run(list(map(str, command)), check=True, capture_output=True, cwd="/")

    def _server(self, number: int) -> Machine:
        name = f"m{number}"
        place = self.network.place(name)
        home = self._folder / name
        home.mkdir()
        (home / "daehwa.toml").write_text(f'[store]\nurl = "{self._url()}"\n')
        serve = [sys.executable, "-m", "daehwa", "serve", "--host", place.address]
        serve += ["--port", str(PORT), "--data", str(home / "data"), "--answer", "chatgpt"]
        return self._machine(
            name,
            serve,
            PYTHONPATH=str(self._source),
            DAEHWA_CREDENTIALS=str(self._credentials()),
            DAEHWA_LIMITS="0",  # all talk from one address, and faster than people do
            DAEHWA_LOG="json",
            DAEHWA_LOG_LEVEL="warning",
            OPENAI_API_KEY="test",
            OPENAI_BASE_URL=f"http://127.0.0.1:{MODEL}/v1",
        )

    def _credentials(self) -> Path:
        """The file with the token of those who talk, and make bots."""
        file = self._folder / "credentials.toml"
        scopes = '["chat", "build"]'
        file.write_text(f'[tokens.bench]\nsecret = "{TOKEN}"\nscopes = {scopes}\n')
        return file

    def _url(self) -> str:
        if self.kind == "redis":
            return f"redis://{self.network.place('redis').address}:6379/0"
        hosts = ",".join(f"{self.network.place(name).address}:5432" for name in ("pg1", "pg2"))
        more = "target_session_attrs=read-write&connect_timeout=2"
        return f"postgresql://daehwa@{hosts}/postgres?{more}"

    def _nginx(self) -> Machine:
        """nginx with the example of ``deploy``, its machines named as these are."""
        place = self.network.place("nginx")
        site = re.sub(
            r"10\.0\.0\.1(\d):8080",
            lambda match: f"{self.network.place('m' + match[1]).address}:{PORT}",
            NGINX.read_text("utf-8"),
        )
        known = {one.place.address for one in self.servers}
        lines = [
            line
            for line in site.splitlines()
            if not re.match(r"\s+server \S+:8080 ", line)
            or any(f" {address}:" in line for address in known)
        ]
        site = "\n".join(lines).replace("listen 80;", f"listen {place.address}:{DOOR};")
        home = self._folder / "nginx"
        home.mkdir()
        config = home / "nginx.conf"
        spaces = "".join(
            f"{kind}_temp_path {home}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        config.write_text(
            f"daemon off;\npid {home}/pid;\nerror_log {home}/error.log;\nworker_processes 1;\n"
            f"{'user root;' if os.geteuid() == 0 else ''}\n"
            f"events {{ worker_connections 1024; }}\nhttp {{\naccess_log off;\n{spaces}{site}\n}}\n"
        )
        return self._machine("nginx", [nginx(), "-c", str(config), "-p", str(home)])


def nginx() -> str:
    """The path of nginx, which Debian keeps among the commands of root."""
    return shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin") or "nginx"


def _postgres_bin() -> Path:
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *map(Path, os.get_exec_path())]
    return next(folder for folder in folders if (folder / "initdb").exists())


def _as(user: str) -> list[str]:
    if os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", "--"]
