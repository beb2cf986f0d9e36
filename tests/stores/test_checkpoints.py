"""SQLite's WAL is written back beside the event loop, and stays small."""

import asyncio
import threading
from datetime import UTC, datetime, timedelta

from daehwa.stores import SessionKey, SQLiteStore, TurnRecord
from daehwa.stores.checkpoints import CHANGES
from daehwa.stores.sqlite_file import SQLiteFile

NOW = datetime(2026, 11, 28, tzinfo=UTC)


def key(number):
    return SessionKey("BOTBOTBOTB", "TSTALIASID", "ko_KR", f"s{number}")


async def store_turns(store, numbers):
    for number in numbers:
        turn = TurnRecord(message_id="m", text="안녕", at=NOW, reply=b"r" * 2000)
        later = NOW + timedelta(minutes=5)
        await store.save(key(number), b"s", expected_version=None, expires_at=later, turn=turn)


async def test_who_wants_the_database_meanwhile_waits_and_the_event_loop_goes_on(
    tmp_path, monkeypatch
):
    threads, let_go = [], threading.Event()
    write_back = SQLiteFile.write_back

    def held(file):
        threads.append(threading.current_thread())
        let_go.wait(10)
        write_back(file)

    monkeypatch.setattr(SQLiteFile, "write_back", held)
    store = SQLiteStore(tmp_path / "sessions.sqlite3")
    await store_turns(store, range(CHANGES))
    wanting = [
        asyncio.create_task(store.load(key(0), NOW)),
        asyncio.create_task(store_turns(store, [CHANGES])),
        asyncio.create_task(store_turns(store, [CHANGES + 1])),
    ]
    while not threads:  # noqa: ASYNC110
        await asyncio.sleep(0)
    assert not any(task.done() for task in wanting)
    let_go.set()
    loaded, *_ = await asyncio.gather(*wanting)
    assert loaded.session == b"s"
    assert threading.main_thread() not in threads
    assert (await store.load(key(CHANGES + 1), NOW)).session == b"s"
    await store.close()


async def test_a_turn_that_is_cancelled_while_it_waits_takes_no_other_with_it(
    tmp_path, monkeypatch
):
    let_go = threading.Event()
    write_back = SQLiteFile.write_back
    monkeypatch.setattr(SQLiteFile, "write_back", lambda file: (let_go.wait(10), write_back(file)))
    store = SQLiteStore(tmp_path / "sessions.sqlite3")
    await store_turns(store, range(CHANGES))
    first, second = (asyncio.create_task(store.load(key(n), NOW)) for n in range(2))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    let_go.set()
    assert (await second).session == b"s"
    await store.close()


async def test_the_wal_stays_small_however_much_is_stored(tmp_path):
    store = SQLiteStore(tmp_path / "sessions.sqlite3")
    await store_turns(store, range(6 * CHANGES))
    assert (tmp_path / "sessions.sqlite3-wal").stat().st_size < 8e6
    await store.close()
