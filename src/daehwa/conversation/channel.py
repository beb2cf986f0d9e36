"""The chat channel: what ``/chat`` serves, and the OpenAI-compatible API and the terminal use."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import msgspec

from daehwa import answers, chat, dialog, limits, stores
from daehwa.conversation.addressing import Addressing
from daehwa.conversation.answering import Answering
from daehwa.conversation.calling import ModelContext
from daehwa.conversation.catalogue import Catalogue
from daehwa.conversation.forgetting import Forgetting
from daehwa.conversation.obfuscation import Mask
from daehwa.conversation.page import image_hosts, page_config
from daehwa.conversation.page_table import PageTable
from daehwa.conversation.running_turns import RunningTurns, over_limit
from daehwa.conversation.stored_session import decode_session
from daehwa.conversation.takeover import take_over
from daehwa.conversation.tasks import Tasks
from daehwa.conversation.turns import Turns
from daehwa.conversation.values import Address

_encode = msgspec.json.Encoder().encode
# The attribute of a session that is nothing but a way to another one.
_SIGNPOST, _SIGNPOSTS = "daehwa:conversations", 8
# The seconds before each look of a stop for its question, which it may have overtaken.
_OVERTAKEN_PAUSES = (0.0, 0.1, 0.2, 0.4, 0.6, 0.7)


class PlacedTurn(NamedTuple):
    """A turn that is kept, and the bot and locale that it was taken with."""

    bot_id: str
    locale_id: str
    turn: chat.Turn[msgspec.Raw]


class ChatChannel:
    """The requests of ``/chat``, as values.

    ``tasks`` is where turns run, and nothing else: they do not end with those who listen.
    """

    def __init__(
        self,
        store: stores.SessionStore,
        turns: Turns,
        catalogue: Catalogue,
        answering: Answering | None,
        *,
        page: PageTable,
        clock: Callable[[], datetime],
        tasks: Tasks,
        forgetting: Forgetting,
        limiter: limits.Limiter,
    ) -> None:
        self._store = store
        self._catalogue = catalogue
        self._addressing = Addressing(catalogue)
        self._answering = answering
        self._page = page
        self._clock = clock
        self._forgetting = forgetting
        self._limiter = limiter
        self._running = RunningTurns(
            store, turns, catalogue, self._addressing, tasks=tasks, limiter=limiter
        )

    async def begin(self, request: chat.SessionRequest, caller: chat.Caller) -> chat.NewSession:
        """Begin a session that only the holder of its secret can use.

        Raises:
            chat.ChatError: the id is not valid, or there is no such bot or locale.
        """
        secret = chat.new_secret()
        reference = chat.SessionReference(
            session_id=request.session_id or chat.new_id(),
            bot_id=request.bot_id,
            locale_id=request.locale_id,
            owner=chat.owner_by_secret(secret),
        )
        address = self._addressing.address(reference, caller.accept_language)
        if request.session_id and chat.is_page_made(request.session_id):
            old = msgspec.structs.replace(address, owner="")
            await take_over(self._store, old, address, now=self._clock())
        return chat.NewSession(session_id=address.session_id, session_secret=secret)

    async def reply(
        self,
        request: chat.ChatRequest,
        caller: chat.Caller,
        model_context: ModelContext | None = None,
    ) -> chat.ChatReply:
        """The reply to a message, whole.

        Raises:
            chat.ChatError: the request is wrong, or the turn failed.
        """
        reply, _ = await self.reply_in_json(request, caller, model_context)
        return reply

    async def reply_in_json(
        self,
        request: chat.ChatRequest,
        caller: chat.Caller,
        model_context: ModelContext | None = None,
    ) -> tuple[chat.ChatReply, bytes]:
        """As ``reply``, with the reply's JSON, which was made for the store.

        Raises:
            chat.ChatError: the request is wrong, or the turn failed.
        """
        live = await self._running.begin(
            request, caller, watched=False, model_context=model_context
        )
        return await live.reply()

    async def stream(
        self,
        request: chat.ChatRequest,
        caller: chat.Caller,
        model_context: ModelContext | None = None,
    ) -> AsyncIterator[chat.ChatEvent]:
        """The reply to a message as it is made. To stop listening does not stop the turn.

        Raises:
            chat.ChatError: before the first event, when the request is wrong.
        """
        live = await self._running.begin(request, caller, watched=True, model_context=model_context)
        async for event in live.follow():
            yield event

    async def branch(
        self,
        source: chat.SessionReference,
        *targets: chat.SessionReference,
        likely_known: bool = False,
    ) -> bool:
        """Make sessions continue from the state of another one, which does not change.

        ``likely_known``: the targets are looked up first, since most are there already.

        Returns:
            Whether there is such a session to go on from.

        Raises:
            chat.ChatError: an id is not valid, or there is no such bot or locale.
            stores.StoreError: the store cannot be used.
        """
        now = self._clock()
        stored = await self._store.load(self._addressing.address(source), now)
        if not isinstance(stored, stores.Stored):
            return False
        session = decode_session(stored.session)
        for target in targets:
            await self._put(target, session, now, likely_known=likely_known)
        return True

    async def put_signpost(self, at: chat.SessionReference, session_id: str) -> None:
        """Make an id point to the conversation of another id, without a copy of what was said.

        Raises:
            chat.ChatError, stores.StoreError: as ``branch``.
        """
        now = self._clock()
        address = self._addressing.address(at)
        stored = await self._store.load(address, now)
        known = [each for each in _led_to(stored) if each != session_id]
        lines = "\n".join([*known, session_id][-_SIGNPOSTS:])
        signpost = dialog.Session(session_attributes={_SIGNPOST: lines}, created_at=now)
        await self._put_over(stored, address, signpost, now)

    async def signposts(self, at: chat.SessionReference) -> tuple[str, ...]:
        """The ids of the conversations that an id leads to, the latest last.

        Raises:
            chat.ChatError, stores.StoreError: as ``branch``.
        """
        return _led_to(await self._store.load(self._addressing.address(at), self._clock()))

    async def _put(
        self,
        reference: chat.SessionReference,
        session: dialog.Session,
        now: datetime,
        *,
        likely_known: bool,
    ) -> None:
        address = self._addressing.address(reference)
        if likely_known or not await self._put_over(None, address, session, now):
            await self._put_over(await self._store.load(address, now), address, session, now)

    async def _put_over(
        self,
        before: stores.Stored | stores.Expired | None,
        address: Address,
        session: dialog.Session,
        now: datetime,
    ) -> bool:
        """Put a session in place of the one that was there before; return whether it still was.

        If it was not, whoever was faster took the same turn.
        """
        idle = self._catalogue.find(address).bot.idle_session_ttl_in_seconds
        try:
            await self._store.save(
                address,
                _encode(session),
                expected_version=None if before is None else before.version,
                expires_at=now + timedelta(seconds=idle),
            )
        except stores.StaleSession:
            return False
        return True

    async def admit_question(self, session: chat.SessionReference) -> None:
        """Check the limits for a question that goes to the language model only.

        Raises:
            chat.ChatError: it is, or there is no such bot or locale.
        """
        address = self._addressing.address(session)
        try:
            await self._limiter.check("turns", address)
            await self._limiter.check("answers", address)
        except limits.OverLimit as error:
            raise over_limit(error) from None

    async def hiding(self, session: chat.SessionReference) -> Callable[[str], str]:
        """What puts the names of obfuscated slots in place of a session's values in a text.

        Raises:
            chat.ChatError: the id is not valid, or there is no such bot or locale.
        """
        stored = await self._store.load(self._addressing.address(session), self._clock())
        known = decode_session(stored.session) if isinstance(stored, stores.Stored) else None
        return Mask({} if known is None else known.obfuscated).text

    @property
    def answerer(self) -> answers.Answerer | None:
        """Who answers beside the bot."""
        return None if self._answering is None else self._answering.answerer

    async def follow(
        self, session: chat.SessionReference, message_id: str, caller: chat.Caller
    ) -> AsyncIterator[chat.ChatEvent]:
        """A turn's events from its first, then what follows; a finished turn has only its end.

        If another process makes the turn, its words arrive as that process stores them.

        Raises:
            chat.ChatError: there is no such turn.
        """
        live = await self._running.follow(session, message_id, caller)
        async for event in live.follow():
            yield event

    def stop(self, session: chat.SessionReference, message_id: str) -> bool:
        """Stop the answer that is being made; what was said so far is kept.

        One whose question comes within the next seconds, to this process, is stopped as it begins.

        Returns:
            Whether such a turn was running in this process.

        Raises:
            chat.ChatError: the ids are not valid, or there is no such bot or locale.
        """
        return self._running.stop(self._addressing.address(session), message_id)

    async def stop_anywhere(self, session: chat.SessionReference, message_id: str) -> bool:
        """Stop the answer, whichever process on this store makes it; there, within a second.

        A stop may overtake its question on the way to another process: a turn that is not known
        yet is waited for, two seconds at most.

        Returns:
            Whether such a turn was running.

        Raises:
            chat.ChatError: the ids are not valid, or there is no such bot or locale.
            stores.StoreError: the store cannot be used.
        """
        if self.stop(session, message_id):
            return True
        address = self._addressing.address(session)
        for pause in _OVERTAKEN_PAUSES:
            await asyncio.sleep(pause)
            turn = await self._store.turn(address, message_id)
            runs = turn is not None and turn.state == "running"
            if runs and await self._store.stop_turn(address, message_id):
                return True
            # One that begins here from now on is known to be unwanted.
            if self._running.live(address, message_id) or (turn is not None and not runs):
                return False
        return False

    async def transcript(
        self, session: chat.SessionReference, *, before: str | None = None
    ) -> chat.Transcript[msgspec.Raw]:
        """The conversation so far, for a page that was reloaded, or what was ``before`` a turn.

        Raises:
            chat.ChatError: an id is not valid, or there is no such bot or locale.
        """
        address = self._addressing.address(session)
        before = chat.checked_message_id(before) if before else None
        stored = await self._store.load(address, self._clock())
        turns = await self._store.turns(address, limit=chat.TURNS_SHOWN + 1, before=before)
        return chat.Transcript(
            session_id=address.session_id,
            bot_id=address.bot_id,
            locale_id=address.locale_id,
            expired=isinstance(stored, stores.Expired),
            open=isinstance(stored, stores.Stored),
            turns=tuple(self._turn(address, turn) for turn in turns[-chat.TURNS_SHOWN :]),
            earlier=len(turns) > chat.TURNS_SHOWN,
        )

    async def saved_talk(self, session: chat.SessionReference) -> chat.SavedTalk:
        """The conversation as a test, which passes as it stands.

        Raises:
            chat.ChatError: the id is not valid, or there is no such bot or locale.
            stores.StoreError: the store cannot be used.
        """
        page = await self.transcript(session)
        turns = page.turns
        while page.earlier:
            page = await self.transcript(session, before=page.turns[0].message_id)
            turns = page.turns + turns
        now = self._clock()
        written = msgspec.json.decode(_encode(turns))
        text = chat.written_talk(written, locale_id=page.locale_id, zone=now.tzinfo or UTC)
        return chat.SavedTalk(name=f"talk-{now:%Y-%m-%d-%H%M}.yaml", text=text)

    async def forget(self, session: chat.SessionReference) -> None:
        """End the session and forget what was said in it, everywhere.

        If the reference names no bot or no locale, this applies to all of them.

        Raises:
            chat.ChatError: the id is not valid, or there is no such bot or locale.
            stores.StoreError: store or conversation log cannot be changed.
        """
        await self._forgetting.forget(*self._addressing.addresses(session))

    async def forget_talk_of(self, session: chat.SessionReference, message_id: str) -> bool:
        """As ``forget``, branches included, but only where there is such a turn.

        Returns:
            Whether there was.

        Raises:
            chat.ChatError, stores.StoreError: as ``forget``.
        """
        held = await self._store.sessions(chat.checked_session_id(session.session_id))
        ours = [key for key in map(_plain, held) if chat.is_within(key.owner, session.owner)]
        places = {
            _place(key) for key in ours if await self._store.turn(key, message_id) is not None
        }
        await self._forgetting.forget(*(key for key in ours if _place(key) in places))
        return bool(places)

    async def kept_turn(self, session: chat.SessionReference, message_id: str) -> PlacedTurn | None:
        """A turn of a session of any bot and locale, if it is kept and the owner's.

        Raises:
            chat.ChatError, stores.StoreError: as ``forget``.
        """
        held = await self._store.sessions(chat.checked_session_id(session.session_id))
        for key in map(_plain, held):
            if chat.is_within(key.owner, session.owner):
                turn = await self._store.turn(key, message_id)
                if turn is not None:
                    return PlacedTurn(key.bot_id, key.locale_id, self._turn(key, turn))
        return None

    async def begin_anew(self, session: chat.SessionReference) -> None:
        """End the session, transcript included, so that the next message begins one.

        Raises:
            chat.ChatError: the id is not valid, or there is no such bot or locale.
        """
        await self._store.delete(self._addressing.address(session))

    async def rate(
        self, session: chat.SessionReference, message_id: str, feedback: chat.Feedback
    ) -> None:
        """Store what the person thinks of a reply; feedback that says nothing takes it back.

        Raises:
            chat.ChatError: there is no such turn, or the comment is too long.
        """
        address = self._addressing.address(session)
        comment = chat.checked_comment(feedback.comment)
        if comment is not None and self._catalogue.find(address).obfuscated:
            comment = (await self._mask(address)).text(comment)
        kept = None
        if feedback.rating is not None or comment is not None:
            kept = chat.Feedback(rating=feedback.rating, comment=comment)
        if not await self._store.set_feedback(address, chat.checked_message_id(message_id), kept):
            raise chat.ChatError("TurnNotFound", message_id=message_id)

    async def config(self, locale_id: str | None, accept_language: str = "") -> chat.PageConfig:
        """What the page needs to know: the bots, their greetings, and who answers the rest."""
        wanted = chat.accepted_languages(accept_language)
        default, locale = self._addressing.default(
            wanted if locale_id is None else (locale_id, *wanted)
        )
        spoken = locale.definition.identifier
        return await page_config(
            self._catalogue,
            self._page.setting,
            self._answering,
            default=chat.DefaultBot(bot_id=default.id, locale_id=spoken),
            locale_id=locale_id or spoken,
        )

    @property
    def page(self) -> PageTable:
        """What the page's owner has set."""
        return self._page

    def image_hosts(self) -> tuple[str, ...]:
        """The hosts that the page may load pictures from."""
        return image_hosts(self._catalogue, self._page.setting)

    async def end_turns(self, patience: float) -> None:
        """End the turns in progress: see ``RunningTurns.end``."""
        await self._running.end(patience)

    async def _mask(self, address: Address) -> Mask:
        """Hides the values of obfuscated slots that the session knows."""
        stored = await self._store.load(address, self._clock())
        known = isinstance(stored, stores.Stored) and decode_session(stored.session).obfuscated
        return Mask(known or {})

    def _turn(self, address: Address, turn: stores.TurnRecord) -> chat.Turn[msgspec.Raw]:
        # A lease may run out here while this very process was too busy to renew it.
        running = turn.broken_off and self._running.live(address, turn.message_id) is not None
        return chat.Turn(
            message_id=turn.message_id,
            text=turn.text,
            at=turn.at.isoformat(),
            reply=None if turn.reply is None or running else msgspec.Raw(turn.reply),
            state="running" if running else turn.state,
            feedback=turn.feedback,
        )


def _led_to(signpost: stores.Stored | stores.Expired | None) -> tuple[str, ...]:
    """The conversations that a signpost leads to, the latest last."""
    if not isinstance(signpost, stores.Stored):
        return ()
    lines = decode_session(signpost.session).session_attributes.get(_SIGNPOST, "")
    return tuple(lines.splitlines())


def _plain(key: stores.SessionKey) -> stores.SessionKey:
    """A key that a store lists, owner and id apart."""
    return stores.SessionKey.of_stored(key.bot_id, key.alias_id, key.locale_id, key.stored_id)


def _place(key: stores.SessionKey) -> tuple[str, str, str]:
    return key.bot_id, key.alias_id, key.locale_id
