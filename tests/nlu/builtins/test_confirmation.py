"""AMAZON.Confirmation, and plain answers to a confirmation prompt."""

import pytest

from daehwa.nlu.builtins import Text, answer

KOREAN = {
    "Yes": """
네|예|응|넵!|ㅇㅇ|ㅇㅇㅇㅇ
맞아요|맞습니다.|그래|그래요~|좋아요!
네, 맞습니다|네 그렇게 해주세요|당연하죠
응ㅋㅋ|네에|ok|Yes|sure|네 감사합니다|진행해 주세요|어 맞아
""",
    "No": """
아니|아니요|아뇨|ㄴㄴ|틀려요|틀렸어요|아니에요
안 돼요|안돼요|싫어요
아니 취소해 주세요|됐어요|no|nope
아뇨, 아니에요
""",
    "Maybe": "아마도요|글쎄 아마|그럴지도 몰라요|maybe|어쩌면",
    "Don't know": "모르겠어요|글쎄요|잘 모르겠습니다|몰라|i don't know",
}
ENGLISH = {
    "Yes": """
yes|Yeah|yep|Ok|sure|yes please|YES!!!|yesss|that's right|Yes, go ahead please|of course|no problem
""",
    "No": "no|Nope|no thanks|no, that's wrong|not really|never mind|nooo|No.",
    "Maybe": "maybe|it's possible|I might",
    "Don't know": "dunno|I don't know|not sure|who knows",
}
NEITHER = """
내 이름은 철수야|예약|그럼 내일|네 시에 갈게요|book a room|yes no|no yes|서울|yesterday|note
응급실 어디야|아니스
"""


def listed(said):
    return [text for line in said.splitlines() for text in line.split("|") if text]


def table(said):
    return [(text, value) for value, texts in said.items() for text in listed(texts)]


@pytest.mark.parametrize(("text", "expected"), table(KOREAN))
def test_korean(text, expected):
    assert answer(Text(text), "ko_KR") == expected


@pytest.mark.parametrize(("text", "expected"), table(ENGLISH))
def test_english(text, expected):
    assert answer(Text(text), "en_US") == expected
    assert answer(Text(text), "ko_KR") == expected


@pytest.mark.parametrize("text", listed(NEITHER))
def test_what_says_more_or_something_else_is_no_answer(text):
    assert answer(Text(text), "ko_KR") is None


def test_korean_words_are_read_where_the_locale_is_korean():
    assert answer(Text("네"), "en_US") is None


DIALECT = {
    "Yes": "해주이소|그래예|맞심더|알겠심더|맞아유|알았슈|좋지라|맞당께|하입시더|그려유|기다",
    "No": "안 됩니더|싫어예|아이다|아니랑께|안 할랍니더|됐구먼유",
}
WORDED = {
    "Yes": """
네 아니요 중에 네|맞는데용|👍|✅ 👌|that'd be a yes|nah wait, yes|yes love|affirmative captain
10-4|it sure does|och aye
""",
    "No": """
그럴 리가 없어요|아뇽|싫은뎅|👎|nooope|can't say that i do|no thank you dear|fat chance|no thx
""",
}


@pytest.mark.parametrize(("text", "expected"), table(DIALECT))
def test_dialects_of_korean(text, expected):
    assert answer(Text(text), "ko_KR") == expected


@pytest.mark.parametrize(("text", "expected"), table(WORDED))
def test_answers_in_other_words_and_signs(text, expected):
    assert answer(Text(text), "ko_KR") == expected


def test_signs_that_disagree_are_no_answer():
    assert answer(Text("👍👎"), "ko_KR") is None
