"""``Embedded``: the bundled language model, for a machine without key or network."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import threading
import time
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import aclosing
from pathlib import Path
from typing import Final, Self

import structlog

from daehwa.answers.answerer import Readiness, ReadinessState
from daehwa.answers.call import DEADLINE, Clock, Retries
from daehwa.answers.chatgpt import ChatGPT
from daehwa.answers.child import Child, Running, Size, try_library
from daehwa.answers.errors import (
    ModelDownloading,
    ModelFailed,
    ModelLoading,
    ModelMissing,
    ModelUnavailable,
    PullRunning,
    RateLimited,
    Unreachable,
)
from daehwa.answers.pulling import PullProgress, pull_or_instead, pulled
from daehwa.answers.settings import Endpoint
from daehwa.answers.values import Answer, Question, StartOver
from daehwa.answers.weights import ModelFile, chosen_weights
from daehwa.answers.wording import line_for

MOST_IN_HAND: Final = 16
"""Questions that one process has for the model at once: it answers two at a time."""

_log = structlog.get_logger(__name__)

# A small model wanders when it is warm, and repeats itself when it is cold.
_SAMPLING = {
    "top_p": 0.9,
    "repeat_penalty": 1.1,
    "dry_multiplier": 0.8,
    "cache_prompt": True,
    # Qwen3 thinks aloud unless its template is told otherwise; other templates do not look.
    "chat_template_kwargs": {"enable_thinking": False},
}
_TEMPERATURE = 0.3
_OUTPUT = 350
_HISTORY = 900
_LOOK = 1.0
# Before a start that failed is tried again, and before one that has answered is started again: for
# that one people wait.
_FIRST_PAUSE, _LAST_PAUSE = 1.0, 60.0
_LAST_RESTART_PAUSE = 4.0
_SETTLED = 30.0


class Embedded:
    """Answers with a model in a child process of its own; see ``Child`` and ``chosen_weights``.

    ``data`` is the data directory; ``model`` what the configuration names, behind ``DAEHWA_MODEL``.
    Entering its context, or the first question, starts its work in the background: fetching the
    weights (if ``fetch`` is false, it waits for them), starting the child, and starting it again if
    it dies. Questions wait while it loads, and get ``ModelUnavailable`` if that would take longer
    than they may.

    Raises:
        SettingError: the name of the model is not a name.
    """

    def __init__(
        self,
        data: Path,
        *,
        model: str | None = None,
        fetch: bool = True,
        size: Size | None = None,
        environ: Mapping[str, str] | None = None,
        clock: Clock = time.monotonic,
    ) -> None:
        self._weights = chosen_weights(data, model, environ)
        self._fetch = fetch and self._weights.model is not None
        self._data = data
        self._size = size or Size()
        self._child = Child(self._weights, data, self._size)
        self._clock = clock
        self._client: ChatGPT | None = None
        self._task: asyncio.Task[None] | None = None
        self._settled = asyncio.Event()
        self._changed = asyncio.Event()
        self._stop = threading.Event()
        self._state: ReadinessState = "loading"
        self._failure: ModelUnavailable | None = None
        self._progress = 0.0
        self._in_hand = 0
        self._logged = ""
        self._reset_state(started=False)

    async def __aenter__(self) -> Self:
        """Begin to get ready in the background."""
        self._start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop fetching, and end the child."""
        self._stop.set()
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None
        await self._child.close()

    @property
    def name(self) -> str:
        """The answerer's name."""
        return "embedded"

    @property
    def pid(self) -> int | None:
        """The process id of the child, when it is ours."""
        return self._child.pid

    async def answer(self, question: Question) -> Answer:
        """Answer as a whole.

        Raises:
            ModelUnavailable: the model cannot answer now.
            AnswerError: as the client's.
        """
        with self._counted():
            for again in (True, False):
                client = await self._ready_client(question)
                try:
                    return await client.answer(question)
                except Unreachable:
                    if not again or not await self._has_died(client):
                        raise
            raise self._error()

    async def stream(self, question: Question) -> AsyncGenerator[str | StartOver | Answer]:
        """Stream the answer.

        Raises:
            AnswerError: as ``answer`` does, before the first piece.
        """
        with self._counted():
            for again in (True, False):
                client = await self._ready_client(question)
                async with aclosing(client.stream(question)) as pieces:
                    try:
                        first = await anext(pieces)
                    except Unreachable:
                        if not again or not await self._has_died(client):
                            raise
                        continue
                    yield first
                    async for piece in pieces:
                        yield piece
                    return

    async def ready(self) -> Readiness:
        """Tell where it stands; nothing is started for it."""
        if self._task is None:
            self._reset_state(started=False)
        ready = self._state == "ready"
        return Readiness(
            state=self._state,
            source="embedded",
            model=self._weights.title,
            progress=self._progress if self._state == "downloading" else None,
            error=None if ready else self._error(),
        )

    async def examine(self) -> tuple[Readiness, ...]:
        """Try what it needs on this machine; nothing is fetched and no weights are read."""
        try:
            await try_library()
        except ModelUnavailable as error:
            return ((await self.ready())._replace(state="failed", error=error),)
        return (await self.ready(),)

    @contextlib.contextmanager
    def _counted(self) -> Iterator[None]:
        """Count a question in progress; beyond the limit it would only wait in vain.

        Raises:
            RateLimited: it is one too many.
        """
        if self._in_hand >= MOST_IN_HAND:
            raise RateLimited(
                f"{MOST_IN_HAND} questions are already waiting for the offline model."
            )
        self._in_hand += 1
        try:
            yield
        finally:
            self._in_hand -= 1

    def _start(self) -> None:
        if self._task is None or self._task.done():
            self._stop.clear()
            self._reset_state(started=True)
            self._task = asyncio.create_task(self._supervise(), name="embedded-model")

    async def _ready_client(self, question: Question) -> ChatGPT:
        self._start()
        if self._state == "loading":
            until = question.deadline
            if until is None:
                until = self._clock() + DEADLINE
            if question.first_by is not None:
                until = min(until, question.first_by)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(until - self._clock()):
                    await self._settled.wait()
        if self._client is None:
            raise self._error()
        return self._client

    async def _has_died(self, client: ChatGPT) -> bool:
        """Tell whether the child behind a client is gone; then it is being started again."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(2 * _LOOK):
                while self._client is client:
                    self._changed.clear()
                    await self._changed.wait()
        return self._client is not client

    async def _supervise(self) -> None:
        pause = restart_pause = _FIRST_PAUSE
        while True:
            try:
                if not self._weights.present:
                    # What cannot run is not worth a gigabyte.
                    await try_library()
                await self._have_weights()
                self._set_state("loading")
                running = await self._child.connect()
            except ModelUnavailable as error:
                self._set_state("failed", error)
            except OSError as error:
                self._set_state("failed", ModelFailed(f"The embedded model did not start: {error}"))
            else:
                began = self._clock()
                await self._serve(running)
                if self._clock() - began > _SETTLED:
                    restart_pause = _FIRST_PAUSE
                await asyncio.sleep(restart_pause)
                pause, restart_pause = _FIRST_PAUSE, min(restart_pause * 2, _LAST_RESTART_PAUSE)
                continue
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LAST_PAUSE)

    async def _serve(self, running: Running) -> None:
        """Answer through the child until it ends."""
        try:
            async with self._client_of(running) as client:
                self._client = client
                self._set_state("ready")
                try:
                    await self._child.gone()
                finally:
                    self._client = None
                    self._set_state("loading")
        finally:
            await self._child.close()

    def _client_of(self, running: Running) -> ChatGPT:
        endpoint = Endpoint(
            base_url=f"{running.url}/v1",
            model=self._weights.title,
            key=running.key,
            api="chat",
            temperature=_TEMPERATURE,
            max_tokens=_OUTPUT,
            history_tokens=_HISTORY,
            brief=True,
            extra=_SAMPLING,
        )
        return ChatGPT(
            endpoint,
            name="embedded",
            source="embedded",
            notice=lambda locale: line_for("offline_notice", locale),
            retries=Retries(attempts=1),
            proxies=False,
            clock=self._clock,
        )

    async def _have_weights(self) -> None:
        wanted = self._weights
        while not self._weights.present:
            if not self._fetch or self._weights.model is None:
                self._set_state("missing")
                await asyncio.sleep(_LOOK)
                continue
            self._set_state("downloading")
            directory, model = self._weights.path.parent, self._weights.model
            try:
                self._weights = await asyncio.to_thread(
                    pull_or_instead,
                    model,
                    directory,
                    progress=self._set_progress,
                    stop=self._stop,
                )
            except PullRunning:
                # Another process fetches them: report how far it is, and look again.
                self._progress = _pulled_by_others(model, directory) or self._progress
                await asyncio.sleep(_LOOK)
                self._weights = self._weights.or_instead()
        if self._weights != wanted:
            self._child = Child(self._weights, self._data, self._size)

    def _set_progress(self, progress: PullProgress) -> None:
        if progress.instead is not None:
            _log.warning(
                "weights_replaced",
                model=progress.source,
                by=progress.instead,
                cure="`daehwa model pull` shows how to get the file by hand.",
            )
        elif progress.failed is not None:
            _log.warning("weights_not_fetched", source=progress.source, reason=progress.failed)
        self._progress = progress.done / progress.total if progress.total else 0.0

    def _reset_state(self, *, started: bool) -> None:
        """See from outside where it stands, while nothing is going on."""
        # Whether it can run here at all is tried before it is reported as downloading.
        begun = self._weights.present or (self._fetch and started)
        self._set_state("loading" if begun else "missing")

    def _set_state(self, state: ReadinessState, failure: ModelUnavailable | None = None) -> None:
        if failure is not None and failure.message != self._logged:
            # Once: it is tried again and again.
            self._logged = failure.message
            _log.error("offline_model_failed", reason=failure.message, cure=failure.cure)
        self._state = state
        self._failure = failure
        self._changed.set()
        if state == "loading":
            self._settled.clear()
        else:
            self._settled.set()

    def _error(self) -> ModelUnavailable:
        """Give a fresh error for where it stands."""
        title = self._weights.title
        match self._state:
            case "missing":
                return ModelMissing(f"The weights are missing: {self._weights.path}.")
            case "downloading":
                return ModelDownloading(f"{title} is downloading.", progress=self._progress)
            case "failed" if self._failure is not None:
                return copy.copy(self._failure)
            case _:
                return ModelLoading(f"{title} is loading.")


def _pulled_by_others(model: ModelFile, directory: Path) -> float | None:
    """How far another process is with the model, or with what stands in for it."""
    far = pulled(model, directory)
    if far is None and model.instead is not None:
        return _pulled_by_others(model.instead, directory)
    return far
