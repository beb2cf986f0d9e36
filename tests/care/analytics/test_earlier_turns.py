"""Turns of an earlier release are counted by their replies."""

import datetime as dt
import json

from daehwa import stores
from daehwa.care import analytics

from .talks import BOT, LINES


async def test_their_numbers_are_those_of_new_ones(store, tmp_path):
    """All but the version; tokens, times and thumbs come along."""
    fresh = analytics.Figures(await analytics.read_log(store, BOT), dt.UTC)
    async with stores.open_store(f"sqlite:{tmp_path / 'old.sqlite3'}") as old:
        await write_as_earlier(old)
        figures = analytics.Figures(await analytics.read_log(old, BOT), dt.UTC)
    for by in ("intent", "slot", "day", "locale"):
        kept = ("intent", "slot", "day", "locale", "conversations", "success", "failure", "dropped")
        kept += ("invoked", "switched", "elicited", "filled", "again", "failed", "left", "missed")
        assert [
            {name: row[name] for name in kept if name in row} for row in figures.table(by).records()
        ] == [
            {name: row[name] for name in kept if name in row} for row in fresh.table(by).records()
        ]
    assert figures.table("version").records()[0]["version"] == ""
    assert figures.totals()["p95Ms"] == 200


async def test_a_reply_that_cannot_be_read_is_a_turn_all_the_same(tmp_path):
    async with stores.open_store(f"sqlite:{tmp_path / 'old.sqlite3'}") as old:
        turn = stores.TurnRecord(message_id="1", text="뭐", at=LINES[0].at, reply=b"\xff")
        await save(old, "broken", None, turn)
        figures = analytics.Figures(await analytics.read_log(old, BOT), dt.UTC)
    assert figures.totals()["turns"] == 1


async def test_those_before_an_upgrade_belong_to_the_same_conversation(store):
    key = stores.SessionKey(BOT, "TSTALIASID", "en_US", "session-A", "lex")
    known = await store.load(key, LINES[0].at)
    later = stores.TurnRecord(
        message_id="old", text="thanks", at=LINES[4].at + dt.timedelta(minutes=1), reply=b"{}"
    )
    await store.save(
        key,
        b"{}",
        expected_version=known.version,
        expires_at=later.at + dt.timedelta(minutes=5),
        turn=later,
    )
    figures = analytics.Figures(await analytics.read_log(store, BOT), dt.UTC)
    assert (figures.totals()["conversations"], figures.totals()["turns"]) == (5, 18)


async def write_as_earlier(store):
    versions, slots = {}, {}
    for number, line in enumerate(LINES):
        filled = slots.setdefault(line.talk, {})
        before = LINES[number - 1]
        if "filled" in line.marks and before.slot:
            filled[before.slot] = {"value": {"interpretedValue": "x"}}
        reply = {
            "source": line.source,
            "requestId": f"request-{number}",
            "intent": {"name": line.intent, "state": line.state},
            "slots": {"City": None, "Nights": None} | filled,
            "dialogAction": {"type": line.action, "slotToElicit": line.slot},
            "timing": {"totalMs": 200.0 if line.source != "intent" else 10.0},
        }
        turn = stores.TurnRecord(
            message_id=f"m{number}",
            text=line.text,
            at=line.at,
            reply=json.dumps(reply).encode(),
            missed="missed" in line.marks,
        )
        place = (line.talk, line.locale)
        versions[place] = await save(
            store, f"session-{line.talk}", versions.get(place), turn, line.locale
        )


async def save(store, session, version, turn, locale="en_US"):
    return await store.save(
        stores.SessionKey(BOT, "TSTALIASID", locale, session, "lex"),
        b"{}",
        expected_version=version,
        expires_at=turn.at + dt.timedelta(minutes=5),
        turn=turn,
    )
