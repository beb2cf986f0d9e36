"""One turn: load the session, understand, advance, call what is asked for, store, reply."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from daehwa import chat, dialog, lex, nlu, stores, tracing
from daehwa.conversation.assistance import Assistant
from daehwa.conversation.branches import as_after, remember
from daehwa.conversation.calling import (
    HookCaller,
    StateChange,
    TurnInProgress,
    TurnRequest,
    Utterance,
)
from daehwa.conversation.catalogue import Catalogue
from daehwa.conversation.chat_reply import is_missed, reply_of
from daehwa.conversation.facts import turn_facts
from daehwa.conversation.live import LiveTurn
from daehwa.conversation.locks import SessionLocks
from daehwa.conversation.logs import ConversationLog
from daehwa.conversation.networks import BotNetwork, Participant
from daehwa.conversation.obfuscation import Mask
from daehwa.conversation.quotas import check_outcome, check_request
from daehwa.conversation.records import (
    LoggedTurn,
    heard_values,
    held_values,
    logged_turn,
    mask_of,
)
from daehwa.conversation.served_bots import ServedLocale
from daehwa.conversation.stored_session import decode_session
from daehwa.conversation.trace import (
    least_level,
    trace_failure,
    trace_outcome,
    trace_understanding,
)
from daehwa.conversation.transcripts import KeptTurn, remembering
from daehwa.conversation.turn_taking import TurnTaker
from daehwa.conversation.understander import Understander
from daehwa.conversation.updates import SendUpdate
from daehwa.conversation.values import Address

_decode_reply = msgspec.json.Decoder(chat.ChatReply).decode
_encode = msgspec.json.Encoder().encode

# How often a turn without effects outside is taken again when another process was faster.
_TRIES = 5
_POLL_SECONDS = 0.2


class TakenTurn(msgspec.Struct, frozen=True, kw_only=True):
    """A turn that was taken and stored; ``outcome`` is missing when it was taken before.

    ``sent`` is the reply in JSON; ``member`` is who took the turn where a network was addressed.
    """

    reply: chat.ChatReply
    sent: bytes
    outcome: dialog.TurnOutcome | None = None
    member: lex.RecognizedBotMember | None = None


class Turns:
    """Takes turns, one at a time for each session.

    ``catalogue`` gives a session the version that it began with. ``caller`` calls the hooks
    that turns ask for. ``clock`` gives the time in the zone in which
    "today" is read, ``patience`` is how long a turn waits for another, in seconds,
    ``learning_seconds`` how long for a bot that is still being learned. With ``quotas`` Lex's
    sizes are kept to; ``log``, if there is one, gets a record of every turn; ``understander``
    interprets the texts, ``assistant`` improves what it returns.
    """

    def __init__(
        self,
        store: stores.SessionStore,
        catalogue: Catalogue,
        caller: HookCaller,
        *,
        locks: SessionLocks,
        clock: Callable[[], datetime],
        choose: dialog.Chooser,
        patience: float,
        learning_seconds: float,
        quotas: bool,
        log: ConversationLog | None,
        understander: Understander,
        assistant: Assistant | None = None,
    ) -> None:
        self._assistant = assistant
        self._store = store
        self._catalogue = catalogue
        self._caller = caller
        self._locks = locks
        self._clock = clock
        self._choose = choose
        self._patience = patience
        self._learning_seconds = learning_seconds
        self._quotas = quotas
        self._log = log
        self._taker = TurnTaker(catalogue, understander)
        # Whoever holds a session's lock takes the only turn there.
        self._in_progress: dict[Address, TurnInProgress] = {}

    def discard(self, address: Address) -> TurnInProgress | None:
        """Prevent the turn that is in progress there from being stored, and return it."""
        turn = self._in_progress.get(address)
        if turn is not None:
            turn.discarded = True
            turn.ended = turn.ended or asyncio.Event()
            if turn.live is not None:
                turn.live.stop()
        return turn

    def _end(self, progress: TurnInProgress) -> None:
        if progress.ended is not None:
            progress.ended.set()
        del self._in_progress[progress.address]

    async def say(
        self,
        served: ServedLocale,
        address: Address,
        utterance: Utterance,
        *,
        live: LiveTurn | None = None,
        send_update: SendUpdate | None = None,
    ) -> TakenTurn:
        """Take the turn of an utterance and store it; the same message id is one turn.

        ``live`` gets the answer as it comes; ``send_update`` sends what the bot says while a
        long fulfilment runs.

        Raises:
            lex.LexError: the request's state is wrong, a hook failed, or the session stayed
                in use elsewhere.
            stores.StoreError: the store cannot be used.
        """
        with tracing.step("turn", address.bot_id):
            try:
                return await self._say(
                    served, address, utterance, live=live, send_update=send_update
                )
            except (lex.LexError, stores.StoreError) as error:
                trace_failure(utterance, address, error)
                raise

    async def _say(
        self,
        served: ServedLocale,
        address: Address,
        utterance: Utterance,
        *,
        live: LiveTurn | None,
        send_update: SendUpdate | None,
    ) -> TakenTurn:
        """Take the turn of an utterance in its session's order."""
        if self._quotas:
            check_request(utterance.session_state)
        async with self._locks.hold(address):
            if utterance.message_id is not None and utterance.repeatable:
                before = await self._taken_before(address, utterance.message_id)
                if before is not None:
                    return before
            for _ in range(_TRIES):
                progress = TurnInProgress(
                    served, address, utterance, live=live, send_update=send_update
                )
                self._in_progress[address] = progress
                try:
                    async with progress:
                        try:
                            return await self._say_once(progress, utterance)
                        except stores.DuplicateTurn:
                            pass
                        except stores.StaleSession:
                            progress.refuse_if_discarded()
                            if progress.called:
                                raise _busy() from None
                            continue
                finally:
                    self._end(progress)
                # Another process makes this turn, or was faster; if it died, the turn is ours.
                before = await self._taken_before(address, progress.message_id)
                if before is not None:
                    return before
                if progress.called:
                    raise _busy()
        raise _busy()

    async def _say_once(self, progress: TurnInProgress, utterance: Utterance) -> TakenTurn:
        """Take the turn of an utterance from the session as it now is, and store it.

        Raises:
            stores.StaleSession: another process changed the session meanwhile.
            stores.DuplicateTurn: another process makes the turn, or has made it.
        """
        begun = time.perf_counter()
        address = progress.address
        now = self._clock()
        served, session, version = await self._load(progress.served, address, now)
        progress.served = progress.addressed = served
        before = session = as_after(session, utterance.follows, now)
        progress.since, progress.known = session.created_at, session.obfuscated
        until = asyncio.get_running_loop().time() + self._learning_seconds
        model = served.learned or await served.model_until(until)
        heard = time.perf_counter()
        with tracing.step("understand"):
            taker, session, understanding = await self._understand(
                progress, session, utterance, model=model, now=now, until=until
            )
        served = progress.served
        context = self._context(
            utterance, now, answers_questions=self._caller.answers_questions(progress)
        )
        understood = time.perf_counter()
        level = least_level()
        trace_understanding(
            address, utterance.request_id, understanding, served.plan, session, level=level
        )
        if served.obfuscated:
            progress.mask, progress.heard = _masks_before(progress, session, understanding, now)
        outcome = await self._caller.drive(
            dialog.turn(served.plan, session, understanding, context=context),
            progress,
        )
        if self._quotas:
            check_outcome(outcome, by_model=progress.spoken is not None)
        taken = time.perf_counter()
        timing = chat.Timing(total_ms=_ms(taken - begun), nlu_ms=_ms(understood - heard))
        reply = reply_of(progress, outcome, timing)
        note = self._note(progress, session, understanding, outcome, now)
        sent = _encode(reply)
        missed = is_missed(served, outcome)
        kept = None
        if note is not None and served.obfuscated:
            kept = KeptTurn(note, served.obfuscated)
        record = stores.TurnRecord(
            message_id=reply.message_id,
            text=utterance.text if kept is None else kept.text(utterance.text),
            at=now,
            reply=sent if kept is None else kept.reply(reply),
            state="incomplete" if reply.incomplete else "done",
            missed=missed,
            facts=turn_facts(progress, session, outcome, reply, missed=missed, now=now),
        )
        await self._save(progress, outcome, version, before, note=note, turn=record)
        self._write(note, progress)
        trace_outcome(
            utterance.request_id,
            address,
            outcome,
            source=reply.source,
            timing=reply.timing,
            level=level,
        )
        member = None if progress.member is None else taker.recognized
        return TakenTurn(reply=reply, sent=sent, outcome=outcome, member=member)

    async def _understand(
        self,
        progress: TurnInProgress,
        session: dialog.Session,
        utterance: Utterance,
        *,
        model: nlu.Model,
        now: datetime,
        until: float,
    ) -> tuple[Participant, dialog.Session, lex.Understanding]:
        """What the text means, its session, and who takes it: in a network one of its bots.

        ``until`` is when a bot has to be learned, on the event loop's clock.
        """
        taker, session, understanding = await self._taker.hear(
            progress, session, utterance, now, until=until
        )
        if progress.served.bot.is_network:
            progress.served, progress.member = taker.served, taker.address
            model = await taker.served.model_until(until)
        if self._assistant is not None:
            understanding = await self._assistant.assist(
                progress, session, understanding, model=model, now=now, caller=self._caller
            )
        return taker, session, understanding

    async def put(
        self,
        served: ServedLocale,
        address: Address,
        change: StateChange,
    ) -> dialog.TurnOutcome:
        """Set the session's state, as PutSession does; ``Delegate`` runs the bot from there.

        Raises:
            lex.LexError: as ``say``.
        """
        if self._quotas:
            check_request(change.session_state)
        current = served
        async with self._locks.hold(address):
            for _ in range(_TRIES):
                now = self._clock()
                served, session, version = await self._load(current, address, now)
                progress = TurnInProgress(served, address, change)
                self._in_progress[address] = progress
                state = change.session_state or lex.SessionState()
                stored = session
                if served.bot.is_network:
                    taker = BotNetwork(self._catalogue, served, address, session, state).for_state()
                    served, progress.member = taker.served, taker.address
                    progress.served = served
                    session, state = taker.session, taker.state or state
                progress.since, progress.known = session.created_at, session.obfuscated
                try:
                    outcome = await self._caller.drive(
                        dialog.put_session(
                            served.plan,
                            session,
                            state,
                            change.messages,
                            context=self._context(change, now),
                        ),
                        progress,
                    )
                    note = self._note(progress, session, None, outcome, now)
                    try:
                        await self._save(progress, outcome, version, stored, note=note)
                    except stores.StaleSession:
                        progress.refuse_if_discarded()
                        if progress.called:
                            raise _busy() from None
                        continue
                    self._write(note, progress)
                    return outcome
                finally:
                    self._end(progress)
        raise _busy()

    # --- storing ----------------------------------------------------------------------

    async def _load(
        self, current: ServedLocale, address: Address, now: datetime
    ) -> tuple[ServedLocale, dialog.Session, int | None]:
        """The session, with the version of the bot that it began with and its own for the store."""
        stored = await self._store.load(address, now)
        if isinstance(stored, stores.Stored):
            session = decode_session(stored.session)
            served = self._catalogue.begun_with(current, address, session.bot_version)
            if session.bot_version != served.version:
                session = msgspec.structs.replace(session, bot_version=served.version)
            return served, session, stored.version
        fresh = dialog.Session(created_at=now, bot_version=current.version)
        return current, fresh, stored.version if stored is not None else None

    async def _save(
        self,
        progress: TurnInProgress,
        outcome: dialog.TurnOutcome,
        version: int | None,
        before: dialog.Session,
        *,
        note: LoggedTurn | None,
        turn: stores.TurnRecord | None = None,
    ) -> None:
        progress.refuse_if_discarded()
        idle = progress.addressed.bot.idle_session_ttl_in_seconds
        session = outcome.session
        if isinstance(progress.request, Utterance) and progress.request.repeatable:
            session = remember(before, session, progress.message_id)
        if note is not None and progress.served.obfuscated:
            session = remembering(session, note, progress.served.obfuscated)
        await self._store.save(
            progress.address,
            _encode(session),
            expected_version=version,
            expires_at=self._clock() + timedelta(seconds=idle),
            turn=turn,
            started=progress.started,
        )

    def _note(
        self,
        progress: TurnInProgress,
        before: dialog.Session,
        understanding: lex.Understanding | None,
        outcome: dialog.TurnOutcome,
        now: datetime,
    ) -> LoggedTurn | None:
        """What the log and the transcript are written from; ``None`` if neither needs it."""
        if self._log is None and not progress.served.obfuscated:
            return None
        return logged_turn(
            progress, before=before, understanding=understanding, outcome=outcome, at=now
        )

    def _write(self, note: LoggedTurn | None, progress: TurnInProgress) -> None:
        if self._log is not None and note is not None and not progress.discarded:
            self._log.write(note, progress.served.obfuscated)

    async def _taken_before(self, address: Address, message_id: str) -> TakenTurn | None:
        """The reply to a message that came before, waiting for it if it is still being made."""
        for _ in range(int(self._patience / _POLL_SECONDS)):
            turn = await self._store.turn(address, message_id)
            if turn is None or turn.broken_off:
                return None
            if turn.reply is not None:
                return TakenTurn(reply=_decode_reply(turn.reply), sent=turn.reply)
            await asyncio.sleep(_POLL_SECONDS)
        raise _busy()

    def _context(
        self, request: TurnRequest, now: datetime, *, answers_questions: bool = False
    ) -> dialog.TurnContext:
        return dialog.TurnContext(
            now=now,
            request_id=request.request_id,
            choose=self._choose,
            request_attributes=request.request_attributes or {},
            input_mode=request.input_mode,
            answers_questions=answers_questions,
        )


def _masks_before(
    progress: TurnInProgress,
    session: dialog.Session,
    understanding: lex.Understanding,
    now: datetime,
) -> tuple[Mask, Mask]:
    """Hides what a turn may contain of obfuscated slots before its outcome is known.

    The second hides only what was read as such a value, now or before.
    """
    no_outcome = dialog.TurnOutcome(
        session=session,
        session_state=lex.SessionState(),
        messages=(),
        interpretations=(),
        request_attributes={},
    )
    turn = logged_turn(
        progress, before=session, understanding=understanding, outcome=no_outcome, at=now
    )
    obfuscated = progress.served.obfuscated
    read = held_values(turn, obfuscated) | heard_values(turn, obfuscated)
    return mask_of(turn, obfuscated), Mask(read)


def _busy() -> lex.ConflictException:
    return lex.ConflictException(
        "Another request is using this session. Try again when it has been answered."
    )


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 3)
