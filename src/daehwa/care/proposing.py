"""Teaching a bot what a person said: what the change would do first, and then the change.

A proposal is the bot as it would be, replayed beside the bot as it is. Nothing is written before
``save``.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import msgspec

from daehwa import bot, dialog, lex
from daehwa.care.grouping import unlike
from daehwa.care.keeping import learned_apart, open_learned, spoken_texts
from daehwa.care.meanings import Meaning, UtteranceInSession, understand
from daehwa.care.replay import TEXTS, ChangedText, Replay, replay
from daehwa.conversation import Opening, ServedLocale, SettingsError


class TestedBot(msgspec.Struct, frozen=True, rename="camel"):
    """What a bot's own tests say: how many passed, and the names of those that failed."""

    passed: int
    failed: tuple[str, ...] = ()


RunTests: TypeAlias = Callable[[Path, bot.Bot], Awaitable[TestedBot | None]]
"""Runs the tests that lie beside the bot at a path with a changed bot; ``None`` without any."""


class ProposedChange(msgspec.Struct, frozen=True, kw_only=True):
    """A change of a bot that is not saved yet, and what it would do.

    ``text`` is what is learned, ``before`` and ``after`` what it means without and with the
    change. ``problems`` are what the change would break by the rules of ``daehwa check``.
    ``tests`` is ``None`` if there are none.
    """

    path: Path
    amendments: tuple[bot.Amendment, ...]
    old: bot.Bot
    new: bot.Bot
    text: str
    locale_id: str
    before: Meaning
    after: Meaning
    problems: tuple[bot.Problem, ...]
    replay: Replay
    tests: TestedBot | None = None

    @property
    def broken(self) -> bool:
        """Whether Lex would not build the bot with the change, though it did without."""
        return any(problem.severity == "error" for problem in self.problems)


def sample(
    definition: bot.Bot, text: str, *, intent: str, locale: str | None = None
) -> bot.NewSample:
    """A text as a sample of an intent, in the locale that is named, or else the one that fits.

    Raises:
        SettingsError: several locales have the intent, and the text's script decides for none.
    """
    having = [name for name, one in definition.locales.items() if intent in one.intents]
    name = _locale(definition, having, text, locale, f'the intent "{intent}"')
    return bot.NewSample(locale=name, intent=intent, utterance=" ".join(text.split()))


def synonym(
    definition: bot.Bot,
    text: str,
    *,
    slot_type: str,
    value: str | None = None,
    locale: str | None = None,
) -> bot.NewSynonym:
    """A text as a synonym of a slot type's value; without one, as a value of its own.

    Raises:
        SettingsError: as for ``sample``.
    """
    word = " ".join(text.split())
    having = [name for name, one in definition.locales.items() if slot_type in one.slot_types]
    name = _locale(definition, having, text, locale, f'the slot type "{slot_type}"')
    return bot.NewSynonym(locale=name, slot_type=slot_type, value=value or word, synonym=word)


def _locale(
    definition: bot.Bot, having: list[str], text: str, locale: str | None, what: str
) -> str:
    if locale is not None:
        return locale
    if len(having) == 1:
        return having[0]
    # Where nobody has it, the refusal says what the likeliest locale has.
    among = having or list(definition.locales)
    fitting = [name for name in among if name.startswith("ko") == is_korean(text)]
    if having and len(fitting) != 1:
        raise SettingsError(f"{what} is in {', '.join(having)}: name one with --locale")
    return fitting[0] if fitting else among[0]


def is_korean(text: str) -> bool:
    """Whether a text has Hangul in it."""
    return any("가" <= sign <= "힣" or "ㄱ" <= sign <= "ㅣ" for sign in text)


async def propose(
    opening: Opening,
    path: Path,
    amendments: Sequence[bot.Amendment],
    *,
    most: int = TEXTS,
    tests: RunTests | None = None,
    progress: Callable[[float], None] | None = None,
) -> ProposedChange:
    """What a change of the bot at ``path`` would do; nothing is written.

    The last ``most`` texts of the store are replayed. Only the locale that changes is learned
    again. ``progress`` is called with the share of the replay that is done.

    Raises:
        AmendmentError: there is no place for the change, or nothing to add.
        SettingsError, bot.BotError, stores.StoreError: configuration, bot or store cannot be read.
    """
    old = bot.load(path)
    new = bot.amended(old, amendments)
    catalogue = open_learned(opening, [path])
    served = catalogue.bots[0]
    changed = learned_apart(catalogue, new, served.locales)
    for name, locale in changed.items():
        if name in served.locales and locale is not served.locales[name]:
            await locale.model(await served.locales[name].model())
    texts = await spoken_texts(opening, [served], most=most)
    now = dt.datetime.now(dt.UTC)
    first = amendments[0]
    utterance = _utterance(first, new)
    return ProposedChange(
        path=path,
        amendments=tuple(amendments),
        old=old,
        new=new,
        text=utterance.text,
        locale_id=utterance.locale_id,
        before=await _heard(served.locales[utterance.locale_id], utterance, now),
        after=await _heard(changed[utterance.locale_id], utterance, now),
        problems=_new_problems(old, new),
        replay=_marked(
            await replay(texts, served.locales, changed, now=now, progress=progress), first
        ),
        tests=None if tests is None else await tests(path, new),
    )


def save(proposal: ProposedChange) -> tuple[Path, ...]:
    """Write a change to the bot's files; return those that changed.

    Raises:
        bot.BotError: the files cannot be changed, or somebody else has changed them.
        OSError: they cannot be written.
    """
    return bot.amend(proposal.path, proposal.old, proposal.amendments)


def _utterance(amendment: bot.Amendment, definition: bot.Bot) -> UtteranceInSession:
    """What is learned as it would be said: a synonym in reply to a prompt for its slot."""
    locale = definition.locales[amendment.locale]
    if isinstance(amendment, bot.NewSample):
        return UtteranceInSession(text=amendment.utterance, locale_id=amendment.locale)
    for intent in locale.intents.values():
        for slot in intent.slots.values():
            if slot.slot_type_name == amendment.slot_type:
                return UtteranceInSession(
                    text=amendment.synonym,
                    locale_id=amendment.locale,
                    session=dialog.Session(
                        intent=lex.Intent(name=intent.name, state="InProgress"),
                        dialog_action=lex.DialogAction(type="ElicitSlot", slot_to_elicit=slot.name),
                    ),
                )
    return UtteranceInSession(text=amendment.synonym, locale_id=amendment.locale)


def _marked(replayed: Replay, amendment: bot.Amendment) -> Replay:
    """The replay, with texts marked that now match the intent but hardly mean what it learned."""
    if not isinstance(amendment, bot.NewSample):
        return replayed
    woken = [
        each
        for each in (*replayed.understood, *replayed.changed)
        if each.after.intent == amendment.intent and each.reply_to is None
    ]
    far = unlike(amendment.utterance, [each.text for each in woken])
    strange = {each.text for each, is_far in zip(woken, far, strict=True) if is_far}

    def marked(differences: tuple[ChangedText, ...]) -> tuple[ChangedText, ...]:
        each_marked = (
            msgspec.structs.replace(each, unlike=each in woken and each.text in strange)
            for each in differences
        )
        return tuple(sorted(each_marked, key=lambda each: not each.unlike))

    return msgspec.structs.replace(
        replayed, understood=marked(replayed.understood), changed=marked(replayed.changed)
    )


async def _heard(served: ServedLocale, utterance: UtteranceInSession, now: dt.datetime) -> Meaning:
    model = await served.model()
    return (await asyncio.to_thread(understand, served, model, utterance, now)).meaning


def _new_problems(old: bot.Bot, new: bot.Bot) -> tuple[bot.Problem, ...]:
    """What is wrong with the new bot that was not with the old one."""
    known = {(each.code, each.message) for each in bot.validate(old)}
    return tuple(each for each in bot.validate(new) if (each.code, each.message) not in known)
