"""The state of a turn in progress: what the stages read and change until the turn is over.

It begins as a copy of the stored session and ends as the next one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from daehwa import lex
from daehwa.dialog.calls import (
    DEFAULT_TIMEOUT_SECONDS,
    CallKind,
    DialogEvent,
    FulfillmentUpdates,
    HookCall,
    InvocationSource,
    ProposedNextState,
    StillWaiting,
    TurnContext,
    TurnOutcome,
)
from daehwa.dialog.intent_plan import IntentPlan, SlotPlan
from daehwa.dialog.interpretations import rank_interpretations
from daehwa.dialog.interpreted_reply import elicitation
from daehwa.dialog.messages import Groups, choose_messages, fill_hook_messages, last_messages
from daehwa.dialog.plan import Plan
from daehwa.dialog.scope import Scope
from daehwa.dialog.session import (
    Session,
    StoredContext,
    contexts_after_turn,
    contexts_in_turn,
    live_contexts,
    session_state,
    wire_context,
)
from daehwa.dialog.slots import SlotMap, slot_text
from daehwa.dialog.transition import CallFlow, Transition

MAX_STEPS: Final = 500
"""Steps of one turn; a bot with every quota of Lex exhausted stays below it."""
MAX_CALLS: Final = 50
"""Hook calls of one turn."""


class TurnState:
    """The turn in progress.

    ``understanding`` is ``None`` for PutSession, which brings a state and no text. The
    intent's ``state`` is *settled* once a stage, a code hook or the client has decided it;
    what is still unsettled when the conversation ends is derived from the slots (rule
    4-state-unfulfilled). ``elicited`` is what the bot elicited when the turn began,
    ``search_text`` what a search intent returned, and
    ``messages_since_entry`` counts the messages since the intent was entered.
    """

    def __init__(
        self,
        plan: Plan,
        session: Session,
        understanding: lex.Understanding | None,
        context: TurnContext,
    ) -> None:
        self.plan = plan
        self.session = session
        self.transcript = "" if understanding is None else understanding.text
        self.candidates = () if understanding is None else understanding.candidates
        self.context = context
        self.threshold = (
            plan.locale.nlu_confidence_threshold if context.threshold is None else context.threshold
        )
        self.elicited = elicitation(plan, session)
        self.intent: IntentPlan | None = None
        self.state: lex.IntentState = "InProgress"
        self.confirmation: lex.ConfirmationState = "None"
        self.scope = Scope(
            session_attributes=dict(session.session_attributes),
            request_attributes=dict(context.request_attributes),
            transcript=self.transcript,
            input_mode=context.input_mode,
        )
        # PutSession is not a turn of the conversation: contexts lose no turn by it.
        active = live_contexts if understanding is None else contexts_in_turn
        self.active_contexts: tuple[StoredContext, ...] = active(session, context.now)
        self.runtime_hints = session.runtime_hints
        self.originating_request_id = session.originating_request_id or context.request_id
        self.attempt = session.attempt
        self.action: lex.DialogAction | None = session.dialog_action
        self.agent: str | None = None
        self.waiting_until = session.waiting_until
        self.choices: tuple[lex.OfferedIntent, ...] = ()
        self.hook_prompt: tuple[lex.Message, ...] = ()
        self.source = None if understanding is None else understanding.source
        self.sentiment = None if understanding is None else understanding.sentiment
        self.ended_intent: lex.Intent | None = None
        self.confidence: float | None = None
        self.state_settled = False
        self.search_text: str | None = None
        self.kendra_response: dict[str, Any] | None = None
        self.messages: list[lex.Message] = []
        self.messages_since_entry = 0
        self.hook_called_since_entry = False
        self.events: list[DialogEvent] = []
        self.missed_utterance = False
        self.developer_override = False
        self.answered_question = False
        self.still_waiting: StillWaiting | None = None
        self._steps = 0
        self._calls = 0

    # --- the intent and its slots -----------------------------------------------------

    @property
    def slots(self) -> SlotMap:
        """The slots of the intent in progress."""
        return self.scope.slots

    @property
    def current(self) -> IntentPlan:
        """The intent in progress; a stage that needs one is never entered without."""
        if self.intent is None:
            raise lex.ValidationException("The dialog action needs an intent.")
        return self.intent

    @property
    def elicited_slot(self) -> SlotPlan:
        """The slot of the intent in progress that was elicited when the turn began."""
        return self.current.slots[(self.elicited and self.elicited.slot) or ""]

    def enter(self, intent: IntentPlan, slots: SlotMap | None = None) -> None:
        """Begin an intent afresh, with the slots given and the others empty.

        Raises:
            lex.DependencyFailedException: the intent cannot run; the message says why.
        """
        fault = self.plan.faults.get(intent.name)
        if fault is not None:
            raise lex.DependencyFailedException(fault)
        self.resume(intent, slots, "InProgress", "None")
        self.originating_request_id = self.context.request_id
        self.attempt = 0
        self.messages_since_entry = 0
        self.hook_called_since_entry = False
        self.waiting_until = None

    def resume(
        self,
        intent: IntentPlan,
        slots: SlotMap | None,
        state: lex.IntentState,
        confirmation: lex.ConfirmationState,
    ) -> None:
        """Take up an intent where it stands."""
        self.intent = intent
        self.scope.intent = intent.name
        self.scope.slots = all_slots(intent, slots)
        self.unsettle(state)
        self.confirmation = confirmation
        self.ended_intent = None

    def settle(self, state: lex.IntentState) -> None:
        """Decide the intent's state; the end of the conversation leaves it as it is."""
        self.state = state
        self.state_settled = True

    def unsettle(self, state: lex.IntentState) -> None:
        """Set a state that is only on the way to another."""
        self.state = state
        self.state_settled = False

    def lex_intent(self) -> lex.Intent:
        """Show the intent in progress on the wire."""
        intent = self.current
        return lex.Intent(
            name=intent.name,
            slots=dict(self.slots),
            state=self.state,
            confirmation_state=self.confirmation,
        )

    def required_slots_filled(self) -> bool:
        """Whether every slot that has to be filled is."""
        return all(
            slot.is_complete(self.slots.get(slot.name))
            for slot in self.current.slots.values()
            if slot.required
        )

    # --- responding -------------------------------------------------------------------

    def respond(self, groups: Groups, *, ordered_attempt: int | None = None) -> None:
        """Add a message of each group to the reply."""
        if groups:
            chosen = choose_messages(
                groups, self.scope, self.context.choose, ordered_attempt=ordered_attempt
            )
            self.messages += chosen
            self.messages_since_entry += len(chosen)

    def respond_with(self, messages: Iterable[lex.Message], *, literal: bool = False) -> None:
        """Add messages that came from outside, ``literal`` ones without filling placeholders."""
        added = (
            [message for message in messages if message.content != ""]
            if literal
            else fill_hook_messages(messages, self.scope)
        )
        self.messages += added
        self.messages_since_entry += len(added)

    def prompt_with(self, messages: Iterable[lex.Message], *, literal: bool = False) -> None:
        """Put a prompt in words that came from outside, and remember them for another time."""
        before = len(self.messages)
        self.respond_with(messages, literal=literal)
        self.hook_prompt = tuple(self.messages[before:])

    # --- the guard, and the log -------------------------------------------------------

    def count_step(self, transition: Transition) -> None:
        """Count a step.

        Raises:
            lex.ValidationException: the bot goes in circles.
        """
        self._steps += 1
        if self._steps > MAX_STEPS:
            intent = self.intent.name if self.intent else "no intent"
            raise lex.ValidationException(
                f"The bot's next steps go in a circle: after {MAX_STEPS} of them the turn was "
                f"still at {transition} of {intent}. A slot that is to be asked for again has to "
                "be set to null first."
            )

    def log(self, event: DialogEvent) -> None:
        """Note what happened, for the conversation log."""
        self.events.append(event)

    # --- calling out ------------------------------------------------------------------

    def call(
        self,
        source: InvocationSource,
        *,
        kind: CallKind = "CodeHook",
        intent: IntentPlan | None = None,
        label: str | None = None,
        proposed: ProposedNextState | None = None,
        timeout_seconds: int = DEFAULT_TIMEOUT_SECONDS,
        updates: FulfillmentUpdates | None = None,
        configuration: dict[str, Any] | None = None,
    ) -> CallFlow:
        """Call out (``intent`` when it is not the one in progress).

        Raises:
            lex.ValidationException: too many calls in one turn.
        """
        self._calls += 1
        if self._calls > MAX_CALLS:
            raise lex.ValidationException(
                f"The bot and its code hook go in a circle: {MAX_CALLS} calls in one turn."
            )
        if kind != "Question":
            self.hook_called_since_entry = True
        if kind == "CodeHook":
            self.log(DialogEvent(code_hook=source, dialog_code_hook_invocation_label=label))
        result = yield HookCall(
            kind=kind,
            source=source,
            label=label,
            session_state=self._hook_state(intent),
            interpretations=self.interpretations(),
            proposed_next_state=proposed,
            transcript=self.transcript,
            resolved_slots=dict(self.scope.resolved_slots),
            input_mode=self.context.input_mode,
            request_attributes=dict(self.scope.request_attributes),
            timeout_seconds=timeout_seconds,
            updates=updates,
            intent_signature=called.signature if (called := intent or self.intent) else None,
            configuration=configuration,
            kendra_response=self.kendra_response,
        )
        return result

    def _hook_state(self, other: IntentPlan | None) -> lex.SessionState:
        """The state as hooks see it: without the dialog action, as in all recorded events.

        The guide's format of the event has it, but no recorded event of Lex's has it, not even in
        the middle of a dialog.
        """
        now = self.context.now
        return lex.SessionState(
            intent=self._hook_intent(other),
            active_contexts=tuple(wire_context(c, now) for c in self.active_contexts),
            session_attributes=dict(self.scope.session_attributes),
            originating_request_id=self.originating_request_id,
            runtime_hints=self.runtime_hints,
        )

    def _hook_intent(self, other: IntentPlan | None) -> lex.Intent | None:
        if other is None or other is self.intent:
            return self.lex_intent() if self.intent else None
        return lex.Intent(
            name=other.name,
            slots=dict(other.empty_slots),
            state="InProgress",
            confirmation_state="None",
        )

    # --- the end ----------------------------------------------------------------------

    def interpretations(self) -> tuple[lex.Interpretation, ...]:
        """List what the text may mean, the intent in progress first."""
        active = self.lex_intent() if self.intent else self.ended_intent
        return rank_interpretations(
            self.plan,
            self.candidates,
            active=active,
            confidence=self.confidence,
            threshold=self.threshold,
            source=self.source,
            sentiment=self.sentiment,
        )

    def activate_contexts(self) -> None:
        """Turn on the intent's output contexts, its slot values their attributes."""
        outputs = self.current.output_contexts
        if not outputs:
            return
        values = {
            name: text
            for name, slot in self.slots.items()
            if slot is not None and (text := slot_text(slot)) is not None
        }
        fresh = tuple(
            StoredContext(
                name=context.name,
                expires_at=self.context.now + timedelta(seconds=context.time_to_live_in_seconds),
                turns=context.turns_to_live,
                attributes=values,
            )
            for context in outputs
        )
        names = {context.name for context in fresh}
        self.active_contexts = tuple(c for c in self.active_contexts if c.name not in names) + fresh

    def outcome(self) -> TurnOutcome:
        """Return the session to store and what the client receives."""
        now = self.context.now
        messages = last_messages(self.messages)
        interpretations = self.interpretations()
        session = Session(
            intent=self.lex_intent() if self.intent else None,
            dialog_action=self.action,
            session_attributes=dict(self.scope.session_attributes),
            active_contexts=contexts_after_turn(self.active_contexts),
            runtime_hints=self.runtime_hints,
            originating_request_id=self.originating_request_id,
            attempt=self.attempt,
            agent=self.agent,
            waiting_until=self.waiting_until,
            choices=self.choices,
            hook_prompt=self.hook_prompt,
            messages=messages,
            interpretations=interpretations,
            created_at=self.session.created_at or now,
            updated_at=now,
            bot_version=self.session.bot_version,
            member=self.session.member,
            obfuscated=self.session.obfuscated,
        )
        return TurnOutcome(
            session=session,
            session_state=session_state(session, now),
            messages=messages,
            interpretations=interpretations,
            request_attributes=dict(self.scope.request_attributes),
            events=tuple(self.events),
            missed_utterance=self.missed_utterance,
            developer_override=self.developer_override,
            answered_question=self.answered_question,
            still_waiting=self.still_waiting,
        )


def all_slots(intent: IntentPlan, slots: SlotMap | None) -> SlotMap:
    """Map every slot of an intent to its value or ``None``; unknown names are left out."""
    if not slots:
        return dict(intent.empty_slots)
    return {name: slots.get(name) for name in intent.empty_slots}
