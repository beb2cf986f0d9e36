"""Lambda's runtime client with the standard library alone: ``python plain_runtime.py HANDLER``.

``awslambdaric`` is built for one Python; this runs on each, and does of it what a handler sees.
"""

import http.client
import importlib
import json
import os
import sys
from pathlib import Path


class Context:
    def __init__(self, headers):
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]

    def get_remaining_time_in_millis(self):
        return 30_000


def main(name):
    module, _, function = name.rpartition(".")
    sys.path.insert(0, str(Path.cwd()))
    handler = getattr(importlib.import_module(module), function)
    line = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    root = "/2018-06-01/runtime/invocation"
    while True:
        line.request("GET", f"{root}/next")
        given = line.getresponse()
        event = json.loads(given.read())
        context = Context(given.headers)
        answer = json.dumps(handler(event, context))
        line.request("POST", f"{root}/{context.aws_request_id}/response", answer)
        line.getresponse().read()


if __name__ == "__main__":
    main(sys.argv[1])
