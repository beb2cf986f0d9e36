"""One server on a data folder: on its name, too, when the folder under it is deleted or moved."""

import os
import shutil
import signal
import time

import pytest

from daehwa.server import ServerError, folder, hold_folder

PATIENCE_SECONDS = 60


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setattr(folder, "_LOOK_SECONDS", 0.01)
    return tmp_path / "data"


def is_held(data):
    try:
        with hold_folder(data):
            return False
    except ServerError as error:
        return f"process {os.getpid()}" in str(error)


def wait_until(check):
    end = time.monotonic() + PATIENCE_SECONDS
    while not check():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_it_is_held_for_as_long_as_the_block_lasts(data):
    with hold_folder(data):
        assert is_held(data)
        assert data.stat().st_mode & 0o777 == 0o700
    assert not is_held(data)


@pytest.mark.parametrize("times", [1, 3])
def test_where_the_folder_is_deleted_the_next_of_its_name_is_held(data, times):
    with hold_folder(data):
        for _ in range(times):
            shutil.rmtree(data)
            wait_until((data / "serving.lock").exists)
        wait_until(lambda: is_held(data))
    assert not is_held(data)


def test_a_folder_that_was_moved_away_is_held_beside_the_new_one(data, tmp_path):
    with hold_folder(data):
        data.rename(tmp_path / "elsewhere")
        wait_until((data / "serving.lock").exists)
        wait_until(lambda: is_held(data))
        assert is_held(tmp_path / "elsewhere")


def test_a_folder_that_was_moved_away_and_is_back_is_still_held(data, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "kill", lambda *_: None)  # or a failure would end the tests
    with hold_folder(data):
        data.rename(tmp_path / "elsewhere")
        wait_until((data / "serving.lock").exists)
        wait_until(lambda: is_held(data))
        data.rename(tmp_path / "new")
        (tmp_path / "elsewhere").rename(data)
        time.sleep(0.05)  # it is looked at a few times
        assert is_held(data)
    assert not is_held(data)


def serve_until_another_has_taken(data, other, signals):
    with hold_folder(data):
        # As though this were deleted and the other made there in one moment.
        (other / "serving.lock").replace(data / "serving.lock")
        wait_until(lambda: signals == [signal.SIGTERM])


def test_where_another_server_was_quicker_this_one_ends(data, tmp_path):
    signals = []
    before = signal.signal(signal.SIGTERM, lambda number, _frame: signals.append(number))
    try:
        with (
            hold_folder(tmp_path / "other"),
            pytest.raises(ServerError, match="another server has taken its name"),
        ):
            serve_until_another_has_taken(data, tmp_path / "other", signals)
    finally:
        signal.signal(signal.SIGTERM, before)


def test_a_parent_that_is_gone_ends_nothing(data, tmp_path):
    data = tmp_path / "below" / "data"
    with hold_folder(data):
        shutil.rmtree(tmp_path / "below")
        time.sleep(0.05)  # it is looked at a few times
        (tmp_path / "below").mkdir()
        wait_until(lambda: (data / "serving.lock").exists() and is_held(data))


def test_a_folder_that_cannot_be_made_is_nobody_s_here(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with hold_folder(tmp_path / "file" / "data"):
        pass
