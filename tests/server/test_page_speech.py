"""The page's microphone and its reading aloud at the server: for whom, of what, and how much."""

import msgspec
import pytest
from aiohttp import web
from asgi import call

from daehwa import chat
from daehwa.conversation import SpeechTable
from daehwa.server import ServerError, ServerSettings, doors
from daehwa.server.lexapi import Speech, SpeechSetting

SESSION = "/chat/sessions/aaaa"
MINE = {"x-session-secret": chat.new_secret()}
RECORDING = MINE | {"content-type": "audio/webm;codecs=opus"}


@pytest.fixture
async def endpoint():
    """OpenAI's audio API: gives each file back as its words, and each text as its sound."""
    sent = []

    async def transcribe(request):
        form = await request.post()
        file = form["file"]
        sent.append((file.filename, file.content_type, form["model"], form["language"]))
        return web.json_response({"text": file.file.read().decode()})

    async def speak(request):
        wanted = await request.json()
        sent.append(wanted)
        return web.Response(body=wanted["input"].encode())

    site = web.Application()
    site.router.add_post("/v1/audio/transcriptions", transcribe)
    site.router.add_post("/v1/audio/speech", speak)
    runner = web.AppRunner(site)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    setting = SpeechSetting(base_url=f"http://127.0.0.1:{runner.addresses[0][1]}/v1", voice="sol")
    speech = Speech(setting)
    speech.sent = sent
    yield speech
    await speech.close()
    await runner.cleanup()


@pytest.fixture
async def app(runtime, endpoint):
    return doors(runtime, ServerSettings(), speech=endpoint)


async def test_a_recording_is_written_down_in_the_talks_language(app, endpoint, runtime):
    path = f"{SESSION}/transcription?localeId=ko_KR"
    answer = await call(app, "POST", path, "안녕".encode(), RECORDING)
    assert (answer.status, answer.json) == (200, {"text": "안녕"})
    assert endpoint.sent == [("speech.webm", "audio/webm", "whisper-1", "ko")]
    # It counts as a question to a model does, by the session's owner.
    (name, session) = runtime.chat.calls[-1]
    assert (name, session.session_id) == ("admit_question", "aaaa")
    assert session.owner


async def test_a_text_is_spoken(app, endpoint, runtime):
    answer = await call(app, "POST", f"{SESSION}/speech", {"text": "안녕"}, MINE)
    assert (answer.status, answer.body) == (200, "안녕".encode())
    assert answer.headers["content-type"] == "audio/mpeg"
    assert endpoint.sent[0]["voice"] == "sol"
    assert runtime.chat.calls[-1][0] == "admit_question"


@pytest.mark.parametrize(
    ("sent", "refused"),
    [
        (("transcription", b"x", MINE | {"content-type": "text/html"}), (415, "RecordingInvalid")),
        (("transcription", b"x", MINE), (415, "RecordingInvalid")),
        (("transcription", b"x" * 4_200_000, RECORDING), (413, "RequestTooLarge")),
        (("speech", b"{", MINE), (400, "RequestMalformed")),
        (("speech", b'{"text": ""}', MINE), (400, "RequestMalformed")),
        (("speech", msgspec.json.encode({"text": "x" * 4097}), MINE), (400, "RequestMalformed")),
    ],
    ids=["a page", "of no kind", "too long", "no JSON", "no words", "too many words"],
)
async def test_what_is_no_recording_and_no_text_goes_nowhere(app, endpoint, sent, refused):
    path, *rest = sent
    answer = await call(app, "POST", f"{SESSION}/{path}", *rest)
    assert (answer.status, answer.json["error"]["code"]) == refused
    assert endpoint.sent == []


async def test_strangers_are_not_heard(runtime, endpoint):
    app = doors(runtime, ServerSettings(loopback=False, allowed_hosts=("*",)), speech=endpoint)
    for path in ("transcription", "speech"):
        kind = {"content-type": "audio/webm"}
        answer = await call(app, "POST", f"{SESSION}/{path}", b'{"text": "a"}', kind)
        assert answer.status == 401, path
    assert endpoint.sent == []


async def test_an_endpoint_that_fails_is_a_502(runtime, endpoint):
    gone = Speech(SpeechSetting(base_url="http://127.0.0.1:9/v1"))
    app = doors(runtime, ServerSettings(), speech=gone)
    answer = await call(app, "POST", f"{SESSION}/speech", {"text": "안녕"}, MINE)
    assert (answer.status, answer.json["error"]["code"]) == (502, "BadGatewayException")
    await gone.close()


async def test_the_page_knows_whether_the_server_hears(runtime, endpoint):
    async def offered(**settings):
        app = doors(runtime, ServerSettings(**settings), speech=endpoint)
        config = (await call(app, "GET", "/chat/config")).json
        there = (await call(app, "POST", f"{SESSION}/speech", {"text": "a"}, MINE)).status != 404
        assert config["speech"] == there
        return there

    assert await offered()
    assert not await offered(page_speech=False)


def test_the_environment_goes_before_the_file():
    table = SpeechTable(base_url="http://a/v1", key="SOME_KEY", voice="sol", speech_model="b")

    def speech(**environ):
        return ServerSettings.from_environment(environ, speech=table).speech

    assert speech(SOME_KEY="k") == SpeechSetting(
        base_url="http://a/v1", api_key="k", voice="sol", speech_model="b"
    )
    other = speech(DAEHWA_SPEECH_URL="http://c/v1", DAEHWA_SPEECH_KEY="e")
    assert (other.base_url, other.api_key, other.voice) == ("http://c/v1", "e", "sol")
    with pytest.raises(ServerError, match="SOME_KEY"):
        speech()
