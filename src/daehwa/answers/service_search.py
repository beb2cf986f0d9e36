"""A search service as it is asked in a turn: within its time, behind a breaker, with a log."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, Final, TypeVar

import structlog

from daehwa import documents
from daehwa.answers.answerer import Readiness
from daehwa.answers.breaker import Breaker
from daehwa.answers.errors import (
    AnswerError,
    CircuitOpen,
    RateLimited,
    RequestRefused,
    SettingInvalid,
    TimedOut,
    Unreachable,
    UpstreamFailed,
)

_ATTEMPTS: Final = 2
_PAUSE: Final = 0.2  # seconds before the second attempt
_EXAMINED: Final = 8.0
_ERRORS: Final[dict[str, Callable[[str], AnswerError]]] = {
    "failed": UpstreamFailed,
    "refused": RequestRefused,
    "throttled": RateLimited,
    "timed out": TimedOut,
    "unreachable": Unreachable,
}
_log = structlog.get_logger(__name__)
_Result = TypeVar("_Result")


class ServiceSearch:
    """Asks one search service; ``setting`` says for which bots, and how long it may take."""

    def __init__(
        self,
        setting: documents.ServiceSetting,
        service: documents.PassageSearch,
        *,
        breaker: Breaker | None = None,
    ) -> None:
        self.setting = setting
        self._service = service
        self._breaker = breaker or Breaker()

    @property
    def name(self) -> str:
        """What it is called in the configuration."""
        return self.setting.name

    def admits(self, bot_id: str, bot_name: str, locale: str) -> bool:
        """Whether it is asked beside the documents of a bot and a locale."""
        setting = self.setting
        return (
            setting.documents
            and setting.bot in ("*", bot_id, bot_name)
            and setting.locale in ("*", locale)
        )

    async def search(
        self, request: documents.SearchRequest, *, request_id: str = ""
    ) -> list[documents.Hit]:
        """The passages that most likely answer.

        Raises:
            AnswerError: there are none to be had; it is in the log.
        """
        return await self._ask(self._service.search, request, request_id)

    async def query(
        self, request: documents.SearchRequest, *, request_id: str = ""
    ) -> dict[str, Any] | None:
        """Kendra's whole response to a query; ``None`` of a service that is not Kendra.

        Raises:
            AnswerError: as ``search``.
        """
        if not isinstance(self._service, documents.KendraService):
            return None
        return await self._ask(self._service.query, request, request_id)

    async def examine(self) -> Readiness:
        """Search once, to see whether the service lets us."""
        try:
            await self._ask(self._service.search, documents.SearchRequest(question="hello"), "")
        except AnswerError as error:
            return Readiness(state="failed", source=self.name, error=error, contacted=True)
        return Readiness(state="ready", source=self.name, contacted=True)

    async def _ask(
        self,
        call: Callable[[documents.SearchRequest], _Result],
        request: documents.SearchRequest,
        request_id: str,
    ) -> _Result:
        began = time.monotonic()
        until = began + self.setting.seconds
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                with self._breaker.attempt():
                    return await _within(until, call, request)
            except AnswerError as error:
                last = attempt == _ATTEMPTS or time.monotonic() + _PAUSE >= until
                _log.warning(
                    "document_search_failed",
                    search=self.name,
                    code=error.code,
                    attempt=attempt,
                    ms=round((time.monotonic() - began) * 1000),
                    request_id=request_id or None,
                    words=error.message,
                )
                if last or not error.outage or isinstance(error, CircuitOpen | TimedOut):
                    raise
            await asyncio.sleep(_PAUSE)
        raise AssertionError("the last attempt returns or raises")


async def _within(
    until: float,
    call: Callable[[documents.SearchRequest], _Result],
    request: documents.SearchRequest,
) -> _Result:
    try:
        async with asyncio.timeout(until - time.monotonic()):
            return await asyncio.to_thread(call, request)
    except TimeoutError:
        raise TimedOut("The search service did not answer in time.") from None
    except documents.SearchFailed as error:
        raise _ERRORS[error.reason](str(error)) from error


def open_service(setting: documents.ServiceSetting, environ: Any) -> ServiceSearch:
    """What asks a service of ``[[searches]]``.

    Raises:
        SettingInvalid: it cannot be asked as it is set.
    """
    try:
        return ServiceSearch(setting, setting.build(environ))
    except documents.ServiceMisconfigured as error:
        raise SettingInvalid(str(error)) from None
