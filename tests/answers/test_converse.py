"""Bedrock's Converse API, asked at home: the same questions, answers and errors as any model's."""

import boto3
import pytest
from tests.aws.bedrock import SECRET, StubBedrock, frame

from daehwa.answers import Answer, AnswerError, ChatGPT, ModelSetting, PastMessage, Question
from daehwa.answers.event_frames import BrokenFrame, FrameReader
from daehwa.answers.replies import StreamedAnswer

CLAUDE = "anthropic.claude-sonnet-4-5-20250929-v1:0"
QUESTION = Question(
    text="체크인은 몇 시예요?",
    locale="ko_KR",
    history=(PastMessage(role="user", text="안녕"), PastMessage(role="assistant", text="네.")),
)


@pytest.fixture
def bedrock():
    stub = StubBedrock()
    yield stub
    stub.close()


@pytest.fixture
def setting(bedrock, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)

    def make(**more):
        made = {"name": "claude", "model": CLAUDE, "base_url": bedrock.url, "api": "converse"}
        made |= {"sign": "bedrock", "region": "us-west-2"}
        return ModelSetting(**made | more)

    return make


async def answered(setting):
    async with ChatGPT(setting.endpoint({})) as claude:
        return await claude.answer(QUESTION)


async def pieces_of(setting):
    async with ChatGPT(setting.endpoint({})) as claude:
        *pieces, answer = [piece async for piece in claude.stream(QUESTION)]
        assert isinstance(answer, Answer)
        return pieces, answer


async def test_a_question_in_its_conversation(bedrock, setting):
    answer = await answered(setting(guardrail="gr-abc:2", max_tokens=500))
    assert (answer.text, answer.ended, answer.model) == (bedrock.text, "stop", CLAUDE)
    assert (answer.usage.input_tokens, answer.usage.output_tokens) == (25, 7)
    assert answer.usage.cached_tokens == 5
    (sent,) = bedrock.requests
    assert sent.path == "/model/anthropic.claude-sonnet-4-5-20250929-v1:0/converse"
    assert "/us-west-2/bedrock/aws4_request" in sent.header("authorization")
    assert sent.header("x-amzn-bedrock-guardrailidentifier") == "", "it stands in the body"
    body = sent.json
    assert [one["role"] for one in body["messages"]] == ["user", "assistant", "user"]
    assert body["messages"][-1]["content"] == [{"text": QUESTION.text}]
    assert len(body["system"]) == 1
    assert body["inferenceConfig"] == {"maxTokens": 500}
    assert body["guardrailConfig"] == {"guardrailIdentifier": "gr-abc", "guardrailVersion": "2"}


async def test_the_words_come_one_by_one(bedrock, setting):
    pieces, answer = await pieces_of(setting())
    assert bedrock.requests[0].path.endswith("/converse-stream")
    assert len(pieces) > 1
    assert "".join(pieces) == answer.text == bedrock.text
    assert (answer.ended, answer.usage.input_tokens, answer.usage.output_tokens) == ("stop", 20, 7)


async def test_an_inference_profile_is_named_by_its_arn(bedrock, setting):
    arn = f"arn:aws:bedrock:us-west-2:123456789012:inference-profile/us.{CLAUDE}"
    assert (await answered(setting(model=arn))).text == bedrock.text


async def test_parameters_go_where_converse_has_them(bedrock, setting):
    sampling = {"temperature": 0, "top_p": 1, "stop": "END", "top_k": 5}
    await answered(setting(sampling=sampling))
    body = bedrock.requests[0].json
    assert body["inferenceConfig"] == {
        "maxTokens": 1000,
        "temperature": 0,
        "topP": 1,
        "stopSequences": ["END"],
    }
    assert body["additionalModelRequestFields"] == {"top_k": 5}


async def test_what_the_model_does_not_take_is_left_out(bedrock, setting):
    bedrock.refused = {"frequency_penalty"}
    answer = await answered(setting(sampling={"frequency_penalty": 0.5, "top_k": 5}))
    assert answer.text == bedrock.text
    assert bedrock.requests[-1].json["additionalModelRequestFields"] == {"top_k": 5}


@pytest.mark.parametrize(
    ("reason", "ended"),
    [
        ("max_tokens", "length"),
        ("guardrail_intervened", "refused"),
        ("content_filtered", "refused"),
        ("stop_sequence", "stop"),
    ],
)
async def test_why_an_answer_ended(bedrock, setting, reason, ended):
    bedrock.reason = reason
    assert (await answered(setting())).ended == ended
    assert (await pieces_of(setting()))[1].ended == ended


async def test_a_thought_is_not_shown(bedrock, setting):
    bedrock.thought = True
    assert (await answered(setting())).text == bedrock.text
    pieces, answer = await pieces_of(setting())
    assert "".join(pieces) == answer.text == bedrock.text


async def test_a_refusal_is_the_same_error_as_any_models(bedrock, setting):
    bedrock.status = 429
    with pytest.raises(AnswerError) as refused:
        async with ChatGPT(setting().endpoint({})) as claude:
            await claude.answer(QUESTION._replace(failover=True))
    assert refused.value.code == "rate_limited"


async def test_a_stream_that_breaks_ends_there(bedrock, setting):
    bedrock.breaks = "modelStreamErrorException"
    pieces, answer = await pieces_of(setting())
    assert answer.ended == "cut"
    assert "".join(pieces) == answer.text == "네, "


def test_an_exception_before_any_word_is_an_error():
    reading = StreamedAnswer()
    reading.take(frame("throttlingException", {"message": "slow down"}, message="exception"))
    with pytest.raises(AnswerError) as refused:
        reading.text()
    assert refused.value.code == "rate_limited"


def test_a_stream_that_is_cut_is_no_answer():
    reading = StreamedAnswer()
    whole = frame("contentBlockDelta", {"delta": {"text": "네"}, "contentBlockIndex": 0})
    reading.take(whole + whole[:20])
    assert reading.text() == "네"
    reading.take(b"")
    with pytest.raises(AnswerError):
        reading.text()


def test_frames_come_in_any_pieces():
    delta = frame("contentBlockDelta", {"delta": {"text": "네"}, "contentBlockIndex": 0})
    stream = delta + frame("messageStop", {"stopReason": "end_turn"})
    reader = FrameReader()
    frames = [one for byte in stream for one in reader.feed(bytes([byte]))]
    assert [one.headers[":event-type"] for one in frames] == ["contentBlockDelta", "messageStop"]


@pytest.mark.parametrize("place", [2, 9, 20, -1])
def test_a_frame_with_a_wrong_byte_is_none(place):
    raw = bytearray(frame("messageStop", {"stopReason": "end_turn"}))
    raw[place] ^= 1
    with pytest.raises(BrokenFrame):
        list(FrameReader().feed(bytes(raw)))


def test_the_stub_speaks_as_awss_own_client_reads(bedrock):
    client = boto3.client(
        "bedrock-runtime",
        endpoint_url=bedrock.url,
        region_name="us-west-2",
        aws_access_key_id="any",
        aws_secret_access_key=SECRET,
    )
    messages = [{"role": "user", "content": [{"text": "hi"}]}]
    whole = client.converse(modelId=CLAUDE, messages=messages)
    assert whole["output"]["message"]["content"][0]["text"] == bedrock.text
    events = list(client.converse_stream(modelId=CLAUDE, messages=messages)["stream"])
    client.close()
    words = [
        one["contentBlockDelta"]["delta"]["text"] for one in events if "contentBlockDelta" in one
    ]
    assert "".join(words) == bedrock.text
    assert events[-2] == {"messageStop": {"stopReason": "end_turn"}}


@pytest.mark.parametrize(
    ("more", "api", "address"),
    [
        ({"model": CLAUDE}, "converse", ".amazonaws.com"),
        ({"model": f"us.{CLAUDE}"}, "converse", ".amazonaws.com"),
        ({"model": "openai.gpt-oss-20b-1:0"}, "auto", ".amazonaws.com/openai/v1"),
        ({"model": "us.openai.gpt-oss-20b-1:0"}, "auto", ".amazonaws.com/openai/v1"),
        ({"model": CLAUDE, "api": "chat"}, "chat", ".amazonaws.com/openai/v1"),
        ({"model": "openai.gpt-oss-20b-1:0", "api": "converse"}, "converse", ".amazonaws.com"),
    ],
)
def test_which_api_a_model_of_bedrock_is_asked_over(monkeypatch, more, api, address):
    setting = ModelSetting(name="b", sign="bedrock", region="us-west-2", **more)
    endpoint = setting.endpoint({})
    assert endpoint.api == api
    assert endpoint.base_url == f"https://bedrock-runtime.us-west-2{address}"


def test_a_bedrock_key_does_in_place_of_a_signature():
    setting = ModelSetting(name="b", model=CLAUDE, api="converse", key="KEY", region="us-west-2")
    endpoint = setting.endpoint({"KEY": "bedrock-api-key"})
    assert endpoint.base_url == "https://bedrock-runtime.us-west-2.amazonaws.com"
    assert endpoint.signer is None
