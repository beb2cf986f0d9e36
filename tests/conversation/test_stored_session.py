"""What is stored of a session and is none: a fault of the store, for that session alone."""

import sqlite3
from contextlib import closing

import pytest
from tests.conversation.desk import save_desk

from daehwa import stores
from daehwa.conversation import Address, Utterance

TEXT = Utterance(text="hello", request_id="r-1")


@pytest.mark.parametrize("content", [b"\xff\xfe", b"{", b"[]", b'{"messages": 5}'])
async def test_it_is_the_stores_fault_until_the_session_is_deleted(running, tmp_path, content):
    async with running(bots=[save_desk(tmp_path)]) as runtime:
        addresses = [Address("DESK000001", "TSTALIASID", "en_US", f"s-{n}") for n in range(2)]
        for address in addresses:
            await runtime.lex.recognize(address, TEXT)
        (file,) = tmp_path.rglob("*.sqlite3")
        with closing(sqlite3.connect(file)) as other, other:
            other.execute(
                "UPDATE sessions SET session = ? WHERE session_id LIKE '%s-0'", (content,)
            )
        with pytest.raises(stores.StoreDamaged, match="cannot be read"):
            await runtime.lex.get_session(addresses[0])
        with pytest.raises(stores.StoreDamaged, match="cannot be read"):
            await runtime.lex.recognize(addresses[0], TEXT)
        await runtime.lex.recognize(addresses[1], TEXT)
        await runtime.lex.delete_session(addresses[0])
        await runtime.lex.recognize(addresses[0], TEXT)
