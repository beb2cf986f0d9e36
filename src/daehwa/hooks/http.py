"""A code hook behind an HTTP address: the event is posted, the body is the reply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import urlsplit

import msgspec

from daehwa import tracing
from daehwa.hooks.errors import HookMisconfigured, HookRaised, HookUnreachable

if TYPE_CHECKING:
    import aiohttp

MOST_BYTES: Final = 1024 * 1024
"""The longest reply that is read."""


class HttpHook:
    """An endpoint that takes the event as a JSON POST and answers with the reply as JSON.

    ``headers`` are sent with every call: an authorisation, for example.
    """

    def __init__(self, url: str, *, headers: Mapping[str, str] | None = None) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise HookMisconfigured(f"{url!r} is not an http or https address")
        self.url = url
        self._headers = dict(headers or {})
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Nothing to begin: connections are opened when first needed."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Release the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def __repr__(self) -> str:
        # An address may hold a password or a token; the host is enough to know it by.
        parts = urlsplit(self.url)
        return f"HttpHook({parts.scheme}://{parts.hostname}{parts.path})"

    def _note(self, step: tracing.Step, status: int) -> None:
        parts = urlsplit(self.url)
        step.note(
            {
                "http.request.method": "POST",
                "http.response.status_code": status,
                "server.address": parts.hostname or "",
                "server.port": parts.port or (443 if parts.scheme == "https" else 80),
                # Without what an address may hold of passwords and tokens.
                "url.full": f"{parts.scheme}://{parts.hostname}{parts.path}",
            }
        )

    async def __call__(self, event: dict[str, Any], /, *, timeout: float) -> object:  # noqa: ASYNC109 - aiohttp's limit
        """Post the event and return the reply.

        Raises:
            HookRaised: the status is an error's, or the body is not JSON.
            HookUnreachable: nothing answered.
        """
        import aiohttp  # noqa: PLC0415 - a tenth of a start, which most servers need not pay

        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession()
        try:
            with tracing.step("post") as step:
                async with self._session.post(
                    self.url,
                    data=msgspec.json.encode(event),
                    headers={
                        "Content-Type": "application/json",
                        **_origin(step),
                        **self._headers,
                    },
                    timeout=aiohttp.ClientTimeout(total=timeout),
                ) as reply:
                    body = await _read(reply)
                    status = reply.status
                if step.recording:
                    self._note(step, status)
        except TimeoutError:
            raise
        except aiohttp.ClientError as error:
            raise HookUnreachable(f"{self!r} did not answer: {error}") from error
        if not 200 <= status < 300:  # noqa: PLR2004 - the statuses of success
            start = body[:200].decode(errors="replace")
            answered = f"{self!r} answered with status {status}"
            raise HookRaised(f"{answered}: {start}", summary=answered)
        try:
            return msgspec.json.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise HookRaised(f"{self!r} answered with something that is not JSON") from error


def _origin(step: tracing.Step) -> dict[str, str]:
    """The headers that lead from the hook back to the request that it is called for."""
    request_id = tracing.request_id()
    known = {} if request_id is None else {"X-Request-Id": request_id}
    return {**known, **step.headers()}


async def _read(reply: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for piece in reply.content.iter_chunked(64 * 1024):
        body += piece
        if len(body) > MOST_BYTES:
            raise HookRaised(f"The reply is over {MOST_BYTES:,} bytes")
    return bytes(body)
