"""One turn, seen from outside: its spans at a collector, its id in every line, its exemplars."""

import contextlib
import http.client
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from conformance.bots import build
from daehwa import bot
from daehwa.answers.testing import Fail, Say, StubOpenAI

from .collector import attributes, collecting
from .conftest import serving

KEY = "sk-test-9b1c-never-show-me"
SECRET = "the price of the lighthouse in 1904"
TRACE, CALLER = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
TRACEPARENT = f"00-{TRACE}-{CALLER}-01"
# What no intent is meant for is the model's; in Britain a hook rings the bell.
KEEPER = {
    "locales": {"en_US": {}, "en_GB": {}},
    "intents": {
        "Ring": {"utterances": ["ring the bell", "ring it"], "fulfil": {"hook": True}},
    },
}


@contextlib.contextmanager
def hook_server():
    """An HTTP code hook that closes the intent, and the headers of its calls."""
    calls = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self):
            event = json.loads(self.rfile.read(int(self.headers["content-length"])))
            calls.append((dict(self.headers.items()), event))
            state = event["sessionState"] | {"dialogAction": {"type": "Close"}}
            state["intent"]["state"] = "Fulfilled"
            reply = json.dumps(
                {
                    "sessionState": state,
                    "messages": [{"contentType": "PlainText", "content": "Here you are."}],
                }
            ).encode()
            self.send_response(200)
            self.send_header("content-length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook", calls
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """What was seen of a streamed turn with a retried model, and of one with an HTTP hook."""
    folder = tmp_path_factory.mktemp("eyes")
    bot.save(build("Keeper", {"Keeper": KEEPER}), folder / "keeper.zip")
    with (
        collecting() as (collector, spans),
        hook_server() as (hook, calls),
        StubOpenAI(key=KEY).in_thread() as stub,
    ):
        (folder / "daehwa.toml").write_text(
            f'[[hooks]]\nlocale = "en_GB"\nurl = "{hook}?token=hush"\n'
        )
        stub.script(Fail(503), Say("It cost nine pounds."))
        with serving(
            folder,
            "keeper.zip",
            "--workers",
            "2",
            OPENAI_API_KEY=KEY,
            OPENAI_BASE_URL=stub.base_url,
            OPENAI_MODEL="gpt-test",
            OTEL_EXPORTER_OTLP_ENDPOINT=collector,
            DAEHWA_LOG_LEVEL="debug",
        ) as served:
            # One connection, so that one worker takes the turns and is asked for its metrics.
            connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
            body = {"text": SECRET, "sessionId": "hidden-session", "localeId": "en_US"}
            connection.request(
                "POST",
                "/chat",
                json.dumps(body),
                {
                    "content-type": "application/json",
                    "accept": "text/event-stream",
                    "traceparent": TRACEPARENT,
                    "x-request-id": "page-7f3",
                },
            )
            response = connection.getresponse()
            events = response.read().decode()
            bot_id = re.search(r'"botId":"(\w+)"', events)[1]
            alias = f"/bots/{bot_id}/botAliases/TSTALIASID/botLocales/en_GB"
            connection.request(
                "POST",
                f"{alias}/sessions/hidden-session/text",
                json.dumps({"text": "ring the bell"}),
                {
                    "content-type": "application/json",
                    "traceparent": TRACEPARENT,
                    "x-request-id": "sdk-7f4",
                },
            )
            connection.getresponse().read()
            accept = {"accept": "application/openmetrics-text; version=1.0.0"}
            connection.request("GET", "/metrics", headers=accept)
            metrics = connection.getresponse().read().decode()
            connection.request("GET", "/metrics")
            plain = connection.getresponse().read().decode()
            connection.request(
                "GET", "/chat/sessions/x/turns/nothing", headers={"x-request-id": "page-8"}
            )
            refused = connection.getresponse()
            refusal = refused.headers["x-request-id"], json.loads(refused.read())
            connection.close()
        # The server has ended: all that it had to send has come.
        yield SimpleNamespace(
            spans=spans,
            calls=calls,
            requests=stub.requests,
            headers=response.headers,
            events=events,
            metrics=metrics,
            plain=plain,
            refusal=refusal,
            log=served.log,
            lines=[json.loads(line) for line in served.log.splitlines() if line[:1] == "{"],
        )


def test_the_spans_of_a_turn_are_a_tree_under_the_callers_own(seen):
    ours = [span for span in seen.spans if span.trace_id.hex() == TRACE]
    (request,) = seen.spans.named("POST /chat")
    assert request.parent_span_id.hex() == CALLER
    (turn,) = [span for span in seen.spans.under(request) if span.name == "turn"]
    assert [one.name for one in seen.spans.under(request)].count("stream") == 1
    steps = seen.spans.tree(turn)["turn"]
    assert steps[0] == "store load"
    assert steps[1] == "understand"
    assert [step for step in steps if step == "chat gpt-test"] == ["chat gpt-test"] * 2
    assert steps[-1] == "store save"
    assert {"store start_turn", "store turns"} < {step for step in steps if isinstance(step, str)}
    first = [span for span in ours if span.parent_span_id.hex() == CALLER]
    (other,) = [span for span in first if span is not request]
    (turn,) = seen.spans.under(other)
    assert {"hook": ["POST"]} in seen.spans.tree(turn)["turn"]

    def below(span):
        return 1 + sum(below(one) for one in seen.spans.under(span))

    assert len(ours) == below(request) + below(other), "a span of the trace hangs elsewhere"
    assert seen.spans.resources[0]["service.name"] == "daehwa"


def test_spans_name_things_as_the_conventions_do(seen):
    (request,) = seen.spans.named("POST /chat")
    known = attributes(request)
    assert known["http.route"] == "/chat"
    assert known["http.response.status_code"] == 200
    assert known["http.response.header.x-request-id"] == ["page-7f3"]
    assert request.kind == request.SPAN_KIND_SERVER
    failed, answered = seen.spans.named("chat gpt-test")
    assert failed.kind == failed.SPAN_KIND_CLIENT
    assert failed.status.code == failed.status.STATUS_CODE_ERROR
    assert attributes(failed)["error.type"] == "UpstreamFailed"
    known = attributes(answered)
    assert known["gen_ai.operation.name"] == "chat"
    assert known["gen_ai.provider.name"] == "openai"
    assert known["gen_ai.request.model"] == known["gen_ai.response.model"] == "gpt-test"
    assert known["server.address"] == "127.0.0.1"
    assert known["gen_ai.response.time_to_first_chunk"] > 0
    store = attributes(seen.spans.named("store save")[0])
    assert (store["db.system.name"], store["db.operation.name"]) == ("sqlite", "save")
    (post,) = [span for span in seen.spans.named("POST") if span.trace_id.hex() == TRACE]
    assert attributes(post)["http.response.status_code"] == 200


def test_nothing_that_was_said_and_no_secret_is_in_a_span(seen):
    written = "".join(str(span) for span in seen.spans)
    assert "POST /chat" in written
    for hidden in ("lighthouse", "nine pounds", "Here you are", KEY, "hush", "hidden-session"):
        assert hidden not in written


def test_the_trace_goes_on_to_the_hook_and_to_the_model(seen):
    ((hook_headers, _),) = seen.calls
    (post,) = [span for span in seen.spans.named("POST") if span.trace_id.hex() == TRACE]
    carried = {name.lower(): value for name, value in hook_headers.items()}
    assert carried["traceparent"] == f"00-{TRACE}-{post.span_id.hex()}-01"
    attempts = seen.spans.named("chat gpt-test")
    parents = [request.headers["traceparent"] for request in seen.requests]
    assert sorted(parents) == sorted(f"00-{TRACE}-{one.span_id.hex()}-01" for one in attempts)


def test_one_id_leads_from_the_page_to_the_model(seen):
    assert seen.headers["x-request-id"] == "page-7f3"
    assert '"requestId":"page-7f3"' in seen.events
    ((hook_headers, event),) = seen.calls
    assert hook_headers["X-Request-Id"] == "sdk-7f4"
    assert event["sessionState"]["originatingRequestId"] == "sdk-7f4"
    for request in seen.requests:
        assert request.headers["x-request-id"] == "page-7f3"
        assert request.headers["x-client-request-id"] == "page-7f3"
    lines = [line for line in seen.lines if line.get("request_id") == "page-7f3"]
    events = [line["event"] for line in lines]
    for name in ("turn_understood", "answer_attempt_failed", "model_replied", "request"):
        assert events.count(name) == 1, name
    hooked = {line["event"]: line for line in seen.lines if line.get("request_id") == "sdk-7f4"}
    assert {"turn_understood", "hook_replied", "request"} <= hooked.keys()
    assert hooked["request"]["trace_id"] == TRACE
    assert {"nlu_ms", "store_ms", "hook_ms"} <= hooked["request"].keys()
    (replied,) = [line for line in lines if line["event"] == "model_replied"]
    assert replied["upstream_request_id"] == "req_00000002"
    (failed,) = [line for line in lines if line["event"] == "answer_attempt_failed"]
    assert failed["upstream_request_id"] == "req_00000001"
    (request,) = [line for line in lines if line["event"] == "request"]
    assert request["trace_id"] == TRACE
    assert (request["source"], request["intent"]) == ("chatgpt", "FallbackIntent")
    assert {"nlu_ms", "store_ms", "model_ms"} <= request.keys()
    header, body = seen.refusal
    assert header == body["error"]["requestId"] == "page-8"
    assert SECRET not in seen.log
    assert KEY not in seen.log


def test_metrics_carry_exemplars_for_who_accepts_them(seen):
    families = {one.name: one for one in text_string_to_metric_families(seen.metrics)}
    for name in (
        "daehwa_request_seconds",
        "daehwa_turn_seconds",
        "daehwa_store_seconds",
        "daehwa_hook_seconds",
        "daehwa_model_seconds",
        "daehwa_model_first_words_seconds",
        "daehwa_understanding_seconds",
    ):
        samples = families[name].samples
        traces = {one.exemplar.labels["trace_id"] for one in samples if one.exemplar}
        assert TRACE in traces, name
    outcomes = {
        one.labels["outcome"]: one.value
        for one in families["daehwa_model_seconds"].samples
        if one.name == "daehwa_model_seconds_count"
    }
    assert outcomes == {"ok": 1, "UpstreamFailed": 1}
    (flight,) = families["daehwa_turns_in_flight"].samples
    assert flight.value == 0
    assert "trace_id" not in seen.plain
    assert 'daehwa_turns_total{channel="chat"' in seen.plain
