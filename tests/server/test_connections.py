"""Clients that hold connections and say nothing: real sockets, more than there were places."""

import asyncio
import contextlib
import fcntl
import itertools
import json
import os
import resource
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
import structlog
from asgi import call

from daehwa.conversation import open_catalogue
from daehwa.server import ServerSettings, body, connections, doors
from daehwa.server.connections import Connections, most_connections
from daehwa.stores import FolderObjects
from daehwa.workshop import Workshop

PATIENCE_SECONDS = 120
SESSION = "/bots/SCRIPTBOT1/botAliases/TSTALIASID/botLocales/ko_KR/sessions/s1"
OPENINGS = {
    "nothing": b"",
    "half a head": b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n",
    "half a body": b"POST /chat HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{",
}


def healthy(address):
    with urllib.request.urlopen(f"{address}/healthz", timeout=PATIENCE_SECONDS) as answer:
        return json.loads(answer.read()) == {"status": "ok"}


def turn(address):
    """The status of a turn that somebody takes meanwhile."""
    message = urllib.request.Request(
        f"{address}/chat", b'{"text": "hello"}', {"content-type": "application/json"}
    )
    try:
        with urllib.request.urlopen(message, timeout=PATIENCE_SECONDS) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def read(connection):
    """All that comes before the server closes the connection."""
    connection.settimeout(PATIENCE_SECONDS)
    received = b""
    with contextlib.suppress(ConnectionError):
        while piece := connection.recv(4096):
            received += piece
    return received


def test_clients_that_say_nothing_keep_nobody_out_and_are_closed(launch):
    address = launch()
    host, _, port = address.removeprefix("http://").partition(":")
    with contextlib.ExitStack() as stack:
        silent = {kind: [] for kind in OPENINGS}
        for kind, opening in OPENINGS.items():
            for _ in range(1100):
                client = stack.enter_context(socket.create_connection((host, int(port))))
                client.sendall(opening)
                silent[kind].append(client)
        assert healthy(address)
        # A body that does not come costs no seat for long.
        while (status := turn(address)) == 503:
            time.sleep(0.1)
        assert status == 200
        received = {kind: [read(each) for each in clients] for kind, clients in silent.items()}
        bodies = received["half a body"]
        assert {answer[9:12] for answer in bodies} <= {b"408", b"503"}
        assert all(b"RequestTimeout" in one or b"TooBusy" in one for one in bodies)
        assert sum(b"RequestTimeout" in one for one in bodies) >= 512
        assert healthy(address)


EVERY_DOOR = pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/chat"),
        ("POST", f"{SESSION}/text"),
        ("PUT", "/bots/"),
        ("POST", "/v1/chat/completions"),
    ],
)


@EVERY_DOOR
async def test_a_body_that_never_comes_gets_408_at_every_door(
    runtime, tmp_path, monkeypatch, method, path
):
    workshop = Workshop(open_catalogue(()), FolderObjects(tmp_path))
    app = doors(runtime, ServerSettings(), workshop=workshop)
    monkeypatch.setattr(body, "BODY_SECONDS", 0.05)
    answer = await call(app, method, path, [b"{", None])
    assert (answer.status, answer.json["error"]["code"]) == (408, "RequestTimeout")


@EVERY_DOOR
async def test_a_body_that_breaks_off_is_no_fault_of_the_server(runtime, tmp_path, method, path):
    """The client left in the middle of it, or sent chunks that make no sense."""
    workshop = Workshop(open_catalogue(()), FolderObjects(tmp_path))
    app = doors(runtime, ServerSettings(), workshop=workshop)
    gone = asyncio.Event()
    gone.set()
    with structlog.testing.capture_logs() as lines:
        answer = await call(app, method, path, [b"{", None], until_gone=gone)
    assert answer.status == 400
    assert {line["log_level"] for line in lines} == {"info"}


async def test_a_long_body_that_comes_steadily_is_read(app, monkeypatch):
    monkeypatch.setattr(body, "BODY_SECONDS", 5)
    message = json.dumps({"text": "안녕", "botId": "SCRIPTBOT1"}).encode()
    pieces = [message[place : place + 1] for place in range(len(message))]
    assert (await call(app, "POST", "/chat", pieces)).status == 200


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


@pytest.fixture
def connect(listener):
    """Call ``connect()`` for a connection to the listener; gives both its ends."""
    with contextlib.ExitStack() as stack:

        def connect():
            client = stack.enter_context(socket.create_connection(listener.getsockname()))
            return client, stack.enter_context(listener.accept()[0])

        yield connect


def watched(listener, *, most=100, serving=()):
    port = listener.getsockname()[1]
    return Connections(port, most=most, serving=set)._close_idle(set(serving))


def open_ones(clients):
    kept = []
    for number, client in enumerate(clients):
        client.settimeout(0)
        try:
            client.recv(1)
        except BlockingIOError:
            kept.append(number)
    return kept


def test_one_that_was_silent_for_too_long_is_closed_and_no_other(listener, connect, monkeypatch):
    monkeypatch.setattr(connections, "FIRST_BYTE_SECONDS", 0)
    silent, speaking, served = (connect() for _ in range(3))
    speaking[0].sendall(b"GET / HTTP/1.1\r\n\r\n")
    time.sleep(0.05)
    assert watched(listener, serving={served[0].getsockname()}) == 1
    assert open_ones([silent[0], speaking[0], served[0]]) == [1, 2]


def test_one_that_is_idle_between_requests_is_closed_in_time(listener, connect, monkeypatch):
    client, _ = connect()
    client.sendall(b"GET / HTTP/1.1\r\n\r\n")
    time.sleep(0.05)
    assert watched(listener) == 0
    monkeypatch.setattr(connections, "IDLE_SECONDS", 0)
    assert watched(listener) == 1
    assert open_ones([client]) == []


def test_beyond_the_most_the_longest_idle_make_room(listener, connect):
    clients = []
    for _ in range(5):
        clients.append(connect()[0])
        time.sleep(0.05)
    serving = {clients[0].getsockname()}
    assert watched(listener, most=3, serving=serving) == 2
    assert open_ones(clients) == [0, 3, 4]


def test_where_no_file_can_be_opened_any_more_idle_connections_make_room(
    listener, connect, monkeypatch
):
    """As soon as they are idle, and not in the time of a first byte; no more than are needed."""
    monkeypatch.setattr(connections, "_SCARCE_SECONDS", 0)
    monkeypatch.setattr(connections, "_RELIEF", 1)
    silent, _ = connect()
    time.sleep(0.05)
    later, _ = connect()
    time.sleep(0.05)
    assert watched(listener) == 0
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = []
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (len(list(connections._FILES.iterdir())), hard))
        with contextlib.suppress(OSError):
            while True:
                files.append(os.dup(0))
        assert watched(listener) == 1
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        for file in files:
            os.close(file)
    assert open_ones([silent, later]) == [1]


def test_looking_leaves_no_file_open(listener, connect):
    connect()
    before = len(list(connections._FILES.iterdir()))
    for _ in itertools.repeat(None, 20):
        watched(listener)
    assert len(list(connections._FILES.iterdir())) == before


def test_there_is_a_bound_within_the_limit_of_open_files():
    most, spare = most_connections()
    assert 64 <= most <= 8192
    assert spare <= 256


@pytest.mark.parametrize(("files", "kept", "spare"), [(96, 36, 12), (1024, 384, 128), (20, 8, 2)])
def test_a_low_limit_of_open_files_is_kept(monkeypatch, files, kept, spare):
    monkeypatch.setattr(resource, "getrlimit", lambda _: (files, files))
    monkeypatch.setattr(resource, "setrlimit", lambda *_: None)
    assert most_connections() == (kept, spare)


FEW_FILES = 96


def test_slow_heads_beyond_the_limit_of_open_files_keep_nobody_out(launch):
    address = launch(files=FEW_FILES)
    host, _, port = address.removeprefix("http://").partition(":")
    with contextlib.ExitStack() as stack:
        # If each batch had the time of a head, this would take longer than anybody's patience.
        for _ in range(10 * FEW_FILES):
            client = stack.enter_context(socket.create_connection((host, int(port))))
            client.sendall(OPENINGS["half a head"])
        assert healthy(address)
        assert turn(address) == 200


def test_the_locks_of_this_process_s_files_are_left_alone(tmp_path):
    """To close a copy of a file's descriptor drops the process's locks on it, SQLite's as well."""
    path = tmp_path / "held"
    other = (
        "import fcntl, sys\n"
        "try: fcntl.lockf(open(sys.argv[1], 'r+'), fcntl.LOCK_EX | fcntl.LOCK_NB)\n"
        "except OSError: print('held')\n"
    )
    with path.open("w") as file:
        fcntl.lockf(file, fcntl.LOCK_EX)
        Connections(1, most=8, serving=set)._close_idle(set())
        seen = subprocess.run(
            [sys.executable, "-c", other, path], capture_output=True, text=True, check=True
        )
    assert seen.stdout.strip() == "held"


@pytest.mark.parametrize(
    "head",
    [
        b"".join(b"x-%d: 1\r\n" % number for number in range(5000)),
        b"x-long: " + b"a" * 2**20 + b"\r\n",
        b"x-long: " + b"a" * 300_000 + b"\r\n",
    ],
    ids=["five thousand headers", "a header of a megabyte", "one of 300 kB"],
)
def test_a_head_that_is_too_large_is_refused_and_costs_nobody_else(launch, head):
    address = launch()
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port))) as connection:
        with contextlib.suppress(ConnectionError):  # it may hang up before it has read all
            connection.sendall(b"GET /healthz HTTP/1.1\r\nhost: a\r\n" + head + b"\r\n")
        status = read(connection)[9:12]
    assert status in (b"", b"400", b"431")
    assert healthy(address)


def test_a_body_that_is_announced_as_too_large_is_not_waited_for(launch):
    """Nor is a client that waits for the word to send it given that word."""
    address = launch()
    host, _, port = address.removeprefix("http://").partition(":")
    for path in ("/chat", f"{SESSION}/text", "/v1/chat/completions"):
        head = f"POST {path} HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\n"
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(f"{head}content-length: 900000000\r\n\r\n".encode())
            answer = read(connection)
        assert answer[9:12] in (b"413", b"400")
        assert b"is larger than" in answer


async def test_a_chunked_body_that_trickles_is_given_up(runtime, monkeypatch):
    """However often something comes, it has to be so many bytes a second."""
    monkeypatch.setattr(body, "BODY_SECONDS", 0.2)
    app = doors(runtime, ServerSettings())
    status = 0

    async def receive():
        await asyncio.sleep(0.01)
        return {"type": "http.request", "body": b" ", "more_body": True}

    async def send(message):
        nonlocal status
        status = message.get("status", status)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/chat",
        "raw_path": b"/chat",
        "query_string": b"",
        "headers": [(b"host", b"127.0.0.1"), (b"transfer-encoding", b"chunked")],
        "client": ("127.0.0.1", 50000),
    }
    await app(scope, receive, send)
    assert status == 408
