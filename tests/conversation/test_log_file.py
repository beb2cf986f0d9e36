"""The conversation log's file: records are taken out while others write on."""

import json
import threading

import pytest

from daehwa.conversation.log_file import LogFile, remove_records


def record(session, number=0):
    bot = {"id": "B", "aliasId": "A", "localeId": "en_US"}
    return {"sessionId": session, "bot": bot, "timestamp": "2026-03-02T09:00:00.000Z", "n": number}


def test_nothing_that_is_written_meanwhile_is_lost(tmp_path):
    """Several that write, as worker processes do, and one that takes records out all the time."""
    path = tmp_path / "talks.jsonl"
    writers, each = 4, 300
    ended = threading.Event()

    def write(number):
        log = LogFile(path)
        for place in range(each):
            log.write(record(f"s-{number}", place))
            log.write(record("gone"))
        log.close()

    def remove():
        while not ended.is_set():
            remove_records(path, lambda key: key.session_id == "gone")

    removing = threading.Thread(target=remove)
    writing = [threading.Thread(target=write, args=(number,)) for number in range(writers)]
    for thread in (removing, *writing):
        thread.start()
    for thread in writing:
        thread.join()
    ended.set()
    removing.join()
    remove_records(path, lambda key: key.session_id == "gone")
    left = [json.loads(line) for line in path.read_text().splitlines()]
    for number in range(writers):
        mine = [one["n"] for one in left if one["sessionId"] == f"s-{number}"]
        assert mine == list(range(each))
    assert len(left) == writers * each
    assert [file.name for file in tmp_path.iterdir()] == ["talks.jsonl"]


def test_two_that_take_records_out_at_once_do_not_undo_each_other(tmp_path):
    path = tmp_path / "talks.jsonl"
    log = LogFile(path)
    for number in range(60):
        log.write(record(f"s-{number}"))
    log.close()

    def remove(number):
        remove_records(path, lambda key: key.session_id == f"s-{number}")

    threads = [threading.Thread(target=remove, args=(number,)) for number in range(0, 60, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    left = [json.loads(line)["sessionId"] for line in path.read_text().splitlines()]
    assert left == [f"s-{number}" for number in range(1, 60, 2)]


def test_what_a_rewriting_that_was_killed_left_behind_is_written_over(tmp_path):
    path = tmp_path / "talks.jsonl"
    log = LogFile(path)
    log.write(record("gone"))
    log.write(record("here"))
    (tmp_path / "talks.jsonl.new").write_text("half of a record of gone")
    assert remove_records(path, lambda key: key.session_id == "gone") == 1
    assert [file.name for file in tmp_path.iterdir()] == ["talks.jsonl"]
    assert json.loads(path.read_text())["sessionId"] == "here"
    assert path.stat().st_mode & 0o777 == 0o600
    log.write(record("later"))
    assert len(path.read_text().splitlines()) == 2
    log.close()


@pytest.mark.parametrize("text", ["", "no JSON\n", "[1]\n", '{"sessionId": "gone"}\n', "\u00e9\n"])
def test_lines_that_are_no_records_stay(tmp_path, text):
    path = tmp_path / "talks.jsonl"
    path.write_text(text)
    assert remove_records(path, lambda _: True) == 0
    assert path.read_text() == text
