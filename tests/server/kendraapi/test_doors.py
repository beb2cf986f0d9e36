"""Kendra's API is behind the same gate, doors and limits as Lex's, and leaves the same traces."""

import msgspec
import pytest
import structlog
from asgi import call
from scripted import KEYS, ScriptedRuntime
from test_sigv4 import sign

from daehwa import documents
from daehwa.limits import Limiter, LimitsSetting, RatesSetting
from daehwa.server import ServerSettings, doors

INDEX = documents.INDEX_ID
KEY_ID, SECRET = next(iter(KEYS.items()))
OUTSIDE = {"loopback": False}
FILE = f"""
[tokens.page]
secret = "page"
[tokens.builder]
secret = "builder"
scopes = ["build"]
[keys.{KEY_ID}]
secret = "{SECRET}"
scopes = ["chat"]
name = "shop"
"""
QUERY = {"IndexId": INDEX, "QueryText": "when does the pool close?"}
POOL = {"Id": "pool", "Blob": "VGhlIHBvb2wgY2xvc2VzIGF0IG5pbmUu", "ContentType": "PLAIN_TEXT"}
PUT = {"IndexId": INDEX, "Documents": [POOL]}
DELETE = {"IndexId": INDEX, "DocumentIdList": ["pool"]}
OPERATIONS = {"Query": QUERY, "ListIndices": {}, "BatchPutDocument": PUT}
THROTTLED = (400, "ThrottlingException")


@pytest.fixture
def runtime(tmp_path):
    runtime = ScriptedRuntime()
    runtime.kendra = documents.KendraIndex(tmp_path)
    yield runtime
    runtime.kendra.close()


@pytest.fixture
def serve(runtime):
    """A server with these settings."""
    return lambda **settings: doors(runtime, ServerSettings(**settings))


@pytest.fixture
def credentials(tmp_path):
    file = tmp_path / "credentials.toml"
    file.write_text(FILE)
    return file


async def send(app, name, members=None, headers=(), *, signed=False):
    body = msgspec.json.encode(OPERATIONS[name] if members is None else members)
    sent = {"x-amz-target": f"AWSKendraFrontendService.{name}", **dict(headers)}
    if signed:
        sent = sign("POST", "/", body=body, headers=sent, service="kendra")
        del sent["host"]
    return await call(app, "POST", "/", body, sent)


async def outcomes(app, **more):
    """What each operation answers: 200, or the error's name."""
    answers = {name: await send(app, name, **more) for name in OPERATIONS}
    return [
        one.status if one.status == 200 else one.json["__type"].removesuffix("Exception")
        for one in answers.values()
    ]


def bearer(token):
    return {"authorization": f"Bearer {token}"}


async def test_on_this_machine_nobody_signs(serve):
    assert await outcomes(serve()) == [200, 200, 200]


async def test_elsewhere_nobody_comes_in_without_a_credential(serve):
    assert await outcomes(serve(**OUTSIDE)) == ["AccessDenied"] * 3
    answer = await send(serve(**OUTSIDE), "Query")
    assert "DAEHWA_ACCESS_KEYS" in answer.json["message"]


async def test_who_talks_may_search_and_who_builds_may_put(serve, credentials):
    app = serve(**OUTSIDE, credentials=credentials)
    assert await outcomes(app, headers=bearer("page")) == [200, 200, "AccessDenied"]
    assert await outcomes(app, headers=bearer("builder")) == ["AccessDenied", "AccessDenied", 200]
    assert await outcomes(app, signed=True) == [200, 200, "AccessDenied"]


async def test_a_key_of_the_environment_signs_for_both(serve):
    app = serve(**OUTSIDE, access_keys=KEYS)
    assert await outcomes(app, signed=True) == [200, 200, 200]


async def test_doors_open_one_by_one(serve):
    opened = {**OUTSIDE, "access_keys": KEYS}
    assert await outcomes(serve(**opened, opened=("lex",))) == [200, 200, "AccessDenied"]
    assert await outcomes(serve(**opened, opened=("build",))) == [*["AccessDenied"] * 2, 200]


async def test_a_closed_door_reads_nothing_of_whoever_brings_no_credential(serve):
    headers = {"x-amz-target": "AWSKendraFrontendService.BatchPutDocument"}
    # The body never comes.
    answer = await call(serve(**OUTSIDE, access_keys=KEYS), "POST", "/", [None], headers)
    assert answer.json["__type"] == "AccessDeniedException"


async def test_a_question_is_shorter_than_a_handbook(serve):
    long = {"IndexId": INDEX, "QueryText": "x" * 2**21}
    answer = await send(serve(), "Query", long)
    assert (answer.status, answer.json["__type"]) == (400, "ValidationException")
    assert "larger than" in answer.json["message"]


async def test_beyond_the_seats_searches_are_throttled_and_changes_get_through(runtime, serve):
    runtime.limiter = Limiter(LimitsSetting(waiting=1))
    runtime.limiter.seats.taken = 1
    app = serve()
    answer = await send(app, "Query")
    assert (answer.status, answer.json["__type"]) == THROTTLED
    assert answer.headers["retry-after"] == "1"
    assert answer.headers["x-amzn-requestid"] == answer.headers["x-request-id"]
    assert (await send(app, "BatchPutDocument")).status == 200


async def test_searches_count_as_turns_and_changes_as_building(runtime, serve):
    once = RatesSetting(address="1/h")
    runtime.limiter = Limiter(LimitsSetting(turns=once, building=once), enforced=True)
    app = serve()
    for name, members in (("Query", QUERY), ("BatchPutDocument", PUT)):
        assert (await send(app, name, members)).status == 200
        answer = await send(app, name, members)
        assert (answer.status, answer.json["__type"]) == THROTTLED
        assert 0 < int(answer.headers["retry-after"]) <= 3600
    assert (await send(app, "ListIndices")).status == 200, "to look costs nothing"


async def test_wrong_signatures_are_guesses(runtime, serve):
    setting = LimitsSetting(credentials=RatesSetting(address="2/h"))
    runtime.limiter = Limiter(setting, enforced=True)
    app = serve(**OUTSIDE, access_keys={KEY_ID: "another secret"})
    for _ in range(2):
        answer = await send(app, "Query", signed=True)
        assert answer.json["__type"] == "AccessDeniedException"
    answer = await send(app, "Query", signed=True)
    assert (answer.status, answer.json["__type"]) == THROTTLED


async def lines(app, *requests, **more):
    """The lines that these requests leave in the log."""
    with structlog.testing.capture_logs() as logs:
        for name, members in requests:
            await send(app, name, members, {"x-request-id": "r-1"} | more)
    return logs


async def test_a_change_names_who_what_and_which(serve, credentials):
    app = serve(**OUTSIDE, credentials=credentials)
    broken = {"Id": "scan", "Blob": "no base 64!", "ContentType": "PDF"}
    put = {"IndexId": INDEX, "Documents": [POOL, broken]}
    logs = await lines(app, ("BatchPutDocument", put), **bearer("builder"))
    (line,) = [one for one in logs if one["event"].startswith("document")]
    assert line == {
        "event": "documents_changed",
        "log_level": "info",
        "who": "builder",
        "operation": "BatchPutDocument",
        "documents": ["pool", "scan"],
        "failed": ["scan"],
        "request_id": "r-1",
        "outcome": "ok",
    }


async def test_what_was_refused_is_a_line_too_and_a_search_is_none(serve):
    logs = await lines(serve(**OUTSIDE), ("BatchDeleteDocument", DELETE), ("Query", QUERY))
    (line,) = [one for one in logs if one["event"].startswith("document")]
    assert (line["event"], line["who"]) == ("document_change_refused", "anonymous")
    assert (line["operation"], line["outcome"]) == ("BatchDeleteDocument", "AccessDeniedException")


async def test_each_request_has_its_line_with_the_operation(serve):
    logs = await lines(serve(), ("Query", QUERY), ("CreateIndex", {}))
    assert [
        (one["route"], one["status"], one["request_id"])
        for one in logs
        if one["event"] == "request"
    ] == [("kendra:Query", 200, "r-1"), ("kendra:CreateIndex", 400, "r-1")]


async def test_other_sites_pages_search_nothing(serve):
    answer = await send(serve(), "Query", headers={"origin": "https://evil.example"})
    assert answer.status == 403
