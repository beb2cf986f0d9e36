"""Objects in a folder that several processes use: one lock, one state, whoever ends when."""

import json
import os
import signal
import subprocess
import sys
import textwrap

import pytest

from daehwa.stores import FolderObjects, StaleObject, StoreUnavailable, open_objects
from daehwa.stores.shared_folder import SharedFolderObjects

SCRIPT = """
import sys
from pathlib import Path
from daehwa.stores import StaleObject
from daehwa.stores.shared_folder import SharedFolderObjects
objects = SharedFolderObjects(Path(sys.argv[1]))
"""


def python(tmp_path, source, **given):
    """Another process with the folder's ``objects``."""
    command = [sys.executable, "-c", SCRIPT + textwrap.dedent(source), str(tmp_path)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **given)


@pytest.fixture
def objects(tmp_path):
    with open_objects(None, tmp_path, processes=True) as objects:
        yield objects


def test_processes_see_what_the_others_write_and_at_which_revision(objects, tmp_path):
    assert objects.shared
    other = SharedFolderObjects(tmp_path)
    assert other.position("bots") == 0
    revision = objects.write({"bots/A/a": b"1", "bots/A/b": b"2"})
    assert other.position("bots") == revision
    assert {one.revision for one in other.read("bots/A/").values()} == {revision}
    later = other.write({"bots/A/a": b"3"}, expected={"bots/A/a": revision})
    with pytest.raises(StaleObject):
        objects.write({"bots/A/a": b"4"}, expected={"bots/A/a": revision})
    assert objects.read("bots/A/a")["bots/A/a"] == (b"3", later)
    other.close()


def test_of_many_processes_that_count_none_is_lost(objects, tmp_path):
    objects.write({"counts/n": b"0"})
    source = """
        for _ in range(25):
            while True:
                there = objects.read("counts/n")["counts/n"]
                try:
                    new = {"counts/n": b"%d" % (int(there.content) + 1)}
                    objects.write(new, expected={"counts/n": there.revision})
                except StaleObject:
                    continue
                break
    """
    others = [python(tmp_path, source) for _ in range(3)]
    assert [other.communicate() and other.returncode for other in others] == [0, 0, 0]
    assert objects.read("counts/n")["counts/n"].content == b"75"


def test_a_lease_is_one_between_processes(objects, tmp_path):
    assert objects.take_lease("build/A", "one", 60)
    source = (
        "print(objects.take_lease('build/A', 'two', 60), objects.take_lease('build/B', 'two', 60))"
    )
    assert python(tmp_path, source).communicate()[0] == "False True\n"
    assert not objects.take_lease("build/B", "one", 60)


def test_the_leases_of_before_the_machine_started_are_over(objects, tmp_path):
    assert objects.take_lease("build/A", "one", 60)
    leases = json.loads((tmp_path / "leases.json").read_text())
    (tmp_path / "leases.json").write_text(json.dumps({**leases, "boot": "another"}))
    assert objects.take_lease("build/A", "two", 60)


@pytest.mark.parametrize("at", ["replace", "unlink"])
def test_what_a_killed_process_left_half_done_is_finished_and_seen(objects, tmp_path, at):
    objects.write({"bots/A/a": b"old", "bots/A/b": b"old", "bots/A/c": b"old"})
    before = objects.position("bots")
    dying = python(
        tmp_path,
        f"""
        import os, signal
        from pathlib import Path
        true, calls = Path.{at}, []
        def dies(self, *given, **more):
            calls.append(self)
            if "bots" in self.parts and sum("bots" in one.parts for one in calls) == 2:
                os.kill(os.getpid(), signal.SIGKILL)
            return true(self, *given, **more)
        Path.{at} = dies
        new = {{"bots/A/a": b"new", "bots/A/b": b"new"}}
        objects.write({{**new, "bots/A/c": None, "bots/A/d": None}})
        """,
    )
    dying.communicate()
    assert dying.returncode == -signal.SIGKILL
    contents = {name: one.content for name, one in objects.read("bots/A/").items()}
    assert contents == {"bots/A/a": b"new", "bots/A/b": b"new"}
    assert objects.position("bots") != before


def test_a_process_that_is_frozen_with_the_lock_is_waited_for_no_longer_than_seconds(
    objects, tmp_path, monkeypatch
):
    monkeypatch.setattr("daehwa.stores.shared_folder._WAIT_SECONDS", 0.2)
    source = "with objects._files():\n    print('locked', flush=True); sys.stdin.read()"
    with python(tmp_path, source, stdin=subprocess.PIPE) as other:
        other.stdout.readline()
        with pytest.raises(StoreUnavailable, match="another process has held"):
            objects.write({"bots/A/a": b"1"})
        assert objects.position("bots") == 0  # which needs no lock
        other.kill()
    objects.write({"bots/A/a": b"1"})


def test_what_one_process_alone_wrote_is_there_and_changed(objects, tmp_path):
    objects.write({"bots/A/a": b"1"})
    revision = objects.read("bots/A/a")["bots/A/a"].revision
    FolderObjects(tmp_path).write({"bots/A/a": b"2", "bots/A/b": b"1"})
    there = objects.read("bots/A/")
    assert there["bots/A/a"].content == b"2"
    assert there["bots/A/a"].revision != revision
    assert objects.read("bots/A/") == there
    objects.write({"bots/A/a": b"3"}, expected={"bots/A/a": there["bots/A/a"].revision})


def test_a_state_that_cannot_be_read_costs_nothing_but_a_look(objects, tmp_path):
    objects.write({"bots/A/a": b"1"})
    (tmp_path / "objects.json").write_bytes(b"{torn")
    revision = objects.read("bots/A/a")["bots/A/a"].revision
    objects.write({"bots/A/a": b"2"}, expected={"bots/A/a": revision})
    assert objects.position("bots")


def test_its_files_are_for_this_user_alone(objects, tmp_path):
    objects.write({"bots/A/a": b"1"})
    objects.take_lease("build/A", "one", 60)
    modes = {
        path.name: path.stat().st_mode & 0o077 for path in tmp_path.iterdir() if path.is_file()
    }
    assert modes == {"objects.lock": 0, "objects.json": 0, "leases.json": 0}
    assert os.access(tmp_path, os.W_OK)
