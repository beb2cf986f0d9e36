"""What every store of shared objects promises, on each of them."""

import itertools
from concurrent.futures import ThreadPoolExecutor

import pytest

from daehwa.stores import FolderObjects, StaleObject, open_objects

from .conftest import ON_SERVERS

HOLDERS = itertools.count()


@pytest.fixture(params=["folder", "shared folder", *ON_SERVERS])
def objects(request, tmp_path):
    """An empty store of objects."""
    if request.param == "shared folder":
        with open_objects(None, tmp_path, processes=True) as objects:
            yield objects
        return
    if request.param == "folder":
        yield FolderObjects(tmp_path)
        return
    with open_objects(request.getfixturevalue(f"new_{request.param}"), tmp_path) as objects:
        yield objects


def contents(objects, prefix):
    return {name: one.content for name, one in objects.read(prefix).items()}


def test_what_is_written_is_read_by_name_and_by_the_beginning_of_names(objects):
    assert objects.read("bots/A/record.json") == {}
    objects.write({"bots/A/record.json": b"1", "bots/A/versions/1.zip": b"\0\xff", "bots/B/x": b""})
    assert contents(objects, "bots/A/record.json") == {"bots/A/record.json": b"1"}
    assert contents(objects, "bots/A/") == {
        "bots/A/record.json": b"1",
        "bots/A/versions/1.zip": b"\0\xff",
    }
    listing = objects.listing("bots")
    assert {name: one.size for name, one in listing.items()} == {
        "bots/A/record.json": 1,
        "bots/A/versions/1.zip": 2,
        "bots/B/x": 0,
    }
    assert objects.listing("other") == {}


def test_what_is_written_together_has_the_revision_that_was_returned(objects):
    revision = objects.write({"bots/A/a": b"1", "bots/A/b": b"2"})
    assert {one.revision for one in objects.read("bots/A/").values()} == {revision}
    assert {one.revision for one in objects.listing("bots").values()} == {revision}
    assert objects.write({"bots/A/a": b"1"}) != revision


def test_what_is_deleted_is_gone(objects):
    objects.write({"bots/A/a": b"1", "bots/A/b": b"2"})
    objects.write({"bots/A/a": None, "bots/A/never": None})
    assert contents(objects, "bots/A/") == {"bots/A/b": b"2"}


def test_what_was_changed_meanwhile_is_not_overwritten(objects):
    first = objects.write({"bots/A/a": b"1"})
    second = objects.write({"bots/A/a": b"2"}, expected={"bots/A/a": first})
    for expected in ({"bots/A/a": first}, {"bots/A/a": None}, {"bots/A/b": second}):
        with pytest.raises(StaleObject):
            objects.write({"bots/A/a": b"3", "bots/A/c": b"3"}, expected=expected)
    assert contents(objects, "bots/A/") == {"bots/A/a": b"2"}
    objects.write({"bots/A/c": b"3"}, expected={"bots/A/c": None, "bots/A/a": second})


def test_the_position_of_a_kind_moves_with_each_write_of_it(objects):
    assert objects.position("bots") == 0
    objects.write({"bots/A/a": b"1"}, positions={"bots": 0})
    first = objects.position("bots")
    objects.write({"learned/x": b"1"})
    assert objects.position("bots") == first
    objects.write({"bots/A/a": None}, positions={"bots": first})
    assert objects.position("bots") not in (0, first)
    with pytest.raises(StaleObject):
        objects.write({"bots/A/b": b"1"}, positions={"bots": first})
    assert contents(objects, "bots/A/") == {}


def test_of_many_that_write_at_once_one_wins(objects):
    def add(number):
        try:
            objects.write({"bots/A/a": b"%d" % number}, expected={"bots/A/a": None})
        except StaleObject:
            return 0
        return 1

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(add, range(8))) == 1


def test_a_lease_has_one_holder_until_it_is_over(objects):
    assert objects.take_lease("build/A", "one", 60)
    assert objects.take_lease("build/A", "one", 60)
    assert not objects.take_lease("build/A", "two", 60)
    objects.end_lease("build/A", "two")
    assert not objects.take_lease("build/A", "two", 60)
    objects.end_lease("build/A", "one")
    assert objects.take_lease("build/A", "two", 0.001)
    while not objects.take_lease("build/A", "three", 60):
        pass
    assert not objects.take_lease("build/A", "two", 60)


def test_a_large_content_comes_back_as_it_was(objects):
    content = bytes(range(256)) * 40_000
    objects.write({"transfers/A.zip": content})
    assert contents(objects, "transfers/A.zip") == {"transfers/A.zip": content}
    objects.write({"transfers/A.zip": memoryview(bytearray(content[:-1]))})
    assert contents(objects, "transfers/A.zip") == {"transfers/A.zip": content[:-1]}
