"""Conversations at each of the doors, request by request, as its clients hold them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any, Final
from urllib.parse import quote

import aiohttp
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from chaos.bots import LOCALE, ServedBot
from chaos.history import Attempt, Door, Reading, Stored, Turn
from chaos.hook import LEDGER

ACCESS_KEY: Final = ("CHAOSKEY", "chaos-secret")
"""Who signs the requests to Lex's API."""

# What a server may give a session's first reply, and expects with what follows.
_SECRET_HEADER = "X-Session-Secret"
_SECRET_MEMBER = "sessionSecret"
_SENT = {"content-type": "application/json"}


class Refused(Exception):
    """The server answered with an error: its status and its code."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code


class Talk:
    """One session with a bot at a door. ``patience`` is how long a reply is waited for."""

    def __init__(
        self,
        client: aiohttp.ClientSession,
        url: str,
        *,
        door: Door,
        bot: ServedBot,
        session: str,
        patience: float,
    ) -> None:
        self.door = door
        self.session = session
        self._client = client
        self._url = url
        self._bot = bot
        self._patience = patience
        self._secret: dict[str, str] = {}
        self._said: list[dict[str, str]] = []

    def turn(self, number: int) -> Turn:
        """The turn with this number."""
        token = f"{self.session}.{number}"
        by_id = self.door in ("chat", "stream")
        return Turn(
            session=self.session,
            number=number,
            token=token,
            ledger=self._bot.ledger,
            echoes=self._bot.echoes,
            message_id=f"m-{token}" if by_id else None,
        )

    async def say(self, turn: Turn) -> Attempt:
        """Send the turn, and wait for what becomes of it."""
        loop = asyncio.get_running_loop()
        sent = loop.time()

        def ended(outcome: Any, **more: Any) -> Attempt:
            return Attempt(
                turn=turn, door=self.door, sent=sent, ended=loop.time(), outcome=outcome, **more
            )

        try:
            async with asyncio.timeout(self._patience):
                reply, whole = await getattr(self, f"_{self.door}")(turn)
        except TimeoutError:
            return ended("silent")
        except Refused as refused:
            return ended("refused", status=refused.status, code=refused.code)
        except (aiohttp.ClientError, ConnectionError) as error:
            return ended("cut", code=type(error).__name__)
        return ended("acknowledged", status=200, reply=reply, whole=whole)

    async def read(self) -> Reading | None:
        """The session as it is stored; ``None`` at a door where it cannot be read."""
        loop = asyncio.get_running_loop()
        if self.door == "openai" or (self.door == "lex" and not self._bot.ledger):
            return None
        if self.door == "lex":
            try:
                state = (await self._signed("GET", self._lex_path()))["sessionState"]
            except Refused as refused:
                # Nothing was stored, perhaps because nothing was acknowledged.
                if refused.code != "ResourceNotFoundException":
                    raise
                state = {}
            ledger = (state.get("sessionAttributes") or {}).get(LEDGER, "")
            return Reading(session=self.session, at=loop.time(), ledger=tuple(ledger.split()))
        path = f"/chat/sessions/{quote(self.session)}?botId={self._bot.id}&localeId={LOCALE}"
        async with self._client.get(self._url + path, headers=self._secret) as response:
            turns = (await _checked(response))["turns"]
        stored = tuple(
            Stored(
                message_id=turn["messageId"],
                text=turn["text"],
                reply=(turn.get("reply") or {}).get("msg", ""),
            )
            for turn in turns
        )
        return Reading(session=self.session, at=loop.time(), transcript=stored)

    # --- the doors --------------------------------------------------------------------

    async def _chat(self, turn: Turn) -> tuple[str, bool]:
        async with self._post("/chat", self._message(turn)) as response:
            return self._reply(await _checked(response))

    async def _stream(self, turn: Turn) -> tuple[str, bool]:
        accept = {"accept": "text/event-stream"}
        async with self._post("/chat", self._message(turn), **accept) as response:
            if response.status != 200:
                await _checked(response)
            async for name, data in _events(response):
                self._remember(data)
                if name == "done":
                    return self._reply(data)
                if name == "error":
                    raise Refused(0, data["error"]["code"])
        raise aiohttp.ServerDisconnectedError("the stream ended without its end")

    async def _openai(self, turn: Turn) -> tuple[str, bool]:
        history = [*self._said, {"role": "user", "content": turn.token}]
        body = {"model": self._bot.name, "user": self.session, "messages": history}
        async with self._post("/v1/chat/completions", body) as response:
            choice = (await _checked(response))["choices"][0]
        text = choice["message"]["content"]
        self._said = [*history, {"role": "assistant", "content": text}]
        return text, choice["finish_reason"] == "stop" and turn.token in text

    async def _lex(self, turn: Turn) -> tuple[str, bool]:
        body = await self._signed("POST", f"{self._lex_path()}/text", {"text": turn.token})
        text = "\n".join(message.get("content", "") for message in body.get("messages", ()))
        # A model that has failed leaves its intent failed.
        failed = body["sessionState"]["intent"]["state"] == "Failed"
        return text, not failed and turn.token in text

    # --- requests ---------------------------------------------------------------------

    def _message(self, turn: Turn) -> dict[str, str | None]:
        return {
            "text": turn.token,
            "sessionId": self.session,
            "messageId": turn.message_id,
            "botId": self._bot.id,
            "localeId": LOCALE,
        }

    def _post(self, path: str, body: Any, **headers: str) -> Any:
        return self._client.post(
            self._url + path,
            data=json.dumps(body).encode(),
            headers={**_SENT, **self._secret, **headers},
        )

    def _reply(self, body: dict[str, Any]) -> tuple[str, bool]:
        self._remember(body)
        error = (body.get("error") or {}).get("code")
        if not self._bot.echoes:
            # What the offline model says ends where its time does, and may not begin before: on a
            # busy machine it thinks for longer.
            return body["msg"], error in {None, "timed_out"}
        return body["msg"], error is None and not body.get("incomplete")

    def _remember(self, body: dict[str, Any]) -> None:
        secret = body.get(_SECRET_MEMBER)
        if secret:
            self._secret = {_SECRET_HEADER: secret}

    def _lex_path(self) -> str:
        place = f"/bots/{self._bot.id}/botAliases/TSTALIASID/botLocales/{LOCALE}"
        return f"{place}/sessions/{quote(self.session)}"

    async def _signed(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        data = b"" if body is None else json.dumps(body).encode()
        request = AWSRequest(method=method, url=self._url + path, data=data, headers=_SENT)
        SigV4Auth(Credentials(*ACCESS_KEY), "lex", "us-east-1").add_auth(request)
        async with self._client.request(
            method, self._url + path, data=data, headers=dict(request.headers.items())
        ) as response:
            return await _checked(response)


async def _checked(response: aiohttp.ClientResponse) -> dict[str, Any]:
    raw = await response.read()
    try:
        body: dict[str, Any] = json.loads(raw)
    except ValueError:
        raise Refused(response.status, "") from None
    if response.status == 200:
        return body
    kind = response.headers.get("x-amzn-errortype", "").partition(":")[0]
    error = body.get("error")
    raise Refused(response.status, kind or (error.get("code") if error else "") or "")


async def _events(response: aiohttp.ClientResponse) -> AsyncIterator[tuple[str, dict[str, Any]]]:
    name = ""
    async for line in response.content:
        text = line.decode().rstrip("\n")
        if text.startswith("event: "):
            name = text.removeprefix("event: ")
        elif text.startswith("data: "):
            yield name, json.loads(text.removeprefix("data: "))
