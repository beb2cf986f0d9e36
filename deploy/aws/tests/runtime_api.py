"""Lambda's Runtime API on loopback, and ``awslambdaric`` run against it as AWS runs it."""

import json
import os
import queue
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PLAIN = Path(__file__).with_name("plain_runtime.py")


class RuntimeApi:
    """Hands out events to the runtime interface client, and takes what it answers."""

    def __init__(self):
        self._events, self._answers, self._pieces = queue.Queue(), queue.Queue(), queue.Queue()
        api = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                number, event = api._events.get()
                body = json.dumps(event).encode()
                self.send_response(200)
                deadline = str(int(time.time() * 1000) + 30_000)
                self.send_header("Lambda-Runtime-Aws-Request-Id", f"request-{number}")
                self.send_header("Lambda-Runtime-Deadline-Ms", deadline)
                self.send_header(
                    "Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:x:1:function:f"
                )
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self):
                if self.headers["transfer-encoding"] == "chunked":
                    assert self.headers["lambda-runtime-function-response-mode"] == "streaming"
                    api._answers.put((self.path, self.headers["content-type"]))
                    for piece in iter(self._chunk, b""):
                        api._pieces.put(piece)
                    api._pieces.put(None)
                else:
                    raw = self.rfile.read(int(self.headers["content-length"]))
                    api._answers.put((self.path, json.loads(raw)))
                self.send_response(202)
                self.send_header("content-length", "0")
                self.end_headers()

            def _chunk(self):
                length = int(self.rfile.readline(), 16)
                piece = self.rfile.read(length)
                self.rfile.readline()
                return piece

            def log_message(self, *args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        self._number = 0

    def invoke(self, event):
        """Send an event; give where the answer was sent, and the answer."""
        self._number += 1
        self._events.put((self._number, event))
        return self._answers.get(timeout=40)

    def pieces(self):
        """What is streamed as the answer to the event that was sent, as it comes."""
        while (piece := self._pieces.get(timeout=40)) is not None:
            yield piece

    def close(self):
        self._server.shutdown()
        self._server.server_close()


def start(api, root, handler, *, python=None, **environ):
    """Start a handler of the uploaded folder ``root`` as Lambda does.

    With ``AWS_LAMBDA_EXEC_WRAPPER`` that script is started, and given what it stands before.
    Another ``python`` than this one has no ``awslambdaric``: a plain runtime does its work.
    """
    command = [sys.executable, "-m", "awslambdaric", handler]
    if python is not None:
        # -S: with the standard library alone, as in Lambda.
        command = [python, "-u", "-S", "-W", "error", str(PLAIN), handler]
    if "AWS_LAMBDA_EXEC_WRAPPER" in environ:
        command = [environ["AWS_LAMBDA_EXEC_WRAPPER"], *command]
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    own = {
        "AWS_LAMBDA_RUNTIME_API": api.address,
        "AWS_LAMBDA_FUNCTION_NAME": "f",
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512",
        "AWS_LAMBDA_LOG_GROUP_NAME": "g",
        "AWS_LAMBDA_LOG_STREAM_NAME": "s",
        "AWS_REGION": "ap-northeast-2",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "LAMBDA_TASK_ROOT": str(root),
    }
    return subprocess.Popen(
        command,
        cwd=root,
        env=kept | own | environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
