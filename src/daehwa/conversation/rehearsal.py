"""A runtime to try bots in: on a clock that is set, with sessions of its own."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec

from daehwa import answers, dialog, documents, limits, stores
from daehwa.conversation.answerers import open_answerer, open_composer, open_services
from daehwa.conversation.answering import Answering
from daehwa.conversation.bot_search import BotSearch
from daehwa.conversation.catalogue import Catalogue
from daehwa.conversation.document_folder import document_folder
from daehwa.conversation.hooking import HookTable
from daehwa.conversation.library_search import LibrarySearch
from daehwa.conversation.opening import Opening, data_folder
from daehwa.conversation.runtime import RuntimePlan
from daehwa.conversation.settings import AnswerName, Settings, StoreSetting


class Rehearsal(msgspec.Struct, frozen=True, kw_only=True):
    """What a rehearsal uses in place of the real parts.

    ``clock`` gives the time, with its zone. ``sessions`` is the file of its sessions. ``hooks``
    finds the code hooks. ``choose`` picks among a message's variations. ``answering`` gives
    who answers in place of FallbackIntent's code hook; it gets the configured answerer where
    ``asks_models`` is set, else ``None``: no model is asked then, nor opened.
    """

    clock: Callable[[], datetime]
    sessions: Path
    hooks: HookTable | None = None
    choose: dialog.Chooser | None = None
    answering: Callable[[answers.Answerer | None], answers.Answerer] | None = None
    asks_models: bool = False


def plan_rehearsal(
    catalogue: Catalogue,
    rehearsal: Rehearsal,
    settings: Settings,
    *,
    opening: Opening | None = None,
) -> RuntimePlan:
    """The plan of a runtime that talks as the configured one does, and leaves nothing behind.

    With an ``opening`` its documents are searched, too.

    Raises:
        SettingsError: the configuration is wrong.
        answers.AnswerError: an answerer's settings are wrong.
    """
    limiter = limits.Limiter()
    configured, searching = None, None
    if opening is not None:
        library = document_folder(settings, data_folder(opening))._replace(
            services=open_services(settings)
        )
        chosen = opening.answer if rehearsal.asks_models else AnswerName("none")
        data = data_folder(opening)
        if rehearsal.asks_models:
            configured = open_answerer(settings, data, limiter.budget, chosen, library=library)
        composer = open_composer(settings, data, limiter.budget, chosen, library=library)
        index = documents.KendraIndex(library.folder, shared=library.shared)
        searching = BotSearch(
            LibrarySearch(index, composer, library),
            composer,
            library.services,
            redact=settings.redact,
        )
    answerer = configured if rehearsal.answering is None else rehearsal.answering(configured)
    return RuntimePlan(
        catalogue,
        functools.partial(stores.open_store, f"sqlite:{rehearsal.sessions}"),
        None if answerer is None else Answering(answerer, settings.answer_seconds),
        settings=msgspec.structs.replace(settings, store=StoreSetting()),
        clock=rehearsal.clock,
        limiter=limiter,
        searching=searching,
        hook_table=rehearsal.hooks,
        choose=rehearsal.choose,
    )
