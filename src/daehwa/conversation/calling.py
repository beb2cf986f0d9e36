"""What a turn asks of the world: the bot's code hook, or the answerer in its place."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from daehwa import answers, dialog, hooks, lex, stores
from daehwa.conversation.answering import HISTORY_TURNS, Answering, Spoken
from daehwa.conversation.catalogue import ServedLocale
from daehwa.conversation.hooking import HookTable
from daehwa.conversation.live import LiveTurn
from daehwa.conversation.updates import Tell, telling
from daehwa.conversation.values import Address, ChatReply, Operation

_decode_reply = msgspec.json.Decoder(ChatReply).decode


class Utterance(msgspec.Struct, frozen=True, kw_only=True):
    """What a person said, with what the request says about the state.

    PutSession has no ``text``. ``repeatable``: the message id is the client's own, who may
    have sent it before; one that was made here is new.
    """

    text: str
    request_id: str
    message_id: str | None = None
    repeatable: bool = False
    session_state: lex.SessionState | None = None
    request_attributes: dict[str, str] | None = None
    input_mode: lex.InputMode = "Text"
    operation: Operation = "RecognizeText"


class Scene:
    """What a turn has on its way, and does: hooks called, words spoken by the answerer.

    ``live`` are those who watch the answer, ``tell`` says what the bot says before the turn
    is over; ``updated`` marks a turn that did.
    """

    def __init__(
        self,
        served: ServedLocale,
        address: Address,
        utterance: Utterance,
        *,
        live: LiveTurn | None = None,
        tell: Tell | None = None,
    ) -> None:
        self.served = served
        self.address = address
        self.utterance = utterance
        self.live = live
        self.tell = tell
        self.updated = False
        # A request id may come from the client, so it does not name a turn.
        self.message_id = utterance.message_id or uuid.uuid4().hex
        self.called = False
        self.started = False
        self.spoken: Spoken | None = None

    @property
    def bot(self) -> hooks.BotReference:
        """The bot as code hooks and the conversation log are told of it."""
        return hooks.BotReference(
            id=self.address.bot_id,
            name=self.served.bot.name,
            version=self.served.version,
            locale_id=self.address.locale_id,
            alias_id=self.address.alias_id,
            alias_name=self.served.alias_name,
        )


class Outside:
    """Performs what turns ask for.

    ``answering`` is ``None`` when nothing but the bot shall speak. With ``quotas`` Lex's sizes
    of a code hook's event and reply are kept to.
    """

    def __init__(
        self,
        store: stores.SessionStore,
        hook_table: HookTable,
        answering: Answering | None,
        *,
        clock: Callable[[], datetime],
        quotas: bool,
    ) -> None:
        self._store = store
        self._hooks = hook_table
        self._answering = answering
        self._clock = clock
        self._quotas = quotas

    async def drive(self, turn: dialog.Turn, scene: Scene) -> dialog.TurnOutcome:
        """Take a turn to its end, performing what it asks for.

        Raises:
            lex.LexError: the turn makes no sense, or a hook failed.
        """
        try:
            call = next(turn)
            while True:
                call = turn.send(await self._perform(call, scene))
        except StopIteration as end:
            outcome: dialog.TurnOutcome = end.value
            return outcome

    async def _perform(self, call: dialog.HookCall, scene: Scene) -> dialog.HookResult:
        if call.kind == "CodeHook":
            configured = self._hooks.find(scene.address, scene.served.bot.name)
            if configured is not None:
                scene.called = True
                return await self._invoke(*configured, call, scene)
            if not call.for_fallback:
                return dialog.HookAbsent()
        if self._answering is None or not call.transcript:
            return dialog.HookAbsent()
        scene.called = True
        await self._record_start(scene)
        event = _event(call, scene)
        spoken = await self._answering.ask(event, await self._history(scene.address), scene.live)
        scene.spoken = spoken
        if call.kind in ("CodeHook", "Fallback"):
            return hooks.response(_closing(event, spoken), literal=True)
        return dialog.SearchResult(text=spoken.text, source=spoken.model or spoken.source)

    async def _invoke(
        self, hook: hooks.Hook, limit: float | None, call: dialog.HookCall, scene: Scene
    ) -> dialog.HookResult:
        seconds: float = call.timeout_seconds
        invoked = hooks.invoke(
            hook,
            _event(call, scene, quotas=self._quotas),
            timeout=seconds if limit is None else min(limit, seconds),
            quotas=self._quotas,
        )
        if call.updates is None or scene.tell is None:
            return await invoked
        scene.updated = True
        async with telling(call.updates, scene.tell):
            return await invoked

    async def _record_start(self, scene: Scene) -> None:
        """Record the turn as running, so that a reload in mid-answer finds it."""
        message_id = scene.utterance.message_id
        if message_id is None or scene.started:
            return
        scene.started = True
        await self._store.start_turn(
            scene.address,
            stores.TurnRecord(
                message_id=message_id,
                text=scene.utterance.text,
                at=self._clock(),
                state="running",
            ),
        )

    async def _history(self, address: Address) -> tuple[answers.Exchange, ...]:
        """What was said before in this conversation, oldest first."""
        exchanges = []
        for turn in await self._store.turns(address, limit=HISTORY_TURNS):
            if turn.reply is None:
                continue
            reply = _decode_reply(turn.reply)
            exchanges.append(answers.Exchange(role="user", text=turn.text))
            if reply.msg and reply.error is None:
                exchanges.append(answers.Exchange(role="assistant", text=reply.msg))
        return tuple(exchanges)


def _event(call: dialog.HookCall, scene: Scene, *, quotas: bool = False) -> dict[str, Any]:
    return hooks.event(
        call,
        bot=scene.bot,
        session_id=scene.address.session_id,
        quotas=quotas,
    )


def _closing(event: dict[str, Any], spoken: Spoken) -> dict[str, Any]:
    """The hook's response, with whose words they are in its request attributes."""
    told = {"daehwa:source": spoken.source}
    if spoken.model is not None:
        told["daehwa:model"] = spoken.model
    if spoken.error is not None:
        told["daehwa:error"] = spoken.error.code
    state = "Failed" if spoken.error is not None else "Fulfilled"
    return answers.closing(event, spoken.text, state=state, attributes=told)
