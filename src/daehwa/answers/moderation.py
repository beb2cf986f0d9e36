"""Moderation checks of the operator's own on what goes to a language model and what comes back.

A check is a Python function ``module:function``, sync or async, that is given the text and the
locale. It returns nothing for a text that may pass, a line for the person for one that may not,
or ``True`` for one that may not and a line of ours. Or it is OpenAI's moderation endpoint. Its
verdict is the last word: no other answerer is asked. A check that raises, ends the program, gives
something else, or takes longer than ten seconds or the answer's own time, lets nothing through.
"""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import time
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from importlib import import_module
from typing import Any, TypeAlias

import aiohttp
import structlog

from daehwa.answers.answerer import Answerer
from daehwa.answers.errors import (
    AnswerError,
    Moderated,
    ModerationFailed,
    SettingInvalid,
)
from daehwa.answers.settings import Endpoint
from daehwa.answers.values import Answer, Question, StartOver
from daehwa.answers.wrapping import Wrapping

OPENAI_CHECK = "openai"
_MODEL = "omni-moderation-latest"
_SECONDS = 10.0
# What a check has at least, of an answer that came in the last moment.
_LEAST_SECONDS = 1.0
_OK = 200
# Types of what is true or not; the last two are numpy's, which classifiers give.
_TRUTHS = frozenset({"bool", "int", "bool_", "bool8"})
# More than there are turns at once.
_PASSED = 256
# Checks that hang keep these, and no thread that others need.
_THREADS = 8

# In the event loop these would end the server, or the turn.
_ENDS = (SystemExit, KeyboardInterrupt, GeneratorExit, asyncio.CancelledError, StopIteration)

_log = structlog.get_logger(__name__)

Verdict: TypeAlias = "str | bool | None"
Check: TypeAlias = Callable[[str, str], Awaitable[Verdict]]


def find_check(name: str, environ: Any) -> Check:
    """Give the check of a name: ``openai``, or ``module:function``.

    Raises:
        SettingInvalid: there is no such function.
        SettingError: OpenAI's endpoint has no key.
    """
    if name == OPENAI_CHECK:
        return _openai_check(Endpoint.from_environment(environ))
    judge = _function(name)
    later = inspect.iscoroutinefunction(judge)
    threads = None if later else ThreadPoolExecutor(_THREADS, "moderation")

    def call(text: str, locale: str) -> Any:
        try:
            return judge(text, locale)
        except _ENDS as error:
            raise _ended(name, error) from None

    async def check(text: str, locale: str) -> Verdict:
        if threads is not None:
            verdict = await asyncio.get_running_loop().run_in_executor(threads, call, text, locale)
            if not inspect.isawaitable(verdict):
                return verdict  # type: ignore[no-any-return]
        else:
            verdict = judge(text, locale)
        try:
            return await verdict  # type: ignore[no-any-return]
        except _ENDS as error:
            task = asyncio.current_task()
            if isinstance(error, asyncio.CancelledError) and task is not None and task.cancelling():
                raise
            raise _ended(name, error) from None

    return check


def _ended(name: str, error: BaseException) -> ModerationFailed:
    return ModerationFailed(f"The check {name} raised {type(error).__name__}.")


def _function(name: str) -> Any:
    """The function ``module:function``, which takes a text and a locale.

    Raises:
        SettingInvalid: there is no such function, or its module cannot be imported.
    """
    module, _, function = name.partition(":")
    if not module or not function:
        raise SettingInvalid(
            f"moderation {name!r} is not a check: write openai, or module:function"
        )
    try:
        judge = getattr(import_module(module), function)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - anybody's module
        problem = f"{type(error).__name__}: {error}"
        raise SettingInvalid(f"moderation {name!r} cannot be imported: {problem}") from None
    if not callable(judge):
        raise SettingInvalid(f"moderation {name!r} is not a function")
    with contextlib.suppress(ValueError):  # some that are written in C have no signature
        try:
            inspect.signature(judge).bind("text", "en_US")
        except TypeError as error:
            problem = f"is called with the text and the locale: {error}"
            raise SettingInvalid(f"moderation {name!r} {problem}") from None
    return judge


def _openai_check(endpoint: Endpoint) -> Check:
    async def check(text: str, locale: str) -> Verdict:
        del locale
        key = "" if endpoint.key is None else endpoint.key.reveal()
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(_SECONDS)) as session,
            session.post(
                f"{endpoint.base_url}/moderations",
                json={"model": _MODEL, "input": text},
                headers={"Authorization": f"Bearer {key}"},
                allow_redirects=False,
            ) as response,
        ):
            if response.status != _OK:
                raise ModerationFailed(f"The moderation endpoint answered {response.status}.")
            # Some gateways call JSON text.
            value = await response.json(content_type=None)
        verdicts = [result["flagged"] for result in value["results"]]
        if not verdicts:
            raise ModerationFailed("The moderation endpoint gave no result.")
        return any(verdicts)

    return check


def questions_passed() -> deque[tuple[str, str]]:
    """Give a memory of questions that passed, by their turn's request id and their text."""
    return deque(maxlen=_PASSED)


class Moderating(Wrapping):
    """Asks ``answerer`` what ``before`` lets through, and passes on what ``after`` does.

    An answer that is looked at afterwards comes whole: nobody reads what is not to be read. A
    check that fails lets nothing through. ``passed`` are questions that were looked at, shared
    by all that may be asked the same one in a turn.
    """

    def __init__(
        self,
        answerer: Answerer,
        before: Check | None,
        after: Check | None,
        passed: deque[tuple[str, str]] | None = None,
    ) -> None:
        super().__init__(answerer)
        self._before = before
        self._after = after
        self._passed = questions_passed() if passed is None else passed

    async def answer(self, question: Question) -> Answer:
        """Answer as a whole.

        Raises:
            Moderated: the question or the answer may not pass.
            AnswerError: a check failed, or as the answerer's.
        """
        await self._judge_question(question)
        try:
            answer = await self._answerer.answer(question)
        except AnswerError as error:
            await self._judge_partial(error, question)
            raise
        await _judge(self._after, answer.text, question)
        return answer

    async def stream(self, question: Question) -> AsyncGenerator[str | StartOver | Answer]:
        """Stream the answer; errors as ``answer``."""
        await self._judge_question(question)
        pieces: Any = self._answerer.stream(question)
        async with aclosing(pieces):
            try:
                async for piece in pieces:
                    if self._after is None:
                        yield piece
                    elif isinstance(piece, Answer):
                        await _judge(self._after, piece.text, question)
                        yield piece.text
                        yield piece
            except AnswerError as error:
                await self._judge_partial(error, question)
                raise

    async def _judge_question(self, question: Question) -> None:
        key = (question.request_id, question.text)
        if question.request_id and key in self._passed:
            return
        # An answer that has to begin by then waits for this.
        sooner = question.deadline if question.first_by is None else question.first_by
        await _judge(self._before, question.text, question._replace(deadline=sooner))
        self._passed.append(key)

    async def _judge_partial(self, error: AnswerError, question: Question) -> None:
        """Check the part of an answer that broke off, too, if no other answerer follows."""
        if error.partial is not None:
            await _judge(self._after, error.partial.text, question)


async def _judge(check: Check | None, text: str, question: Question) -> None:
    if check is None:
        return
    try:
        verdict = await _verdict(check, text, question)
    except AnswerError as error:
        _log.warning("moderation_failed", error=error.message, request_id=question.request_id)
        raise
    if verdict:
        line = verdict if isinstance(verdict, str) else None
        raise Moderated("A moderation check did not let it pass.", line=line)


async def _verdict(check: Check, text: str, question: Question) -> Verdict:
    left = _SECONDS if question.deadline is None else question.deadline - time.monotonic()
    try:
        async with asyncio.timeout(min(max(left, _LEAST_SECONDS), _SECONDS)):
            verdict = await check(text, question.locale)
    except AnswerError:
        raise
    except TimeoutError:
        raise ModerationFailed("A moderation check took too long.") from None
    except Exception as error:  # noqa: BLE001 - anybody's code; what it raises may hold the text
        raise ModerationFailed(f"A moderation check failed: {type(error).__name__}.") from None
    if type(verdict).__name__ in _TRUTHS:
        return bool(verdict)
    if verdict is not None and not isinstance(verdict, str):
        raise ModerationFailed(
            f"A moderation check returned {type(verdict).__name__}: it has to return None, "
            "a bool or a line."
        )
    return verdict
