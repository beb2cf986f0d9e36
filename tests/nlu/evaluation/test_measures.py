"""The measures, against values worked out by hand and against scikit-learn."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import f1_score, roc_auc_score

from daehwa.nlu.evaluation.measures import (
    auroc,
    balance_at,
    calibration,
    macro_f1,
    slot_f1,
    trade_off,
)

SCORES = st.lists(st.floats(0, 1).map(lambda x: round(x, 1)), min_size=1, max_size=20)


@settings(deadline=None)
@given(SCORES, SCORES)
def test_auroc_is_scikit_learns(inside, outside):
    truth = [1] * len(inside) + [0] * len(outside)
    expected = roc_auc_score(truth, inside + outside)
    assert auroc(np.array(inside), np.array(outside)) == pytest.approx(expected)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abcd")), min_size=1))
def test_macro_f1_is_scikit_learns_over_the_true_intents(pairs):
    truth, said = [t for t, _ in pairs], [s for _, s in pairs]
    expected = f1_score(truth, said, labels=sorted(set(truth)), average="macro", zero_division=0)
    assert macro_f1(truth, said) == pytest.approx(expected)


def test_what_no_text_tells_is_nan():
    nothing = np.array([])
    assert math.isnan(auroc(np.array([0.5]), nothing))
    assert math.isnan(slot_f1([]))
    balance = balance_at(0.4, np.array([0.9]), np.array([True]), np.array([False]))
    assert balance.right == 1.0
    assert math.isnan(balance.caught)


def test_calibration_compares_each_tenth_with_what_came_true():
    error, bins = calibration(
        np.array([0.95, 0.95, 0.05, 1.0]), np.array([True, False, False, True])
    )
    assert [b.count for b in bins] == [1, 0, 0, 0, 0, 0, 0, 0, 0, 3]
    assert bins[9].right == pytest.approx(2 / 3)
    assert error == pytest.approx((0.05 + 3 * abs(2.9 / 3 - 2 / 3)) / 4)


def test_the_trade_off_runs_from_taking_all_to_taking_little():
    scores = np.array([0.9, 0.5, 0.3])
    right = np.array([True, True, False])
    outside = np.array([False, False, True])
    curve = trade_off(scores, right, outside)
    assert (curve[0].right, curve[0].caught) == (1.0, 0.0)
    assert (curve[40].right, curve[40].caught) == (1.0, 1.0)
    assert (curve[60].right, curve[60].caught) == (0.5, 1.0)


def test_slots_count_when_the_phrase_is_exact_but_for_capitals():
    pairs = [
        ({"City": "Rome", "Day": "today"}, {"City": "rome"}),
        ({"City": "Bern"}, {"City": "in Bern"}),
    ]
    assert slot_f1(pairs) == pytest.approx((2 * 1 / 4 + 0) / 2)
