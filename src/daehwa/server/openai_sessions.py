"""Which session a request of the OpenAI-compatible API goes on with.

Lex's sessions have names and a state; OpenAI's requests bring the whole conversation. So where
a session stands after each reply is kept under that conversation's own digest, and a request
goes on from where its history leaves off: one that asks again (regenerate) or in other words
(edit) branches, and nobody gets to a state that they have not brought the words for.

A conversation that has a name (a header, ``metadata``, ``user``) keeps its session's id, which
a code hook may hold on to, and continues where its history is not known.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from hashlib import sha256

import msgspec
from starlette.datastructures import Headers

from daehwa import answers
from daehwa.chat import SessionReference
from daehwa.conversation import ChatChannel
from daehwa.server.openai_requests import ModelRequest, Unserved

# Names of a session, from a client that may send the last message alone.
_SESSION_HEADERS = ("x-session-id", "x-conversation-id")
_SESSION_MEMBERS = ("session_id", "conversation_id", "thread_id")
# Names of a chat, from a front end that sends all of it each time. Open WebUI sends its own with
# ENABLE_FORWARD_USER_INFO_HEADERS.
_CHAT_HEADERS = ("x-openwebui-chat-id", "x-chat-id")
_CHAT_MEMBERS = ("chat_id",)
_RESPONSE, _SUFFIX = "resp_", 16


class SessionBranch(msgspec.Struct, frozen=True, kw_only=True):
    """Where a request goes on: its session, and whatever names the states around it."""

    session: SessionReference
    space: str
    root: str
    history: tuple[answers.PastMessage, ...]
    previous: str | None = None
    continues: bool = False

    async def enter(self, chat: ChatChannel) -> None:
        """Have the session stand where the request's history leaves off.

        Raises:
            Unserved: the response that it goes on from is not known, or not any more.
            daehwa.chat.ChatError: there is no such bot or locale.
        """
        if self.previous is not None:
            if not await chat.branch(self._at(_digest(self.space, self.previous)), self.session):
                raise Unserved(
                    f"Previous response with id '{self.previous}' not found.",
                    param="previous_response_id",
                    code="previous_response_not_found",
                )
        elif any(message.role == "assistant" for message in self.history):
            await chat.branch(self._at(_digest(self.space, *_lines(self.history))), self.session)
        elif not self.continues:
            await chat.forget(self.session)

    async def leave(self, chat: ChatChannel, text: str, reply: str, *, answer_id: str) -> None:
        """Keep where the session stands after a reply, for the request that brings it along."""
        spoken = (
            *self.history,
            answers.PastMessage(role="user", text=text),
            answers.PastMessage(role="assistant", text=reply),
        )
        names = [_lines(spoken)]
        if answer_id.startswith(_RESPONSE):
            names.append([answer_id])
        for name in names:
            await chat.branch(self.session, self._at(_digest(self.space, *name)))

    async def hiding(self, chat: ChatChannel) -> Callable[[str], str]:
        """What hides the values of obfuscated slots that the request may hold."""
        brought = await chat.hiding(self._at(_digest(self.space, *_lines(self.history))))
        named = await chat.hiding(self.session)
        return lambda text: named(brought(text))

    def new_response_id(self) -> str:
        """A response's id, from which the session that it belongs to is known again."""
        return f"{_RESPONSE}{self.root}{uuid.uuid4().hex[:_SUFFIX]}"

    def _at(self, digest: str) -> SessionReference:
        return msgspec.structs.replace(self.session, session_id=f"openai-{digest}")


def branch_of(
    request: ModelRequest, headers: Headers, bot_id: str | None, locale_id: str | None
) -> SessionBranch:
    """Give the branch of a request; whose it is stands in its ``Authorization`` header."""
    name, continues = _name(request, headers)
    space = _digest(headers.get("authorization", ""), request.model or "", *name)
    previous = request.previous
    root = uuid.uuid4().hex if previous is None else previous[len(_RESPONSE) : -_SUFFIX]
    # A digest: the name may be anything, an address or a key among it.
    session = _digest("session", space) if name else _digest("root", space, root)
    return SessionBranch(
        session=SessionReference(
            session_id=f"openai-{session}", bot_id=bot_id, locale_id=locale_id
        ),
        space=space,
        root=root,
        history=request.history,
        previous=previous,
        continues=continues,
    )


def _name(request: ModelRequest, headers: Headers) -> tuple[tuple[str, str] | tuple[()], bool]:
    """What the conversation is called, and whether a message alone continues it."""
    members = {key: value for key, value in request.metadata.items() if isinstance(value, str)}
    for names, given, continues in (
        (_SESSION_HEADERS, headers, True),
        (_SESSION_MEMBERS, members, True),
        (_CHAT_HEADERS, headers, False),
        (_CHAT_MEMBERS, members, False),
    ):
        for name in names:
            if value := given.get(name):
                return ("session", value), continues
    user = request.user or members.get("user_id")
    return (("user", user), False) if user else ((), False)


def _lines(history: Iterable[answers.PastMessage]) -> list[str]:
    """A conversation, without what a front end may change in it: spaces and line ends."""
    return [f"{message.role}: {' '.join(message.text.split())}" for message in history]


def _digest(*parts: str) -> str:
    digest = sha256()
    for part in parts:
        digest.update(part.encode(errors="replace") + b"\0")
    return digest.hexdigest()[:32]
