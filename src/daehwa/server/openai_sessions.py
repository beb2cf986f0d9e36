"""Which session a request of the OpenAI-compatible API continues.

Lex's sessions have names and a state; OpenAI's requests bring the whole conversation. So where
a session stands after each reply is kept under that conversation's own digest, and a request
goes on from where its history leaves off: one that asks again (regenerate) or in other words
(edit) branches, and nobody gets to a state that they have not brought the words for.

A conversation that has a name (a header, ``metadata``, ``user``) is one session, which
continues where its history is not known. One without a name has an id of its own from its first
request on. All of a conversation's sessions have its id, apart from each other by their owners
(``chat.branch_owner``), so that whoever forgets the id forgets them all.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import NamedTuple

import msgspec
from starlette.datastructures import Headers

from daehwa import answers, chat
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
_RESPONSE, _DIGITS, _FEW_DIGITS = "resp_", 32, 8

SESSION_BEGINS = "openai-"
"""How the ids of all sessions of this API begin."""


class ResponseId(NamedTuple):
    """What a response's id names: its session, who may read it, and the turn.

    ``reader`` is a digest of the ``Authorization`` header that the request came with.
    """

    session_id: str
    reader: str
    message_id: str

    @classmethod
    def read(cls, response_id: str) -> ResponseId | None:
        """Take an id apart; ``None`` for what is not an id."""
        digits = response_id.removeprefix(_RESPONSE)
        whole = 2 * _DIGITS + _FEW_DIGITS
        if digits == response_id or len(digits) != whole or not digits.isalnum():
            return None
        session, rest = digits[:_DIGITS], digits[_DIGITS:]
        return cls(SESSION_BEGINS + session, rest[:_FEW_DIGITS], rest[_FEW_DIGITS:])

    def __str__(self) -> str:
        session = self.session_id.removeprefix(SESSION_BEGINS)
        return f"{_RESPONSE}{session}{self.reader}{self.message_id}"


def reader_of(headers: Headers) -> str:
    """Give the digest of whoever sends a request, where nobody signs in."""
    return _digest("reader", headers.get("authorization", ""))[:_FEW_DIGITS]


class SessionBranch(msgspec.Struct, frozen=True, kw_only=True):
    """Where a request goes on: its session, and whatever names the states around it.

    ``owner`` is the owner of the conversation; a session that branched off has an owner of its own.
    """

    session: SessionReference
    owner: str
    space: str
    reader: str
    named: bool
    history: tuple[answers.PastMessage, ...]
    previous: str | None = None
    continues: bool = False

    async def enter(self, channel: ChatChannel) -> SessionBranch:
        """Bring the session to the state at the end of the request's history.

        Returns:
            The branch, of the conversation that this history belongs to.

        Raises:
            Unserved: the response that it goes on from is not known, or not any more.
            daehwa.chat.ChatError: there is no such bot or locale.
        """
        if self.previous is not None:
            before = self._at(_digest(self.space, self.previous))
            if not await channel.branch(before, self.session, likely_known=True):
                raise Unserved(
                    f"Previous response with id '{self.previous}' not found.",
                    param="previous_response_id",
                    code="previous_response_not_found",
                )
        elif any(message.role == "assistant" for message in self.history):
            return await self._go_on(channel, _digest(self.space, *_lines(self.history)))
        elif self.named and not self.continues:
            # One without a name has an id that nobody had before.
            await channel.begin_anew(self.session)
        return self

    async def _go_on(self, channel: ChatChannel, digest: str) -> SessionBranch:
        if self.named:
            await self.take_up(channel, digest, self.session.session_id)
            return self
        conversations = await channel.signposts(self._signpost(digest))
        branch = self
        if len(conversations) == 1:
            owner = chat.branch_owner(self.owner, uuid.uuid4().hex)
            (known,) = conversations
            session = msgspec.structs.replace(self.session, session_id=known, owner=owner)
            branch = msgspec.structs.replace(self, session=session)
        # Where several stood at the same words, nobody knows whose this is: it is a new one.
        for known in reversed(conversations):
            if await branch.take_up(channel, digest, known):
                break
        return branch

    async def take_up(self, channel: ChatChannel, digest: str, conversation: str) -> bool:
        """Bring the session to the state after the conversation with this digest, if known."""
        source = self._at(digest, conversation)
        return await channel.branch(source, self.session, likely_known=self.named)

    async def leave(self, channel: ChatChannel, text: str, reply: str, *, answer_id: str) -> None:
        """Save the session's state after a reply, for the next request whose history ends there."""
        spoken = (
            *self.history,
            answers.PastMessage(role="user", text=text),
            answers.PastMessage(role="assistant", text=reply),
        )
        names = [_lines(spoken)]
        if answer_id.startswith(_RESPONSE):
            names.append([answer_id])
        places = [self._at(_digest(self.space, *name)) for name in names]
        await channel.branch(self.session, *places)
        if not self.named:
            signpost = self._signpost(_digest(self.space, *_lines(spoken)))
            await channel.put_signpost(signpost, self.session.session_id)

    async def hiding(self, channel: ChatChannel) -> Callable[[str], str]:
        """What hides the values of obfuscated slots that the request may hold."""
        digest = _digest(self.space, *_lines(self.history))
        conversations: tuple[str, ...] = (self.session.session_id,)
        if not self.named:
            conversations = await channel.signposts(self._signpost(digest))
        hide = await channel.hiding(self.session)
        # Of several that stand at the same words each holds the same values.
        for known in conversations[-1:]:
            brought = await channel.hiding(self._at(digest, known))
            return lambda text: hide(brought(text))
        return hide

    def response_id(self, message_id: str) -> str:
        """A response's id, from which its session and turn are known again."""
        return str(ResponseId(self.session.session_id, self.reader, message_id))

    def _at(self, digest: str, conversation: str | None = None) -> SessionReference:
        return msgspec.structs.replace(
            self.session,
            session_id=conversation or self.session.session_id,
            owner=chat.branch_owner(self.owner, digest),
        )

    def _signpost(self, digest: str) -> SessionReference:
        return msgspec.structs.replace(
            self.session, session_id=f"{SESSION_BEGINS}{digest}", owner=self.owner
        )


def branch_of(
    request: ModelRequest,
    headers: Headers,
    bot_id: str | None,
    locale_id: str | None,
    *,
    owner: str,
) -> SessionBranch:
    """Give the branch of a request; its sessions are of ``owner``, as ``/chat``'s are.

    Where nobody signs in, whose a history is stands in the ``Authorization`` header.
    """
    name, continues = _name(request, headers)
    space = _digest(headers.get("authorization", ""), request.model or "", *name)
    before = None if request.previous is None else ResponseId.read(request.previous)
    begun = SESSION_BEGINS + uuid.uuid4().hex if before is None else before.session_id
    session = _named(*name) if name else begun
    return SessionBranch(
        session=SessionReference(
            session_id=session, bot_id=bot_id, locale_id=locale_id, owner=owner
        ),
        owner=owner,
        space=space,
        reader=reader_of(headers),
        named=bool(name),
        history=request.history,
        previous=request.previous,
        continues=continues,
    )


def session_of_user(user: str) -> str:
    """The id of the session that the ``user`` of OpenAI's API names."""
    return _named("user", user)


def _named(kind: str, name: str) -> str:
    # A digest: the name may be anything, an address or a key among it.
    return SESSION_BEGINS + _digest("session", kind, name)


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
