"""Understanding: built-in types in each language, grammars, and whole bots on any words."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from hypothesis import strategies as st
from tests.material.sources import OWN
from tests.nlu.builtins.test_any_text import MOMENTS, NAMES, TEXTS
from tests.nlu.builtins.test_any_text import PIECES as BUILT_IN_PIECES
from tests.nlu.builtins.test_any_text import test_every_type_stands_every_text as any_text
from tests.nlu.slots.conftest import a_locale, a_slot, a_type, an_intent
from tests.nlu.srgs.test_grammar import PARTS, rule, whole
from tests.nlu.srgs.test_grammar import PIECES as SCRIPT_PIECES
from tests.nlu.srgs.test_grammar import (
    test_any_grammar_ends_and_finds_what_it_accepts as any_grammar,
)
from tests.nlu.srgs.test_grammar import test_any_script_ends_with_a_text as any_script

from daehwa import bot, lex, nlu
from fuzz.target import Target

_LOCALES = ("ko_KR", "en_US", "en_GB", "en_AU", "en_IN", "de_DE", "ja_JP", "es_419")
_BOTS = ("PadoBooksBot", "HelloWorldBot")
_MATERIAL = ("GuestHouse", "HarbourBell", "LighthouseDesk")
_TEXTS_A_CASE = 40


def check_built_in(name: str, text: str, now: datetime, locale: str) -> int:
    """A built-in type stands any text in any locale, and says where its values are."""
    any_text.hypothesis.inner_test(name, text, now, locale)
    return 1


def check_grammar(content: str, text: str) -> int:
    """Any grammar ends on any text, and what it finds is in the text."""
    any_grammar.hypothesis.inner_test(content, text)
    return 1


def check_script(script: str) -> int:
    """Any script of a tag ends with a text."""
    any_script.hypothesis.inner_test(script)
    return 1


def check_understanding(
    *, of: str, texts: list[str], now: datetime, elicited: int, confirms: bool
) -> int:
    """What a bot makes of texts hangs together, is in the text, and is the same every time.

    ``of`` names a bot's locale, ``elicited`` the place of the slot that is elicited (0: none).
    """
    definition, model = learned(of)
    return _interpret(definition, model, texts, now=now, elicited=elicited, confirms=confirms)


def check_learning(
    *, of: bot.BotLocale, texts: list[str], now: datetime, elicited: int, confirms: bool
) -> int:
    """Any bot can be learned, and what it makes of texts hangs together as well."""
    return _interpret(of, nlu.learn(of), texts, now=now, elicited=elicited, confirms=confirms)


def _interpret(
    definition: bot.BotLocale,
    model: nlu.Model,
    texts: list[str],
    *,
    now: datetime,
    elicited: int,
    confirms: bool,
) -> int:
    waiting = elicitations(definition)
    elicitation = waiting[elicited % len(waiting)]
    if confirms and elicitation is not None:
        elicitation = lex.Elicitation(intent=elicitation.intent, confirmation=True)
    for text in texts:
        understood = model.interpret(text, elicitation=elicitation, now=now)
        scores = [candidate.score for candidate in understood.candidates]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)
        for candidate in understood.candidates:
            slots = definition.intents[candidate.intent].slots
            assert set(candidate.slots) <= set(slots)
            for slot in candidate.slots.values():
                check_slot(slot, text)
        if understood.reading is not None:
            assert elicitation is not None
            assert elicitation.slot is not None
            assert 0 < understood.reading.score <= 1
            for slot in (understood.reading.slot, *understood.reading.others.values()):
                check_slot(slot, text)
        assert model.interpret(text, elicitation=elicitation, now=now) == understood
    return len(texts)


def check_slot(slot: lex.Slot, text: str) -> None:
    """A value is of one shape, and was said."""
    assert (slot.shape == "List") == bool(slot.values)
    assert (slot.shape == "Composite") == bool(slot.sub_slots)
    for inner in (*(slot.values or ()), *(slot.sub_slots or {}).values()):
        if inner is not None:
            check_slot(inner, text)
    if slot.value is not None:
        original = slot.value.original_value
        assert original
        if slot.shape in (None, "Scalar"):
            assert _letters(original) in _letters(text), (original, text)


def _letters(text: str) -> str:
    """Without spaces and case, composed as the values are that are read."""
    return "".join(unicodedata.normalize("NFC", text).split()).casefold()


@functools.cache
def learned(name: str) -> tuple[bot.BotLocale, nlu.Model]:
    """A locale of a bot, by ``BOT/LOCALE``, and what was learned of it."""
    source, _, identifier = name.partition("/")
    path = bot.bundled().get(source) or OWN / "bots" / source
    definition = bot.load(path).locales[identifier]
    return definition, nlu.learn(definition)


@functools.cache
def locales() -> tuple[str, ...]:
    """The locales that texts are said to."""
    paths = {name: bot.bundled()[name] for name in _BOTS}
    paths |= {name: OWN / "bots" / name for name in _MATERIAL}
    return tuple(
        f"{name}/{identifier}"
        for name, path in paths.items()
        for identifier in bot.load(path).locales
    )


def elicitations(definition: bot.BotLocale) -> list[lex.Elicitation | None]:
    """What a bot may elicit, and nothing at all."""
    return [
        None,
        *(
            lex.Elicitation(intent=intent.name, slot=slot, sub_slot=part)
            for intent in definition.intents.values()
            for slot, kind in intent.slots.items()
            for part in _parts(definition, kind)
        ),
    ]


def _parts(definition: bot.BotLocale, slot: bot.Slot) -> tuple[str | None, ...]:
    kind = definition.slot_types.get(slot.slot_type_name or "")
    setting = None if kind is None else kind.composite_slot_type_setting
    parts = () if setting is None else setting.sub_slots or ()
    return (None, *(part.name for part in parts if part.name is not None))


@functools.cache
def phrases(name: str) -> tuple[str, ...]:
    """What is likely to mean something to a bot: its samples, and its types' values."""
    definition, _ = learned(name)
    return tuple(dict.fromkeys(_phrases(definition))) or ("?",)


def _phrases(definition: bot.BotLocale) -> Iterator[str]:
    for intent in definition.intents.values():
        yield from (sample.utterance for sample in intent.sample_utterances or ())
    for kind in definition.slot_types.values():
        for value in kind.slot_type_values or ():
            if value.sample_value is not None:
                yield value.sample_value.value


_WORDS = [
    "서울",
    "부산",
    "으로",
    "에서",
    "가는",
    "표",
    "두",
    "명",
    "예약",
    "해줘",
    "커피",
    "라떼",
    "한",
    "잔",
    "book",
    "a",
    "ticket",
    "from",
    "to",
    "in",
    "for",
    "two",
    "please",
    "coffee",
    "large",
    "small",
    "my",
    "name",
    "is",
    "number",
    "the",
]
_PHRASES = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4).map(" ".join)
_SLOTS = ("Alpha", "Beta", "Gamma")
_TYPES = ("Listed", "Restricted", "Spoken", "Coded", "Joined")
_BUILT_INS = tuple(f"AMAZON.{name}" for name in NAMES.split() if name != "Any")
_PATTERNS = st.sampled_from(["[A-Z]{2}[0-9]{3}", "[0-9]+", "(a|b)?c{1,3}", "(a", ""])
_PARTS = ("first", "second")


def _listed(name: str, *, restricted: bool) -> st.SearchStrategy[bot.SlotType]:
    values = st.dictionaries(_PHRASES, st.lists(_PHRASES, max_size=2), min_size=0, max_size=4)
    return values.map(lambda drawn: a_type(name, drawn, restricted=restricted))


@st.composite
def _slot_types(draw: Any) -> list[bot.SlotType]:
    grammar = whole(rule(draw(PARTS)))
    coded = a_type("Coded", {}, parent="AMAZON.AlphaNumeric", pattern=draw(_PATTERNS) or None)
    joined = bot.CompositeSlotTypeSetting(
        sub_slots=tuple(
            bot.SubSlotTypeComposition(name=part, slot_type_name=draw(st.sampled_from(_BUILT_INS)))
            for part in _PARTS
        )
    )
    return [
        draw(_listed("Listed", restricted=False)),
        draw(_listed("Restricted", restricted=True)),
        bot.SlotType(name="Spoken", grammar=grammar),
        coded,
        bot.SlotType(name="Joined", composite_slot_type_setting=joined),
    ]


@st.composite
def _locales(draw: Any) -> bot.BotLocale:
    """A bot of any types, grammars and composites among them, with samples in two languages."""
    kinds = st.sampled_from([*_TYPES, *_BUILT_INS])
    pieces = st.sampled_from([*_WORDS, *(f"{{{slot}}}" for slot in _SLOTS)])
    samples = st.lists(pieces, min_size=1, max_size=5).map(" ".join)
    intents = [
        an_intent(
            name,
            draw(st.lists(samples, min_size=1, max_size=6)),
            *(
                a_slot(slot, draw(kinds), many=draw(st.booleans()), said=draw(_SAID), prompt="?")
                for slot in _SLOTS
            ),
        )
        for name in ("One", "Two", "Three")[: draw(st.integers(1, 3))]
    ]
    identifier = draw(st.sampled_from(["ko_KR", "en_US", "de_DE"]))
    locale: bot.BotLocale = a_locale(identifier, intents, draw(_slot_types()))
    return locale


_SAID = st.sampled_from([(), ("{Alpha}",), ("the {Beta} please",), ("{Alpha} and {Beta}",)])


@st.composite
def _learning(draw: Any) -> dict[str, Any]:
    pieces = st.sampled_from([*_WORDS, *BUILT_IN_PIECES.split(), "AB123", "a", "b", "c"])
    words = st.lists(pieces, min_size=1, max_size=5)
    texts = st.one_of(words.map(" ".join), words.map("".join), st.text(min_size=1, max_size=40))
    return {
        "of": draw(_locales()),
        "texts": draw(st.lists(texts, min_size=8, max_size=_TEXTS_A_CASE)),
        "now": draw(MOMENTS),
        "elicited": draw(st.integers(0, 30)),
        "confirms": draw(st.booleans()),
    }


@st.composite
def _understanding(draw: Any) -> dict[str, Any]:
    name = draw(st.sampled_from(locales()))
    pieces = st.sampled_from(phrases(name)) | st.sampled_from(BUILT_IN_PIECES.split())
    words = st.lists(pieces, min_size=1, max_size=4)
    texts = st.one_of(words.map(" ".join), words.map("".join), st.text(min_size=1, max_size=60))
    return {
        "of": name,
        "texts": draw(st.lists(texts, min_size=8, max_size=_TEXTS_A_CASE)),
        "now": draw(MOMENTS),
        "elicited": draw(st.integers(0, 200)),
        "confirms": draw(st.booleans()),
    }


def targets() -> tuple[Target, ...]:
    """Built-in types, grammars, scripts of grammars, bots."""
    return (
        Target(
            name="built_ins",
            cases=st.fixed_dictionaries(
                {
                    "name": st.sampled_from(NAMES.split()),
                    "text": TEXTS,
                    "now": MOMENTS,
                    "locale": st.sampled_from(_LOCALES),
                }
            ),
            check=check_built_in,
            each=500,
        ),
        Target(
            name="grammars",
            cases=st.fixed_dictionaries(
                {
                    "content": PARTS,
                    "text": st.lists(st.sampled_from(["a", "b", "c", "1"]), max_size=12).map(
                        " ".join
                    ),
                }
            ),
            check=check_grammar,
            each=300,
        ),
        Target(
            name="scripts",
            cases=st.fixed_dictionaries(
                {"script": st.lists(SCRIPT_PIECES, max_size=30).map(" ".join)}
            ),
            check=check_script,
            each=300,
        ),
        Target(name="learning", cases=_learning(), check=check_learning, each=10),
        Target(name="understanding", cases=_understanding(), check=check_understanding, each=40),
    )
