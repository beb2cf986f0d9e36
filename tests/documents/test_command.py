"""``daehwa index``: what it prints, lists and removes, and what it refuses."""

import asyncio
import json
import os

import pytest
from typer.testing import CliRunner

from daehwa.cli.app import app
from daehwa.conversation import AnswerName, Opening, plan_runtime
from daehwa.documents import Indexer, LibraryBusy


@pytest.fixture
def run(desk):
    def run(*words):
        return CliRunner().invoke(app, ["index", *map(str, words), "--data", str(desk.data)])

    return run


def test_it_reads_reports_and_names_what_it_could_not_read(desk, run):
    desk.write("hours.md", "# Hours\n\nThe shop opens at nine.\n")
    desk.write("notes.rtf", "{\\rtf1}")
    done = run(desk.files)
    assert done.exit_code == 0
    assert "1 added, 0 changed, 0 unchanged, 0 removed, 1 not read; 1 passage" in done.stdout
    assert "notes.rtf: .rtf is not read" in done.stderr
    assert desk.best("when does the shop open?").title == "Hours"


def test_a_line_that_is_no_json_is_named_and_the_others_are_read(desk, run):
    lines = [json.dumps({"question": f"Is room {n} free?", "answer": f"Room {n}."}) for n in (1, 2)]
    path = desk.write("faq.jsonl", "\n".join([lines[0], '{"question": "cut', lines[1], ""]))
    done = run(path)
    assert done.exit_code == 1
    assert "read in part: " in done.stderr
    assert "faq.jsonl: line 2 is not JSON" in done.stderr
    assert "1 added" in done.stdout
    assert "0 not read, 1 read in part; 2 passages" in done.stdout
    assert desk.best("Is room 2 free?").text == "Room 2."


def test_reports_and_lists_are_json_where_that_is_wanted(desk, run):
    path = desk.write("hours.md", "# Hours\n\nThe shop opens at nine.\n")
    report = json.loads(run(path, "--bot", "Pado", "--locale", "en_US", "--json").stdout)
    assert report == {
        "added": 1,
        "changed": 0,
        "unchanged": 0,
        "removed": 0,
        "passages": 1,
        "unread": [],
    }
    (listed,) = json.loads(run("--list", "--json").stdout)
    assert (listed["title"], listed["bot"], listed["locale"]) == ("Hours", "Pado", "en_US")
    assert "Hours" in run("--list").stdout


def test_what_was_read_can_be_removed(desk, run):
    path = desk.write("hours.md", "# Hours\n\nThe shop opens at nine.\n")
    run(path)
    assert "1 removed" in run(path, "--remove").stdout
    assert json.loads(run("--list", "--json").stdout) == []


def test_a_file_that_was_emptied_answers_no_more_and_one_that_broke_does(desk, run):
    emptied = desk.write("hours.md", "# Hours\n\nThe shop opens at nine.\n")
    broken = desk.write("tea.md", "# Tea\n\nTea is free.\n")
    run(desk.files)
    emptied.write_text("")
    broken.write_bytes(b"\0\1\2" * 50)
    assert "1 removed, 2 not read; 1 passage" in run(desk.files).stdout
    (listed,) = json.loads(run("--list", "--json").stdout)
    assert listed["title"] == "Tea"


def test_a_locale_that_lex_does_not_have_is_refused(desk, run):
    assert "ko_KR is meant?" in str(run(desk.files, "--locale", "ko-KR").exception)
    assert "not a locale of Lex" in str(run(desk.files, "--locale", "xx").exception)


def test_it_says_what_is_missing_and_who_is_in_the_way(desk, run):
    assert "name the files or folders" in str(run().exception)
    with Indexer(desk.data):
        assert isinstance(run(desk.files).exception, LibraryBusy)


async def test_what_is_indexed_into_a_store_for_all_is_answered_from_elsewhere(
    desk, empty_postgres, tmp_path, monkeypatch
):
    monkeypatch.setenv("DAEHWA_STORE_URL", empty_postgres)
    monkeypatch.chdir(tmp_path)
    desk.write("hours.md", "# Hours\n\nThe museum opens at nine.\n")
    here = ["--data", str(tmp_path / "here")]
    assert CliRunner().invoke(app, ["index", str(desk.files), *here]).exit_code == 0
    there = Opening(data=str(tmp_path / "there"), answer=AnswerName("none"))
    async with plan_runtime(there).open() as runtime:
        hits = await asyncio.to_thread(runtime.kendra.library.search, "When does the museum open?")
        assert [hit.title for hit in hits] == ["Hours"]
    third = ["--data", str(tmp_path / "third")]
    (listed,) = json.loads(CliRunner().invoke(app, ["index", "--list", "--json", *third]).stdout)
    assert listed["title"] == "Hours"
    assert not (tmp_path / "here" / "documents").exists()


def test_what_was_read_is_for_its_owner_only(desk, run):
    path = desk.write("hours.md", "# Hours\n\nThe shop opens at nine.\n")
    before = os.umask(0)
    try:
        run(path)
        # As an older Daehwa left it.
        (desk.data / "documents" / "library.sqlite3").chmod(0o644)
        desk.write("hours.md", "# Hours\n\nThe shop opens at ten.\n")
        run(path)
    finally:
        os.umask(before)
    made = list((desk.data / "documents").rglob("*"))
    assert made
    assert not [one for one in made if one.stat().st_mode & 0o077]
