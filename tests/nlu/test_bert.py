"""The network's parts, beside what they are by definition."""

import math

import numpy as np
import pytest

from daehwa.nlu import bert


@pytest.mark.parametrize("outputs", [2, 384, 1152])
def test_a_map_in_8_bits_is_its_numbers_times_their_columns_scales(outputs):
    random = np.random.default_rng(1)
    numbers = random.integers(-127, 128, (384, outputs), dtype=np.int8)
    scale, bias = random.random((2, outputs), dtype=np.float32)
    states = random.standard_normal((5, 384), dtype=np.float32)
    mapped = bert._Map.of(numbers, scale, bias)(states)
    assert np.allclose(mapped, states @ (numbers * scale) + bias, rtol=1e-4, atol=1e-2)


def test_gelu_is_a_number_times_the_normal_distributions_share_below_it():
    numbers = np.linspace(-8, 8, 2001, dtype=np.float32)
    expected = [each * 0.5 * (1 + math.erf(each / math.sqrt(2))) for each in numbers.tolist()]
    assert np.allclose(bert._gelu(numbers.copy()), expected, atol=1e-6)
