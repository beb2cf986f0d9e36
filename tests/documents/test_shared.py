"""One library for several machines, on real servers: what one indexes all search."""

import base64
import sqlite3
import time

import msgspec
import pytest

from daehwa.conversation import Settings, document_folder
from daehwa.conversation.settings import StoreSetting
from daehwa.documents import (
    INDEX_ID,
    KENDRA_OPERATIONS,
    Copying,
    Document,
    GivenDocument,
    Indexer,
    KendraError,
    KendraIndex,
    Library,
    LibraryBusy,
    LibraryUnusable,
    QuestionAnswer,
    Section,
    Unreadable,
)

STORES = ["redis", "postgres"]
PARKING = "# 안내\n\n## 주차\n\n지하에 차 예순 대를 세울 수 있습니다.\n"
HOURS = "# Guide\n\n## Opening hours\n\nThe shop opens at nine in the morning.\n"


@pytest.fixture(params=STORES)
def url(request):
    return request.getfixturevalue(f"empty_{request.param}")


class Machine:
    """A machine with a data folder of its own, and the store that it shares."""

    def __init__(self, url, folder):
        self.place = document_folder(Settings(store=StoreSetting(url=url)), folder)
        self.library = Library(self.place.folder)

    def indexer(self):
        return Indexer(self.place.folder, shared=self.place.shared)

    def put(self, *documents):
        with self.indexer() as indexer:
            for one in documents:
                indexer.put(one)
            return indexer.publish()

    def answers(self, question):
        self.place.shared.refresh()
        return [
            (hit.passage_id, hit.title, hit.text, hit.confidence)
            for hit in self.library.search(question)
        ]

    def close(self):
        self.library.close()
        self.place.close()


@pytest.fixture
def machine(url, tmp_path):
    made = []

    def machine(name):
        made.append(Machine(url, tmp_path / name))
        return made[-1]

    yield machine
    for one in made:
        one.close()


def given(name, *texts):
    return GivenDocument(
        document_id=name,
        document=Document(
            title=name,
            sections=tuple(Section(headings=(name, text[:12]), text=text) for text in texts),
        ),
    )


TIMES = given("times", "The library opens at nine in the morning.", "It closes at six.")
FOOD = given("food", "식당은 한 층 아래에 있습니다.", "아침은 일곱 시부터 먹을 수 있습니다.")


def test_what_one_machine_indexes_all_search_in_the_same_order(machine, tmp_path):
    one, two = machine("one"), machine("two")
    one.put(TIMES, FOOD)
    questions = ("When does it open?", "아침은 몇 시부터 먹나요?", "nine")
    assert all(one.answers(each) == two.answers(each) for each in questions)
    assert two.answers(questions[0])[0][2] == "The library opens at nine in the morning."
    # As one machine alone has it, in SQLite.
    with Indexer(tmp_path / "alone") as indexer:
        indexer.put(TIMES)
        indexer.put(FOOD)
        indexer.publish()
    alone = Library(tmp_path / "alone")
    for each in questions:
        hits = [(hit.passage_id, hit.title, hit.text, hit.confidence) for hit in alone.search(each)]
        assert hits == one.answers(each)
    alone.close()


def test_machines_write_in_turn_and_the_ids_of_what_is_gone_never_come_back(machine):
    one, two = machine("one"), machine("two")
    one.put(TIMES, FOOD)
    gone = {hit[0] for hit in one.answers("breakfast 아침")}
    with two.indexer() as indexer:
        indexer.remove(["food"])
        indexer.put(given("pool", "The pool is heated all year."))
        indexer.publish()
    assert [one_.title for one_ in one.library.documents()] == ["food", "times"]
    assert one.answers("Is the pool heated?")[0][1] == "pool"
    assert [each.title for each in one.library.documents()] == ["pool", "times"]
    assert one.answers("Is the pool heated?")[0][0] not in gone
    assert one.answers("Is the pool heated?") == two.answers("Is the pool heated?")


def test_a_file_that_another_machine_has_read_is_not_read_again(machine, tmp_path, monkeypatch):
    one, two = machine("one"), machine("two")
    file = tmp_path / "parking.md"
    file.write_text(PARKING)
    with one.indexer() as indexer:
        indexer.add_files([file])
        assert indexer.publish().added == 1
    with two.indexer() as indexer:
        indexer.add_files([file])
        assert indexer.publish().unchanged == 1


def test_only_what_changed_is_fetched(machine, monkeypatch):
    one, two = machine("one"), machine("two")
    one.put(TIMES, FOOD)
    two.answers("nine")
    one.put(given("pool", "The pool is heated all year."))
    read = []
    fetch = two.place.objects.read
    monkeypatch.setattr(two.place.objects, "read", lambda name: read.append(name) or fetch(name))
    two.answers("nine")
    assert sum(name.startswith("passages/") for name in read) == 1


def test_many_documents_are_fetched_by_the_beginnings_of_their_digests(machine):
    one, two = machine("one"), machine("two")
    one.put(*(given(f"d{number}", f"Locker {number} is green.") for number in range(230)))
    assert two.answers("Where is locker 77?") == one.answers("Where is locker 77?")
    assert len(two.library.documents()) == 230


def test_of_two_machines_one_writes_at_a_time(machine):
    one, two = machine("one"), machine("two")
    with one.indexer(), pytest.raises(LibraryBusy, match="another machine"), two.indexer():
        pass
    with two.indexer():
        pass


def test_an_interrupted_run_is_seen_by_nobody_and_goes_on(machine):
    one, two = machine("one"), machine("two")
    one.put(TIMES)
    with one.indexer() as indexer:
        indexer.put(FOOD)
    assert [each.title for each in one.library.documents()] == ["times"]
    with one.indexer() as indexer:
        indexer.publish()
    assert two.answers("아침은 몇 시부터 먹나요?")[0][1] == "food"


def test_what_was_staged_before_another_machine_wrote_is_read_anew(machine):
    one, two = machine("one"), machine("two")
    one.put(TIMES)
    with one.indexer() as indexer:
        indexer.put(FOOD)
    two.put(given("pool", "The pool is heated all year."))
    one.put(given("lift", "The lift holds eight people."))
    titles = {"times", "pool", "lift"}
    assert {each.title for each in one.library.documents()} == titles
    two.answers("lift")
    assert {each.title for each in two.library.documents()} == titles


def test_what_is_not_shared_is_not_published(machine, monkeypatch):
    one, two = machine("one"), machine("two")
    one.put(TIMES)

    def unreachable(*_, **__):
        raise LibraryUnusable("away")

    monkeypatch.setattr(one.place.objects, "write", unreachable)
    with pytest.raises(LibraryUnusable):
        one.put(FOOD)
    assert [each.title for each in one.library.documents()] == ["times"]
    monkeypatch.undo()
    one.put()
    assert two.answers("아침은 몇 시부터 먹나요?")[0][1] == "food"


def test_a_document_that_could_not_be_read_is_known_everywhere(machine):
    one, two = machine("one"), machine("two")
    with one.indexer() as indexer:
        indexer.fail("scan", Unreadable("no text", "scanned pages hold none"))
        indexer.publish()
    two.place.shared.refresh()
    assert two.library.state("scan") == ("failed", "no text: scanned pages hold none")


def test_nothing_stays_in_the_store_of_what_is_gone(machine):
    one = machine("one")
    one.put(TIMES, FOOD)
    with one.indexer() as indexer:
        indexer.remove(["food"])
        indexer.publish()
    assert len(list(one.place.objects.names("passages"))) == 1


def test_a_damaged_object_is_noticed_and_the_copy_stays(machine):
    one, two = machine("one"), machine("two")
    one.put(TIMES)
    two.answers("nine")
    one.put(FOOD)
    names = list(one.place.objects.names("passages"))
    one.place.objects.write(dict.fromkeys(names, b"nonsense"))
    with pytest.raises(LibraryUnusable, match="damaged"):
        two.answers("nine")
    assert [each.title for each in two.library.documents()] == ["times"]


def test_a_store_of_a_newer_program_is_left_alone(machine):
    one, two = machine("one"), machine("two")
    one.put(TIMES)
    content = one.place.objects.read("library/manifest")["library/manifest"][0]
    newer = content.replace(b"\xa6format\x01", b"\xa6format\x09")
    assert newer != content
    one.place.objects.write({"library/manifest": newer})
    with pytest.raises(LibraryUnusable, match="newer"):
        two.answers("nine")


def test_a_running_machine_sees_what_another_indexed(machine):
    one, two = machine("one"), machine("two")
    with Copying(two.place.shared) as copying:
        assert copying.wait(30)
        assert two.library.search("When does the library open?") == []
        one.put(TIMES)
        until = time.monotonic() + 30
        while not two.library.search("When does the library open?"):
            assert time.monotonic() < until
            time.sleep(0.05)


def test_a_lost_copy_comes_back(machine, tmp_path):
    one = machine("one")
    one.put(TIMES, FOOD)
    again = machine("again")
    before = again.answers("nine")
    again.close()
    with sqlite3.connect(again.place.folder / "documents" / "library.sqlite3") as connection:
        connection.execute("DELETE FROM documents")
        connection.execute("DELETE FROM meta")
    connection.close()
    assert machine("again").answers("nine") == before


def test_answered_questions_travel_whole(machine):
    one, two = machine("one"), machine("two")
    one.put(
        GivenDocument(
            document_id="faq",
            document=Document(
                title="faq",
                questions=(QuestionAnswer(question="반려견도 되나요?", answer="네, 됩니다."),),
            ),
            link="https://example.org/faq",
            attributes={"_category": {"StringValue": "pets"}},
        )
    )
    two.place.shared.refresh()
    (hit,) = two.library.search("반려견과 가도 되나요?")
    assert (hit.question, hit.text, hit.link) == (
        "반려견도 되나요?",
        "네, 됩니다.",
        "https://example.org/faq",
    )
    assert hit.attributes == {"_category": {"StringValue": "pets"}}


def test_kendras_api_puts_documents_for_all_and_says_when_another_machine_does(machine):
    one, two = machine("one"), machine("two")
    index = KendraIndex(one.place.folder, shared=one.place.shared)
    request = KENDRA_OPERATIONS["BatchPutDocument"].request
    blob = base64.b64encode(b"The garden closes at dusk.").decode()
    wire = {"IndexId": INDEX_ID, "Documents": [{"Id": "garden", "Blob": blob}]}
    with two.indexer(), pytest.raises(KendraError, match="another machine"):
        index.put(msgspec.convert(wire, request))
    index.put(msgspec.convert(wire, request))
    index.close()
    assert two.answers("When does the garden close?")[0][2] == "The garden closes at dusk."


def test_what_was_closed_is_not_opened_again(machine):
    one = machine("one")
    one.place.shared.refresh()
    one.place.close()
    with pytest.raises(LibraryUnusable, match="ending"):
        one.place.shared.refresh()
