"""The small export that checks break, and the salon that tests talk to."""

import pytest
import structlog
from tests.bot.conftest import files, write
from tests.care.talks import Desk, salon

from daehwa import bot

__all__ = ["files", "write"]


@pytest.fixture(scope="session")
def salon_files(tmp_path_factory):
    """The salon's export, and a folder that keeps what was learned of it."""
    folder = tmp_path_factory.mktemp("salon")
    bot.save(salon(), folder / "Salon.zip")
    return folder


@pytest.fixture
def desk(salon_files, tmp_path, monkeypatch):
    """A folder to write tests in and run them; the command sets up a log, which is taken back."""
    monkeypatch.chdir(tmp_path)
    yield Desk(tmp_path, salon_files / "Salon.zip", salon_files / "data")
    structlog.reset_defaults()
