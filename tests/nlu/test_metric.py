"""The metric of small bots: what tells wishes apart, learned over many bots, in the vectors."""

import numpy as np
import pytest

from daehwa.nlu.quality import RECIPES
from daehwa.nlu.whole_numbers import packed, unpacked

TURNED = [recipe for recipe in RECIPES.values() if recipe.metric]


def cosine(recipe, one, other):
    first, second = recipe.encode((one, other))
    return float(first @ second) / len(recipe.encoders)


def plain(recipe):
    return next(
        each for each in RECIPES.values() if each.encoders == recipe.encoders and not each.metric
    )


@pytest.mark.parametrize("recipe", TURNED, ids=lambda recipe: recipe.name)
def test_turned_vectors_are_unit_vectors_near_the_encoders_own(recipe):
    texts = ("창고 열쇠를 찾아요", "ㅋㅋ", "please open the gate")
    turned, own = recipe.encode(texts), plain(recipe).encode(texts)
    for one, other in zip(recipe.parts(turned), recipe.parts(own), strict=True):
        np.testing.assert_allclose(np.linalg.norm(one, axis=1), 1, atol=1e-5)
        assert (one * other).sum(axis=1).min() > 0.8


def test_the_second_stage_goes_on_from_the_first_ones_vectors():
    first, second = RECIPES["balanced_ko"], RECIPES["small_ko"]
    texts = ("모임 장소 알려 주세요", "몇 시에 모여요")
    before = first.encode(texts)
    np.testing.assert_allclose(second.encode(texts, before), second.encode(texts), atol=1e-6)
    np.testing.assert_allclose(second.encode(texts)[:, : first.width], before, atol=1e-6)


SAMPLE_SAME_WISH_OTHER_THING = (
    ("화분 분갈이 예약하고 싶어요", "분갈이 날 잡아 주세요", "미용실 예약하고 싶어요"),
    ("악기 대여료 얼마예요", "첼로 빌리는 데 얼마 들어요", "비행기표 얼마예요"),
    ("수업을 취소할게요", "내일 레슨 못 가요", "신문 구독을 취소할게요"),
    ("열쇠를 잃어버렸어요", "키를 어디 뒀는지 모르겠네", "길을 잃어버렸어요"),
    ("회비 내고 싶어요", "이번 달 회비 어디로 보내요", "세금 내고 싶어요"),
)


def test_another_thing_in_the_same_words_is_farther_than_it_was():
    def lead(recipe):
        """How much nearer the same wish is than the other thing, on average."""
        return np.mean(
            [
                cosine(recipe, sample, same) - cosine(recipe, sample, other)
                for sample, same, other in SAMPLE_SAME_WISH_OTHER_THING
            ]
        )

    recipe = RECIPES["small_ko"]
    assert lead(recipe) > lead(plain(recipe))


def test_rows_in_whole_numbers_are_read_as_they_were_written():
    rows = np.random.default_rng(0).normal(size=(3, 40)).astype(np.float32)
    content = b"before" + packed(rows) + packed(-rows)
    first, place = unpacked(content, start=6, count=3, width=40)
    second, end = unpacked(content, start=place, count=3, width=40)
    np.testing.assert_allclose(first, rows, atol=np.abs(rows).max() / 250)
    np.testing.assert_array_equal(second, -first)
    assert end == len(content)
