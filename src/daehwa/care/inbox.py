"""What a bot missed, for whoever looks after it: read from the transcripts, alike texts together.

Missed is what fell to FallbackIntent, a reply to a prompt that was no value of its slot (or neither
yes nor no), and an understood text whose reply got a thumb down.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal, Protocol

import msgspec
from rapidfuzz import fuzz

from daehwa import bot, chat, stores
from daehwa.conversation import ServedLocale

MissKind = Literal["fallback", "slot", "confirmation", "thumb"]

_ALIKE: Final = 88
"""Texts of which so many per cent of the letters agree (rapidfuzz's ratio) are one."""

_TURNS: Final = 200
_NEAREST: Final = 2


class NearIntent(msgspec.Struct, frozen=True, rename="camel"):
    """An intent that a text comes near to, and its score, 0 to 1, by the bot as it is now."""

    intent: str
    score: float


class Opinion(msgspec.Struct, frozen=True, rename="camel"):
    """What a person thought of the reply to a missed text."""

    rating: str | None
    comment: str | None


class Miss(msgspec.Struct, rename="camel", kw_only=True):
    """Texts that are alike and were missed in the same way.

    ``text`` is the latest of them and ``texts`` are all that differ; ``intent`` and ``slot`` are
    what was elicited, if anything. ``sources`` count who answered.
    """

    kind: MissKind
    text: str
    texts: list[str]
    times: int
    last_at: dt.datetime
    bot: str
    bot_id: str
    locale_id: str
    intent: str | None = None
    slot: str | None = None
    nearest: tuple[NearIntent, ...] = ()
    opinions: list[Opinion] = msgspec.field(default_factory=list)
    sources: dict[str, int] = msgspec.field(default_factory=dict)


class _Reply(msgspec.Struct, frozen=True, rename="camel"):
    """What is read of a kept reply (``daehwa.chat.ChatReply``)."""

    source: str = ""
    intent: dict[str, Any] | None = None
    slots: dict[str, Any] | None = None
    dialog_action: dict[str, Any] | None = None

    @property
    def awaited(self) -> tuple[str | None, str | None, str | None]:
        """The action, intent and slot that the next text was to reply to."""
        action = self.dialog_action or {}
        name = (self.intent or {}).get("name")
        return action.get("type"), name, action.get("slotToElicit")


class TalkTurn(Protocol):
    """What a store keeps of one message; ``reply`` is the JSON that was sent, if any was."""

    @property
    def text(self) -> str:
        """What the person said."""

    @property
    def at(self) -> dt.datetime:
        """When."""

    @property
    def missed(self) -> bool:
        """Whether it fell to FallbackIntent."""

    @property
    def reply(self) -> bytes | msgspec.Raw | None:
        """The reply as JSON (``daehwa.chat.ChatReply``)."""

    @property
    def feedback(self) -> chat.Feedback | None:
        """What the person thought of it."""


class _Single(msgspec.Struct, frozen=True):
    kind: MissKind
    turn: TalkTurn
    intent: str | None
    slot: str | None
    source: str


async def missed(
    store: stores.SessionStore,
    bots: dict[str, str],
    *,
    locale: str | None = None,
    limit: int = 1000,
) -> list[Miss]:
    """What ``bots`` (names by id) missed in their last ``limit`` sessions, most frequent first."""
    misses: list[Miss] = []
    for bot_id, name in bots.items():
        talks = [
            (key.locale_id, await store.turns(key, limit=_TURNS))
            for key in await store.sessions_of(bot_id, locale_id=locale, limit=limit)
        ]
        misses += missed_in(talks, bot=name, bot_id=bot_id)
    return _most_frequent_first(misses)


def missed_in(
    talks: Iterable[tuple[str, Iterable[TalkTurn]]], *, bot: str, bot_id: str
) -> list[Miss]:
    """What a bot missed in talks: each its locale and its turns, oldest first."""
    singles = [(locale_id, one) for locale_id, turns in talks for one in _of_session(turns)]
    singles.sort(key=lambda each: each[1].turn.at, reverse=True)
    return _most_frequent_first(_grouped(singles, bot, bot_id))


def _most_frequent_first(misses: Iterable[Miss]) -> list[Miss]:
    return sorted(misses, key=lambda miss: (miss.times, miss.last_at), reverse=True)


def _of_session(turns: Iterable[TalkTurn]) -> Iterator[_Single]:
    before = _Reply()
    for turn in turns:
        reply = _read(turn.reply)
        action, intent, slot = before.awaited
        disliked = turn.feedback is not None and turn.feedback.rating == "down"
        if action == "ElicitSlot" and (turn.missed or _again(before, reply)):
            yield _Single("slot", turn, intent, slot, reply.source)
        elif action == "ConfirmIntent" and (turn.missed or _again(before, reply)):
            yield _Single("confirmation", turn, intent, None, reply.source)
        elif turn.missed:
            yield _Single("fallback", turn, None, None, reply.source)
        elif disliked:
            yield _Single("thumb", turn, (reply.intent or {}).get("name"), None, reply.source)
        before = reply


def _read(reply: bytes | msgspec.Raw | None) -> _Reply:
    if reply is None:
        return _Reply()
    try:
        return msgspec.json.decode(reply, type=_Reply)
    except msgspec.MsgspecError:
        return _Reply()


def _again(before: _Reply, after: _Reply) -> bool:
    """Whether the same thing is elicited again, or was given up, in the same intent.

    A question in the place of a reply, which somebody answered, is none that failed.
    """
    action, intent, slot = before.awaited
    if after.source not in ("intent", ""):
        return False
    if (after.intent or {}).get("state") == "Failed" and (after.intent or {}).get("name") == intent:
        return True
    if after.awaited != (action, intent, slot):
        return False
    if action == "ConfirmIntent":
        # A value that was changed in the place of a yes or no is confirmed anew.
        return before.slots == after.slots
    return not (after.slots or {}).get(slot or "")


def _grouped(singles: Iterable[tuple[str, _Single]], name: str, bot_id: str) -> list[Miss]:
    """The latest of each group comes first, and names it."""
    groups: dict[tuple[str, str, str | None, str | None], list[tuple[str, Miss]]] = {}
    for locale_id, single in singles:
        place = (locale_id, single.kind, single.intent, single.slot)
        form = bot.normal_form(single.turn.text)
        known = groups.setdefault(place, [])
        miss = next((miss for other, miss in known if _alike(form, other)), None)
        if miss is None:
            miss = Miss(
                kind=single.kind,
                text=single.turn.text,
                texts=[],
                times=0,
                last_at=single.turn.at,
                bot=name,
                bot_id=bot_id,
                locale_id=locale_id,
                intent=single.intent,
                slot=single.slot,
            )
            known.append((form, miss))
        miss.times += 1
        if single.turn.text not in miss.texts:
            miss.texts.append(single.turn.text)
        if single.turn.feedback is not None:
            miss.opinions.append(Opinion(single.turn.feedback.rating, single.turn.feedback.comment))
        if single.source:
            miss.sources[single.source] = miss.sources.get(single.source, 0) + 1
    return [miss for known in groups.values() for _, miss in known]


def _alike(one: str, other: str) -> bool:
    """Whether two texts say the same but for a few letters; numbers that differ do not."""
    if one == other:
        return True
    if _digits(one) != _digits(other):
        return False
    return fuzz.ratio(one, other) >= _ALIKE


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


async def with_nearest(
    misses: Iterable[Miss], locales: dict[tuple[str, str], ServedLocale]
) -> None:
    """Give each miss the two intents that it comes nearest to.

    ``locales`` are those that are served, by bot's id and locale's; they are learned if need be.
    """
    now = dt.datetime.now(dt.UTC)
    for miss in misses:
        locale = locales.get((miss.bot_id, miss.locale_id))
        if locale is None:
            continue
        model = await locale.model()
        candidates = model.interpret(miss.text, now=now).candidates
        miss.nearest = tuple(
            NearIntent(each.intent, round(each.score, 2)) for each in candidates[:_NEAREST]
        )
