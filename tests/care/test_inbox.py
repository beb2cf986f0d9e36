"""What was missed, from transcripts in a real store."""

from daehwa import bot, care
from daehwa.chat import Feedback
from daehwa.conversation import open_notes

from .conftest import reply

BOT = "CAFE123456"
NAMES = {BOT: "Cafe"}
ASKS = reply("ElicitSlot", slot="Drink", slots={"Drink": None})


async def listed(store):
    return [
        (miss.kind, miss.text, miss.times, miss.intent, miss.slot)
        for miss in await care.missed(store, NAMES)
    ]


async def test_every_failed_reply_is_listed_with_its_slot(store, talk):
    await talk(
        ("예약할게요", ASKS, False),
        ("글쎄요", ASKS, False),
        ("몰라요", ASKS, False),
        ("음", reply(intent="FallbackIntent"), True),
    )
    assert sorted(await listed(store)) == sorted(
        ("slot", text, 1, "Order", "Drink") for text in ("글쎄요", "몰라요", "음")
    )


async def test_a_value_and_a_change_of_subject_are_no_failures(store, talk):
    filled = reply("ConfirmIntent", slots={"Drink": {"value": {"interpretedValue": "2026-05-02"}}})
    await talk(("예약", ASKS, False), ("내일", filled, False), ("네", reply(), False))
    await talk(
        ("예약", ASKS, False), ("얼마예요", reply(intent="AskPrice"), False), session="other"
    )
    assert await listed(store) == []


async def test_a_question_that_somebody_answered_is_no_failed_reply(store, talk):
    answered = reply("ElicitSlot", slot="Drink", slots={"Drink": None}, source="document")
    await talk(("예약", ASKS, False), ("몇 시에 여나요?", answered, False))
    assert await listed(store) == []


async def test_neither_yes_nor_no_is_listed(store, talk):
    asks = reply("ConfirmIntent", slots={"Drink": {"value": {}}})
    await talk(("예약", asks, False), ("음 글쎄", asks, False))
    assert await listed(store) == [("confirmation", "음 글쎄", 1, "Order", None)]


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
    key = await talk(("얼마예요", reply(intent="AskPrice"), False), ("고마워", reply(), False))
    await store.set_feedback(key, "m0", Feedback(rating="down", comment="다른 값이에요"))
    await store.set_feedback(key, "m1", Feedback(rating="up"))
    [miss] = await care.missed(store, NAMES)
    assert (miss.kind, miss.text, miss.intent) == ("thumb", "얼마예요", "AskPrice")
    assert miss.opinions == [Feedback(rating="down", comment="다른 값이에요")]


async def test_an_answer_of_a_model_says_who_gave_it(store, talk):
    key = await talk(("수도는?", reply(intent="FallbackIntent", source="chatgpt"), True))
    await store.set_feedback(key, "m0", Feedback(rating="up"))
    [miss] = await care.missed(store, NAMES)
    assert miss.sources == {"chatgpt": 1}
    assert miss.opinions == [Feedback(rating="up")]


async def test_a_reply_that_cannot_be_read_hides_nothing(store, talk):
    await talk(("뭐", b"\xff", True), ("응?", None, True))
    assert len(await listed(store)) == 2


async def test_other_bots_and_locales_are_left_out(store, talk):
    await talk(("뭐", reply(), True))
    assert await care.missed(store, {"ANOTHERBOT": "Other"}) == []
    assert await care.missed(store, NAMES, locale="en_US") == []


async def test_near_misses_are_those_whose_rival_is_as_good(store, talk):
    def understood(one, other):
        return reply(intent="AskPrice", scores=[("AskPrice", one), ("Order", other)])

    await talk(
        ("커피는요", understood(0.62, 0.5), False), ("얼마예요", understood(1.0, 0.3), False)
    )
    [miss] = await care.missed(store, NAMES)
    assert (miss.kind, miss.text, miss.intent) == ("near", "커피는요", "AskPrice")
    assert miss.nearest == (care.NearIntent("AskPrice", 0.62), care.NearIntent("Order", 0.5))


async def test_what_a_model_answered_in_the_middle_is_listed_with_who_did(store, talk):
    asked = reply("ElicitSlot", slot="Drink", slots={"Drink": None}, source="chatgpt")
    await talk(("주문할게요", ASKS, False), ("카페인이 많나요?", asked, False))
    [miss] = await care.missed(store, NAMES)
    assert (miss.kind, miss.intent, miss.slot) == ("answer", "Order", "Drink")
    assert miss.sources == {"chatgpt": 1}


async def test_the_talk_around_it_comes_along(store, talk):
    fallback = reply(intent="FallbackIntent")
    texts = [(f"말 {number}", reply(), False) for number in range(3)]
    await talk(*texts, ("고양이도 되나요", fallback, True), ("네", reply(), False))
    [miss] = await care.missed(store, NAMES)
    assert [line.text for line in miss.talk] == ["말 1", "말 2", "고양이도 되나요", "네"]
    assert (miss.talk[0].msg, miss.talk[0].source, miss.session_id) == ("…", "intent", "s")


async def test_a_text_is_read_after_the_turn_that_it_follows(store, talk):
    back = reply(intent="FallbackIntent", follows="")
    await talk(("주문할게요", ASKS, False), ("고양이도 되나요", back, True))
    assert await listed(store) == [("fallback", "고양이도 되나요", 1, None, None)]


async def test_the_inbox_empties_as_the_bot_learns_and_as_its_keeper_ignores(opening, cafe, talk):
    fallback = reply(intent="FallbackIntent")
    await talk(
        ("주차 되나요", fallback, True),
        ("오늘 날씨 어때", fallback, True),
        ("주문할게요", ASKS, False),
        ("녹차요", ASKS, False),
    )
    chosen = type(opening)(data=opening.data, bots=(str(cafe),))

    async def texts(**more):
        inbox = await care.inbox(chosen, **more)
        return {miss.text for miss in inbox.misses}, inbox.understood

    assert await texts() == ({"주차 되나요", "오늘 날씨 어때", "녹차요"}, 0)
    definition = bot.load(cafe)
    learned = [
        care.sample(definition, "주차 되나요", intent="AskPrice"),
        care.synonym(definition, "녹차", slot_type="Drink", value="차"),
    ]
    bot.amend(cafe, definition, learned)
    assert await texts() == ({"오늘 날씨 어때"}, 2)
    with open_notes(opening, writing=True) as notes:
        ignored = care.IgnoredTexts(notes)
        assert ignored.ignore("오늘 날씨 어때")
        assert not ignored.ignore("오늘  날씨 어때?")
    assert await texts() == (set(), 2)
    assert await texts(everything=True) == ({"주차 되나요", "오늘 날씨 어때", "녹차요"}, 0)
    with open_notes(opening, writing=True) as notes:
        assert care.IgnoredTexts(notes).heed("오늘 날씨 어때!") == 1
    assert await texts() == ({"오늘 날씨 어때"}, 2)


async def test_what_is_ignored_for_one_bot_or_locale_is_shown_in_others(opening):
    with open_notes(opening, writing=True) as notes:
        ignored = care.IgnoredTexts(notes)
        ignored.ignore("날씨", bot_id=BOT, locale_id="ko_KR")
        (kept,) = ignored.all()
        assert kept.covers("날씨?", BOT, "ko_KR")
        assert not kept.covers("날씨", "OTHER12345", "ko_KR")
        assert not kept.covers("날씨", BOT, "en_US")
        assert ignored.heed("날씨", bot_id="OTHER12345") == 0
        assert ignored.heed("날씨") == 1
        assert ignored.all() == ()


async def test_a_value_that_is_obfuscated_by_now_is_not_shown(opening, cafe, talk):
    phone = {
        "Phone": {"value": {"originalValue": "01099991234", "interpretedValue": "01099991234"}}
    }
    asks = reply("ElicitSlot", intent="Join", slot="Phone", slots={"Phone": None})
    await talk(
        ("회원 가입할래요", asks, False),
        ("공일공 구구구구", asks, False),
        ("01099991234", reply(intent="Join", slots=phone), False),
        ("01099991234 맞죠", reply(intent="FallbackIntent"), True),
    )
    inbox = await care.inbox(type(opening)(data=opening.data, bots=(str(cafe),)))
    assert {(miss.kind, miss.text) for miss in inbox.misses} == {
        ("slot", "{Phone}"),
        ("fallback", "{Phone} 맞죠"),
    }
    assert "0109999" not in str(inbox)
    assert "구구" not in str(inbox)
