"""Calls an ASGI application without a network."""

import asyncio
from urllib.parse import unquote

import msgspec


class Answer(msgspec.Struct):
    """What came back."""

    status: int
    headers: dict
    body: bytes

    @property
    def json(self):
        return msgspec.json.decode(self.body)

    @property
    def events(self):
        """Server-sent events as (name, data)."""
        found = []
        for block in self.body.decode().split("\n\n"):
            lines = dict(
                line.split(": ", 1)
                for line in block.split("\n")
                if not line.startswith(":") and line
            )
            if lines:
                found.append((lines.get("event"), lines["data"]))
        return found


def _fields(headers):
    """Pairs or a dictionary as the fields of a request; pairs may have a name twice."""
    pairs = list(headers.items() if isinstance(headers, dict) else headers)
    named = {name.lower() for name, _ in pairs}
    return pairs if "host" in named else [("host", "127.0.0.1:8080"), *pairs]


async def call(app, method, path, body=b"", headers=(), *, until_gone=None, http="1.1"):
    """One request. ``until_gone``: an event after which the client goes away.

    A chunk of the body that is ``None`` never comes.
    """
    if not isinstance(body, bytes | list):
        body = msgspec.json.encode(body)
    chunks = body if isinstance(body, list) else [body]
    raw, _, query = path.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": http,
        "method": method,
        "scheme": "http",
        "path": unquote(raw),
        "raw_path": raw.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in _fields(headers)],
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", "8080"),
    }
    coming = [
        {"type": "http.request", "body": chunk, "more_body": index < len(chunks) - 1}
        for index, chunk in enumerate(chunks)
        if chunk is not None
    ]
    answer = Answer(0, {}, b"")
    over = until_gone or asyncio.Event()

    async def receive():
        if coming:
            return coming.pop(0)
        await over.wait()
        return {"type": "http.disconnect"}

    async def send(message):
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {n.decode(): v.decode() for n, v in message["headers"]}
        else:
            answer.body += message.get("body", b"")

    await asyncio.wait_for(app(scope, receive, send), 15)
    return answer
