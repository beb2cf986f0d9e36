"""Which intent a text means that denies something."""

import datetime as dt

import pytest

from daehwa import bot, lex
from daehwa.nlu import learn

NOW = dt.datetime(2026, 3, 5, 9, tzinfo=dt.UTC)
THRESHOLD = 0.4


def a_locale(identifier, **intents):
    return bot.BotLocale(
        identifier=identifier,
        intents={
            name: bot.Intent(
                name=name,
                sample_utterances=tuple(bot.SampleUtterance(utterance=text) for text in samples),
                slots={
                    slot: bot.Slot(name=slot, slot_type_name=kind)
                    for slot, kind in {"Day": "AMAZON.Date", "Seats": "AMAZON.Number"}.items()
                    if any(f"{{{slot}}}" in text for text in samples)
                },
            )
            for name, samples in intents.items()
        },
    )


@pytest.fixture(scope="module")
def gym():
    return learn(
        a_locale(
            "ko_KR",
            Join=[
                "회원 가입하고 싶어요",
                "헬스장 등록할게요",
                "{Day}부터 다니고 싶어요",
                "가입 신청",
            ],
            Pause=[
                "회원권 정지해 주세요",
                "잠시 쉬고 싶어요",
                "휴회 신청할게요",
                "회원권 멈춰 주세요",
            ],
            Refund=["환불해 주세요", "돈 돌려받고 싶어요", "환불 신청", "회비 환불 되나요"],
            Fault=[
                "런닝머신이 고장났어요",
                "샤워기에 물이 안 나와요",
                "사물함이 안 열려요",
                "에어컨이 안 돼요",
            ],
            NoCalls=[
                "광고 전화하지 마세요",
                "문자 보내지 마세요",
                "연락하지 말아 주세요",
                "전화 받기 싫어요",
            ],
        )
    )


@pytest.fixture(scope="module")
def cinema():
    return learn(
        a_locale(
            "en_US",
            Buy=["buy tickets", "I want {Seats} seats", "get me tickets for {Day}", "book seats"],
            Return=[
                "return my tickets",
                "I want my money back",
                "refund my tickets",
                "cancel my seats",
            ],
            Programme=[
                "what's on",
                "show me the programme",
                "which films are on {Day}",
                "film times",
            ],
            Lost=["I lost my umbrella", "my bag was stolen", "lost and found", "I left my coat"],
            Fault=["the screen is not working", "the sound doesn't work", "I can't hear anything"],
        )
    )


def meant(model, text, **named):
    """The intent that the text means at Lex's own threshold, or ``None``."""
    best = model.interpret(text, now=NOW, **named).candidates
    return best[0].intent if best and best[0].score >= THRESHOLD else None


@pytest.mark.parametrize(
    "text",
    [
        "환불하지 마세요",
        "환불 안 할래요",
        "회원권 정지하려는 거 아니에요",
        "환불은 필요 없어요",
        "환불해 주세요 아니 그냥 됐어요",
        "런닝머신 고장 안 났어요",
        "런닝머신은 고장이 안 났어요",
        "환불해 달라는 말 아니에요",
        "환불 신청한 적 없어요",
    ],
)
def test_what_is_denied_is_not_done(gym, text):
    assert meant(gym, text) is None


@pytest.mark.parametrize(
    "text",
    [
        "don't return my tickets",
        "I don't want to return my tickets",
        "please do not book seats",
        "my bag was not stolen",
        "no need to refund my tickets",
        "buy tickets. no, don't",
        "return my tickets... actually, never mind",
        "return my tickets. no, keep it",
    ],
)
def test_what_is_denied_is_not_done_in_english(cinema, text):
    assert meant(cinema, text) is None


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("환불 말고 회원권 정지해 주세요", "Pause"),
        ("회원권 정지가 아니라 환불 신청이요", "Refund"),
        ("가입하려는 게 아니라 환불해 달라고요", "Refund"),
        ("가입 신청이요 아니 환불 신청이요", "Refund"),
        ("환불? 아니요 가입이요", "Join"),
    ],
)
def test_what_replaces_it_is_done(gym, text, intent):
    assert meant(gym, text) == intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("don't return my tickets, show me the programme", "Programme"),
        ("return my tickets? no, show me the programme", "Programme"),
        ("I want to buy tickets, not return my tickets", "Buy"),
        ("buy tickets, sorry, I mean refund my tickets", "Return"),
        ("not the programme, I lost my umbrella", "Lost"),
        ("return tickets? no i want some", "Buy"),
    ],
)
def test_what_replaces_it_is_done_in_english(cinema, text, intent):
    assert meant(cinema, text) == intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("샤워기에서 물이 안 나옵니다", "Fault"),
        ("에어컨이 계속 안 되네요", "Fault"),
        ("저한테 광고 전화 좀 하지 마세요", "NoCalls"),
        ("문자 좀 보내지 말아 주세요", "NoCalls"),
        ("환불하면 안 될까요", "Refund"),
    ],
)
def test_a_denial_that_an_intents_samples_make_belongs_to_it(gym, text, intent):
    assert meant(gym, text) == intent


def test_faults_belong_to_their_intent_in_english(cinema):
    assert meant(cinema, "the sound isn't working") == "Fault"
    assert meant(cinema, "I cannot hear anything at all") == "Fault"


def test_a_correction_of_a_value_keeps_the_intent_and_fills_the_other(cinema):
    best = cinema.interpret("I want 2 seats, make that 3 seats", now=NOW).candidates[0]
    assert (best.intent, best.slots["Seats"].value.interpreted_value) == ("Buy", "3")
    best = cinema.interpret("get me tickets for friday, no, saturday", now=NOW).candidates[0]
    assert (best.intent, best.slots["Day"].value.interpreted_value) == ("Buy", "2026-03-07")


def test_a_samples_own_words_are_obeyed_whatever_they_deny(gym):
    assert gym.interpret("연락하지 말아 주세요", now=NOW).candidates[0].score == 1.0


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("please don't return my tickets", "No"),
        ("yes, don't return my tickets", "No"),
        ("no, I don't want to return my tickets", "No"),
        ("yes... wait, no", "No"),
        ("don't show me the programme", None),
        ("don't return my tickets, show me the programme", None),
    ],
)
def test_who_refuses_what_is_to_be_confirmed_says_no(cinema, text, answer):
    elicited = lex.Elicitation(intent="Return", confirmation=True)
    assert cinema.interpret(text, elicitation=elicited, now=NOW).confirmation == answer


def test_a_reply_takes_the_value_that_replaces_another(cinema):
    elicited = lex.Elicitation(intent="Buy", slot="Seats")
    reading = cinema.interpret("two, no, four", elicitation=elicited, now=NOW).reading
    assert reading.slot.value.interpreted_value == "4"
