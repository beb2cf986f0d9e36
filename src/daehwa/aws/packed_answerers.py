"""Who answers what the bot did not understand, and how: what was packed of ``daehwa.toml``.

The deployment reads the file as the server does, and writes what the functions need of it as JSON
(``ANSWERS_FILE``)::

    {"locales": {"ko_KR": {"order": ["document", "gpt"], "system": null, "abilities": [...]}},
     "models": {"gpt": {...}}, "openai": {...}, "documents": {...}, "searches": [...],
     "bot": "Shop", "botId": "...", "seconds": 25, "redact": false, "timeZone": "Asia/Seoul"}

Without a file ChatGPT answers, as the environment says.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from daehwa import answers
from daehwa.answers import (
    DEADLINE,
    Answer,
    AnswerError,
    BudgetSpent,
    Endpoint,
    KeyMissing,
    NothingFound,
    Question,
    SettingInvalid,
    Upstream,
)
from daehwa.aws.answer_budget import AnswerBudget
from daehwa.aws.errors import FunctionError, Misconfigured
from daehwa.aws.role_signer import role_signer
from daehwa.aws.secret import read_secret

if TYPE_CHECKING:
    from daehwa.answers import SourcePassage
    from daehwa.documents import PortableIndex

DOCUMENT = "document"
ARN = "OPENAI_API_KEY_SECRET_ARN"
_FILE = "ANSWERS_FILE"
_KEY = "OPENAI_API_KEY"
_OPENAI = "openai"
# Of the time that is left, what an answerer may take to begin while another stands behind.
_SHARE = 0.6


class AnswerStep(NamedTuple):
    """One answerer's turn: whom to ask what; ``passages`` are what it composes from.

    Without an ``upstream``, or where that fails, ``instead`` is the answer. ``model`` is the
    name of the answerer in whose budget it counts.
    """

    question: Question
    upstream: Upstream | None = None
    passages: tuple[SourcePassage, ...] = ()
    instead: Answer | None = None
    model: str = ""

    def finished(self, answer: Answer) -> Answer:
        """The upstream's answer as this answerer's, with what it cost where that is known."""
        prices = None if self.upstream is None else self.upstream.endpoint.prices
        if prices is not None and answer.usage is not None:
            answer = answer._replace(usage=answer.usage._replace(cost=prices.cost(answer.usage)))
        if self.model != DOCUMENT:
            return answer
        return answers.composed_answer(answer, self.passages)


class PackedAnswerers:
    """The answerers by locale; what is known of their endpoints is kept between questions."""

    def __init__(self, packed: Mapping[str, Any], environ: Mapping[str, str]) -> None:
        self.budget = AnswerBudget.from_environment(environ)
        self._packed = packed
        self._environ = environ
        self._secrets: Mapping[str, str] | None = None
        self._upstreams: dict[str, Upstream] = {}
        self._opened: PortableIndex | None = None

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> PackedAnswerers:
        """Read the file that the environment names.

        Raises:
            Misconfigured: it cannot be read.
        """
        path = environ.get(_FILE)
        if path is None:
            return cls({}, environ)
        try:
            return cls(json.loads(Path(path).read_text(encoding="utf-8")), environ)
        except (OSError, ValueError) as error:
            raise Misconfigured(f"{_FILE} {path} cannot be read: {error}") from None

    @property
    def seconds(self) -> float:
        """The deadline of an answer."""
        return min(DEADLINE, float(self._packed.get("seconds") or DEADLINE))

    def order(self, locale: str) -> tuple[str, ...]:
        """Who is asked in a locale, in turn; empty where nobody answers."""
        there = self._locale(locale)
        return tuple(there["order"]) if "order" in there else (_OPENAI,)

    def steps(self, question: Question) -> Iterator[AnswerStep | AnswerError]:
        """Whom to ask, in turn; an error instead of one that cannot be asked.

        The next is made ready only when it is wanted, and a model's call counts from then on.
        """
        question = self._prepared(question)
        order = self.order(question.locale)
        for name in order:
            timed = question if name == order[-1] else _with_less_time(question)
            try:
                step = self._documents(timed) if name == DOCUMENT else self._model(name, timed)
                yield self._within_budget(step)
            except AnswerError as error:
                yield error

    def _within_budget(self, step: AnswerStep) -> AnswerStep:
        """Count the call of a step's model; if the day's budget is used up, drop the model.

        Raises:
            BudgetSpent: there is nothing to say without the model.
        """
        if step.upstream is None or self.budget.take(step.model):
            return step
        if step.instead is None:
            raise BudgetSpent("Today's budget for language models is used up.")
        return step._replace(upstream=None)

    def forget_keys(self) -> bool:
        """Have keys read again: the secret may have been rotated since one was refused.

        False if there is no secret, so that the same key would come again.
        """
        if ARN not in self._environ:
            return False
        self._secrets = None
        self._upstreams.clear()
        return True

    def _locale(self, locale: str) -> Mapping[str, Any]:
        there: Mapping[str, Any] = (self._packed.get("locales") or {}).get(locale) or {}
        return there

    def _prepared(self, question: Question) -> Question:
        """The question with what models may know of the bot, and without people's numbers."""
        there = self._locale(question.locale)
        if self._packed.get("redact"):
            past = (one._replace(text=answers.redacted(one.text)) for one in question.history)
            question = question._replace(text=answers.redacted(question.text), history=tuple(past))
        if not self._packed.get("bot"):
            return question
        profile = answers.BotProfile(
            name=self._packed["bot"],
            abilities=tuple(there.get("abilities") or ()),
            date=answers.written_date(_now(self._packed.get("timeZone")), question.locale),
        )
        return question._replace(system=there.get("system"), profile=profile)

    def _model(self, name: str, question: Question) -> AnswerStep:
        return AnswerStep(question=question, upstream=self.upstream(name), model=name)

    def _documents(self, question: Question) -> AnswerStep:
        """Search, and give what a model is to make of the passages.

        Raises:
            NothingFound: no passage is likely enough to hold the answer.
        """
        # Imported here: most deployments search nothing.
        from daehwa.aws import knowledge  # noqa: PLC0415
        from daehwa.documents import ENOUGH  # noqa: PLC0415

        setting = self._packed.get("documents") or {}
        enough = setting.get("confidence")
        enough = ENOUGH if enough is None else enough
        searches = [
            one
            for one in self._packed.get("searches") or ()
            if one.get("locale", "*") in ("*", question.locale)
        ]
        bots = (self._packed.get("bot") or "", self._packed.get("botId") or "")
        passages = knowledge.search(searches, question, index=self._index(), bots=bots)
        if not passages or passages[0].confidence < enough:
            raise NothingFound("No passage is likely enough to hold the answer.")
        believed = knowledge.numbered([one for one in passages if one.confidence >= enough][:3])
        instead = Answer(text=believed[0].text, source=DOCUMENT, sources=believed)
        composer = setting.get("composer")
        if composer is None:
            return AnswerStep(question=question, instead=instead)
        least = min(answers.WORTH, enough)
        worth = knowledge.numbered(
            [one for one in passages if one.confidence >= least][: answers.PASSAGES]
        )
        text = answers.composed_text(question.text, worth)
        composed = question._replace(text=text, system=answers.SYSTEM, failover=True)
        try:
            upstream = self.upstream(composer)
        except AnswerError:
            return AnswerStep(question=question, instead=instead)
        # As at home it is the documents' own budget that such an answer is counted in.
        return AnswerStep(composed, upstream, worth, instead, DOCUMENT)

    def _index(self) -> PortableIndex | None:
        """The team's own documents; loaded when first needed, and again where that failed."""
        if self._opened is None and "DOCUMENTS_FILE" in self._environ:
            from daehwa.aws.documents_file import open_documents  # noqa: PLC0415 - sqlite3

            try:
                self._opened = open_documents(self._environ)
            except FunctionError as error:
                line = {"event": "document_search_failed", "search": "file", "error": str(error)}
                print(json.dumps(line))  # noqa: T201
        return self._opened

    def upstream(self, name: str) -> Upstream:
        """What asks a model of ``models``, or ``document``; any other name is ``chatgpt``.

        Raises:
            AnswerError: it cannot be asked as it is set.
        """
        if name not in self._upstreams:
            try:
                self._upstreams[name] = Upstream(self._endpoint(name))
            except AnswerError:
                # A key that is put there later is to be read.
                self._secrets = None
                raise
        return self._upstreams[name]

    def _endpoint(self, name: str) -> Endpoint:
        table = (self._packed.get("models") or {}).get(name)
        environ = self._with_secrets()
        if table is None and name == DOCUMENT:
            return self._composer(environ)
        if table is None:
            return answers.chatgpt_endpoint(self._packed.get(_OPENAI) or {}, environ)
        return answers.model_endpoint(table, environ, role_signer)

    def _composer(self, environ: Mapping[str, str]) -> Endpoint:
        """What composes from documents with a model or an address of its own, as at home."""
        setting = self._packed.get("documents") or {}
        own = {"OPENAI_MODEL": setting.get("model"), "OPENAI_BASE_URL": setting.get("base_url")}
        given = {name: value for name, value in own.items() if value is not None}
        return answers.chatgpt_endpoint({}, {**environ, **given})._replace(name=DOCUMENT)

    def _with_secrets(self) -> Mapping[str, str]:
        """The environment plus the members of the secret; the environment takes precedence."""
        arn = self._environ.get(ARN)
        if arn is None or _KEY in self._environ:
            return self._environ
        if self._secrets is None:
            self._secrets = _members(read_secret(arn))
        return {**self._secrets, **self._environ}


def first_error(errors: list[AnswerError]) -> AnswerError:
    """The error of the first that failed; having nothing to say is not a failure."""
    return next((error for error in errors if not error.silent), errors[0])


def _with_less_time(question: Question) -> Question:
    now = time.monotonic()
    until = now + DEADLINE if question.deadline is None else question.deadline
    if question.first_by is not None:
        until = min(until, question.first_by)
    return question._replace(first_by=now + (until - now) * _SHARE, failover=True)


def _members(value: str) -> Mapping[str, str]:
    """The members of a secret: a JSON object's, or the bare key's.

    Raises:
        KeyMissing: it is something else.
    """
    # Windows' editors and shells put a byte order mark in front.
    value = value.removeprefix("\ufeff").strip()
    try:
        held = json.loads(value)
    except ValueError:
        # A shell that takes quotes away leaves such a thing, and no key begins like it.
        held = None if value[:1] in ("{", "[") else value
    if isinstance(held, int | float):
        held = value
    if isinstance(held, str):
        held = {_KEY: held}
    if not isinstance(held, dict):
        raise KeyMissing(f"The secret is neither a key nor a JSON object with the member {_KEY}.")
    return {name: text for name, each in held.items() if (text := _text(each))}


def _text(member: object) -> str:
    """A member of a secret as text: empty where it is not text, or as the deployment made it."""
    return str(member).strip() if isinstance(member, str | int | float) else ""


def _now(time_zone: str | None) -> datetime:
    if time_zone:
        import zoneinfo  # noqa: PLC0415 - slow to import

        try:
            return datetime.now(zoneinfo.ZoneInfo(time_zone))
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            pass  # the function's machine knows no time zones
    return datetime.now(UTC)


_kept: list[PackedAnswerers] = []


def kept_answerers() -> PackedAnswerers:
    """The answering of the environment, kept while this execution environment lives.

    Raises:
        SettingInvalid: a variable, or the file that one names, cannot be read.
    """
    if not _kept:
        try:
            _kept.append(PackedAnswerers.from_environment(os.environ))
        except Misconfigured as error:
            raise SettingInvalid(str(error)) from None
    return _kept[0]
