"""What of a text is denied, by which words, and how far it reaches."""

import pytest

from daehwa.nlu.languages.text import Text
from daehwa.nlu.negation.denials import asserted_in, blanked, denials, denied_in, denies


def read(text):
    """The denials of a text: (kind, what is denied, by what)."""
    locale = "ko_KR" if any("가" <= char <= "힣" for char in text) else "en_US"
    folded = Text(text).folded
    return [
        (
            denial.kind,
            folded[denial.scope.start : denial.scope.end],
            folded[denial.cue.start : denial.cue.end].strip(" ,.!?"),
        )
        for denial in denials(folded, locale)
    ]


@pytest.mark.parametrize(
    ("text", "kind", "denied"),
    [
        # No thanks, as people say it; what is to stay as it is.
        ("진료 예약은 됐어요", "decline", "진료 예약은"),
        ("배달은 됐고요 포장할게요", "decline", "배달은"),
        ("leave my booking as it is", "forbid", "my booking as it is"),
        ("keep the room as planned please", "forbid", "the room as planned"),
        # What is denied stands before the cue in Korean ...
        ("콜라 말고 사이다 주세요", "contrast", "콜라"),
        ("피자를 콜라 말고 사이다랑 주세요", "contrast", "콜라"),
        ("반품이 아니라 교환이요", "contrast", "반품이"),
        ("반품하려는 게 아니고 교환하려고요", "contrast", "반품하려는"),
        ("기차 대신 버스로 할게요", "contrast", "기차"),
        ("내일말고모레요", "contrast", "내일"),
        ("저녁 여섯 시는 늦고 다섯 시요", "unfit", "저녁 여섯 시는"),
        ("구독 해지하지 마세요", "forbid", "구독 해지"),
        ("구독 해지 하지마", "forbid", "구독 해지"),
        ("구독 끊지 말아 주세요", "forbid", "구독 끊"),
        ("구독 해지하면 안 돼요", "forbid", "구독 해지하"),
        ("구독 해지하지 않도록 해 주세요", "forbid", "구독 해지"),
        ("구독 해지 안 할래요", "decline", "구독 해지"),
        ("구독을 해지하고 싶지 않아요", "decline", "구독을 해지하"),
        ("해지할 생각 없어요", "decline", "해지할"),
        ("영수증은 필요 없어요", "decline", "영수증은"),
        ("i'm not bringing a stroller", "decline", "bringing a stroller"),
        ("i am not locked out", "state", "i am not locked out"),
        ("영수증 안 주셔도 돼요", "decline", "영수증"),
        ("해지하려는 거 아니에요", "decline", "해지하려는"),
        ("금요일은 안 돼요", "unfit", "금요일은"),
        ("월요일 아니 화요일이요", "correction", "월요일"),
        ("두 장이요. 아 잠깐만요, 세 장이요", "correction", "두 장이요"),
        ("화면 파손 안 됐어요", "state", "화면 파손"),
        ("지갑이 도난은 안 당했어요", "state", "지갑이 도난은"),
        # ... and mostly behind it in English.
        ("don't delete my account", "forbid", "delete my account"),
        ("please do not delete my account, rename it", "forbid", "delete my account"),
        ("you must not delete it", "forbid", "delete it"),
        ("I don't want to delete my account", "decline", "to delete my account"),
        ("i'm not trying to delete my account", "decline", "to delete my account"),
        ("there's no need to call me", "decline", "call me"),
        ("not the blue one but the red one", "contrast", "the blue one"),
        ("the red one, not the blue one", "contrast", "the blue one"),
        ("the train instead of the bus", "contrast", "the bus"),
        ("my bike was not stolen", "state", "my bike was not stolen"),
        ("friday doesn't work for me", "unfit", "friday"),
        ("blue, no, red", "correction", "blue"),
        ("blue... scratch that, make it red", "correction", "blue"),
        ("blue, I mean red", "correction", "blue"),
        ("delete it? no, rename it", "correction", "delete it"),
    ],
)
def test_a_denial_reaches_over_its_phrase_or_clause(text, kind, denied):
    assert [(each[0], each[1]) for each in read(text)] == [(kind, denied)]


@pytest.mark.parametrize(
    "text",
    [
        # "Not only", "or", and what must not be forgotten.
        "콜라뿐만 아니라 사이다도 주세요",
        "콜라 말고도 뭐가 있어요",
        "월요일 아니면 화요일이요",
        "잊지 말고 전화해 주세요",
        "걱정하지 마세요",
        "not only the red one",
        "don't forget to call me",
        "I'm not sure",
        # Questions ask for what they deny.
        "반품하면 안 될까요",
        "오늘 배달 안 해요?",
        "왜 반품 안 해 주세요",
        "why don't we book a table",
        "can't I pay by card?",
        "isn't breakfast included",
        # What fails is reported, and not denied.
        "화면이 안 켜져요",
        "소리가 안 들려요",
        "the screen is not working",
        "my parcel did not arrive",
        # Words that only look like it.
        "안녕하세요",
        "안내 데스크가 어디예요",
        "주말에 여나요",
        "잠깐만요",
        "아니 왜 이렇게 늦어요",
        "no",
        "there is no signal in my room",
        "sorry, where are you",
        "wait for me",
    ],
)
def test_other_words_deny_nothing(text):
    assert [each for each in read(text) if each[0] != "unfit"] == []


def test_a_bare_refusal_is_of_all_that_went_before():
    assert read("delete my account. please don't") == [
        ("forbid", "delete my account. please", "don't")
    ]


def test_what_is_asserted_is_the_rest():
    text = Text("Blue, no, red please")
    some = denials(text.folded, "en_US")
    assert blanked(text.raw, asserted_in(text.folded, some)) == "…" * 10 + "red please"


def test_a_link_to_what_replaces_it_goes_too():
    text = Text("not Oslo but Bergen")
    rest = blanked(text.raw, asserted_in(text.folded, denials(text.folded, "en_US")))
    assert rest.strip("… ") == "Bergen"


def test_of_a_correction_with_nothing_behind_it_the_last_word_stays():
    text = Text("yes... wait, no")
    rest = blanked(text.raw, asserted_in(text.folded, denials(text.folded, "en_US")))
    assert rest.strip("… ") == "no"


@pytest.mark.parametrize("text", ["no" + "." * 1000, "," * 1000 + "no", "안 " * 300, "um, " * 250])
def test_a_text_of_marks_or_cues_alone_denies_nothing(text):
    assert denials(text, "ko_KR") == ()


def test_a_locale_reads_the_denials_of_the_languages_mixed_into_it():
    assert denies("not monday, tuesday", "ko_KR")
    assert not denies("월요일 말고 화요일", "en_US")


def test_a_piece_holds_the_words_that_deny():
    assert denied_in(["월요일 말고 화요일"], "월요일 말고 화요일 예약", "ko_KR")
    assert not denied_in(["화요일"], "월요일 말고 화요일 예약", "ko_KR")
