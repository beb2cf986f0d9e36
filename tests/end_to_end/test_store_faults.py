"""``daehwa serve`` while its store fails: clear errors at every door, and health soon after."""

import concurrent.futures
import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

import psycopg
import pytest

from daehwa.bot import bundled

from . import conftest
from .conftest import environment

LEX = "/bots/HELLOWORLD/botAliases/TSTALIASID/botLocales/ko_KR/sessions/"
PLACE = "botId=HELLOWORLD&localeId=ko_KR"
ON_SERVERS = ["redis", "postgres"]
_RECOVERY_SECONDS = 60


def serving(folder, *arguments, **options):
    """A server with the bot that is learned soonest, which has nothing to answer from."""
    return conftest.serving(
        folder, "--answer", "none", *arguments, bundled()["HelloWorldBot"], **options
    )


def request(served, method, path, body=None):
    """The status and the JSON of an answer."""
    sent = urllib.request.Request(
        served.url + path,
        None if body is None else json.dumps(body).encode(),
        {"content-type": "application/json"},
        method=method,
    )
    try:
        with urllib.request.urlopen(sent, timeout=60) as reply:
            status, raw = reply.status, reply.read()
    except urllib.error.HTTPError as error:
        with error:
            status, raw = error.code, error.read()
    return status, json.loads(raw) if raw else None


def chat(served, session=None, text="안녕"):
    message = {"text": text, "sessionId": session or uuid.uuid4().hex, "botId": "HELLOWORLD"}
    return request(served, "POST", "/chat", message)


def lex(served, session=None, text="안녕"):
    path = f"{LEX}{session or uuid.uuid4().hex}/text"
    return request(served, "POST", path, {"text": text})


def turns(served, session):
    return request(served, "GET", f"/chat/sessions/{session}?{PLACE}")[1]["turns"]


def doors(served):
    """The answers of all doors, asked together, so that they are not asked for ever."""
    openai = {"model": "HelloWorldBot:ko_KR", "messages": [{"role": "user", "content": "안녕"}]}
    with concurrent.futures.ThreadPoolExecutor() as pool:
        asked = {
            "chat": pool.submit(chat, served),
            "lex": pool.submit(lex, served),
            "openai": pool.submit(request, served, "POST", "/v1/chat/completions", openai),
            "transcript": pool.submit(request, served, "GET", f"/chat/sessions/s1?{PLACE}"),
            "readyz": pool.submit(request, served, "GET", "/readyz"),
            "healthz": pool.submit(request, served, "GET", "/healthz"),
        }
        return {name: answer.result() for name, answer in asked.items()}


def is_refused_clearly(served, *, reading=True):
    """Every door that needs the store gives 503 with a clear word; liveness is no matter of it."""
    answers = doors(served)
    statuses = {name: status for name, (status, _) in answers.items()}
    if not reading:
        del statuses["transcript"]
    assert statuses.pop("healthz") == 200
    assert set(statuses.values()) == {503}, statuses
    assert answers["chat"][1]["error"]["code"] == "StoreUnavailable"
    assert "cannot be stored" in answers["lex"][1]["message"]
    assert answers["readyz"][1]["store"] != "ok"


def is_well_again(served):
    end = time.monotonic() + _RECOVERY_SECONDS
    while request(served, "GET", "/readyz")[0] != 200:
        assert time.monotonic() < end, served.log
        time.sleep(0.1)
    statuses = {name: status for name, (status, _) in doors(served).items()}
    assert set(statuses.values()) == {200}, statuses


def configure(folder, store="", rest=""):
    (folder / "daehwa.toml").write_text(f"{rest}\n[store]\n{store}\n", encoding="utf-8")


def database(folder):
    return folder / "data" / "daehwa.sqlite3"


@contextlib.contextmanager
def locked(path):
    """Another program that writes and does not come to an end."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@pytest.mark.parametrize("kind", ON_SERVERS)
def test_a_server_of_sessions_that_fails_gives_503_and_is_found_again(kind, request, tmp_path):
    server = request.getfixturevalue(f"failing_{kind}")
    url = server.url.format(0 if kind == "redis" else "postgres")
    configure(tmp_path, f'url = "{url}"')
    with serving(tmp_path) as served:
        is_well_again(served)
        server.freeze()
        is_refused_clearly(served)
        server.thaw()
        is_well_again(served)
        server.kill()
        is_refused_clearly(served)
        server.start()
        is_well_again(served)
        if kind == "postgres":
            with psycopg.connect(url) as other:
                other.execute("LOCK TABLE daehwa.sessions, daehwa.turns, daehwa.upkeep")
                is_refused_clearly(served)
                other.rollback()
            is_well_again(served)
        # A line a request, which says what is wrong; a traceback says where we are.
        assert "store_failed" in served.log
        assert "exc_info" not in served.log
        assert "Traceback" not in served.log
        assert '"exception"' not in served.log


def test_a_lock_of_another_program_ends_turns_with_503_and_holds_up_nothing_else(tmp_path):
    with serving(tmp_path) as served:
        session = uuid.uuid4().hex
        assert chat(served, session)[0] == 200
        with locked(database(tmp_path)):
            with concurrent.futures.ThreadPoolExecutor() as pool:
                waiting = pool.submit(chat, served, session, "홍길동")
                alive = 0
                while not waiting.done():
                    assert request(served, "GET", "/healthz")[0] == 200
                    alive += 1
                assert waiting.result()[0] == 503
                # Were the loop held by the lock, liveness would answer once, at its end.
                assert alive > 5
            is_refused_clearly(served, reading=False)
        is_well_again(served)
        assert chat(served, session, "홍길동")[0] == 200
        assert len(turns(served, session)) == 2


def test_after_the_deletion_of_the_file_each_acknowledged_turn_is_in_the_one_that_is_there(
    tmp_path,
):
    with serving(tmp_path) as served:
        assert chat(served)[0] == 200
        database(tmp_path).unlink()
        session = uuid.uuid4().hex
        assert chat(served, session)[0] == 200
        served.wait_for_output("store_file_replaced")
        with contextlib.closing(sqlite3.connect(database(tmp_path))) as other:
            kept = other.execute("SELECT session_id FROM sessions WHERE session IS NOT NULL")
            assert kept.fetchall() == [(session,)]
        is_well_again(served)


def test_a_full_disk_is_seen_by_readiness_and_over_when_there_is_room(full_disk, tmp_path):
    folder, fill = full_disk
    configure(tmp_path, f'url = "sqlite:{folder / "daehwa.sqlite3"}"')
    with serving(tmp_path) as served:
        acknowledged = [uuid.uuid4().hex]
        assert chat(served, acknowledged[0])[0] == 200
        make_room = fill()
        refused = []
        while len(refused) < 3:  # the WAL has a little room of its own
            session = uuid.uuid4().hex
            status, _ = chat(served, session)
            assert status in (200, 503)
            (acknowledged if status == 200 else refused).append(session)
        end = time.monotonic() + _RECOVERY_SECONDS
        while request(served, "GET", "/readyz")[0] == 200:
            assert time.monotonic() < end
        assert request(served, "GET", "/healthz")[0] == 200
        make_room()
        is_well_again(served)
        assert [len(turns(served, session)) for session in refused] == [0] * len(refused)
        assert all(len(turns(served, session)) == 1 for session in acknowledged)


def test_torn_pages_give_503_until_the_file_is_mended(tmp_path):
    sessions = [uuid.uuid4().hex for _ in range(30)]
    with serving(tmp_path) as served:
        for session in sessions:
            assert chat(served, session)[0] == 200
    whole = database(tmp_path).read_bytes()
    with database(tmp_path).open("r+b") as file:
        file.seek(12 * 4096)
        file.write(os.urandom(len(whole) - 12 * 4096))
    with serving(tmp_path) as served:
        statuses = [
            request(served, "GET", f"/chat/sessions/{session}?{PLACE}")[0] for session in sessions
        ]
        assert 503 in statuses
        assert set(statuses) <= {200, 503}
        status, body = request(served, "GET", "/readyz")
        assert status == 503
        assert "recover" in body["store"]
        database(tmp_path).unlink()
        database(tmp_path).write_bytes(whole)
        is_well_again(served)
        assert len(turns(served, sessions[0])) == 1


def test_a_clock_that_is_40_days_ahead_at_the_start_deletes_nothing(tmp_path, wanting):
    library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
    if library is None:
        wanting("libfaketime", "run `make test-setup` as root, or apt-get install libfaketime")
    session = uuid.uuid4().hex
    with serving(tmp_path) as served:
        assert chat(served, session)[0] == 200
    jump = {
        "LD_PRELOAD": str(library),
        "FAKETIME": "+40d",
        "DONT_FAKE_MONOTONIC": "1",
        "DAEHWA_LOG_LEVEL": "debug",
    }
    with serving(tmp_path, **jump) as served:
        served.wait_for_output("store_tidied")
        [turn] = turns(served, session)
        assert chat(served, session)[0] == 200
        later = turns(served, session)[1]
        # The clock did jump.
        assert later["at"][:10] > turn["at"][:10]
    with serving(tmp_path, DAEHWA_LOG_LEVEL="debug") as served:
        served.wait_for_output("store_tidied")
        assert len(turns(served, session)) == 2


def test_what_people_said_can_be_read_by_its_owner_only(tmp_path):
    configure(tmp_path, rest='[logs]\nfile = "data/talks.jsonl"')
    data = tmp_path / "data"
    before = os.umask(0)  # what is not closed on purpose stays open
    try:
        with serving(tmp_path, lent=False) as served:
            chat(served)
            files = [data, *sorted(data.glob("daehwa.sqlite3*")), data / "talks.jsonl"]
            assert [file.stat().st_mode & 0o777 for file in files] == [0o700] + [0o600] * 4
            assert not [file for file in data.rglob("*") if file.stat().st_mode & 0o077]
        # As an older Daehwa left them.
        (data / "talks.jsonl").rename(tmp_path / "talks.jsonl")
        configure(tmp_path, rest='[logs]\nfile = "talks.jsonl"')
        data.chmod(0o755)
        for file in (database(tmp_path), tmp_path / "talks.jsonl"):
            file.chmod(0o644)
        with serving(tmp_path) as served:
            chat(served)
            files = [data, *sorted(data.glob("daehwa.sqlite3*")), tmp_path / "talks.jsonl"]
            assert [file.stat().st_mode & 0o777 for file in files] == [0o700] + [0o600] * 4
    finally:
        os.umask(before)


def test_a_folder_that_others_use_too_stays_open_to_them(tmp_path):
    (tmp_path / "data").mkdir(0o755)
    (tmp_path / "data" / "theirs.txt").write_text("theirs", encoding="utf-8")
    (tmp_path / "data" / "bots").mkdir(0o755)
    with serving(tmp_path):
        assert (tmp_path / "data").stat().st_mode & 0o777 == 0o755
        assert database(tmp_path).stat().st_mode & 0o777 == 0o600
        # What is ours in it is not: what an older Daehwa made, and what this one makes.
        end = time.monotonic() + 60  # the whole is learned in the background
        while not (tmp_path / "data" / "learned").exists() and time.monotonic() < end:
            time.sleep(0.1)
        for name in ("bots", "learned"):
            assert (tmp_path / "data" / name).stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_second_server_on_the_folder_is_refused_with_the_cure(tmp_path, workers, free_port):
    arguments = ("--workers", workers)
    with serving(tmp_path, *arguments) as served:
        command = [sys.executable, "-m", "daehwa", "serve", "--port", str(free_port)]
        second = subprocess.run(
            [*command, "--data", str(tmp_path / "data"), *arguments],
            cwd=tmp_path,
            env=environment(),
            check=False,
            capture_output=True,
            text=True,
        )
        assert second.returncode == 1
        assert f"another server (process {served.process.pid}) uses" in second.stderr
        assert "--data DIR" in second.stderr
        assert "Traceback" not in second.stderr
        served.kill()
    # The lock went with its holder.
    with serving(tmp_path, *arguments) as served:
        assert chat(served)[0] == 200


def test_one_call_at_a_door_forgets_what_a_person_said_there(tmp_path):
    """A session of the same id that was begun through another door is another session."""
    with serving(tmp_path) as served:
        session = uuid.uuid4().hex
        assert chat(served, session, "제 이름은 비밀이에요")[0] == 200
        assert lex(served, session, "제 이름은 가명이에요")[0] == 200
        assert request(served, "DELETE", f"{LEX}{session}")[0] == 200
        assert request(served, "GET", f"{LEX}{session}")[0] == 404
        assert [turn["text"] for turn in turns(served, session)] == ["제 이름은 비밀이에요"]
        assert lex(served, session, "제 이름은 본명이에요")[0] == 200
        assert request(served, "DELETE", f"/chat/sessions/{session}?{PLACE}")[0] == 204
        assert turns(served, session) == []
        assert request(served, "GET", f"{LEX}{session}")[0] == 200
    kept = database(tmp_path).read_bytes()
    words = ("비밀", "가명", "본명")
    assert [word for word in words if word.encode() in kept] == ["본명"]
