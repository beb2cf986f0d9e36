"""A bot that is written as a project and read again is the same bot, whatever it is."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.bot.generated import bots
from tests.material.sources import every_export

from daehwa import bot
from daehwa.bot.project import save_project


def files(folder):
    """The files of a folder by their paths in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def exported(definition, folder):
    bot.save(bot.completed(definition), folder)
    return files(folder)


# A bot is big, and what is slow here is the many values of each.
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(bots())
def test_any_bot_survives_a_project_byte_by_byte(any_bot):
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        before = exported(any_bot, home / "before")
        save_project(bot.load(home / "before"), home / "project")
        assert exported(bot.load(home / "project"), home / "after") == before


@pytest.mark.parametrize("path", every_export())
def test_every_export_survives_a_project_byte_by_byte(path, tmp_path):
    before = exported(bot.load(path), tmp_path / "before")
    save_project(bot.load(path), tmp_path / "project")
    assert exported(bot.load(tmp_path / "project"), tmp_path / "after") == before
