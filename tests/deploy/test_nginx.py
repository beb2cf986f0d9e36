"""nginx with the configuration of deploy/container in front of a real server."""

import contextlib
import http.client
import http.server
import json
import re
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from tests.data_servers import unused_port

DEPLOY = Path(__file__).parents[2] / "deploy"
CONFIGURATION = DEPLOY / "container" / "nginx.conf"
PATIENCE_SECONDS = 60


@pytest.fixture(scope="module")
def front(plain, nginx, tmp_path_factory):
    """The address of nginx, and the folder of its log."""
    folder = tmp_path_factory.mktemp("nginx")
    text = CONFIGURATION.read_text("utf-8")
    # The names of the network, and the container's own folder, are this test's.
    text = re.sub(r"worker-\d:8080", f"127.0.0.1:{plain.port}", text)
    text = text.replace(" /tmp/", f" {folder}/")
    text = text.replace("/dev/stdout", f"{folder}/access.log")
    with serving_nginx(nginx, folder, text) as address:
        yield address, folder


@contextlib.contextmanager
def serving_nginx(nginx, folder, text):
    """nginx with the configuration ``text``, at the address that is given."""
    folder.chmod(0o755)
    port = unused_port()
    text = re.sub(r"listen \d+;", f"listen 127.0.0.1:{port};", text)
    (folder / "nginx.conf").write_text(text)
    command = [nginx, "-c", folder / "nginx.conf", "-p", folder, "-g", "daemon off;"]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "[warn]" not in checked.stderr
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert process.poll() is None
                assert time.monotonic() < end
                time.sleep(0.05)
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def say(front, **headers):
    connection = http.client.HTTPConnection(front[0], timeout=PATIENCE_SECONDS)
    body = json.dumps({"text": "안녕하세요", "sessionId": "nginx", "localeId": "ko_KR"})
    connection.request("POST", "/chat", body, {"content-type": "application/json"} | headers)
    reply = connection.getresponse()
    content = reply.read().decode()
    connection.close()
    return reply, content


def test_the_callers_id_goes_through_and_one_is_made_where_there_is_none(front):
    reply, content = say(front, **{"x-request-id": "edge-1"})
    assert reply.status == 200
    assert reply.headers["x-request-id"] == json.loads(content)["requestId"] == "edge-1"
    reply, _ = say(front)
    assert re.fullmatch("[0-9a-f]{32}", reply.headers["x-request-id"])
    wait_for_lines(front[1] / "access.log", {"edge-1", reply.headers["x-request-id"]})


def wait_for_lines(log, ids):
    """Wait until the log has a line of each request: it is written after the reply."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not ids <= {json.loads(line)["request_id"] for line in log.read_text().splitlines()}:
        assert time.monotonic() < end, log.read_text()
        time.sleep(0.05)


def test_a_stream_is_passed_on_as_events(front):
    reply, content = say(front, accept="text/event-stream")
    assert reply.headers["content-type"].startswith("text/event-stream")
    assert content.index("event: start") < content.index("event: done")


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/healthz", 200), ("/v1/models", 200)])
def test_what_is_for_everyone_is_reached(front, path, status):
    with urllib.request.urlopen(f"http://{front[0]}{path}", timeout=PATIENCE_SECONDS) as reply:
        assert reply.status == status


@pytest.mark.parametrize("path", ["/metrics", "/readyz"])
def test_what_is_for_operators_is_not(front, path):
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"http://{front[0]}{path}", timeout=PATIENCE_SECONDS)


class Worker:
    """A stand-in for a server, that can be ended and started: it answers 200."""

    def __init__(self):
        self.port = unused_port()
        self.start()

    def start(self):
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Answer)
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self):
        self._server.shutdown()
        self._server.server_close()


class Answer(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.mark.parametrize("file", ["container/nginx.conf", "nginx/daehwa.conf"])
def test_servers_that_are_replaced_as_fast_as_they_start_cost_no_request(nginx, tmp_path, file):
    """nginx holds each of them for failed by then, and asks them all the same."""
    text = (DEPLOY / file).read_text("utf-8").replace(" /tmp/", f" {tmp_path}/")
    text = text.replace("/dev/stdout", f"{tmp_path}/access")
    workers = [Worker() for _ in range(3)]
    try:
        for number, worker in enumerate(workers, 1):
            address = f"127.0.0.1:{worker.port}"
            text = re.sub(rf"(worker-{number}|10\.0\.0\.1{number}):8080", address, text)
        if "http {" not in text:
            temporary = "".join(
                f"{kind}_temp_path {tmp_path}/{kind};\n"
                for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
            )
            text = f"access_log off;\n{temporary}{text}"
            text = f"pid {tmp_path}/pid;\nerror_log {tmp_path}/log;\nevents {{}}\nhttp {{ {text} }}"
        with serving_nginx(nginx, tmp_path, text) as address:
            statuses = []
            for worker in workers:
                statuses += [say((address,))[0].status for _ in range(4)]
                worker.stop()
                statuses += [say((address,))[0].status for _ in range(8)]
                worker.start()
            assert statuses == [200] * len(statuses)
    finally:
        for worker in workers:
            worker.stop()
