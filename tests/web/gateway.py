"""What may stand between a browser and the server, and go wrong: a reverse proxy on loopback.

It passes everything on as it comes. A test can have it refuse a request as gateways do, break a
stream off, hand bytes on in small bits, strip a header, hold what comes back, or be gone.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web as http

from daehwa.chat import Fault

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server"}


@dataclass
class Refusal:
    """A request that does not get through: its status and the error in its body."""

    status: int
    code: str = "Refused"
    message: str = ""
    headers: dict[str, str] = field(default_factory=dict)


class Gateway:
    """A proxy before the server at `upstream`; `url` is its own address."""

    def __init__(self, upstream):
        self.upstream = upstream.rstrip("/")
        self.port = 0
        self.refusals = []
        self.passes = {"/chat/config", "/chat/sessions"}
        self.drops_accept = False
        self.bits = None
        self.cut_after = None
        self.held = None
        self._runner = None
        self._open = set()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/"

    def refuse(self, status, code="Refused", message="", times=1, **headers):
        """Refuse the next requests to the chat, those to paths in ``passes`` aside."""
        self.refusals += [Refusal(status, code, message, headers)] * times

    async def up(self):
        """Begin to listen, where it did before."""
        application = http.Application()
        application.router.add_route("*", "/{path:.*}", self._pass)
        self._runner = http.AppRunner(
            application, access_log=None, shutdown_timeout=0.1, handler_cancellation=True
        )
        await self._runner.setup()
        site = http.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def down(self):
        """Be gone at once: connections break, the port is closed."""
        if self._runner is None:
            return
        for transport in list(self._open):
            transport.abort()
        runner, self._runner = self._runner, None
        await runner.cleanup()

    async def _pass(self, request):
        self._open.add(request.transport)
        body = await request.read()
        about_talk = request.path.startswith("/chat") and request.path not in self.passes
        if about_talk and self.refusals:
            return self._refused()
        headers = dict(request.headers.items())
        if self.drops_accept and about_talk:
            headers["Accept"] = "application/json"
        session = aiohttp.ClientSession(auto_decompress=False)
        try:
            async with session.request(
                request.method,
                self.upstream + request.path_qs,
                headers=headers,
                data=body or None,
                skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding", "Content-Type"),
            ) as answer:
                return await self._hand_on(request, answer)
        except aiohttp.ClientError:
            request.transport.abort()
            return http.Response(status=502)
        finally:
            await session.close()

    def _refused(self):
        refusal = self.refusals.pop(0)
        fault = Fault(code=refusal.code, message=refusal.message, request_id="req-refused")
        return http.json_response(
            {
                "error": {
                    "code": fault.code,
                    "message": fault.message,
                    "requestId": fault.request_id,
                }
            },
            status=refusal.status,
            headers=refusal.headers,
        )

    async def _hand_on(self, request, answer):
        kept = [(n, v) for n, v in answer.headers.items() if n.lower() not in HOP_BY_HOP]
        response = http.StreamResponse(status=answer.status)
        for name, value in kept:
            response.headers.add(name, value)
        streamed = answer.content_type == "text/event-stream"
        if streamed and self.held is not None:
            await self.held.wait()
        await response.prepare(request)
        seen = b""
        async for piece in answer.content.iter_any():
            seen += piece
            await self._write(response, piece, streamed=streamed)
            if streamed and self.cut_after is not None and self.cut_after.encode() in seen:
                self.cut_after = None
                request.transport.abort()
                return response
        with suppress(ConnectionError):
            await response.write_eof()
        return response

    async def _write(self, response, piece, *, streamed):
        if not (streamed and self.bits):
            await response.write(piece)
            return
        for at in range(0, len(piece), self.bits):
            await response.write(piece[at : at + self.bits])
            await asyncio.sleep(0.001)
