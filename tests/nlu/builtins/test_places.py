"""The open types: names and places, as said, without the words around them."""

import pytest

READ = {
    ("City", "서울로"): "서울",
    ("City", "서울로 해주세요"): "서울",
    ("City", "부산에서"): "부산",
    ("City", "춘천입니다"): "춘천",
    ("City", "서울에서 살고 있어요"): "서울",
    ("City", "부산으로 가 주세요"): "부산",
    ("City", "서울도요"): "서울",
    ("State", "경기도요"): "경기도",
    ("City", "perth"): "perth",
    ("City", "I live in Cedar Falls, please"): "Cedar Falls",
    ("Country", "대한민국이요"): "대한민국",
    ("Country", "the United States"): "United States",
    ("State", "North Carolina"): "North Carolina",
    ("FirstName", "홍길동"): "홍길동",
    ("FirstName", "홍길동입니다"): "홍길동",
    ("FirstName", "저는 홍길동이에요"): "홍길동",
    ("FirstName", "김민수라고 해요"): "김민수",
    ("FirstName", "제 이름은 민수예요"): "민수",
    ("FirstName", "내 이름은 철수야"): "철수",
    ("FirstName", "지은이요"): "지은",
    ("FirstName", "김지은"): "김지은",
    ("FirstName", "미나"): "미나",
    ("FirstName", "김 선자"): "김 선자",
    ("FirstName", "레오나르도 디카프리오"): "레오나르도 디카프리오",
    ("FirstName", "빅토르 위고라고 해요"): "빅토르 위고",
    ("FirstName", "홍길동이요?"): "홍길동",
    ("FirstName", "아이유"): "아이유",
    ("FirstName", "Mary Ann"): "Mary Ann",
    ("FirstName", "my name is John"): "John",
    ("FirstName", "it's John Smith"): "John Smith",
    ("FirstName", "call me Bob please"): "Bob",
    ("LastName", "O'Brien"): "O'Brien",
    ("StreetName", "테헤란로"): "테헤란로",
    ("StreetName", "123 Park Avenue please"): "Park Avenue",
}


@pytest.mark.parametrize(("asked", "expected"), READ.items())
def test_a_reply_is_the_value_without_its_carrier(value, asked, expected):
    name, text = asked
    assert value(name, text, "ko_KR") == expected


def test_a_name_has_no_resolutions_as_lex_recorded_it(read):
    found = read("FirstName", "홍길동", "ko_KR")
    assert (found.original, found.interpreted, found.resolved) == ("홍길동", "홍길동", ())


def test_what_a_list_knows_is_surer_than_what_looks_like_it(read):
    assert read("City", "서울", "ko_KR").sure == 1.0
    assert 0.5 < read("City", "청평", "ko_KR").sure < 1.0


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("City", "what is the weather like tomorrow in your city?"),
        ("City", "12345"),
        ("FirstName", "네"),
        ("FirstName", "대한민국의 수도는 어디야?"),
        ("FirstName", "오늘의 문장 뽑을래요"),
        ("FirstName", "너는 누구니"),
        ("FirstName", "네 이름은 뭐니"),
        ("FirstName", "말하기 싫어"),
        ("FirstName", "안 알려줄래"),
        ("FirstName", "배고프다"),
        ("FirstName", "몰라요"),
        ("FirstName", "who are you"),
        ("FirstName", "not telling you"),
        ("FirstName", "can you help me"),
        ("City", "tell me something about the history of the town"),
    ],
)
def test_a_sentence_or_a_plain_answer_is_no_name(value, name, text):
    assert value(name, text, "ko_KR") is None


def test_names_in_a_sentence_are_sure_only_where_they_are_given(find):
    assert ("김민수", "김민수") in find("FirstName", "저는 김민수라고 해요", "ko_KR")
    assert find("FirstName", "i'm hungry") == []
    assert find("FirstName", "나는 배고파", "ko_KR") == []
    assert find("FirstName", "My name is Xiulan") == [("Xiulan", "Xiulan")]
