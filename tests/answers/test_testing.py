"""The stub speaks the real wire: OpenAI's own SDK is its client here."""

import asyncio
import sys

import openai
import pytest

from daehwa.answers.testing import Cut, Fail, Say, Silence, StubOpenAI

from .conftest import KEY


@pytest.fixture
async def sdk(stub):
    async with openai.AsyncOpenAI(
        api_key=KEY, base_url=stub.base_url, max_retries=0, timeout=10
    ) as client:
        yield client


HELLO = [{"role": "user", "content": "안녕"}]


async def test_a_whole_chat_answer(stub, sdk):
    stub.script(Say("반갑습니다."))
    answer = await sdk.chat.completions.create(model="gpt-x", messages=HELLO)
    assert answer.choices[0].message.content == "반갑습니다."
    assert answer.choices[0].finish_reason == "stop"
    assert answer.usage.total_tokens == 8
    assert stub.requests[0].contents == ("안녕",)


async def test_a_streamed_chat_answer(stub, sdk):
    stub.script(Say("하나 둘 셋"))
    stream = await sdk.chat.completions.create(model="gpt-x", messages=HELLO, stream=True)
    pieces = [chunk.choices[0].delta.content async for chunk in stream]
    assert "".join(piece or "" for piece in pieces) == "하나 둘 셋"


async def test_completions_whole_and_streamed(stub, sdk):
    stub.completion_models = frozenset({"davinci-002"})
    stub.script(Say("하나 둘"), Say("하나 둘"))
    answer = await sdk.completions.create(model="davinci-002", prompt="세어 봐")
    assert answer.choices[0].text == "하나 둘"
    stream = await sdk.completions.create(model="davinci-002", prompt="세어 봐", stream=True)
    assert "".join([chunk.choices[0].text async for chunk in stream]) == "하나 둘"


@pytest.mark.parametrize(
    ("fail", "kind", "code"),
    [
        (Fail(400), openai.BadRequestError, None),
        (Fail(401), openai.AuthenticationError, "invalid_api_key"),
        (Fail(403, ""), openai.PermissionDeniedError, None),
        (Fail(404), openai.NotFoundError, "model_not_found"),
        (Fail(429), openai.RateLimitError, "rate_limit_exceeded"),
        (Fail(429, "insufficient_quota"), openai.RateLimitError, "insufficient_quota"),
        (Fail(500), openai.InternalServerError, None),
    ],
)
async def test_errors_are_openais(stub, sdk, fail, kind, code):
    stub.script(fail)
    with pytest.raises(kind) as raised:
        await sdk.chat.completions.create(model="gpt-x", messages=HELLO)
    assert raised.value.code == code


async def test_a_wrong_key_is_refused(stub):
    async with openai.AsyncOpenAI(api_key="wrong", base_url=stub.base_url) as client:
        with pytest.raises(openai.AuthenticationError):
            await client.chat.completions.create(model="gpt-x", messages=HELLO)


async def test_models_are_kept_apart(stub, sdk):
    stub.completion_models = frozenset({"davinci-002"})
    with pytest.raises(openai.NotFoundError, match="not a chat model"):
        await sdk.chat.completions.create(model="davinci-002", messages=HELLO)
    with pytest.raises(openai.NotFoundError, match="is a chat model"):
        await sdk.completions.create(model="gpt-x", prompt="hi")


async def test_retry_after_is_a_header(stub, sdk):
    stub.script(Fail(429, retry_after=7))
    with pytest.raises(openai.RateLimitError) as raised:
        await sdk.chat.completions.create(model="gpt-x", messages=HELLO)
    assert raised.value.response.headers["Retry-After"] == "7"


async def test_a_cut_breaks_the_connection(stub, sdk):
    stub.script(Cut(), Cut("하나 둘"))
    with pytest.raises(openai.APIConnectionError):
        await sdk.chat.completions.create(model="gpt-x", messages=HELLO)
    stream = await sdk.chat.completions.create(model="gpt-x", messages=HELLO, stream=True)
    with pytest.raises(openai.APIConnectionError):
        [chunk async for chunk in stream]


async def test_a_client_that_leaves_is_noticed(stub, sdk):
    stub.script(Silence())
    with pytest.raises(openai.APITimeoutError):
        await sdk.with_options(timeout=0.2).chat.completions.create(model="g", messages=HELLO)
    await stub.wait_abandoned(10)
    assert stub.abandoned == 1


async def test_the_list_of_models(sdk):
    assert [model.id async for model in sdk.models.list()] == ["stub-model"]


def test_it_runs_in_a_thread():
    with StubOpenAI().in_thread() as stub:
        client = openai.OpenAI(api_key="any", base_url=stub.base_url)
        answer = client.chat.completions.create(model="m", messages=HELLO)
        client.close()
    assert answer.choices[0].message.content == "The stub's answer."


async def test_it_runs_by_itself():
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "daehwa.answers.testing",
        "--say=네.",
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        base_url = (await process.stdout.readline()).decode().strip()
        async with openai.AsyncOpenAI(api_key="any", base_url=base_url) as client:
            answer = await client.chat.completions.create(model="m", messages=HELLO)
    finally:
        process.terminate()
        await process.wait()
    assert answer.choices[0].message.content == "네."
