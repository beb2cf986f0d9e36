"""Which weights are meant, and where they lie."""

from pathlib import Path

import pytest

from daehwa.answers import MODELS, Weights, chosen_weights, data_directory, models_directory
from daehwa.answers.errors import SettingEmpty, SettingInvalid


def test_the_default_and_the_small_model_are_known_by_name(tmp_path):
    default = chosen_weights(tmp_path, environ={})
    assert default.model is MODELS["default"]
    assert default.path == models_directory(tmp_path) / "Qwen3-1.7B-Q4_K_M.gguf"
    assert chosen_weights(tmp_path, "small", {}).model is MODELS["small"]


def test_the_environment_goes_before_the_configuration(tmp_path):
    assert chosen_weights(tmp_path, "default", {"DAEHWA_MODEL": "small"}).model.name == "small"


def test_any_other_gguf_file_can_be_named(tmp_path):
    weights = chosen_weights(tmp_path, environ={"DAEHWA_MODEL": "~/llama.Q4.GGUF"})
    assert weights == Weights(path=Path.home() / "llama.Q4.GGUF")
    assert weights.title == "llama.Q4"


def test_a_name_that_is_none_is_told(tmp_path):
    with pytest.raises(SettingInvalid, match="default, small, large"):
        chosen_weights(tmp_path, environ={"DAEHWA_MODEL": "smal"})
    with pytest.raises(SettingEmpty, match="DAEHWA_MODEL"):
        chosen_weights(tmp_path, environ={"DAEHWA_MODEL": ""})


def test_weights_are_present_when_their_size_is_right(tmp_path):
    path = tmp_path / "m.gguf"
    ours = Weights(path=path, model=MODELS["small"])
    other = Weights(path=path)
    assert (ours.present, other.present) == (False, False)
    path.write_bytes(b"")
    assert (ours.present, other.present) == (False, False)
    path.write_bytes(b"GGUF")
    assert (ours.present, other.present) == (False, True)
    with path.open("r+b") as file:
        file.truncate(MODELS["small"].size)
    assert ours.present


def test_an_embedding_model_does_not_answer(tmp_path):
    with pytest.raises(SettingInvalid, match="one of default, small, large, or the path"):
        chosen_weights(tmp_path, "embedding", {})


def every_model():
    for model in MODELS.values():
        yield model
        if model.instead is not None:
            yield model.instead


def test_every_model_has_a_source_a_digest_and_a_licence():
    for model in every_model():
        assert model.repository or model.parts
        assert len(bytes.fromhex(model.sha256)) == 32
        assert model.licence == "Apache-2.0"


def test_the_parts_add_up():
    parted = [model for model in every_model() if model.parts]
    assert len(parted) == 2
    for model in parted:
        parts = model.parts
        assert (parts.count - 1) * parts.size < model.size <= parts.count * parts.size


def test_the_data_directory(monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    assert data_directory({"DAEHWA_DATA": "/srv/daehwa"}) == Path("/srv/daehwa")
    assert data_directory({"XDG_DATA_HOME": "/x"}) == Path("/x/daehwa")
    assert data_directory({"XDG_DATA_HOME": ""}) == Path.home() / ".local/share/daehwa"
    with pytest.raises(SettingEmpty, match="DAEHWA_DATA"):
        data_directory({"DAEHWA_DATA": " "})
