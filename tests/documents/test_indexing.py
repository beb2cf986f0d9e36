"""Indexing: what has not changed costs nothing, what is gone goes, what is bad is named."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from daehwa.documents import (
    Audience,
    Document,
    GivenDocument,
    Indexer,
    Library,
    LibraryBusy,
    LibraryUnusable,
    QuestionAnswer,
    Section,
)
from daehwa.documents import indexing as indexing_module
from daehwa.documents.encoding import BundledEncoder
from daehwa.documents.library import Filtering

PARKING = "# 안내\n\n## 주차\n\n지하에 차 예순 대를 세울 수 있습니다.\n"
HOURS = "# Guide\n\n## Opening hours\n\nThe shop opens at nine in the morning.\n"


class Counting(BundledEncoder):
    """The encoder, with a count of the texts that it was given."""

    def __init__(self):
        self.texts = 0

    def encode(self, texts):
        self.texts += len(texts)
        return super().encode(texts)


def test_files_are_found_by_what_is_asked(desk):
    desk.write("parking.md", PARKING)
    desk.write("sub/hours.md", HOURS)
    report = desk.index()
    assert (report.added, report.passages, report.unread) == (2, 2, ())
    hit = desk.best("주차할 수 있나요?")
    assert (hit.title, hit.heading) == ("안내", "안내 > 주차")
    assert hit.link == "file:///files/parking.md#주차"
    assert desk.best("when does the shop open?").heading == "Guide > Opening hours"


def test_a_korean_question_finds_an_english_passage(desk):
    desk.write("hours.md", HOURS)
    desk.write("pool.md", "# Guide\n\n## Pool\n\nThe water is heated.\n")
    desk.index()
    assert desk.best("몇 시에 문을 여나요?").heading == "Guide > Opening hours"


def test_what_has_not_changed_costs_nothing(desk):
    path = desk.write("parking.md", PARKING)
    desk.index()
    encoder = Counting()
    with Indexer(desk.data, encoder) as indexer:
        indexer.add_files([desk.files])
        assert indexer.publish().unchanged == 1
    os.utime(path, ns=(1, 1))
    with Indexer(desk.data, encoder) as indexer:
        indexer.add_files([desk.files])
        assert indexer.publish().unchanged == 1
    assert encoder.texts == 0
    assert [folder.name for folder in (desk.data / "documents/generations").iterdir()] == ["1"]


def test_a_changed_file_replaces_what_was_read_of_it(desk):
    desk.write("parking.md", PARKING)
    desk.index()
    desk.write("parking.md", PARKING.replace("예순", "일흔"))
    report = desk.index()
    assert (report.changed, report.passages) == (1, 1)
    assert "일흔" in desk.best("주차").text


def test_what_is_gone_is_removed(desk):
    path = desk.write("parking.md", PARKING)
    desk.write("hours.md", HOURS)
    desk.index()
    path.unlink()
    report = desk.index()
    assert (report.removed, report.unchanged, report.passages) == (1, 1, 1)
    assert all(hit.title == "Guide" for hit in desk.library.search("주차"))


def test_a_folder_that_may_not_be_read_now_keeps_what_was_read_of_it(desk, monkeypatch):
    desk.write("closed/parking.md", PARKING)
    desk.index()
    real = type(desk.files).iterdir

    def refuse(path):
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(type(desk.files), "iterdir", refuse)
    report = desk.index()
    assert [one.reason for one in report.unread] == ["permission"]
    assert (report.removed, report.passages) == (0, 1)


def test_bad_files_are_named_and_the_others_are_read(desk):
    desk.write("good.md", HOURS)
    desk.write("picture.png", b"\x89PNG")
    desk.write("broken.docx", b"PK\x03\x04")
    desk.write("empty.txt", "")
    (desk.files / "loop").symlink_to(desk.files)
    (desk.files / "nowhere.md").symlink_to(desk.folder / "missing.md")
    report = desk.index(desk.files, desk.folder / "absent")
    assert report.passages == 1
    assert sorted((Path(one.path).name, one.reason) for one in report.unread) == [
        ("absent", "gone"),
        ("broken.docx", "broken"),
        ("empty.txt", "empty"),
        ("loop", "loop"),
        ("nowhere.md", "gone"),
        ("picture.png", "unknown kind"),
    ]
    assert all(one.message for one in report.unread)


def test_a_running_search_sees_a_new_index_without_a_restart(desk):
    assert desk.library.search("주차") == []
    desk.write("parking.md", PARKING)
    desk.index()
    assert desk.best("주차").title == "안내"
    desk.write("hours.md", HOURS)
    desk.index()
    assert desk.best("opening hours").title == "Guide"


def test_an_interrupted_run_loses_nothing_and_shows_nothing(desk, monkeypatch):
    desk.write("a.md", PARKING)
    desk.write("b.md", HOURS)
    real, calls = indexing_module.read_file, []

    def interrupt(path):
        calls.append(path.name)
        if path.name == "b.md":
            raise KeyboardInterrupt
        return real(path)

    monkeypatch.setattr(indexing_module, "read_file", interrupt)
    with pytest.raises(KeyboardInterrupt):
        desk.index()
    assert desk.library.search("주차") == []
    monkeypatch.setattr(indexing_module, "read_file", real)
    report = desk.index()
    assert (report.added, report.unchanged, report.passages) == (1, 1, 2)
    assert desk.best("주차").title == "안내"


def test_one_process_writes_at_a_time(desk):
    with Indexer(desk.data), pytest.raises(LibraryBusy, match="wait"), Indexer(desk.data):
        pass


def test_documents_of_a_bot_and_a_locale_are_its_own(desk):
    path = desk.write("parking.md", PARKING)
    desk.index(path, scope=Audience(bot="Pado", locale="ko_KR"))
    ours = Filtering(bots=frozenset(("Pado", "ABCDEFGHIJ")), locale="ko_KR")
    assert desk.best("주차", filtering=ours).title == "안내"
    other = Filtering(bots=frozenset(("Other",)), locale="ko_KR")
    assert desk.best("주차", filtering=other) is None
    elsewhere = Filtering(bots=frozenset(("Pado",)), locale="en_US")
    assert desk.best("주차", filtering=elsewhere) is None


def test_the_same_file_may_be_of_two_bots(desk):
    path = desk.write("parking.md", PARKING)
    desk.index(path, scope=Audience(bot="A"))
    desk.index(path, scope=Audience(bot="B"))
    assert [one.bot for one in desk.library.documents()] == ["A", "B"]
    path.unlink()
    assert desk.index(path, scope=Audience(bot="A")).removed == 1
    assert [one.bot for one in desk.library.documents()] == ["B"]


def test_files_are_removed_by_their_paths(desk):
    desk.write("a/parking.md", PARKING)
    desk.write("b/hours.md", HOURS)
    desk.index()
    with Indexer(desk.data) as indexer:
        assert indexer.remove_files([desk.files / "a"]) == 1
        indexer.publish()
    assert [one.title for one in desk.library.documents()] == ["Guide"]


def test_documents_of_the_wire_are_put_replaced_and_removed(desk):
    def put(text):
        document = Document(title="Fees", sections=(Section(text=text),))
        with Indexer(desk.data) as indexer:
            indexer.put(GivenDocument(document_id="d1", document=document, attributes={"year": 1}))
            indexer.publish()

    put("The fee is two pounds.")
    put("The fee is three pounds.")
    hit = desk.best("what is the fee?")
    assert (hit.document_id, hit.text) == ("d1", "The fee is three pounds.")
    assert hit.attributes == {"year": 1}
    assert desk.library.state("d1") == ("indexed", "")
    with Indexer(desk.data) as indexer:
        assert indexer.remove(["d1"]) == 1
        indexer.publish()
    assert desk.library.search("fee") == []
    assert desk.library.state("d1") is None


def test_a_question_that_the_team_has_answered_stands_first(desk):
    desk.write("hours.md", HOURS)
    desk.write("faq.csv", "question,answer\nWhen do you open?,At ten on Sundays.\n")
    desk.index()
    hit = desk.best("when do you open")
    assert (hit.question, hit.text) == ("When do you open?", "At ten on Sundays.")
    assert desk.library.questions(10)[0] == "When do you open?"


def test_documents_are_silent_on_what_is_nobodys_business(desk):
    pair = QuestionAnswer(question="주차되나요?", answer="네, 예순 대까지요.")
    with Indexer(desk.data) as indexer:
        indexer.put(GivenDocument(document_id="q", document=Document(title="q", questions=(pair,))))
        indexer.publish()
    assert desk.best("주차되나요?").confidence > 0.9
    assert desk.best("프랑스의 수도는 어디야?").confidence < 0.5
    assert desk.best("what is the boiling point of water?").confidence < 0.5


def test_an_index_that_cannot_be_read_says_so(desk):
    desk.write("a.md", HOURS)
    desk.index()
    with closing(sqlite3.connect(desk.data / "documents/library.sqlite3")) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(LibraryUnusable, match="newer version"):
        Library(desk.data).search("hours")


def test_the_sentence_that_is_nearest(desk):
    desk.write("a.md", "# Pool\n\nThe pool is heated. Children under twelve leave before five.")
    desk.index()
    hit = desk.best("is the pool heated?")
    assert desk.library.excerpt(hit, "until when may kids swim?") == (
        "Children under twelve leave before five."
    )
