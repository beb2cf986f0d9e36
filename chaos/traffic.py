"""People who talk at every door, send again what was not answered, and are told apart."""

from __future__ import annotations

import asyncio
import itertools
import random
from typing import Self, get_args

import aiohttp

from chaos.bots import BOTS, OFFLINE, ServedBot
from chaos.doors import Refused, Talk
from chaos.history import Attempt, Door, History, Reading, Turn

_TURNS = (3, 12)
_PAUSE_SECONDS = 0.2
_OFFLINE_PAUSE_SECONDS = 3.0
# How often a turn that was not acknowledged is sent again where that is the same turn.
_TRIES = 12
_READERS = 8


class Traffic:
    """Clients that talk to the server at ``url``; what they see goes into ``history``.

    Where there is an ``offline`` model one more asks it, now and then.
    """

    def __init__(
        self, url: str, history: History, *, seed: int, clients: int, offline: bool = False
    ) -> None:
        self._offline = offline
        self._url = url
        self._history = history
        self._seed = seed
        self._count = clients
        self._numbers = 0
        self._talks: list[Talk] = []
        self._stop = asyncio.Event()
        self._clients: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        # A connection for each request: the kernel gives each to another worker.
        self._connector = aiohttp.TCPConnector(force_close=True, limit=0)
        self._client = aiohttp.ClientSession(
            connector=self._connector, timeout=aiohttp.ClientTimeout(total=None)
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._clients:
            task.cancel()
        await self._client.close()

    def start(self) -> None:
        """Begin to talk."""
        self._clients = [asyncio.create_task(self._talk(n)) for n in range(self._count)]
        if self._offline:
            self._clients.append(asyncio.create_task(self._talk_offline()))

    async def stop(self) -> None:
        """End the talks, each after the turn that it is in."""
        self._stop.set()
        await asyncio.gather(*self._clients)

    async def read(self) -> None:
        """Read every session as it is stored now."""
        waiting = list(self._talks)

        async def reader() -> None:
            while waiting:
                talk = waiting.pop()
                try:
                    reading = await talk.read()
                except (Refused, aiohttp.ClientError, ConnectionError) as error:
                    now = asyncio.get_running_loop().time()
                    reading = Reading(session=talk.session, at=now, fault=str(error))
                if reading is not None:
                    self._history.readings.append(reading)

        await asyncio.gather(*(reader() for _ in range(_READERS)))

    async def is_well(self, looks: int, *, offline: bool = False) -> float | None:
        """Whether it is ready, ``looks`` times, and takes a turn at every door.

        The ``offline`` model is asked where that is said: it takes seconds for an answer.

        Returns:
            How many seconds the longest of the turns took; ``None`` if it is not well.
        """
        for _ in range(looks):
            if await self.status("/readyz") != 200:
                return None
        longest = 0.0
        # The hooks and the model are asked too; one after another, since a breaker that is half
        # open lets one through.
        ways = [*itertools.product(get_args(Door), BOTS)]
        for door, bot in [*ways, ("chat", OFFLINE)] if offline and self._offline else ways:
            talk = self._open(door, bot, "well")
            attempt = await self._take(talk, talk.turn(1))
            if attempt.outcome != "acknowledged" or not attempt.whole:
                return None
            longest = max(longest, attempt.ended - attempt.sent)
        return longest

    async def status(self, path: str) -> int:
        """The status of a page; 0 if there is none."""
        try:
            async with asyncio.timeout(5), self._client.get(self._url + path) as response:
                return response.status
        except (aiohttp.ClientError, ConnectionError, TimeoutError):
            return 0

    async def _talk(self, number: int) -> None:
        chance = random.Random(f"{self._seed}-{number}")
        while not self._stop.is_set():
            talk = self._open(
                chance.choice(get_args(Door)), chance.choice(BOTS), f"{self._seed}-{number}"
            )
            for place in range(1, chance.randint(*_TURNS) + 1):
                if self._stop.is_set() or not await self._turn(talk, talk.turn(place)):
                    break
                await asyncio.sleep(chance.random() * 2 * _PAUSE_SECONDS)

    async def _talk_offline(self) -> None:
        """Ask the offline model again and again; it takes a processor while it answers."""
        for number in itertools.count():
            if self._stop.is_set():
                return
            talk = self._open("chat", OFFLINE, f"{self._seed}-offline-{number}")
            await self._turn(talk, talk.turn(1))
            await asyncio.sleep(_OFFLINE_PAUSE_SECONDS)

    async def _turn(self, talk: Talk, turn: Turn) -> bool:
        """Take a turn as its door's clients do; whether the talk goes on."""
        for _ in range(_TRIES):
            attempt = await self._take(talk, turn)
            if attempt.outcome == "acknowledged":
                return True
            await asyncio.sleep(_PAUSE_SECONDS)
            if turn.message_id is None:
                # Sent again it would be another turn; a history without its start begins again.
                return talk.door == "lex" or turn.number > 1
            if self._stop.is_set():
                break
        return False

    async def _take(self, talk: Talk, turn: Turn) -> Attempt:
        attempt = await talk.say(turn)
        self._history.attempts.append(attempt)
        return attempt

    def _open(self, door: Door, bot: ServedBot, name: str) -> Talk:
        self._numbers += 1
        talk = Talk(
            self._client,
            self._url,
            door=door,
            bot=bot,
            session=f"{name}-{self._numbers}",
            patience=self._history.deadline,
        )
        self._talks.append(talk)
        return talk
