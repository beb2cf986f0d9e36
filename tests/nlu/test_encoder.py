"""The sentence encoder remembers the text of the turn, and gives each caller vectors of its own."""

import numpy as np

from daehwa.nlu import encoder


def test_a_text_has_the_vector_that_it_has_in_company_however_often_it_is_encoded():
    texts = ["where is my parcel", "택배가 어디쯤 왔나요"]
    together = encoder.encode(texts)
    for _ in range(2):
        alone = np.concatenate([encoder.encode([text]) for text in texts])
        assert np.allclose(alone, together, atol=1e-5)


def test_what_a_caller_does_to_a_vector_changes_nobody_elses():
    first = encoder.encode(["is it open on sunday"])
    before = first.copy()
    first *= 0
    assert np.array_equal(encoder.encode(["Is it open on Sunday?"]), before)
