"""Sending an ``UpstreamRequest`` with aiohttp, and reading the reply whole or in pieces."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from urllib.parse import urljoin, urlsplit

import aiohttp

from daehwa.answers import wire
from daehwa.answers.call import UpstreamRequest
from daehwa.answers.content_coding import ACCEPTED, Decoder
from daehwa.answers.errors import AnswerError, StillThinking, TimedOut, Unreachable
from daehwa.answers.proxies import proxy_of
from daehwa.answers.settings import Endpoint
from daehwa.answers.upstream_attempt import UpstreamAttempt

SILENCE = 25.0
"""How long a stream may be silent between two pieces, in seconds."""
# Long enough that a busy machine of ours is not taken for an upstream that is down.
_CONNECT = 10.0
_REDIRECTS = 300
_MOVED, _MOVES = frozenset({301, 307, 308}), 3
_HEADER_LIMIT = 64 * 1024
# What may follow when the answer has named its end: usage, the end of the stream, or more text.
_AFTER_END = 1.0
# Bytes that are read at once, half a millisecond of work: a packet may bring more.
_BITE = 16 * 1024
_TRUST = "Name a file with the certificate of its issuer in SSL_CERT_FILE, and check the base URL."
_DRAIN_SECONDS, _DRAIN_BYTES = 5.0, 1 << 20


class UpstreamReply:
    """A response that has begun well; its pieces are pulled one by one.

    ``answer`` is what they make up so far, ``attempt`` the step that it ends. ``alive`` is
    called when something of the answer has come, a thought too, until it has begun.
    """

    def __init__(
        self,
        response: aiohttp.ClientResponse,
        request: UpstreamRequest,
        attempt: UpstreamAttempt,
        drain: Callable[[aiohttp.ClientResponse], None],
        alive: Callable[[], None] | None,
    ) -> None:
        self._response = response
        self._request = request
        self._attempt = attempt
        self._drain = drain
        self._alive = alive
        self._crammed = False  # there is more than was read at once
        self._decoder = _decoder(response)
        self.answer = wire.StreamedAnswer(request.scrubber, opened=request.opened)

    def note_begun(self) -> None:
        """The answer has begun: nothing waits for that any more."""
        self._alive = None

    async def whole(self) -> wire.Piece:
        """Read it as one answer."""
        raw = await _body(self._response)
        piece = wire.answer(raw, self._request.scrubber, opened=self._request.opened)
        self._attempt.replied(piece.model, piece.usage)
        return piece

    async def piece(self) -> str | None:
        """Give the next piece with words in it, or ``None`` at the end.

        Raises:
            AnswerError: the stream held an error, was cut (``Unreachable``), or had no words.
        """
        reading = self.answer
        try:
            while (text := reading.text()) is None and not reading.over:
                before = reading.alive
                reading.take(await self._chunk())
                if reading.alive != before and self._alive is not None:
                    self._alive()
        except AnswerError as error:
            self._attempt.end(error)
            raise
        self._attempt.replied(reading.model, reading.usage)
        return text

    def come_already(self, *, together: bool = False) -> str | None:
        """Give the next piece if it came with the last one, for which nobody has to wait.

        ``together`` gives all that came, as one.
        """
        return self.answer.come_together() if together else self.answer.come_already()

    async def _chunk(self) -> bytes:
        while coded := await self._read():
            if chunk := self._decoder.feed(coded):
                return chunk
        return self._decoder.rest()

    async def _read(self) -> bytes:
        if self._crammed:
            await asyncio.sleep(0)
        with _map_aiohttp_errors():
            if self.answer.ended is None:
                chunk = await self._response.content.read(_BITE)
                self._crammed = len(chunk) == _BITE
                return chunk
            # The end is named: whoever reads does not wait for what hardly ever follows.
            try:
                async with asyncio.timeout(_AFTER_END):
                    return await self._response.content.read(_BITE)
            except (TimeoutError, aiohttp.ClientError, ConnectionError):
                return b""

    def fail(self, error: AnswerError) -> None:
        """Note that whoever reads has given it up."""
        self._attempt.end(error)

    def close(self, *, whole: bool) -> None:
        """Give the connection back if the answer was read to its end, else close it at once."""
        if whole:
            self._drain(self._response)
        else:
            self._response.close()
            # It was stopped, or fell silent.
            self._attempt.cut()
        self._attempt.end()


class Transport:
    """Connections to one endpoint, opened when first needed, in one event loop."""

    def __init__(self, endpoint: Endpoint, *, proxies: bool) -> None:
        self._endpoint = endpoint
        self._proxy = proxy_of(endpoint.base_url) if proxies else None
        self._session: aiohttp.ClientSession | None = None
        self._draining: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def send(self, request: UpstreamRequest) -> AsyncIterator[UpstreamReply]:
        """Send a request within its timeout; the block must end in it, too.

        A thought is the beginning of an answer: from then on there is the request's patience.
        On an error the response is closed; otherwise whoever has the reply closes it.

        Raises:
            TimedOut, StillThinking, Unreachable: no response came.
            AnswerError: what the upstream's error response means.
        """
        response, reply = None, None
        attempt = UpstreamAttempt(self._endpoint, request)
        loop = asyncio.get_running_loop()
        patience = loop.time() + request.patience
        try:
            with _map_aiohttp_errors():
                async with asyncio.timeout(request.timeout) as limit:
                    response = await self._post(request, attempt.headers)
                    attempt.answered(response)
                    await self._check(response, request)
                    reply = UpstreamReply(
                        response,
                        request,
                        attempt,
                        self._begin_drain,
                        lambda: limit.reschedule(min(patience, loop.time() + SILENCE)),
                    )
                    yield reply
                    reply.note_begun()
        except BaseException as error:
            if response is not None:
                response.close()
            if isinstance(error, TimedOut) and reply is not None and reply.answer.thought:
                thinking = StillThinking("The model was still thinking when the time ran out.")
                attempt.end(thinking)
                raise thinking from None
            attempt.end(error)
            raise

    async def close(self) -> None:
        """Close the connections."""
        for task in tuple(self._draining):
            task.cancel()
        await asyncio.gather(*self._draining, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _check(self, response: aiohttp.ClientResponse, request: UpstreamRequest) -> None:
        if response.status >= _REDIRECTS:
            raw = await _body(response)
            raise wire.failure(response.status, response.headers, raw, request.scrubber)

    def _begin_drain(self, response: aiohttp.ClientResponse) -> None:
        """Read the rest of a response, off everybody's way, so that its connection serves on."""
        if response.content.at_eof():
            response.release()
            return
        task = asyncio.ensure_future(_drain(response))
        self._draining.add(task)
        task.add_done_callback(self._draining.discard)

    async def _post(
        self, request: UpstreamRequest, headers: dict[str, str]
    ) -> aiohttp.ClientResponse:
        """Post it, again if the connection had been used before and turns out to be dead.

        An upstream closes an idle connection when it likes; that is not a failure to speak of. An
        address that moved is followed on the same server: the key goes nowhere else.
        """
        if self._proxy is not None and self._proxy.startswith("socks"):
            raise Unreachable(
                "The environment names a SOCKS proxy; only an HTTP proxy can be used."
            )
        if self._session is None:
            self._session = self._open_session()
        url, moves = request.url, 0
        while True:
            trace = _Trace()
            try:
                response = await self._session.post(
                    url,
                    data=request.body,
                    headers=request.headers | headers,
                    proxy=self._proxy,
                    allow_redirects=False,
                    trace_request_ctx=trace,
                )
            except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError):
                if not trace.reused:
                    raise
                continue
            there = _moved(response, url)
            if there is None or moves >= _MOVES or self._endpoint.signer is not None:
                return response
            response.release()
            url, moves = there, moves + 1

    def _open_session(self) -> aiohttp.ClientSession:
        tracing = aiohttp.TraceConfig()
        tracing.on_connection_reuseconn.append(_mark_reused)
        return aiohttp.ClientSession(
            # As many as there are answers: whoever limits those does it before.
            connector=aiohttp.TCPConnector(limit=0),
            # The deadline is the request's; a connection alone must be there sooner.
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT),
            cookie_jar=aiohttp.DummyCookieJar(),
            # A body is judged by what it is, not by what its header says.
            auto_decompress=False,
            headers={"Accept-Encoding": ACCEPTED},
            # Gateways add policies and cookies longer than aiohttp's 8 KB.
            max_line_size=_HEADER_LIMIT,
            max_field_size=_HEADER_LIMIT,
            trace_configs=[tracing],
        )


@dataclass(slots=True)
class _Trace:
    """Whether a request went out on a connection that had been used before."""

    reused: bool = False


async def _mark_reused(_session: object, context: SimpleNamespace, _params: object) -> None:
    context.trace_request_ctx.reused = True


async def _drain(response: aiohttp.ClientResponse) -> None:
    left = _DRAIN_BYTES
    try:
        async with asyncio.timeout(_DRAIN_SECONDS):
            while left > 0 and (chunk := await response.content.readany()):
                left -= len(chunk)
    except (TimeoutError, aiohttp.ClientError, OSError):
        left = 0
    finally:
        if left > 0 and response.content.at_eof():
            response.release()
        else:
            response.close()


@contextmanager
def _map_aiohttp_errors() -> Iterator[None]:
    """Turn aiohttp's errors into ours, without their context: it holds the headers."""
    try:
        yield
    except aiohttp.ClientConnectorCertificateError as error:
        untrusted = Unreachable(f"The upstream's certificate is not trusted: {error}")
        untrusted.cure = _TRUST
        raise untrusted from None
    except aiohttp.ClientHttpProxyError as error:
        raise Unreachable(f"The proxy answered {error.status}.") from None
    except aiohttp.ClientConnectorError as error:
        raise Unreachable(f"No connection to the upstream: {error}") from None
    except (aiohttp.ClientError, ConnectionError) as error:
        name = type(error).__name__
        raise Unreachable(f"The connection to the upstream broke: {name}.") from None
    except TimeoutError:
        raise TimedOut("The upstream did not answer in time.") from None


async def _body(response: aiohttp.ClientResponse) -> bytes:
    raw = await response.content.read(wire.BODY_LIMIT)
    try:
        while raw and len(raw) < wire.BODY_LIMIT and (more := await response.content.readany()):
            raw += more
    except aiohttp.ClientPayloadError:
        # Some proxies change a body and not its length: what came may be the whole all the same.
        if not _is_json(raw):
            raise
    decoder = _decoder(response)
    raw = decoder.feed(raw) + decoder.rest()
    if len(raw) >= wire.BODY_LIMIT:
        raise wire.oversized()
    return raw


def _decoder(response: aiohttp.ClientResponse) -> Decoder:
    return Decoder(response.headers.get("Content-Encoding", ""))


def _moved(response: aiohttp.ClientResponse, url: str) -> str | None:
    """Give where a request is to be sent instead, if that is on the same server, or safer there."""
    if response.status not in _MOVED:
        return None
    there = urljoin(url, response.headers.get("Location", ""))
    old, new = urlsplit(url), urlsplit(there)
    same = (old.scheme, old.netloc) == (new.scheme, new.netloc)
    safer = (old.scheme, new.scheme) == (
        "http",
        "https",
    ) and old.netloc == new.netloc == old.hostname
    return there if same or safer else None


def _is_json(raw: bytes) -> bool:
    try:
        json.loads(raw)
    except ValueError:
        return False
    return True
