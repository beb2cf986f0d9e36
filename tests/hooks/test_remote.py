"""Hooks elsewhere: an HTTP endpoint, and AWS Lambda through boto3, both on loopback."""

import asyncio
import json
from contextlib import AsyncExitStack

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from daehwa import dialog, hooks

EVENT = {"inputTranscript": "안녕", "sessionState": {}}
DELEGATE = {"sessionState": {"dialogAction": {"type": "Delegate"}}}
ARN = "arn:aws:lambda:ap-northeast-2:123456789012:function:order-hook:live"


@pytest.fixture
async def serve():
    """Serve one handler for every path; gives the address, and what was asked."""
    runners = []

    async def start(handler):
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", handler)
        runner = web.AppRunner(application)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        runners.append(runner)
        return f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"

    yield start
    for runner in runners:
        await runner.cleanup()


@pytest.fixture
async def http_hook():
    async with AsyncExitStack() as made:

        def make(url, **more):
            return made.push_async_exit(hooks.HttpHook(url, **more))

        yield make


async def test_the_event_is_posted_and_the_body_is_the_reply(serve, http_hook):
    seen = {}

    async def handler(request):
        seen.update(
            method=request.method, path=request.path, type=request.content_type,
            key=request.headers.get("X-Key"), event=await request.json(),
        )  # fmt: skip
        return web.json_response(DELEGATE)

    hook = http_hook(f"{await serve(handler)}/lex", headers={"X-Key": "k"})
    result = await hooks.invoke(hook, EVENT)
    assert isinstance(result, dialog.HookResponse)
    assert seen == {
        "method": "POST",
        "path": "/lex",
        "type": "application/json",
        "key": "k",
        "event": EVENT,
    }


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (lambda: web.Response(status=500, text="broken"), "Unhandled"),
        (lambda: web.Response(text="<html>"), "not JSON"),
        (lambda: web.Response(body=b"[" + b"1," * 700_000), "1,048,576"),
    ],
)
async def test_an_endpoint_that_fails_is_a_reported_failure(serve, http_hook, answer, says):
    async def handler(request):
        return answer()

    with capture_logs() as lines:
        result = await hooks.invoke(http_hook(await serve(handler)), EVENT)
    assert isinstance(result, dialog.HookFailed)
    assert says in result.message
    # What an endpoint writes may hold anything: the log has its status alone.
    assert "broken" not in str([line for line in lines if line["log_level"] != "debug"])


# Bodies that call themselves JSON.
ODD = {
    "half a character": rb'{"sessionState":"\ud800"}',
    "no UTF-8": b'{"sessionState":"\xff"}',
    "deep": b"[" * 200_000 + b"]" * 200_000,
    "a cut body": b'{"sessionState":{',
    "an endless number": b'{"sessionState":' + b"9" * 5000 + b"}",
}


@pytest.mark.parametrize("body", ODD.values(), ids=ODD)
@pytest.mark.parametrize("kind", ["http", "lambda"])
async def test_a_body_that_is_no_json_is_a_reported_failure(
    serve, http_hook, credentials, kind, body
):
    async def handler(request):
        return web.Response(body=body, content_type="application/json")

    url = await serve(handler)
    hook = http_hook(url) if kind == "http" else hooks.LambdaHook(ARN, endpoint_url=url)
    result = await hooks.invoke(hook, EVENT)
    assert isinstance(result, dialog.HookFailed)
    assert "not JSON" in result.message


async def test_an_endpoint_that_is_not_there_is_a_failure(http_hook, free_port):
    result = await hooks.invoke(http_hook(f"http://127.0.0.1:{free_port}"), EVENT)
    assert isinstance(result, dialog.HookFailed)


async def test_an_endpoint_that_is_slow_is_timed_out(serve, http_hook):
    over = asyncio.Event()

    async def handler(request):
        await over.wait()

    result = await hooks.invoke(http_hook(await serve(handler)), EVENT, timeout=0.1)
    over.set()
    assert result == dialog.HookTimedOut()


@pytest.mark.parametrize("url", ["", "ftp://host/x", "http://", "localhost:8080"])
def test_an_address_that_is_none_is_refused_at_once(url):
    with pytest.raises(hooks.HookMisconfigured):
        hooks.HttpHook(url)


def test_a_password_in_the_address_is_not_shown():
    assert "secret" not in repr(hooks.HttpHook("http://me:secret@host/x?token=secret"))


# --- AWS Lambda -----------------------------------------------------------------------


@pytest.fixture
def credentials(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")


async def test_a_lambda_is_invoked_by_its_arn_in_its_region(serve, credentials):
    seen = {}

    async def handler(request):
        seen.update(
            path=request.path,
            kind=request.headers["X-Amz-Invocation-Type"],
            scope=request.headers["Authorization"],
            event=json.loads(await request.read()),
        )
        return web.json_response(DELEGATE)

    hook = hooks.LambdaHook(ARN, endpoint_url=await serve(handler))
    result = await hooks.invoke(hook, EVENT)
    assert isinstance(result, dialog.HookResponse)
    assert seen["path"].endswith("/invocations")
    assert "order-hook" in seen["path"]
    assert seen["kind"] == "RequestResponse"
    assert "ap-northeast-2/lambda" in seen["scope"]
    assert seen["event"] == EVENT


async def test_a_functions_own_error_is_a_reported_failure(serve, credentials):
    async def handler(request):
        return web.json_response(
            {"errorType": "KeyError", "errorMessage": "'City'"},
            headers={"X-Amz-Function-Error": "Unhandled"},
        )

    hook = hooks.LambdaHook(ARN, endpoint_url=await serve(handler))
    with capture_logs() as lines:
        result = await hooks.invoke(hook, EVENT)
    assert isinstance(result, dialog.HookFailed)
    assert "Unhandled" in result.message
    assert "City" not in result.message
    (line,) = [line for line in lines if line["log_level"] != "debug"]
    assert line["error"] == "KeyError"


async def test_a_refusal_of_aws_is_a_failure_and_not_tried_twice(serve, credentials):
    calls = []

    async def handler(request):
        calls.append(1)
        return web.json_response({"Message": "no"}, status=500)

    hook = hooks.LambdaHook(ARN, endpoint_url=await serve(handler))
    assert isinstance(await hooks.invoke(hook, EVENT), dialog.HookFailed)
    assert len(calls) == 1


@pytest.mark.parametrize("arn", ["", "order-hook", "arn:aws:s3:::bucket"])
def test_what_is_no_arn_of_a_function_is_refused_at_once(arn):
    with pytest.raises(hooks.HookMisconfigured):
        hooks.LambdaHook(arn)
