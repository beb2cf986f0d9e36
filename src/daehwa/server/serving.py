"""Running the application: Granian embedded in this process, or in several workers.

One worker is this very process: what ends it ends everything. Several are child processes
that listen on one port together (the kernel spreads connections), are started again when one
dies or is frozen, and end when this process does.
"""

from __future__ import annotations

import asyncio
import errno
import multiprocessing
import multiprocessing.connection
import os
import socket
import sys
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

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
    Settings,
    default_data,
    limits_in_force,
    load_settings,
    open_catalogue,
    plan_runtime,
)
from daehwa.server.access import Access, opened_doors
from daehwa.server.application import Application
from daehwa.server.connections import Connections, most_connections
from daehwa.server.event_loop import run_to_the_end
from daehwa.server.folder import hold_folder
from daehwa.server.hosts import is_loopback
from daehwa.server.lifespan import alive
from daehwa.server.logs import configure_logs
from daehwa.server.process_end import end_by_signals
from daehwa.server.process_start import prepare_process
from daehwa.server.settings import ServerError, ServerSettings, TlsFiles
from daehwa.server.systemd import Systemd
from daehwa.server.tls import checked, watch_certificate
from daehwa.server.watchdog import beat
from daehwa.server.workers import Workers
from daehwa.workshop import Workshop

_BACKLOG = 1024
# The longest head of a request: a process keeps as much for each connection that has not sent it
# whole. What needs most is RecognizeUtterance, which has the session in a header.
_HEAD_BYTES = 128 * 1024
# How long the head of a request may take, and how often an HTTP/2 client has to show signs.
_HEAD_MS = 15_000
_PING_MS = 30_000
_POLL_SECONDS = 0.01
# What all may take beyond the drain, less than what whoever kills it waits: see docs/operators.md.
_CLOSING_SECONDS = 8.0
# How long a machine among others learns its bots before it takes requests.
_LEARNING_SECONDS = 10.0

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
    prepare_process()
    configured = load_settings(Path(opening.config) if opening.config else None)
    if settings is None:
        settings = _settings_of(configured)
    configure_logs(settings.log_format, settings.log_level)
    port = check_address(host, port)
    scheme = "http" if tls is None else "https"
    address = f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}/"
    settings = msgspec.structs.replace(
        settings,
        refusal=_refusal(settings),
        loopback=is_loopback(host),
        proxied=bool(limits_in_force(configured).trusted_proxies),
        tls=None if tls is None else checked(tls),
    )
    opened = opened_doors(settings)
    Access(settings)  # what is wrong with the credentials is said before anything starts
    if opened and not settings.local:
        _log.warning("doors_open", address=address, **opened)
    opening = msgspec.structs.replace(opening, loopback=settings.local)
    data = Path(opening.data).expanduser() if opening.data else default_data()

    def announce(catalogue: Catalogue) -> None:
        Systemd(os.environ).ready()
        if started is not None:
            started(address, catalogue)

    with hold_folder(data):
        if workers > 1:
            # Each worker reads the bots for itself: what is wrong with them is said once.
            catalogue = open_catalogue(opening.bots)
            task = (partial(plan_runtime, opening), host, port, settings, data)
            Workers(_work, task, workers, watchdog_seconds=settings.watchdog_seconds).run(
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


def _settings_of(configured: Settings) -> ServerSettings:
    """The server's settings by the environment and the configuration."""
    return ServerSettings.from_environment(
        os.environ,
        allowed_origins=configured.allowed_origins,
        client_attributes=configured.client_attributes,
        speech=configured.speech,
    )


def _refusal(settings: ServerSettings) -> str | None:
    """Why nobody may make bots through this server's API; ``None`` if some may."""
    if settings.building is False:
        return "Bots cannot be made on this server: its operator has set DAEHWA_BUILDING=0."
    return None


def check_address(host: str, port: int) -> int:
    """Check that the server can listen there; return the port, chosen when it is 0.

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
    readable when the parent process has ended; this process then ends, too. ``pulse`` is a pipe to
    the parent on which this process shows that it is alive.
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
    end_by_signals(ending, parent, most_seconds=settings.drain_seconds + _CLOSING_SECONDS)
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
        http1_settings=HTTP1Settings(header_read_timeout=_HEAD_MS, max_buffer_size=_HEAD_BYTES),
        http2_settings=HTTP2Settings(keep_alive_interval=_PING_MS, max_headers_size=_HEAD_BYTES),
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
    beside = [waiting, beating, watching, settling]
    if settings.tls is not None:
        # New connections get the new certificate; those that are there go on.
        renewing = watch_certificate(settings.tls, server.reload)
        beside.append(asyncio.ensure_future(renewing))
    await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if ending.is_set():
        manager.stopping()
        # Granian closes its door, then waits for the requests in progress; so do we, for a while.
        server.stop()  # type: ignore[no-untyped-call]
        await application.end_requests(settings.drain_seconds)
    for task in beside:
        task.cancel()
    await serving
    announcing.cancel()
    if not ending.is_set():
        raise ServerError("the server ended on its own; the log above says why")


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
