"""Evaluation, end to end: measured, advised, and shown."""

import math

import pytest
from tests.material.sources import either_data

from daehwa import bot
from daehwa.nlu import MaterialError
from daehwa.nlu.evaluation import (
    Example,
    cross_validate,
    evaluate,
    locale_of,
    read_examples,
    write_report,
)

REFUND = ("환불해 주세요", "돈 돌려받고 싶어요", "환불받을 수 있나요", "결제 취소하고 환불해 줘")
TRACK = ("택배 어디쯤 왔어요", "배송 조회해 줘", "제 물건 언제 도착해요", "배송 상태 알려줘")
HOURS = ("몇 시까지 해요", "영업시간 알려주세요", "언제 문 열어요", "주말에도 영업하나요")

TRAIN = [
    Example(text, intent)
    for intent, texts in (("환불", REFUND), ("배송", TRACK), ("영업시간", HOURS))
    for text in texts
]
TEST = [
    Example("환불하고 싶은데요", "환불"),
    Example("택배 조회", "배송"),
    Example("오늘 몇 시에 닫아요", "영업시간"),
    Example("고양이가 왜 울까", "oos"),
    Example("삼국지를 쓴 사람이 누구야", "oos"),
]


@pytest.fixture(scope="module")
def shop():
    return evaluate(locale_of(TRAIN), TEST)


def test_it_measures(shop):
    found = shop.measures()
    assert found["accuracy"] == 1.0
    assert found["macro_f1"] == 1.0
    assert found["oos_auroc"] == 1.0
    assert found["oos_recall"] == 1.0
    assert found["slot_f1"] is None
    assert 0 <= found["ece"] <= 1
    assert found["fit_seconds"] > 0
    assert 0 < found["p50_ms"] <= found["p99_ms"]
    assert found["rss_mb"] > 10
    assert set(found) == {
        *("accuracy", "macro_f1", "oos_auroc", "in_scope_accuracy", "oos_recall", "slot_f1"),
        *("ece", "fit_seconds", "p50_ms", "p99_ms", "rss_mb"),
    }


def test_it_shows_each_text_and_each_intent(shop):
    assert [judged.text for judged in shop.judged] == [example.text for example in TEST]
    assert {intent.name: intent.samples for intent in shop.intents} == {
        "환불": 4,
        "배송": 4,
        "영업시간": 4,
    }


def test_it_names_samples_that_overlap_in_the_bots_language():
    twice = [*TRAIN, Example("환불 좀 해 주세요", "취소"), Example("환불해주세요", "취소")]
    found = evaluate(locale_of(twice), TEST[:1])
    assert (found.overlaps[0].one, found.overlaps[0].other) == ("환불", "취소")
    assert "‘환불’과(와) ‘취소’의 샘플" in found.advice[0]
    english = evaluate(locale_of(twice), TEST[:1], language="en")
    assert "samples of '환불' and '취소' say the same" in english.advice[0]


def test_samples_that_are_alike_and_told_apart_say_something_different():
    lamp = {
        "On": ("turn on the lamp", "lamp on", "turn the lamp on", "turn the lamps on"),
        "Off": ("turn off the lamp", "lamp off", "turn the lamp off", "turn the lamps off"),
    }
    kept = [Example(text, intent) for intent, texts in lamp.items() for text in texts]
    assert evaluate(locale_of(kept, "en_US"), TEST[:1]).overlaps == ()
    mixed = [*kept, Example("turn the lamp off now", "On")]
    (pair,) = evaluate(locale_of(mixed, "en_US"), TEST[:1]).overlaps
    assert "turn the lamp off now" in {text for both in pair.samples for text in both}


def test_slots_are_measured_with_the_intent_given():
    train = [
        Example("fly to Rome", "Fly", {"City": "Rome"}),
        Example("fly to Bern", "Fly", {"City": "Bern"}),
        Example("a flight to Oslo please", "Fly", {"City": "Oslo"}),
    ]
    found = evaluate(locale_of(train), [Example("fly to Oslo", "Fly", {"City": "Oslo"})])
    assert found.slot_f1 == 1.0


def test_a_bot_is_cross_validated_on_its_own_samples():
    told = []
    found = cross_validate(locale_of(TRAIN), folds=4, progress=told.append)
    inside = [judged for judged in found.judged if judged.truth != "oos"]
    assert sorted(judged.text for judged in inside) == sorted(e.text for e in TRAIN)
    assert len(found.judged) == 2 * len(TRAIN)
    assert not math.isnan(found.oos_auroc)
    assert told[-1] == 1.0


def test_samples_with_placeholders_are_held_out_with_values_in_them():
    locale = bot.BotLocale(
        identifier="en_US",
        intents={
            "Order": bot.Intent(
                name="Order",
                sample_utterances=tuple(
                    bot.SampleUtterance(utterance=u) for u in ("a {Size} pizza", "order a pizza")
                ),
                slots={"Size": bot.Slot(name="Size", slot_type_name="Size")},
            )
        },
        slot_types={
            "Size": bot.SlotType(
                name="Size",
                slot_type_values=(bot.SlotTypeValue(sample_value=bot.SampleValue(value="large")),),
            )
        },
    )
    texts = {judged.text for judged in cross_validate(locale, folds=2).judged}
    assert texts == {"a large pizza", "order a pizza"}


def test_a_bot_with_lone_samples_cannot_be_cross_validated():
    with pytest.raises(MaterialError, match="two sample utterances"):
        cross_validate(locale_of([Example("안녕", "A"), Example("환불", "B")]))


def test_the_report_is_one_page_that_needs_no_other_host(shop, tmp_path):
    path = write_report(shop, tmp_path / "report")
    page = path.read_text("utf-8")
    assert path.name == "index.html"
    assert '<html lang="ko">' in page
    assert "혼동 행렬" in page
    assert "http" not in page.replace("http-equiv", "")
    assert page.count("<svg") == 2
    english = write_report(shop, tmp_path / "report", language="en").read_text("utf-8")
    assert "Confusion matrix" in english


def test_texts_are_escaped_in_the_report(tmp_path):
    found = evaluate(locale_of(TRAIN), [Example("<script>alert(1)</script> 환불", "배송")])
    page = write_report(found, tmp_path).read_text("utf-8")
    assert "<script>" not in page


@pytest.mark.parametrize("path", either_data("island.jsonl", "snips/train_small.jsonl"))
def test_material_is_read_where_it_is(path):
    examples = read_examples(path)
    locale = locale_of(examples)
    assert len(locale.intents) == 7
    assert locale.identifier == "en_US"
