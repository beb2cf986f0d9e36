"""One question's way to an upstream: the deadline, the one retry loop, the breaker.

If an upstream turns out not to understand something, it is asked again in another way, and that is
remembered for an hour.

No I/O: a driver sends what ``request`` says, and after a failure sleeps for ``wait_after``, or
passes on the error that this raises. ``ChatGPT`` drives it with aiohttp, the Lambda with
``http.client``, so that both have the same rules.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, NamedTuple

from daehwa.answers import wire
from daehwa.answers.api_addresses import wrong_address
from daehwa.answers.breaker import Breaker
from daehwa.answers.dialect import Dialect
from daehwa.answers.errors import (
    AnswerError,
    ContentRefused,
    ModelNotFound,
    NotAnAnswer,
    NotAnEndpoint,
    QuestionTooLong,
    RequestRefused,
    TimedOut,
)
from daehwa.answers.past import cost, recent
from daehwa.answers.settings import Endpoint, shown
from daehwa.answers.values import Ended, Question

Clock = Callable[[], float]

# Behind API Gateway's 29 s, so that our own clear time-out comes first.
DEADLINE = 25.0
LONGEST = 180.0
"""Of a stream whose question brings no deadline, in seconds."""
# How many times its own deadline a stream may take that has begun by it.
_LONGER = 6
_REMEMBERED = 3600.0
# More refusals of one question are no misunderstanding any more.
_CORRECTIONS = 8
_HALVINGS = 3
# Letters of a token, when an upstream does not keep to the limit: no text has more on average.
_LETTERS = 8
# What is shorter stands in error messages by chance.
_SHORTEST = 4


def ended_by(error: AnswerError) -> Ended:
    """How an answer ended that this error broke off after some words."""
    if isinstance(error, ContentRefused):
        return "refused"
    return "timed_out" if isinstance(error, TimedOut) else "cut"


class Retries(NamedTuple):
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


class _Unspeakable(NamedTuple):
    """What no error and no log may contain: the key, and what people said."""

    endpoint: Endpoint
    question: Question

    def scrub(self, text: str) -> str:
        if self.endpoint.key is not None:
            text = self.endpoint.key.scrub(text)
        for value in self.endpoint.headers.values():
            if len(value) >= _SHORTEST:
                text = text.replace(value, "***")
        for words in (self.question.text, *(past.text for past in self.question.history)):
            if len(words) >= _SHORTEST:
                text = text.replace(words, "…")
        return text


class UpstreamRequest(NamedTuple):
    """What to send, and the seconds until the answer must have begun.

    ``patience`` is how many seconds there are for its first word when it begins with a thought,
    which ``opened`` says that it does without a sign. ``scrubber`` takes out of an error what
    it may not hold.
    """

    url: str
    headers: dict[str, str]
    body: bytes
    timeout: float
    patience: float = 0.0
    opened: bool = False
    scrubber: wire.Scrubber | None = None

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
        self.breaker = Breaker(clock=clock) if breaker is None else breaker
        self.retries = Retries() if retries is None else retries
        self.deadline = deadline
        self.clock = clock
        self.rng = random.Random() if rng is None else rng  # noqa: S311 - jitter is not a secret
        self._guessed = self._dialect = Dialect.of(endpoint)
        self._learned = 0.0

    @property
    def dialect(self) -> Dialect:
        """What it understands, as far as is known; what was learned is forgotten after an hour."""
        if self._dialect is not self._guessed and self.clock() - self._learned > _REMEMBERED:
            self._dialect = self._guessed
        return self._dialect

    @property
    def longest_text(self) -> int:
        """The letters of the longest answer that is let through."""
        return self.endpoint.max_tokens * _LETTERS

    def learn(self, dialect: Dialect) -> None:
        """Remember what it understands."""
        if self._dialect is self._guessed:
            self._learned = self.clock()
        self._dialect = dialect

    def forget(self) -> None:
        """Know nothing of it again."""
        self._dialect = self._guessed


class Call:
    """One question put to one upstream, through all its attempts."""

    def __init__(self, upstream: Upstream, question: Question, *, stream: bool) -> None:
        self._upstream = upstream
        self._question = question
        self._stream = stream
        self._tried = self._sent = self._corrections = self._halvings = 0
        self._room: int | None = None
        self._dialect = upstream.dialect
        self._members: frozenset[str] = frozenset()
        self._first: AnswerError | None = None
        self._began = 0.0
        deadline = question.deadline
        if deadline is None:
            deadline = upstream.clock() + (LONGEST if stream else upstream.deadline)
        own = upstream.endpoint.seconds
        if own is not None:
            deadline = min(deadline, upstream.clock() + own * (_LONGER if stream else 1))
        self.deadline = deadline
        first_by = question.first_by
        if first_by is None and question.deadline is None:
            first_by = upstream.clock() + upstream.deadline
        if own is not None:
            first_by = min(first_by or deadline, upstream.clock() + own)
        self._begin_by = deadline if first_by is None else min(deadline, first_by)
        # Whoever stands behind gets half of the time that a thought takes longer.
        self._think_until = (self._begin_by + deadline) / 2 if question.failover else deadline

    @property
    def failover(self) -> bool:
        """Whether another answerer stands behind."""
        return self._question.failover

    def request(self) -> UpstreamRequest:
        """Give the next request.

        Raises:
            TimedOut: there is no time left for it.
        """
        upstream, endpoint = self._upstream, self._upstream.endpoint
        self._began = upstream.clock()
        left = self._begin_by - self._began
        if left <= 0:
            raise TimedOut("There was no time left to call the upstream.")
        self._tried += 1
        self._sent += 1
        self._dialect = upstream.dialect
        members = wire.members(endpoint, self._dialect, self._question, stream=self._stream)
        self._members = frozenset(members)
        url = wire.url(endpoint, self._dialect, stream=bool(members.get("stream")))
        headers = wire.headers(endpoint, stream=self._stream or self._dialect.streamed)
        body = wire.body(endpoint, members)
        if endpoint.signer is not None:
            headers = endpoint.signer(url, headers, body)
        return UpstreamRequest(
            url,
            headers,
            body,
            left,
            max(left, self._think_until - self._began),
            self._dialect.opened,
            _Unspeakable(endpoint, self._question),
        )

    def attempt(self) -> AbstractContextManager[None]:
        """Guard one attempt with the upstream's breaker."""
        return self._upstream.breaker.attempt()

    def learn_opened(self) -> None:
        """Remember that the model's text begins inside a thought."""
        self._upstream.learn(self._upstream.dialect._replace(opened=True))

    def report(self, error: AnswerError) -> dict[str, Any]:
        """Describe a failed attempt for the log: nothing that anybody said, and no key."""
        endpoint = self._upstream.endpoint
        return {
            "upstream": endpoint.name or shown(endpoint.base_url),
            "model": endpoint.model,
            "status": error.status or None,
            "code": error.code,
            "attempt": self._sent,
            "ms": round((self._upstream.clock() - self._began) * 1000),
            "request_id": self._question.request_id or None,
            "upstream_request_id": error.upstream_request_id,
            "words": error.message,
        }

    def wait_after(self, error: AnswerError) -> float:
        """Give the seconds to wait before the next request, or raise the error that ends it."""
        try:
            return self._wait_after(error)
        except (ModelNotFound, NotAnAnswer, NotAnEndpoint) as final:
            url = wire.url(self._upstream.endpoint, self._upstream.dialect)
            final.cure = f"{wrong_address(url)} {type(final).cure}"
            raise

    def _wait_after(self, error: AnswerError) -> float:
        upstream = self._upstream
        if self._correct(error):
            return 0.0
        if self._halvings and isinstance(error, QuestionTooLong):
            # It is the question that is too long, not what was said before.
            upstream.learn(upstream.dialect._replace(history=self._room))
        if self._first is not None and isinstance(error, ModelNotFound | RequestRefused):
            # Neither API serves the model: it is the first that was meant.
            upstream.forget()
            raise self._first
        if not error.retryable or self._question.failover:
            raise error
        if self._tried >= upstream.retries.attempts:
            raise error
        wait = max(upstream.retries.wait(self._tried, upstream.rng), error.retry_after or 0.0)
        if upstream.clock() + wait >= self._begin_by:
            # Sleeping into the deadline would only delay the error.
            raise error
        return wait

    def _correct(self, error: AnswerError) -> bool:
        """Ask in another way, at once, if that is what the upstream wants."""
        upstream, endpoint = self._upstream, self._upstream.endpoint
        if self._corrections >= _CORRECTIONS:
            return False
        too_long = isinstance(error, QuestionTooLong)
        history = 0
        if self._halvings < _HALVINGS:
            budget = wire.history_budget(endpoint, self._dialect)
            history = cost(recent(self._question.history, budget))
        dialect = self._dialect.corrected(error, endpoint, self._members, history=history)
        if dialect is None:
            return False
        if dialect.chat != self._dialect.chat:
            self._first = error
        if too_long and history:
            self._room = self._dialect.history if not self._halvings else self._room
            self._halvings += 1
        # Another call may have learned it meanwhile.
        if upstream.dialect == self._dialect:
            upstream.learn(dialect)
        self._corrections += 1
        self._tried -= 1
        return True
