"""What a bot missed, for whoever looks after it: from the transcripts, grouped by meaning.

A text counts as missed if it reached FallbackIntent, if it was a reply that was not a value of the
elicited slot (or neither yes nor no), if a language model answered it in the middle of a dialog, if
another intent scored nearly as high, or if its reply got a thumbs down.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Final, Literal, TypeAlias

import msgspec

from daehwa import chat, stores
from daehwa.care.grouping import grouped
from daehwa.care.meanings import UtteranceInSession, understand
from daehwa.care.talks import HeardTurn, KeptReply, NearIntent, Talk, heard_turns, talks_of
from daehwa.conversation import ServedLocale

MissKind = Literal["fallback", "slot", "confirmation", "answer", "near", "thumb"]

Served: TypeAlias = Mapping[tuple[str, str], ServedLocale]
"""The locales that are served, by bot's id and locale's."""

_APART: Final = 0.15
"""Two intents whose scores are this near to each other are as good as one another."""

_AROUND: Final = (2, 1)
"""Turns of the talk that are shown before a text, and after it."""

_OWN_WORDS: Final = frozenset({"intent", "document", "none", ""})
"""Sources of replies that are no language model's."""


class SpokenLine(msgspec.Struct, frozen=True, rename="camel"):
    """One turn of a talk: what the person said, and the reply, if there was one."""

    text: str
    msg: str | None
    source: str
    at: dt.datetime


class Miss(msgspec.Struct, rename="camel", kw_only=True):
    """Texts that mean the same and were missed in the same way.

    ``text`` is the latest of them and ``texts`` are all that differ; ``intent`` and ``slot`` are
    what was elicited, or the intent that was understood. ``sources`` count who answered.
    ``nearest`` are the two intents that ``text`` comes nearest to, and ``understood`` is what the
    bot as it is now makes of it, if it no longer misses it. ``talk`` is what was said around it,
    in the session ``session_id``.
    """

    kind: MissKind
    text: str
    texts: list[str]
    times: int
    last_at: dt.datetime
    bot: str
    bot_id: str
    locale_id: str
    session_id: str = ""
    intent: str | None = None
    slot: str | None = None
    nearest: tuple[NearIntent, ...] = ()
    understood: str | None = None
    opinions: list[chat.Feedback] = msgspec.field(default_factory=list)
    sources: dict[str, int] = msgspec.field(default_factory=dict)
    talk: tuple[SpokenLine, ...] = ()


class _Single(msgspec.Struct, frozen=True):
    """One missed text of a talk."""

    kind: MissKind
    heard: HeardTurn
    intent: str | None
    slot: str | None
    talk: Talk
    around: tuple[HeardTurn, ...]


class _Listed(msgspec.Struct):
    """A miss, and its latest text in its session."""

    miss: Miss
    utterance: UtteranceInSession


Ignored: TypeAlias = Callable[[str, str, str], bool]
"""Whether a text, said to a bot (its id) in a locale, is to be passed over."""


async def missed(
    store: stores.SessionStore,
    bots: Mapping[str, str],
    *,
    locale: str | None = None,
    limit: int = 1000,
    served: Served | None = None,
    ignored: Ignored | None = None,
) -> list[Miss]:
    """What ``bots`` (names by id) missed in their last ``limit`` sessions, most frequent first.

    With ``served`` the nearest intents are those of the bots as they are now. What is ``ignored``
    is left out.
    """
    misses: list[Miss] = []
    for bot_id, name in bots.items():
        talks = await talks_of(store, bot_id, locale=locale, limit=limit)
        misses += await missed_in(talks, bot=name, bot_id=bot_id, served=served, ignored=ignored)
    return _most_frequent_first(misses)


async def missed_in(
    talks: Iterable[Talk],
    *,
    bot: str,
    bot_id: str,
    served: Served | None = None,
    ignored: Ignored | None = None,
) -> list[Miss]:
    """What a bot missed in talks; see ``missed``."""
    singles = [
        single
        for talk in talks
        for single in _of_talk(talk, (served or {}).get((bot_id, talk.locale_id)))
        if ignored is None or not ignored(single.heard.text, bot_id, talk.locale_id)
    ]
    singles.sort(key=lambda each: each.heard.turn.at, reverse=True)
    listed = await asyncio.to_thread(lambda: list(_grouped(singles, bot, bot_id)))
    await _as_heard_now(listed, served or {})
    return _most_frequent_first(each.miss for each in listed)


def _most_frequent_first(misses: Iterable[Miss]) -> list[Miss]:
    return sorted(misses, key=lambda miss: (miss.times, miss.last_at), reverse=True)


# --- what counts as missed --------------------------------------------------------------


def _of_talk(talk: Talk, served: ServedLocale | None) -> Iterator[_Single]:
    heard = heard_turns(talk.turns, served)
    for place, each in enumerate(heard):
        kind = _kind(each)
        if kind is None:
            continue
        before, after = _AROUND
        around = heard[max(place - before, 0) : place + after + 1]
        intent, slot = _place(kind, each)
        yield _Single(kind, each, intent, slot, talk, tuple(around))


def _kind(heard: HeardTurn) -> MissKind | None:
    """In which way a turn was missed; ``None`` where it was not."""
    turn, reply, before = heard.turn, heard.reply, heard.before
    action = before.awaited[0]
    if action in ("ElicitSlot", "ConfirmIntent") and (turn.missed or _again(before, reply)):
        return "slot" if action == "ElicitSlot" else "confirmation"
    if turn.missed:
        return "fallback"
    if turn.feedback is not None and turn.feedback.rating == "down":
        return "thumb"
    if reply.source not in _OWN_WORDS:
        return "answer"
    return "near" if _undecided(reply) else None


def _place(kind: MissKind, heard: HeardTurn) -> tuple[str | None, str | None]:
    """What was elicited, or which intent was understood."""
    match kind:
        case "slot" | "answer":
            return heard.before.awaited[1:]
        case "confirmation":
            return heard.before.intent_name, None
        case "near":
            return heard.reply.ranked[0].intent, None
        case "thumb":
            return heard.reply.intent_name, None
        case _:
            return None, None


def _undecided(reply: KeptReply) -> bool:
    """Whether a second intent scored nearly as high as the first."""
    ranked = reply.ranked
    if len(ranked) < 2 or ranked[0].intent != reply.intent_name:  # noqa: PLR2004  a pair
        return False
    return round(ranked[0].score - ranked[1].score, 2) <= _APART


def _again(before: KeptReply, after: KeptReply) -> bool:
    """Whether the same thing is elicited again, or was given up, in the same intent.

    A question instead of a reply, if somebody answered it, is not a failed reply.
    """
    action, intent, slot = before.awaited
    if after.source not in ("intent", ""):
        return False
    if (after.intent or {}).get("state") == "Failed" and after.intent_name == intent:
        return True
    if after.awaited != (action, intent, slot):
        return False
    if action == "ConfirmIntent":
        # A value that was changed in place of a yes or no is confirmed again.
        return before.slots == after.slots
    return not (after.slots or {}).get(slot or "")


# --- together ---------------------------------------------------------------------------


def _grouped(singles: Iterable[_Single], name: str, bot_id: str) -> Iterator[_Listed]:
    """Group those of one place that mean the same; the latest comes first and names the group."""
    places: dict[tuple[str, str, str | None, str | None], list[_Single]] = {}
    for single in singles:
        place = (single.talk.locale_id, single.kind, single.intent, single.slot)
        places.setdefault(place, []).append(single)
    for own in places.values():
        groups: dict[int, list[_Single]] = {}
        for number, single in zip(grouped([each.heard.text for each in own]), own, strict=True):
            groups.setdefault(number, []).append(single)
        for together in groups.values():
            yield _listed(together, name, bot_id)


def _listed(together: list[_Single], name: str, bot_id: str) -> _Listed:
    latest = together[0]
    miss = Miss(
        kind=latest.kind,
        text=latest.heard.text,
        texts=list(dict.fromkeys(each.heard.text for each in together)),
        times=len(together),
        last_at=latest.heard.turn.at,
        bot=name,
        bot_id=bot_id,
        locale_id=latest.talk.locale_id,
        session_id=latest.talk.session_id,
        intent=latest.intent,
        slot=latest.slot,
        nearest=tuple(latest.heard.reply.ranked[:2]),
        talk=tuple(
            SpokenLine(each.text, each.msg, each.reply.source, each.turn.at)
            for each in latest.around
        ),
    )
    for each in together:
        feedback, source = each.heard.turn.feedback, each.heard.reply.source
        if feedback is not None:
            miss.opinions.append(feedback)
        if source:
            miss.sources[source] = miss.sources.get(source, 0) + 1
    return _Listed(miss, UtteranceInSession.of(latest.heard, latest.talk.locale_id))


async def _as_heard_now(listed: Collection[_Listed], served: Served) -> None:
    """Set each miss's nearest intents and its meaning, by the bot as it is now."""
    now = dt.datetime.now(dt.UTC)
    for each in listed:
        locale = served.get((each.miss.bot_id, each.miss.locale_id))
        if locale is None:
            continue
        model = await locale.model()
        heard = await asyncio.to_thread(understand, locale, model, each.utterance, now)
        if not heard.nearest:
            # A reply that is settled as a value: what it would mean on its own.
            alone = UtteranceInSession(text=each.miss.text, locale_id=each.miss.locale_id)
            heard_alone = await asyncio.to_thread(understand, locale, model, alone, now)
            heard = msgspec.structs.replace(heard, nearest=heard_alone.nearest)
        each.miss.nearest = heard.nearest
        if not heard.meaning.missed and _is_settled(each.miss.kind, heard.nearest):
            each.miss.understood = str(heard.meaning)


def _is_settled(kind: MissKind, nearest: tuple[NearIntent, ...]) -> bool:
    """Whether a text is understood now, so that there is nothing left to do."""
    if kind == "thumb":
        return False
    if kind == "near" and len(nearest) > 1:
        return round(nearest[0].score - nearest[1].score, 2) > _APART
    return True
