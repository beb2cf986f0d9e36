"""A question in the middle of a slot, over every channel: answered, and the slot elicited again."""

import gzip
import json
import subprocess
import sys
import urllib.request
import uuid
from base64 import b64decode

import boto3
import openai
import pytest

from daehwa import bot
from daehwa.answers.testing import Fail, Say, StubOpenAI

from .conftest import environment, serving

HELLO = {"botId": "HELLOWORLD", "botAliasId": "TSTALIASID", "localeId": "ko_KR"}
BEGIN, QUESTION = "안녕", "잠깐, 이름은 왜 필요한가요?"
ANSWER = "인사할 때 부르려고요."
KEY = "sk-test-1c0ffee"
HELLO_PATH = str(bot.bundled()["HelloWorldBot"])


@pytest.fixture(scope="module")
def stub():
    with StubOpenAI().in_thread() as stub:
        yield stub


@pytest.fixture(scope="module")
def served(stub, tmp_path_factory):
    folder = tmp_path_factory.mktemp("questions")
    with serving(
        folder, OPENAI_API_KEY=KEY, OPENAI_BASE_URL=stub.base_url, OPENAI_MODEL="gpt-test"
    ) as served:
        yield served


@pytest.fixture
def chat(served):
    session = uuid.uuid4().hex

    def chat(text, accept="application/json"):
        body = {"text": text, "sessionId": session, "botId": "HELLOWORLD", "localeId": "ko_KR"}
        request = urllib.request.Request(
            served.url + "/chat",
            json.dumps(body).encode(),
            {"content-type": "application/json", "accept": accept},
        )
        with urllib.request.urlopen(request, timeout=30) as reply:
            raw = reply.read().decode()
        return json.loads(raw) if accept == "application/json" else raw

    return chat


@pytest.fixture
def lex(served):
    client = boto3.client(
        "lexv2-runtime",
        endpoint_url=served.url,
        region_name="ap-northeast-2",
        aws_access_key_id="any",
        aws_secret_access_key="any",
    )
    yield client
    client.close()


def words(reply):
    return [message["content"] for message in reply["messages"]]


def events(raw):
    for block in raw.strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
        if "event" in lines:
            yield lines["event"], json.loads(lines["data"])


def test_over_chat_whole(chat, stub):
    stub.script(Say(ANSWER))
    prompt = chat(BEGIN)["messages"][-1]["content"]
    reply = chat(QUESTION)
    assert words(reply) == [ANSWER, prompt]
    assert (reply["source"], reply["model"]) == ("chatgpt", "gpt-test")
    assert reply["intent"]["name"] == "HelloWorld"
    assert reply["dialogAction"] == {"type": "ElicitSlot", "slotToElicit": "Name"}
    assert chat("홍길동")["slots"]["Name"] is not None


def test_over_chat_streamed(chat, stub):
    stub.script(Say(ANSWER))
    prompt = chat(BEGIN)["messages"][-1]["content"]
    seen = list(events(chat(QUESTION, "text/event-stream")))
    assert "".join(data["text"] for name, data in seen if name == "delta") == ANSWER
    assert words(seen[-1][1]) == [ANSWER, prompt]


def test_the_transcript_has_both_and_the_next_question_remembers(chat, stub, served):
    stub.script(Say(ANSWER), Say("아니요."))
    stub.requests.clear()
    session = None
    for text in (BEGIN, QUESTION, "그럼 나이도 알려 줘야 하나요?"):
        session = chat(text)["sessionId"]
    sent = stub.requests[-1].contents
    assert sent[-3] == QUESTION
    assert sent[-2].startswith(ANSWER)
    url = f"{served.url}/chat/sessions/{session}?botId=HELLOWORLD&localeId=ko_KR"
    with urllib.request.urlopen(url, timeout=30) as reply:
        turns = json.loads(reply.read())["turns"]
    assert [turn["text"] for turn in turns][1] == QUESTION
    assert words(turns[1]["reply"])[0] == ANSWER


def test_many_questions_in_a_row_do_not_end_the_intent(chat, stub):
    chat(BEGIN)
    for _ in range(8):
        stub.script(Say(ANSWER))
        assert chat(QUESTION)["dialogAction"]["slotToElicit"] == "Name"
    assert chat("홍길동")["slots"]["Name"] is not None


def test_a_model_that_fails_leaves_a_line_and_the_prompt(chat, stub):
    stub.script(Fail(401))
    prompt = chat(BEGIN)["messages"][-1]["content"]
    reply = chat(QUESTION)
    assert words(reply)[1] == prompt
    assert (reply["source"], reply["error"]) == ("none", None)
    assert reply["dialogAction"]["slotToElicit"] == "Name"


def test_over_the_runtime_api_text(lex, stub):
    stub.script(Say(ANSWER))
    session = uuid.uuid4().hex
    prompt = words(lex.recognize_text(**HELLO, sessionId=session, text=BEGIN))[-1]
    reply = lex.recognize_text(
        **HELLO,
        sessionId=session,
        text=QUESTION,
        sessionState={"sessionAttributes": {"tier": "gold"}},
        requestAttributes={"kiosk": "7"},
    )
    assert words(reply) == [ANSWER, prompt]
    state = reply["sessionState"]
    assert state["dialogAction"] == {"type": "ElicitSlot", "slotToElicit": "Name"}
    assert state["intent"]["state"] == "InProgress"
    assert state["sessionAttributes"] == {"tier": "gold"}
    assert reply["requestAttributes"]["kiosk"] == "7"
    assert reply["requestAttributes"]["daehwa:source"] == "chatgpt"
    assert reply["interpretations"][0]["intent"]["name"] == "HelloWorld"


def test_over_the_runtime_api_utterance(lex, stub):
    stub.script(Say(ANSWER))
    session = uuid.uuid4().hex

    def utter(text):
        reply = lex.recognize_utterance(
            **HELLO,
            sessionId=session,
            requestContentType="text/plain; charset=utf-8",
            responseContentType="text/plain; charset=utf-8",
            inputStream=text.encode(),
        )
        return [m["content"] for m in json.loads(gzip.decompress(b64decode(reply["messages"])))]

    prompt = utter(BEGIN)[-1]
    assert utter(QUESTION) == [ANSWER, prompt]


@pytest.mark.parametrize("stream", [False, True])
def test_over_the_openai_api(served, stub, stream):
    stub.script(Say(ANSWER))
    client = openai.OpenAI(base_url=f"{served.url}/v1", api_key="any")
    said = [{"role": "user", "content": BEGIN}]
    first = client.chat.completions.create(model="HelloWorldBot", messages=said)
    prompt = first.choices[0].message.content
    said += [
        {"role": "assistant", "content": prompt},
        {"role": "user", "content": QUESTION},
    ]
    made = client.chat.completions.create(model="HelloWorldBot", messages=said, stream=stream)
    if stream:
        text = "".join(chunk.choices[0].delta.content or "" for chunk in made if chunk.choices)
    else:
        text = made.choices[0].message.content
    assert text.startswith(ANSWER)
    assert text.endswith(prompt)
    client.close()


def test_in_the_terminal(stub, tmp_path):
    stub.script(Say(ANSWER))
    run = subprocess.run(
        [sys.executable, "-m", "daehwa", "chat", HELLO_PATH, "--answer", "chatgpt"],
        cwd=tmp_path,
        env=environment(
            OPENAI_API_KEY=KEY, OPENAI_BASE_URL=stub.base_url, DAEHWA_DATA=str(tmp_path / "data")
        ),
        input=f"{BEGIN}\n{QUESTION}\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    first, _, then = run.stdout.partition(ANSWER)
    assert run.stdout.count(ANSWER) == 1, run.stdout + run.stderr
    prompt = first.strip().splitlines()[-1].removeprefix("> ")
    assert prompt in then


def test_switched_off_it_is_lexs_way(stub, tmp_path):
    (tmp_path / "daehwa.toml").write_text("answer_while_eliciting = false\n")
    stub.requests.clear()
    with serving(
        tmp_path, OPENAI_API_KEY=KEY, OPENAI_BASE_URL=stub.base_url, OPENAI_MODEL="gpt-test"
    ) as served:
        client = boto3.client(
            "lexv2-runtime",
            endpoint_url=served.url,
            region_name="ap-northeast-2",
            aws_access_key_id="any",
            aws_secret_access_key="any",
        )
        session = uuid.uuid4().hex
        prompt = words(client.recognize_text(**HELLO, sessionId=session, text=BEGIN))[-1]
        reply = client.recognize_text(**HELLO, sessionId=session, text=QUESTION)
        client.close()
    assert reply["sessionState"]["dialogAction"]["slotToElicit"] == "Name"
    assert (len(reply["messages"]), stub.requests) == (1, [])
    assert prompt
