"""People who talk all the time, what they were promised, and whether it was kept."""

from __future__ import annotations

import asyncio
import json
import random
import time
import uuid
from dataclasses import dataclass, field
from typing import Any, Self

import aiohttp

# One conversation with HelloWorldBot, again and again.
TEXTS = ("안녕", "홍길동", "네")
QUESTION = "우주는 왜 이렇게 커요?"
BOT = "HELLOWORLD"
PLACE = {"botId": BOT, "localeId": "ko_KR"}
TOKEN = "people-of-the-bench"
HEADERS = {"Authorization": f"Bearer {TOKEN}"}
_TURNS_IN_A_SESSION = 15
_PAUSE_SECONDS = 0.2
# As the page does: a request that brings nothing for so long is sent again, with its messageId.
_PATIENCE_SECONDS = 3.0
_GIVE_UP_SECONDS = 60.0
_WAITS = (0.05, 0.1, 0.2, 0.4, 0.8)


@dataclass
class Said:
    """A turn: what was said, when, how often it was sent, and the reply that came, if one did."""

    session: str
    message: str
    text: str
    phase: str
    begun: float
    ended: float = 0.0
    sent: int = 0
    reply: dict[str, Any] | None = None

    @property
    def milliseconds(self) -> float:
        return (self.ended - self.begun) * 1000


@dataclass
class History:
    """Everything that was said, and how streams ended."""

    phase: str = "start"
    turns: list[Said] = field(default_factory=list)
    streams: dict[str, int] = field(default_factory=dict)
    silent: list[str] = field(default_factory=list)
    held_up: float = 0.0

    def count(self, end: str) -> None:
        self.streams[end] = self.streams.get(end, 0) + 1


class Load:
    """``talkers`` people who take turns of the bot, ``watchers`` who watch a model's answers."""

    def __init__(self, url: str, *, talkers: int, watchers: int) -> None:
        self.history = History()
        self._url = url
        self._talkers = talkers
        self._watchers = watchers
        self._tasks: list[asyncio.Task[None]] = []
        self._ending = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._client = aiohttp.ClientSession(
            headers=HEADERS,
            timeout=aiohttp.ClientTimeout(total=None, sock_read=_PATIENCE_SECONDS),
            connector=aiohttp.TCPConnector(limit=0),
        )
        self._tasks = [asyncio.create_task(self._talk(n)) for n in range(self._talkers)]
        self._tasks.append(asyncio.create_task(self._look_at_itself()))
        self._tasks += [asyncio.create_task(self._watch(n)) for n in range(self._watchers)]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._ending.set()
        await asyncio.gather(*self._tasks)
        await self._client.close()

    async def _look_at_itself(self) -> None:
        """Note how long this process was held up by the machine: what it measures includes it."""
        while not self._ending.is_set():
            before = time.monotonic()
            await asyncio.sleep(_PAUSE_SECONDS)
            late = time.monotonic() - before - _PAUSE_SECONDS
            self.history.held_up = max(self.history.held_up, late)

    # --- talking ----------------------------------------------------------------------

    async def _talk(self, number: int) -> None:
        while not self._ending.is_set():
            session = f"talker-{number}-{uuid.uuid4().hex[:8]}"
            for place in range(_TURNS_IN_A_SESSION):
                said = Said(
                    session,
                    uuid.uuid4().hex,
                    TEXTS[place % len(TEXTS)],
                    self.history.phase,
                    time.monotonic(),
                )
                self.history.turns.append(said)
                await self._say(said)
                if said.reply is None or self._ending.is_set():
                    break
                await asyncio.sleep(_PAUSE_SECONDS * random.uniform(0.5, 1.5))

    async def _say(self, said: Said) -> None:
        body = {"text": said.text, "sessionId": said.session, "messageId": said.message, **PLACE}
        while time.monotonic() - said.begun < _GIVE_UP_SECONDS:
            said.sent += 1
            try:
                async with self._client.post(f"{self._url}/chat", json=body) as answer:
                    if answer.status == 200:
                        said.reply = await answer.json()
                        said.ended = time.monotonic()
                        return
            except (aiohttp.ClientError, TimeoutError, OSError):
                pass
            await asyncio.sleep(_WAITS[min(said.sent, len(_WAITS)) - 1])

    # --- watching ---------------------------------------------------------------------

    async def _watch(self, number: int) -> None:
        while not self._ending.is_set():
            session, message = f"watcher-{number}-{uuid.uuid4().hex[:8]}", uuid.uuid4().hex
            body = {"text": QUESTION, "sessionId": session, "messageId": message, **PLACE}
            begun = time.monotonic()
            end = await self._events("POST", "/chat", body)
            turn = f"/chat/sessions/{session}/turns/{message}?botId={BOT}&localeId=ko_KR"
            followed = False
            while end is None and time.monotonic() - begun < _GIVE_UP_SECONDS:
                # As the page does when its connection breaks: it follows the turn, and where
                # nobody has heard of it, or it was broken off without a word, says it again.
                followed = True
                await asyncio.sleep(0.3)
                end = await self._events("GET", turn, None)
                if end in ("TurnNotFound", "TurnLost"):
                    end = await self._events("POST", "/chat", body)
            if end is None:
                self.history.silent.append(f"{self.history.phase}: {session}")
            else:
                self.history.count(f"{end}, followed" if followed else end)

    async def _events(self, method: str, path: str, body: dict[str, Any] | None) -> str | None:
        """How a stream ended: ``done``, ``incomplete``, an error's code, or not at all."""
        headers = {"accept": "text/event-stream"}
        name = ""
        try:
            async with self._client.request(
                method, self._url + path, json=body, headers=headers
            ) as answer:
                if answer.status in (502, 503, 504):
                    return None
                if answer.status != 200:
                    return str((await answer.json())["error"]["code"])
                async for raw in answer.content:
                    line = raw.decode().rstrip("\n")
                    if line.startswith("event: "):
                        name = line.removeprefix("event: ")
                    elif line.startswith("data: ") and name in ("done", "error"):
                        data = json.loads(line.removeprefix("data: "))
                        if name == "error":
                            code = data["error"]["code"]
                            return None if code in ("ShuttingDown", "StoreUnavailable") else code
                        return "incomplete" if data.get("incomplete") else "done"
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
            return None
        return None


@dataclass
class Verdict:
    """What became of what was acknowledged."""

    acknowledged: int = 0
    unanswered: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)
    disordered: list[str] = field(default_factory=list)


async def verdict(url: str, history: History) -> Verdict:
    """Read every transcript, and compare it with what was acknowledged."""
    result = Verdict()
    sessions: dict[str, list[Said]] = {}
    for said in history.turns:
        sessions.setdefault(said.session, []).append(said)
    async with aiohttp.ClientSession(headers=HEADERS) as client:
        for session, turns in sessions.items():
            address = f"{url}/chat/sessions/{session}"
            async with client.get(address, params=PLACE) as answer:
                stored = (await answer.json())["turns"]
            ids = [turn["messageId"] for turn in stored]
            kept = {turn["messageId"]: turn for turn in stored}
            acknowledged = [said for said in turns if said.reply is not None]
            result.acknowledged += len(acknowledged)
            result.unanswered += len(turns) - len(acknowledged)
            for said in acknowledged:
                place = f"{said.phase}: {session} {said.message}"
                if said.message not in kept:
                    result.lost.append(place)
                elif kept[said.message]["reply"]["msg"] != (said.reply or {})["msg"]:
                    result.altered.append(place)
                if ids.count(said.message) > 1:
                    result.doubled.append(place)
            order = [one for one in ids if one in {said.message for said in acknowledged}]
            if order != [said.message for said in acknowledged if said.message in kept]:
                result.disordered.append(session)
    return result
