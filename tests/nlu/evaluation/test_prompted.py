"""Test sets read as conversations, and what is honest to advise about one's own samples."""

import datetime as dt
import math

import pytest

from daehwa import bot
from daehwa.nlu.evaluation import Example, cross_validate, evaluate, locale_of, read_examples

NOW = dt.datetime(2026, 5, 1, 9, tzinfo=dt.UTC)
HEAD = (
    "Line #,Conversation #,Source,Input,Expected Output Intent,"
    "Expected Output Slot 1,Expected Output Slot 2\n"
)


def prompt(text):
    message = bot.Message(plain_text_message=bot.TextValue(value=text))
    return bot.PromptSpecification(message_groups_list=(bot.MessageGroup(message=message),))


def slot(name, kind, text):
    return bot.Slot(
        name=name,
        slot_type_name=kind,
        value_elicitation_setting=bot.SlotValueElicitationSetting(
            prompt_specification=prompt(text)
        ),
    )


def samples(*texts):
    return tuple(bot.SampleUtterance(utterance=text) for text in texts)


@pytest.fixture(scope="module")
def salon():
    sizes = [
        bot.SlotTypeValue(sample_value=bot.SampleValue(value=size)) for size in ("소형견", "대형견")
    ]
    return bot.BotLocale(
        identifier="ko_KR",
        slot_types={
            "DogSize": bot.SlotType(
                name="DogSize",
                slot_type_values=tuple(sizes),
                value_selection_setting=bot.ValueSelectionSetting(
                    resolution_strategy="TOP_RESOLUTION"
                ),
            )
        },
        intents={
            "Book": bot.Intent(
                name="Book",
                sample_utterances=samples("미용 예약할게요", "강아지 미용 예약", "털 깎아 주세요"),
                slots={
                    "Size": slot("Size", "DogSize", "몸집이 어떤가요?"),
                    "Day": slot("Day", "AMAZON.Date", "{Size} 맞으시죠? 언제 오세요?"),
                },
                slot_priorities=(
                    bot.SlotPriority(slot_name="Size", priority=1),
                    bot.SlotPriority(slot_name="Day", priority=2),
                ),
                intent_confirmation_setting=bot.IntentConfirmationSetting(
                    prompt_specification=prompt("예약할까요?")
                ),
            ),
            "Price": bot.Intent(
                name="Price",
                sample_utterances=samples("얼마예요", "가격 알려줘", "요금이 궁금해요"),
            ),
            "Parking": bot.Intent(
                name="Parking",
                sample_utterances=samples("주차 되나요", "주차장 있어요", "차 댈 곳"),
            ),
            "FallbackIntent": bot.DEFAULT_FALLBACK_INTENT,
        },
    )


@pytest.fixture
def test_set(tmp_path):
    def test_set(*rows):
        file = tmp_path / "set.csv"
        file.write_text(HEAD + "\n".join(rows) + "\n", "utf-8")
        return read_examples(file)

    return test_set


TALK = (
    "1,1,User,미용 예약할게요,Book,,",
    "2,1,Agent,몸집이 어떤가요?,,,",
    "3,1,User,소형견,Book,Size = 소형견,",
    "4,1,Agent,소형견 맞으시죠? 언제 오세요?,,,",
    "5,1,User,내일,Book,Size = 소형견,Day = 2026-05-02",
    "6,1,Agent,예약할까요?,,,",
    "7,1,User,네,Book,,",
)


def test_a_slot_reply_is_judged_as_a_reply(salon, test_set):
    shown = evaluate(salon, test_set(*TALK), now=NOW)
    assert [judged.elicited for judged in shown.judged] == [None, "Book.Size", "Book.Day", "Book"]
    assert shown.handled == 1.0
    assert shown.advice == ()


def test_dates_are_relative_to_now(salon, test_set):
    assert evaluate(salon, test_set(*TALK), now=NOW).slot_f1 == 1.0
    later = evaluate(salon, test_set(*TALK), now=NOW + dt.timedelta(days=3))
    assert later.slot_f1 < 1.0


def test_a_reply_that_is_no_value_is_advised_for_the_slot_s_type(salon, test_set):
    shown = evaluate(salon, test_set(*TALK[:2], "3,1,User,쫑긋쫑긋,Book,Size = 소형견,"), now=NOW)
    assert shown.handled == 0.5
    assert any("Book.Size" in line and "쫑긋쫑긋" in line for line in shown.advice)
    assert not any("샘플로" in line for line in shown.advice)


def test_a_row_without_a_conversation_stands_alone(test_set):
    rows = ("1,,User,미용 예약할게요,Book,,", "2,N/A,User,소형견,Book,,")
    assert [example.prompt for example in test_set(*rows)] == [None, None]


def test_a_reply_without_an_expected_intent_goes_on_with_it(test_set):
    *_, last = test_set(*TALK[:2], "3,1,User,소형견,,Size = 소형견,")
    assert last == Example(
        "소형견", "Book", {"Size": "소형견"}, conversation="1", prompt="몸집이 어떤가요?"
    )


def test_conversations_that_alternate_in_the_file_stay_apart(salon, test_set):
    rows = (TALK[0], "9,2,User,얼마예요,Price,,", *TALK[1:3], "10,2,User,주차 되나요,Parking,,")
    shown = evaluate(salon, test_set(*rows), now=NOW)
    assert [judged.elicited for judged in shown.judged] == [None, None, "Book.Size", None]


def test_held_out_intents_are_named_and_nobody_calls_them_strangers(salon):
    shown = cross_validate(salon)
    held = [judged for judged in shown.judged if judged.held_out]
    assert {judged.held_out for judged in held} == {"Book", "Price", "Parking"}
    assert not any("봇의 일이 아닌" in line for line in shown.advice)
    assert any("(의도를 빼고 잰 값)" in name for name, _ in shown.table())


def test_the_share_that_is_handled_leaves_held_out_intents_aside(salon):
    shown = cross_validate(salon)
    own = [judged for judged in shown.judged if judged.held_out is None]
    right = [judged for judged in own if judged.right and judged.score >= shown.threshold]
    assert shown.handled == len(right) / len(own)


def test_strangers_of_a_test_set_are_still_strangers():
    locale = locale_of([Example(t, "Refund") for t in ("refund please", "money back", "a refund")])
    shown = evaluate(locale, [Example("refund please", "oos")])
    assert any("not the bot's business" in line for line in shown.advice)
    assert not math.isnan(shown.handled)
