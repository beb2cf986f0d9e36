"""The tests in a bot's folder, run with the bot as it would be after a change."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import msgspec

from daehwa import bot
from daehwa.care.errors import TestingError
from daehwa.care.proposing import RunTests, TestedBot
from daehwa.care.testing.choosing import FOLDER, test_files
from daehwa.care.testing.rehearsing import TestOrder, rehearse
from daehwa.conversation import Opening, load_settings


def tests_beside(opening: Opening) -> RunTests:
    """Runs the tests in a bot's folder with an unsaved change; ``None`` if there are none."""

    async def run(path: Path, changed: bot.Bot) -> TestedBot | None:
        if not (path / FOLDER).is_dir():
            return None
        return await asyncio.to_thread(_hold, opening, path, changed)

    return run


def _hold(opening: Opening, path: Path, changed: bot.Bot) -> TestedBot | None:
    try:
        files = test_files((), path)
    except TestingError:  # a folder without any
        return None
    settings = load_settings(Path(opening.config) if opening.config else None)
    with tempfile.TemporaryDirectory(prefix="daehwa-") as folder:
        there = Path(folder) / f"{changed.name}.zip"
        bot.save(changed, there)
        run = rehearse(
            TestOrder(files=tuple(files)),
            msgspec.structs.replace(opening, bots=(str(there),)),
            settings,
            lambda _: None,
        )
    failed = tuple(result.name for result in run.results if result.outcome == "failed")
    return TestedBot(run.count("passed"), failed)
