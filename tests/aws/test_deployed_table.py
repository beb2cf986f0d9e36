"""``daehwa missed`` and ``daehwa transcript`` on the table of a deployment."""

import json
import os
import subprocess
import sys

import pytest

from .services import StubServices


def item(message_id, text, at, *, missed=False, session="ko_KR#s-1#chat~abc", reply="어떤 책이요?"):
    made = {
        "session": {"S": session},
        "messageId": {"S": message_id},
        "text": {"S": text},
        "at": {"N": str(at)},
        "turnState": {"S": "done"},
        "lapsesAt": {"N": "0"},
        "missed": {"BOOL": missed},
    }
    return made | ({"reply": {"S": json.dumps({"msg": reply})}} if reply else {})


@pytest.fixture
def services():
    stub = StubServices()
    stub.pages = [
        [item("m-2", "양자역학이 뭐야?", 2_000_000, missed=True)],
        [
            item("m-1", "책 주문", 1_000_000) | {"rating": {"S": "up"}},
            item("m-3", "양자역학이  뭐야?", 3_000_000, missed=True, session="en_US#s-2"),
        ],
    ]
    yield stub
    stub.close()


def command(services, *arguments):
    # As the tutorial has the terminal: boto3 itself reads another variable.
    own = services.environ()
    around = {name: value for name, value in os.environ.items() if name != "AWS_DEFAULT_REGION"}
    return subprocess.run(
        [sys.executable, "-m", "daehwa", *arguments],
        env=around | own,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_what_was_missed(services):
    done = command(services, "missed", "--table", "Shop-Transcript", "--json")
    misses = json.loads(done.stdout)
    assert len([call for call in services.calls if call[0] == "Scan"]) == 2, "all pages are read"
    assert {(one["text"], one["localeId"], one["kind"]) for one in misses} == {
        ("양자역학이 뭐야?", "ko_KR", "fallback"),
        ("양자역학이  뭐야?", "en_US", "fallback"),
    }


def test_one_locale(services):
    done = command(services, "missed", "--table", "t", "--locale", "en_US", "--json")
    assert [one["localeId"] for one in json.loads(done.stdout)] == ["en_US"]


def test_a_transcript(services):
    done = command(services, "transcript", "s-1", "--table", "Shop-Transcript", "--json")
    (talk,) = json.loads(done.stdout)
    assert [turn["text"] for turn in talk["turns"]] == ["책 주문", "양자역학이 뭐야?"]
    assert talk["turns"][0]["feedback"] == {"rating": "up", "comment": None}
    assert talk["turns"][0]["reply"]["msg"] == "어떤 책이요?"


def test_a_table_that_cannot_be_read_is_said_without_a_traceback(services):
    services.failing.add("Scan")
    done = command(services, "missed", "--table", "nowhere", "--json")
    assert done.returncode != 0
    assert "nowhere cannot be read" in done.stderr
    assert "Traceback" not in done.stderr
