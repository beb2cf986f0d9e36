"""Running the application: Granian embedded in this process, or in several workers.

One worker is this very process: what ends it ends everything. Several are child processes
that listen on one port together (the kernel spreads connections), are started again when one
dies or is frozen, and end when this process does.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import multiprocessing
import multiprocessing.connection
import os
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec
import structlog
from granian.constants import HTTPModes, Interfaces, SSLProtocols
from granian.http import HTTP1Settings, HTTP2Settings
from granian.server.embed import Server

from daehwa import stores
from daehwa.conversation import (
    Catalogue,
    Opening,
    RuntimePlan,
    default_data,
    load_settings,
    open_catalogue,
    plan_runtime,
)
from daehwa.processes import ProcessSilence
from daehwa.server.access import Access, opened_doors
from daehwa.server.application import Application
from daehwa.server.connections import Connections, most_connections
from daehwa.server.event_loop import run_to_the_end
from daehwa.server.folder import hold_folder
from daehwa.server.hosts import is_loopback
from daehwa.server.lifespan import alive
from daehwa.server.logs import configure_logs
from daehwa.server.metrics import count_replaced_worker, mark_process_dead
from daehwa.server.settings import ServerError, ServerSettings, TlsFiles
from daehwa.server.systemd import Systemd
from daehwa.server.tls import checked
from daehwa.server.watchdog import Watchdog, beat
from daehwa.workshop import Workshop

_BACKLOG = 1024
# How long the head of a request may take, and how often an HTTP/2 client has to show signs.
_HEAD_MS = 15_000
_PING_MS = 30_000
_POLL_SECONDS = 0.01
# What all may take beyond the drain, less than what whoever kills it waits: see docs/operators.md.
_CLOSING_SECONDS = 8.0
# When a worker that could not start beside others is tried again, at first and at most.
_FIRST_RETRY_SECONDS = 0.5
_LAST_RETRY_SECONDS = 4.0
# How long a machine among others learns its bots before it takes requests.
_LEARNING_SECONDS = 10.0
_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
_METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"

_log = structlog.get_logger(__name__)


def serve(
    opening: Opening,
    *,
    host: str = "127.0.0.1",
    port: int = 8080,
    workers: int = 1,
    settings: ServerSettings | None = None,
    tls: TlsFiles | None = None,
    started: Callable[[str, Catalogue], None] | None = None,
) -> None:
    """Serve until asked to end (Ctrl-C, SIGTERM or SIGHUP; a second one ends at once).

    Each process that serves opens a runtime of its own. ``settings`` are by default those of
    the environment and of the configuration; ``port`` 0 takes a free one. With ``tls`` it is
    served over HTTPS. ``started`` is called with the address and the bots once requests are taken.

    Raises:
        ServerError: the address cannot be used, or another server uses the data folder; the
            message names the cure.
        CredentialsError: the file of the credentials cannot be read.
        SettingsError, bot.BotError and others: as ``conversation.plan_runtime``.
    """
    configured = load_settings(Path(opening.config) if opening.config else None)
    if settings is None:
        settings = ServerSettings.from_environment(
            os.environ,
            allowed_origins=configured.allowed_origins,
            client_attributes=configured.client_attributes,
            speech=configured.speech,
        )
    configure_logs(settings.log_format, settings.log_level)
    port = check_address(host, port)
    scheme = "http" if tls is None else "https"
    address = f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}/"
    settings = msgspec.structs.replace(
        settings,
        refusal=_refusal(settings),
        loopback=is_loopback(host),
        tls=None if tls is None else checked(tls),
    )
    opened = opened_doors(settings)
    Access(settings)  # what is wrong with the credentials is said before anything starts
    if opened and not settings.local:
        _log.warning("doors_open", address=address, **opened)
    opening = msgspec.structs.replace(opening, loopback=is_loopback(host))
    data = Path(opening.data).expanduser() if opening.data else default_data()

    def announce(catalogue: Catalogue) -> None:
        Systemd(os.environ).ready()
        if started is not None:
            started(address, catalogue)

    with hold_folder(data):
        if workers > 1:
            # Each worker reads the bots for itself: what is wrong with them is said once.
            catalogue = open_catalogue(opening.bots)
            build = partial(plan_runtime, opening)
            _Workers(build, host, port, workers, settings, data=data).run(
                partial(announce, catalogue)
            )
        else:
            plan = plan_runtime(opening)
            serve_here(
                lambda: plan,
                host,
                port,
                settings,
                data=data,
                started=partial(announce, plan.catalogue),
            )


def _refusal(settings: ServerSettings) -> str | None:
    """Why nobody may make bots through this server's API; ``None`` if some may."""
    if settings.building is False:
        return "Bots cannot be made on this server: whoever runs it has set DAEHWA_BUILDING=0."
    return None


def check_address(host: str, port: int) -> int:
    """See that the server can listen there; the port, chosen when it is 0.

    Granian shares a port with whoever has it, so that a second server would start and
    answer every other connection; this finds out first.

    Raises:
        ServerError: it cannot; the message names the cure.
    """
    try:
        infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = infos[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            bound: int = probe.getsockname()[1]
    except socket.gaierror:
        raise ServerError(f"{host} is not an address of this machine: check --host") from None
    except PermissionError:
        raise ServerError(
            f"port {port} needs a privileged user: PORT=8080 make run, or --port 8080"
        ) from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ServerError(
                f"port {port} is in use: PORT={_another(port)} make run, or --port {_another(port)}"
            ) from None
        raise ServerError(f"cannot listen on {host}:{port}: {error.strerror}") from None
    else:
        return bound


def _another(port: int) -> int:
    return 9000 if port != 9000 else 9001  # noqa: PLR2004


# --- one process ----------------------------------------------------------------------


def serve_here(
    build: Callable[[], RuntimePlan],
    host: str,
    port: int,
    settings: ServerSettings,
    *,
    data: Path | None = None,
    started: Callable[[], None] | None = None,
    parent: int | None = None,
    pulse: Connection | None = None,
) -> None:
    """Serve in this process the runtime whose plan ``build`` makes here.

    ``data`` is the folder of the bots that are made through the API, unless the store shares them
    with other machines; without one there are none.

    ``started`` is called when requests are taken; ``parent`` is a file descriptor that becomes
    readable when the process to end with has ended, ``pulse`` a pipe to it on which this one
    shows that it lives.
    """
    serving = _serve_embedded(
        build, host, port, settings, data=data, started=started, parent=parent, pulse=pulse
    )
    run_to_the_end(serving)


async def _serve_embedded(
    build: Callable[[], RuntimePlan],
    host: str,
    port: int,
    settings: ServerSettings,
    *,
    data: Path | None,
    started: Callable[[], None] | None,
    parent: int | None,
    pulse: Connection | None,
) -> None:
    plan = build()
    if data is None:
        await _serve_plan(
            plan, host, port, settings, workshop=None, started=started, parent=parent, pulse=pulse
        )
        return
    # One worker of several has a parent, and shares the folder with the others.
    with stores.open_objects(
        plan.settings.store.url, data, processes=parent is not None
    ) as objects:
        if objects.shared:
            plan.catalogue.models.share(objects)
        # Before anything is learned: these bots are learned with the others.
        quotas = plan.settings.quotas is not False
        workshop = Workshop(plan.catalogue, objects, quotas=quotas)
        await _serve_plan(
            plan,
            host,
            port,
            settings,
            workshop=workshop,
            started=started,
            parent=parent,
            pulse=pulse,
        )


async def _serve_plan(
    plan: RuntimePlan,
    host: str,
    port: int,
    settings: ServerSettings,
    *,
    workshop: Workshop | None,
    started: Callable[[], None] | None,
    parent: int | None,
    pulse: Connection | None,
) -> None:
    ending = asyncio.Event()
    _end_by_signals(ending, parent, most_seconds=settings.drain_seconds + _CLOSING_SECONDS)
    application = Application(plan, settings, workshop=workshop)
    async with alive(application):
        if workshop is not None and _is_one_of_several(plan):
            # Others serve meanwhile: a balancer that asks nobody finds this one only when it can.
            await application.learn(_LEARNING_SECONDS)
        # Of several workers the parent answers for all.
        manager = Systemd(os.environ if parent is None else {})
        await _serve_application(
            application,
            host,
            port,
            settings,
            ending=ending,
            manager=manager,
            started=started,
            pulse=pulse,
        )


def _is_one_of_several(plan: RuntimePlan) -> bool:
    """Whether other machines serve the same bots, by the store."""
    url = plan.settings.store.url
    return url is not None and stores.shares_objects(url)


async def _serve_application(
    application: Application,
    host: str,
    port: int,
    settings: ServerSettings,
    *,
    ending: asyncio.Event,
    manager: Systemd,
    started: Callable[[], None] | None,
    pulse: Connection | None,
) -> None:
    most, spare = most_connections()
    server = Server(
        application,
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        http=HTTPModes.auto,
        websockets=False,
        backlog=_BACKLOG,
        # Connections at once: beyond ours, so that there is always room while ours are closed.
        backpressure=most + spare,
        http1_settings=HTTP1Settings(header_read_timeout=_HEAD_MS),
        http2_settings=HTTP2Settings(keep_alive_interval=_PING_MS),
        log_enabled=False,
        ssl_cert=None if settings.tls is None else settings.tls.certificate,
        ssl_key=None if settings.tls is None else settings.tls.key,
        ssl_protocol_min=SSLProtocols.tls12,
    )
    serving = asyncio.ensure_future(server.serve())
    waiting = asyncio.ensure_future(ending.wait())
    beating = asyncio.ensure_future(manager.keep_beating())
    connections = Connections(port, most=most, serving=application.clients)
    watching = asyncio.ensure_future(connections.watch())
    announcing = asyncio.ensure_future(_announce(host, port, started, pulse))
    settling = asyncio.ensure_future(application.settle())
    await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if ending.is_set():
        manager.stopping()
        # Granian closes its door, then waits for the requests in hand; so do we, for a while.
        server.stop()  # type: ignore[no-untyped-call]
        await application.end_requests(settings.drain_seconds)
    waiting.cancel()
    beating.cancel()
    watching.cancel()
    settling.cancel()
    await serving
    announcing.cancel()
    if not ending.is_set():
        raise ServerError("the server ended on its own; the log above says why")


def _end_by_signals(ending: asyncio.Event, parent: int | None, *, most_seconds: float) -> None:
    """Set ``ending`` when the process is to end; end it at once when asked a second time.

    It ends ``most_seconds`` after it was asked at the latest, whatever does not let go of it: a
    hook in a thread of its own process, a kernel that does not end a child, a busy machine.
    """
    loop = asyncio.get_running_loop()

    def end() -> None:
        if ending.is_set():
            # Asked twice: whoever asks does not want to wait.
            os._exit(1)
        begin_to_end()

    def begin_to_end() -> None:
        ending.set()
        giving_up = threading.Timer(most_seconds, _give_up, (most_seconds,))
        giving_up.daemon = True
        giving_up.start()

    def end_with(parent: int) -> None:
        # It stays readable: heard again, it would count as a second asking.
        loop.remove_reader(parent)
        begin_to_end()

    if parent is None:
        for number in _ending_signals():
            loop.add_signal_handler(number, end)
        return
    # A terminal sends its signals to parent and workers alike; the parent passes them on.
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    loop.add_signal_handler(signal.SIGTERM, end)
    loop.add_reader(parent, end_with, parent)


def _give_up(seconds: float) -> None:
    _log.error("end_forced", after_seconds=seconds)
    os._exit(1)


def _ending_signals() -> list[signal.Signals]:
    """The signals that end the server: one that is ignored from the start, as by nohup, is not."""
    return [number for number in _SIGNALS if signal.getsignal(number) != signal.SIG_IGN]


async def _announce(
    host: str, port: int, started: Callable[[], None] | None, pulse: Connection | None
) -> None:
    # Granian listens a moment after it was started, and does not tell.
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - not bound
    while True:
        try:
            _, writer = await asyncio.open_connection(reachable, port)
        except OSError:
            await asyncio.sleep(_POLL_SECONDS)
        else:
            writer.close()
            break
    if started is not None:
        started()
    if pulse is not None:
        await beat(pulse)


# --- several processes ----------------------------------------------------------------


class _Workers:
    """Child processes that serve one port together."""

    def __init__(
        self,
        build: Callable[[], RuntimePlan],
        host: str,
        port: int,
        count: int,
        settings: ServerSettings,
        *,
        data: Path,
    ) -> None:
        if sys.platform != "linux":
            raise ServerError("several workers need Linux, where processes can share a port")
        self._spawn = multiprocessing.get_context("spawn")
        self._task = (build, host, port, settings, data)
        self._count = count
        self._workers: list[_Worker] = []
        self._ending = False
        self._announced = False
        self._failures = 0  # starts in a row that failed
        self._due: list[float] = []  # when those are tried again
        self._manager = Systemd(os.environ)
        self._watchdog = Watchdog(settings.watchdog_seconds)

    def run(self, started: Callable[[], None]) -> None:
        with tempfile.TemporaryDirectory(prefix="daehwa-metrics-") as folder:
            os.environ[_METRICS_FOLDER] = folder
            try:
                self._supervise(started)
            finally:
                del os.environ[_METRICS_FOLDER]

    def _supervise(self, started: Callable[[], None]) -> None:
        for number in _ending_signals():
            signal.signal(number, self._end)
        for _ in range(self._count):
            self._start()
        while self._workers or self._due:
            self._look()
            self._manager.beat()
            if not self._ending and any(one.ready for one in self._workers):
                self._failures = 0
                if not self._announced:
                    self._announced = True
                    started()

    def _start(self) -> None:
        # A pipe of each worker's own: one that is killed cannot leave a lock behind.
        heard, tell = self._spawn.Pipe(duplex=False)
        process = self._spawn.Process(
            target=_work, args=self._task, kwargs={"tell": tell}, name="daehwa-worker"
        )
        process.start()
        tell.close()
        self._workers.append(_Worker(process, heard))
        if self._ending:  # since a moment: the others were asked before this one was among them
            process.terminate()

    def _look(self) -> None:
        """Wait a little for what workers tell and for their ends; replace those that died.

        Raises:
            ServerError: a worker cannot start, and none ever did.
        """
        multiprocessing.connection.wait(
            [one.process.sentinel for one in self._workers]
            + [one.heard for one in self._workers if not one.ready],
            timeout=0.2,
        )
        self._watchdog.look()
        for worker in tuple(self._workers):
            worker.listen()
            if worker.process.is_alive():
                self._watch(worker)
                continue
            self._workers.remove(worker)
            worker.process.join()
            _forget_metrics(worker.process.pid)
            if not self._ending:
                self._replace(worker)
        now = time.monotonic()
        due = sum(when <= now for when in self._due)
        self._due = [when for when in self._due if when > now]
        for _ in range(0 if self._ending else due):
            self._start()

    def _replace(self, worker: _Worker) -> None:
        """Start another one in the place of one that ended.

        One that cannot start, because its store is away or a bot's file is broken at this moment,
        takes none of the others with it that serve, and is tried again.
        """
        if worker.ready:
            _log.error("worker_died", code=worker.process.exitcode)
            count_replaced_worker("frozen" if worker.frozen else "died")
            self._start()
            return
        fault = worker.fault or "a worker did not start; the log says why"
        if not self._announced:
            self._end()
            for other in self._workers:
                other.process.join()
            raise ServerError(fault)
        wait = min(_FIRST_RETRY_SECONDS * 2**self._failures, _LAST_RETRY_SECONDS)
        self._failures += 1
        _log.error("worker_not_started", error=fault, again_in_seconds=wait)
        self._due.append(time.monotonic() + wait)

    def _watch(self, worker: _Worker) -> None:
        """End a worker that does nothing any more: it would hold up requests, or the end."""
        watched = (worker.ready or self._ending) and not worker.frozen
        if watched and self._watchdog.is_frozen(worker.process.pid, worker.silence):
            worker.frozen = True
            worker.process.kill()

    def _end(self, *_: object) -> None:
        self._ending = True
        self._due.clear()
        self._manager.stopping()
        for worker in self._workers:
            worker.process.terminate()


class _Worker:
    """A child process; ``ready`` once it takes requests, else ``fault`` may say why not."""

    def __init__(self, process: Any, heard: Connection) -> None:
        self.process = process
        self.heard = heard
        self.ready = False
        self.fault: str | None = None
        self.silence = ProcessSilence()
        self.frozen = False

    def listen(self) -> None:
        """Read what it reported: nothing when it is ready and lives, else what kept it from it."""
        with contextlib.suppress(EOFError, OSError):
            while self.heard.poll():
                fault = self.heard.recv()
                self.silence.end()
                if not self.ready:
                    self.fault = fault
                    self.ready = fault is None


def _work(
    build: Callable[[], RuntimePlan],
    host: str,
    port: int,
    settings: ServerSettings,
    data: Path,
    *,
    tell: Connection,
) -> None:
    configure_logs(settings.log_format, settings.log_level)
    parent = multiprocessing.parent_process()
    try:
        serve_here(
            build,
            host,
            port,
            settings,
            data=data,
            started=lambda: tell.send(None),
            parent=parent.sentinel if parent else None,
            pulse=tell,
        )
    except Exception as error:  # noqa: BLE001 - reported to the parent, who shows it
        tell.send(str(error))
        sys.exit(1)


def _forget_metrics(pid: int | None) -> None:
    if pid is not None:
        mark_process_dead(pid)  # type: ignore[no-untyped-call]
