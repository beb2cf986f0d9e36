"""Replay: what people really said, understood by one bot and by another, and what differs.

Each text is understood in the session in which it was said: what was elicited is elicited again.
Nothing is called, stored or sent.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeAlias

import msgspec

from daehwa import nlu
from daehwa.care.inbox import Ignored
from daehwa.care.meanings import Meaning, Understood, UtteranceInSession, understand
from daehwa.care.talks import Talk, heard_turns
from daehwa.conversation import ServedLocale

TEXTS: Final = 1000
"""Texts that are replayed, the latest of all."""


class ReplayText(msgspec.Struct, frozen=True, kw_only=True):
    """A text to replay, how often it was said so, and whether its keeper ignores it."""

    utterance: UtteranceInSession
    times: int = 1
    ignored: bool = False


class ReplayTexts(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be replayed: distinct texts, and the number of their turns.

    ``hidden`` turns are left out: a value of an obfuscated slot was in their text.
    """

    texts: tuple[ReplayText, ...] = ()
    turns: int = 0
    hidden: int = 0

    def joined(self, more: ReplayTexts) -> ReplayTexts:
        """These texts and ``more``, of another bot."""
        return ReplayTexts(
            texts=(*self.texts, *more.texts),
            turns=self.turns + more.turns,
            hidden=self.hidden + more.hidden,
        )


class ChangedText(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """A text that means something else to the second bot than to the first.

    ``reply_to`` is what was elicited, as ``Intent.Slot`` or ``Intent``. ``ignored`` is one that the
    bot's keeper ignores. ``unlike`` is one that matches what a text was learned for, but hardly
    means what that text does.
    """

    text: str
    times: int
    locale_id: str
    before: Meaning
    after: Meaning
    reply_to: str | None = None
    ignored: bool = False
    unlike: bool = False


class Replay(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """What differs between two bots: both have read ``texts`` distinct texts of ``turns`` turns.

    ``understood`` were missed before, ``lost`` are missed now, ``changed`` mean something else.
    The most frequent come first.
    """

    texts: int = 0
    turns: int = 0
    hidden: int = 0
    understood: tuple[ChangedText, ...] = ()
    changed: tuple[ChangedText, ...] = ()
    lost: tuple[ChangedText, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether any text means something else."""
        return bool(self.understood or self.changed or self.lost)


def replay_texts(
    talks: Iterable[Talk],
    *,
    bot_id: str,
    served: Mapping[str, ServedLocale],
    ignored: Ignored | None = None,
    most: int = TEXTS,
) -> ReplayTexts:
    """The last ``most`` texts of talks with a bot; ``served`` are its locales by id."""
    spoken: list[tuple[dt.datetime, UtteranceInSession, bool]] = [
        (heard.turn.at, UtteranceInSession.of(heard, talk.locale_id), heard.hides)
        for talk in talks
        for heard in heard_turns(talk.turns, served.get(talk.locale_id))
    ]
    spoken.sort(key=lambda each: each[0], reverse=True)
    latest = spoken[:most]
    texts = tuple(
        msgspec.structs.replace(
            each,
            ignored=ignored is not None
            and ignored(each.utterance.text, bot_id, each.utterance.locale_id),
        )
        for each in _counted(utterance for _, utterance, hides in latest if not hides)
    )
    return ReplayTexts(texts=texts, turns=len(latest), hidden=sum(hides for _, _, hides in latest))


def plain_texts(texts: Iterable[tuple[str, str]]) -> ReplayTexts:
    """Texts with their locale, each as the first of a conversation."""
    counted = _counted(
        UtteranceInSession(text=text, locale_id=locale_id) for text, locale_id in texts
    )
    return ReplayTexts(texts=counted, turns=sum(each.times for each in counted))


def _counted(utterances: Iterable[UtteranceInSession]) -> tuple[ReplayText, ...]:
    """Merge texts that differ only in writing, in the order of their first."""
    counted: dict[object, ReplayText] = {}
    for each in utterances:
        key = (each.locale_id, each.text, each.awaited, each.possible)
        times = counted[key].times + 1 if key in counted else 1
        counted[key] = ReplayText(utterance=each, times=times)
    return tuple(counted.values())


async def replay(
    texts: ReplayTexts,
    before: Mapping[str, ServedLocale],
    after: Mapping[str, ServedLocale],
    *,
    now: dt.datetime | None = None,
    progress: Callable[[float], None] | None = None,
) -> Replay:
    """Understand texts with two bots, each its locales by id; a locale that one lacks misses all.

    Dates are relative to ``now``. ``progress`` is called with the share that is done, 0 to 1.
    """
    moment = now or dt.datetime.now(dt.UTC)
    wanted = dict.fromkeys(each.utterance.locale_id for each in texts.texts)
    models = {
        name: (await _model(before.get(name)), await _model(after.get(name))) for name in wanted
    }
    differences: list[ChangedText] = []
    for number, each in enumerate(texts.texts):
        name = each.utterance.locale_id
        one, other = models[name]
        old, new = before.get(name), after.get(name)
        if progress is not None:
            progress(number / len(texts.texts))
        if old is not None and new is not None and old.definition == new.definition:
            continue
        # In a thread: whoever replays may serve others meanwhile.
        difference = await asyncio.to_thread(
            _difference, each, _heard(old, one, each, moment), _heard(new, other, each, moment)
        )
        differences += [] if difference is None else [difference]
    return _sorted(differences, texts)


async def _model(served: ServedLocale | None) -> nlu.Model | None:
    return None if served is None else await served.model()


_Heard: TypeAlias = Callable[[], Understood]


def _heard(
    served: ServedLocale | None, model: nlu.Model | None, each: ReplayText, now: dt.datetime
) -> _Heard:
    """Understand the text; a locale that is not there understands nothing."""
    if served is None or model is None:
        return lambda: Understood(Meaning(), (), each.utterance.text)
    return lambda: understand(served, model, each.utterance, now)


def _difference(each: ReplayText, before: _Heard, after: _Heard) -> ChangedText | None:
    old, new = before(), after()
    if old.meaning.same_as(new.meaning):
        return None
    utterance = each.utterance
    return ChangedText(
        text=old.text if old.text != utterance.text else new.text,
        times=each.times,
        locale_id=utterance.locale_id,
        reply_to=utterance.awaited,
        before=old.meaning,
        after=new.meaning,
        ignored=each.ignored,
    )


def _sorted(differences: Sequence[ChangedText], texts: ReplayTexts) -> Replay:
    ranked = sorted(differences, key=lambda each: (not each.ignored, -each.times))
    return Replay(
        texts=len(texts.texts),
        turns=texts.turns,
        hidden=texts.hidden,
        understood=tuple(each for each in ranked if each.before.missed),
        changed=tuple(each for each in ranked if not (each.before.missed or each.after.missed)),
        lost=tuple(each for each in ranked if each.after.missed),
    )
