"""Opens all that a runtime needs, from what the command line and the configuration say."""

from __future__ import annotations

import contextlib
import functools
import os
import stat
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from daehwa import answers, bot, documents, stores
from daehwa.conversation.answering import Answering
from daehwa.conversation.catalogue import Catalogue
from daehwa.conversation.library_search import LibrarySearch
from daehwa.conversation.runtime import RuntimePlan
from daehwa.conversation.settings import (
    AnswerName,
    Settings,
    SettingsError,
    UnderstandingSetting,
    answer_order,
    documents_first,
    load_settings,
)

_DATABASE = "daehwa.sqlite3"
# What this program puts into its data folder; with anything else in it, it is not ours alone.
_OURS = {
    *(_DATABASE + end for end in ("", "-wal", "-shm")),
    "bots",
    "documents",
    "embedded",
    "embedded.log",
    "learned",
    "models",
    "serving.lock",
}
_OTHER_DATA = "Name another folder: --data DIR, or DAEHWA_DATA=DIR"


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """What a runtime is opened with; plain values, so that it travels to worker processes.

    ``bots`` are paths of Lex exports (none: the example bots), ``data`` the folder for
    sessions and models, ``config`` the path of the configuration, ``answer`` the command's
    own choice of answerer. ``watch`` reads changed bot files again.
    """

    bots: tuple[str, ...] = ()
    data: str = ""
    config: str | None = None
    answer: AnswerName | None = None
    watch: bool = False


def plan_runtime(opening: Opening) -> RuntimePlan:
    """The plan of a runtime, ready to be opened.

    Raises:
        SettingsError: the configuration is wrong.
        bot.BotError, CatalogueError: a bot cannot be read or served.
        answers.AnswerError: an answerer's settings are wrong.
        nlu.QualityError: a quality needs what is not installed.
    """
    config = Path(opening.config or "daehwa.toml")
    settings = load_settings(config if opening.config else None)
    data = _data(opening)
    _make_folder(data)
    order = documents_first(answer_order(settings, opening.answer), settings)
    answerer = _answerer(order, settings, data)
    index = documents.KendraIndex(data)
    return RuntimePlan(
        open_catalogue(opening.bots, data / "learned", settings.understanding),
        functools.partial(stores.open_store, settings.store.url or f"sqlite:{_sessions(data)}"),
        None if answerer is None else Answering(answerer, settings.answer_seconds),
        settings=settings,
        clock=_clock(settings),
        watch=opening.watch,
        config=config,
        searching=_searching(index, order, settings, data),
        kendra=index,
    )


@asynccontextmanager
async def open_sessions(opening: Opening) -> AsyncIterator[stores.SessionStore | None]:
    """The store alone, to read in it; ``None`` where nothing was ever stored.

    Raises:
        SettingsError: the configuration is wrong.
        stores.StoreError: the store cannot be used.
    """
    url = load_settings(Path(opening.config) if opening.config else None).store.url
    if url is None:
        file = _sessions(_data(opening))
        url = f"sqlite:{file}" if file.exists() else None
    if url is None:
        yield None
        return
    async with stores.open_store(url) as store:
        yield store


def _data(opening: Opening) -> Path:
    return Path(opening.data).expanduser() if opening.data else default_data()


def _make_folder(data: Path) -> None:
    """Make the data folder where it is missing, for this user's eyes only.

    One that is there is closed to others if it holds nothing but what this program keeps.

    Raises:
        SettingsError: it cannot be made or written; the message names the cure.
    """
    try:
        data.mkdir(0o700, parents=True, exist_ok=True)
        _close_to_others(data)
        writable = os.access(data, os.W_OK | os.X_OK)
    except OSError as error:
        raise SettingsError(f"{_no_data(data)}: {error.strerror}. {_OTHER_DATA}") from error
    if not writable:
        raise SettingsError(f"{_no_data(data)}: it may not be written. {_OTHER_DATA}")


def _close_to_others(data: Path) -> None:
    mode = data.stat().st_mode
    shared = mode & stat.S_ISVTX  # such as /tmp
    if shared or not mode & 0o077 or not os.access(data, os.R_OK):
        return
    if all(entry.name in _OURS for entry in data.iterdir()):
        with contextlib.suppress(PermissionError):  # another user's stays as it is
            data.chmod(0o700)


def _no_data(data: Path) -> str:
    return f"sessions and models cannot be kept in {data}"


def _sessions(data: Path) -> Path:
    return data / _DATABASE


def open_catalogue(
    paths: tuple[str, ...],
    folder: Path | None = None,
    understanding: UnderstandingSetting | None = None,
) -> Catalogue:
    """The bots at these paths; without any, the example bots of the package.

    In ``folder`` what is learned of them is kept.

    Raises:
        bot.BotError, CatalogueError: a bot cannot be read or served.
        nlu.QualityError: ``understanding`` asks for what is not installed.
    """
    return Catalogue([Path(p) for p in paths] or bot.bundled().values(), folder, understanding)


def default_data() -> Path:
    """Where sessions and models live when nobody says: ``DAEHWA_DATA`` or the user's own."""
    folder: Path = answers.data_directory()
    return folder


def _clock(settings: Settings) -> Callable[[], datetime]:
    if settings.time_zone is None:
        return lambda: datetime.now(UTC).astimezone()
    try:
        zone = ZoneInfo(settings.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise SettingsError(
            f"time_zone {settings.time_zone!r} is not a time zone: take one like 'Asia/Seoul'"
        ) from None
    return lambda: datetime.now(zone)


def _answerer(
    order: tuple[AnswerName, ...], settings: Settings, data: Path
) -> answers.Answerer | None:
    chosen = [
        kind.build(answers.resolved(settings.of(kind), order), data)
        for name in order
        if (kind := answers.ANSWERERS.get(name)) is not None
    ]
    if not chosen:
        return None
    return chosen[0] if len(chosen) == 1 else answers.Chain(chosen)


def _searching(
    index: documents.KendraIndex, order: tuple[AnswerName, ...], settings: Settings, data: Path
) -> LibrarySearch:
    """What search intents search; QnAIntent's answers are composed where others are."""
    kind = answers.DOCUMENTS
    return LibrarySearch(index, kind.build(answers.resolved(settings.of(kind), order), data))
