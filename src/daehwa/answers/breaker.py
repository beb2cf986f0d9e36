"""A circuit breaker: an upstream that keeps failing is left alone for a while."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

from daehwa.answers.errors import AnswerError, CircuitOpen


class Breaker:
    """Counts an upstream's outages and keeps requests from it when there are too many.

    ``failures`` of them within ``window`` seconds open it for ``cooldown`` seconds; then one
    request goes through every ``cooldown`` seconds (half-open), whether or not the one before has
    ended, until one succeeds: a request that hangs keeps no later one from learning that the
    upstream is well again. A refusal counts as life: an upstream that says "wrong key" is not
    down. Safe within one thread.
    """

    def __init__(
        self,
        *,
        failures: int = 5,
        window: float = 30.0,
        cooldown: float = 5.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limit = failures
        self._window = window
        self._cooldown = cooldown
        self._clock = clock
        self._outages: deque[float] = deque(maxlen=failures)
        # Or when the last request went through to try it.
        self._opened: float | None = None

    @property
    def state(self) -> Literal["closed", "open", "half_open"]:
        """Where it stands, for metrics and probes."""
        if self._opened is None:
            return "closed"
        return "open" if self._clock() - self._opened < self._cooldown else "half_open"

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Guard one request.

        Raises:
            CircuitOpen: the upstream failed too often lately; nothing is sent.
        """
        state, before = self.state, self._opened
        if state == "open":
            raise CircuitOpen("The upstream failed too often lately; it was not called.")
        began = None
        if state == "half_open":
            began = self._opened = self._clock()
        try:
            yield
        except AnswerError as error:
            if error.outage:
                self.record_failure()
            else:
                self._record_success()
            raise
        except BaseException:
            # A probe that was cancelled proves nothing: the next request probes.
            if began is not None and self._opened == began:
                self._opened = before
            raise
        else:
            self._record_success()

    def record_failure(self) -> None:
        """Count an outage, also one seen outside ``attempt``: a stream that was cut.

        A request that was sent before the breaker opened and fails later does not keep it open.
        """
        now = self._clock()
        self._outages.append(now)
        full = len(self._outages) == self._limit and now - self._outages[0] <= self._window
        if full and self._opened is None:
            self._opened = now

    def _record_success(self) -> None:
        self._opened = None
        self._outages.clear()
