"""A stub of OpenAI, an upstream to ask it with, and the small weights for what is real."""

import asyncio
import random
import time
from contextlib import AsyncExitStack

import pytest

from daehwa.answers import (
    ChatGPT,
    Endpoint,
    Question,
    Secret,
    models_directory,
)
from daehwa.answers.testing import StubOpenAI

KEY = "sk-test-51HvNeverToBeSeenAnywhere"


class Longest(random.Random):
    """Jitter at its upper end, so that waits can be told."""

    def uniform(self, a, b):
        return b


@pytest.fixture
async def stub():
    async with StubOpenAI(key=KEY) as stub:
        yield stub


@pytest.fixture
def sleeps():
    """The seconds slept between attempts, in order; nobody really sleeps."""
    return []


@pytest.fixture
async def chatgpt(stub, sleeps):
    """Makes a ``ChatGPT`` that asks the stub; ``endpoint`` changes how it is asked."""

    async def sleep(seconds):
        sleeps.append(seconds)
        await asyncio.sleep(0)

    async with AsyncExitStack() as made:

        def make(endpoint=None, **settings):
            values = {"base_url": stub.base_url, "model": "gpt-x", "key": Secret(KEY)}
            given = Endpoint(**(values | (endpoint or {})))
            return made.push_async_exit(
                ChatGPT(given, **({"sleep": sleep, "rng": Longest()} | settings))
            )

        yield make


@pytest.fixture
def soon():
    """Makes a question whose deadline is that many seconds away."""

    def soon(seconds, text="안녕하세요", **further):
        return Question(text=text, deadline=time.monotonic() + seconds, **further)

    return soon


async def collect(stream):
    """The pieces of a stream, and the answer at its end."""
    *pieces, answer = [piece async for piece in stream]
    return pieces, answer


@pytest.fixture(scope="module")
def data(tmp_path_factory, small_weights):
    """A data directory of its own with the small weights in it."""
    folder = tmp_path_factory.mktemp("data")
    models_directory(folder).mkdir()
    (models_directory(folder) / small_weights.path.name).symlink_to(small_weights.path)
    return folder
