"""What stands before our own server where it plays Lex: it keeps what the real one may not give.

Of a code hook's request attributes Lex's guide ("AWS Lambda input event and response format") says
that they are not returned to the client; the API reference of RecognizeText has the member. Code
that works without them works with both. Who calls is refused what no policy allows them.
"""

import http.client
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

_PATIENCE_SECONDS = 60
_OF_THE_LINE = ("transfer-encoding", "content-length", "connection", "date", "server")
_SIGNED = re.compile(
    r"Credential=([^/]+)/\d+/([^/]+)/lex/.*SignedHeaders=([^,]+), *Signature=(\w+)"
)
_PATH = re.compile(r"/bots/([^/]+)/botAliases/([^/]+)/botLocales/[^/]+/sessions/[^/]+(/text)?")
_ACTIONS = {"DELETE": "DeleteSession", "GET": "GetSession", "POST": "PutSession"}


class StrictLex:
    """Listens on ``port`` and passes requests on to the server on ``behind``.

    ``authorise`` gives, for an access key, an action and an ARN, the caller's secret and token, or
    ``None`` where the caller may not; with the secret the signature is checked.
    """

    def __init__(self, port, behind, authorise):
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _pass_on(self):
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                if not is_allowed(self.command, self.path, self.headers, body, authorise):
                    self._refuse()
                    return
                line = http.client.HTTPConnection("127.0.0.1", behind, timeout=_PATIENCE_SECONDS)
                try:
                    # The signature covers the Host header as the client sent it.
                    line.putrequest(
                        self.command, self.path, skip_host=True, skip_accept_encoding=True
                    )
                    for name, value in signed_by_root(
                        self.command, self.path, self.headers, body
                    ).items():
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

            def _refuse(self):
                content = b'{"message": "User is not authorized to perform this."}'
                self.send_response(403)
                self.send_header("x-amzn-ErrorType", "AccessDeniedException")
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


def is_allowed(method, path, headers, body, authorise):
    """Whether the caller may do it, and the signature is theirs."""
    named, signed = _PATH.match(path), _SIGNED.search(headers.get("authorization", ""))
    if named is None or signed is None:
        return True  # the server's business
    bot_id, alias_id, text = named.groups()
    access_key, region, names, signature = signed.groups()
    action = "RecognizeText" if text else _ACTIONS[method]
    arn = f"arn:aws:lex:{{region}}:{{account}}:bot-alias/{bot_id}/{alias_id}"
    known = authorise(access_key, f"lex:{action}", arn)
    if known is None:
        return False
    auth = SigV4Auth(Credentials(access_key, *known), "lex", region)
    chosen = {name: headers[name] for name in names.split(";")}
    if known[1] is not None and headers.get("x-amz-security-token") != known[1]:
        return False
    request = AWSRequest(method, f"http://{headers['host']}{path}", headers=chosen, data=body)
    request.context["timestamp"] = headers["x-amz-date"]
    shown = auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request)
    return shown == signature


def signed_by_root(method, path, headers, body):
    """The headers as the emulated account's root signs them: the server knows no other key."""
    kept = {
        name: value
        for name, value in headers.items()
        if name.lower() not in ("authorization", "x-amz-date", "x-amz-security-token")
    }
    signed = _SIGNED.search(headers.get("authorization", ""))
    if signed is None:
        return dict(headers.items())
    request = AWSRequest(method, f"http://{headers['host']}{path}", headers=kept, data=body)
    SigV4Auth(Credentials("000000000000", "test"), "lex", signed[2]).add_auth(request)
    return dict(request.headers.items())


def strict(content):
    """A response of RecognizeText without request attributes."""
    answer = json.loads(content)
    answer.pop("requestAttributes", None)
    return json.dumps(answer, ensure_ascii=False).encode()
