"""A store by its address, and what is told when the address cannot serve."""

import re
import sys
from datetime import UTC, datetime

import pytest

from daehwa.stores import (
    SessionKey,
    SQLiteStore,
    StoreMisconfigured,
    StoreUnavailable,
    open_store,
)

KEY = SessionKey("BOTBOTBOTB", "TSTALIASID", "ko_KR", "s1")


async def opened(url):
    """Open the store and close it again."""
    async with open_store(url):
        pass


@pytest.mark.parametrize("form", ["sqlite:{}", "sqlite://{}"])
async def test_sqlite_makes_its_file_and_folder(form, tmp_path):
    path = tmp_path / "new" / "daehwa.db"
    async with open_store(form.format(path)) as store:
        assert isinstance(store, SQLiteStore)
        assert path.exists()


@pytest.mark.parametrize("url", ["", "sqlite:", "mysql://h/d", "daehwa.db"])
async def test_an_address_of_no_store_is_refused_with_the_choices(url):
    with pytest.raises(StoreMisconfigured, match="sqlite:PATH"):
        await opened(url)


@pytest.mark.parametrize(
    "url", ["redis://127.0.0.1:http/0", "postgresql://127.0.0.1/d?no_such_option=1"]
)
async def test_an_address_that_makes_no_sense_is_told(url):
    with pytest.raises(StoreMisconfigured):
        await opened(url)


@pytest.mark.parametrize("scheme", ["redis", "postgresql"])
async def test_a_server_that_is_not_there_is_told_without_the_password(scheme, free_port):
    with pytest.raises(StoreUnavailable, match="check that it runs") as caught:
        await opened(f"{scheme}://someone:hush-hush@127.0.0.1:{free_port}/0")
    assert "hush-hush" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "module", "client", "package"),
    [
        ("redis://h/0", "redis", "redis", "redis"),
        ("postgresql://h/d", "postgres", "psycopg", "psycopg[binary,pool]"),
    ],
)
async def test_a_client_that_is_not_installed_is_named(url, module, client, package, monkeypatch):
    """With the very command that brings it, since this package may be on no index."""
    monkeypatch.delitem(sys.modules, f"daehwa.stores.{module}", raising=False)
    for loaded in [name for name in sys.modules if name.split(".")[0] == client]:
        monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.setitem(sys.modules, client, None)
    with pytest.raises(
        StoreMisconfigured, match=re.escape(f"{sys.executable} -m pip install '{package}'")
    ):
        await opened(url)


async def test_the_text_of_a_person_may_be_anything(store):
    """PostgreSQL cannot hold U+0000 in text; the turn goes on all the same."""
    from daehwa.stores import TurnRecord

    now = datetime.now(UTC)
    odd = "\0\n'; DROP TABLE turns; -- \\ 😀 가나 \u200d"
    await store.start_turn(KEY, TurnRecord(message_id="m", text=odd, at=now))
    kept = (await store.turn(KEY, "m")).text
    assert kept in (odd, odd.replace("\0", "\ufffd"))
