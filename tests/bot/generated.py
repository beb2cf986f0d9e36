"""Bots of every shape, for property tests: any kind of value, any member, any text.

Members are drawn sparsely: each bot sets a few, and many bots together set all.
"""

import types
import typing

from hypothesis import strategies as st

from daehwa import bot
from daehwa.bot.fields import fields

CHARACTERS = st.characters(exclude_categories=["Cs"])
TEXTS = st.text(CHARACTERS, max_size=8)
NAMES = st.text(CHARACTERS, min_size=1, max_size=8)
JSON = st.one_of(st.none(), st.booleans(), st.integers(), TEXTS, st.just([]), st.just([{"a": 1}]))
OBJECTS = st.dictionaries(TEXTS, JSON, max_size=2)
EXTRA = st.dictionaries(TEXTS.map("x-{}".format), JSON, max_size=1)
BUILT_IN = st.sampled_from(["AMAZON.Date", "AMAZON.Number", "AMAZON.City"])
# What leads nowhere else, so that the bot is sound.
STEPS = st.sampled_from(["ElicitIntent", "CloseIntent", "FulfillIntent", "EndConversation"])

SIMPLE = {
    str: TEXTS,
    int: st.integers(-1000, 100_000),
    float: st.floats(0, 1),
    bool: st.booleans(),
    typing.Any: JSON,
}
# Members whose values have to fit together; the others are anything of their type.
FITTING = {
    (bot.SampleUtterance, "utterance"): TEXTS.map(lambda text: text.replace("{", "(")),
    (bot.IntentOverride, "name"): st.none(),
    (bot.StepAction, "type"): STEPS,
}


@st.composite
def values(draw, kind, **given):
    """A value of a kind of struct, with some of its members given."""
    return _struct(draw, kind, given, 0)


@st.composite
def bots(draw):
    """A bot that loads: its references lead somewhere."""
    locales = {
        identifier: draw(_locales(identifier))
        for identifier in draw(st.sets(st.sampled_from(["en_US", "ko_KR"])))
    }
    # An export has no aliases: a project names them for whoever serves it.
    return draw(values(bot.Bot, name=draw(NAMES), locales=locales, aliases={}))


@st.composite
def _locales(draw, identifier):
    slot_types = {
        name: draw(values(bot.SlotType, name=name)) for name in draw(st.sets(NAMES, max_size=2))
    }
    intents = {name: draw(_intents(name, slot_types)) for name in draw(st.sets(NAMES, max_size=2))}
    fallback = bot.DEFAULT_FALLBACK_INTENT
    return draw(
        values(
            bot.BotLocale,
            identifier=identifier,
            slot_types=slot_types,
            intents=intents | {fallback.name: fallback},
            custom_vocabulary=draw(st.none() | OBJECTS),
        )
    )


@st.composite
def _intents(draw, name, slot_types):
    slots = {
        slot: draw(
            values(
                bot.Slot,
                name=slot,
                slot_type_name=draw(BUILT_IN | st.sampled_from([*slot_types, "AMAZON.Time"])),
            )
        )
        for slot in draw(st.sets(NAMES, max_size=2))
    }
    priorities = tuple(
        draw(values(bot.SlotPriority, slot_name=slot)) for slot in slots if draw(st.booleans())
    )
    return draw(
        values(
            bot.Intent,
            name=name,
            slots=slots,
            slot_priorities=draw(st.sampled_from([None, priorities])),
            conversation_flow=draw(st.none() | OBJECTS),
        )
    )


def _struct(draw, kind, given, depth):
    members = {"extra": draw(EXTRA)} | given
    for field in fields(kind).values():
        if field.attribute in members:
            continue
        fitting = FITTING.get((kind, field.attribute))
        members[field.attribute] = (
            draw(fitting) if fitting is not None else _member(draw, field.type, depth)
        )
    if kind in (bot.SubSlotTypeComposition, bot.Specifications):
        # As it is when it was loaded: the type's id and its name.
        members["slot_type_id"] = members["slot_type_name"] = draw(BUILT_IN)
    return kind(**members)


def _member(draw, kind, depth):
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        # The deeper, the sparser.
        if draw(st.integers(0, depth + 1)):
            return None
        return _member(draw, next(a for a in arguments if a is not types.NoneType), depth)
    if origin in (tuple, dict):
        return _container(draw, origin, arguments, depth + 1)
    if origin is typing.Literal:
        return draw(st.sampled_from(arguments))
    return draw(SIMPLE[kind]) if kind in SIMPLE else _struct(draw, kind, {}, depth + 1)


def _container(draw, origin, arguments, depth):
    if origin is tuple:
        return tuple(_member(draw, arguments[0], depth) for _ in range(draw(st.integers(0, 1))))
    names = draw(st.sets(TEXTS, max_size=1))
    return {name: _member(draw, arguments[1], depth) for name in names}
