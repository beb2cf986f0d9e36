"""What stands before our own server where it plays Lex: it keeps what the real one may not give.

Of a code hook's request attributes Lex's guide ("AWS Lambda input event and response format") says
that they are not returned to the client; the API reference of RecognizeText has the member. Code
that works without them works with both.
"""

import http.client
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_PATIENCE_SECONDS = 60
_OF_THE_LINE = ("transfer-encoding", "content-length", "connection", "date", "server")


class StrictLex:
    """Listens on ``port`` and passes requests on to the server on ``behind``."""

    def __init__(self, port, behind):
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _pass_on(self):
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                line = http.client.HTTPConnection("127.0.0.1", behind, timeout=_PATIENCE_SECONDS)
                try:
                    # The signature covers the Host header as the client sent it.
                    line.putrequest(
                        self.command, self.path, skip_host=True, skip_accept_encoding=True
                    )
                    for name, value in self.headers.items():
                        line.putheader(name, value)
                    line.endheaders(body)
                    answer = line.getresponse()
                    content = answer.read()
                finally:
                    line.close()
                if self.path.endswith("/text") and answer.status == 200:
                    content = strict(content)
                self.send_response(answer.status)
                for name, value in answer.getheaders():
                    if name.lower() not in _OF_THE_LINE:
                        self.send_header(name, value)
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = do_DELETE = _pass_on  # noqa: N815 - http.server's names

            def log_message(self, *args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()


def strict(content):
    """A response of RecognizeText without request attributes."""
    answer = json.loads(content)
    answer.pop("requestAttributes", None)
    return json.dumps(answer, ensure_ascii=False).encode()
