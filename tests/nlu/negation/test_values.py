"""Values of slot types in texts that take some of them back."""

import datetime as dt

import pytest

from daehwa import bot
from daehwa.nlu.builtins import Setting, Text, built_in
from daehwa.nlu.slots import SlotModel

THURSDAY = dt.datetime(2026, 3, 5, 9, tzinfo=dt.UTC)


def language_of(text):
    return "ko_KR" if any("가" <= char <= "힣" for char in text) else "en_US"


def value(name, text):
    """What a built-in type reads of a reply; ambiguous times by a bar."""
    setting = Setting(locale=language_of(text), now=THURSDAY)
    read = built_in(f"AMAZON.{name}").read(Text(text), setting)
    return read and (read.interpreted or "|".join(read.resolved))


@pytest.mark.parametrize(
    ("name", "text", "meant"),
    [
        # Words that take something back only where they stand between two values.
        ("Number", "seven no nine", "9"),
        ("Number", "셋 ㄴㄴ 다섯", "5"),
        ("Date", "friday nope saturday", "2026-03-07"),
        ("Date", "until friday, no, saturday", "2026-03-07"),
        ("Date", "금요일까지, 아니 토요일", "2026-03-07"),
        ("Date", "change friday to monday", "2026-03-09"),
        ("Date", "금요일에서 월요일로 바꿔주세요", "2026-03-09"),
        ("Date", "토요일 금요일 말고요", "2026-03-07"),
        ("Date", "not december 3rd", None),
        ("Time", "9 am hang on 10 am", "10:00"),
        ("Time", "오전 아홉 시라고 했는데 열 시예요", "10:00"),
        ("Time", "five of six pm, no, three pm", "15:00"),
        ("Duration", "two hours sorry three days", "P3D"),
        ("Duration", "한 시간 반 말고 2주", "P2W"),
        ("Duration", "2 weeks and 3 days, no, 2h15", "PT2H15M"),
        ("Duration", "an hour and ten minutes, no, twenty minutes", "PT1H20M"),
        ("FirstName", "Wei not Mei", "Wei"),
        ("FirstName", "서연 아 죄송 지우", "지우"),
        ("City", "수원보다는 부산이요", "부산"),
        ("AlphaNumeric", "AB12 no AB13", "AB13"),
        (
            "PhoneNumber",
            "212-555-0143, sorry, oh seven seven double oh nine double oh one two three",
            "07700900123",
        ),
        ("EmailAddress", "not ann.lee@example.co.uk, ann at example dot com", "ann@example.com"),
        ("EmailAddress", "hana@example.com 말고 abc골뱅이naver.com", "abc@naver.com"),
        ("Date", "토요일 말고 일요일이요", "2026-03-08"),
        ("Duration", "두 시간은 짧고 세 시간이요", "PT3H"),
        ("Time", "8:30 is too late, 7:30", "07:30|19:30"),
        ("Currency", "not thirty dollars, forty", "USD 40.00"),
        ("Date", "not saturday, sunday", "2026-03-08"),
        ("Time", "오전 열 시 아니 열한 시 반이요", "11:30"),
        ("Time", "9 am, I mean 10 am", "10:00"),
        ("Number", "세 명이 아니라 네 명", "4"),
        ("Number", "three... sorry... four", "4"),
        ("Duration", "사흘 말고 나흘", "P4D"),
        ("Duration", "not one hour but two hours", "PT2H"),
        ("Currency", "천 원 말고 이천 원", "KRW 2000.00"),
        ("Currency", "$5, no, $6", "USD 6.00"),
        ("Percentage", "5프로 말고 7프로", "7%"),
        ("Percentage", "5 percent rather than 7 percent", "5%"),
        ("City", "부산 말고 대구요", "대구"),
        ("City", "not Oslo but Bergen", "Bergen"),
        ("FirstName", "지훈이 아니고 지원이에요", "지원"),
        ("FirstName", "it's not Dan, it's Stan", "Stan"),
        ("Country", "Norway, no wait, Sweden", "Sweden"),
        ("EmailAddress", "a@b.com 아니고 c@d.com", "c@d.com"),
        ("PhoneNumber", "010-1234-5678 말고 010-8765-4321", "01087654321"),
        ("AlphaNumeric", "K12, sorry, K13", "K13"),
        ("Confirmation", "no, wait, yes", "Yes"),
        ("Confirmation", "네, 아니 아니요", "No"),
    ],
)
def test_every_built_in_type_takes_what_replaces_the_denied(name, text, meant):
    assert value(name, text) == meant


@pytest.mark.parametrize(
    ("name", "text", "meant"),
    [
        ("Date", "4월 3일 말고 5일이요", "2026-04-05"),
        ("Date", "april 3rd, no, the 5th", "2026-04-05"),
        ("Date", "다음 주 화요일 말고 수요일", "2026-03-11"),
        ("Time", "저녁 여섯 시 말고 일곱 시", "19:00"),
        ("Time", "6 pm, or rather 7", "19:00"),
        ("Currency", "30 euros, no, 40", "EUR 40.00"),
        ("Date", "not tomorrow, the day after", "2026-03-07"),
    ],
)
def test_what_replaces_a_value_takes_over_what_it_leaves_out(name, text, meant):
    assert value(name, text) == meant


def test_a_value_of_its_own_takes_nothing_over():
    assert value("Number", "스물 세 명 말고 네 명") == "4"
    assert value("Date", "4월 3일 말고 5월 1일") == "2026-05-01"
    assert value("Time", "6 pm, no, 7 am") == "07:00"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Date", "내일은 안 돼요"),
        ("Date", "not tomorrow"),
        ("Date", "tomorrow doesn't work for me"),
        ("Time", "any time but noon"),
        ("City", "서울은 싫어요"),
        ("Number", "두 개 말고요"),
    ],
)
def test_what_is_denied_with_nothing_in_its_place_is_no_value(name, text):
    assert value(name, text) is None


def samples(*utterances):
    return tuple(bot.SampleUtterance(utterance=text) for text in utterances)


def a_type(name, *values):
    return bot.SlotType(
        name=name,
        slot_type_values=tuple(
            bot.SlotTypeValue(sample_value=bot.SampleValue(value=each)) for each in values
        ),
        value_selection_setting=bot.ValueSelectionSetting(resolution_strategy="TOP_RESOLUTION"),
    )


def a_model(locale, name, utterances, slots, *types):
    intent = bot.Intent(
        name=name,
        sample_utterances=samples(*utterances),
        slots={slot: bot.Slot(name=slot, slot_type_name=kind) for slot, kind in slots.items()},
    )
    return SlotModel.learn(
        bot.BotLocale(
            identifier=locale,
            intents={name: intent},
            slot_types={each.name: each for each in types},
        )
    )


@pytest.fixture(scope="module")
def bakery():
    return a_model(
        "ko_KR",
        "Order",
        ["{Bread} {Count}개 주세요", "{Day} {Hour}에 {Bread} 찾으러 갈게요"],
        {
            "Bread": "Bread",
            "Count": "AMAZON.Number",
            "Day": "AMAZON.Date",
            "Hour": "AMAZON.Time",
        },
        a_type("Bread", "식빵", "바게트", "크림빵", "안 단 빵"),
    )


@pytest.fixture(scope="module")
def ferry():
    return a_model(
        "en_US",
        "Sail",
        ["a ferry to {To}", "a {Deck} ticket from {From} to {To}", "ferries to {To} on {Day}"],
        {"From": "AMAZON.City", "To": "AMAZON.City", "Deck": "Deck", "Day": "AMAZON.Date"},
        a_type("Deck", "open", "closed", "no deck"),
    )


def filled(model, intent, text):
    slots = model.fill(intent, text, now=THURSDAY)
    return {name: slot.value.interpreted_value for name, slot in slots.items()}


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("식빵 말고 바게트 두 개 주세요", {"Bread": "바게트", "Count": "2"}),
        ("크림빵 두 개 아니 세 개 주세요", {"Bread": "크림빵", "Count": "3"}),
        (
            "내일 오후 세 시 말고 네 시에 식빵 찾으러 갈게요",
            {"Day": "2026-03-06", "Hour": "16:00", "Bread": "식빵"},
        ),
        ("안 단 빵 하나 주세요", {"Bread": "안 단 빵"}),
    ],
)
def test_of_a_first_utterance_only_what_is_denied_goes(bakery, text, slots):
    assert slots.items() <= filled(bakery, "Order", text).items()


def test_what_replaces_a_value_takes_its_slot(ferry):
    assert filled(ferry, "Sail", "a ferry to Paris, no, Rome") == {"To": "Rome"}
    assert filled(ferry, "Sail", "an open ticket, not closed, to Rome") == {
        "Deck": "open",
        "To": "Rome",
    }


def test_a_listed_value_that_holds_the_denying_words_is_a_value(bakery):
    reading = bakery.read("Order", "Bread", "안 단 빵", now=THURSDAY)
    assert reading.slot.value.interpreted_value == "안 단 빵"


def test_a_value_may_end_as_particles_do():
    pets = a_model(
        "ko_KR", "Pet", ["{Pet} 키워요"], {"Pet": "Pet"}, a_type("Pet", "고양이", "강아지")
    )
    assert filled(pets, "Pet", "고양이 아니라 강아지 키워요") == {"Pet": "강아지"}
    assert filled(pets, "Pet", "고양이는 싫고 강아지 키워요") == {"Pet": "강아지"}


def test_so_it_is_in_a_first_utterance(ferry):
    assert filled(ferry, "Sail", "a ferry to Rome, no deck please")["Deck"] == "no deck"


def test_replies_are_read_alike(bakery, ferry):
    reading = bakery.read("Order", "Bread", "식빵은 싫고 크림빵으로 할게요", now=THURSDAY)
    assert reading.slot.value.interpreted_value == "크림빵"
    assert ferry.read("Sail", "Deck", "anything but open", now=THURSDAY) is None
