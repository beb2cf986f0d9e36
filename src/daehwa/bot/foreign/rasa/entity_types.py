"""Slot types for the entities and slots of a Rasa assistant.

Source: the Rasa documentation, "Domain: Slots" and "Components: Entity Extractors" (Duckling's
dimensions, spaCy's labels), and Lex's "Built-in slot types".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from daehwa.bot import slot_definition
from daehwa.bot.foreign import lex_parts
from daehwa.bot.foreign.notes import FittingNames
from daehwa.bot.foreign.patterns_of_lex import PATTERN_LONGEST, bounded
from daehwa.bot.foreign.rasa.rasa_files import components
from daehwa.bot.foreign.rasa.training_examples import TrainingExamples
from daehwa.bot.regex_filter import pattern_fault
from daehwa.bot.signatures import BUILT_IN

_DUCKLING: Final = {
    "amount-of-money": "Currency", "duration": "Duration", "email": "EmailAddress",
    "number": "Number", "ordinal": "Number", "phone-number": "PhoneNumber", "time": "Date",
}  # fmt: skip
_SPACY: Final = {
    "CARDINAL": "Number", "DATE": "Date", "GPE": "City", "MONEY": "Currency",
    "ORDINAL": "Number", "PERCENT": "Percentage", "PERSON": "FirstName", "TIME": "Time",
    "LOC": "City", "PER": "FirstName",
}  # fmt: skip
# What all of an entity's words have to be for a built-in type to take them.
_SHAPES: Final = (
    ("Number", re.compile(r"\d{1,9}")),
    ("EmailAddress", re.compile(r"[^@\s]+@[^@\s]+\.\w+")),
    ("Date", re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")),
    ("PhoneNumber", re.compile(r"\+?[\d(][\d .()-]{6,}\d")),
)
FREE_FORM: Final = f"{BUILT_IN}FreeFormInput"


class EntityTypes:
    """Makes one slot type for each entity or slot that needs one; ``types`` are those made."""

    def __init__(
        self, examples: TrainingExamples, config: Mapping[str, Any], notes: list[str]
    ) -> None:
        self.examples = examples
        self.notes = notes
        self.names = FittingNames("SlotType")
        self.types: dict[str, slot_definition.SlotType] = {}
        self.used: set[str] = set()
        self.extractors = {
            str(each.get("name", "")).rpartition(".")[2]: each
            for each in components(config, "pipeline")
        }
        self._made: dict[str, str] = {}

    def of_entity(self, name: str) -> str:
        """The slot type for an entity: of its words, of a built-in kind, or of free text."""
        self.used.add(name)
        if name not in self._made:
            self._made[name] = self._entity(name)
        return self._made[name]

    def of_words(
        self, name: str, synonyms: Mapping[str, list[str]], place: str, *, closed: bool = True
    ) -> str:
        """A slot type of given values, each with its other words."""
        key = f"\0{name}"
        if key not in self._made:
            kept = lex_parts.slot_type_values(dict(synonyms), place, self.notes.append)
            if not kept:
                return FREE_FORM
            fit = self.names.of(name)
            strategy = "TOP_RESOLUTION" if closed else "ORIGINAL_VALUE"
            self.types[fit] = slot_definition.SlotType(
                name=fit,
                slot_type_values=kept,
                value_selection_setting=slot_definition.ValueSelectionSetting(
                    resolution_strategy=strategy  # type: ignore[arg-type]
                ),
            )
            self._made[key] = fit
        return self._made[key]

    def _entity(self, name: str) -> str:
        marked = list(self.examples.of_entity(name))
        words = {entity.text for entity in marked}
        built_in = self._extracted(name) if not words else None
        if built_in is not None:
            return f"{BUILT_IN}{built_in}"
        lookup = self.examples.lookups.get(name) or []
        if not lookup:
            patterned = self._patterned(name, words)
            if patterned is not None:
                return patterned
            shape = self._shape(name, words)
            if shape is not None:
                return shape
        listed = dict.fromkeys([*(entity.value for entity in marked), *lookup])
        if not listed:
            return FREE_FORM
        place = self.examples.places.get(("lookup", name), name)
        return self.of_words(
            name,
            {value: self.examples.synonyms.get(value, []) for value in listed},
            place,
            closed=False,
        )

    def _extracted(self, name: str) -> str | None:
        """The built-in type near to what an extractor with a model of its own reads."""
        for extractor, known, member in (
            ("Duckling", _DUCKLING, "dimensions"),
            ("Spacy", _SPACY, "dimensions"),
        ):
            component = next(
                (
                    each
                    for title, each in self.extractors.items()
                    if title.startswith(extractor)
                    and ("Entity" in title or extractor == "Duckling")
                ),
                None,
            )
            listed = component.get(member) if component else None
            if component is not None and name in known and (not listed or name in listed):
                self.notes.append(
                    f'the entity "{name}", which {extractor} reads, is {BUILT_IN}{known[name]}'
                )
                return known[name]
        return None

    def _shape(self, name: str, words: set[str]) -> str | None:
        for built_in, shape in _SHAPES:
            if words and all(shape.fullmatch(word.strip()) for word in words):
                self.notes.append(
                    f'the entity "{name}" is {BUILT_IN}{built_in}: all its examples are'
                )
                return f"{BUILT_IN}{built_in}"
        return None

    def _patterned(self, name: str, words: set[str]) -> str | None:
        """A type by a regular expression that all the entity's examples match."""
        patterns = self.examples.patterns.get(name)
        if not patterns:
            return None
        pattern = bounded(patterns[0] if len(patterns) == 1 else "|".join(patterns))
        place = self.examples.places.get(("regex", name), name)
        fits = (
            len(pattern) <= PATTERN_LONGEST
            and pattern_fault(pattern) is None
            and all(re.fullmatch(pattern, word) for word in words)
        )
        if not fits:
            self.notes.append(
                f'{place}: the regular expression of "{name}" is left out: Lex takes patterns of '
                "AMAZON.AlphaNumeric alone, that match the whole value and repeat within bounds"
            )
            return None
        fit = self.names.of(name)
        self.types[fit] = slot_definition.SlotType(
            name=fit,
            parent_slot_type_signature=f"{BUILT_IN}AlphaNumeric",
            value_selection_setting=slot_definition.ValueSelectionSetting(
                resolution_strategy="ORIGINAL_VALUE",
                regex_filter=slot_definition.RegexFilter(pattern=pattern),
            ),
        )
        return fit

    def open_to_any(self, name: str, why: str) -> None:
        """Have a slot type take any words, besides its values."""
        made = self.types.get(name)
        setting = made.value_selection_setting if made else None
        if made is None or setting is None or setting.resolution_strategy != "TOP_RESOLUTION":
            return
        self.types[name] = msgspec.structs.replace(
            made,
            value_selection_setting=slot_definition.ValueSelectionSetting(
                resolution_strategy="ORIGINAL_VALUE"
            ),
        )
        self.notes.append(f"the slot type {name} takes any words: {why}")

    def left_out(self) -> None:
        """Name the tables, patterns and synonyms that no slot type has."""
        carried = {
            word.value.casefold()
            for each in self.types.values()
            for value in each.slot_type_values or ()
            for word in (value.sample_value, *(value.synonyms or ()))
        }
        for kind, names in (
            ("lookup", self.examples.lookups),
            ("regex", self.examples.patterns),
        ):
            for name in names:
                if name not in self.used:
                    self.notes.append(
                        f'{self.examples.places[kind, name]}: the {kind} "{name}" is left out: '
                        "no slot takes an entity of that name"
                    )
        lost = [value for value in self.examples.synonyms if value.casefold() not in carried]
        if lost:
            more = f" and {len(lost) - 8} more" if len(lost) > 8 else ""  # noqa: PLR2004
            self.notes.append(
                f"the synonyms of {', '.join(lost[:8])}{more} are left out: "
                "no slot type has these values"
            )
