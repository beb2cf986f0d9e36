"""Lambda's Runtime API on loopback, and ``awslambdaric`` run against it as AWS runs it."""

import json
import os
import queue
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class RuntimeApi:
    """Hands out events to the runtime interface client, and takes what it answers."""

    def __init__(self):
        self._events, self._answers = queue.Queue(), queue.Queue()
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
                raw = self.rfile.read(int(self.headers["content-length"]))
                api._answers.put((self.path, json.loads(raw)))
                self.send_response(202)
                self.send_header("content-length", "0")
                self.end_headers()

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

    def close(self):
        self._server.shutdown()
        self._server.server_close()


def start(api, root, handler, **environ):
    """Start a handler of the uploaded folder ``root`` as Lambda does."""
    command = [sys.executable, "-m", "awslambdaric", handler]
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
