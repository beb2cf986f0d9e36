"""A keeper's loop through the commands: missed, learn after a look at what it changes, compare."""

import json
import os
import pty
import shutil
import subprocess
import sys

import pytest

from daehwa import bot

from .conftest import environment
from .test_command import daehwa

TEXT = "주차 되나요"


def at_a_terminal(*arguments, folder, types):
    """Run the command with a terminal as its input, at which somebody types."""
    ours, theirs = pty.openpty()
    try:
        os.write(ours, types.encode())
        return subprocess.run(
            [sys.executable, "-m", "daehwa", *map(str, arguments)],
            cwd=folder,
            env=environment(DAEHWA_DATA=str(folder / "data")),
            stdin=theirs,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )
    finally:
        os.close(ours)
        os.close(theirs)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where a copy of the example bot is, which has been talked to."""
    folder = tmp_path_factory.mktemp("keeper")
    shutil.copytree(bot.bundled()["HelloWorldBot"], folder / "hello")
    spoken = f"{TEXT}\n오늘 주식 어때\n{TEXT}?\n안녕\n홍길동\n네\n"
    chatted = daehwa("chat", "hello", "--answer", "none", folder=folder, stdin=spoken)
    assert chatted.returncode == 0, chatted.stderr
    return folder


def contents(folder):
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_the_loop_of_improvement(folder):
    shutil.copytree(folder / "hello", folder / "before")
    before = contents(folder / "hello")
    intent = "HelloWorld"

    rows = json.loads(daehwa("missed", "hello", "--json", folder=folder).stdout)
    assert [(row["texts"], row["times"]) for row in rows] == [
        ([f"{TEXT}?", TEXT], 2),
        (["오늘 주식 어때"], 1),
    ]
    assert daehwa("ignore", "오늘 주식 어때", folder=folder).returncode == 0

    learn = ("learn", TEXT, "hello", "--intent", intent)
    declined = at_a_terminal(*learn, folder=folder, types="n\n")
    assert declined.returncode == 1
    assert "새로 알아들음 2" in declined.stdout
    assert f"{TEXT}: -> {intent}" in declined.stdout
    assert contents(folder / "hello") == before
    accepted = at_a_terminal(*learn, folder=folder, types="y\n")
    assert accepted.returncode == 0, accepted.stderr
    after = contents(folder / "hello")
    assert [file.name for file in before if before[file] != after[file]] == ["ko_KR.yaml"]
    assert TEXT in str(bot.load(folder / "hello").locales["ko_KR"].intents[intent])

    empty = daehwa("missed", "hello", folder=folder).stdout
    assert empty.startswith("Nothing was missed.\n1 more")

    compared = daehwa("compare", "before", "hello", "--fail-on-change", "--json", folder=folder)
    assert compared.returncode == 1
    result = json.loads(compared.stdout)
    assert {each["text"] for each in result["understood"]} == {TEXT, f"{TEXT}?"}
    assert (result["changed"], result["lost"]) == ([], [])


def test_a_script_says_that_it_means_it(folder):
    run = daehwa("learn", "아무 말", "hello", "--intent", "HelloWorld", folder=folder)
    assert run.returncode == 1
    assert "--yes" in run.stderr
    assert "--dry-run" in run.stderr
