"""A service on loopback: the one server of HTTP that all stubs of these tests are."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Sent(NamedTuple):
    """A request as it came."""

    method: str
    path: str
    headers: dict
    raw: bytes

    @property
    def json(self):
        return json.loads(self.raw or b"{}")

    def header(self, name):
        """A header by its name in any case; empty where it is not there."""
        return next((value for one, value in self.headers.items() if one.lower() == name), "")


class Loopback:
    """Answers each request by ``answer``, which gives a status, headers, and a body.

    A body that is no bytes is sent as JSON. Status 0 closes the connection without an answer.
    """

    def __init__(self):
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _answer(self):
                raw = self.rfile.read(int(self.headers.get("content-length") or 0))
                sent = Sent(self.command, self.path, dict(self.headers.items()), raw)
                status, headers, body = service.answer(sent)
                if status == 0:
                    self.close_connection = True
                    return
                content = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_DELETE = _answer  # noqa: N815 - http.server's names

            def log_message(self, *args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def answer(self, sent):
        raise NotImplementedError

    def close(self):
        self._server.shutdown()
        self._server.server_close()


class OneAnswer(Loopback):
    """Gives every request the same answer, and keeps what it was sent in ``requests``."""

    def __init__(self, body, status=200, headers=None):
        self.requests = []
        self.body, self.status, self.headers = body, status, headers or {}
        super().__init__()

    def answer(self, sent):
        self.requests.append(sent)
        return self.status, self.headers, self.body
