"""What every store promises, held against each backend in turn."""

import asyncio
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from daehwa.chat import Feedback
from daehwa.stores import (
    DuplicateTurn,
    Expired,
    HeldTurn,
    SessionKey,
    StaleSession,
    Stored,
    TurnFacts,
    TurnRecord,
)

NOW = datetime(2026, 11, 22, 15, 4, 5, 678901, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
KEY = SessionKey("BOTBOTBOTB", "TSTALIASID", "ko_KR", "세션/1:a")
OTHERS = (
    SessionKey("BOTBOTBOT2", "TSTALIASID", "ko_KR", "세션/1:a"),
    SessionKey("BOTBOTBOTB", "PRODALIAS1", "ko_KR", "세션/1:a"),
    SessionKey("BOTBOTBOTB", "TSTALIASID", "en_US", "세션/1:a"),
    SessionKey("BOTBOTBOTB", "TSTALIASID/ko_KR", "세션", "1:a"),
    SessionKey("BOTBOTBOTB", "TSTALIASID", "ko_KR", "세션/1:a", "lex"),
    SessionKey("BOTBOTBOTB", "TSTALIASID", "ko_KR", "세션/1:a", "lex:AKID"),
)


def turn(message_id, *, minutes=0, **members):
    at = NOW + timedelta(minutes=minutes)
    return TurnRecord(message_id=message_id, text=f"말 {message_id}", at=at, **members)


async def begin(store, key=KEY, *, expires_at=LATER, **members):
    return await store.save(
        key, b'{"a":1}', expected_version=None, expires_at=expires_at, **members
    )


class TestSession:
    async def test_unknown_is_none(self, store):
        assert await store.load(KEY, NOW) is None

    async def test_comes_back_as_saved(self, store):
        body = bytes(range(256))
        version = await store.save(KEY, body, expected_version=None, expires_at=LATER)
        assert await store.load(KEY, NOW) == Stored(session=body, version=version, expires_at=LATER)

    async def test_key_has_five_members(self, store):
        await begin(store)
        for other in OTHERS:
            assert await store.load(other, NOW) is None

    async def test_each_save_makes_another_version(self, store):
        first = await begin(store)
        second = await store.save(KEY, b"2", expected_version=first, expires_at=LATER)
        assert second != first
        assert (await store.load(KEY, NOW)).session == b"2"

    async def test_save_over_another_version_is_refused(self, store):
        first = await begin(store)
        second = await store.save(KEY, b"2", expected_version=first, expires_at=LATER)
        for wrong in (first, second + 1, None):
            with pytest.raises(StaleSession):
                await store.save(KEY, b"3", expected_version=wrong, expires_at=LATER)
        assert (await store.load(KEY, NOW)).session == b"2"

    async def test_save_of_a_vanished_session_is_refused(self, store):
        version = await begin(store)
        await store.delete(KEY)
        with pytest.raises(StaleSession):
            await store.save(KEY, b"2", expected_version=version, expires_at=LATER)
        assert await store.load(KEY, NOW) is None

    @pytest.mark.parametrize("transcript", [True, False])
    async def test_version_of_a_deleted_session_never_returns(self, store, transcript):
        old = await begin(store)
        await store.delete(KEY, transcript=transcript)
        assert await begin(store) != old
        with pytest.raises(StaleSession):
            await store.save(KEY, b"2", expected_version=old, expires_at=LATER)

    async def test_expires_when_its_moment_comes(self, store):
        version = await begin(store)
        just_before = LATER - timedelta(microseconds=1)
        assert isinstance(await store.load(KEY, just_before), Stored)
        assert await store.load(KEY, LATER) == Expired(version=version, expires_at=LATER)

    async def test_one_of_two_begins_an_expired_session_anew(self, store):
        version = await begin(store)
        again = LATER + timedelta(minutes=5)
        with pytest.raises(StaleSession):
            await store.save(KEY, b"2", expected_version=None, expires_at=again)
        await store.save(KEY, b"2", expected_version=version, expires_at=again)
        with pytest.raises(StaleSession):
            await store.save(KEY, b"3", expected_version=version, expires_at=again)
        assert (await store.load(KEY, LATER)).session == b"2"

    async def test_delete_says_whether_there_was_one(self, store):
        assert not await store.delete(KEY)
        assert not await store.delete(KEY, transcript=False)
        await begin(store)
        assert await store.delete(KEY, transcript=False)
        assert not await store.delete(KEY)
        await begin(store)
        assert await store.delete(KEY)

    async def test_all_of_an_id_are_listed(self, store):
        for key in (KEY, *OTHERS):
            await begin(store, key)
        longer = msgspec.structs.replace(KEY, session_id="x세션/1:a")
        await begin(store, longer)
        of_that_id = {key for key in (KEY, *OTHERS) if key.session_id == KEY.session_id}
        assert set(await store.sessions(KEY.session_id)) == of_that_id
        await store.delete(KEY, transcript=False)
        assert KEY in await store.sessions(KEY.session_id)
        assert await store.sessions("nobody") == ()

    async def test_an_id_is_listed_with_the_owner_before_it(self, store):
        owned = msgspec.structs.replace(KEY, owner="chat")
        for key in (KEY, owned):
            await begin(store, key)
        assert set(await store.sessions(KEY.session_id)) == {KEY, owned}

    async def test_of_many_at_once_one_wins_each_round(self, store):
        async def add_one():
            while True:
                found = await store.load(KEY, NOW)
                count = int(found.session) if found else 0
                try:
                    await store.save(
                        KEY,
                        b"%d" % (count + 1),
                        expected_version=found.version if found else None,
                        expires_at=LATER,
                    )
                except StaleSession:
                    continue
                return

        await asyncio.gather(*(add_one() for _ in range(20)))
        assert (await store.load(KEY, NOW)).session == b"20"


class TestSavesAtOnce:
    """A store may write what comes together as one; nobody may notice but by its speed."""

    async def test_each_stands_or_falls_by_itself(self, store):
        stale = msgspec.structs.replace(KEY, session_id="stale")
        twice = msgspec.structs.replace(KEY, session_id="twice")
        old = await begin(store, stale)
        await store.save(stale, b"newer", expected_version=old, expires_at=LATER)
        known = await begin(store, twice, turn=turn("m", reply=b"first", state="done"))
        fresh = [msgspec.structs.replace(KEY, session_id=f"fresh-{n}") for n in range(20)]
        results = await asyncio.gather(
            *(begin(store, key, turn=turn("m", reply=b"{}")) for key in fresh[:10]),
            store.save(stale, b"older", expected_version=old, expires_at=LATER),
            store.save(
                twice,
                b"again",
                expected_version=known,
                expires_at=LATER,
                turn=turn("m", reply=b"second", state="done"),
            ),
            *(begin(store, key, turn=turn("m", reply=b"{}")) for key in fresh[10:]),
            return_exceptions=True,
        )
        refused = [type(result) for result in results if isinstance(result, Exception)]
        assert refused == [StaleSession, DuplicateTurn]
        assert (await store.load(stale, NOW)).session == b"newer"
        assert (await store.load(twice, NOW)).session == b'{"a":1}'
        assert (await store.turn(twice, "m")).reply == b"first"
        for key in fresh:
            assert (await store.load(key, NOW)).session == b'{"a":1}'
            assert (await store.turn(key, "m")).reply == b"{}"

    async def test_one_whose_caller_has_gone_harms_no_other(self, store):
        others = [msgspec.structs.replace(KEY, session_id=f"other-{n}") for n in range(3)]
        gone = asyncio.create_task(begin(store))
        saves = [asyncio.create_task(begin(store, key)) for key in others]
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.gather(*saves)
        for key in others:
            assert await store.load(key, NOW) is not None


class TestTranscript:
    async def test_turn_is_written_with_its_session(self, store):
        said = turn("m1", reply=b'{"msg":"\xeb\x84\xa4"}', missed=True)
        await begin(store, turn=said)
        assert await store.turn(KEY, "m1") == said
        assert await store.turns(KEY) == (said,)

    async def test_turn_of_a_refused_save_is_not_written(self, store):
        await begin(store)
        with pytest.raises(StaleSession):
            await begin(store, turn=turn("m1"))
        assert await store.turn(KEY, "m1") is None

    async def test_same_message_id_is_one_turn(self, store):
        version = await begin(store, turn=turn("m1", reply=b"1"))
        with pytest.raises(DuplicateTurn):
            await store.save(
                KEY,
                b"2",
                expected_version=version,
                expires_at=LATER,
                turn=turn("m1", reply=b"2"),
            )
        assert (await store.load(KEY, NOW)).session == b'{"a":1}'
        assert (await store.turn(KEY, "m1")).reply == b"1"

    async def test_the_slower_of_two_that_take_one_turn_learns_it(self, store):
        version = await begin(store)
        await store.save(KEY, b"2", expected_version=version, expires_at=LATER, turn=turn("m1"))
        with pytest.raises(DuplicateTurn):
            await store.save(KEY, b"3", expected_version=version, expires_at=LATER, turn=turn("m1"))

    async def test_message_id_means_something_only_in_its_session(self, store):
        await begin(store, turn=turn("m1"))
        for other in OTHERS:
            assert await store.turn(other, "m1") is None
            assert await store.turns(other) == ()
            await begin(store, other, turn=turn("m1"))

    async def test_turns_are_paged_backwards(self, store):
        version = await begin(store)
        said = [turn(f"m{number}", minutes=-number) for number in range(5)]
        for one in said:
            version = await store.save(
                KEY, b"s", expected_version=version, expires_at=LATER, turn=one
            )
        assert await store.turns(KEY) == tuple(said)
        assert await store.turns(KEY, limit=2) == tuple(said[3:])
        assert await store.turns(KEY, limit=2, before="m3") == tuple(said[1:3])
        assert await store.turns(KEY, limit=2, before="m0") == ()
        assert await store.turns(KEY, before="unheard") == ()

    async def test_transcript_outlives_the_session(self, store):
        await begin(store, turn=turn("m1"))
        assert isinstance(await store.load(KEY, LATER), Expired)
        assert len(await store.turns(KEY)) == 1
        await store.delete(KEY, transcript=False)
        assert await store.load(KEY, NOW) is None
        assert len(await store.turns(KEY)) == 1
        with pytest.raises(DuplicateTurn):
            await begin(store, turn=turn("m1"))
        await begin(store, turn=turn("m2"))
        assert len(await store.turns(KEY)) == 2

    async def test_delete_forgets_the_transcript(self, store):
        await begin(store, turn=turn("m1", missed=True))
        await store.delete(KEY)
        assert await store.turns(KEY) == ()
        assert await store.turn(KEY, "m1") is None
        assert await store.missed(KEY.bot_id) == ()
        await begin(store, turn=turn("m1"))

    async def test_delete_forgets_a_transcript_without_a_session(self, store):
        await store.start_turn(KEY, turn("m1", state="running"))
        assert not await store.delete(KEY)
        assert await store.turns(KEY) == ()

    async def test_turns_are_forgotten_and_the_session_stays(self, store):
        version = await begin(store, turn=turn("m1", missed=True, facts=facts(b"k")))
        await store.set_feedback(KEY, "m1", Feedback(rating="up"))
        assert await store.forget_turns(KEY.bot_id) == 1
        assert await store.forget_turns(KEY.bot_id) == 0
        assert await store.turns(KEY) == ()
        assert await store.turn(KEY, "m1") is None
        assert await store.missed(KEY.bot_id) == ()
        assert (await store.counted(KEY.bot_id)).kinds == []
        kept = await store.load(KEY, NOW)
        assert isinstance(kept, Stored)
        assert kept.version == version

    async def test_turns_of_a_locale_or_a_session_id_are_forgotten(self, store):
        theirs = SessionKey("BOTBOTBOTB", "TSTALIASID", "ko_KR", "another")
        for key in (KEY, theirs, *OTHERS):
            await begin(store, key, turn=turn("m1"))

        async def left():
            return [key for key in (KEY, theirs, *OTHERS) if await store.turns(key)]

        assert await store.forget_turns(KEY.bot_id, locale_id="en_US") == 1
        assert await left() == [KEY, theirs, *OTHERS[:2], *OTHERS[3:]]
        assert await store.forget_turns(KEY.bot_id, locale_id="fr_FR") == 0
        # Whoever owns the conversation, and whatever its alias.
        assert await store.forget_turns(KEY.bot_id, session_id=KEY.session_id) == 4
        assert await left() == [theirs, OTHERS[0], OTHERS[3]]

    async def test_a_turn_that_is_made_is_not_forgotten_and_those_after_it_keep_their_order(
        self, store
    ):
        for each in ("a", "b"):
            await store.start_turn(KEY, turn(each, reply=b"{}"))
        await store.start_turn(KEY, turn("running", state="running"))
        await store.start_turn(KEY, turn("dead", state="running"), lease_seconds=0)
        while await store.forget_turns(KEY.bot_id, limit=1):
            pass
        for each in ("c", "d"):
            await store.start_turn(KEY, turn(each, reply=b"{}"))
        assert [one.message_id for one in await store.turns(KEY)] == ["running", "c", "d"]
        ended = turn("running", reply=b"{}")
        await begin(store, turn=ended, started=True)
        assert (await store.turns(KEY))[0] == ended


class TestLongTurn:
    async def test_runs_then_ends_with_its_session(self, store):
        running = turn("m1", state="running")
        await store.start_turn(KEY, running)
        assert await store.load(KEY, NOW) is None
        assert await store.turn(KEY, "m1") == running
        done = turn("m1", reply=b"{}", missed=True)
        await begin(store, turn=done)
        assert await store.turns(KEY) == (done,)

    async def test_is_started_once(self, store):
        await store.start_turn(KEY, turn("m1", state="running"))
        with pytest.raises(DuplicateTurn):
            await store.start_turn(KEY, turn("m1", state="running"))

    async def test_keeps_its_place_among_the_turns(self, store):
        await store.start_turn(KEY, turn("m1", state="running"))
        version = await begin(store, turn=turn("m2"))
        await store.save(KEY, b"2", expected_version=version, expires_at=LATER, turn=turn("m1"))
        assert [one.message_id for one in await store.turns(KEY)] == ["m1", "m2"]

    async def test_is_broken_off_when_its_lease_is_over(self, store):
        await store.start_turn(KEY, turn("left"), lease_seconds=0)
        await store.start_turn(KEY, turn("dead", state="running"), lease_seconds=0)
        await store.start_turn(KEY, turn("alive", state="running"), lease_seconds=60)
        assert {one.message_id: (one.state, one.broken_off) for one in await store.turns(KEY)} == {
            "left": ("done", False),
            "dead": ("incomplete", True),
            "alive": ("running", False),
        }
        assert (await store.turn(KEY, "dead")).broken_off

    async def test_shows_its_draft_as_one_and_as_its_reply_once_it_is_broken_off(self, store):
        await store.start_turn(KEY, turn("m1", state="running"), lease_seconds=60)
        draft = HeldTurn(key=KEY, message_id="m1", draft=b'{"msg":"half"}')
        await store.renew_turns((draft,), lease_seconds=60)
        known = await store.turn(KEY, "m1")
        assert (known.state, known.reply, known.draft) == ("running", None, b'{"msg":"half"}')
        await store.renew_turns((draft,), lease_seconds=0)
        known = await store.turn(KEY, "m1")
        assert (known.state, known.reply) == ("incomplete", b'{"msg":"half"}')

    async def test_a_renewed_lease_goes_on(self, store):
        await store.start_turn(KEY, turn("m1", state="running"), lease_seconds=0)
        await store.renew_turns((HeldTurn(key=KEY, message_id="m1"),), lease_seconds=60)
        assert await store.turn(KEY, "m1") == turn("m1", state="running")

    async def test_that_is_to_stop_is_named_by_the_next_renewal(self, store):
        await store.start_turn(KEY, turn("m1", state="running"), lease_seconds=60)
        await store.start_turn(KEY, turn("m2", state="running"), lease_seconds=60)
        first, second = (HeldTurn(key=KEY, message_id=one) for one in ("m1", "m2"))
        assert await store.renew_turns((first, second)) == ()
        assert await store.stop_turn(KEY, "m2")
        assert await store.renew_turns((first, second)) == (second,)

    async def test_that_nobody_makes_cannot_be_stopped(self, store):
        await store.start_turn(KEY, turn("dead", state="running"), lease_seconds=0)
        await begin(store, turn=turn("done", reply=b"{}"))
        for one in ("dead", "done", "unknown"):
            assert not await store.stop_turn(KEY, one)

    async def test_that_begins_anew_is_not_stopped_by_what_stopped_it_before(self, store):
        held = HeldTurn(key=KEY, message_id="m1")
        await store.start_turn(KEY, turn("m1", state="running"), lease_seconds=60)
        await store.stop_turn(KEY, "m1")
        await store.renew_turns((held,), lease_seconds=0)
        await store.start_turn(KEY, turn("m1", state="running"), lease_seconds=60)
        assert await store.renew_turns((held,)) == ()

    async def test_that_has_ended_is_not_renewed(self, store):
        await store.start_turn(KEY, turn("m1", state="running"))
        done = turn("m1", reply=b"{}")
        await begin(store, turn=done)
        late = HeldTurn(key=KEY, message_id="m1", draft=b"half")
        await store.renew_turns((late, HeldTurn(key=KEY, message_id="unknown")), lease_seconds=0)
        assert await store.turns(KEY) == (done,)

    async def test_that_was_forgotten_does_not_come_back_at_its_end(self, store):
        await store.start_turn(KEY, turn("a", state="running"))
        await store.delete(KEY)
        with pytest.raises(StaleSession):
            await begin(store, turn=turn("a", reply=b"{}"), started=True)
        assert await store.load(KEY, NOW) is None
        assert await store.turns(KEY) == ()

    async def test_that_was_forgotten_and_said_again_elsewhere_is_not_undone(self, store):
        await store.start_turn(KEY, turn("a", state="running"))
        await store.delete(KEY)
        await begin(store, turn=turn("b"))
        with pytest.raises(StaleSession):
            await begin(store, turn=turn("a", reply=b"{}"), started=True)
        assert [each.message_id for each in await store.turns(KEY)] == ["b"]

    async def test_that_is_still_there_ends_with_its_session(self, store):
        await store.start_turn(KEY, turn("a", state="running"))
        await begin(store, turn=turn("a", reply=b"{}"), started=True)
        assert (await store.turn(KEY, "a")).state == "done"

    async def test_that_was_broken_off_begins_anew_in_its_place(self, store):
        await store.start_turn(KEY, turn("m1", state="running"))
        await store.start_turn(KEY, turn("m2"))
        half = HeldTurn(key=KEY, message_id="m1", draft=b"half")
        await store.renew_turns((half,), lease_seconds=0)
        again = turn("m1", minutes=3, state="running")
        await store.start_turn(KEY, again)
        with pytest.raises(DuplicateTurn):
            await store.start_turn(KEY, again)
        assert await store.turns(KEY) == (again, turn("m2"))

    async def test_that_was_broken_off_may_still_end(self, store):
        """Its process was only slow."""
        await store.start_turn(KEY, turn("m1", state="running"), lease_seconds=0)
        done = turn("m1", reply=b"{}")
        version = await begin(store, turn=done)
        assert await store.turn(KEY, "m1") == done
        with pytest.raises(DuplicateTurn):
            await store.save(KEY, b"2", expected_version=version, expires_at=LATER, turn=done)

    async def test_that_an_earlier_release_gave_up_is_broken_off(self, store):
        await store.start_turn(KEY, turn("m1", state="incomplete"))
        assert (await store.turn(KEY, "m1")).broken_off
        await store.start_turn(KEY, turn("m1", state="running"))
        assert (await store.turn(KEY, "m1")).state == "running"


class TestFeedback:
    async def test_is_kept_changed_and_taken_back(self, store):
        await begin(store, turn=turn("m1"))
        for said in (
            Feedback(rating="up"),
            Feedback(rating="down", comment="틀렸어요"),
            Feedback(comment="음"),
            None,
        ):
            assert await store.set_feedback(KEY, "m1", said)
            assert (await store.turn(KEY, "m1")).feedback == said

    async def test_of_an_unknown_turn_is_refused(self, store):
        assert not await store.set_feedback(KEY, "m1", Feedback(rating="up"))
        await begin(store)
        assert not await store.set_feedback(KEY, "m1", Feedback(rating="up"))

    async def test_outlives_the_end_of_a_turn(self, store):
        await store.start_turn(KEY, turn("m1", state="running"))
        await store.set_feedback(KEY, "m1", Feedback(rating="up"))
        await begin(store, turn=turn("m1"))
        assert (await store.turn(KEY, "m1")).feedback == Feedback(rating="up")


class TestSessionsOf:
    async def test_lists_those_of_a_bot_the_latest_first(self, store):
        await begin(store, turn=turn("m1"))
        await begin(store, OTHERS[2], turn=turn("m3"))
        await begin(store, OTHERS[0], turn=turn("m4"))
        listed = await store.sessions_of(KEY.bot_id)
        assert set(listed) == {
            key for key in (KEY, OTHERS[2], OTHERS[0]) if key.bot_id == KEY.bot_id
        }
        assert await store.sessions_of(KEY.bot_id, locale_id="xx_XX") == ()
        assert len(await store.sessions_of(KEY.bot_id, limit=1)) == 1
        assert await store.sessions_of("nobody") == ()


class TestMissed:
    async def test_lists_what_fell_through_latest_first(self, store):
        await begin(store, turn=turn("m1", missed=True))
        await begin(store, OTHERS[1], turn=turn("m2", minutes=2, missed=True))
        await begin(store, OTHERS[2], turn=turn("m3", minutes=1, missed=True))
        await begin(store, OTHERS[0], turn=turn("m4", missed=True))
        await store.start_turn(KEY, turn("m5"))

        async def listed(**how):
            return [one.message_id for one in await store.missed(KEY.bot_id, **how)]

        assert await listed() == ["m2", "m3", "m1"]
        assert await listed(limit=1) == ["m2"]
        assert await listed(locale_id="ko_KR") == ["m2", "m1"]
        assert await listed(before=NOW + timedelta(minutes=2)) == ["m3", "m1"]
        first = (await store.missed(KEY.bot_id))[2]
        assert (first.key, first.text, first.at) == (KEY, "말 m1", NOW)


class TestPurge:
    async def test_forgets_what_expired_before(self, store):
        keys = [
            SessionKey("BOTBOTBOTB", "TSTALIASID", "ko_KR", f"s{n}", "lex:AKID") for n in range(4)
        ]
        for number, key in enumerate(keys):
            await begin(
                store,
                key,
                expires_at=NOW + timedelta(days=number),
                turn=turn("m", missed=True),
            )
        end = NOW + timedelta(days=3)
        assert await store.purge(end, limit=2) == 2
        assert await store.purge(end, limit=2) == 1
        assert await store.purge(end) == 0
        assert [await store.load(key, NOW) is None for key in keys] == [True, True, True, False]
        assert [len(await store.turns(key)) for key in keys] == [0, 0, 0, 1]
        assert [one.key for one in await store.missed("BOTBOTBOTB")] == [keys[3]]

    async def test_forgets_transcripts_without_a_session(self, store):
        await store.start_turn(KEY, turn("m1", state="running"))
        assert await store.purge(NOW) == 0
        assert await store.purge(NOW + timedelta(days=1)) == 1
        assert await store.turns(KEY) == ()


class TestUpkeep:
    async def test_empties_what_has_expired_and_leaves_it_expired(self, store):
        version = await begin(store, turn=turn("a"))
        await begin(store, OTHERS[0], expires_at=LATER + timedelta(minutes=1))
        assert await store.empty(NOW, LATER + timedelta(microseconds=1)) is None
        # Not even a clock that is put back makes it a session again.
        for now in (NOW, LATER):
            assert await store.load(KEY, now) == Expired(version=version, expires_at=LATER)
        assert [each.message_id for each in await store.turns(KEY)] == ["a"]
        assert isinstance(await store.load(OTHERS[0], NOW), Stored)
        await store.save(KEY, b"2", expected_version=version, expires_at=LATER)

    async def test_empties_a_few_at_a_time(self, store):
        for minute, key in enumerate((KEY, *OTHERS)):
            await begin(store, key, expires_at=NOW + timedelta(minutes=minute))
        end = NOW + timedelta(days=1)
        calls, after = 0, NOW - timedelta(days=1)
        while after is not None:
            after = await store.empty(after, end, limit=2)
            calls += 1
        assert len(OTHERS) // 2 <= calls <= len(OTHERS) + 2
        for key in (KEY, *OTHERS):
            assert isinstance(await store.load(key, NOW - timedelta(days=2)), Expired)

    async def test_the_note_is_what_was_written_last(self, store):
        assert await store.upkeep_note() is None
        for note in (b"1", b"\x00\xff"):
            await store.set_upkeep_note(note)
            assert await store.upkeep_note() == note

    async def test_space_is_given_back_until_there_is_none(self, store):
        version = await begin(store, turn=turn("m1", reply=b"x" * 4_000_000))
        assert isinstance(version, int)
        await store.delete(KEY)
        while await store.give_back_space():
            pass
        assert not await store.give_back_space()


async def test_ping_and_a_second_close_are_harmless(store):
    await store.ping()
    await store.close()
    await store.close()


def facts(kind, figures=b"1"):
    return TurnFacts(kind=kind, figures=figures)


class TestCounted:
    """Turns are counted by their facts, without their words and replies being read."""

    async def taken(self, store, *turns, key=KEY):
        known = await store.load(key, NOW)
        version = None if known is None else known.version
        for each in turns:
            version = await store.save(
                key, b"{}", expected_version=version, expires_at=LATER, turn=each
            )

    async def test_of_a_bot_without_turns_is_empty(self, store):
        counted = await store.counted(KEY.bot_id, texts=True, keys=True)
        assert (counted.sessions, counted.figures, counted.texts) == ([], b"", [])
        assert (counted.uncounted, counted.kind_of) == ((), {})

    async def test_come_back_with_kind_figures_and_rating(self, store):
        other = msgspec.structs.replace(KEY, session_id="other")
        await self.taken(
            store,
            turn("1", facts=facts(b"hello", b"\x00 \xff")),
            turn("2", minutes=2, facts=facts(b"bye", b"two")),
        )
        await self.taken(store, turn("3", minutes=1, facts=facts(b"hello", b"  3")), key=other)
        await store.set_feedback(KEY, "2", Feedback(rating="down", comment="no"))
        await store.set_feedback(other, "3", Feedback(rating="up"))
        assert await self.rows(store) == [
            (KEY, 0, b"hello", 0, b"\x00 \xff", "말 1"),
            (other, 1, b"hello", 1, b"  3", "말 3"),
            (KEY, 2, b"bye", -1, b"two", "말 2"),
        ]
        assert await store.set_feedback(KEY, "2", None)
        assert [row[3] for row in await self.rows(store)] == [0, 1, 0]

    async def rows(self, store):
        """Each turn with its session's key, minutes and kind, by its moment."""
        counted = await store.counted(KEY.bot_id, texts=True, keys=True)
        first = (NOW - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
        columns = (
            [counted.keys[session] for session in counted.sessions],
            [(moment - first) // 60_000_000 for moment in counted.moments],
            [counted.kind_of[kind] for kind in counted.kinds],
            counted.ratings,
            [counted.figures[place : place + 3] for place in range(0, len(counted.figures), 3)],
            counted.texts,
        )
        return sorted(zip(*columns, strict=True), key=lambda row: row[1])

    async def test_of_one_moment_come_in_the_order_of_recording(self, store):
        await self.taken(store, *(turn(name, facts=facts(name.encode())) for name in "cab"))
        counted = await store.counted(KEY.bot_id)
        assert [counted.kind_of[kind] for kind in counted.kinds] == [b"c", b"a", b"b"]

    async def test_are_of_the_bot_and_the_time_that_is_wanted(self, store):
        turns = [turn(str(n), minutes=n, facts=facts(b"k", bytes([n]))) for n in range(4)]
        await self.taken(store, *turns)
        await self.taken(store, turn("9", facts=facts(b"k")), key=OTHERS[0])
        minute = timedelta(minutes=1)
        counted = await store.counted(KEY.bot_id, after=NOW + minute, before=NOW + 3 * minute)
        assert counted.figures == b"\x01\x02"
        assert counted.texts is None

    async def test_of_an_earlier_release_come_as_they_are(self, store):
        await self.taken(
            store, turn("1", reply=b'{"msg":"old"}'), turn("2", minutes=1, facts=facts(b"new"))
        )
        counted = await store.counted(KEY.bot_id, keys=True)
        [old] = counted.uncounted
        assert (old.turn.message_id, old.turn.reply) == ("1", b'{"msg":"old"}')
        assert counted.keys[old.session] == KEY
        assert [old.session] == counted.sessions
        assert (await store.counted(KEY.bot_id, after=LATER)).uncounted == ()

    async def test_begin_to_count_when_they_end(self, store):
        running = turn("1", state="running")
        await store.start_turn(KEY, running)
        assert (await store.counted(KEY.bot_id)).kinds == []
        ended = msgspec.structs.replace(running, state="done", facts=facts(b"k"))
        await store.save(
            KEY, b"{}", expected_version=None, expires_at=LATER, turn=ended, started=True
        )
        counted = await store.counted(KEY.bot_id)
        assert (len(counted.kinds), counted.uncounted) == (1, ())

    async def test_count_no_more_when_they_are_forgotten(self, store):
        await self.taken(store, turn("1", facts=facts(b"k")), turn("2", reply=b"{}"))
        await store.set_feedback(KEY, "1", Feedback(rating="up"))
        await store.delete(KEY)
        counted = await store.counted(KEY.bot_id, texts=True, keys=True)
        assert (counted.kinds, counted.texts, counted.keys, counted.uncounted) == ([], [], {}, ())

    async def test_a_turn_that_is_refused_does_not_count(self, store):
        await self.taken(store, turn("1", facts=facts(b"k")))
        with pytest.raises(DuplicateTurn):
            await self.taken(store, turn("1", facts=facts(b"other")))
        assert len((await store.counted(KEY.bot_id)).kinds) == 1
