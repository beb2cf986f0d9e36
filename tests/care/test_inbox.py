"""What was missed, from transcripts in a real store."""

import datetime as dt
import json

import pytest

from daehwa import care, stores
from daehwa.chat import Feedback

NOW = dt.datetime(2026, 5, 1, 9, tzinfo=dt.UTC)
BOT = "BOTBOTBOTB"
NAMES = {BOT: "Salon"}


def reply(
    action=None, *, intent="Book", slots=None, source="intent", state="InProgress", slot=None
):
    return json.dumps(
        {
            "msg": "…",
            "source": source,
            "intent": {"name": intent, "state": state},
            "slots": slots,
            "dialogAction": action and {"type": action, "slotToElicit": slot},
        }
    ).encode()


ASKS_DAY = reply("ElicitSlot", slot="Day", slots={"Day": None})


@pytest.fixture
async def store(tmp_path):
    async with stores.open_store(f"sqlite:{tmp_path / 'sessions.sqlite3'}") as store:
        yield store


@pytest.fixture
def talk(store):
    async def talk(*turns, session="s", owner="lex"):
        key = stores.SessionKey(BOT, "TSTALIASID", "ko_KR", session, owner)
        version = None
        for number, (text, answer, missed) in enumerate(turns):
            version = await store.save(
                key,
                b"{}",
                expected_version=version,
                expires_at=NOW + dt.timedelta(hours=1),
                turn=stores.TurnRecord(
                    message_id=f"m{number}",
                    text=text,
                    at=NOW + dt.timedelta(minutes=number),
                    reply=answer,
                    missed=missed,
                ),
            )
        return key

    return talk


async def listed(store):
    return [
        (miss.kind, miss.text, miss.times, miss.intent, miss.slot)
        for miss in await care.missed(store, NAMES)
    ]


async def test_every_failed_reply_is_listed_with_its_slot(store, talk):
    await talk(
        ("예약할게요", ASKS_DAY, False),
        ("글쎄요", ASKS_DAY, False),
        ("몰라요", ASKS_DAY, False),
        ("음", reply(intent="FallbackIntent"), True),
    )
    assert sorted(await listed(store)) == sorted(
        ("slot", text, 1, "Book", "Day") for text in ("글쎄요", "몰라요", "음")
    )


async def test_a_value_and_a_change_of_subject_are_no_failures(store, talk):
    filled = reply("ConfirmIntent", slots={"Day": {"value": {"interpretedValue": "2026-05-02"}}})
    await talk(("예약", ASKS_DAY, False), ("내일", filled, False), ("네", reply(), False))
    await talk(
        ("예약", ASKS_DAY, False), ("얼마예요", reply(intent="Price"), False), session="other"
    )
    assert await listed(store) == []


async def test_a_question_that_somebody_answered_is_no_failed_reply(store, talk):
    answered = reply("ElicitSlot", slot="Day", slots={"Day": None}, source="document")
    await talk(("예약", ASKS_DAY, False), ("몇 시에 여나요?", answered, False))
    assert await listed(store) == []


async def test_neither_yes_nor_no_is_listed(store, talk):
    asks = reply("ConfirmIntent", slots={"Day": {"value": {}}})
    await talk(("예약", asks, False), ("음 글쎄", asks, False))
    assert await listed(store) == [("confirmation", "음 글쎄", 1, "Book", None)]


async def test_what_means_the_same_is_one_in_both_languages(store, talk):
    fallback = reply(intent="FallbackIntent")
    texts = (
        "고양이도 되나요",
        "고양이도되나요?",
        "고양이 데려가도 되나요",
        "강아지도 되나요",
        "주차장 있어요?",
        "is there parking?",
        "what about the weather",
    )
    await talk(*((text, fallback, True) for text in texts))
    misses = await care.missed(store, NAMES)
    assert sorted(sorted(miss.texts) for miss in misses) == sorted(
        sorted(group) for group in (texts[:3], texts[3:4], texts[4:6], texts[6:])
    )
    cats = next(miss for miss in misses if miss.times == 3)
    assert cats.text == "고양이 데려가도 되나요"


async def test_thumbs_down_come_with_their_words(store, talk):
    key = await talk(("얼마예요", reply(intent="Price"), False), ("고마워", reply(), False))
    await store.set_feedback(key, "m0", Feedback(rating="down", comment="다른 값이에요"))
    await store.set_feedback(key, "m1", Feedback(rating="up"))
    [miss] = await care.missed(store, NAMES)
    assert (miss.kind, miss.text, miss.intent) == ("thumb", "얼마예요", "Price")
    assert miss.opinions == [care.Opinion("down", "다른 값이에요")]


async def test_an_answer_of_a_model_says_who_gave_it(store, talk):
    key = await talk(("수도는?", reply(intent="FallbackIntent", source="chatgpt"), True))
    await store.set_feedback(key, "m0", Feedback(rating="up"))
    [miss] = await care.missed(store, NAMES)
    assert miss.sources == {"chatgpt": 1}
    assert miss.opinions == [care.Opinion("up", None)]


async def test_a_reply_that_cannot_be_read_hides_nothing(store, talk):
    await talk(("뭐", b"\xff", True), ("응?", None, True))
    assert len(await listed(store)) == 2


async def test_other_bots_and_locales_are_left_out(store, talk):
    await talk(("뭐", reply(), True))
    assert await care.missed(store, {"ANOTHERBOT": "Other"}) == []
    assert await care.missed(store, NAMES, locale="en_US") == []
