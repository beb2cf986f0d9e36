"""Ears and a voice for the chat page in browsers that have none: the server's speech endpoint.

What a person says is written down, and what a bot has said is spoken, for those who have a
session's secret, within the limits of answers. Nothing of it is stored.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from daehwa import chat
from daehwa.conversation import ChatChannel
from daehwa.server.body import read_body
from daehwa.server.chat import read_json, session_of
from daehwa.server.faults import JsonResponse
from daehwa.server.lexapi import RECORDINGS, Speech

_NO_STORE = {"cache-control": "no-store"}
# A minute of speech, as WAV too; browsers record far less.
_RECORDING_LIMIT = 4 * 1024 * 1024
# What OpenAI's API speaks at most; the page sends a few sentences at a time.
_SPOKEN_LIMIT = 4096


class _Spoken(msgspec.Struct, frozen=True):
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=_SPOKEN_LIMIT)]


_spoken_decoder = msgspec.json.Decoder(_Spoken)


class PageSpeech:
    """The endpoints of the page's microphone and of its reading aloud."""

    guarded: ClassVar[tuple[str, ...]] = ("/chat",)

    def __init__(self, channel: ChatChannel, speech: Speech) -> None:
        self._channel = channel
        self._speech = speech

    @property
    def routes(self) -> list[BaseRoute]:
        """Where the endpoints are."""
        session = "/chat/sessions/{session_id}"
        return [
            Route(f"{session}/transcription", self.transcribe, methods=["POST"]),
            Route(f"{session}/speech", self.speak, methods=["POST"]),
        ]

    async def transcribe(self, request: Request) -> Response:
        """``POST .../transcription``: the words of the recording that the body is."""
        session = session_of(request)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in RECORDINGS:
            raise chat.ChatError("RecordingInvalid", types=", ".join(RECORDINGS))
        await self._channel.admit_question(session)
        recording = await read_body(request.receive, _RECORDING_LIMIT)
        language = (session.locale_id or "").partition("_")[0]
        text = await self._speech.transcribe_file(recording, kind, language) if recording else ""
        return JsonResponse({"text": text}, headers=_NO_STORE)

    async def speak(self, request: Request) -> Response:
        """``POST .../speech``: a text as MP3."""
        session = session_of(request)
        wanted = await read_json(request, _spoken_decoder)
        await self._channel.admit_question(session)
        audio = await self._speech.speak(wanted.text, "mp3")
        return Response(audio, 200, _NO_STORE, "audio/mpeg")
