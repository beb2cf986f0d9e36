"""Replies that ask something of the bot, and values that only look as if they did."""

import pytest

from daehwa import lex
from daehwa.nlu.questions import asks_more, asks_terms, question

KO, EN = "ko_KR", "en_US"


def read(text, original, *, score=1.0, listed=True):
    """What a reply asks that was read as a value of the words ``original``."""
    value = lex.SlotValue(
        original_value=original,
        interpreted_value=original,
        resolved_values=(original,) if listed else (),
    )
    locale = KO if any("가" <= letter <= "힣" for letter in text) else EN
    reading = lex.Reading(slot=lex.Slot(shape="Scalar", value=value), score=score)
    return question(text, locale, reading=reading)


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        (KO, "잠깐, 체크인이 몇 시부터죠?"),
        (KO, "주말에도 오세요"),
        (KO, "공휴일에도 영업하시죠"),
        (KO, "현금도 받으시나"),
        (KO, "아이도 탈 수 있죠"),
        (KO, "며칠 전까지 취소돼요"),
        (KO, "주차 돼요?"),
        (KO, "조식은 포함인가요"),
        (KO, "수영장 있습니까"),
        (KO, "환불 규정 좀 알려 주세요"),
        (KO, "얼마예요"),
        (KO, "왜요?"),
        (KO, "시간당 얼만데요"),
        (KO, "근데 제 차로 해도 되는지"),
        (KO, "do you have parking?"),
        (EN, "what time is check-in"),
        (EN, "Wait, is breakfast included?"),
        (EN, "Do kids stay free"),
        (EN, "parking?"),
        (EN, "tell me about the pool"),
        (EN, "How far is it"),
        (EN, "do rooms come with a bath"),
    ],
)
def test_what_is_no_value_and_asks_is_a_question(locale, text):
    assert question(text, locale) == "Instead"


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        (KO, "네?"),
        (KO, "음..."),
        (KO, "언제든 괜찮아요"),
        (KO, "아무 때나요"),
        (KO, "몰라요"),
        (EN, "what?"),
        (EN, "whenever"),
        (EN, "no idea"),
        (EN, ""),
        (EN, "..."),
    ],
)
def test_what_neither_gives_nor_asks_is_a_miss(locale, text):
    assert question(text, locale) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("내일 3시요?", "내일 3시"),
        ("음... 두 명?", "두"),
        ("내일은 어때요?", "내일"),
        ("다섯 명 되나요?", "다섯"),
        ("바닐라 맛 있나요?", "바닐라"),
        ("8시 반은 너무 늦을까요?", "8시 반"),
        ("9시 넘어서 가도 되나요?", "9시"),
        ("지금 당장 2시 돼요?", "2시"),
        ("이번 주 토요일 가능할까요?", "이번 주 토요일"),
        ("네 명 예약 될까요?", "네"),
        ("오만 원이면 될까요?", "오만"),
        ("스무 송이도 되나요?", "스무"),
        ("서른 꾸러미쯤 되려나", "서른"),
        ("창가 말고 룸으로 부탁드려도 될까요?", "룸"),
        ("tomorrow?", "tomorrow"),
        ("two?", "two"),
        ("how about tomorrow?", "tomorrow"),
        ("is tomorrow ok?", "tomorrow"),
        ("can we do 3 pm?", "3 pm"),
        ("do you have a table for four?", "four"),
        ("2.5?", "2.5"),
    ],
)
def test_a_value_that_is_offered_is_a_value(text, value):
    assert read(text, value) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("내일도 수영장 열어요?", "내일"),
        ("수국은 며칠이나 가요", "수국"),
        ("캐나다 비자는 비싼가요?", "캐나다"),
        ("3살짜리도 인원에 들어가나요?", "3"),
        ("바닐라는 많이 느끼한가요?", "바닐라"),
        ("바닐라는 가격이 달라요?", "바닐라"),
        ("do you open on mondays?", "mondays"),
        ("are you busy on weekends?", "weekends"),
        ("Is the pool open tomorrow?", "tomorrow"),
        ("do you open at 9?", "9"),
        ("what happens on Friday?", "Friday"),
    ],
)
def test_a_value_that_is_asked_about_is_none(text, value):
    assert read(text, value) == "Instead"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("내일이요. 근데 주차 되나요?", "내일"),
        ("네 명요! 아이는 무료예요?", "네"),
        ("안 따뜻해요 왜 이럴까요?", "안 따뜻해요"),
        ("Tomorrow. Is parking free?", "Tomorrow"),
        ("Is parking free? I'd come tomorrow.", "tomorrow"),
    ],
)
def test_a_value_in_another_sentence_stands_beside_the_question(text, value):
    assert read(text, value) == "Besides"


@pytest.mark.parametrize(
    "text",
    [
        "Where the Crawdads Sing",
        "How to Win Friends",
        "What If?",
        "Howard",
        "Will Smith",
        "왜 세계의 절반은 굶주리는가",
        "무엇이 옳은가",
        "김하니?",
        "왜관",
    ],
)
def test_an_open_type_keeps_titles_and_names(text):
    assert read(text, text, score=0.5, listed=False) is None


@pytest.mark.parametrize(
    ("text", "name"), [("유나요?", "유나"), ("김하니요?", "김하니"), ("가나요?", "가나")]
)
def test_a_short_name_with_a_polite_ending_is_no_question(text, name):
    assert read(text, name, score=0.5, listed=False) is None


@pytest.mark.parametrize(
    "text",
    ["어디가 좋아요?", "지점이 몇 군데나 있어요?", "Which one is closest?", "Can I skip this?"],
)
def test_an_open_type_takes_no_clear_question(text):
    assert read(text, text.rstrip("?"), score=0.5, listed=False) == "Instead"


@pytest.mark.parametrize(
    ("locale", "text", "asks"),
    [
        (KO, "조용한 방 가능할까요?", None),
        (KO, "채식 조식 되나요?", None),
        (KO, "잠깐만요, 여기엔 뭘 적어야 하죠?", "Instead"),
        (KO, "근데 룸서비스는 몇 시까지 해요?", "Instead"),
        (EN, "Will you marry me?", None),
        (EN, "Can I get a late checkout?", None),
        (EN, "What should I write here?", "Instead"),
        (EN, "How many words may it have?", "Instead"),
        (KO, "몇 자까지 쓸 수 있나요?", "Instead"),
        (EN, "Quick question, is there room service?", "Instead"),
    ],
)
def test_where_any_text_is_a_value_only_breaking_off_or_asking_about_it_counts(locale, text, asks):
    assert question(text, locale, any_text=True) == asks


@pytest.mark.parametrize("locale", ["de_DE", "ja_JP", "xx_XX"])
def test_a_locale_whose_language_knows_no_questions_reads_those_of_english(locale):
    assert question("do you have parking?", locale) == "Instead"


def test_a_wide_question_mark_is_one():
    assert question("駐車場はありますか？", "ja_JP") == "Instead"


@pytest.mark.parametrize(
    "piece", ["이요", "에는", "예약이 방문도 ", "is it ", "a an ", "umm, ", "왜 "]
)
def test_a_text_that_goes_in_circles_ends(piece):
    text = ("1" + piece * 400)[:1024]
    assert read(text, "1") in (None, "Instead", "Besides")
    assert question(text + "!", EN) in (None, "Instead", "Besides")


@pytest.mark.parametrize(
    ("text", "value", "asks"),
    [
        ("02-555-1234 이거 되죠?", "02-555-1234", None),
        ("일단 한 달만 해 볼까요?", "한", None),
        ("마흔둘인데 너무 늦었나요?", "마흔둘", "Besides"),
        ("could we do 10:30 in the morning?", "10:30 morning", None),
        ("could you ship it to Boise?", "Boise", None),
        ("드라이 받을 수 있을까요?", "드라이", None),
        ("여덟 살인데 괜찮나요?", "여덟", None),
        ("세 시간만 쓸 수 있나요?", "세", None),
        ("장미 키우기 쉬워요?", "장미", "Instead"),
        ("the 3rd, do you need a deposit?", "3rd", "Besides"),
    ],
)
def test_a_value_whose_words_stand_apart_or_before_the_question_is_kept(text, value, asks):
    assert read(text, value) == asks


@pytest.mark.parametrize(
    ("locale", "text", "asks"),
    [
        (KO, "취소 수수료가 얼마예요?", True),
        (KO, "취소는 언제까지 할 수 있어요?", True),
        (KO, "취소해 주실 수 있나요?", False),
        (KO, "제 세탁물 지금 어디쯤이에요?", False),
        (EN, "is there a cancellation fee?", True),
        (EN, "How late can I cancel?", True),
        (EN, "can you cancel my pickup?", False),
        (EN, "where is my laundry?", False),
        (EN, "I was wondering when you close", True),
        (KO, "문 몇 시에 닫는지 궁금한데요", True),
        (KO, "학생은 할인 되나요?", True),
        (KO, "눈 오면 취소돼요?", True),
        (KO, "세탁은 며칠 걸려요?", True),
        (KO, "가게가 어디에 있는지 알 수 있을까요?", True),
        (KO, "이불 빨래도 하시나요?", True),
        (EN, "where's your store?", True),
        (EN, "where's my shirt?", False),
    ],
)
def test_terms_are_what_something_costs_and_until_when_it_goes(locale, text, asks):
    assert asks_terms(text, locale) is asks


@pytest.mark.parametrize(
    ("locale", "text", "asks"),
    [
        (EN, "do you fix trikes too?", True),
        (EN, "fix my trike too", False),
        (EN, "do you fix bikes?", False),
        (KO, "세발자전거도 고치시나요?", True),
        (KO, "세발자전거도 고쳐 주세요", False),
    ],
)
def test_who_asks_for_something_besides_asks_more(locale, text, asks):
    assert asks_more(text, locale) is asks


@pytest.mark.parametrize("text", ["where exactly is Daegu?", "when else are you in Daegu?"])
def test_a_word_behind_the_question_word_leaves_it_a_question(text):
    assert read(text, "Daegu") == "Instead"


def test_what_is_asked_for_besides_is_no_short_name():
    assert read("수영장도 있어요?", "수영장", score=0.6, listed=False) == "Instead"
    assert read("유나요?", "유나", score=0.6, listed=False) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("CCTV 있어요?", "CCTV"),
        ("AS 되나요", "AS"),
        ("사우나 있어요?", "사우나"),
        ("Got CCTV?", "Got CCTV"),
        ("any lifts?", "any lifts"),
        ("sauna too?", "sauna too"),
    ],
)
def test_an_open_type_takes_nothing_whose_existence_is_asked_after(text, name):
    assert read(text, name, score=0.8, listed=False) == "Instead"


def test_what_the_type_lists_is_offered_however_it_is_asked_after():
    assert read("사우나 있어요?", "사우나", score=0.8) is None
    assert read("any doubles?", "doubles", score=0.8) is None


def test_who_asks_what_is_left_of_something_wishes_for_it():
    assert read("any doubles left?", "any doubles left", score=0.8, listed=False) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("토요일에도 되죠?", "토요일"),
        ("주말에도 가능한가요", "주말"),
        ("You're open Saturdays too, right?", "Saturdays"),
    ],
)
def test_what_offers_a_day_and_asks_about_such_days_does_both(text, day):
    assert read(text, day) == "Besides"


def test_a_tag_behind_a_statement_asks():
    assert question("There's a pool, isn't there?", EN) == "Instead"
    assert read("Friday, right?", "Friday") is None
