"""The chat channel: what ``/chat`` serves, and the OpenAI-compatible API and the terminal use."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, nullcontext
from datetime import UTC, datetime, timedelta

import msgspec
import structlog

from daehwa import answers, chat, dialog, lex, limits, stores
from daehwa.conversation.addressing import Addressing
from daehwa.conversation.answering import Answering
from daehwa.conversation.calling import Brought, Utterance
from daehwa.conversation.catalogue import Catalogue
from daehwa.conversation.forgetting import Forgetting
from daehwa.conversation.live import LiveTurn, LiveTurns
from daehwa.conversation.obfuscation import Mask
from daehwa.conversation.page import image_hosts, page_config
from daehwa.conversation.page_table import PageTable
from daehwa.conversation.stored_session import decode_session
from daehwa.conversation.takeover import take_over
from daehwa.conversation.tasks import Tasks
from daehwa.conversation.turns import Turns
from daehwa.conversation.values import Address

_log = structlog.get_logger(__name__)
_decode_reply = msgspec.json.Decoder(chat.ChatReply).decode

_encode = msgspec.json.Encoder().encode
# The attribute of a session that is nothing but a way to another one.
_SIGNPOST, _SIGNPOSTS = "daehwa:conversations", 8
_POLL_SECONDS = 0.3
# How long an answer that is cut may take to be stored.
_CUT_SECONDS = 2.0


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
        self._turns = turns
        self._catalogue = catalogue
        self._addressing = Addressing(catalogue)
        self._answering = answering
        self._page = page
        self._clock = clock
        self._tasks = tasks
        self._forgetting = forgetting
        self._limiter = limiter
        self._live = LiveTurns()

    async def begin(self, request: chat.SessionRequest, caller: chat.Caller) -> chat.NewSession:
        """Begin a session that only whoever has its secret gets to.

        Raises:
            chat.ChatError: the id is none, or there is no such bot or locale.
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
        self, request: chat.ChatRequest, caller: chat.Caller, brought: Brought | None = None
    ) -> chat.ChatReply:
        """The reply to a message, whole.

        Raises:
            chat.ChatError: the request is wrong, or the turn failed.
        """
        reply, _ = await self.reply_in_json(request, caller, brought)
        return reply

    async def reply_in_json(
        self, request: chat.ChatRequest, caller: chat.Caller, brought: Brought | None = None
    ) -> tuple[chat.ChatReply, bytes]:
        """As ``reply``, with the reply's JSON, which was made for the store.

        Raises:
            chat.ChatError: the request is wrong, or the turn failed.
        """
        live = await self._begin(request, caller, watched=False, brought=brought)
        return await live.reply()

    async def stream(
        self, request: chat.ChatRequest, caller: chat.Caller, brought: Brought | None = None
    ) -> AsyncIterator[chat.ChatEvent]:
        """The reply to a message as it is made. To stop listening does not stop the turn.

        Raises:
            chat.ChatError: before the first event, when the request is wrong.
        """
        live = await self._begin(request, caller, watched=True, brought=brought)
        async for event in live.follow():
            yield event

    async def branch(self, source: chat.SessionReference, target: chat.SessionReference) -> bool:
        """Make a session go on from where another one stands, which stays as it is.

        Returns:
            Whether there is such a session to go on from.

        Raises:
            chat.ChatError: an id is none, or there is no such bot or locale.
            stores.StoreError: the store cannot be used.
        """
        now = self._clock()
        stored = await self._store.load(self._addressing.address(source), now)
        if not isinstance(stored, stores.Stored):
            return False
        await self._put(target, decode_session(stored.session), now)
        return True

    async def put_signpost(self, at: chat.SessionReference, session_id: str) -> None:
        """Have an id lead to the conversation of another one, without a word of it.

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
        self, reference: chat.SessionReference, session: dialog.Session, now: datetime
    ) -> None:
        address = self._addressing.address(reference)
        await self._put_over(await self._store.load(address, now), address, session, now)

    async def _put_over(
        self,
        before: stores.Stored | stores.Expired | None,
        address: Address,
        session: dialog.Session,
        now: datetime,
    ) -> None:
        idle = self._catalogue.find(address).bot.idle_session_ttl_in_seconds
        with contextlib.suppress(stores.StaleSession):  # whoever was faster took the same turn
            await self._store.save(
                address,
                _encode(session),
                expected_version=None if before is None else before.version,
                expires_at=now + timedelta(seconds=idle),
            )

    async def admit_question(self, session: chat.SessionReference) -> None:
        """See that a question to the language model alone is not one too many.

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
        """What puts the names of obfuscated slots in the place of a session's values in a text.

        Raises:
            chat.ChatError: the id is none, or there is no such bot or locale.
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

        The words of a turn that another process makes come as that writes them down.

        Raises:
            chat.ChatError: there is no such turn.
        """
        address = self._addressing.address(session)
        live = self._live.get((address, chat.checked_message_id(message_id)))
        if live is None:
            live = LiveTurn(address.locale_id)
            if await self._store.turn(address, message_id) is None:
                raise chat.ChatError("TurnNotFound", message_id=message_id)
            live.start(address.session_id, message_id, caller.request_id)
            self._tasks.spawn(self._await_elsewhere(address, message_id, live, caller))
        async for event in live.follow():
            yield event

    def stop(self, session: chat.SessionReference, message_id: str) -> bool:
        """Stop the answer that is being made; what was said so far is kept.

        Returns:
            Whether such a turn was running in this process.

        Raises:
            chat.ChatError: the ids are none, or there is no such bot or locale.
        """
        address = self._addressing.address(session)
        live = self._live.get((address, chat.checked_message_id(message_id)))
        if live is None:
            return False
        live.stop()
        return True

    async def stop_anywhere(self, session: chat.SessionReference, message_id: str) -> bool:
        """Stop the answer, whichever process on this store makes it; there, within a second.

        Returns:
            Whether such a turn was running.

        Raises:
            chat.ChatError: the ids are none, or there is no such bot or locale.
            stores.StoreError: the store cannot be used.
        """
        if self.stop(session, message_id):
            return True
        return await self._store.stop_turn(self._addressing.address(session), message_id)

    async def transcript(
        self, session: chat.SessionReference, *, before: str | None = None
    ) -> chat.Transcript[msgspec.Raw]:
        """The conversation so far, for a page that was reloaded, or what was ``before`` a turn.

        Raises:
            chat.ChatError: an id is none, or there is no such bot or locale.
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
            chat.ChatError: the id is none, or there is no such bot or locale.
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

        Where the reference names no bot or locale, that is in every one.

        Raises:
            chat.ChatError: the id is none, or there is no such bot or locale.
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

    async def begin_anew(self, session: chat.SessionReference) -> None:
        """End the session, transcript included, so that the next message begins one.

        Raises:
            chat.ChatError: the id is none, or there is no such bot or locale.
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
        """End the turns in progress, after ``patience`` seconds in which they may do so.

        An answer that has begun ends with what was said so far: it is stored as incomplete,
        and whoever listens gets it as the end. Any other turn ends with ``ShuttingDown`` for
        those who listen, and the next process may take it anew.
        """
        turns = self._tasks.running
        if turns:
            await asyncio.wait(tuple(turns), timeout=patience)
        self._live.cut()
        if turns:
            await asyncio.wait(tuple(turns), timeout=_CUT_SECONDS)
        for task in turns:
            task.cancel()
        if turns:
            await asyncio.wait(tuple(turns), timeout=_CUT_SECONDS)

    # --- turns ------------------------------------------------------------------------

    async def _begin(
        self,
        request: chat.ChatRequest,
        caller: chat.Caller,
        *,
        watched: bool,
        brought: Brought | None = None,
    ) -> LiveTurn:
        text = chat.checked_text(request.text)
        message_id = chat.checked_message_id(request.message_id)
        follows = chat.checked_follows(request.follows)
        session = chat.SessionReference(
            session_id=request.session_id or chat.new_id(),
            bot_id=request.bot_id,
            locale_id=request.locale_id,
            owner=caller.owner,
        )
        address = self._addressing.address(session, caller.accept_language)
        holding = None
        if self._live.get((address, message_id)) is None:
            holding = await self._admit(address)
        live, running = self._live.begin((address, message_id), watched=watched)
        if running:
            if holding is not None:
                await holding.aclose()
        else:
            live.start(address.session_id, message_id, caller.request_id)
            utterance = Utterance(
                text=text,
                request_id=caller.request_id,
                message_id=message_id,
                repeatable=bool(request.message_id),
                follows=follows,
                session_state=None
                if request.session_attributes is None
                else lex.SessionState(session_attributes=request.session_attributes),
                request_attributes=request.request_attributes,
                brought=brought,
            )
            self._tasks.spawn(self._take(address, utterance, live, holding))
        return live

    async def _admit(self, address: Address) -> AsyncExitStack | None:
        """See that there are not too many turns; what comes back ends with the one that begins.

        Raises:
            chat.ChatError: there are.
        """
        try:
            await self._limiter.check("turns", address)
            if not self._limiter.concurrency:
                return None
            async with AsyncExitStack() as stack:
                await stack.enter_async_context(
                    self._limiter.conversation(address.bot_id, address.alias_id)
                )
                return stack.pop_all()
        except limits.OverLimit as error:
            raise over_limit(error) from None

    async def _take(
        self,
        address: Address,
        utterance: Utterance,
        live: LiveTurn,
        holding: AsyncExitStack | None,
    ) -> None:
        request_id = utterance.request_id
        try:
            async with holding or nullcontext():
                taken = await self._turns.say(
                    self._catalogue.find(address), address, utterance, live=live
                )
            live.finish(taken.reply, taken.sent)
        except lex.LexError as error:
            live.fail(lex_refusal(error), request_id)
        except stores.StoreError as error:
            _log.error("store_failed", request_id=request_id, error=str(error))
            live.fail(chat.ChatError("StoreUnavailable"), request_id)
        except Exception:  # noqa: BLE001 - whoever waits must hear of it
            _log.exception("turn_failed", request_id=request_id)
            live.fail(chat.ChatError("InternalServerException"), request_id)
        finally:
            self._live.end((address, utterance.message_id or request_id))
            if not live.ended:
                live.fail(chat.ChatError("ShuttingDown"), request_id)

    async def _await_elsewhere(
        self, address: Address, message_id: str, live: LiveTurn, caller: chat.Caller
    ) -> None:
        """Follow a turn that another process takes; one that was broken off ends as it is."""
        try:
            while True:
                turn = await self._store.turn(address, message_id)
                if turn is not None and turn.draft is not None:
                    live.catch_up(_decode_reply(turn.draft).msg)
                if turn is not None and turn.reply is not None:
                    live.publish("done", turn.reply)
                    return
                if turn is None or turn.state != "running":
                    live.fail(chat.ChatError("TurnLost"), caller.request_id)
                    return
                await asyncio.sleep(_POLL_SECONDS)
        except stores.StoreError as error:
            _log.error("store_failed", request_id=caller.request_id, error=str(error))
            live.fail(chat.ChatError("StoreUnavailable"), caller.request_id)
        finally:
            if not live.ended:
                live.fail(chat.ChatError("ShuttingDown"), caller.request_id)

    async def _mask(self, address: Address) -> Mask:
        """Hides the values of obfuscated slots that the session knows."""
        stored = await self._store.load(address, self._clock())
        known = isinstance(stored, stores.Stored) and decode_session(stored.session).obfuscated
        return Mask(known or {})

    def _turn(self, address: Address, turn: stores.TurnRecord) -> chat.Turn[msgspec.Raw]:
        # A lease may run out here while this very process was too busy to renew it.
        running = turn.broken_off and self._live.get((address, turn.message_id)) is not None
        return chat.Turn(
            message_id=turn.message_id,
            text=turn.text,
            at=turn.at.isoformat(),
            reply=None if turn.reply is None or running else msgspec.Raw(turn.reply),
            state="running" if running else turn.state,
            feedback=turn.feedback,
        )


def lex_refusal(error: lex.LexError) -> chat.ChatError:
    """An error of Lex as one of the chat's, in Lex's own words."""
    return chat.ChatError(
        type(error).__name__,
        message=error.message,
        status=error.status,
        retry_after=error.retry_after,
    )


def over_limit(error: limits.OverLimit) -> chat.ChatError:
    """What there is too much of, for the person who talks."""
    after = error.retry_after
    if error.what == "conversations":
        return chat.ChatError("ThrottlingException", retry_after=after)
    return chat.ChatError("TooManyRequests", retry_after=after, seconds=after)


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
