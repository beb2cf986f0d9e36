"""The slots of a Rasa assistant: which intents fill them, by what, and which forms want them.

Source: the Rasa documentation, "Domain: Slots" (mappings of 3.x), "Forms" (of 2.x and 3.x).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from daehwa.bot.foreign import lex_parts
from daehwa.bot.foreign.rasa.annotated_text import TrainingExample
from daehwa.bot.foreign.rasa.entity_types import FREE_FORM, EntityTypes
from daehwa.bot.foreign.rasa.rasa_files import RasaFiles, Sourced, entries, is_null
from daehwa.bot.foreign.rasa.story_steps import ANY
from daehwa.bot.signatures import BUILT_IN
from daehwa.bot.yaml_reader import as_json

Key = tuple[str, str | None, str | None]
_BY_VALUE: Final = ("bool", "categorical")
_NUMBERS: Final = ("float", "int")
_MOST_WORDS: Final = 100


class RasaSlots:
    """The slots and forms of the domain, and the slot type of each."""

    def __init__(self, files: RasaFiles, types: EntityTypes, notes: list[str]) -> None:
        self.files = files
        self.types = types
        self.examples = types.examples
        self.notes = notes
        self.slots = files.domain["slots"]
        self.forms: dict[str, list[str]] = {}
        self.form_places: dict[str, str] = {}
        self._mappings: dict[str, list[dict[str, Any]]] = {
            name: list(_objects(_of(source.value, "mappings")))
            for name, source in self.slots.items()
        }
        for name, source in files.domain["forms"].items():
            self.form_places[name] = source.place
            self.forms[name] = self._required(name, source)

    def _required(self, form: str, source: Sourced) -> list[str]:
        """The slots that a form wants, in order; those of 2.x bring their mappings."""
        raw = source.value if isinstance(source.value, dict) else {}
        if not is_null(raw.get("ignored_intents")) and entries(raw["ignored_intents"]):
            self.notes.append(
                f'{source.place}: the ignored_intents of "{form}" are left out: in Lex another '
                "intent may be begun at any prompt"
            )
        listed = raw.get("required_slots", None)
        if listed is None:
            listed = {n: v for n, v in raw.items() if n not in ("ignored_intents", "description")}
        if isinstance(listed, dict) and listed:
            for name, mappings in listed.items():
                known = self._mappings.setdefault(name, [])
                known += [each for each in _objects(mappings) if each not in known]
            return list(listed)
        wanted = [str(name) for name in entries(listed) if not isinstance(name, dict)]
        if not wanted and "required_slots" not in raw:
            wanted = [
                slot for slot in self.slots if f"utter_ask_{slot}" in self.files.domain["responses"]
            ]
            if wanted:
                self.notes.append(
                    f'{source.place}: the slots of "{form}" stand in its code; those that an '
                    f"utter_ask_... asks for were taken: {', '.join(wanted)}"
                )
        return wanted

    # --- what fills a slot ------------------------------------------------------------

    def mappings(self, slot: str, kind: str) -> Iterator[dict[str, Any]]:
        """The mappings of a kind (``from_entity``, ...) that a slot has."""
        for mapping in self._mappings.get(slot, ()):
            if str(mapping.get("type")) == kind:
                yield mapping

    def of_entity(self, key: Key) -> str:
        """The slot that an entity fills; the entity's own name where no slot takes it."""
        name, role, group = key
        fitting = [
            slot
            for slot in self._mappings
            for each in self.mappings(slot, "from_entity")
            if str(each.get("entity")) == name
            and _same(each.get("role"), role)
            and _same(each.get("group"), group)
        ]
        if name in fitting or (role is None and name in self.slots and not fitting):
            return name
        if fitting:
            return fitting[0]
        if role is not None and role in self.slots:
            return role
        return "_".join(part for part in (name, role, group) if part)

    def decides(self, slot: str, value: str | None) -> tuple[str, str | None] | None:
        """What of a slot Rasa's policies look at: a value, that it is set, or nothing."""
        raw = self.slots[slot].value if slot in self.slots else {}
        kind = str(_of(raw, "type") or "text").rpartition(".")[2]
        influences = as_json(_of(raw, "influence_conversation"))
        if kind in ("any", "unfeaturized", "UnfeaturizedSlot") or influences is False:
            return None
        if kind in _BY_VALUE or value is None:
            return slot, value
        return slot, ANY

    def in_form(self, slot: str) -> bool:
        """Whether a form wants the slot."""
        return any(slot in wanted for wanted in self.forms.values())

    def triggered(self, slot: str, intent: str) -> str | None:
        """The value that a slot has from the start when the intent began its form."""
        for each in self.mappings(slot, "from_trigger_intent"):
            if intent in [str(name) for name in entries(each.get("intent"))]:
                value = each.get("value")
                return None if is_null(value) else str(value)
        return None

    def initial(self, slot: str) -> str | None:
        """The value that a slot has from the start of a conversation."""
        value = _of(self.slots[slot].value, "initial_value") if slot in self.slots else None
        return None if is_null(value) or not isinstance(value, str) else str(value) or None

    def only_in_code(self, slot: str) -> bool:
        """Whether nothing but custom actions sets a slot."""
        kinds = {str(each.get("type")) for each in self._mappings.get(slot, ())}
        filled = any(entity.name == slot for entity in self.examples.of_entity(slot))
        return slot in self.slots and kinds <= {"custom", "controlled"} and not filled

    def intents_of_values(self) -> set[str]:
        """Intents that stand for a slot's value, as a yes does."""
        return {
            str(intent)
            for slot in self._mappings
            for each in self.mappings(slot, "from_intent")
            for intent in entries(each.get("intent"))
        }

    # --- types ------------------------------------------------------------------------

    def type_of(self, slot: str, key: Key | None = None) -> str:
        """The slot type of a slot; ``key`` is the entity that fills it where one is known."""
        raw = self.slots[slot].value if slot in self.slots else {}
        kind = str(_of(raw, "type") or "")
        place = self.slots[slot].place if slot in self.slots else slot
        entity = key[0] if key else self._entity(slot)
        listed = [str(each) for each in entries(_of(raw, "values"))]
        if kind == "categorical" and listed:
            words = {each: self.examples.synonyms.get(each, []) for each in listed}
            if entity:
                self.types.used.add(entity)
            return self.types.of_words(slot, words, place)
        by_intent = dict(self._by_intent(slot))
        if by_intent and entity is None:
            return self.types.of_words(
                slot, by_intent, place, closed=not any(self.mappings(slot, "from_text"))
            )
        if entity is not None:
            made = self.types.of_entity(entity)
            if made != FREE_FORM:
                return made
        if kind == "bool":
            return f"{BUILT_IN}Confirmation"
        return f"{BUILT_IN}Number" if kind in _NUMBERS else FREE_FORM

    def _entity(self, slot: str) -> str | None:
        for each in self.mappings(slot, "from_entity"):
            return str(each.get("entity"))
        known = slot in self.files.domain["entities"] or any(self.examples.of_entity(slot))
        return slot if known and not any(self.mappings(slot, "from_text")) else None

    def _by_intent(self, slot: str) -> Iterator[tuple[str, list[str]]]:
        """Values that stand for intents, with the intents' examples as other words for them."""
        for each in self.mappings(slot, "from_intent"):
            value = each.get("value")
            if is_null(value) or not isinstance(value, str):
                continue
            words = [
                example.text
                for intent in entries(each.get("intent"))
                for example in self.examples.intents.get(str(intent), ())
                if len(example.text) <= lex_parts.LONGEST_VALUE
            ]
            yield value, words[:_MOST_WORDS]

    def is_list(self, slot: str) -> bool:
        """Whether a slot takes several values."""
        return slot in self.slots and str(_of(self.slots[slot].value, "type")) == "list"


def with_slots(example: TrainingExample, names: Mapping[Key, str]) -> str:
    """An example as a sample utterance: ``{Slot}`` for an entity, its second time its words."""
    used: set[str] = set()
    parts: list[str] = []
    for part in example.parts:
        if isinstance(part, str):
            parts.append(part.replace("{", "(").replace("}", ")"))
            continue
        name = names.get(part.key)
        if name is None or name in used:
            parts.append(part.text.replace("{", "(").replace("}", ")"))
        else:
            used.add(name)
            parts.append(f"{{{name}}}")
    return " ".join("".join(parts).split())


def entity_keys(examples: Iterable[TrainingExample]) -> list[Key]:
    """The entities of examples, each once, in their order."""
    return list(dict.fromkeys(e.key for example in examples for e in example.entities))


def _of(value: Any, member: str) -> Any:
    return value.get(member) if isinstance(value, dict) else None


def _same(wanted: Any, had: str | None) -> bool:
    return had is None if is_null(wanted) else str(wanted) == had


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    for each in entries(value):
        if isinstance(each, dict):
            yield each
