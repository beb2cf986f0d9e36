"""Alive, ready, measured."""

import re

import pytest
import structlog
from asgi import call
from scripted import SESSION

from daehwa import answers, limits
from daehwa.conversation import AnswerReadiness, RuntimeReadiness
from daehwa.server import ServerSettings, doors

USE = {"calls": 1, "tokens": 2, "calls_limit": 3, "tokens_limit": None}
BUDGET = limits.BudgetState(
    **USE,
    resets_at="2026-11-28T00:00:00+00:00",
    answerers={"azure-eu": limits.BudgetUse(**USE)},
    bots={"HELLOWORLD": limits.BudgetUse(**USE)},
)


async def metrics(app):
    answer = await call(app, "GET", "/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    return dict(line.rsplit(" ", 1) for line in answer.body.decode().splitlines() if line[0] != "#")


async def test_alive(app):
    answer = await call(app, "GET", "/healthz")
    assert (answer.status, answer.json) == (200, {"status": "ok"})


async def test_ready_or_not(app, runtime):
    answer = await call(app, "GET", "/readyz")
    state = {"ready": True, "bots": "ok", "store": "ok"}
    assert answer.status == 200
    assert answer.json == state | {"hooks": "ok", "answer": {"state": "off", "source": "none"}}

    downloading = answers.Readiness(state="downloading", source="embedded", progress=1 / 3)

    async def learning():
        return RuntimeReadiness(
            ready=False, bots="learning", store="ok", answer=AnswerReadiness.of(downloading)
        )

    runtime.readiness = learning
    answer = await call(app, "GET", "/readyz")
    assert (answer.status, answer.json["bots"]) == (503, "learning")
    assert answer.json["answer"] == {
        "state": "downloading",
        "source": "embedded",
        "model": None,
        "progress": 0.3333,
    }


async def test_strangers_are_not_shown_where_the_store_or_a_bot_is(runtime):
    async def broken():
        return RuntimeReadiness(
            ready=False,
            bots="ok",
            store="/srv/daehwa.sqlite3 is full",
            not_served={"cafe.zip": "/srv/cafe.zip is no zip"},
            budget=BUDGET,
        )

    runtime.readiness = broken
    for opened, store, reason in (
        ((), "failed", "failed"),
        (("metrics",), "/srv/daehwa.sqlite3 is full", "/srv/cafe.zip is no zip"),
    ):
        app = doors(runtime, ServerSettings(loopback=False, opened=opened))
        answer = await call(app, "GET", "/readyz")
        assert (answer.status, answer.json["store"]) == (503, store)
        assert answer.json["notServed"] == {"cafe.zip": reason}
        assert ("answerers" in answer.json["budget"]) is bool(opened)
        assert ("bots" in answer.json["budget"]) is bool(opened)


async def test_turns_are_counted_by_channel_source_and_outcome(app):
    await call(app, "POST", f"{SESSION}/text", {"text": "안녕"})
    await call(app, "POST", f"{SESSION}/text", {"text": "fallback"})
    await call(app, "POST", f"{SESSION}/text", {"text": "fail DependencyFailedException"})
    await call(app, "POST", "/chat", {"text": "안녕", "sessionId": "other"})
    await call(app, "POST", "/chat", {"text": "model fails", "sessionId": "other"})
    counted = await metrics(app)
    turns = {key: value for key, value in counted.items() if key.startswith("daehwa_turns_total")}
    assert turns == {
        'daehwa_turns_total{channel="lex",outcome="answered",source="intent"}': "1.0",
        'daehwa_turns_total{channel="lex",outcome="answered",source="fallback"}': "1.0",
        'daehwa_turns_total{channel="chat",outcome="answered",source="intent"}': "1.0",
        'daehwa_turns_total{channel="chat",outcome="failed",source="chatgpt"}': "1.0",
    }
    assert counted['daehwa_answer_errors_total{code="RateLimited"}'] == "1.0"
    assert counted["daehwa_sessions_active"] == "2.0"


@pytest.mark.parametrize(
    ("mark", "outcome"), [("daehwa:error", "failed"), ("daehwa:incomplete", "incomplete")]
)
async def test_a_lex_client_s_turn_without_an_answer_is_not_counted_as_answered(app, mark, outcome):
    body = {"text": "fallback", "requestAttributes": {mark: "quota"}}
    await call(app, "POST", f"{SESSION}/text", body)
    counted = await metrics(app)
    labels = f'channel="lex",outcome="{outcome}",source="fallback"'
    assert counted[f"daehwa_turns_total{{{labels}}}"] == "1.0"
    assert ('daehwa_answer_errors_total{code="quota"}' in counted) == (outcome == "failed")


async def test_tokens_and_cost_are_counted_by_model(app, runtime):
    runtime.usage = {"gpt-x": answers.Usage(input_tokens=70, output_tokens=9, cost=0.5)}
    await metrics(app)
    runtime.usage = {"gpt-x": answers.Usage(input_tokens=100, output_tokens=10, cost=0.75)}
    counted = await metrics(app)
    assert counted['daehwa_answer_tokens_total{kind="input",model="gpt-x"}'] == "100.0"
    assert counted['daehwa_answer_tokens_total{kind="output",model="gpt-x"}'] == "10.0"
    assert counted['daehwa_answer_cost_total{model="gpt-x"}'] == "0.75"


async def test_calls_of_hooks_that_hang_are_counted_until_they_end(app, runtime):
    names = [f'daehwa_hook_calls{{bot="SCRIPTBOT1",state="{s}"}}' for s in ("running", "hanging")]
    runtime.hooks_hang = True
    counted = await metrics(app)
    assert [counted[name] for name in names] == ["3.0", "1.0"]
    runtime.hooks_hang = False
    counted = await metrics(app)
    assert [counted[name] for name in names] == ["0.0", "0.0"]


async def test_requests_are_measured_by_route_and_status(app):
    await call(app, "POST", f"{SESSION}/text", {"text": "안녕"})
    await call(app, "POST", f"{SESSION}/text", {"text": ""})
    await call(app, "GET", "/chat/sessions/s1")
    counted = await metrics(app)
    for labels in (
        'route="RecognizeText",status="200"',
        'route="RecognizeText",status="400"',
        'route="/chat/sessions/{session_id}",status="200"',
    ):
        assert counted[f"daehwa_request_seconds_count{{{labels}}}"] == "1.0"


async def test_a_request_has_one_log_line_without_what_was_said(app):
    with structlog.testing.capture_logs() as lines:
        await call(
            app,
            "POST",
            f"{SESSION}/text",
            {"text": "비밀이야"},
            {"x-request-id": "trace-1", "authorization": "Bearer hush"},
        )
        await call(app, "POST", "/chat", {"text": "비밀이야", "sessionId": "hidden-session"})
    first, second = [line for line in lines if line["event"] == "request"]
    assert first["route"] == "RecognizeText"
    assert (first["status"], first["request_id"]) == (200, "trace-1")
    assert second["route"] == "/chat"
    assert re.search("비밀|hush|hidden", str(lines)) is None


async def test_a_crash_is_logged_with_its_request_id(app):
    with structlog.testing.capture_logs() as lines:
        answer = await call(app, "POST", "/chat", {"text": "crash"})
    [crash] = [line for line in lines if line["log_level"] == "error"]
    assert crash["request_id"] == answer.headers["x-request-id"]
