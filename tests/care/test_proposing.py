"""Teaching a bot what was said: what it would change is seen first, in the store's real texts."""

import pytest

from daehwa import bot, care
from daehwa.care import testing
from daehwa.conversation import SettingsError, open_notes

from .conftest import reply

ASKS_DRINK = reply("ElicitSlot", slot="Drink", slots={"Drink": None})
MISSED = reply(intent="FallbackIntent", state="Failed")


def shown(differences):
    return [(each.text, each.times, str(each.before), str(each.after)) for each in differences]


def contents(folder):
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


async def propose(opening, cafe, text, **place):
    definition = bot.load(cafe)
    make = care.sample if "intent" in place else care.synonym
    return await care.propose(opening, cafe, [make(definition, text, **place)])


async def test_what_a_sample_changes_is_seen_before_it_is_saved(opening, cafe, talk):
    await talk(
        ("주차 되나요", MISSED, True),
        ("주차돼요?", MISSED, True),
        ("주차 되나요", MISSED, True),
        ("얼마예요", reply(intent="AskPrice"), False),
        ("오늘 날씨 어때", MISSED, True),
    )
    before = contents(cafe)
    proposal = await propose(opening, cafe, "주차 되나요", intent="AskPrice")
    assert (proposal.before.missed, str(proposal.after)) == (True, "AskPrice")
    assert ("주차 되나요", 2, "–", "AskPrice") in shown(proposal.replay.understood)
    assert not proposal.replay.changed
    assert not proposal.replay.lost
    assert (proposal.replay.texts, proposal.replay.turns) == (4, 5)
    assert contents(cafe) == before
    (file,) = care.save(proposal)
    assert file.name == "Intent.json"
    assert [name for name, data in contents(cafe).items() if before[name] != data] == [file]
    assert bot.load(cafe) == proposal.new


async def test_a_text_that_wakes_and_hardly_means_what_was_learned_is_marked(opening, cafe, talk):
    await talk(("주차 되나요", MISSED, True), ("고양이도 되나요", MISSED, True))
    with open_notes(opening, writing=True) as notes:
        care.IgnoredTexts(notes).ignore("고양이도 되나요?")
    definition = bot.load(cafe)
    learned = [
        care.sample(definition, text, intent="AskPrice")
        for text in ("주차 되나요", "강아지도 되나요", "고양이도 될까요")
    ]
    proposal = await care.propose(opening, cafe, learned)
    cat = next(each for each in proposal.replay.understood if each.text == "고양이도 되나요")
    assert str(cat.after) == "AskPrice"
    assert cat.unlike
    assert cat.ignored
    same = next(each for each in proposal.replay.understood if each.text == "주차 되나요")
    assert not same.unlike


async def test_a_synonym_is_heard_where_its_slot_was_asked_for(opening, cafe, talk):
    await talk(
        ("주문할게요", ASKS_DRINK, False),
        ("녹차요", ASKS_DRINK, False),
        ("아메리카노", reply(slots={"Drink": {"value": {"interpretedValue": "커피"}}}), False),
    )
    proposal = await propose(opening, cafe, "녹차", slot_type="Drink", value="차")
    assert shown(proposal.replay.understood) == [("녹차요", 1, "–", "Order (Drink=차)")]
    assert proposal.replay.understood[0].reply_to == "Order.Drink"
    assert (str(proposal.before), str(proposal.after)) == ("–", "Order (Drink=차)")
    care.save(proposal)
    values = bot.load(cafe).locales["ko_KR"].slot_types["Drink"].slot_type_values
    assert [word.value for word in values[1].synonyms] == ["녹차"]


async def test_the_locale_is_the_one_of_the_text_s_script(cafe):
    definition = bot.load(cafe)
    assert care.sample(definition, "주차 되나요", intent="AskPrice").locale == "ko_KR"
    assert care.sample(definition, "can I park", intent="AskPrice").locale == "en_US"
    assert care.sample(definition, "OK?", intent="Order", locale="ko_KR").locale == "ko_KR"
    with pytest.raises(bot.AmendmentError, match=r"ko_KR.*AskPrice"):
        bot.amended(definition, [care.sample(definition, "주차", intent="Nope")])


async def test_only_the_locale_that_changes_is_replayed(opening, cafe, talk):
    await talk(("can I park here", MISSED, True), locale="en_US")
    proposal = await propose(opening, cafe, "주차 되나요", intent="AskPrice")
    assert not proposal.replay.differs
    proposal = await propose(opening, cafe, "can I park here", intent="AskPrice")
    assert shown(proposal.replay.understood) == [("can I park here", 1, "–", "AskPrice")]


async def test_a_text_that_held_a_hidden_value_is_left_out(opening, cafe, talk):
    asks = reply("ElicitSlot", intent="Join", slot="Phone", slots={"Phone": None})
    await talk(
        ("회원 가입할래요", asks, False),
        ("{Phone}", reply(intent="Join"), False),
        ("제 번호는 010-9999-1234예요", asks, False),
    )
    proposal = await propose(opening, cafe, "주차 되나요", intent="AskPrice")
    assert (proposal.replay.texts, proposal.replay.turns, proposal.replay.hidden) == (2, 3, 1)


async def test_a_value_of_a_hidden_slot_in_a_file_of_texts_is_not_shown(opening, cafe, tmp_path):
    definition = bot.load(cafe)
    new = care.sample(definition, "제 번호는 {Phone}이에요", intent="Join")
    bot.save(bot.amended(definition, [new]), tmp_path / "new.zip")
    file = tmp_path / "texts.txt"
    file.write_text("제 번호는 010-9999-1234이에요\n", encoding="utf-8")
    result = await care.compare(opening, cafe, tmp_path / "new.zip", texts=file)
    (each,) = result.understood
    assert str(each.after) == "Join (Phone={Phone})"
    assert each.text == "제 번호는 {Phone}이에요"


async def test_what_lex_would_not_build_is_reported_and_another_s_sample_too(opening, cafe):
    proposal = await propose(opening, cafe, "{Size} 커피요", intent="Order")
    assert proposal.broken
    proposal = await propose(opening, cafe, "얼마예요", intent="Order")
    assert not proposal.broken
    assert [problem.code for problem in proposal.problems] == ["duplicate-sample"]


async def test_the_bot_s_own_tests_run_with_the_change(opening, cafe):
    seen = []

    async def run(path, changed):
        seen.append((path, changed))
        return care.TestedBot(3, ("booking",))

    amendment = care.sample(bot.load(cafe), "주차 되나요", intent="AskPrice")
    proposal = await care.propose(opening, cafe, [amendment], tests=run)
    assert proposal.tests == care.TestedBot(3, ("booking",))
    assert seen == [(cafe, proposal.new)]


async def test_a_change_to_files_that_somebody_else_changed_is_not_saved(opening, cafe):
    proposal = await propose(opening, cafe, "주차 되나요", intent="AskPrice")
    bot.amend(cafe, bot.load(cafe), [care.sample(proposal.old, "차 댈 데 있나요", intent="Order")])
    before = contents(cafe)
    with pytest.raises(bot.AmendmentError, match="somebody else"):
        care.save(proposal)
    assert contents(cafe) == before


async def test_the_tests_beside_the_bot_are_held_with_the_change(opening, tmp_path):
    project = tmp_path / "salon"
    bot.begin_project(project, "en_US")
    definition = bot.load(project)

    async def passed_and_failed(text, intent):
        sample = care.sample(definition, text, intent=intent)
        proposal = await care.propose(
            opening, project, [sample], tests=testing.tests_beside(opening)
        )
        return proposal.tests.passed, proposal.tests.failed

    assert await passed_and_failed("could you fit me in", "Book") == (2, ())
    assert await passed_and_failed("hello", "Book") == (1, ("a greeting",))


async def test_two_bots_are_compared_by_a_store_or_a_file(opening, cafe, talk, tmp_path):
    await talk(("주차 되나요", MISSED, True), ("얼마예요", reply(intent="AskPrice"), False))
    packed = tmp_path / "cafe.zip"
    bot.save(
        bot.amended(
            bot.load(cafe), [care.sample(bot.load(cafe), "주차 되나요", intent="AskPrice")]
        ),
        packed,
    )
    assert not (await care.compare(opening, cafe, cafe)).differs
    result = await care.compare(opening, cafe, packed)
    assert shown(result.understood) == [("주차 되나요", 1, "–", "AskPrice")]
    back = await care.compare(opening, packed, cafe)
    assert shown(back.lost) == [("주차 되나요", 1, "AskPrice", "–")]
    for name, text in (
        ("texts.txt", "주차 되나요\n\nhow much is it\n얼마예요\n"),
        ("texts.jsonl", '{"text": "주차 되나요", "intent": "x"}\n{"text": "얼마예요"}\n'),
    ):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        result = await care.compare(opening, cafe, packed, texts=file)
        assert shown(result.understood) == [("주차 되나요", 1, "–", "AskPrice")]
        assert not result.changed
    for text in ("", '{"txt": 1}\n'):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(SettingsError, match=r"texts\.jsonl"):
            care.read_texts(file)


async def test_a_locale_that_one_of_two_bots_lacks_is_missed_there(opening, cafe, tmp_path):
    definition = bot.load(cafe)
    korean = {"ko_KR": definition.locales["ko_KR"]}
    one = tmp_path / "korean.zip"
    bot.save(type(definition)(name="Cafe", identifier="CAFE123456", locales=korean), one)
    file = tmp_path / "texts.txt"
    file.write_text("how much is it\n", encoding="utf-8")
    result = await care.compare(opening, cafe, one, texts=file, locale="en_US")
    assert shown(result.lost) == [("how much is it", 1, "AskPrice", "–")]
    with pytest.raises(SettingsError, match="de_DE"):
        await care.compare(opening, cafe, one, texts=file, locale="de_DE")
