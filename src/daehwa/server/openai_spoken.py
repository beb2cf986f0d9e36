"""What the bot or a language model says, as texts with an end, for the OpenAI-compatible API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any, TypeAlias

from daehwa import answers, chat, lex
from daehwa.chat import ChatReply
from daehwa.server.openai_limits import Limited
from daehwa.server.openai_refusals import Unanswered
from daehwa.server.openai_requests import ModelRequest
from daehwa.server.openai_shapes import Finished, finished
from daehwa.server.openai_values import Finish

_FINISHES: dict[answers.Ended, Finish] = {"length": "length", "refused": "content_filter"}

Spoken: TypeAlias = "AsyncIterator[str | Finished]"
"""The pieces of an answer, and its end."""


async def consulted(
    answerer: answers.Answerer, question: answers.Question, wanted: ModelRequest
) -> Spoken:
    """The pieces of a language model's own answer, and its end.

    Raises:
        Unanswered: there is none.
    """
    limited = Limited(wanted, of_model=True)
    pieces: Any = answerer.stream(question)
    try:
        async with aclosing(pieces):
            async for piece in pieces:
                if isinstance(piece, answers.StartOver):
                    limited = Limited(wanted, of_model=True)
                elif isinstance(piece, str):
                    if text := limited.feed(piece):
                        yield text
                    if limited.finish is not None:
                        break
                else:
                    if text := limited.close():
                        yield text
                    usage = piece.usage and chat.ChatUsage(
                        input_tokens=piece.usage.input_tokens,
                        output_tokens=piece.usage.output_tokens,
                    )
                    finish = _FINISHES.get(piece.ended, "stop")
                    yield finished(wanted.text, limited.text, finish, usage)
                    return
    except answers.AnswerError as error:
        line = error.line(question.locale)
        raise Unanswered(error.code, line, error.seconds_to_wait) from None
    yield finished(wanted.text, limited.text, limited.finish or "stop", None)


def finished_reply(wanted: ModelRequest, reply: ChatReply, limited: Limited) -> Finished:
    """The end of a reply that comes whole."""
    limited.feed(shown(reply.messages) or reply.msg)
    limited.close()
    return ending(wanted, reply, limited)


def ending(wanted: ModelRequest, reply: ChatReply, limited: Limited) -> Finished:
    """The end of a reply whose words have gone through its limits."""
    return finished(wanted.text, limited.text, limited.finish or finish_of(reply), reply.usage)


def finish_of(reply: ChatReply) -> Finish:
    """Why a reply ended, in OpenAI's words."""
    if reply.ended == "refused":
        return "content_filter"
    return "length" if reply.incomplete else "stop"


def shown(messages: tuple[lex.Message, ...]) -> str:
    """Messages as Markdown, cards included, for front ends that know no cards."""
    return "\n\n".join(filter(None, map(_markdown, messages)))


def _markdown(message: lex.Message) -> str:
    card = message.image_response_card
    if card is None:
        return message.content or ""
    lines = [f"**{card.title}**"]
    if card.subtitle:
        lines.append(card.subtitle)
    if card.image_url:
        lines.append(f"![{card.title}]({card.image_url})")
    lines.extend(f"- {button.text}" for button in card.buttons or ())
    return "\n".join(lines)
