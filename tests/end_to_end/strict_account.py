"""An account that is stricter than our own server, which it stands before.

Builds take time and can fail; what was made a moment ago is not there yet; no version is made of a
draft that has not changed: the last one is named. Source: Lex V2's API reference on BuildBotLocale,
CreateBotVersion, and the statuses of DescribeBotLocale, DescribeBotVersion, DescribeBotAlias.
"""

import http.client
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_LOCALE = re.compile(r"/bots/(\w+)/botversions/DRAFT/botlocales/(\w+)/")
_VERSION = re.compile(r"/bots/(\w+)/botversions/(\d+)/")
_ALIAS = re.compile(r"/bots/(\w+)/botaliases/(\w+)/")
_OF_THE_LINE = ("transfer-encoding", "content-length", "connection", "date", "server")
_POLLS = 2


class StrictAccount:
    """Listens on loopback, in front of the server on ``behind``; ``calls`` are method and path.

    ``failing`` are locales whose next build fails. Of ``refusing`` (a status, an error's name, how
    often) each operation refuses its first calls: what was done a moment ago is still going on. A
    locale is ``stale`` for so many looks after its build has begun: it shows what was before. One
    that ``is_full`` has no room for another version. ``building`` is how many looks an earlier
    build of the draft still takes: until then nothing is imported. ``alias_error`` is why no alias
    is made or changed. ``permissions`` are those of functions, as Lambda's AddPermission has them.
    ``faults`` are a method, a pattern of a path, a status (``None`` cuts the line), an error's name
    and its message: the first calls that fit get them, one each.
    """

    def __init__(self, behind):
        self.behind = behind
        self.calls = []
        self.failing = set()
        self.refusing = None
        self.stale = 0
        self.is_full = False
        self.building = 0
        self.permissions = []
        self.alias_error = None
        self.faults = []
        self._refused = {}
        self._stale = {}
        self._waits = {}
        self._failed = set()
        self._versions = {}
        self._changed = set()
        account = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _answer(self):
                raw = self.rfile.read(int(self.headers.get("content-length") or 0))
                try:
                    status, headers, content = account.answer(
                        self.command, self.path, dict(self.headers.items()), raw
                    )
                except ConnectionResetError:
                    self.close_connection = True
                    return
                self.send_response(status)
                for name, value in headers:
                    if name.lower() not in _OF_THE_LINE:
                        self.send_header(name, value)
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815 - http.server's names

            def log_message(self, *args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def count(self, method, pattern):
        """How many calls there were to paths that a pattern matches."""
        return sum(
            made == method and bool(re.fullmatch(pattern, path)) for made, path in self.calls
        )

    def answer(self, method, path, headers, raw):
        self.calls.append((method, path))
        refused = self._fault(method, path) or self._refusal(method, path)
        if refused is not None:
            status, name, message = refused
            content = json.dumps({"message": message, "Message": message}).encode()
            return status, [("x-amzn-errortype", name)], content
        if method == "PUT" and path == "/imports/":
            name = json.loads(raw)["resourceSpecification"]["botImportSpecification"]["botName"]
            self._changed.add(name)
        if method == "PUT" and re.fullmatch(r"/bots/\w+/botversions/", path):
            return self._make_version(method, path, headers, raw)
        if method == "GET" and _VERSION.fullmatch(path) and self._waiting(path):
            error = [("x-amzn-errortype", "ResourceNotFoundException")]
            return 404, error, b'{"message": "It is not there yet."}'
        if path.startswith("/2015-03-31/functions/"):
            self.permissions.append(json.loads(raw))
            status, given, content = 201, [], b'{"Statement": "{}"}'
        else:
            status, given, content = self._pass_on(method, path, headers, raw)
        if status >= 300:
            return status, given, content
        if self.building and path.endswith("/botlocales/"):
            self.building -= 1
            content = content.replace(b'"Built"', b'"Building"')
        return status, given, self._as_of_an_account(method, path, content)

    def _fault(self, method, path):
        """What the first of ``faults`` that fits says; one without a status cuts the line."""
        fault = next((one for one in self.faults if _fits(one, method, path)), None)
        if fault is None:
            return None
        self.faults.remove(fault)
        if fault[2] is None:
            raise ConnectionResetError
        return fault[2:]

    def _refusal(self, method, path):
        """The status, the error's name and its message, where the account refuses a call."""
        if self._refuses(method, path):
            status, name, _ = self.refusing
            return status, name, "Not now."
        # Functions of this account are not for us to open.
        if path.startswith("/2015-03-31/functions/") and "999999999999" in path:
            return 403, "AccessDeniedException", "Not authorized to do lambda:AddPermission."
        if method == "PUT" and path == "/imports/" and self.building:
            return 409, "ConflictException", "The bot is being built."
        if method == "PUT" and "/botaliases/" in path and self.alias_error:
            return 402, "ServiceQuotaExceededException", self.alias_error
        if method == "PUT" and path.endswith("/botversions/") and self.is_full:
            full = "There are as many versions as can be."
            return 402, "ServiceQuotaExceededException", full
        return None

    def _refuses(self, method, path):
        """Whether a call is one of the first that an operation refuses, by its path's words."""
        if self.refusing is None or (self.refusing[0] < 500 and path.startswith("/transfers/")):
            return False  # files go by S3, which is busy with 503 alone
        words = (part for part in path.partition("?")[0].split("/") if part.islower())
        operation = (method, *words)
        self._refused[operation] = self._refused.get(operation, 0) + 1
        return self._refused[operation] <= self.refusing[2]

    def _as_of_an_account(self, method, path, content):
        """The content with the status that what it describes would have there."""
        if locale := _LOCALE.fullmatch(path):
            if method == "POST":
                self._begin_build(path, locale[2])
                self._stale[path] = self.stale
            elif self._stale.get(path):
                self._stale[path] -= 1
                status = "NotBuilt" if self._stale[path] % 2 else "Failed"
                return _with(content, botLocaleStatus=status, lastBuildSubmittedDateTime=1)
            elif path in self._waits and self._waiting(path):
                return _with(content, botLocaleStatus="Building")
            elif path in self._failed:
                reasons = ["An intent has no sample utterances."]
                return _with(content, botLocaleStatus="Failed", failureReasons=reasons)
        elif _ALIAS.fullmatch(path):
            if method == "PUT":
                self._waits[path] = 1
            elif method == "GET" and self._waiting(path):
                return _with(content, botAliasStatus="Creating")
        return content

    def _begin_build(self, path, locale):
        self._waits[path] = _POLLS
        self._failed.discard(path)
        if locale in self.failing:
            self.failing.discard(locale)
            self._failed.add(path)

    def _make_version(self, method, path, headers, raw):
        bot_id = path.split("/")[2]
        name = json.loads(self._pass_on("GET", f"/bots/{bot_id}/", {}, b"")[2])["botName"]
        last = self._versions.get(bot_id)
        if last is not None and name not in self._changed:
            made = json.loads(raw) | {"botId": bot_id, "botVersion": last, "botStatus": "Available"}
            return 202, [("content-type", "application/json")], json.dumps(made).encode()
        self._changed.discard(name)
        status, given, content = self._pass_on(method, path, headers, raw)
        if status < 300:
            version = self._versions[bot_id] = json.loads(content)["botVersion"]
            self._waits[f"/bots/{bot_id}/botversions/{version}/"] = 1
        return status, given, content

    def _waiting(self, path):
        left = self._waits.get(path, 0)
        self._waits[path] = max(0, left - 1)
        return left > 0

    def _pass_on(self, method, path, headers, raw):
        line = http.client.HTTPConnection("127.0.0.1", self.behind, timeout=60)
        try:
            kept = {one: value for one, value in headers.items() if one.lower() != "connection"}
            line.request(method, path, raw or None, kept)
            response = line.getresponse()
            return response.status, response.getheaders(), response.read()
        finally:
            line.close()


def _fits(fault, method, path):
    return method == fault[0] and re.search(fault[1], path) is not None


def _with(content, **members):
    return json.dumps(json.loads(content) | members).encode()
