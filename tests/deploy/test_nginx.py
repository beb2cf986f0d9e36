"""nginx with the configuration of deploy/container in front of a real server."""

import http.client
import json
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

CONFIGURATION = Path(__file__).parents[2] / "deploy" / "container" / "nginx.conf"
PATIENCE_SECONDS = 60


@pytest.fixture(scope="module")
def front(plain, nginx, tmp_path_factory):
    """The address of nginx, and the folder of its log."""
    folder = tmp_path_factory.mktemp("nginx")
    folder.chmod(0o755)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    text = CONFIGURATION.read_text("utf-8")
    # The names of the network, and the container's own folder, are this test's.
    text = re.sub(r"worker-\d:8080", f"127.0.0.1:{plain.port}", text)
    text = text.replace("listen 8080", f"listen 127.0.0.1:{port}").replace(" /tmp/", f" {folder}/")
    text = text.replace("/dev/stdout", f"{folder}/access.log")
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
        yield f"127.0.0.1:{port}", folder
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
