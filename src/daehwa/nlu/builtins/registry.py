"""The built-in slot types: a reader for each that `daehwa.bot` lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

import msgspec

from daehwa import bot, lex
from daehwa.nlu.builtins import (
    choices,
    codes,
    confirmation,
    contacts,
    dates,
    durations,
    money,
    numbers,
    open_mentions,
    open_replies,
    open_types,
    times,
)
from daehwa.nlu.builtins.mention import Mention
from daehwa.nlu.builtins.misspelt import find_misspelt, read_misspelt
from daehwa.nlu.languages import FALLBACK, load, reading
from daehwa.nlu.languages.patterns import compiled
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.text import Text
from daehwa.nlu.negation.denials import denials
from daehwa.nlu.negation.values import find_asserted, read_asserted
from daehwa.nlu.questions import question, without_wishes

Find = Callable[[Text, Setting], Iterator[Mention]]
Read = Callable[[Text, Setting], Mention | None]


def _none(text: Text, setting: Setting) -> Iterator[Mention]:
    """No value of the type stands out in a text."""
    del text, setting
    yield from ()


def _whole(text: Text, setting: Setting) -> Mention | None:
    """All of a reply."""
    del setting
    return Mention.of(text, 0, len(text)) if text.raw else None


class BuiltIn(msgspec.Struct, frozen=True, kw_only=True):
    """A built-in slot type.

    ``find`` gives the values of a text that stand out on their own, left to right; ``read``
    the value of a reply. ``open`` types take words that no list knows; only ``fillable`` ones
    are taken from an utterance.
    """

    name: str
    read: Read
    find: Find = _none
    open: bool = False
    fillable: bool = True

    def examples(self, locale: str) -> tuple[str, ...]:
        """Values as people say them in a locale, for refilling sample utterances."""
        languages = (*reading(locale), load(FALLBACK))
        tables = (t for each in languages if (t := each.examples) is not None)
        return next((table[self.name] for table in tables if self.name in table), ())


def _open(kind: open_types.OpenType) -> BuiltIn:
    return BuiltIn(
        name=kind.name,
        find=partial(open_mentions.find, kind),
        read=partial(open_replies.read, kind),
        open=True,
    )


_ALL: Final = (
    BuiltIn(
        name="AlphaNumeric",
        find=codes.find_alphanumeric,
        read=codes.read_alphanumeric,
        open=True,
    ),
    _open(open_types.CITY),
    BuiltIn(name="Confirmation", read=confirmation.read),
    _open(open_types.COUNTRY),
    BuiltIn(name="Currency", find=money.find_currency, read=money.read_currency),
    BuiltIn(name="Date", find=dates.find, read=dates.read),
    BuiltIn(name="Duration", find=durations.find, read=durations.read),
    BuiltIn(name="EmailAddress", find=contacts.find_email, read=contacts.read_email),
    _open(open_types.FIRST_NAME),
    BuiltIn(name="FreeFormInput", read=_whole, open=True, fillable=False),
    _open(open_types.LAST_NAME),
    BuiltIn(name="Number", find=numbers.find, read=numbers.read),
    BuiltIn(name="Percentage", find=money.find_percentage, read=money.read_percentage),
    BuiltIn(name="PhoneNumber", find=contacts.find_phone, read=contacts.read_phone),
    _open(open_types.STATE),
    _open(open_types.STREET),
    BuiltIn(name="Time", find=times.find, read=times.read),
    BuiltIn(name="UKPostalCode", find=codes.find_postcode, read=codes.read_postcode),
)

_SHARING: Final = frozenset(("Currency", "Date", "Duration", "Percentage", "Time"))
"""Types whose values have parts that one leaves out where it replaces another."""

_ASKED_ABOUT: Final = frozenset(
    ("City", "Country", "Currency", "Date", "Duration", "FirstName", "LastName", "Number",
     "Percentage", "State", "StreetName", "Time")
)  # fmt: skip
"""Types whose values questions hold that are no replies: are you open *today*?"""

_WISHED: Final = frozenset(("Date", "Duration", "Time"))
"""Types of whose words wishes and greetings are made: have a nice *day*."""

_WHOLE_NUMBER: Final = 9
"""Digits of which a telephone number with its area has at least as many."""

_ENDING: Final = 4
"""Characters beside a value in which nothing is asked."""

_MISSPELT: Final = frozenset((*_SHARING, "Confirmation", "Number"))
"""Types of whose words slips of the pen are forgiven."""


def _read_one(read: Read, text: Text, setting: Setting) -> Mention | None:
    """The value of a reply that leaves no choice between it and another."""
    value = read(text, setting)
    if value is None or choices.leaves_choice(text, value, setting):
        return None
    return value


def _find_unwished(find: Find, text: Text, setting: Setting) -> Iterator[Mention]:
    """The values of a text, none of those that it wishes or greets with."""
    return find(without_wishes(text, setting.locale), setting)


def _read_unwished(read: Read, text: Text, setting: Setting) -> Mention | None:
    return read(without_wishes(text, setting.locale), setting)


def _read_unasked(
    read: Read, text: Text, setting: Setting, *, counts: bool = False
) -> Mention | None:
    """The value of a reply, if the reply does not ask about something else.

    With ``counts`` the word after a value is what it counts: could it be 2 *bags*?
    """
    value = read(text, setting)
    if value is None or (len(text) - value.size < _ENDING and value.sure == 1):
        return value
    if counts:
        onward = text.skip(value.end)
        end = text.word_end(onward) if onward > value.end else onward
        offer = f"{text.raw[: value.start].rstrip('.')}7{text.raw[end:]}".replace("…", " ")
        return None if question(offer, setting.locale, values="7") == "Instead" else value
    slot = lex.Slot(
        value=lex.SlotValue(original_value=value.original, resolved_values=value.resolved)
    )
    reading = lex.Reading(slot=slot, score=value.sure)
    # What a text denies is blanked with these marks.
    asks = question(text.raw.replace("…", " "), setting.locale, reading=reading)
    return None if asks == "Instead" else value


def _read_complete(read: Read, text: Text, setting: Setting) -> Mention | None:
    """The number of a reply; none of which a part was put right: 010 2233, *no*, 4433 1234."""
    value = read(text, setting)
    if value is None or len(value.interpreted or "") >= _WHOLE_NUMBER:
        return value
    for denial in denials(text.folded, setting.locale):
        scope = Text(text.raw[denial.scope.start : denial.scope.end])
        began = codes.spelt_out(scope, setting) or scope.raw
        digits = sum(char.isdecimal() for char in began)
        begins = began.startswith("0") or read(scope, setting) is None
        if denial.kind == "correction" and 1 < digits < _WHOLE_NUMBER and begins:
            return None
    return value


def _read_reasoned(read: Read, text: Text, setting: Setting) -> Mention | None:
    """The value of a reply, or of what is left without its reason: 8:30, *I work till six*."""
    value = read(text, setting)
    if value is not None:
        return value
    for language in setting.languages:
        for reason in language.reasons:
            match = compiled(reason).search(text.folded)
            if match is None or choices.may_join(Text(match[0]), setting.locale):
                continue
            rest = text.raw[: match.start()] + " " * len(match[0]) + text.raw[match.end() :]
            return read(Text(rest), setting) if rest.strip(" .,!") else None
    return None


def _asserting(kind: BuiltIn) -> BuiltIn:
    """The type, of whose values those are left out that a text denies."""
    if not kind.fillable:
        return kind
    shared = kind.name in _SHARING
    if kind.name in _ASKED_ABOUT:
        kind = msgspec.structs.replace(
            kind, read=partial(_read_unasked, kind.read, counts=kind.name == "Number")
        )
    if kind.name in _WISHED:
        kind = msgspec.structs.replace(
            kind,
            find=partial(_find_unwished, kind.find),
            read=partial(_read_unwished, kind.read),
        )
    if shared:
        kind = msgspec.structs.replace(kind, read=partial(_read_one, kind.read))
    kind = msgspec.structs.replace(
        kind,
        find=partial(find_asserted, kind.find, shared=shared),
        read=partial(read_asserted, kind.read, listed=not kind.open, shared=shared),
    )
    if kind.name == "PhoneNumber":
        kind = msgspec.structs.replace(kind, read=partial(_read_complete, kind.read))
    if shared or kind.name == "Number":
        kind = msgspec.structs.replace(kind, read=partial(_read_reasoned, kind.read))
    if kind.name not in _MISSPELT:
        return kind
    return msgspec.structs.replace(
        kind, find=partial(find_misspelt, kind.find), read=partial(read_misspelt, kind.read)
    )


BUILT_INS: Final = {f"AMAZON.{kind.name}": _asserting(kind) for kind in _ALL}
"""A reader for each of ``bot.BUILT_IN_SLOT_TYPES``, by its signature."""

_ANY: Final = BuiltIn(name="Any", read=partial(open_replies.read, open_types.STREET), open=True)


def prepare(locale: str) -> None:
    """Bring into memory what the types know of a locale, so that no turn has to wait for it."""
    setting = Setting(locale=locale, now=dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
    for kind in BUILT_INS.values():
        kind.read(Text("x"), setting)


def built_in(signature: str) -> BuiltIn:
    """The type of a signature such as ``AMAZON.Date``; an unknown one takes any short phrase.

    Lex V1's names, which migrated bots still carry, are known too.
    """
    return BUILT_INS.get(bot.current_slot_type(signature), _ANY)
