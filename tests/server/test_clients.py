"""Real clients against a real server: boto3, the AWS CLI, the AWS SDK for JavaScript, OpenAI's."""

import base64
import contextlib
import gzip
import json
import subprocess
import sys
import time
from pathlib import Path

import boto3
import openai
import pytest
from botocore.config import Config
from scripted import ALIAS_ID, BOT_ID, KEYS, LOCALE_ID

SESSION = {
    "botId": BOT_ID,
    "botAliasId": ALIAS_ID,
    "localeId": LOCALE_ID,
    "sessionId": "user:1.a-b_c",
}
PLAIN = "text/plain; charset=utf-8"
KEY_ID, SECRET = next(iter(KEYS.items()))


@pytest.fixture(scope="module")
def open_server(launch):
    """A server that checks no signatures."""
    return launch()


@pytest.fixture(scope="module")
def signed_server(launch):
    """A server that checks them."""
    return launch(DAEHWA_ACCESS_KEYS=f"{KEY_ID}:{SECRET}")


@pytest.fixture(params=["open", "signed"])
def address(request):
    return request.getfixturevalue(f"{request.param}_server")


def lex(address, secret=SECRET, key_id=KEY_ID):
    return boto3.client(
        "lexv2-runtime",
        endpoint_url=address,
        region_name="us-east-1",
        aws_access_key_id=key_id,
        aws_secret_access_key=secret,
        config=Config(retries={"total_max_attempts": 1}),
    )


def pack(value):
    return base64.b64encode(gzip.compress(json.dumps(value).encode())).decode()


def unpack(value):
    return json.loads(gzip.decompress(base64.b64decode(value)))


def test_boto3_holds_a_conversation(address):
    client = lex(address)
    spoken = client.recognize_text(**SESSION, text="slots", requestAttributes={"a": "b"})
    assert spoken["sessionId"] == SESSION["sessionId"]
    assert spoken["requestAttributes"] == {"a": "b"}
    assert spoken["sessionState"]["intent"]["slots"]["Count"] is None
    assert spoken["interpretations"][0]["nluConfidence"]["score"] == 0.91

    uttered = client.recognize_utterance(
        **SESSION,
        requestContentType=PLAIN,
        responseContentType=PLAIN,
        inputStream="안녕".encode(),
        sessionState=pack({"sessionAttributes": {"name": "홍길동"}}),
    )
    assert uttered["inputMode"] == "Text"
    assert unpack(uttered["inputTranscript"]) == "안녕"
    assert unpack(uttered["messages"])[0]["content"] == "말씀하신 것: 안녕"
    assert unpack(uttered["sessionState"])["sessionAttributes"] == {"name": "홍길동"}
    assert uttered["audioStream"].read() == b""

    assert client.get_session(**SESSION)["messages"][0]["content"] == "말씀하신 것: 안녕"
    put = client.put_session(
        **SESSION,
        sessionState={"dialogAction": {"type": "ElicitIntent"}},
        messages=[{"contentType": "PlainText", "content": "어서 오세요"}],
        responseContentType=PLAIN,
    )
    assert unpack(put["messages"])[0]["content"] == "어서 오세요"
    assert client.delete_session(**SESSION)["sessionId"] == SESSION["sessionId"]
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.get_session(**SESSION)


@pytest.mark.parametrize(
    "name",
    [
        "ValidationException",
        "ConflictException",
        "DependencyFailedException",
        "ThrottlingException",
        "BadGatewayException",
        "InternalServerException",
    ],
)
def test_boto3_knows_each_error(open_server, name):
    client = lex(open_server)
    with pytest.raises(getattr(client.exceptions, name), match="as the script says") as raised:
        client.recognize_text(**SESSION, text=f"fail {name}")
    assert raised.value.response["ResponseMetadata"]["RequestId"]


def test_boto3_with_a_wrong_secret(signed_server):
    client = lex(signed_server, secret="wrong")
    with pytest.raises(client.exceptions.AccessDeniedException, match="signature"):
        client.recognize_text(**SESSION, text="안녕")


def test_a_key_is_replaced_while_the_server_runs(launch, tmp_path):
    file = tmp_path / "credentials.toml"
    named = '[keys.{}]\nsecret = "{}"\nname = "shop"\n'
    old, new = named.format(KEY_ID, SECRET), named.format("AKIDNEW", "new-secret")
    file.write_text(old)
    address = launch(DAEHWA_CREDENTIALS=str(file))
    before, after = lex(address), lex(address, "new-secret", key_id="AKIDNEW")
    before.recognize_text(**SESSION, text="안녕")
    with pytest.raises(after.exceptions.AccessDeniedException):
        after.recognize_text(**SESSION, text="안녕")
    replace(file, old + new)
    until(lambda: after.recognize_text(**SESSION, text="안녕"), after)
    before.recognize_text(**SESSION, text="안녕")
    replace(file, new)
    until(lambda: refused(before), before)
    assert after.get_session(**SESSION)["messages"]


def replace(file, text):
    other = file.with_suffix(".new")
    other.write_text(text)
    other.replace(file)


def until(succeeds, client):
    """Wait until it does: the file is read again within a second."""
    for _ in range(600):
        with contextlib.suppress(client.exceptions.AccessDeniedException):
            return succeeds()
        time.sleep(0.1)
    raise AssertionError("the credentials were not read again")


def refused(client):
    """Nothing once the client is refused, as its key is not valid any more."""
    try:
        client.get_session(**SESSION)
    except client.exceptions.AccessDeniedException:
        return
    raise client.exceptions.AccessDeniedException({}, "GetSession")


def aws(address, *words, secret=SECRET):
    command = [Path(sys.executable).with_name("aws"), "lexv2-runtime", *words]
    named = ["--bot-id", BOT_ID, "--bot-alias-id", ALIAS_ID, "--locale-id", LOCALE_ID]
    return subprocess.run(
        [*command, *named, "--session-id", "cli:1", "--endpoint-url", address],
        env={
            "AWS_ACCESS_KEY_ID": KEY_ID,
            "AWS_SECRET_ACCESS_KEY": secret,
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
            "LANG": "C.UTF-8",
            "PATH": "/usr/bin:/bin",
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_aws_cli_holds_a_conversation(signed_server, tmp_path):
    said = aws(signed_server, "recognize-text", "--text", "안녕")
    assert said.returncode == 0, said.stderr
    assert json.loads(said.stdout)["messages"][0]["content"] == "말씀하신 것: 안녕"
    got = aws(signed_server, "get-session")
    assert json.loads(got.stdout)["sessionState"]["dialogAction"]["type"] == "ElicitIntent"
    put = aws(
        signed_server,
        "put-session",
        "--session-state",
        '{"dialogAction":{"type":"ElicitIntent"}}',
        str(tmp_path / "audio"),
    )
    assert put.returncode == 0, put.stderr
    assert json.loads(aws(signed_server, "delete-session").stdout)["sessionId"] == "cli:1"


def test_the_aws_cli_tells_an_error(signed_server):
    refused = aws(signed_server, "recognize-text", "--text", "안녕", secret="wrong")
    assert refused.returncode != 0
    assert "AccessDeniedException" in refused.stderr


@pytest.mark.node
def test_the_aws_sdk_for_javascript_holds_a_conversation(address, node):
    run = subprocess.run(
        ["node", "lex-conversation.mjs", address, BOT_ID, KEY_ID, SECRET],
        cwd=node,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    out = json.loads(run.stdout)
    assert out["text"]["sessionState"]["intent"]["slots"]["Address"]["shape"] == "Composite"
    assert unpack(out["utterance"]["inputTranscript"]) == "안녕"
    assert out["got"]["messages"][0]["content"] == "말씀하신 것: 안녕"
    assert unpack(out["put"]["sessionState"])["dialogAction"] == {"type": "ElicitIntent"}
    assert out["deleted"]["sessionId"] == "node:1.a-b_c"
    assert out["unknownBot"]["name"] == "ResourceNotFoundException"
    assert (out["tooLong"]["name"], out["tooLong"]["status"]) == ("ValidationException", 400)
    names = [event["name"] for event in out["conversation"]]
    assert names == ["IntentResultEvent", "TextResponseEvent"] * 2
    assert out["conversation"][3]["messages"][1]["contentType"] == "ImageResponseCard"
    assert [event["name"] for event in out["wrong"]] == ["ValidationException"]


def test_openais_sdk_talks_to_the_bot(open_server):
    with openai.OpenAI(base_url=f"{open_server}/v1", api_key="none", max_retries=0) as client:
        assert next(model.id for model in client.models.list()) == "ScriptBot"
        whole = client.chat.completions.create(
            model="ScriptBot", messages=[{"role": "user", "content": "안녕"}]
        )
        assert whole.choices[0].message.content == "말씀하신 것: 안녕"
        stream = client.chat.completions.create(
            model="ScriptBot:ko_KR", messages=[{"role": "user", "content": "여행"}], stream=True
        )
        pieces = [chunk.choices[0].delta.content or "" for chunk in stream]
        assert "".join(pieces) == "이것은 **모델**의 답입니다."
        assert len(pieces) > 3
        with pytest.raises(openai.NotFoundError, match="gpt-4o"):
            client.chat.completions.create(
                model="gpt-4o", messages=[{"role": "user", "content": "안녕"}]
            )


def test_openais_sdk_reads_usage_completions_and_errors(open_server):
    hello = [{"role": "user", "content": [{"type": "text", "text": "안녕"}]}]
    with openai.OpenAI(base_url=f"{open_server}/v1", api_key="none", max_retries=2) as client:
        assert client.models.retrieve("ScriptBot:ko_KR").id == "ScriptBot:ko_KR"
        stream = client.chat.completions.create(
            model="ScriptBot", messages=hello, stream=True, stream_options={"include_usage": True}
        )
        *_, last = stream
        assert last.usage.total_tokens == last.usage.prompt_tokens + last.usage.completion_tokens
        completion = client.completions.create(model="ScriptBot", prompt="안녕", max_tokens=4)
        assert completion.choices[0].text == "말씀하신"
        assert completion.choices[0].finish_reason == "length"
        pieces = client.completions.create(model="ScriptBot", prompt="여행", stream=True)
        assert "".join(c.choices[0].text for c in pieces) == "이것은 **모델**의 답입니다."
        tool = {"type": "function", "function": {"name": "f", "parameters": {}}}
        with pytest.raises(openai.BadRequestError) as refused:
            client.chat.completions.create(model="ScriptBot", messages=hello, tools=[tool])
        assert refused.value.param == "tools"
        with pytest.raises(openai.InternalServerError, match="busy"):
            client.chat.completions.create(
                model="ScriptBot", messages=[{"role": "user", "content": "model fails"}]
            )
        with pytest.raises(openai.InternalServerError):
            list(
                client.chat.completions.create(
                    model="ScriptBot",
                    messages=[{"role": "user", "content": "error"}],
                    stream=True,
                )
            )


def test_openais_sdk_holds_a_conversation_of_responses(open_server):
    with openai.OpenAI(base_url=f"{open_server}/v1", api_key="none", max_retries=0) as client:
        first = client.responses.create(model="ScriptBot", input="안녕", instructions="be kind")
        assert first.output_text == "말씀하신 것: 안녕"
        assert first.usage.total_tokens > 0
        assert client.responses.retrieve(first.id).output_text == first.output_text
        (item,) = client.responses.input_items.list(first.id)
        assert item.content[0].text == "안녕"
        with client.responses.stream(
            model="ScriptBot", input="여행", previous_response_id=first.id
        ) as stream:
            kinds = [event.type for event in stream]
            final = stream.get_final_response()
        assert kinds[0] == "response.created"
        assert kinds[-1] == "response.completed"
        assert final.output_text == "이것은 **모델**의 답입니다."
        assert final.previous_response_id == first.id
        with pytest.raises(openai.BadRequestError, match="not found"):
            client.responses.create(model="ScriptBot", input="x", previous_response_id="resp_0")


def test_openais_sdk_fetches_a_completion_again(open_server):
    with openai.OpenAI(base_url=f"{open_server}/v1", api_key="none", max_retries=0) as client:
        messages = [{"role": "user", "content": "안녕"}]
        made = client.chat.completions.create(model="ScriptBot", messages=messages, store=True)
        fetched = client.chat.completions.retrieve(made.id)
        assert fetched.choices == made.choices
        assert fetched.id == made.id
        (message,) = client.chat.completions.messages.list(made.id)
        assert (message.role, message.content) == ("user", "안녕")
        with pytest.raises(openai.NotFoundError):
            client.chat.completions.retrieve(f"{made.id}0")


@pytest.mark.node
def test_openais_sdk_for_javascript_talks_to_the_bot(open_server, node):
    run = subprocess.run(
        ["node", "openai-conversation.mjs", open_server, "ScriptBot"],
        cwd=node,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    out = json.loads(run.stdout)
    assert "ScriptBot:ko_KR" in out["models"]
    assert out["whole"]["choices"][0]["message"]["content"] == "말씀하신 것: 안녕"
    assert "".join(out["pieces"]) == "이것은 **모델**의 답입니다."
    assert out["usage"]["total_tokens"] > 0
    assert out["text"] == out["response"] == "말씀하신 것: 안녕"
    assert out["events"][0] == "response.created"
    assert out["events"][-1] == "response.completed"
    assert out["final"] == "이것은 **모델**의 답입니다."
    assert out["refused"] == {"status": 400, "param": "n"}
    assert out["kept"] == out["response"]
    assert out["unknown"] == 404
    assert out["numbers"] == list(range(len(out["numbers"])))
    assert out["cut"] == "chat.completion.chunk"
    assert out["helped"] == out["final"]
    assert out["odd"]["choices"][0]["message"]["content"] == "말씀하신 것: 여행"
