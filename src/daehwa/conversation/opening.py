"""Opens all that a runtime needs, from what the command line and the configuration say."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
import stat
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from daehwa import answers, bot, documents, limits, stores
from daehwa.conversation.answerers import (
    longest_history,
    open_answerers,
    open_composer,
    open_services,
    open_writer,
)
from daehwa.conversation.answering import Answering
from daehwa.conversation.assistance import Assistant
from daehwa.conversation.bot_search import BotSearch
from daehwa.conversation.catalogue import Catalogue
from daehwa.conversation.document_folder import DocumentFolder, document_folder
from daehwa.conversation.library_search import LibrarySearch
from daehwa.conversation.logs import forget_records
from daehwa.conversation.runtime import RuntimePlan
from daehwa.conversation.settings import (
    AnswerName,
    Settings,
    SettingsError,
    UnderstandingSetting,
    load_settings,
)

_DATABASE = "daehwa.sqlite3"
_COUNTERS = stores.counters_file(Path(_DATABASE)).name
# What this program puts into its data folder; with anything else in it, it is not ours alone.
_OUR_FOLDERS = {"bots", "care", "documents", "embedded", "learned", "models", "shared", "transfers"}
_OURS = _OUR_FOLDERS | {
    *(file + end for file in (_DATABASE, _COUNTERS) for end in ("", "-wal", "-shm")),
    ".change.json",
    "objects.json",
    "objects.lock",
    "leases.json",
    "embedded.log",
    "embedded.log.1",
    "serving.lock",
    "transfers",
}
_NOTES = "care"
_LOOK_SECONDS = 0.2
_OTHER_DATA = "Name another folder: --data DIR, or DAEHWA_DATA=DIR"


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """What a runtime is opened with; plain values, so that it travels to worker processes.

    ``bots`` are paths of Lex exports (none: the example bots), ``data`` the folder for
    sessions and models, ``config`` the path of the configuration, ``answer`` the command's
    own choice of answerer. ``watch`` reads changed bot files again. ``loopback`` says that
    nobody but this machine reaches what is opened. ``hurried`` lets bots talk as soon as the first
    stage of understanding has been learned.
    """

    bots: tuple[str, ...] = ()
    data: str = ""
    config: str | None = None
    answer: AnswerName | None = None
    watch: bool = False
    loopback: bool = True
    hurried: bool = False


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
    data = data_folder(opening)
    _make_folder(data)
    store = settings.store.url or f"sqlite:{_sessions(data)}"
    limiter = _limiter(settings, store, loopback=opening.loopback)
    library = document_folder(settings, data)._replace(services=open_services(settings))
    answerer, judge, shared = open_answerers(
        settings, data, limiter.budget, opening.answer, library=library
    )
    composer = open_composer(settings, data, limiter.budget, opening.answer, library=library)
    index = documents.KendraIndex(library.folder, shared=library.shared)
    return RuntimePlan(
        open_catalogue(opening.bots, data / "learned", settings.understanding),
        functools.partial(stores.open_store, store),
        None
        if answerer is None
        else Answering(answerer, settings.answer_seconds, history_tokens=longest_history(settings)),
        settings=settings,
        clock=local_time(settings),
        watch=opening.watch,
        hurried=opening.hurried,
        config=config,
        limiter=limiter,
        searching=BotSearch(
            LibrarySearch(index, composer, library),
            composer,
            library.services,
            redact=settings.redact,
        ),
        kendra=index,
        assistant=Assistant(judge, settings.understanding.assisted, shared=shared),
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
        file = _sessions(data_folder(opening))
        url = f"sqlite:{file}" if file.exists() else None
    if url is None:
        yield None
        return
    async with stores.open_store(url) as store:
        yield store


@asynccontextmanager
async def open_model(opening: Opening) -> AsyncIterator[answers.Answerer]:
    """The language model that is asked first, within its budget, when it can answer.

    Raises:
        SettingsError: the configuration is wrong, or the data folder cannot be made.
        answers.AnswerError: no model is configured, or it cannot answer.
    """
    settings = load_settings(Path(opening.config) if opening.config else None)
    data = data_folder(opening)
    _make_folder(data)
    store = settings.store.url or f"sqlite:{_sessions(data)}"
    limiter = _limiter(settings, store, loopback=True)
    async with limiter, open_writer(settings, data, limiter.budget, opening.answer) as model:
        while (await model.ready()).state in ("loading", "downloading"):  # noqa: ASYNC110
            await asyncio.sleep(_LOOK_SECONDS)
        yield model


@contextmanager
def open_notes(opening: Opening, *, writing: bool = False) -> Iterator[stores.ObjectStore]:
    """The notes of whoever maintains a bot, stored beside the sessions if machines share those.

    A caller that only reads creates no folder.

    Raises:
        SettingsError: the configuration is wrong, or the data folder cannot be made.
        stores.StoreError: the store cannot be used.
    """
    url = load_settings(Path(opening.config) if opening.config else None).store.url
    data = data_folder(opening)
    if writing and (url is None or not stores.shares_objects(url)):
        _make_folder(data)
    with stores.open_objects(url, data / _NOTES) as objects:
        yield objects


def open_documents(opening: Opening) -> DocumentFolder:
    """Where the documents are that ``opening`` answers from.

    Raises:
        SettingsError: the configuration is wrong.
        stores.StoreError: there is no such store.
    """
    settings = load_settings(Path(opening.config) if opening.config else None)
    return document_folder(settings, data_folder(opening))


class Forgotten(msgspec.Struct, frozen=True):
    """How much was forgotten: conversations, and records of the conversation log."""

    conversations: int
    records: int


async def forget_session(opening: Opening, session_id: str) -> Forgotten:
    """Forget all that was said under a session's id, with whichever bot, from outside the server.

    Raises:
        SettingsError: the configuration is wrong.
        stores.StoreError: store or conversation log cannot be changed.
    """
    settings = load_settings(Path(opening.config) if opening.config else None)
    keys: tuple[stores.SessionKey, ...] = ()
    async with open_sessions(opening) as store:
        if store is not None:
            keys = await store.sessions(session_id)
            for key in keys:
                await store.delete(key)
    return Forgotten(len(keys), forget_records(settings.logs, session_id))


def data_folder(opening: Opening) -> Path:
    """The folder for sessions and models: the opening's own, or the user's."""
    return Path(opening.data).expanduser() if opening.data else default_data()


def _make_folder(data: Path) -> None:
    """Create the data folder if it is missing, readable by this user only.

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
    if not mode & 0o077 or not os.access(data, os.R_OK):
        return
    if not shared and all(entry.name in _OURS for entry in data.iterdir()):
        _make_private(data)
        return
    for name in _OUR_FOLDERS:
        if (data / name).is_dir():
            _make_private(data / name)


def _make_private(folder: Path) -> None:
    with contextlib.suppress(PermissionError):  # another user's stays as it is
        folder.chmod(0o700)


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


def local_time(settings: Settings) -> Callable[[], datetime]:
    """The real time, in the zone in which "today" is read."""
    """The real time, in the zone in which "today" is read."""
    if settings.time_zone is None:
        return lambda: datetime.now(UTC).astimezone()
    zone = limits.zone_named(settings.time_zone)
    return lambda: datetime.now(zone)


def limits_in_force(settings: Settings) -> limits.LimitsSetting:
    """The limits of a configuration, with those of the environment in their place.

    Raises:
        SettingsError: a variable is empty or malformed; the message names it.
    """
    try:
        return settings.limits.with_environment(os.environ)
    except limits.LimitsError as error:
        raise SettingsError(str(error)) from None


def _limiter(settings: Settings, store: str, *, loopback: bool) -> limits.Limiter:
    setting = limits_in_force(settings)
    return limits.Limiter(
        setting,
        functools.partial(stores.open_counters, store),
        enforced=setting.enforced(loopback=loopback),
        concurrency=settings.quotas is True,
    )
