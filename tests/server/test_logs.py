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
