"""Likeness by letters and words."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daehwa.nlu.ngrams import NGrams, terms, terms_of

WORDS = st.lists(st.text("abc가나다", min_size=1, max_size=6), min_size=1, max_size=5).map(" ".join)


def test_a_text_is_entirely_like_itself():
    ngrams = NGrams.learn(["book a hotel", "rent a car", "호텔 예약해 줘"])
    for row, text in enumerate(("book a hotel", "rent a car", "호텔 예약해 줘")):
        likeness, coverage = ngrams.likeness(text)
        assert likeness[row] == pytest.approx(1, abs=1e-5)
        assert coverage == 1.0
        assert np.argmax(likeness) == row


def test_what_is_unknown_lowers_likeness_and_coverage():
    ngrams = NGrams.learn(["book a hotel", "rent a car"])
    likeness, coverage = ngrams.likeness("book a zeppelin")
    assert 0 < likeness[0] < 1
    assert 0 < coverage < 1


def test_a_text_with_nothing_in_common_is_not_alike_at_all():
    ngrams = NGrams.learn(["book a hotel"])
    likeness, coverage = ngrams.likeness("날씨")
    assert likeness.tolist() == [0.0]
    assert coverage == 0.0


def test_a_korean_ending_changes_little():
    ngrams = NGrams.learn(["호텔 예약해 줘", "날씨 알려 줘"])
    likeness, _ = ngrams.likeness("호텔 예약해 주세요")
    assert likeness[0] > 2 * likeness[1]


def test_runs_of_letters_do_not_cross_words_but_pairs_of_words_do():
    _, joined = terms(["ab cd"])
    _, apart = terms(["ab", "cd"])
    assert set(apart.tolist()) < set(joined.tolist())
    assert len(set(joined.tolist()) - set(apart.tolist())) == 1


def test_terms_stay_with_their_text():
    texts = ["a b c", "", "안녕하세요", "x" * 100]
    together = terms(texts)
    for row, text in enumerate(texts):
        alone = terms([text])[1]
        assert sorted(together[1][together[0] == row].tolist()) == sorted(alone.tolist())


@settings(deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=8))
def test_likeness_is_symmetric_and_at_most_one(texts):
    ngrams = NGrams.learn(texts)
    square = np.array([ngrams.likeness(text)[0] for text in texts])
    assert np.allclose(square, square.T, atol=1e-5)
    assert square.max() <= 1 + 1e-5


@settings(deadline=None)
@given(WORDS)
def test_its_arrays_are_all_of_it(text):
    first = NGrams.learn(["book a hotel", "가나다 abc"])
    second = NGrams.of(first.arrays(), size=2, own=2)
    assert first.likeness(text)[0].tolist() == second.likeness(text)[0].tolist()
    assert first.likeness(text)[1] == second.likeness(text)[1]


@settings(max_examples=60, deadline=None)
@given(st.text("ab 가𝄞", max_size=40) | st.text("ab 가", min_size=190, max_size=210))
def test_a_text_alone_has_the_terms_that_it_has_among_others(text):
    """Short texts are taken apart letter by letter, those of a bot all at once."""
    hashes, count = np.unique(terms((text,))[1], return_counts=True)
    alone, times = terms_of(text)
    assert alone.tolist() == hashes.tolist()
    assert times.tolist() == count.tolist()


def test_a_word_longer_than_a_text_is_wide_keeps_its_hash():
    for length in (63, 64, 65, 150):
        assert terms_of("가" * length)[0].tolist() == np.unique(terms(("가" * length,))[1]).tolist()
