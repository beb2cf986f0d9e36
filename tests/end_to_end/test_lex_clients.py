"""Clients that nobody here wrote hold whole conversations with ``daehwa serve``."""

import json
import os
import subprocess
import sys
import uuid

import boto3
import botocore.config
import pytest

from .conftest import environment

HELLO = {"botId": "HELLOWORLD", "botAliasId": "TSTALIASID", "localeId": "ko_KR"}


@pytest.fixture
def runtime(plain):
    client = boto3.client(
        "lexv2-runtime",
        endpoint_url=plain.url,
        region_name="ap-northeast-2",
        aws_access_key_id="any",
        aws_secret_access_key="any",
        config=botocore.config.Config(retries={"total_max_attempts": 1}),
    )
    yield client
    client.close()


def without_ids(recognition):
    """Leave out what is never the same: ids, and how sure the engine is."""
    kept = {k: v for k, v in recognition.items() if k not in ("ResponseMetadata", "sessionId")}
    kept = json.loads(json.dumps(kept))
    kept["sessionState"].pop("originatingRequestId")
    for interpretation in kept["interpretations"]:
        interpretation.pop("nluConfidence", None)
    return kept


def without_shapes(value):
    """What was recorded in 2022 is from before Lex said ``"shape": "Scalar"``."""
    if isinstance(value, dict):
        return {k: without_shapes(v) for k, v in value.items() if k != "shape"}
    if isinstance(value, list):
        return [without_shapes(v) for v in value]
    return value


def test_the_helloworld_conversation_answers_as_it_is_recorded(runtime, cases):
    recorded = (c for c in cases.of_kind("conversation") if c["bot"].startswith("HelloWorldBot"))
    case = next(c for c in recorded if "sessionState" in c["turns"][-1]["expect"])
    session = uuid.uuid4().hex
    *turns, ending = case["turns"]
    for turn in turns:
        reply = runtime.recognize_text(**HELLO, sessionId=session, text=turn["user"])
        assert [m["content"] for m in reply["messages"]] == turn["expect"]["messages"]
        assert reply["sessionState"]["dialogAction"] == turn["expect"]["dialogAction"]
    # Of one yes nobody recorded the words.
    text = "네" if ending["user"].startswith("(") else ending["user"]
    last = runtime.recognize_text(**HELLO, sessionId=session, text=text)
    assert last["sessionId"] == session
    answered, expected = without_ids(last), without_ids(ending["expect"])
    if '"shape"' not in json.dumps(expected):
        answered = without_shapes(answered)
    assert answered == expected


def test_declining_starts_over(runtime):
    session = uuid.uuid4().hex
    for text in ("안녕하세요", "홍길동"):
        runtime.recognize_text(**HELLO, sessionId=session, text=text)
    told = runtime.recognize_text(**HELLO, sessionId=session, text="아니요")
    assert [m["content"] for m in told["messages"]] == ["처음부터 다시 시작해 주세요."]
    assert told["sessionState"]["intent"]["confirmationState"] == "Denied"


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"botId": "NOSUCHBOT1"}, "ResourceNotFoundException"),
        ({"botAliasId": "NOSUCHALIA"}, "ResourceNotFoundException"),
        ({"localeId": "fr_FR"}, "ResourceNotFoundException"),
        ({"text": "가" * 1025}, "ValidationException"),
    ],
)
def test_what_is_wrong_comes_as_lex_s_own_error(runtime, change, error):
    call = {**HELLO, "sessionId": "abc", "text": "안녕"} | change
    with pytest.raises(getattr(runtime.exceptions, error)):
        runtime.recognize_text(**call)


def test_a_session_is_put_got_and_deleted(runtime):
    session = {**HELLO, "sessionId": uuid.uuid4().hex}
    runtime.put_session(
        **session,
        sessionState={
            "dialogAction": {"type": "ElicitSlot", "slotToElicit": "Name"},
            "intent": {"name": "HelloWorld", "slots": {}},
            "sessionAttributes": {"from": "test"},
        },
    )
    assert runtime.get_session(**session)["sessionState"]["sessionAttributes"] == {"from": "test"}
    told = runtime.recognize_text(**session, text="성춘향")
    assert told["messages"][0]["content"] == "당신의 이름은 성춘향입니까?"
    runtime.delete_session(**session)
    with pytest.raises(runtime.exceptions.ResourceNotFoundException):
        runtime.get_session(**session)


def test_the_aws_cli_holds_the_conversation(plain):
    session = uuid.uuid4().hex
    command = [sys.executable, "-m", "awscli", "lexv2-runtime", "recognize-text"]
    command += ["--endpoint-url", plain.url, "--region", "ap-northeast-2", "--output", "json"]
    command += ["--bot-id", "HELLOWORLD", "--bot-alias-id", "TSTALIASID", "--locale-id", "ko_KR"]
    command += ["--session-id", session, "--text"]
    env = environment(AWS_ACCESS_KEY_ID="any", AWS_SECRET_ACCESS_KEY="any", PYTHONUTF8="1")
    told = []
    for text in ("안녕", "홍길동", "네"):
        run = subprocess.run(
            [*command, text], env=env, check=True, capture_output=True, encoding="utf-8"
        )
        told.append([m["content"] for m in json.loads(run.stdout)["messages"]])
    assert told == [
        ["제 이름은 Lex입니다. 당신의 이름은 무엇 입니까?"],
        ["당신의 이름은 홍길동입니까?"],
        ["반갑습니다. 홍길동님.", "HelloWorld 의도를 종료합니다."],
    ]


_SCRIPT = """
import { LexRuntimeV2Client, RecognizeTextCommand } from "@aws-sdk/client-lex-runtime-v2";
const client = new LexRuntimeV2Client({
  endpoint: process.argv[2], region: "ap-northeast-2",
  credentials: { accessKeyId: "any", secretAccessKey: "any" },
});
const told = [];
for (const text of process.argv.slice(4)) {
  const reply = await client.send(new RecognizeTextCommand({
    botId: "HELLOWORLD", botAliasId: "TSTALIASID", localeId: "ko_KR",
    sessionId: process.argv[3], text,
  }));
  told.push(reply.messages.map((m) => m.content));
}
console.log(JSON.stringify(told));
client.destroy();
"""


@pytest.mark.node
def test_the_javascript_sdk_holds_the_conversation_over_http_2(plain, node):
    command = ["node", "--input-type=module", "-", plain.url, uuid.uuid4().hex]
    run = subprocess.run(
        [*command, "안녕", "홍길동", "네"],
        input=_SCRIPT,
        cwd=node,
        env=dict(os.environ),
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert json.loads(run.stdout)[-1] == ["반갑습니다. 홍길동님.", "HelloWorld 의도를 종료합니다."]
    # The SDK spoke HTTP/2 with prior knowledge.
    assert '"http":"2"' in plain.log
