"""Speech for RecognizeUtterance, in and out, by any endpoint with OpenAI's audio API.

``POST {base}/audio/transcriptions`` hears and ``POST {base}/audio/speech`` speaks. Lex's
audio types are translated to what that API takes and gives. Without an endpoint, text works
and speech is refused by a clear modelled error before the conversation moves.
"""

from __future__ import annotations

import struct
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Literal

import msgspec
import numpy as np

from daehwa import lex
from daehwa.server.lexapi.constraints import faults
from daehwa.server.lexapi.requests import RecognizeUtteranceRequest
from daehwa.server.lexapi.responses import TEXT
from daehwa.server.lexapi.rules import RULES
from daehwa.server.restjson import refuse

if TYPE_CHECKING:
    import aiohttp

InputMode = Literal["Text", "Speech"]
Voice = Callable[[tuple[lex.Message, ...], str], Awaitable[tuple[str, bytes]]]

_TEXT = RULES["RecognizeTextRequest"]["text"]

# Content types of PCM audio, by their beginning, and their samples a second.
_PCM_RATES = {
    "audio/l16": 16_000,
    "audio/x-l16": 16_000,
    "audio/lpcm": 8_000,
}
# Response content types: what OpenAI's API calls the format.
_FORMATS = {"audio/mpeg": "mp3", "audio/*": "mp3", "audio/ogg": "opus", "audio/pcm": "pcm"}
RECORDINGS = {
    "audio/webm": "webm",
    "audio/mp4": "mp4",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/mpeg": "mp3",
}
"""What browsers record, by its media type, and how OpenAI's API calls such files."""
_OPENAI_PCM_RATE = 24_000
_LEX_PCM_RATE = 16_000
_OK = 200

_NOT_CONFIGURED = (
    "Speech is not configured on this server: set DAEHWA_SPEECH_URL, or base_url of [speech] in "
    "daehwa.toml, to an endpoint with /audio/transcriptions and /audio/speech, or use text/plain; "
    "charset=utf-8"
)


class SpeechSetting(msgspec.Struct, frozen=True, kw_only=True):
    """Where speech is heard and made. ``base_url`` ends in ``/v1`` as OpenAI's does.

    ``timeout`` is in seconds.
    """

    base_url: str
    api_key: str | None = None
    transcription_model: str = "whisper-1"
    speech_model: str = "tts-1"
    voice: str = "alloy"
    timeout: float = 20.0


class Speech:
    """A client of the speech endpoint; made lazily, closed with the server."""

    def __init__(self, setting: SpeechSetting) -> None:
        self._setting = setting
        self._session: aiohttp.ClientSession | None = None

    async def transcribe(self, audio: bytes, sample_rate: int, language: str) -> str:
        """The words in ``audio`` (16-bit little-endian mono PCM); ``language`` as ``ko``.

        Raises:
            lex.BadGatewayException: the endpoint is out of reach or answers wrongly.
        """
        return await self.transcribe_file(_wav(audio, sample_rate), "audio/wav", language)

    async def transcribe_file(self, audio: bytes, media_type: str, language: str) -> str:
        """The words in a recording of one of ``RECORDINGS``; ``language`` as ``ko``.

        Raises:
            lex.BadGatewayException: the endpoint is out of reach or answers wrongly.
        """
        import aiohttp  # noqa: PLC0415 - only where there is an endpoint

        form = aiohttp.FormData()
        # OpenAI's API judges a recording by its file's name.
        name = f"speech.{RECORDINGS[media_type]}"
        form.add_field("file", audio, filename=name, content_type=media_type)
        form.add_field("model", self._setting.transcription_model)
        form.add_field("language", language)
        form.add_field("response_format", "json")
        answer = await self._post("/audio/transcriptions", data=form)
        try:
            return msgspec.json.decode(answer, type=_Transcription).text.strip()
        except msgspec.DecodeError:
            raise lex.BadGatewayException(
                "The speech endpoint sent a transcription that is not JSON"
            ) from None

    async def speak(self, text: str, audio_format: str) -> bytes:
        """``text`` as speech, in a format of OpenAI's API.

        Raises:
            lex.BadGatewayException: the endpoint is out of reach or answers wrongly.
        """
        wish = {
            "model": self._setting.speech_model,
            "voice": self._setting.voice,
            "input": text,
            "response_format": audio_format,
        }
        audio = await self._post("/audio/speech", json=wish)
        return _resampled(audio) if audio_format == "pcm" else audio

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    async def _post(
        self,
        path: str,
        *,
        data: aiohttp.FormData | None = None,
        json: dict[str, str] | None = None,
    ) -> bytes:
        import aiohttp  # noqa: PLC0415 - only where there is an endpoint

        if self._session is None:
            key = self._setting.api_key
            self._session = aiohttp.ClientSession(
                headers={"Authorization": f"Bearer {key}"} if key else None,
                timeout=aiohttp.ClientTimeout(total=self._setting.timeout),
            )
        try:
            url = self._setting.base_url.rstrip("/") + path
            async with self._session.post(url, data=data, json=json) as response:
                if response.status != _OK:
                    raise lex.BadGatewayException(
                        f"The speech endpoint answered {response.status} to {path}"
                    )
                return await response.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise lex.BadGatewayException(
                f"The speech endpoint did not answer {path} ({type(error).__name__})"
            ) from error


class _Transcription(msgspec.Struct, frozen=True):
    text: str


async def hearing(
    speech: Speech | None, sent: RecognizeUtteranceRequest, locale_id: str
) -> tuple[str, InputMode]:
    """The text of an utterance, and how it was put in.

    Raises:
        lex.ValidationException: the content type is not one of Lex's, or the text breaks
            its bounds.
        lex.DependencyFailedException: it is audio and no speech endpoint is configured.
        lex.BadGatewayException: the speech endpoint failed.
    """
    kind, _, _ = sent.content_type.partition(";")
    kind = kind.strip().lower()
    if kind == "text/plain":
        try:
            text = sent.stream.decode()
        except UnicodeDecodeError:
            raise lex.ValidationException("The text in inputStream is not UTF-8") from None
        refuse(list(faults(text, "inputStream", _TEXT)))
        return text, "Text"
    if kind not in _PCM_RATES:
        raise lex.ValidationException(
            f"The request content type {sent.content_type} is not supported: use one of "
            f"{', '.join(_PCM_RATES)} or {TEXT}"
        )
    if speech is None:
        raise lex.DependencyFailedException(_NOT_CONFIGURED)
    if not sent.stream:
        raise lex.ValidationException("The audio in inputStream is empty")
    language = locale_id.partition("_")[0]
    text = await speech.transcribe(sent.stream, _PCM_RATES[kind], language)
    if not text:
        raise lex.ValidationException("No speech was recognised in inputStream")
    return text[: _TEXT.most], "Speech"


def speaking(speech: Speech | None, response_content_type: str | None) -> Voice:
    """What gives a response its content type and its audio; text when the request names none.

    Raises:
        lex.ValidationException: the content type is not one of Lex's.
        lex.DependencyFailedException: it is audio and no speech endpoint is configured.
    """
    content_type = response_content_type or TEXT
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "text/plain":
        return _silent
    if kind not in _FORMATS:
        raise lex.ValidationException(
            f"1 validation error detected: Value '{content_type}' at 'responseContentType' failed "
            f"to satisfy constraint: Member must be one of {TEXT}, {', '.join(_FORMATS)}"
        )
    if speech is None:
        raise lex.DependencyFailedException(_NOT_CONFIGURED)

    async def spoken(messages: tuple[lex.Message, ...], _locale_id: str) -> tuple[str, bytes]:
        text = " ".join(
            message.content
            for message in messages
            if message.content and message.content_type in ("PlainText", "SSML")
        )
        audio = await speech.speak(text, _FORMATS[kind]) if text else b""
        return ("audio/mpeg" if kind == "audio/*" else kind), audio

    return spoken


async def _silent(_messages: tuple[lex.Message, ...], _locale_id: str) -> tuple[str, bytes]:
    return TEXT, b""


def _wav(pcm: bytes, rate: int) -> bytes:
    """16-bit mono PCM with the header of a WAV file before it."""
    size = len(pcm)
    return (
        struct.pack(
            "<4sI4s4sIHHIIHH", b"RIFF", 36 + size, b"WAVE", b"fmt ", 16, 1, 1, rate, rate * 2, 2, 16
        )
        + struct.pack("<4sI", b"data", size)
        + pcm
    )


def _resampled(pcm: bytes) -> bytes:
    """OpenAI's PCM (24 kHz) as Lex's (16 kHz), by linear interpolation."""
    samples = np.frombuffer(pcm[: len(pcm) // 2 * 2], dtype="<i2")
    if not samples.size:
        return b""
    places = np.arange(0, samples.size, _OPENAI_PCM_RATE / _LEX_PCM_RATE)
    resampled: bytes = np.interp(places, np.arange(samples.size), samples).astype("<i2").tobytes()
    return resampled
