"""The log's lines: structured, and without what was said even when something crashes."""

import json
import subprocess
import sys

import pytest

CRASH = """
import structlog
from daehwa.server import configure_logs

configure_logs({format!r})
log = structlog.get_logger("test")
log.info("request", status=200, error=None)
said = "비밀이야"
key = "topsecret"
try:
    said.nothing
except AttributeError:
    log.exception("crashed", request_id="r1")
"""


def lines(log_format):
    run = subprocess.run(
        [sys.executable, "-c", CRASH.format(format=log_format)],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert run.stdout == ""
    return run.stderr


@pytest.mark.parametrize("log_format", ["console", "json"])
def test_a_traceback_shows_no_values(log_format):
    told = lines(log_format)
    assert "crashed" in told
    assert "AttributeError" in told
    assert "비밀" not in told.replace('said = "비밀이야"', "")
    assert "topsecret" not in told


def test_json_lines_are_json():
    first, second = map(json.loads, lines("json").splitlines())
    assert first["event"] == "request"
    assert first["level"] == "info"
    assert "error" not in first
    assert second["request_id"] == "r1"


def test_off_keeps_errors():
    told = lines("off")
    assert "request" not in told.replace("request_id", "")
    assert "crashed" in told


LIBRARY = """
import logging
from daehwa.server import configure_logs

configure_logs("json")
log = logging.getLogger("library.pool")
for port in range(3):
    log.warning("error connecting in 'pool-%d':\\n\\tIs the server running?", port)
log.info("nothing of note")
try:
    1 / 0
except ZeroDivisionError:
    log.exception("failed")
log.warning("%d", "not a number")
"""


def test_what_libraries_log_is_lines_of_the_same_kind_and_not_many():
    run = subprocess.run(
        [sys.executable, "-c", LIBRARY], capture_output=True, text=True, check=True
    )
    lines = [json.loads(line) for line in run.stderr.splitlines()]
    assert [(line["event"], line["library"], line["text"]) for line in lines] == [
        ("library_warning", "library.pool", "error connecting in 'pool-0': Is the server running?"),
        ("library_failed", "library.pool", "failed"),
        ("library_warning", "library.pool", "%d"),
    ]
    assert lines[1]["exception"][0]["exc_type"] == "ZeroDivisionError"


GONE = """
import os, sys
import structlog
from daehwa.server import configure_logs

{how}
configure_logs({format!r})
structlog.get_logger("test").error("request_failed")
os.write(1, b"goes on")
"""


@pytest.mark.parametrize("log_format", ["console", "json"])
@pytest.mark.parametrize(
    "how",
    [
        "sys.stderr = None",
        "sys.stderr.close()",
        "os.dup2(os.open('/dev/full', os.O_WRONLY), 2)",
        "read, write = os.pipe(); os.close(read); os.dup2(write, 2)",
    ],
)
def test_a_line_that_cannot_be_written_stops_nothing(log_format, how):
    script = GONE.format(how=how, format=log_format)
    run = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, check=False)
    assert run.stdout == b"goes on"
