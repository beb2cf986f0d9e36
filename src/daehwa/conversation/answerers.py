"""Makes what answers beside the bot, from what the configuration says."""

from __future__ import annotations

import functools
import os
from collections import deque
from pathlib import Path
from typing import NamedTuple

import structlog

from daehwa import answers, limits
from daehwa.conversation.answering import HISTORY_TOKENS
from daehwa.conversation.document_folder import DocumentFolder
from daehwa.conversation.settings import AnswerName, Settings, answer_order, documents_first

_log = structlog.get_logger(__name__)

_NO_JUDGES = frozenset({answers.DOCUMENTS.name, "embedded", "none"})


class OpenAnswerers(NamedTuple):
    """What answers the FallbackIntent, and what helps to understand; ``None`` where nobody does.

    Neither is entered yet. A judge that is ``shared`` is one of those that answer, and is
    entered with them.
    """

    answerer: answers.Answerer | None
    judge: answers.Judge | None
    shared: bool


def open_answerers(
    settings: Settings,
    data: Path,
    budget: limits.DailyBudget,
    chosen: AnswerName | None = None,
    *,
    library: DocumentFolder | None = None,
) -> OpenAnswerers:
    """The answerers and the judge that the configuration names beside the bots.

    Remote models are within ``budget``. ``chosen`` is the command's own choice, which goes
    before every order of the file. The embedded model helps to understand only where the
    configuration names it.

    Raises:
        answers.AnswerError: an answerer's settings are wrong.
    """
    order = documents_first(answer_order(settings, chosen), settings)
    answerers = _Answerers(settings, data, budget, order, library)
    answerer = _in_routes(settings, answerers, order, chosen)
    answering = answerers.all
    assisted = settings.understanding.assisted
    models = (name for name in order if name not in _NO_JUDGES)
    judging = answerers.in_order(tuple(filter(None, (assisted.model or next(models, None),))))
    judge = None if judging is None else answers.Judge(judging, assisted.seconds)
    return OpenAnswerers(answerer, judge, judging in answering)


def order_of(
    settings: Settings, name: str, bot_id: str, locale: str, *, default: str
) -> tuple[tuple[str, ...], str | None]:
    """Who answers for one bot and locale where the environment has no say, and its prompt.

    For whoever deploys a bot elsewhere: the names in order, and the template of the system prompt.
    ``default`` answers where the file names nobody.
    """
    whole = settings.answer
    if whole is None:
        whole = tuple(model.name for model in settings.models) or (default,)
    order, system = documents_first(whole, settings), None
    fitting = [each for each in settings.answering if each.fits(name, bot_id, locale)]
    for each in sorted(fitting, key=lambda one: one.fits(name, bot_id, locale)):
        if each.answer is not None:
            order = documents_first(each.answer, settings)
        system = system if each.system is None else each.system
    return order, system


def open_answerer(
    settings: Settings,
    data: Path,
    budget: limits.DailyBudget,
    chosen: AnswerName | None = None,
    *,
    library: DocumentFolder | None = None,
) -> answers.Answerer | None:
    """What answers the FallbackIntent, as in ``open_answerers``."""
    return open_answerers(settings, data, budget, chosen, library=library).answerer


def _in_routes(
    settings: Settings,
    answerers: _Answerers,
    order: tuple[str, ...],
    chosen: AnswerName | None,
) -> answers.Answerer | None:
    """Who answers, by bot and locale where the configuration says so."""
    default = answerers.in_order(order)
    routes = [
        answers.AnswerRoute(
            bot=each.bot,
            locale=each.locale,
            answerer=None
            if each.answer is None or chosen is not None
            else answerers.in_order(documents_first(each.answer, settings)),
            inherits=each.answer is None or chosen is not None,
            system=each.system,
        )
        for each in settings.answering
    ]
    if not routes or (default is None and all(route.answerer is None for route in routes)):
        return default
    return answers.AnswerRouter(default, routes, answerers.all)


def open_composer(
    settings: Settings,
    data: Path,
    budget: limits.DailyBudget,
    chosen: AnswerName | None = None,
    *,
    library: DocumentFolder | None = None,
) -> answers.Answerer:
    """What answers a search intent's question from the documents, not entered yet."""
    order = documents_first(answer_order(settings, chosen), settings)
    answerers = _Answerers(settings, data, budget, order, library)
    composer = answerers.in_order((answers.DOCUMENTS.name,))
    assert composer is not None  # noqa: S101 - one name gives one answerer
    return composer


def open_writer(
    settings: Settings,
    data: Path,
    budget: limits.DailyBudget,
    chosen: AnswerName | None = None,
) -> answers.Answerer:
    """The language model that is asked first, for whoever writes with it; not entered yet.

    Raises:
        answers.NobodyAnswers: the configuration names no model.
        answers.AnswerError: its settings are wrong.
    """
    order = answer_order(settings, chosen)
    models = [name for name in order if name not in (answers.DOCUMENTS.name, "none")]
    writer = _Answerers(settings, data, budget, order, None).in_order(tuple(models[:1]))
    if writer is None:
        raise answers.NobodyAnswers("No language model is configured.")
    return writer


def open_services(settings: Settings) -> tuple[answers.ServiceSearch, ...]:
    """What asks the search services of the configuration.

    Raises:
        answers.AnswerError: a service cannot be asked as it is set.
    """
    return tuple(answers.open_service(each, os.environ) for each in settings.searches)


def longest_history(settings: Settings) -> int:
    """The most tokens of the conversation that any model can use."""
    return max([HISTORY_TOKENS, *(model.history_tokens for model in settings.models)])


class _Answerers:
    """Each answerer once, whatever asks it: its connections and its breaker are shared."""

    def __init__(
        self,
        settings: Settings,
        data: Path,
        budget: limits.DailyBudget,
        order: tuple[str, ...],
        library: DocumentFolder | None,
    ) -> None:
        self._settings = settings
        self._order = order
        self._data = data
        self._library = DocumentFolder(data) if library is None else library
        self._budget = budget
        self._models = {model.name: model for model in settings.models}
        self._made: dict[str, answers.Answerer] = {}
        self._replaced: set[str] = set()
        moderation, environ = settings.moderation, os.environ
        self._before, self._after = (
            None if name is None else answers.find_check(name, environ)
            for name in (moderation.before, moderation.after)
        )

    @functools.cached_property
    def _passed(self) -> deque[tuple[str, str]]:
        """The questions that passed; made when there are checks, which are read only then."""
        return answers.questions_passed()

    @property
    def all(self) -> tuple[answers.Answerer, ...]:
        """All answerers that were made."""
        return tuple(self._made.values())

    def in_order(self, names: tuple[str, ...]) -> answers.Answerer | None:
        """Those of these names; ``None`` for none."""
        chosen = [self._named(name) for name in names if name != AnswerName("none")]
        if not chosen:
            return None
        return chosen[0] if len(chosen) == 1 else answers.Chain(chosen)

    def _named(self, name: str) -> answers.Answerer:
        name = self._resolved(name)
        answerer = self._made.get(name)
        if answerer is None:
            answerer = self._made[name] = self._made_with_checks(name)
        return answerer

    def _resolved(self, name: str) -> str:
        """The name that an alias stands for; the environment's model may be one, too."""
        aliases = self._settings.aliases
        wanted = name
        if name in answers.ANSWERERS and answers.ANSWERERS[name].chosen_with:
            wanted = os.environ.get("OPENAI_MODEL", name)
        if wanted not in aliases:
            return name
        if wanted not in self._replaced:
            self._replaced.add(wanted)
            _log.warning("model_name_replaced", name=wanted, by=aliases[wanted])
        return aliases[wanted]

    def _documents(self) -> answers.Answerer:
        """What answers from documents; of ``[[models]]`` the first that answers composes."""
        table = self._settings.of(answers.DOCUMENTS)
        setting = answers.resolved(table, self._order, self._models)
        names = [self._settings.aliases.get(name, name) for name in self._order]
        if setting.model is not None or setting.base_url is not None:
            names = [setting.model or ""]
        model = next((self._models[name] for name in names if name in self._models), None)
        return answers.build_documents(
            setting, self._library.folder, model=model, services=self._library.services
        )

    def _made_with_checks(self, name: str) -> answers.Answerer:
        kind = answers.ANSWERERS.get(name)
        answerer = (
            answers.build_model(self._models[name])
            if kind is None
            else self._documents()
            if kind is answers.DOCUMENTS
            else kind.build(self._settings.of(kind), self._data)
        )
        remote = kind is None or not kind.local
        # Innermost: a question that a check lets not pass costs nothing.
        if not self._budget.setting.unlimited:
            answerer = answers.within_budget(kind, answerer, self._budget.of(name))
        # A model that composes answers from documents may be a remote one, too.
        if self._settings.redact and (remote or kind is answers.DOCUMENTS):
            answerer = answers.Redacting(answerer)
        if self._before is not None or self._after is not None:
            answerer = answers.Moderating(answerer, self._before, self._after, self._passed)
        return answerer
