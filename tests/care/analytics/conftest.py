"""A store that holds the small log of ``talks``."""

import datetime as dt

import msgspec
import pytest

from daehwa import stores
from daehwa.chat import ChatUsage, Feedback, Timing
from daehwa.conversation import figures

from .talks import BOT, LINES, kind_of


@pytest.fixture
async def store(tmp_path):
    async with stores.open_store(f"sqlite:{tmp_path / 'daehwa.sqlite3'}") as store:
        await write(store)
        yield store


async def write(store):
    """Save each line of the log as a conversation does."""
    versions, before, begun = {}, {}, {}
    for number, line in enumerate(LINES):
        key = stores.SessionKey(BOT, "TSTALIASID", line.locale, f"session-{line.talk}", "lex")
        model = line.source != "intent"
        usage = line.tokens and ChatUsage(
            input_tokens=line.tokens[0], output_tokens=line.tokens[1], cost=sum(line.tokens) / 1000
        )
        turn = stores.TurnRecord(
            message_id=f"m{number}",
            text=line.text,
            at=line.at,
            reply=b"{}",
            missed="missed" in line.marks,
            facts=stores.TurnFacts(
                kind=msgspec.json.encode(kind_of(line, before.get(line.talk))),
                figures=figures(
                    begun.setdefault(line.talk, line.at),
                    f"request-{number}",
                    timing=Timing(total_ms=200.0 if model else 10.0),
                    usage=usage or None,
                ),
            ),
        )
        before[line.talk] = line
        versions[key] = await store.save(
            key,
            b"{}",
            expected_version=versions.get(key),
            expires_at=line.at + dt.timedelta(minutes=5),
            turn=turn,
        )
        if line.thumb:
            await store.set_feedback(key, f"m{number}", Feedback(rating=line.thumb))
