"""Sending an ``UpstreamRequest`` with aiohttp, and reading the reply whole or in pieces."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import structlog

from daehwa import tracing
from daehwa.answers import wire
from daehwa.answers.call import UpstreamRequest
from daehwa.answers.errors import AnswerError, TimedOut, Unreachable
from daehwa.answers.settings import Endpoint, Secret

_CONNECT = 5.0
_REDIRECTS = 300
_PORTS = {"http": 80, "https": 443}

_log = structlog.get_logger(__name__)


class UpstreamReply:
    """A response that has begun well; its pieces are pulled one by one.

    ``answer`` is what they make up so far, ``attempt`` the step that it ends.
    """

    def __init__(
        self, response: aiohttp.ClientResponse, key: Secret | None, attempt: _Attempt
    ) -> None:
        self._response = response
        self._key = key
        self._attempt = attempt
        whole = response.content_type == "application/json"
        self.answer = wire.StreamedAnswer(key, whole=whole)

    async def whole(self) -> wire.Piece:
        """Read it as one answer."""
        piece = wire.answer(await _body(self._response), self._key)
        self._attempt.replied(piece.model)
        return piece

    async def piece(self) -> str | None:
        """Give the next piece with words in it, or ``None`` at the end.

        Raises:
            AnswerError: the stream held an error, was cut (``Unreachable``), or had no words.
        """
        try:
            while (text := self.answer.text()) is None and not self.answer.over:
                with _map_aiohttp_errors():
                    chunk = await self._response.content.readany()
                self.answer.take(chunk)
        except AnswerError as error:
            self._attempt.end(error)
            raise
        self._attempt.replied(self.answer.model)
        return text

    def close(self, *, whole: bool) -> None:
        """Give the connection back if the answer was read to its end, else close it at once."""
        if whole:
            self._response.release()
        else:
            self._response.close()
            # It was stopped, or fell silent.
            self._attempt.cut()
        self._attempt.end()


class Transport:
    """Connections to one endpoint, opened when first needed, in one event loop."""

    def __init__(self, endpoint: Endpoint, *, proxies: bool) -> None:
        self._endpoint = endpoint
        self._key = endpoint.key
        self._proxy = _proxy(endpoint.base_url) if proxies else None
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
        attempt = _Attempt(self._endpoint, request)
        try:
            with _map_aiohttp_errors():
                async with asyncio.timeout(request.timeout):
                    response = await self._post(request, attempt.headers)
                    attempt.answered(response)
                    await self._check(response)
                    yield UpstreamReply(response, self._key, attempt)
        except BaseException as error:
            if response is not None:
                response.close()
            attempt.end(error)
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

    async def _post(
        self, request: UpstreamRequest, headers: dict[str, str]
    ) -> aiohttp.ClientResponse:
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
                    headers=request.headers | headers,
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


class _Attempt:
    """One request to a model: its step, and its line in the log with the upstream's own id.

    ``headers`` go with the request, so that it can be found in the upstream's log as well.
    """

    def __init__(self, endpoint: Endpoint, request: UpstreamRequest) -> None:
        self._model = endpoint.model
        operation = "chat" if request.url.endswith("/chat/completions") else "text_completion"
        self._step = tracing.step("model", endpoint.model, operation).begin()
        self._status: int | None = None
        self._upstream_request_id: str | None = None
        self._began = time.monotonic()
        self._ended = False
        self.headers = {**self._step.headers()}
        self._request_id = tracing.request_id()
        if self._request_id is not None:
            self.headers |= {
                "X-Request-Id": self._request_id,
                # OpenAI's name for it, which its support looks up.
                "X-Client-Request-Id": self._request_id,
            }
        if self._step.recording:
            place = urlsplit(endpoint.base_url)
            self._step.note(
                {
                    # Of an endpoint that speaks OpenAI's API no more than that is known.
                    "gen_ai.provider.name": "openai",
                    "gen_ai.request.max_tokens": endpoint.max_tokens,
                    "server.address": place.hostname or "",
                    "server.port": place.port or _PORTS.get(place.scheme, 0),
                }
            )

    def answered(self, response: aiohttp.ClientResponse) -> None:
        """Note a response that begins."""
        self._status = response.status
        self._upstream_request_id = response.headers.get("x-request-id")
        if self._step.recording:
            self._step.note({"http.response.status_code": response.status})
            if self._upstream_request_id is not None:
                name = "http.response.header.x-request-id"
                self._step.note({name: (self._upstream_request_id,)})

    def replied(self, model: str | None) -> None:
        """Note a piece, and the model that it names."""
        self._step.words()
        if model is not None and self._step.recording:
            self._step.note({"gen_ai.response.model": model})

    def cut(self) -> None:
        """Note that the answer is not read to its end."""
        if not self._ended:
            self._step.fail("cut")

    def end(self, error: BaseException | None = None) -> None:
        """End it; a second time does nothing."""
        if self._ended:
            return
        self._ended = True
        self._step.end(error)
        line = {
            "model": self._model,
            "status": self._status,
            "ms": round((time.monotonic() - self._began) * 1000, 2),
            "request_id": self._request_id,
            "upstream_request_id": self._upstream_request_id,
        }
        if isinstance(error, AnswerError):
            _log.warning("model_failed", error=error.code, **line)
        else:
            _log.info("model_replied", **line)


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
