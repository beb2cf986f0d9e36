"""Sending an ``UpstreamRequest`` with aiohttp, and reading the reply whole or in pieces."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp

from daehwa.answers import wire
from daehwa.answers.call import UpstreamRequest
from daehwa.answers.errors import AnswerError, TimedOut, Unreachable, UpstreamFailed
from daehwa.answers.settings import Secret
from daehwa.answers.values import Ended

_CONNECT = 5.0
_BODY_LIMIT = 4 << 20
_REDIRECTS = 300


class UpstreamReply:
    """A response that has begun well; its pieces are pulled one by one."""

    def __init__(self, response: aiohttp.ClientResponse, key: Secret | None) -> None:
        self._response = response
        self._key = key
        self._stream = wire.Stream(key)
        self._waiting: deque[wire.Piece] = deque()
        self._eof = False
        self._broken: AnswerError | None = None
        self.ended: Ended | None = None
        self.model: str | None = None

    async def whole(self) -> wire.Piece:
        """Read it as one answer."""
        return wire.answer(await _body(self._response), self._key)

    async def first(self) -> str:
        """Wait for the first piece with words in it; an answer without any is an error."""
        if self._response.content_type == "application/json":
            # Some servers answer whole, even a request for a stream.
            piece = await self.whole()
            self._eof, self.ended, self.model = True, piece.ended, piece.model
            return piece.text
        while True:
            text = await self.piece()
            if text is None:
                raise wire.empty(self.ended)
            # Completion models like to begin with empty lines.
            if text := text.lstrip():
                return text

    async def piece(self) -> str | None:
        """Give the next piece, or ``None`` at the end. Raises ``Unreachable`` when it is cut."""
        while not self._eof or self._waiting or self._broken:
            while self._waiting:
                piece = self._waiting.popleft()
                self.ended = piece.ended or self.ended
                self.model = self.model or piece.model
                if piece.text:
                    return piece.text
            if self._broken is not None:
                raise self._broken
            if self._stream.done or self.ended is not None:
                break
            with _map_aiohttp_errors():
                chunk = await self._response.content.readany()
            self._eof = not chunk
            self._take(chunk)
        if self.ended is None and not self._stream.done:
            raise Unreachable("The upstream's stream was cut before its end.")
        return None

    def _take(self, chunk: bytes) -> None:
        try:
            for piece in self._stream.feed(chunk):
                self._waiting.append(piece)
        except AnswerError as error:
            # What came before it is still to be given.
            self._broken = error

    def close(self, *, whole: bool) -> None:
        """Give the connection back if the answer was read to its end, else close it at once."""
        if whole:
            self._response.release()
        else:
            self._response.close()


class Transport:
    """Connections to one endpoint, opened when first needed, in one event loop."""

    def __init__(self, base_url: str, key: Secret | None, *, proxies: bool) -> None:
        self._key = key
        self._proxy = _proxy(base_url) if proxies else None
        self._session: aiohttp.ClientSession | None = None

    @asynccontextmanager
    async def send(self, request: UpstreamRequest) -> AsyncIterator[UpstreamReply]:
        """Send a request within its timeout; the block must end in it, too.

        On an error the response is closed; otherwise whoever has the reply closes it.
        Raises ``AnswerError``: ``TimedOut``, ``Unreachable``, or what the upstream's error
        response means.
        """
        response = None
        try:
            with _map_aiohttp_errors():
                async with asyncio.timeout(request.timeout):
                    response = await self._post(request)
                    await self._check(response)
                    yield UpstreamReply(response, self._key)
        except BaseException:
            if response is not None:
                response.close()
            raise

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _check(self, response: aiohttp.ClientResponse) -> None:
        if response.status >= _REDIRECTS:
            raw = await _body(response)
            raise wire.failure(response.status, response.headers, raw, self._key)

    async def _post(self, request: UpstreamRequest) -> aiohttp.ClientResponse:
        """Post it, again if the connection had been used before and turns out to be dead.

        An upstream closes an idle connection when it likes; that is no failure to speak of.
        """
        if self._session is None:
            self._session = self._opened()
        while True:
            trace = _Trace()
            try:
                return await self._session.post(
                    request.url,
                    data=request.body,
                    headers=request.headers,
                    proxy=self._proxy,
                    # The key goes where the setting says, nowhere else.
                    allow_redirects=False,
                    trace_request_ctx=trace,
                )
            except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError):
                if not trace.reused:
                    raise

    def _opened(self) -> aiohttp.ClientSession:
        tracing = aiohttp.TraceConfig()
        tracing.on_connection_reuseconn.append(_reused)
        return aiohttp.ClientSession(
            # The deadline is the request's; a connection alone must be there sooner.
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT),
            cookie_jar=aiohttp.DummyCookieJar(),
            trace_configs=[tracing],
        )


@dataclass(slots=True)
class _Trace:
    """Whether a request went out on a connection that had been used before."""

    reused: bool = False


async def _reused(_session: object, context: SimpleNamespace, _params: object) -> None:
    context.trace_request_ctx.reused = True


@contextmanager
def _map_aiohttp_errors() -> Iterator[None]:
    """Turn aiohttp's errors into ours, without their context: it holds the headers."""
    try:
        yield
    except aiohttp.ClientConnectorError as error:
        raise Unreachable(f"No connection to the upstream: {error}") from None
    except (aiohttp.ClientError, ConnectionError) as error:
        name = type(error).__name__
        raise Unreachable(f"The connection to the upstream broke: {name}.") from None
    except TimeoutError:
        raise TimedOut("The upstream did not answer in time.") from None


async def _body(response: aiohttp.ClientResponse) -> bytes:
    raw = await response.content.read(_BODY_LIMIT)
    while raw and len(raw) < _BODY_LIMIT and (more := await response.content.readany()):
        raw += more
    if len(raw) >= _BODY_LIMIT:
        raise UpstreamFailed("The upstream's answer is longer than any answer is.")
    return raw


def _proxy(base_url: str) -> str | None:
    """Find the proxy as other clients do; aiohttp's own way would read ``~/.netrc``, too."""
    parts = urlsplit(base_url)
    if proxy_bypass(parts.netloc):
        return None
    proxies = getproxies()
    return proxies.get(parts.scheme) or proxies.get("all")
