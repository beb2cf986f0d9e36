"""What is kept, for how long, and what a clock that jumps does to it."""

import asyncio
import gzip
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
import structlog

from daehwa import stores
from daehwa.conversation import retention
from daehwa.conversation.log_file import LogFile
from daehwa.conversation.logs import open_log
from daehwa.conversation.retention import Tidying, TrustedTime
from daehwa.conversation.settings import LogsSetting

DAY = timedelta(days=1)
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Machine:
    """A clock that a test may set, and one that only ever runs."""

    def __init__(self, ticks=0.0):
        self.at = START
        self.ticks = ticks

    def clock(self):
        return self.at

    def monotonic(self):
        return self.ticks

    def run(self, seconds):
        self.at += timedelta(seconds=seconds)
        self.ticks += seconds


class Server:
    """A server's upkeep on that machine: a pass every ten minutes."""

    def __init__(self, store, machine, keep=30 * DAY, **more):
        self.machine = machine
        trusted = TrustedTime(store, machine.clock, monotonic=machine.monotonic)
        self.tidy = Tidying(store, trusted, keep=keep, **more).tidy

    async def run(self, minutes):
        await self.tidy()
        for _ in range(minutes // 10):
            self.machine.run(600)
            await self.tidy()


def key(number):
    return stores.SessionKey("BOTBOTBOTB", "TSTALIASID", "ko_KR", f"s{number}")


@pytest.fixture
async def store(tmp_path):
    store = stores.SQLiteStore(tmp_path / "daehwa.sqlite3")
    yield store
    await store.close()


@pytest.fixture
def machine():
    return Machine()


async def say(store, number, at):
    turn = stores.TurnRecord(message_id="m", text="안녕", at=at, reply=b"{}")
    await store.save(key(number), b"{}", expected_version=None, expires_at=at, turn=turn)


async def kept(store, *numbers):
    return [number for number in numbers if await store.turns(key(number))]


async def test_what_is_older_than_the_setting_goes_and_is_counted_in_one_line(store, machine):
    for number, days in enumerate((9, 6, 8, 1)):
        await say(store, number, START - days * DAY)
    with structlog.testing.capture_logs() as lines:
        await Server(store, machine, keep=7 * DAY).run(minutes=70)
    assert await kept(store, 0, 1, 2, 3) == [1, 3]
    said = [line for line in lines if line["log_level"] == "info"]
    assert said == [
        {
            "event": "store_tidied",
            "log_level": "info",
            "sessions_forgotten": 2,
            "records_forgotten": 0,
        }
    ]


async def test_more_than_one_call_takes_goes_in_one_pass_with_rests(store, machine, monkeypatch):
    for number in range(120):
        await say(store, number, START - 40 * DAY - timedelta(seconds=number))
    rests, sleep = [], asyncio.sleep
    monkeypatch.setattr(asyncio, "sleep", lambda seconds: rests.append(seconds) or sleep(0))
    await Server(store, machine).run(minutes=60)
    assert await kept(store, *range(120)) == []
    assert len(rests) >= 24, "between the calls that empty and those that purge"
    assert all(0 < rest <= 1 for rest in rests), "turns come first"


async def test_the_content_of_a_session_that_is_over_goes_and_its_transcript_stays(store, machine):
    """It holds the values of slots, those that no transcript may have among them."""
    await say(store, 1, START + timedelta(minutes=5))
    await say(store, 2, START + DAY)
    server = Server(store, machine)
    await server.run(minutes=90)
    with closing(sqlite3.connect(store._file.path)) as connection:
        rows = connection.execute("SELECT session FROM sessions ORDER BY id").fetchall()
    assert rows == [(b"",), (b"{}",)]
    assert isinstance(await store.load(key(1), machine.at), stores.Expired)
    assert await kept(store, 1, 2) == [1, 2]


def record(days, word):
    at = (START - days * DAY).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    bot = {"id": "B", "aliasId": "A", "localeId": "en_US"}
    return {"sessionId": "s", "bot": bot, "timestamp": at, "inputTranscript": word}


async def test_records_of_the_log_go_within_a_day_of_their_time(store, machine, tmp_path):
    path = tmp_path / "talks.jsonl"
    log = open_log(LogsSetting(file=str(path)))
    sink = LogFile(path)
    for days, word in ((12, "oldest"), (9, "old"), (7.5, "due"), (1, "young")):
        sink.write(record(days, word))
    rotated = tmp_path / "talks.jsonl.1.gz"
    rotated.write_bytes(gzip.compress(path.read_bytes()))
    server = Server(store, machine, log=log, keep_log=7 * DAY)
    with structlog.testing.capture_logs() as lines:
        await server.run(minutes=70)
    left = [json.loads(line)["inputTranscript"] for line in path.read_text().splitlines()]
    assert left == ["young"]
    assert b"old" not in gzip.decompress(rotated.read_bytes())
    assert [line["records_forgotten"] for line in lines if line["log_level"] == "info"] == [6]
    # Not a whole file for each record that has become too old: once a day is enough.
    sink.write(record(-3, "later"))
    machine.at += 6 * DAY + timedelta(hours=12)
    before = path.stat().st_ino
    await server.run(minutes=120)
    assert path.stat().st_ino == before
    machine.at += DAY
    await server.run(minutes=120)
    left = [json.loads(line)["inputTranscript"] for line in path.read_text().splitlines()]
    assert left == ["later"]
    sink.close()
    log.close()


async def test_without_a_setting_the_log_stays_as_it_is(store, machine, tmp_path):
    path = tmp_path / "talks.jsonl"
    log = open_log(LogsSetting(file=str(path)))
    sink = LogFile(path)
    sink.write(record(4000, "oldest"))
    await Server(store, machine, log=log).run(minutes=70)
    assert "oldest" in path.read_text()
    sink.close()
    log.close()


@pytest.mark.parametrize("restarted", [True, False])
async def test_a_jump_that_is_put_right_within_the_hour_deletes_nothing(store, machine, restarted):
    await say(store, 1, START)
    server = Server(store, machine)
    await server.run(minutes=120)
    machine.at += 40 * DAY
    if restarted:
        server = Server(store, machine)
    await server.run(minutes=50)
    assert await kept(store, 1) == [1]
    machine.at -= 40 * DAY
    await server.run(minutes=600)
    assert await kept(store, 1) == [1]


async def test_a_clock_that_is_ahead_at_the_very_first_start_deletes_nothing(store, machine):
    await say(store, 1, START)
    machine.at += 40 * DAY
    await Server(store, machine).run(minutes=50)
    assert await kept(store, 1) == [1]


async def test_a_new_time_that_lasts_is_believed(store, machine):
    await say(store, 1, START)
    server = Server(store, machine)
    await server.run(minutes=120)
    machine.at += 40 * DAY
    await server.run(minutes=70)
    assert await kept(store, 1) == []


async def test_a_server_that_runs_half_an_hour_a_day_forgets_too(store, machine):
    await say(store, 1, START)
    for _ in range(35):
        await Server(store, machine).run(minutes=30)
        machine.at += DAY  # off: the clock that only runs does not count it
    assert await kept(store, 1) == []


async def test_servers_that_share_a_store_do_not_make_an_hour_shorter(store, machine):
    """Each of four tidies every ten minutes; the jump must last an hour all the same."""
    await say(store, 1, START)
    servers = [Server(store, machine) for _ in range(4)]
    machine.at += 40 * DAY
    for _ in range(5 * 4):
        await servers[0].tidy()
        servers.append(servers.pop(0))
        machine.run(150)
    assert await kept(store, 1) == [1]
    for _ in range(3 * 4):
        await servers[0].tidy()
        servers.append(servers.pop(0))
        machine.run(150)
    assert await kept(store, 1) == []


@pytest.mark.parametrize("first", ["right", "wrong"])
async def test_of_two_machines_the_one_with_the_right_clock_prevails(store, first):
    await say(store, 1, START)
    right, wrong = Machine(), Machine()
    wrong.at += 40 * DAY
    servers = [Server(store, right), Server(store, wrong)]
    if first == "wrong":
        servers.reverse()
    for _ in range(60):
        for server in servers:
            await server.tidy()
        right.run(600)
        wrong.run(600)
    assert await kept(store, 1) == [1]


@pytest.mark.parametrize("error", [stores.StoreUnavailable("out"), UnboundLocalError("connection")])
async def test_background_work_survives_any_error(store, machine, monkeypatch, error):
    monkeypatch.setattr(retention, "_AFTER_AN_ERROR", 0)
    done = asyncio.Event()
    outages = [error, error]

    class Failing(stores.SQLiteStore):
        async def upkeep_note(self):
            if outages:
                raise outages.pop()
            done.set()
            return await super().upkeep_note()

    failing = Failing(store._file.path)
    with structlog.testing.capture_logs() as lines:
        tidying = Tidying(failing, TrustedTime(failing, machine.clock), keep=DAY)
        task = asyncio.create_task(tidying.go_on())
        await done.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert [line["event"] for line in lines[:2]] == ["store_not_tidied"] * 2
    await failing.close()


async def test_a_note_that_cannot_be_read_counts_as_none(store, machine):
    await store.set_upkeep_note(b"\xff")
    await say(store, 1, START - 40 * DAY)
    server = Server(store, machine)
    await server.run(minutes=50)
    assert await kept(store, 1) == [1]
    await server.run(minutes=20)
    assert await kept(store, 1) == []
