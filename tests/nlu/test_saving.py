"""Learned models as files."""

import numpy as np
import pytest

from daehwa.nlu import ModelFileError
from daehwa.nlu.saving import read, write

ARRAYS = {
    "empty": np.zeros((0, 3), dtype=np.float32),
    "numbers": np.arange(6, dtype=np.float32).reshape(2, 3),
    "keys": np.array([2**63, 1], dtype=np.uint64),
    "owners": np.array([0, 1, 1], dtype=np.int32),
}


def test_what_is_written_is_read(tmp_path):
    write(tmp_path / "deep" / "model", ARRAYS, {"texts": ["안녕", "hi"]})
    arrays, facts = read(tmp_path / "deep" / "model")
    assert facts == {"texts": ["안녕", "hi"]}
    assert arrays.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        assert arrays[name].dtype == array.dtype
        assert np.array_equal(arrays[name], array)


@pytest.mark.parametrize("cut", [0, 1, 40, -1, -200])
def test_a_file_cut_short_is_refused(tmp_path, cut):
    path = tmp_path / "model"
    write(path, ARRAYS, {})
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(ModelFileError, match="learn the bot again"):
        read(path)


def test_a_flipped_bit_is_refused(tmp_path):
    path = tmp_path / "model"
    write(path, ARRAYS, {})
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(ModelFileError, match="damaged"):
        read(path)


def test_another_format_is_refused(tmp_path):
    path = tmp_path / "model"
    write(path, ARRAYS, {})
    path.write_bytes(path.read_bytes().replace(b"daehwa-nlu/1", b"daehwa-nlu/9"))
    with pytest.raises(ModelFileError, match="daehwa-nlu/9"):
        read(path)


def test_arrays_of_objects_are_refused(tmp_path):
    path = tmp_path / "model"
    write(path, {"a": np.zeros(1, dtype=np.float32)}, {})
    path.write_bytes(path.read_bytes().replace(b'"<f4"', b'"|O8"'))
    with pytest.raises(ModelFileError, match=r"\|O8"):
        read(path)


def test_no_half_written_file_is_left_behind(tmp_path):
    write(tmp_path / "model", ARRAYS, {})
    write(tmp_path / "model", ARRAYS, {})
    assert [path.name for path in tmp_path.iterdir()] == ["model"]
