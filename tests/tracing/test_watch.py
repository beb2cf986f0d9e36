"""The steps of a request: measured where somebody watches, nothing where nobody does."""

import asyncio
import subprocess
import sys

import pytest

from daehwa import tracing


class Book:
    """Writes down what it is given to measure."""

    def __init__(self):
        self.turns, self.ended, self.first = 0, [], []

    def turn_began(self):
        self.turns += 1

    def step_ended(self, kind, labels, seconds, outcome, trace):
        assert seconds >= 0
        self.ended.append((kind, labels, outcome, trace))

    def words_began(self, labels, seconds, trace):
        self.first.append(labels)


@pytest.fixture
def book():
    return Book()


def test_without_a_watch_a_step_is_nothing():
    assert tracing.step("turn", "BOT") is tracing.NOT_WATCHED
    with tracing.step("store", "sqlite", "load") as step:
        assert (step.recording, step.headers()) == (False, {})
        step.words()
    assert tracing.request_id() is None
    assert not tracing.note_turn({"intent": "Book"})


def test_a_step_is_measured_with_its_labels_and_outcome(book):
    with tracing.Watch("r1", book) as watch:
        with tracing.step("store", "sqlite", "load"):
            assert tracing.request_id() == "r1"
        with pytest.raises(ValueError, match="broken"), tracing.step("hook", "BOT"):
            raise ValueError("broken")
        with tracing.step("hook", "BOT") as step:
            step.fail("timeout")
    assert tracing.step_ms(watch).keys() == {"store_ms", "hook_ms"}
    assert book.ended == [
        ("store", ("sqlite", "load"), "ok", ""),
        ("hook", ("BOT",), "ValueError", ""),
        ("hook", ("BOT",), "timeout", ""),
    ]


def test_a_step_by_hand_ends_once_and_has_one_beginning_of_words(book):
    with tracing.Watch("r1", book):
        step = tracing.step("model", "gpt", "chat").begin()
        step.words()
        step.words()
        step.end()
        step.end(ValueError())
    assert book.first == [("gpt", "chat")]
    assert book.ended == [("model", ("gpt", "chat"), "ok", "")]


def test_what_is_known_of_a_turn_is_noted_until_its_request_is_over(book):
    with tracing.Watch("r1", book) as watch:
        with tracing.step("turn", "BOT"):
            assert tracing.note_turn({"intent": "Book"})
        watch.over = True
        assert not tracing.note_turn({"intent": "Late"})
    assert (watch.facts, book.turns) == ({"intent": "Book"}, 1)


async def test_the_tasks_of_a_request_belong_to_it_and_to_no_other(book):
    async def serve(name):
        with tracing.Watch(name, book):
            return await asyncio.create_task(work())

    async def work():
        await asyncio.sleep(0)
        with tracing.step("understand"):
            return tracing.request_id()

    assert await asyncio.gather(serve("r1"), serve("r2"), work()) == ["r1", "r2", None]
    assert len(book.ended) == 2


def test_traces_are_off_without_an_endpoint_and_where_they_are_switched_off():
    endpoint = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"}
    assert tracing.open_telemetry({}) is None
    assert tracing.open_telemetry({"OTEL_EXPORTER_OTLP_ENDPOINT": ""}) is None
    assert tracing.open_telemetry(endpoint | {"OTEL_SDK_DISABLED": "true"}) is None
    assert tracing.open_telemetry(endpoint | {"OTEL_TRACES_EXPORTER": "none"}) is None


def test_without_an_endpoint_nothing_of_the_library_is_loaded():
    code = (
        "import os, sys, daehwa.server; from daehwa import tracing; "
        "tracing.open_telemetry({}); sys.exit('opentelemetry' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_where_packages_are_missing_the_message_names_them(monkeypatch):
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    with pytest.raises(tracing.TelemetryMissing, match="-m pip install opentelemetry-sdk"):
        tracing.open_telemetry({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"})


async def test_a_collector_that_is_gone_holds_up_no_end_and_is_in_the_log():
    import structlog

    # A port of loopback where nobody listens.
    telemetry = tracing.open_telemetry({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"})
    span = telemetry.span("turn", "internal", {})
    span.end("")
    with structlog.testing.capture_logs():
        await telemetry.close()


async def test_a_caller_that_wants_no_record_gets_none(monkeypatch):
    telemetry = tracing.open_telemetry({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"})
    unsampled = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"
    span = telemetry.span("GET", "server", {}, carried={"traceparent": unsampled})
    assert (span.recording, span.trace) == (False, "")
    # Those behind it learn that there is nothing to record.
    assert span.headers()["traceparent"].endswith("-00")
    span.end("")
    await telemetry.close()
