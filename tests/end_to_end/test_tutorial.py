"""The tutorial, followed to the letter in both languages: the eight steps of a keeper's day."""

import pathlib

import pytest

from .conftest import environment
from .pages import Reader

DOCS = pathlib.Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("page", ["tutorial.md", "tutorial.ko.md"])
def test_each_command_of_the_tutorial_works(page, tmp_path, free_port):
    reader = Reader(tmp_path, free_port, environment(DAEHWA_DATA=str(tmp_path / "own")))
    reader.follow((DOCS / page).read_text("utf-8"))
    steps = ("new", "check", "test", "evaluate", "serve", "missed", "learn", "report", "export")
    for command in steps:
        assert any(line.startswith(f"daehwa {command} ") for line in reader.ran), command
