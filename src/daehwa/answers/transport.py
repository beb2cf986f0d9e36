"""Sending an ``UpstreamRequest`` with aiohttp, and reading the reply whole or in pieces."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp

from daehwa.answers import wire
from daehwa.answers.call import UpstreamRequest
from daehwa.answers.errors import TimedOut, Unreachable
from daehwa.answers.settings import Secret

_CONNECT = 5.0
_REDIRECTS = 300


class UpstreamReply:
    """A response that has begun well; its pieces are pulled one by one.

    ``answer`` is what they make up so far.
    """

    def __init__(self, response: aiohttp.ClientResponse, key: Secret | None) -> None:
        self._response = response
        self._key = key
        whole = response.content_type == "application/json"
        self.answer = wire.StreamedAnswer(key, whole=whole)

    async def whole(self) -> wire.Piece:
        """Read it as one answer."""
        return wire.answer(await _body(self._response), self._key)

    async def piece(self) -> str | None:
        """Give the next piece with words in it, or ``None`` at the end.

        Raises:
            AnswerError: the stream held an error, was cut (``Unreachable``), or had no words.
        """
        while (text := self.answer.text()) is None and not self.answer.over:
            with _map_aiohttp_errors():
                chunk = await self._response.content.readany()
            self.answer.take(chunk)
        return text

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

        Raises:
            TimedOut, Unreachable: no response came.
            AnswerError: what the upstream's error response means.
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
            self._session = self._open_session()
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

    def _open_session(self) -> aiohttp.ClientSession:
        tracing = aiohttp.TraceConfig()
        tracing.on_connection_reuseconn.append(_mark_reused)
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


async def _mark_reused(_session: object, context: SimpleNamespace, _params: object) -> None:
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
    raw = await response.content.read(wire.BODY_LIMIT)
    while raw and len(raw) < wire.BODY_LIMIT and (more := await response.content.readany()):
        raw += more
    if len(raw) >= wire.BODY_LIMIT:
        raise wire.oversized()
    return raw


def _proxy(base_url: str) -> str | None:
    """Find the proxy as other clients do; aiohttp's own way would read ``~/.netrc``, too."""
    parts = urlsplit(base_url)
    if proxy_bypass(parts.netloc):
        return None
    proxies = getproxies()
    return proxies.get(parts.scheme) or proxies.get("all")
