"""A whole run of tests: the files read, the bots opened, the conversations held."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from daehwa import bot
from daehwa.care.errors import TestingError
from daehwa.care.testing.choosing import choose, read_conversations
from daehwa.care.testing.coverage import Visits
from daehwa.care.testing.holding import hold_all
from daehwa.care.testing.local_bots import KeptModels, LocalBots
from daehwa.care.testing.remote_lex import RemoteLex
from daehwa.care.testing.reporting import TestRun
from daehwa.care.testing.values import Conversation, ConversationResult
from daehwa.conversation import Opening, Settings


class TestOrder(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be run: the test ``files`` and the options of the command.

    ``words`` choose conversations, as ``choose`` says. ``record`` asks the model for answers that
    are not recorded yet. ``coverage`` counts what is visited.
    """

    __test__ = False  # no test class, whatever its name

    files: tuple[Path, ...]
    words: str | None = None
    stop_early: bool = False
    locale: str | None = None
    now: datetime | None = None
    record: bool = False
    coverage: bool = False


def rehearse(
    order: TestOrder,
    opening: Opening,
    settings: Settings,
    report: Callable[[ConversationResult], None],
    kept: KeptModels | None = None,
) -> TestRun:
    """Hold the conversations with bots in this process; ``report`` gets each result as it is there.

    Conversations with a bot that they name by its path are held with that. ``kept`` takes what was
    learned from one run to the next.

    Raises:
        TestingError: a file is wrong, or no conversation is chosen.
        bot.BotError, CatalogueError, SettingsError: the bot or the configuration is wrong.
    """
    begun = time.perf_counter()
    chosen = _chosen(order)
    paths = [*opening.bots, *_named_bots(chosen)]
    if not paths:
        raise TestingError("name the BOT first, or in each file, as bot: ../my-bot")
    bots = tuple(dict.fromkeys(str(Path(path).resolve()) for path in paths))
    modes = {each.model.mode for each in chosen}
    bench = LocalBots(
        msgspec.structs.replace(opening, bots=bots),
        settings,
        locale=order.locale,
        now=order.now,
        asks_models="live" in modes or (order.record and "recorded" in modes),
        record=order.record,
        kept=kept,
    )
    with bench:
        if order.coverage:
            bench.visits = Visits(bench.catalogue.bots)
        results = hold_all(chosen, bench, stop_early=order.stop_early, report=report)
        coverage = None if bench.visits is None else bench.visits.coverage()
    return _run(results, begun, coverage=coverage)


def rehearse_on_lex(
    order: TestOrder,
    bot_path: Path,
    client: Any,
    *,
    bot_id: str,
    alias_id: str,
    report: Callable[[ConversationResult], None],
) -> TestRun:
    """Hold the conversations with a bot on Lex.

    Raises:
        TestingError: as ``rehearse``, or Lex cannot be asked.
        bot.BotError: the bot as it is here cannot be read.
    """
    begun = time.perf_counter()
    chosen = _chosen(order)
    bench = RemoteLex(
        client, bot.load(bot_path), bot_id=bot_id, alias_id=alias_id, locale=order.locale
    )
    return _run(hold_all(chosen, bench, stop_early=order.stop_early, report=report), begun)


def _chosen(order: TestOrder) -> list[Conversation]:
    conversations = read_conversations(order.files)
    chosen = choose(conversations, order.words)
    if not chosen:
        raise TestingError(
            f"none of {len(conversations)} conversations has {order.words!r} in its name or file"
            if conversations
            else f"there is no conversation in {', '.join(map(str, order.files))}"
        )
    return chosen


def _named_bots(conversations: Sequence[Conversation]) -> list[str]:
    """The paths of bots that conversations name."""
    named = (Path(each.file).parent / each.bot for each in conversations if each.bot is not None)
    return [str(path) for path in named if path.exists()]


def _run(results: list[ConversationResult], begun: float, *, coverage: Any = None) -> TestRun:
    seconds = round(time.perf_counter() - begun, 3)
    return TestRun(results=tuple(results), seconds=seconds, coverage=coverage)
