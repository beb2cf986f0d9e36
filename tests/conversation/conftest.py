"""A runtime over the example bots, SQLite and an answerer whose words a test decides."""

import asyncio
import contextlib
import functools
from datetime import UTC, datetime, timedelta

import pytest

from daehwa import answers, nlu, stores
from daehwa.conversation import Answering, RuntimePlan, Settings, open_catalogue


class Clock:
    """A clock that a test sets."""

    def __init__(self):
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self):
        return self.now

    def pass_seconds(self, seconds):
        self.now += timedelta(seconds=seconds)


class ScriptedAnswerer:
    """Says its pieces one by one; with ``gate`` it waits before each but the first."""

    name = "scripted"

    def __init__(self, *pieces, error=None, notice=None):
        self.pieces = pieces
        self.error = error
        self.notice = notice
        self.questions = []
        self.asked = asyncio.Event()
        self.gate = None
        self.closed_early = 0

    async def answer(self, question):
        raise NotImplementedError

    async def stream(self, question):
        self.questions.append(question)
        self.asked.set()
        if self.error is not None:
            raise self.error
        try:
            for place, piece in enumerate(self.pieces):
                if place and self.gate is not None:
                    await self.gate.wait()
                yield piece
        except (GeneratorExit, asyncio.CancelledError):
            self.closed_early += 1
            raise
        yield answers.Answer(
            text="".join(self.pieces), source="chatgpt", model="test-model", notice=self.notice
        )

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        pass

    async def ready(self):
        return answers.Readiness(state="ready", source="chatgpt", model="test-model")


@pytest.fixture(scope="session")
def learned():
    """The example bots' models, learned once for all tests."""
    return {
        (served.id, name): nlu.learn(locale.definition)
        for served in open_catalogue(()).bots
        for name, locale in served.locales.items()
    }


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def running(tmp_path, clock, learned):
    """``async with running(answerer, bots=..., settings=...) as runtime``."""

    @contextlib.asynccontextmanager
    async def running(answerer=None, *, bots=(), settings=None, data=tmp_path, **more):
        settings = settings or Settings()

        catalogue = open_catalogue(tuple(map(str, bots)))
        if not bots:
            for served in catalogue.bots:
                for name, locale in served.locales.items():
                    locale.adopt(learned[served.id, name])
        plan = RuntimePlan(
            catalogue,
            functools.partial(stores.open_store, f"sqlite:{data / 'sessions.sqlite3'}"),
            None if answerer is None else Answering(answerer, settings.answer_seconds),
            settings=settings,
            clock=clock,
            **more,
        )
        async with plan.open() as runtime:
            yield runtime

    return running
