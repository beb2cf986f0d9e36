"""Utterances in speech, through a stub that speaks OpenAI's audio API."""

import io
import wave

import msgspec
import numpy as np
import pytest
from aiohttp import web
from asgi import call
from scripted import SESSION

from daehwa.server import ServerSettings, doors
from daehwa.server.lexapi import Speech, SpeechSetting, headers

UTTERANCE = f"{SESSION}/utterance"
HEARD = {"content-type": "audio/l16; rate=16000; channels=1"}
PLAIN = "text/plain; charset=utf-8"


class Endpoint:
    """Hears "안녕" in everything and says everything in the same three bytes."""

    def __init__(self):
        self.requests = []
        self.status = 200
        self.text = "안녕"
        self.audio = b"MP3"

    async def transcribe(self, request):
        form = await request.post()
        with wave.open(io.BytesIO(form["file"].file.read())) as sound:
            told = {"rate": sound.getframerate(), "frames": sound.getnframes()}
        told |= {name: form[name] for name in ("model", "language")}
        self.requests.append((request.headers.get("authorization"), told))
        return web.json_response({"text": self.text}, status=self.status)

    async def speak(self, request):
        self.requests.append((request.headers.get("authorization"), await request.json()))
        return web.Response(body=self.audio, status=self.status)


@pytest.fixture
async def endpoint():
    stub = Endpoint()
    site = web.Application()
    site.router.add_post("/v1/audio/transcriptions", stub.transcribe)
    site.router.add_post("/v1/audio/speech", stub.speak)
    runner = web.AppRunner(site)
    await runner.setup()
    listener = web.TCPSite(runner, "127.0.0.1", 0)
    await listener.start()
    stub.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    yield stub
    await runner.cleanup()


@pytest.fixture
async def app(runtime, endpoint):
    speech = Speech(SpeechSetting(base_url=endpoint.url, api_key="hush"))
    yield doors(runtime, ServerSettings(), speech=speech)
    await speech.close()


@pytest.mark.parametrize(
    ("content_type", "rate"),
    [
        ("audio/l16; rate=16000; channels=1", 16_000),
        ("audio/x-l16; sample-rate=16000; channel-count=1", 16_000),
        (
            (
                "audio/lpcm; sample-rate=8000; sample-size-bits=16; channel-count=1; "
                "is-big-endian=false"
            ),
            8_000,
        ),
    ],
)
async def test_speech_is_heard(app, runtime, endpoint, content_type, rate):
    answer = await call(app, "POST", UTTERANCE, b"\1\0" * 800, {"content-type": content_type})
    assert answer.status == 200
    assert answer.headers["x-amz-lex-input-mode"] == "Speech"
    transcript = headers.unpack(answer.headers["x-amz-lex-input-transcript"].encode(), "")
    assert msgspec.json.decode(transcript) == "안녕"
    assert runtime.calls[0][1] == "안녕"
    assert runtime.calls[0][4] == "Speech"
    expected = {"rate": rate, "frames": 800, "model": "whisper-1", "language": "ko"}
    assert endpoint.requests == [("Bearer hush", expected)]


@pytest.mark.parametrize(
    ("asked", "sent", "audio_format"),
    [
        ("audio/mpeg", "audio/mpeg", "mp3"),
        ("audio/*", "audio/mpeg", "mp3"),
        ("audio/ogg", "audio/ogg", "opus"),
    ],
)
async def test_a_reply_is_spoken(app, endpoint, asked, sent, audio_format):
    wish = {"content-type": PLAIN, "response-content-type": asked}
    answer = await call(app, "POST", UTTERANCE, "안녕".encode(), wish)
    assert (answer.status, answer.body) == (200, b"MP3")
    assert answer.headers["content-type"] == sent
    [(_, spoken)] = endpoint.requests
    assert spoken["input"] == "말씀하신 것: 안녕"
    assert spoken["response_format"] == audio_format


async def test_pcm_comes_at_lexs_rate(app, endpoint):
    endpoint.audio = np.arange(2400, dtype="<i2").tobytes()  # 0.1 s at 24 kHz
    wish = {"content-type": PLAIN, "response-content-type": "audio/pcm"}
    answer = await call(app, "POST", UTTERANCE, "안녕".encode(), wish)
    samples = np.frombuffer(answer.body, dtype="<i2")
    assert samples.size == 1600
    assert samples[:4].tolist() == [0, 1, 3, 4]


async def test_put_session_speaks_too(app, endpoint):
    body = {
        "sessionState": {"dialogAction": {"type": "ElicitIntent"}},
        "messages": [{"contentType": "PlainText", "content": "어서 오세요"}],
    }
    answer = await call(app, "POST", SESSION, body, {"ResponseContentType": "audio/mpeg"})
    assert (answer.status, answer.body) == (200, b"MP3")
    assert endpoint.requests[0][1]["input"] == "어서 오세요"


async def test_nothing_to_say_is_not_spoken(app, endpoint):
    body = {"sessionState": {"dialogAction": {"type": "ElicitIntent"}}}
    answer = await call(app, "POST", SESSION, body, {"ResponseContentType": "audio/mpeg"})
    assert (answer.status, answer.body, endpoint.requests) == (200, b"", [])


async def test_an_endpoint_that_fails_is_a_bad_gateway(app, runtime, endpoint):
    endpoint.status = 401
    answer = await call(app, "POST", UTTERANCE, b"\1\0", HEARD)
    assert (answer.status, answer.headers["x-amzn-errortype"]) == (502, "BadGatewayException")
    assert "answered 401" in answer.json["message"]
    assert "hush" not in answer.json["message"]
    assert runtime.calls == []


async def test_an_endpoint_out_of_reach_is_a_bad_gateway(runtime, free_port):
    speech = Speech(SpeechSetting(base_url=f"http://127.0.0.1:{free_port}/v1"))
    app = doors(runtime, ServerSettings(), speech=speech)
    answer = await call(app, "POST", UTTERANCE, b"\1\0", HEARD)
    await speech.close()
    assert (answer.status, answer.headers["x-amzn-errortype"]) == (502, "BadGatewayException")


async def test_silence_is_told(app, endpoint):
    endpoint.text = " "
    answer = await call(app, "POST", UTTERANCE, b"\1\0", HEARD)
    assert (answer.status, answer.headers["x-amzn-errortype"]) == (400, "ValidationException")


@pytest.mark.parametrize("asked", ["audio/flac", "video/mp4"])
async def test_a_response_type_that_lex_does_not_have(app, asked):
    wish = {"content-type": PLAIN, "response-content-type": asked}
    answer = await call(app, "POST", UTTERANCE, b"hi", wish)
    assert answer.status == 400
    assert "'responseContentType'" in answer.json["message"]
