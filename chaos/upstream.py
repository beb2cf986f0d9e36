"""What the server asks: a model and a hook over HTTP, which can be made to fail."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any, Literal

from aiohttp import web

from chaos.hook import written_down
from daehwa.answers.testing import Say, ScriptedReply, StubOpenAI

HookMode = Literal["", "fail", "hang", "cut", "html"]
_HANGING_SECONDS = 30.0


class EchoingModel(StubOpenAI):
    """A model on the real wire that repeats what it was asked, unless its ``default`` is set."""

    async def _play(
        self, request: web.Request, reply: ScriptedReply, body: dict[str, Any], given: str
    ) -> web.StreamResponse:
        if isinstance(reply, Say):
            asked = body["messages"][-1]["content"]
            reply = Say(f"An answer to {asked} indeed", pace=0.01)
        return await super()._play(request, reply, body, given)

    @contextlib.asynccontextmanager
    async def failing(self, reply: ScriptedReply) -> AsyncIterator[None]:
        """Answer with this for as long as the block lasts."""
        before, self.default = self.default, reply
        try:
            yield
        finally:
            self.default = before

    @contextlib.asynccontextmanager
    async def away(self) -> AsyncIterator[None]:
        """Refuse connections for as long as the block lasts."""
        await self.__aexit__()
        try:
            yield
        finally:
            await self.__aenter__()


class RemoteHook:
    """The ledger's hook as an HTTP endpoint; ``mode`` is how it fails."""

    def __init__(self) -> None:
        self.mode: HookMode = ""
        self.port = 0
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}/hook"

    @contextlib.asynccontextmanager
    async def serving(self) -> AsyncIterator[RemoteHook]:
        """Serve for as long as the block lasts."""
        await self._start()
        try:
            yield self
        finally:
            await self._stop()

    @contextlib.asynccontextmanager
    async def away(self) -> AsyncIterator[None]:
        """Refuse connections for as long as the block lasts."""
        await self._stop()
        try:
            yield
        finally:
            await self._start()

    async def _start(self) -> None:
        app = web.Application()
        app.router.add_post("/hook", self._reply)
        self._runner = web.AppRunner(
            app, handler_cancellation=True, access_log=None, shutdown_timeout=0.1
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]

    async def _stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _reply(self, request: web.Request) -> web.Response:
        event = json.loads(await request.read())
        match self.mode:
            case "fail":
                return web.json_response({"errorMessage": "it fails"}, status=500)
            case "hang":
                await asyncio.sleep(_HANGING_SECONDS)
            case "cut" if request.transport is not None:
                request.transport.abort()
            case "html":
                return web.Response(text="<html>a proxy's page</html>", content_type="text/html")
        return web.json_response(written_down(event))
