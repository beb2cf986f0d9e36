"""A look at what goes to a language model and what comes back, by somebody's own judgement.

A check is a Python function ``module:function``, sync or async, that is given the text and the
locale. It returns nothing for a text that may pass, a line for the person for one that may not,
or ``True`` for one that may not and a line of ours. Or it is OpenAI's moderation endpoint.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from importlib import import_module
from typing import Any, TypeAlias

import aiohttp

from daehwa.answers.answerer import Answerer
from daehwa.answers.errors import (
    AnswerError,
    ContentRefused,
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
_OK = 200

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
    module, _, function = name.partition(":")
    try:
        judge: Any = getattr(import_module(module), function)
    except (ImportError, AttributeError, ValueError) as error:
        raise SettingInvalid(f"moderation {name!r} is not a function: {error}") from None

    async def check(text: str, locale: str) -> Verdict:
        if inspect.iscoroutinefunction(judge):
            return await judge(text, locale)  # type: ignore[no-any-return]
        verdict: Verdict = await asyncio.to_thread(judge, text, locale)
        return verdict

    return check


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
            value = await response.json()
        return any(result["flagged"] for result in value["results"])

    return check


class Moderating(Wrapping):
    """Asks ``answerer`` what ``before`` lets through, and passes on what ``after`` does.

    An answer that is looked at afterwards comes whole: nobody reads what is not to be read. A
    check that fails lets nothing through.
    """

    def __init__(self, answerer: Answerer, before: Check | None, after: Check | None) -> None:
        super().__init__(answerer)
        self._before = before
        self._after = after

    async def answer(self, question: Question) -> Answer:
        """Answer as a whole.

        Raises:
            ContentRefused: the question or the answer may not pass.
            AnswerError: a check failed, or as the answerer's.
        """
        await _judge(self._before, question.text, question.locale)
        answer = await self._answerer.answer(question)
        await _judge(self._after, answer.text, question.locale)
        return answer

    async def stream(self, question: Question) -> AsyncGenerator[str | StartOver | Answer]:
        """Stream the answer; errors as ``answer``."""
        await _judge(self._before, question.text, question.locale)
        pieces: Any = self._answerer.stream(question)
        async with aclosing(pieces):
            async for piece in pieces:
                if self._after is None:
                    yield piece
                elif isinstance(piece, Answer):
                    await _judge(self._after, piece.text, question.locale)
                    yield piece.text
                    yield piece


async def _judge(check: Check | None, text: str, locale: str) -> None:
    if check is None:
        return
    try:
        verdict = await check(text, locale)
    except AnswerError:
        raise
    except Exception as error:  # noqa: BLE001 - anybody's code; what it raises may hold the text
        raise ModerationFailed(f"A moderation check failed: {type(error).__name__}.") from None
    if isinstance(verdict, str) and verdict:
        raise Moderated("A moderation check let it not pass.", line=verdict)
    if verdict:
        raise ContentRefused("A moderation check let it not pass.")
