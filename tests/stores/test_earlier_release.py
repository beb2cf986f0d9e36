"""Stores that the release before this one wrote (0.1.0), and that release beside this one."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
import redis
from tests.material.sources import OWN

from daehwa.chat import Feedback
from daehwa.stores import (
    HeldTurn,
    Missed,
    SessionKey,
    Stored,
    TurnFacts,
    TurnRecord,
    open_objects,
    open_store,
)

from .conftest import KINDS

WRITTEN = OWN / "stores"
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
LATER = datetime(2126, 1, 1, tzinfo=UTC)
KEY = SessionKey("HELLOWORLD", "TSTALIASID", "ko_KR", "visitor 1/가")
OVER = SessionKey("HELLOWORLD", "TSTALIASID", "en_US", "visitor-2")
EARLIER = "a9158ff"
ROOT = OWN.parents[1]


@pytest.fixture(params=KINDS)
def written(request, tmp_path):
    """The address of a store as the earlier release left it."""
    if request.param == "sqlite":
        shutil.copy(WRITTEN / "daehwa.sqlite3", tmp_path)
        return f"sqlite:{tmp_path / 'daehwa.sqlite3'}"
    address = request.getfixturevalue(f"new_{request.param}")
    if request.param == "postgres":
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute((WRITTEN / "postgres.sql").read_text("utf-8"))
        return address
    with redis.Redis.from_url(address) as client:
        for name, held in json.loads((WRITTEN / "redis.json").read_text("utf-8")).items():
            ((kind, value),) = held.items()
            if kind == "string":
                client.set(name, value)
            elif kind == "hash":
                client.hset(name, mapping=value)
            else:
                client.zadd(name, value)
    return address


def level(address):
    """The last migration that a program has to know, as the earlier release reads it."""
    if address.startswith("sqlite"):
        with closing(sqlite3.connect(address.partition(":")[2])) as raw:
            return raw.execute("PRAGMA user_version").fetchone()[0]
    if address.startswith("postgres"):
        with psycopg.connect(address) as connection:
            return connection.execute("SELECT version FROM daehwa.layout").fetchone()[0]
    with redis.Redis.from_url(address) as client:
        return int(client.get("daehwa:version"))


async def test_all_that_it_holds_is_there(written):
    before = level(written)
    for _ in range(2):  # the second time there is nothing to migrate
        async with open_store(written) as store:
            session = await store.load(KEY, NOW)
            assert isinstance(session, Stored)
            assert json.loads(session.session)["n"] == 2
            first, second, third = await store.turns(KEY)
            reply = b'{"msg":"hello"}'
            assert first == TurnRecord(message_id="m1", text="안녕", at=NOW, reply=reply)
            assert second.feedback == Feedback(rating="down", comment="no")
            assert (third.state, third.broken_off, third.reply) == (
                "incomplete",
                True,
                b'{"msg":"ha"}',
            )
            asked_at = NOW + timedelta(minutes=1)
            assert await store.missed("HELLOWORLD") == (
                Missed(key=KEY, message_id="m2", text="우주는?", at=asked_at),
            )
            assert await store.upkeep_note() == b"note"
            assert [one.text for one in await store.turns(OVER)] == ["hi"]
    assert level(written) == before, "the earlier release would refuse it"


async def test_its_turns_are_counted_beside_new_ones(written):
    async with open_store(written) as store:
        known = await store.load(KEY, NOW)
        new = TurnRecord(
            message_id="m9",
            text="새 말",
            at=NOW + timedelta(hours=1),
            facts=TurnFacts(kind=b"kind", figures=b"figures"),
        )
        await store.save(KEY, b"{}", expected_version=known.version, expires_at=LATER, turn=new)
        counted = await store.counted("HELLOWORLD", texts=True, keys=True)
        assert (counted.texts, counted.figures) == (["새 말"], b"figures")
        assert list(counted.kind_of.values()) == [b"kind"]
        earlier = {(counted.keys[one.session], one.turn.message_id) for one in counted.uncounted}
        assert {(KEY, "m1"), (KEY, "m2")} <= earlier


async def test_what_is_new_works_in_it(written, tmp_path):
    async with open_store(written) as store:
        again = TurnRecord(message_id="m3", text="더", at=NOW, state="running")
        await store.start_turn(KEY, again, lease_seconds=60)
        assert await store.stop_turn(KEY, "m3")
        held = HeldTurn(key=KEY, message_id="m3")
        assert await store.renew_turns((held,)) == (held,)
    with open_objects(written, tmp_path) as objects:
        objects.write({"bots/A/record.json": b"{}"})


SIDE_BY_SIDE = """
import asyncio, sys
from datetime import UTC, datetime
from daehwa.stores import SessionKey, TurnRecord, open_store

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
LATER = datetime(2126, 1, 1, tzinfo=UTC)
KEY = SessionKey("HELLOWORLD", "TSTALIASID", "ko_KR", "both")

async def main():
    async with open_store(sys.argv[1]) as store:
        print("open", flush=True)
        sys.stdin.readline()
        known = await store.load(KEY, NOW)
        turn = TurnRecord(message_id="theirs", text="old", at=NOW, reply=b"{}")
        await store.save(KEY, known.session + b" old", expected_version=known.version,
                         expires_at=LATER, turn=turn)
        await store.start_turn(KEY, TurnRecord(message_id="run", text="", at=NOW, state="running"),
                               lease_seconds=60)
        print("done", flush=True)

asyncio.run(main())
"""


@pytest.fixture(scope="module")
def earlier(tmp_path_factory):
    """The source of the earlier release, out of the history of this clone."""
    folder = tmp_path_factory.mktemp("earlier")
    packed = subprocess.run(
        ["git", "archive", EARLIER, "src"], cwd=ROOT, capture_output=True, check=False
    )
    if packed.returncode:
        pytest.skip(f"the history of this clone does not reach {EARLIER}")
    subprocess.run(["tar", "-x", "-C", folder], input=packed.stdout, check=True)
    return folder / "src"


def started(source, address):
    """A process of the release whose source that is, with the store open."""
    return subprocess.Popen(
        [sys.executable, "-c", SIDE_BY_SIDE, address],
        env=os.environ | {"PYTHONPATH": str(source)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("first", ["earlier", "this"])
async def test_the_earlier_release_serves_beside_this_one(written, earlier, first):
    """During an upgrade it goes on; after a return to it, it starts on what this one migrated."""
    if first == "this":
        async with open_store(written):
            pass
    with started(earlier, written) as process:
        assert process.stdout.readline() == "open\n"
        key = SessionKey("HELLOWORLD", "TSTALIASID", "ko_KR", "both")
        async with open_store(written) as store:
            turn = TurnRecord(message_id="ours", text="new", at=NOW, reply=b"{}")
            await store.save(key, b"new", expected_version=None, expires_at=LATER, turn=turn)
            process.stdin.write("\n")
            process.stdin.flush()
            assert process.stdout.readline() == "done\n"
            assert (await store.load(key, NOW)).session == b"new old"
            turns = await store.turns(key)
            assert [one.message_id for one in turns] == ["ours", "theirs", "run"]
            assert await store.stop_turn(key, "run")
