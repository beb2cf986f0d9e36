"""Whatever is typed, filling and reading stand it, and give shapes that hang together."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from .conftest import NOW

PIECES = """
서울 에서 부산 으로 내일 두 명 잔 아메리카노 라떼 피자 페퍼로니 와 주세요 이에요 {From} , . ?
boston from to tomorrow two roses and cheese white honda 2021 my name is 5 pm
"""
WORDS = st.lists(st.sampled_from(PIECES.split()), max_size=12)
TEXTS = st.one_of(st.text(max_size=80), WORDS.map(" ".join), WORDS.map("".join))


@pytest.fixture(scope="module")
def places(korean, english):
    """Each intent of both bots with the names of its slots."""
    return [
        (language, intent.name, list(intent.slots))
        for language, locale in (("ko", korean), ("en", english))
        for intent in locale.intents.values()
    ]


@given(text=TEXTS)
@settings(deadline=None)
def test_filling(models, places, text):
    for language, intent, names in places:
        slots = models[language].fill(intent, text, now=NOW)
        assert set(slots) <= set(names)
        for slot in slots.values():
            assert slot.value is not None
            assert slot.value.original_value
            assert (slot.shape == "List") == bool(slot.values)
            assert (slot.shape == "Composite") == bool(slot.sub_slots)


@given(text=TEXTS)
@example(text="\U000e0100")  # a mark with no letter to join
@settings(deadline=None)
def test_reading(models, places, text):
    for language, intent, names in places:
        for name in names:
            reading = models[language].read(intent, name, text, now=NOW)
            if reading is not None:
                assert 0 < reading.score <= 1
                assert reading.slot.value.original_value
