"""The sentence encoders remember texts, and give each caller vectors of its own."""

import numpy as np
import pytest

from daehwa.nlu import e5, encoder, minilm


def test_a_text_has_the_vector_that_it_has_in_company_however_often_it_is_encoded():
    texts = ["where is my parcel", "택배가 어디쯤 왔나요"]
    together = encoder.encode(texts)
    for _ in range(2):
        alone = np.concatenate([encoder.encode([text]) for text in texts])
        assert np.allclose(alone, together, atol=1e-5)


@pytest.mark.parametrize("of", [encoder, e5, minilm])
def test_what_a_caller_does_to_a_vector_changes_nobody_elses(of):
    first = of.encode(["is it open on sunday"])
    before = first.copy()
    first *= 0
    assert np.array_equal(of.encode(["Is it open on Sunday?"]), before)


@pytest.mark.parametrize("of", [encoder, e5, minilm])
def test_a_text_that_comes_again_is_not_read_again(of, monkeypatch):
    first = of.encode(["where do I park"])
    monkeypatch.setattr(of, "_encoder", None)
    assert np.array_equal(of.encode(["where do I park"]), first)
