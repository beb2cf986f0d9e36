"""A conversation's stored state, its contexts' clocks, and what a client sees of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

import msgspec

from daehwa import lex

SECONDS_TO_LIVE: Final = range(5, 86_400 + 1)
"""A context's life in seconds on the wire (botocore's model)."""
TURNS_TO_LIVE: Final = range(20 + 1)
"""A context's life in turns as it is shown: 0 in the last turn, which only code hooks see."""


class StoredContext(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """An active context with both of its clocks.

    ``turns`` counts the turns that it stays active after the present one; 0 in the last.
    """

    name: str
    expires_at: datetime
    turns: int
    attributes: dict[str, str] = msgspec.field(default_factory=dict)


class SpeakingMember(msgspec.Struct, frozen=True, rename="camel"):
    """The bot of a network that took the last turn, and its version then."""

    bot_id: str
    version: str


class Session(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """Everything of a conversation that outlives a turn.

    ``attempt`` counts how often the present prompt was repeated. ``agent`` names the
    BedrockAgentIntent that the conversation stays in. ``waiting_until`` is when a pause
    that the user asked for (wait and continue) ends. ``choices`` are the intents that the last
    message offers. ``hook_prompt`` are a code hook's own words where it put the prompt.
    ``bot_version`` is the version the
    session began with, ``member`` who took the last turn of a network's session. ``obfuscated``
    are values of obfuscated slots with their slot's name, for log and transcript to hide: the
    dialog only keeps them. ``messages`` and
    ``interpretations`` are the last turn's. ``turn`` is the id of the turn that led here,
    ``earlier`` holds the sessions, in JSON, after some turns before it, for whoever goes back to
    one of them: they too are only kept here.
    """

    intent: lex.Intent | None = None
    dialog_action: lex.DialogAction | None = None
    session_attributes: dict[str, str] = msgspec.field(default_factory=dict)
    active_contexts: tuple[StoredContext, ...] = ()
    runtime_hints: lex.RuntimeHints | None = None
    originating_request_id: str | None = None
    attempt: int = 0
    agent: str | None = None
    waiting_until: datetime | None = None
    choices: tuple[lex.OfferedIntent, ...] = ()
    hook_prompt: tuple[lex.Message, ...] = ()
    messages: tuple[lex.Message, ...] = ()
    interpretations: tuple[lex.Interpretation, ...] = ()
    created_at: datetime | None = None
    updated_at: datetime | None = None
    bot_version: str | None = None
    member: SpeakingMember | None = None
    obfuscated: dict[str, str] = msgspec.field(default_factory=dict)
    turn: str | None = None
    earlier: dict[str, msgspec.Raw] = msgspec.field(default_factory=dict)


# --- contexts -------------------------------------------------------------------------


def live_contexts(session: Session, now: datetime) -> tuple[StoredContext, ...]:
    """Return the contexts whose seconds have not run out."""
    if not session.active_contexts:
        return ()
    return tuple(c for c in session.active_contexts if c.expires_at > now)


def stored_context(context: lex.ActiveContext, now: datetime) -> StoredContext:
    """Start a context's clocks."""
    life = context.time_to_live
    return StoredContext(
        name=context.name,
        expires_at=now + timedelta(seconds=life.time_to_live_in_seconds),
        turns=life.turns_to_live,
        attributes=context.context_attributes,
    )


def wire_context(context: StoredContext, now: datetime) -> lex.ActiveContext:
    """Show a context with the life that it has left.

    Seconds under the wire's least value are shown as that value, so that a client may send
    back what it received.
    """
    return lex.ActiveContext(
        name=context.name,
        time_to_live=lex.TimeToLive(
            time_to_live_in_seconds=_seconds_left(context, now),
            turns_to_live=_clamp(context.turns, TURNS_TO_LIVE),
        ),
        context_attributes=context.attributes,
    )


def contexts_in_turn(session: Session, now: datetime) -> tuple[StoredContext, ...]:
    """Return the contexts that are active in a new turn, each with one turn fewer left."""
    return tuple(
        msgspec.structs.replace(context, turns=max(context.turns - 1, 0))
        for context in live_contexts(session, now)
    )


def contexts_after_turn(contexts: Iterable[StoredContext]) -> tuple[StoredContext, ...]:
    """Return the contexts that outlive the turn."""
    return tuple(context for context in contexts if context.turns > 0)


def replaced_contexts(
    current: Iterable[StoredContext],
    given: Iterable[lex.ActiveContext],
    *,
    shown_at: datetime,
    now: datetime,
) -> tuple[StoredContext, ...]:
    """Take the contexts that a code hook or a client sent in place of the current ones.

    A context that comes back as it was shown at ``shown_at`` keeps its clocks: an echo is no
    renewal. One with other attributes, turns or seconds is set again.
    """
    earlier = {context.name: context for context in current}
    replaced = []
    for context in given:
        before = earlier.get(context.name)
        if before is not None and _is_echo(context, before, shown_at, now):
            replaced.append(before)
        else:
            replaced.append(stored_context(context, now))
    return tuple(replaced)


def _is_echo(
    context: lex.ActiveContext, before: StoredContext, shown_at: datetime, now: datetime
) -> bool:
    """Whether a context came back as shown; a client may have counted its seconds on."""
    life = context.time_to_live
    return (
        life.turns_to_live == _clamp(before.turns, TURNS_TO_LIVE)
        and context.context_attributes == before.attributes
        and _seconds_left(before, now)
        <= life.time_to_live_in_seconds
        <= _seconds_left(before, shown_at)
    )


def _seconds_left(context: StoredContext, now: datetime) -> int:
    return _clamp(round((context.expires_at - now).total_seconds()), SECONDS_TO_LIVE)


def _clamp(number: int, limits: range) -> int:
    return min(max(number, limits[0]), limits[-1])


# --- what others read of a session -----------------------------------------------------


def session_state(session: Session, now: datetime) -> lex.SessionState:
    """Show the state as the runtime API does; an empty list of contexts is left out."""
    contexts = live_contexts(session, now)
    return lex.SessionState(
        dialog_action=session.dialog_action,
        intent=session.intent,
        active_contexts=tuple(wire_context(c, now) for c in contexts) or None,
        session_attributes=session.session_attributes,
        originating_request_id=session.originating_request_id,
        runtime_hints=session.runtime_hints,
    )
