"""Whatever the bot, the texts and the hooks: modelled errors only, an end, the same again.

Bots are made at random, next steps that lead in circles and conditions that do not parse
among them; so are conversations, hook replies that name what is not there among them.
"""

import json
import random

import botocore.session
import msgspec
from botocore.validate import ParamValidator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.dialog.build import (
    NOON,
    ambiguous,
    ask,
    branch,
    code_hook,
    fallback,
    hears,
    intent,
    listed,
    locale,
    scalar,
    slot,
    step,
    when,
)

from daehwa import bot, dialog, lex

NAMES = ["A", "B", "C"]
SLOTS = ["x", "y"]
TEXTS = st.sampled_from(["hi {x}", "[k] ((r))", "안녕", ""])
VALUES = st.sampled_from(["1", "9", "{x}", "[k]", "$.inputTranscript", None])
CONDITIONS = st.sampled_from(
    ["{x} = 1", "[k] > 3", "fn.IS_SET({y})", "!({x} < 5)", "not a condition", "fn.COUNT({x}) = 2"]
)


def maybe(strategy):
    return st.none() | strategy


STEPS = st.builds(
    step,
    st.sampled_from(
        ["ElicitIntent", "StartIntent", "ElicitSlot", "EvaluateConditional",
         "InvokeDialogCodeHook", "ConfirmIntent", "FulfillIntent", "CloseIntent",
         "EndConversation"]
    ),
    st.sampled_from([*SLOTS, "nothing"]),
    intent=maybe(st.sampled_from([*NAMES, "FallbackIntent", "Nothing"])),
    slots=st.dictionaries(st.sampled_from([*SLOTS, "nothing"]), VALUES, max_size=2),
    attributes=st.dictionaries(st.sampled_from(["k", "l"]), VALUES, max_size=2),
    suppress=maybe(st.booleans()),
)  # fmt: skip
RESPONSES = maybe(
    st.lists(TEXTS, min_size=1, max_size=2).map(
        lambda texts: bot.ResponseSpecification(
            message_groups_list=tuple(
                bot.MessageGroup(
                    message=bot.Message(plain_text_message=bot.TextValue(value=t)),
                    variations=(bot.Message(custom_payload=bot.TextValue(value="other")),),
                )
                for t in texts
            )
        )
    )
)
CONDITIONALS = maybe(
    st.builds(
        lambda branches, otherwise: when(*branches, then=otherwise),
        st.lists(st.builds(branch, CONDITIONS, st.just("b"), maybe(STEPS)), max_size=2),
        maybe(STEPS),
    )
)


def paths(*prefixes):
    return st.fixed_dictionaries(
        {f"{p}_{n}": s for p in prefixes
         for n, s in (("response", RESPONSES), ("next_step", maybe(STEPS)),
                      ("conditional", CONDITIONALS))}
    )  # fmt: skip


HOOKS = maybe(paths("success", "failure", "timeout").map(lambda given: code_hook("label", **given)))
LISTENING = st.sampled_from([None, hears("heard")])
WAIT = bot.WaitAndContinueSpecification()


PARTS = ["a", "b", "c"]
PLACE = bot.SlotType(
    name="Place",
    composite_slot_type_setting=bot.CompositeSlotTypeSetting(
        sub_slots=tuple(bot.SubSlotTypeComposition(name=n) for n in PARTS)
    ),
)


@st.composite
def part_settings(draw):
    """How a composite slot is asked for, expressions that lead nowhere among them."""
    names = draw(st.lists(st.sampled_from([*PARTS, "nothing"]), max_size=3, unique=True))
    return bot.SubSlotSetting(
        expression=draw(
            st.sampled_from([None, "(a OR b) AND c", "a", "a AND nothing", "(a OR", ""])
        ),
        slot_specifications={
            name: bot.Specifications(
                value_elicitation_setting=bot.SlotValueElicitationSetting(
                    prompt_specification=ask(f"{name}?", retries=draw(st.integers(0, 1)))
                )
            )
            for name in names
        },
    )


@st.composite
def slots(draw, name):
    kind = draw(st.sampled_from(["AMAZON.Number", "AMAZON.FreeFormInput", "AMAZON.City", "Place"]))
    return slot(
        name,
        kind,
        sub_slots=draw(part_settings()) if kind == "Place" else None,
        prompt=ask(
            draw(TEXTS), "again", retries=draw(st.integers(0, 2)), ordered=draw(st.booleans())
        ),
        optional=draw(st.booleans()),
        defaults=draw(st.sampled_from([(), ("1",), ("[k]", "#ctx.x")])),
        wait=draw(st.sampled_from([None, WAIT])),
        code_hook=draw(HOOKS),
        elicitation_code_hook=draw(LISTENING),
        **draw(paths("capture", "failure")),
    )


@st.composite
def intents(draw, name, signature=None):
    fulfilment = bot.FulfillmentCodeHook(
        enabled=draw(st.booleans()),
        post_fulfillment_status_specification=bot.PostCodeHookSpecification(
            **draw(paths("success", "failure", "timeout"))
        ),
    )
    confirmation = bot.IntentConfirmationSetting(
        prompt_specification=ask("sure?", retries=1),
        code_hook=draw(HOOKS),
        elicitation_code_hook=draw(LISTENING),
        **draw(paths("confirmation", "declination", "failure")),
    )
    start = bot.InitialResponseSetting(
        initial_response=draw(RESPONSES),
        next_step=draw(maybe(STEPS)),
        conditional=draw(CONDITIONALS),
        code_hook=draw(HOOKS),
    )
    closing = bot.IntentClosingSetting(
        closing_response=draw(RESPONSES),
        next_step=draw(maybe(STEPS)),
        conditional=draw(CONDITIONALS),
    )
    return intent(
        name,
        *([draw(slots(n)) for n in SLOTS] if signature is None else []),
        signature=signature,
        hook=draw(st.booleans()),
        old_flow=draw(st.booleans()),
        initial=start,
        confirm=draw(st.sampled_from([None, confirmation])),
        fulfil=draw(st.sampled_from([None, fulfilment])),
        closing=draw(st.sampled_from([None, closing])),
        inputs=draw(st.sampled_from([(), (), ("ctx",)])) if signature is None else (),
        outputs=draw(
            st.sampled_from(
                [(), (bot.OutputContext(name="ctx", time_to_live_in_seconds=60, turns_to_live=2),)]
            )
        ),
    )


@st.composite
def bots(draw):
    given = [draw(intents(n)) for n in NAMES[: draw(st.integers(1, 3))]]
    kind = draw(st.sampled_from([None, "QnAIntent", "KendraSearchIntent", "BedrockAgentIntent"]))
    if kind is not None:
        given.append(draw(intents("Search", f"AMAZON.{kind}")))
    fall = draw(st.sampled_from([fallback(), None])) or draw(
        intents("FallbackIntent", "AMAZON.FallbackIntent")
    )
    return locale(*given, fall, slot_types={"Place": PLACE})


SLOT_VALUES = st.sampled_from(
    [None, scalar("1"), scalar("9"), ambiguous("ten", "10:00", "22:00"), listed("1", "2"),
     lex.Slot(), lex.Slot(shape="Composite", sub_slots={"a": scalar("1"), "b": None}),
     lex.Slot(shape="Composite", sub_slots={"c": scalar("1"), "nothing": scalar("2")})]
)  # fmt: skip
CANDIDATES = st.builds(
    lambda name, score, given: lex.Candidate(
        intent=name, score=score, slots={n: s for n, s in given.items() if s is not None}
    ),
    st.sampled_from([*NAMES, "Nothing"]),
    st.sampled_from([0.0, 0.2, 0.5, 1.0]),
    st.dictionaries(st.sampled_from([*SLOTS, "nothing"]), SLOT_VALUES, max_size=2),
)
OFFERED = st.builds(
    lambda candidates: lex.Disambiguation(
        message="Which?",
        choices=tuple(lex.OfferedIntent(label=c.intent, candidate=c) for c in candidates),
    ),
    st.lists(CANDIDATES, min_size=2, max_size=3, unique_by=lambda c: c.intent),
)
UNDERSTOOD = st.builds(
    lambda text, candidates, value, score, confirmation, question, offered: lex.Understanding(
        text=text,
        candidates=tuple(sorted(candidates, key=lambda c: -c.score)),
        reading=None if value is None else lex.Reading(slot=value, score=score),
        confirmation=confirmation,
        question=question,
        disambiguation=offered,
        source=offered and "Bedrock",
    ),
    st.sampled_from(["hello", "1", "wait", "continue", "네", "9"]),
    st.lists(CANDIDATES, max_size=3, unique_by=lambda c: c.intent),
    SLOT_VALUES,
    st.sampled_from([0.3, 0.7, 1.0]),
    st.sampled_from([None, None, "Yes", "No"]),
    st.sampled_from([None, None, "Instead", "Besides"]),
    st.none() | OFFERED,
)
LEX_INTENTS = st.builds(
    lex.Intent,
    name=st.sampled_from([*NAMES, "FallbackIntent", "Nothing"]),
    slots=maybe(st.dictionaries(st.sampled_from([*SLOTS, "nothing"]), SLOT_VALUES, max_size=2)),
    state=st.sampled_from([None, "InProgress", "Fulfilled", "Failed", "ReadyForFulfillment"]),
    confirmation_state=st.sampled_from([None, "None", "Confirmed", "Denied"]),
)
STATES = st.builds(
    lex.SessionState,
    dialog_action=maybe(
        st.builds(
            lex.DialogAction,
            type=st.sampled_from(
                ["Close", "ConfirmIntent", "Delegate", "ElicitIntent", "ElicitSlot", "None"]
            ),
            slot_to_elicit=st.sampled_from([None, *SLOTS, "nothing"]),
        )
    ),
    intent=maybe(LEX_INTENTS),
    session_attributes=maybe(
        st.dictionaries(st.sampled_from(["k", "l"]), st.sampled_from(["1", "9"]), max_size=2)
    ),
    active_contexts=maybe(
        st.lists(
            st.just(
                lex.ActiveContext(
                    name="ctx",
                    time_to_live=lex.TimeToLive(time_to_live_in_seconds=60, turns_to_live=1),
                )
            ),
            max_size=1,
        ).map(tuple)
    ),
)
MESSAGES = maybe(
    st.lists(
        st.builds(lex.Message, content_type=st.just("PlainText"), content=TEXTS), max_size=2
    ).map(tuple)
)
RESULTS = st.one_of(
    st.just(dialog.HookAbsent()),
    st.just(dialog.HookFailed("Invalid Lambda Response: boom")),
    st.just(dialog.HookTimedOut()),
    st.builds(dialog.HookResponse, session_state=STATES, messages=MESSAGES),
    st.builds(dialog.SearchResult, text=st.just("found"), finished=st.booleans()),
)
TURNS = st.one_of(
    st.tuples(st.just("turn"), UNDERSTOOD, maybe(STATES)),
    st.tuples(st.just("put"), STATES, MESSAGES),
)

_MODEL = botocore.session.get_session().get_service_model("lexv2-runtime")
_SHAPE = _MODEL.operation_model("RecognizeText").output_shape


def check_wire(outcome):
    """Refuse what botocore's model of RecognizeText's response would refuse."""
    body = {
        "messages": outcome.messages,
        "sessionState": outcome.session_state,
        "interpretations": outcome.interpretations,
        "requestAttributes": outcome.request_attributes,
    }
    report = ParamValidator().validate(
        _without_nulls(json.loads(msgspec.json.encode(body))), _SHAPE
    )
    assert not report.has_errors(), report.generate_report()


def _without_nulls(value):
    """Leave out unfilled slots: Lex writes them as null, which the model has no word for.

    Nor has it one for a value without an interpretation, which Lex sends for "10 o'clock".
    """
    if isinstance(value, dict):
        if "resolvedValues" in value:
            value = {"interpretedValue": "?", **value}
        return {n: _without_nulls(v) for n, v in value.items() if v is not None}
    return [_without_nulls(v) for v in value] if isinstance(value, list) else value


def check_outcomes(of, outcomes):
    """Refuse what no client could read, and what does not go together."""
    for outcome in outcomes:
        if isinstance(outcome, str):
            continue
        check_wire(outcome)
        assert len(outcome.messages) <= 10
        assert 0 <= len(outcome.interpretations) <= 5
        state = outcome.session_state
        if state.dialog_action and state.dialog_action.type == "ElicitSlot":
            assert state.dialog_action.slot_to_elicit in state.intent.slots
        if state.intent is not None:
            assert set(state.intent.slots) == set(of.intents[state.intent.name].slots)


def play(of, script, results, seed):
    """Hold a conversation; returns every outcome, and every error by its message."""
    plan, session, outcomes = dialog.Plan(of), dialog.Session(), []
    chance, calls = random.Random(seed), 0
    for number, (kind, first, second) in enumerate(script):
        context = dialog.TurnContext(
            now=NOON, request_id=f"r{number}", choose=chance, answers_questions=seed % 2 == 1
        )
        try:
            if kind == "turn":
                laid = dialog.with_state(
                    plan, session, second, now=NOON, request_id=context.request_id
                )
                dialog.eligible_intents(plan, laid, NOON)
                turn = dialog.turn(plan, laid, first, context=context)
            else:
                turn = dialog.put_session(plan, session, first, second or (), context=context)
            next(turn)
            while True:
                calls += 1
                turn.send(results[calls % len(results)] if results else dialog.HookAbsent())
        except StopIteration as end:
            outcome = end.value
        except lex.LexError as error:
            outcomes.append(str(error))
            continue
        outcomes.append(outcome)
        # What is stored is what goes on.
        session = msgspec.json.decode(msgspec.json.encode(outcome.session), type=dialog.Session)
        assert session == outcome.session
    return outcomes


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    bots(),
    st.lists(TURNS, min_size=1, max_size=5),
    st.lists(RESULTS, max_size=4),
    st.integers(0, 9),
)
def test_any_conversation_with_any_bot(of, script, results, seed):
    outcomes = play(of, script, results, seed)
    check_outcomes(of, outcomes)
    # The same again, with a definition that is equal and not the same object.
    copy = msgspec.structs.replace(of)
    assert play(copy, script, results, seed) == outcomes
