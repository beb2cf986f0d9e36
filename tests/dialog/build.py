"""Small bots in few words, and a talk that drives them: what the dialog's tests are made of."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import msgspec

from daehwa import bot, dialog, lex

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


# --- messages -------------------------------------------------------------------------


def plain(text: str) -> bot.Message:
    return bot.Message(plain_text_message=bot.TextValue(value=text))


def group(text: str, *variations: str) -> bot.MessageGroup:
    return bot.MessageGroup(message=plain(text), variations=tuple(plain(v) for v in variations))


def say(*texts: str) -> bot.ResponseSpecification:
    return bot.ResponseSpecification(message_groups_list=tuple(group(t) for t in texts))


def ask(*texts: str, retries: int = 2, ordered: bool = False) -> bot.PromptSpecification:
    return bot.PromptSpecification(
        message_groups_list=(group(texts[0], *texts[1:]),),
        max_retries=retries,
        message_selection_strategy="Ordered" if ordered else "Random",
    )


# --- next steps -----------------------------------------------------------------------


def step(
    kind: bot.StepType,
    slot: str | None = None,
    *,
    intent: str | None = None,
    slots: dict[str, str | None] | None = None,
    attributes: dict[str, str | None] | None = None,
    suppress: bool | None = None,
) -> bot.DialogState:
    return bot.DialogState(
        dialog_action=bot.StepAction(
            type=kind, slot_to_elicit=slot, suppress_next_message=suppress
        ),
        intent=bot.IntentOverride(
            name=intent,
            slots={
                n: bot.SlotValueOverride(value=bot.SlotValue(interpreted_value=v))
                for n, v in (slots or {}).items()
            },
        )
        if intent or slots
        else None,
        session_attributes=attributes,
    )


def branch(
    condition: str, response: str | None = None, then: bot.DialogState | None = None
) -> bot.ConditionalBranch:
    return bot.ConditionalBranch(
        name=condition[:20],
        condition=bot.Condition(expression_string=condition),
        response=say(response) if response else None,
        next_step=then,
    )


def when(
    *branches: bot.ConditionalBranch,
    otherwise: str | None = None,
    then: bot.DialogState | None = None,
) -> bot.Conditional:
    return bot.Conditional(
        conditional_branches=branches,
        default_branch=bot.DefaultConditionalBranch(
            response=say(otherwise) if otherwise else None, next_step=then
        ),
    )


def code_hook(label: str | None = None, **paths: Any) -> bot.DialogCodeHookInvocationSetting:
    return bot.DialogCodeHookInvocationSetting(
        invocation_label=label,
        post_code_hook_specification=bot.PostCodeHookSpecification(**paths) if paths else None,
    )


def hears(label: str | None = None) -> bot.ElicitationCodeHookInvocationSetting:
    return bot.ElicitationCodeHookInvocationSetting(
        enable_code_hook_invocation=True, invocation_label=label
    )


# --- slots, intents, locales ----------------------------------------------------------


def slot(
    name: str,
    kind: str = "AMAZON.City",
    *,
    prompt: bot.PromptSpecification | None = None,
    optional: bool = False,
    defaults: tuple[str, ...] = (),
    wait: bot.WaitAndContinueSpecification | None = None,
    sub_slots: bot.SubSlotSetting | None = None,
    **capture: Any,
) -> bot.Slot:
    return bot.Slot(
        name=name,
        slot_type_name=kind,
        sub_slot_setting=sub_slots,
        value_elicitation_setting=bot.SlotValueElicitationSetting(
            slot_constraint="Optional" if optional else "Required",
            prompt_specification=prompt or ask(f"{name}?"),
            default_value_specification=bot.DefaultValueSpecification(
                default_value_list=tuple(bot.DefaultValue(default_value=d) for d in defaults)
            ),
            wait_and_continue_specification=wait,
            slot_capture_setting=bot.SlotCaptureSetting(**capture) if capture else None,
        ),
    )


def intent(
    name: str,
    *slots: bot.Slot,
    hook: bool = False,
    initial: bot.InitialResponseSetting | None = None,
    old_flow: bool = False,
    confirm: bot.IntentConfirmationSetting | None = None,
    fulfil: bot.FulfillmentCodeHook | None = None,
    closing: bot.IntentClosingSetting | None = None,
    signature: str | None = None,
    inputs: tuple[str, ...] = (),
    outputs: tuple[bot.OutputContext, ...] = (),
    **more: Any,
) -> bot.Intent:
    return bot.Intent(
        name=name,
        parent_intent_signature=signature,
        slots={s.name: s for s in slots},
        slot_priorities=tuple(
            bot.SlotPriority(slot_name=s.name, priority=i) for i, s in enumerate(slots)
        ),
        initial_response_setting=None if old_flow else (initial or bot.InitialResponseSetting()),
        dialog_code_hook=bot.DialogCodeHook(enabled=hook),
        intent_confirmation_setting=confirm,
        fulfillment_code_hook=fulfil,
        intent_closing_setting=closing,
        input_contexts=tuple(bot.InputContext(name=n) for n in inputs) or None,
        output_contexts=outputs or None,
        **more,
    )


def initial(response: str | None = None, **more: Any) -> bot.InitialResponseSetting:
    return bot.InitialResponseSetting(initial_response=say(response) if response else None, **more)


def confirm(
    question: str = "Sure?", *, retries: int = 1, no: str | None = None, **more: Any
) -> bot.IntentConfirmationSetting:
    return bot.IntentConfirmationSetting(
        prompt_specification=ask(question, retries=retries),
        declination_response=say(no) if no else None,
        **more,
    )


def fulfil(
    success: str | None = None,
    *,
    hook: bool = False,
    updates: bot.FulfillmentUpdatesSpecification | None = None,
    **paths: Any,
) -> bot.FulfillmentCodeHook:
    return bot.FulfillmentCodeHook(
        enabled=hook,
        post_fulfillment_status_specification=bot.PostCodeHookSpecification(
            success_response=say(success) if success else None, **paths
        ),
        fulfillment_updates_specification=updates,
    )


def closing(text: str, **more: Any) -> bot.IntentClosingSetting:
    return bot.IntentClosingSetting(closing_response=say(text), **more)


def fallback(**more: Any) -> bot.Intent:
    return intent("FallbackIntent", signature="AMAZON.FallbackIntent", **more)


def locale(*intents: bot.Intent, threshold: float = 0.4, **more: Any) -> bot.BotLocale:
    given = {i.name: i for i in intents}
    if not any(i.parent_intent_signature == "AMAZON.FallbackIntent" for i in intents):
        given["FallbackIntent"] = fallback(closing=closing("I did not understand."))
    return bot.BotLocale(
        identifier="en_US", nlu_confidence_threshold=threshold, intents=given, **more
    )


# --- talking --------------------------------------------------------------------------


def scalar(text: str, *resolved: str, heard: str | None = None) -> lex.Slot:
    return lex.Slot(
        shape="Scalar",
        value=lex.SlotValue(
            original_value=heard or text,
            interpreted_value=text,
            resolved_values=resolved or (text,),
        ),
    )


def ambiguous(heard: str, *resolved: str) -> lex.Slot:
    return lex.Slot(
        shape="Scalar", value=lex.SlotValue(original_value=heard, resolved_values=resolved)
    )


def listed(*texts: str) -> lex.Slot:
    return lex.Slot(
        shape="List",
        value=lex.SlotValue(
            original_value=" and ".join(texts), interpreted_value=" and ".join(texts)
        ),
        values=tuple(scalar(t) for t in texts),
    )


def means(name: str, score: float = 1.0, **slots: str | lex.Slot) -> lex.Candidate:
    return lex.Candidate(
        intent=name,
        score=score,
        slots={n: scalar(s) if isinstance(s, str) else s for n, s in slots.items()},
    )


Answers = Callable[[dialog.HookCall], dialog.HookResult]


class Talk:
    """A conversation with a bot; the session goes through JSON between turns, as stored."""

    def __init__(
        self,
        of: bot.BotLocale,
        answers: Answers | None = None,
        *,
        seed: int = 7,
        answers_questions: bool = False,
    ) -> None:
        self.answers_questions = answers_questions
        self.plan = dialog.Plan(of)
        self.answers = answers or (lambda _: dialog.HookAbsent())
        self.session = dialog.Session()
        self.now = NOON
        self.calls: list[dialog.HookCall] = []
        self.random = random.Random(seed)
        self.turns = 0
        self.last: dialog.TurnOutcome | None = None

    @property
    def locale(self) -> bot.BotLocale:
        return self.plan.locale

    def says(
        self,
        text: str,
        *candidates: lex.Candidate,
        value: str | lex.Slot | None = None,
        score: float = 1.0,
        yes: bool | None = None,
        waiting: Literal["Wait", "Continue"] | None = None,
        question: Literal["Instead", "Besides"] | None = None,
        question_first: bool = False,
        disambiguation: lex.Disambiguation | None = None,
        source: Literal["Lex", "Bedrock"] | None = None,
        state: lex.SessionState | None = None,
        request: dict[str, str] | None = None,
    ) -> Talk:
        """Take a turn: ``value`` is what the text reads as for the slot asked for."""
        context = self._context(request)
        session = dialog.with_state(
            self.plan, self.session, state, now=self.now, request_id=context.request_id
        )
        understood = lex.Understanding(
            text=text,
            candidates=tuple(sorted(candidates, key=lambda c: -c.score)),
            reading=None
            if value is None
            else lex.Reading(slot=scalar(value) if isinstance(value, str) else value, score=score),
            confirmation=None if yes is None else ("Yes" if yes else "No"),
            waiting=waiting,
            question=question,
            question_first=question_first,
            disambiguation=disambiguation,
            source=source,
        )
        return self._run(dialog.turn(self.plan, session, understood, context=context))

    def put(
        self, state: lex.SessionState, *messages: lex.Message, request: dict[str, str] | None = None
    ) -> Talk:
        return self._run(
            dialog.put_session(
                self.plan, self.session, state, messages, context=self._context(request)
            )
        )

    def later(self, seconds: float) -> Talk:
        self.now += timedelta(seconds=seconds)
        return self

    def _context(self, request: dict[str, str] | None) -> dialog.TurnContext:
        self.turns += 1
        return dialog.TurnContext(
            now=self.now,
            request_id=f"request-{self.turns}",
            choose=self.random,
            request_attributes=request or {},
            answers_questions=self.answers_questions,
        )

    def _run(self, turn: dialog.TurnGenerator) -> Talk:
        try:
            call = next(turn)
            while True:
                self.calls.append(call)
                call = turn.send(self.answers(call))
        except StopIteration as end:
            outcome: dialog.TurnOutcome = end.value
        stored = msgspec.json.encode(outcome.session)
        self.session = msgspec.json.decode(stored, type=dialog.Session)
        assert self.session == outcome.session
        self.last = outcome
        return self

    # --- what came of it ---

    @property
    def outcome(self) -> dialog.TurnOutcome:
        assert self.last is not None
        return self.last

    @property
    def words(self) -> list[str | None]:
        return [m.content for m in self.outcome.messages]

    @property
    def action(self) -> str:
        action = self.outcome.session_state.dialog_action
        assert action is not None
        return action.type + (f" {action.slot_to_elicit}" if action.slot_to_elicit else "")

    @property
    def intent(self) -> lex.Intent:
        intent = self.outcome.session_state.intent
        assert intent is not None
        return intent

    @property
    def slots(self) -> dict[str, str | None]:
        return {
            n: s.value.interpreted_value if s and s.value else None
            for n, s in (self.intent.slots or {}).items()
        }

    @property
    def attributes(self) -> dict[str, str]:
        return self.outcome.session_state.session_attributes or {}


# --- code hooks -----------------------------------------------------------------------


def answering(*words: str, hook: Answers | None = None) -> Answers:
    """Answer questions with these words, as a language model's; other calls go to ``hook``."""

    def answer(call: dialog.HookCall) -> dialog.HookResult:
        if call.kind != "Question":
            return dialog.HookAbsent() if hook is None else hook(call)
        return dialog.HookResponse(
            session_state=lex.SessionState(),
            messages=tuple(lex.Message(content_type="PlainText", content=w) for w in words),
            request_attributes={"daehwa:source": "scripted"},
            literal=True,
        )

    return answer


def reply(
    call: dialog.HookCall,
    kind: lex.DialogActionType = "Delegate",
    *words: str,
    slot: str | None = None,
    slots: dict[str, lex.Slot | None] | None = None,
    state: lex.IntentState | None = None,
    intent: str | None = None,
    confirmation: lex.ConfirmationState | None = None,
    attributes: dict[str, str] | None = None,
    silent: bool = False,
) -> dialog.HookResponse:
    """Answer a call as a Lambda would: the event's intent, changed as given."""
    given = call.session_state.intent
    assert given is not None
    return dialog.HookResponse(
        session_state=lex.SessionState(
            dialog_action=lex.DialogAction(type=kind, slot_to_elicit=slot),
            intent=lex.Intent(
                name=intent or given.name,
                slots=(given.slots if intent is None else {}) if slots is None else slots,
                state=state or given.state,
                confirmation_state=confirmation or given.confirmation_state,
            ),
            session_attributes=attributes,
        ),
        messages=tuple(lex.Message(content_type="PlainText", content=w) for w in words)
        if words or silent
        else None,
    )
