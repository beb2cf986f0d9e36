"""What is a folder's own: full disks, power cuts, who may read the files."""

import os
import stat

import pytest

from daehwa.stores import FolderObjects, StoreUnavailable
from daehwa.stores import folder_objects as module


def test_files_are_their_owner_s_alone(tmp_path):
    umask = os.umask(0)
    try:
        FolderObjects(tmp_path / "data").write({"bots/A/record.json": b"1"})
    finally:
        os.umask(umask)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*")}
    assert modes == {"data": 0o700, "bots": 0o700, "A": 0o700, "record.json": 0o600}


def test_what_finds_no_room_leaves_everything_as_it_was(full_disk):
    folder, fill = full_disk
    objects = FolderObjects(folder)
    before = objects.write({"bots/A/record.json": b"1", "bots/A/DRAFT.zip": b"old"})
    make_room = fill(leave=64 * 1024)
    large = {"bots/A/record.json": b"2", "bots/A/DRAFT.zip": b"x" * 200_000, "bots/B/x": b"3"}
    with pytest.raises(StoreUnavailable, match="room"):
        objects.write(large)
    listing = objects.listing("bots")
    assert {one.revision for one in listing.values()} == {before}
    assert sorted(path.name for path in folder.rglob("*") if path.is_file()) == [
        "DRAFT.zip",
        "filler",
        "record.json",
    ]
    make_room()
    objects.write(large)
    assert objects.read("bots/A/record.json")["bots/A/record.json"].content == b"2"


@pytest.mark.parametrize("steps", range(4))
def test_a_power_cut_in_mid_write_leaves_the_old_or_the_new(tmp_path, monkeypatch, steps):
    """Whatever was in place already, the next one who opens the folder sees all of it."""
    objects = FolderObjects(tmp_path)
    objects.write({"bots/A/a": b"old", "bots/A/b": b"old", "bots/A/c": b"old"})
    done = []
    rename = module.Path.replace

    def cut(path, target):
        # The first is the journal: with it the write is decided.
        if len(done) == steps:
            raise KeyboardInterrupt
        done.append(target)
        rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(module.Path, "replace", cut)
        with pytest.raises(KeyboardInterrupt):
            objects.write(
                {"bots/A/a": b"new", "bots/A/b": b"new", "bots/A/d": b"", "bots/A/c": None}
            )
    there = {name: one.content for name, one in FolderObjects(tmp_path).read("bots/A/").items()}
    if steps == 0:
        assert there == {"bots/A/a": b"old", "bots/A/b": b"old", "bots/A/c": b"old"}
    else:
        assert there == {"bots/A/a": b"new", "bots/A/b": b"new", "bots/A/d": b""}
