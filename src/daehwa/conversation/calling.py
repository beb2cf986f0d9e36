"""What a turn calls outside the dialog: the bot's code hook, or the answerer in its place."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from types import TracebackType
from typing import Any, Self

import msgspec

from daehwa import answers, chat, dialog, hooks, lex, limits, stores
from daehwa.conversation.answering import Answering, Spoken
from daehwa.conversation.hooking import HookTable
from daehwa.conversation.leases import Leases
from daehwa.conversation.live import LiveTurn
from daehwa.conversation.obfuscation import HIDES_NOTHING, may_hold_value
from daehwa.conversation.profile import profile_of
from daehwa.conversation.recall import recall
from daehwa.conversation.search_service import SearchService
from daehwa.conversation.served_bots import ServedLocale
from daehwa.conversation.settings import Settings
from daehwa.conversation.updates import SendUpdate, sending_updates
from daehwa.conversation.values import Address, Operation

_encode = msgspec.json.Encoder().encode


class TurnRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What every request that moves a conversation has."""

    request_id: str
    session_state: lex.SessionState | None = None
    request_attributes: dict[str, str] | None = None
    input_mode: lex.InputMode = "Text"


class ModelContext(msgspec.Struct, frozen=True, kw_only=True):
    """What a client of the OpenAI-compatible API brings along for the language model.

    ``history`` is the conversation as the client has it, ``None`` where it brings none. The
    rest is as in ``answers.Question``.
    """

    history: tuple[answers.PastMessage, ...] | None = None
    instructions: str = ""
    max_tokens: int | None = None
    sampling: dict[str, Any] = {}


class Utterance(TurnRequest, frozen=True):
    """What a person said, with what the request says about the state.

    ``repeatable``: the message id is the client's own, who may have sent it before; one that
    was made here is new. ``follows`` is the turn that it comes after, empty for none, ``None``
    for the last one.
    """

    text: str
    message_id: str | None = None
    repeatable: bool = False
    follows: str | None = None
    operation: Operation = "RecognizeText"
    model_context: ModelContext | None = None


class StateChange(TurnRequest, frozen=True):
    """A state that a client sets, with the ``messages`` that go with it."""

    messages: tuple[lex.Message, ...] = ()
    operation: Operation = "PutSession"


class TurnInProgress:
    """A turn on its way: where it is held, what was asked for, and what has been done so far.

    ``live`` are those who watch the answer, ``send_update`` sends what the bot says before the turn
    is over; ``updated`` marks a turn that did. ``called`` says that a hook or the answerer
    was called, ``started`` that the turn is recorded as running, ``spoken`` what the answerer
    said, ``sources`` what a search intent found; ``counted`` marks a turn that counts as one with
    an answer. ``mask`` hides what the store must not have in the clear while the turn is running.
    ``discarded`` says that the conversation was forgotten meanwhile; ``ended`` is set when a
    turn that was discarded is over. ``heard`` hides the values of obfuscated slots that the text
    itself gives. Its context holds what ends with the turn: the lease on one that is recorded as
    running; ``since`` is when the session began, ``known`` what it remembers of the
    values of obfuscated slots. ``addressed`` is the bot that the request names; where that is a
    network, ``member`` is where the bot is by itself that takes the turn, and ``served`` that bot.
    """

    member: Address | None = None
    updated = False
    called = False
    started = False
    spoken: Spoken | None = None
    sources: tuple[answers.SourcePassage, ...] = ()
    counted = False
    mask = HIDES_NOTHING
    heard = HIDES_NOTHING
    discarded = False
    ended: asyncio.Event | None = None
    since: datetime | None = None
    _lease: AbstractAsyncContextManager[None] | None = None

    def __init__(
        self,
        served: ServedLocale,
        address: Address,
        request: Utterance | StateChange,
        *,
        live: LiveTurn | None = None,
        send_update: SendUpdate | None = None,
    ) -> None:
        self.served = self.addressed = served
        self.address = address
        self.request = request
        self.live = live
        self.send_update = send_update
        named = request.message_id if isinstance(request, Utterance) else None
        # A request id may come from the client, so it does not name a turn.
        self.message_id = named or chat.new_id()
        self.known: dict[str, str] = {}

    async def __aenter__(self) -> Self:
        """Nothing to begin: few turns take a lease."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool | None:
        """Give up the lease."""
        if self._lease is None:
            return None
        return await self._lease.__aexit__(kind, error, trace)

    async def take(self, lease: AbstractAsyncContextManager[None]) -> None:
        """Take the lease, until the turn's context ends; raises what entering it raises."""
        await lease.__aenter__()
        self._lease = lease

    def refuse_if_discarded(self) -> None:
        """Prevent the turn from being stored if its conversation has been forgotten.

        Raises:
            lex.ConflictException: it was.
        """
        if self.discarded:
            raise lex.ConflictException("The session was deleted while this was being answered.")

    @property
    def follows(self) -> str | None:
        """The turn that this one follows, if the request names it."""
        return self.request.follows if isinstance(self.request, Utterance) else None

    @property
    def bot(self) -> hooks.BotReference:
        """The bot that is talked with, as the conversation log names it."""
        return _reference(self.addressed, self.address)

    @property
    def acting(self) -> Address:
        """The address of the bot that takes the turn; in a network the member's."""
        return self.member or self.address

    @property
    def acting_bot(self) -> hooks.BotReference:
        """The bot that takes the turn, as its code hooks know it."""
        return _reference(self.served, self.acting)


def _reference(served: ServedLocale, address: Address) -> hooks.BotReference:
    return hooks.BotReference(
        id=address.bot_id,
        name=served.bot.name,
        version=served.version,
        locale_id=address.locale_id,
        alias_id=address.alias_id,
        alias_name=served.alias_name,
    )


class HookCaller:
    """Calls what turns ask for: the bot's code hook, or the answerer in its place.

    ``answering`` is ``None`` when nothing but the bot shall speak; ``settings`` say for which bots
    questions are answered that come in place of a reply. With ``quotas`` Lex's sizes
    of a code hook's event and reply are kept to. ``searching`` is what search intents search.
    """

    def __init__(
        self,
        store: stores.SessionStore,
        hook_table: HookTable,
        answering: Answering | None,
        leases: Leases,
        *,
        clock: Callable[[], datetime],
        quotas: bool,
        limiter: limits.Limiter,
        settings: Settings,
        searching: SearchService | None = None,
    ) -> None:
        self._searching = searching
        self._settings = settings
        self._store = store
        self._hooks = hook_table
        self._answering = answering
        self._leases = leases
        self._clock = clock
        self._quotas = quotas
        self._limiter = limiter

    def answers_questions(self, progress: TurnInProgress) -> bool:
        """Whether a question is answered that comes in place of a reply."""
        if self._answering is None:
            return False
        address = progress.acting
        return self._settings.answers_while_eliciting(
            progress.served.bot.name, address.bot_id, address.locale_id
        )

    async def drive(
        self, turn: dialog.TurnGenerator, progress: TurnInProgress
    ) -> dialog.TurnOutcome:
        """Take a turn to its end, performing what it asks for.

        Raises:
            lex.LexError: the turn makes no sense, or a hook failed.
        """
        try:
            call = next(turn)
            while True:
                call = turn.send(await self._perform(call, progress))
        except StopIteration as end:
            outcome: dialog.TurnOutcome = end.value
            return outcome

    async def _perform(self, call: dialog.HookCall, progress: TurnInProgress) -> dialog.HookResult:
        if call.kind == "CodeHook":
            configured = self._hooks.find(progress.acting, progress.served.bot.name, call)
            if configured is not None:
                progress.called = True
                return await self._invoke(*configured, call, progress)
            if not call.for_fallback:
                return dialog.HookAbsent()
        if call.kind in ("KendraSearch", "QnA"):
            return await self._search(call, progress)
        if call.kind == "Question":
            return await self._answer_question(call, progress)
        if call.kind not in ("CodeHook", "Fallback"):
            # A search intent says what was found; what a model makes up was not.
            return dialog.HookAbsent()
        return await self._answer_fallback(call, progress)

    async def _answer_fallback(
        self, call: dialog.HookCall, progress: TurnInProgress
    ) -> dialog.HookResult:
        """What the answerer says in place of FallbackIntent's code hook."""
        event = _event(call, progress)
        spoken = await self._answer(event, progress)
        if spoken is None or spoken.silent:
            return dialog.HookAbsent()
        progress.spoken = spoken
        return hooks.response(_closing(event, spoken), literal=True)

    async def _answer_question(
        self, call: dialog.HookCall, progress: TurnInProgress
    ) -> dialog.HookResult:
        """What the answerer says to a question in place of a reply.

        If nobody can answer now, the turn goes as in Lex. If an answer fails, the person gets a
        line that says so before the prompt; the turn does not fail, and the conversation goes on.
        """
        if self._answering is None or not (await self._answering.answerer.ready()).ready:
            return dialog.HookAbsent()
        event = _event(call, progress)
        event["inputTranscript"] = progress.heard.text(event["inputTranscript"])
        if not may_hold_value(call.transcript):
            progress.mask = progress.heard
        spoken = await self._answer(event, progress)
        if spoken is None or spoken.silent:
            return dialog.HookAbsent()
        closing = _closing(event, spoken)
        progress.spoken = msgspec.structs.replace(spoken, error=None)
        return hooks.response(closing, literal=True)

    async def _answer(self, event: dict[str, Any], progress: TurnInProgress) -> Spoken | None:
        """What the answerer says; ``None`` where there is nobody or nothing to ask."""
        answering = self._answering
        if answering is None or not event["inputTranscript"] or await answering.off():
            return None
        refusal = await self._refusal(progress)
        if refusal is not None:
            return refusal
        await self._record_start(progress)
        progress.called = True
        recalled = await recall(
            self._store,
            progress.address,
            progress.served,
            since=progress.since,
            known=progress.known,
            budget=answering.history_tokens,
            follows=progress.follows,
        )
        request = progress.request
        with limits.waiting_elsewhere():
            return await answering.ask(
                event,
                recalled,
                progress.live,
                request_id=request.request_id,
                model_context=request.model_context if isinstance(request, Utterance) else None,
                profile=profile_of(progress.served, self._clock()),
            )

    async def _search(self, call: dialog.HookCall, progress: TurnInProgress) -> dialog.HookResult:
        """Run the search of a search intent; an answer that a model made up does not count."""
        if self._searching is None or not call.transcript:
            return dialog.HookAbsent()
        # A model may compose the answer; that there were too many is for FallbackIntent to say.
        if call.kind == "QnA" and await self._refusal(progress) is not None:
            return dialog.HookAbsent()
        with limits.waiting_elsewhere():
            result = await self._searching.search(call, progress.acting_bot)
        if result is None:
            return dialog.HookAbsent()
        progress.sources = result.sources
        return result.answer

    async def admits_model(self, progress: TurnInProgress) -> bool:
        """Whether the limits allow a question to a language model in this turn."""
        return await self._refusal(progress) is None

    async def _refusal(self, progress: TurnInProgress) -> Spoken | None:
        """The line in place of an answer if the limit on questions is reached.

        A turn counts once.
        """
        if progress.counted:
            return None
        try:
            await self._limiter.check("answers", progress.address)
        except limits.OverLimit as error:
            refused = answers.QuestionsTooMany(str(error))
            line = refused.line(progress.address.locale_id)
            return Spoken(text=line, source="none", error=refused)
        progress.counted = True
        return None

    async def _invoke(
        self, hook: hooks.Hook, limit: float | None, call: dialog.HookCall, progress: TurnInProgress
    ) -> dialog.HookResult:
        seconds: float = call.timeout_seconds
        invoked = hooks.invoke(
            hook,
            _event(call, progress, quotas=self._quotas),
            timeout=seconds if limit is None else min(limit, seconds),
            quotas=self._quotas,
            hide=progress.mask.text if progress.served.obfuscated else None,
        )
        with limits.waiting_elsewhere():
            if call.updates is None or progress.send_update is None:
                return await invoked
            progress.updated = True
            async with sending_updates(call.updates, progress.send_update):
                return await invoked

    async def _record_start(self, progress: TurnInProgress) -> None:
        """Record the turn as running, so that a reload in mid-answer finds it."""
        request = progress.request
        if not isinstance(request, Utterance) or request.message_id is None or progress.started:
            return
        progress.refuse_if_discarded()
        running = stores.TurnRecord(
            message_id=request.message_id,
            text=progress.mask.text(request.text),
            at=self._clock(),
            state="running",
        )
        await progress.take(
            self._leases.hold(
                progress.address,
                running,
                lambda: _draft(progress),
                progress.live.stop if progress.live is not None else lambda: None,
            )
        )
        progress.started = True


def _draft(progress: TurnInProgress) -> bytes | None:
    """The reply so far, as it stands if the turn is broken off; ``None`` before the first word."""
    words = progress.mask.text(progress.live.words) if progress.live is not None else ""
    if progress.live is None or not words:
        return None
    return _encode(
        chat.ChatReply(
            msg=words,
            session_id=progress.address.session_id,
            message_id=progress.message_id,
            messages=(lex.Message(content_type="PlainText", content=words),),
            source=progress.live.source,
            bot_id=progress.address.bot_id,
            locale_id=progress.address.locale_id,
            request_id=progress.request.request_id,
            incomplete=True,
            follows=progress.follows,
        )
    )


def _event(
    call: dialog.HookCall, progress: TurnInProgress, *, quotas: bool = False
) -> dict[str, Any]:
    return hooks.event(
        call,
        bot=progress.acting_bot,
        session_id=progress.address.session_id,
        quotas=quotas,
    )


def _closing(event: dict[str, Any], spoken: Spoken) -> dict[str, Any]:
    """The hook's response, with whose words they are in its request attributes."""
    attributes = {"daehwa:source": spoken.source}
    if spoken.model is not None:
        attributes["daehwa:model"] = spoken.model
    if spoken.error is not None:
        attributes["daehwa:error"] = spoken.error.code
    if spoken.incomplete:
        attributes["daehwa:incomplete"] = spoken.ended
    failed = spoken.error is not None or spoken.ended in ("cut", "timed_out")
    state = "Failed" if failed and not spoken.stopped else "Fulfilled"
    return answers.close_response(event, spoken.text, state=state, attributes=attributes)
