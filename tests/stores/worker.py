"""A server's part in ``test_processes``: takes turns in one session as fast as it can."""

import asyncio
import sys
from datetime import UTC, datetime, timedelta

import msgspec
import structlog

from daehwa.stores import (
    DuplicateTurn,
    SessionKey,
    StaleSession,
    StoreUnavailable,
    TurnRecord,
    open_store,
)

KEY = SessionKey("BOTBOTBOTB", "TSTALIASID", "ko_KR", "shared")


# On a busy machine the server takes longer than a call may now and then: clients try again.
MOST_REFUSALS = 5


async def add_one(store, message_id):
    """One turn, tried again while others are faster; whether it was this call that took it."""
    refusals = 0
    while True:
        now = datetime.now(UTC)
        try:
            found = await store.load(KEY, now)
            count = int(found.session) if found else 0
            await store.save(
                KEY,
                b"%d" % (count + 1),
                expected_version=found.version if found else None,
                expires_at=now + timedelta(hours=1),
                turn=TurnRecord(message_id=message_id, text="하나 더", at=now, reply=b"{}"),
            )
        except StaleSession:
            continue
        except StoreUnavailable:
            refusals += 1
            if refusals > MOST_REFUSALS:
                raise
            continue
        except DuplicateTurn:
            # A refusal may come after the turn was stored, as a broken connection may.
            return refusals > 0
        return True


async def begin_sessions(store, name):
    """As many sessions as a line of the input says; prints those that were acknowledged."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    number = 0
    while line := await asyncio.to_thread(sys.stdin.readline):
        begun = []
        for _ in range(int(line)):
            now = datetime.now(UTC)
            number += 1
            key = msgspec.structs.replace(KEY, session_id=f"{name}-{number}")
            later = now + timedelta(hours=1)
            try:
                await store.save(key, b"{}", expected_version=None, expires_at=later)
            except StoreUnavailable:
                continue
            begun.append(key.session_id)
        print(*begun, flush=True)


async def main(role, address, *arguments):
    async with open_store(address) as store:
        if role == "chatter":
            number = 0
            while True:
                await add_one(store, f"{arguments[0]}-{number}")
                print(f"{arguments[0]}-{number}", flush=True)
                number += 1
        if role == "adder":
            for number in range(int(arguments[1])):
                await add_one(store, f"{arguments[0]}-{number}")
        if role == "repeater":
            for number in range(int(arguments[0])):
                if await add_one(store, f"m{number}"):
                    print(number)
        if role == "beginner":
            await begin_sessions(store, arguments[0])


asyncio.run(main(*sys.argv[1:]))
