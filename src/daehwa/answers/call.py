"""One question's way to an upstream: the deadline, the one retry loop, the breaker.

No I/O: a driver sends what ``request`` says, and after a failure sleeps for ``wait_after``
or lets the error out that it raises. ``ChatGPT`` drives it with aiohttp, the Lambda with
``http.client``; the rules stand here once.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from daehwa.answers import wire
from daehwa.answers.breaker import Breaker
from daehwa.answers.errors import AnswerError, TimedOut
from daehwa.answers.settings import Endpoint
from daehwa.answers.values import Question

Clock = Callable[[], float]

# Behind API Gateway's 29 s, so that our own clear time-out comes first.
DEADLINE = 25.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Retries:
    """How often and when a request is sent again: exponential backoff with full jitter.

    ``attempts`` counts the first one; the ``n``-th wait is a random time up to
    ``base * 2**n`` seconds, at most ``longest``, and never less than the upstream's own
    Retry-After.
    """

    attempts: int = 3
    base: float = 0.5
    longest: float = 8.0

    def wait(self, tried: int, rng: random.Random) -> float:
        """Give the wait after the ``tried``-th attempt, in seconds."""
        return rng.uniform(0, min(self.longest, self.base * 2 ** (tried - 1)))


@dataclass(frozen=True, slots=True)
class UpstreamRequest:
    """What to send, and the seconds until the answer must have begun."""

    url: str
    headers: dict[str, str]
    body: bytes
    timeout: float

    def __repr__(self) -> str:
        return f"UpstreamRequest(timeout={self.timeout:.3f})"


class Upstream:
    """What is known of one endpoint between two questions: its dialect and its health."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        breaker: Breaker | None = None,
        retries: Retries | None = None,
        deadline: float = DEADLINE,
        clock: Clock = time.monotonic,
        rng: random.Random | None = None,
    ) -> None:
        self.endpoint = endpoint
        self.dialect = wire.Dialect.of(endpoint)
        self.breaker = Breaker(clock=clock) if breaker is None else breaker
        self.retries = Retries() if retries is None else retries
        self.deadline = deadline
        self.clock = clock
        self.rng = random.Random() if rng is None else rng  # noqa: S311 - jitter is no secret


class Call:
    """One question put to one upstream, through all its attempts."""

    def __init__(self, upstream: Upstream, question: Question, *, stream: bool) -> None:
        self._upstream = upstream
        self._question = question
        self._stream = stream
        self._tried = 0
        self._dialect = upstream.dialect
        deadline = question.deadline
        if deadline is None:
            deadline = upstream.clock() + upstream.deadline
        first_by = question.first_by
        self._begin_by = deadline if first_by is None else min(deadline, first_by)

    def request(self) -> UpstreamRequest:
        """Give the next request.

        Raises:
            TimedOut: there is no time left for it.
        """
        upstream, endpoint = self._upstream, self._upstream.endpoint
        left = self._begin_by - upstream.clock()
        if left <= 0:
            raise TimedOut("There was no time left to call the upstream.")
        self._tried += 1
        self._dialect = upstream.dialect
        return UpstreamRequest(
            wire.url(endpoint, self._dialect),
            wire.headers(endpoint, stream=self._stream),
            wire.body(endpoint, self._dialect, self._question, stream=self._stream),
            left,
        )

    def attempt(self) -> AbstractContextManager[None]:
        """Guard one attempt with the upstream's breaker."""
        return self._upstream.breaker.attempt()

    def wait_after(self, error: AnswerError) -> float:
        """Give the seconds to wait before the next request, or raise the error that ends it."""
        upstream = self._upstream
        dialect = self._dialect.corrected(error, upstream.endpoint)
        if dialect is not None:
            # Not the same request again but the right one, at once. Another call may have
            # learned it meanwhile.
            if upstream.dialect == self._dialect:
                upstream.dialect = dialect
            self._tried -= 1
            return 0.0
        if not error.retryable or self._question.failover:
            raise error
        if self._tried >= upstream.retries.attempts:
            raise error
        wait = max(upstream.retries.wait(self._tried, upstream.rng), error.retry_after or 0.0)
        if upstream.clock() + wait >= self._begin_by:
            # Sleeping into the deadline would only delay the error.
            raise error
        return wait
