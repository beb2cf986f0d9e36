"""DynamoDB and Secrets Manager on loopback, as far as the functions' guards call them.

What is sent is checked against botocore's service models: a member that the service does not know,
or of another type, is refused as the service refuses it.
"""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import botocore.session
from botocore.validate import ParamValidator

_SERVICES = {"DynamoDB_20120810": "dynamodb", "secretsmanager": "secretsmanager"}
_session = botocore.session.get_session()


class StubServices:
    """Counts in ``counters``, gives ``secrets`` by ARN, ``pages`` of items to a scan.

    Operations that are ``failing`` answer 500.
    """

    def __init__(self):
        self.counters = {}
        self.pages = []
        self.secrets = {}
        self.failing = set()
        self.calls = []
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                sent = json.loads(self.rfile.read(int(self.headers["content-length"])))
                prefix, _, operation = self.headers["x-amz-target"].partition(".")
                status, answer = stub.answer(_SERVICES[prefix], operation, sent)
                content = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def answer(self, service, operation, sent):
        model = _session.get_service_model(service).operation_model(operation)
        report = ParamValidator().validate(sent, model.input_shape)
        unknown = set(sent) - set(model.input_shape.members)
        if report.has_errors() or unknown:
            return 400, {"__type": "ValidationException", "message": report.generate_report()}
        self.calls.append((operation, sent))
        if operation in self.failing:
            return 500, {"__type": "com.amazonaws.x#InternalServerError", "message": "no"}
        return getattr(self, f"_{operation}")(sent)

    def _UpdateItem(self, sent):  # noqa: N802 - DynamoDB's name
        assert sent["UpdateExpression"].startswith("ADD #n :one"), "only counters are played here"
        name = sent["Key"]["counter"]["S"]
        self.counters[name] = self.counters.get(name, 0) + 1
        return 200, {"Attributes": {"n": {"N": str(self.counters[name])}}}

    def _Scan(self, sent):  # noqa: N802 - DynamoDB's name
        number = int(sent.get("ExclusiveStartKey", {}).get("messageId", {}).get("S", "0"))
        more = {"LastEvaluatedKey": {"messageId": {"S": str(number + 1)}}}
        last = number + 1 == len(self.pages)
        return 200, {"Items": self.pages[number]} | ({} if last else more)

    def _GetSecretValue(self, sent):  # noqa: N802 - Secrets Manager's name
        if sent["SecretId"] not in self.secrets:
            return 400, {"__type": "ResourceNotFoundException"}
        return 200, {"SecretString": self.secrets[sent["SecretId"]]}

    def environ(self):
        return {
            "AWS_REGION": "ap-northeast-2",
            "AWS_ACCESS_KEY_ID": "AKEXAMPLE",
            "AWS_SECRET_ACCESS_KEY": "not-a-real-secret",
            "AWS_ENDPOINT_URL_DYNAMODB": self.url,
            "AWS_ENDPOINT_URL_SECRETS_MANAGER": self.url,
        }

    def close(self):
        self._server.shutdown()
        self._server.server_close()
