"""Understanding a text without holding up the event loop, and within a time limit.

A short text is understood inline, which is faster than handing it to a thread; if many come at
once, only some of them in each round of the event loop, so that other work gets its turn in
between. A text that is likely to take longer than ``INLINE_SECONDS``, judging by similar texts to
the same model, goes to a thread, as do the first text of all and of each slot, for which patterns
are compiled. Numpy and onnx release the interpreter while they calculate, and while such threads
run the interpreter changes between threads every millisecond.

When the time limit passes, the text counts as missed, unless it is a sample or a listed value of
the slot that is elicited, word for word. Its thread is made to end; one that does
not, because it is stuck outside of the interpreter, is counted as hanging. Of those there may be
so many that others are not starved; beyond that long texts are missed at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import queue
import sys
import threading
import time
import weakref
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any, Final
from weakref import WeakKeyDictionary

import msgspec
import structlog

from daehwa import lex, limits, nlu
from daehwa.conversation.loop_rounds import LoopRounds
from daehwa.conversation.thread_places import ThreadPlaces
from daehwa.processes import available_cores

INLINE_SECONDS: Final = 0.005
"""What is likely to take longer is not done on the event loop."""

MOST_THREADS: Final = 4
"""Texts that are understood in threads at once; further ones wait. Short ones are fewer: they
leave a core to the event loop."""

MOST_HANGING: Final = 4
"""Threads that do not end beyond which no more are begun."""

# A model's first text may have to load encoders, which takes as long as it takes.
_LOADING_SECONDS = 60.0
# Texts of about one length take about as long.
_LENGTH_STEP = 64
_SHORT = 2 * _LENGTH_STEP
# What takes less weighs nothing beside the rest of its turn: the clock shows it well enough. To
# ask for the processor's time costs far more than a clock's where other programs wait for it.
_TRIFLE_SECONDS = 0.0005
_MOST_KINDS = 512
_FORGETTING = 0.05
_SWITCH_SECONDS = 0.001

_Place = tuple[str | None, str | None]
"""The intent and slot whose prompt a text replies to, if it does."""
_Kind = tuple[int, str | None, str | None, bool]

_log = structlog.get_logger(__name__)


class _OutOfTime(BaseException):
    """Raised in a thread whose result nobody waits for any more."""


class _Met:
    """What is known of a model's texts: the slots that they replied to, and what each kind cost."""

    __slots__ = ("costs", "new", "places")

    def __init__(self) -> None:
        self.places: set[_Place] = set()
        self.costs: dict[_Kind, float] = {}
        self.new: set[_Kind] = set()  # of which only the first was met

    def learn(self, kind: _Kind, seconds: float, *, first: bool = False) -> None:
        """Remember what a kind of text costs: rises at once, falls slowly.

        The ``first`` time says little: the cost of the next one replaces it.
        """
        known = self.costs.get(kind)
        if known is None and len(self.costs) >= _MOST_KINDS:
            self.costs.clear()
            self.new.clear()
        if first:
            self.new.add(kind)
            self.costs[kind] = min(seconds, INLINE_SECONDS)
        elif known is None or seconds >= known or kind in self.new:
            self.new.discard(kind)
            self.costs[kind] = seconds
        else:
            self.costs[kind] = known + (seconds - known) * _FORGETTING


class Understander:
    """Interprets texts with whichever model; ``seconds`` is how long one may take.

    ``timed_out`` counts the texts that took longer, ``hanging`` the threads that did not end.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._met: WeakKeyDictionary[nlu.Model, _Met] = WeakKeyDictionary()
        self._places = ThreadPlaces(
            short=min(MOST_THREADS, max(1, available_cores() - 1)), most=MOST_THREADS
        )
        self._threads = _Threads()
        self._rounds = LoopRounds()
        self.timed_out = 0

    @property
    def hanging(self) -> int:
        """How many threads still run although nobody waits for them."""
        return self._threads.hanging

    async def interpret(
        self,
        model: nlu.Model,
        text: str,
        *,
        elicitation: lex.Elicitation | None,
        intents: Collection[str] | None,
        now: datetime,
        hints: lex.RuntimeHints | None,
        sentiment_in: str | None = None,
    ) -> lex.Understanding:
        """Interpret ``text`` as ``nlu.Model.interpret`` does; word for word when time runs out.

        With ``sentiment_in``, a locale (``ko_KR``), its sentiment is detected, too.
        """

        def work() -> lex.Understanding:
            understanding = model.interpret(
                text, elicitation=elicitation, intents=intents, now=now, hints=hints
            )
            if sentiment_in is None:
                return understanding
            sentiment = nlu.detect_sentiment(text, sentiment_in)
            return msgspec.structs.replace(understanding, sentiment=sentiment)

        met = self._met.get(model)
        if met is None:
            met = self._met[model] = _Met()
        slot = (None, None) if elicitation is None else (elicitation.intent, elicitation.slot)
        sample = sentiment_in is None and model.is_sample(text)
        first = slot not in met.places
        met.places.add(slot)
        if sample and not first:
            # It needs no encoder, and must not make others look as quick as it is.
            return work()
        costs = met.costs
        likely, seconds = 0.0, self._seconds
        kind = (len(text) // _LENGTH_STEP, *slot, sentiment_in is not None)
        if first or not costs or (sentiment_in is not None and kind not in costs):
            # Patterns are compiled when they are first used, and encoders loaded; sentiment has
            # encoders of its own.
            likely, seconds = INLINE_SECONDS, max(self._seconds, _LOADING_SECONDS)
        likely = max(likely, costs.get(kind, 0.0 if len(text) < _SHORT else INLINE_SECONDS))
        if likely < INLINE_SECONDS:
            # Others go on before a text that would make the round too long.
            if not self._rounds.has_room(likely):
                await self._rounds.room(likely)
            return self._inline(work, met, kind)
        done = await self._in_thread(work, text, seconds)
        if done is None:
            return model.word_for_word(text, elicitation=elicitation, intents=intents)
        if not sample:
            met.learn(kind, done[1], first=first)
        return done[0]

    def _inline(
        self, work: Callable[[], lex.Understanding], met: _Met, kind: _Kind
    ) -> lex.Understanding:
        """Do the work here, and remember what it took."""
        costs = met.costs
        if costs.get(kind, INLINE_SECONDS) < _TRIFLE_SECONDS:
            begun = time.perf_counter()
            understanding = work()
            if time.perf_counter() - begun >= _TRIFLE_SECONDS:
                # It took longer, or another program had the processor: the next one shows it.
                costs[kind] = _TRIFLE_SECONDS
            return understanding
        begun = time.thread_time()
        understanding = work()
        seconds = time.thread_time() - begun
        met.learn(kind, seconds)
        self._rounds.spend(seconds)
        return understanding

    async def _in_thread(
        self, work: Callable[[], lex.Understanding], text: str, seconds: float
    ) -> tuple[lex.Understanding, float] | None:
        """What ``work`` returns, and the processor's seconds it took; ``None`` out of time."""
        done: tuple[lex.Understanding, float] | None = None
        with contextlib.suppress(TimeoutError), limits.waiting_elsewhere():
            async with asyncio.timeout(seconds), self._places.hold():
                if self._threads.hanging < MOST_HANGING:
                    done = await self._threads.run(work)
        if done is None:
            self.timed_out += 1
            _log.warning(
                "understanding_timed_out",
                characters=len(text),
                seconds=seconds,
                hanging=self._threads.hanging,
            )
        return done


class _Work:
    """Work that a thread does: whether it has ended, and whether somebody still waits for it."""

    __slots__ = ("ended", "given_up", "thread")

    def __init__(self, thread: _Thread) -> None:
        self.thread = thread
        self.ended = self.given_up = False


class _Thread(threading.Thread):
    """Does one piece of work after another, until one returns that it may do no more."""

    def __init__(self) -> None:
        super().__init__(name="daehwa-understanding", daemon=True)
        self.work: queue.SimpleQueue[Callable[[], bool] | None] = queue.SimpleQueue()

    def run(self) -> None:
        with contextlib.suppress(_OutOfTime):
            while (work := self.work.get()) is not None and work():
                del work


def _dismiss(idle: list[_Thread]) -> None:
    for thread in idle:
        thread.work.put(None)


class _Threads:
    """Daemon threads, kept for the next work: to start one takes the event loop's time.

    Those that were given up are made to end.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[_Thread] = []
        self._running = 0
        self.hanging = 0
        self._switching = sys.getswitchinterval()
        weakref.finalize(self, _dismiss, self._idle)

    async def run(self, work: Callable[[], Any]) -> tuple[Any, float]:
        """What ``work`` returns, and the processor's seconds that it took.

        A caller that is cancelled leaves the thread, which is then made to end.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[tuple[Any, float]] = loop.create_future()
        mine = self._begin()

        def settle(result: tuple[Any, float] | None, error: Exception | None) -> None:
            if future.done():
                return
            if error is not None:
                future.set_exception(error)
            elif result is not None:
                future.set_result(result)

        def run() -> bool:
            result = error = None
            begun = time.thread_time()
            try:
                result = (work(), time.thread_time() - begun)
            except Exception as raised:  # noqa: BLE001 - handed to whoever waits
                error = raised
            except _OutOfTime:
                pass
            finally:
                self._end(mine)
            with contextlib.suppress(RuntimeError):  # the loop is closed; nobody waits any more
                loop.call_soon_threadsafe(settle, result, error)
            return not mine.given_up

        mine.thread.work.put(run)
        try:
            return await future
        except asyncio.CancelledError:
            self._give_up(mine)
            raise

    def _begin(self) -> _Work:
        with self._lock:
            self._running += 1
            if self._running == 1:
                self._switching = sys.getswitchinterval()
                sys.setswitchinterval(_SWITCH_SECONDS)
            if self._idle:
                return _Work(self._idle.pop())
        thread = _Thread()
        thread.start()
        return _Work(thread)

    def _end(self, work: _Work) -> None:
        with self._lock:
            work.ended = True
            self._running -= 1
            if work.given_up:
                self.hanging -= 1
            else:
                self._idle.append(work.thread)
            if not self._running:
                sys.setswitchinterval(self._switching)

    def _give_up(self, work: _Work) -> None:
        with self._lock:
            if work.ended:
                return
            work.given_up = True
            self.hanging += 1
            # At its next step in Python; in a library it goes on until that returns.
            ctypes.pythonapi.PyThreadState_SetAsyncExc(
                ctypes.c_ulong(work.thread.ident or 0), ctypes.py_object(_OutOfTime)
            )
