"""The examples of a Rasa assistant: intents, synonyms, lookup tables and regular expressions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from daehwa.bot.foreign.rasa.annotated_text import (
    MarkedEntity,
    TrainingExample,
    annotated,
    of_offsets,
)
from daehwa.bot.foreign.rasa.rasa_files import MarkdownFile, RasaFiles, entries, place_of
from daehwa.bot.yaml_reader import YamlFile

_ITEM: Final = re.compile(r"^\s*[-*+]\s?(.*)$")
_HEADING: Final = re.compile(r"^##\s*(intent|synonym|regex|lookup)\s*:\s*(.*?)\s*$")
_KINDS: Final = ("intent", "synonym", "lookup", "regex")


class TrainingExamples:
    """All examples: of each intent, synonyms of each value, words and patterns of each name.

    ``places`` has the place of the first example or entry of each, by kind and name.
    """

    def __init__(self, files: RasaFiles) -> None:
        self.files = files
        self.notes: list[str] = []
        self.intents: dict[str, list[TrainingExample]] = {}
        self.synonyms: dict[str, list[str]] = {}
        self.lookups: dict[str, list[str]] = {}
        self.patterns: dict[str, list[str]] = {}
        self.places: dict[tuple[str, str], str] = {}
        for read in files.training:
            self._yaml(read)
        for file in files.markdown:
            self._markdown(file)
        for name, document in files.json:
            self._json(name, document)
        self._entity_synonyms()

    def of_entity(self, name: str) -> Iterator[MarkedEntity]:
        """Every entity of a name in the examples."""
        for examples in self.intents.values():
            for example in examples:
                yield from (entity for entity in example.entities if entity.name == name)

    # --- YAML -------------------------------------------------------------------------

    def _yaml(self, read: YamlFile) -> None:
        for at, block in enumerate(entries(read.value.get("nlu"))):
            if not isinstance(block, dict):
                continue
            kind = next((kind for kind in _KINDS if kind in block), None)
            place = place_of(read, ("nlu", at))
            if kind is None:
                self.notes.append(f"{place}: a part of nlu that is not known is left out")
                continue
            for text, where in self._examples(read, at, block.get("examples")):
                self.add(kind, str(block[kind]), text, where)

    @staticmethod
    def _examples(read: YamlFile, at: int, examples: Any) -> Iterator[tuple[str, str]]:
        """The texts of ``examples``: lines of one text, a list of texts, or of objects."""
        if isinstance(examples, str):
            place = read.place(("nlu", at, "examples"))
            yield from _lines(examples, place.file, place.line + 1)
            return
        for number, item in enumerate(entries(examples)):
            where = place_of(read, ("nlu", at, "examples", number))
            text = item.get("text") if isinstance(item, dict) else item
            if isinstance(text, str):
                match = _ITEM.match(text.strip())
                yield (match[1] if match and isinstance(item, dict) else text).strip(), where

    # --- Markdown and JSON of Rasa 1 --------------------------------------------------

    def _markdown(self, file: MarkdownFile) -> None:
        kind = name = None
        for number, line in enumerate(file.text.split("\n"), start=1):
            heading = _HEADING.match(line)
            item = _ITEM.match(line)
            if heading is not None:
                kind, name = heading[1], heading[2]
                if kind == "lookup" and name:
                    name = name.split()[0]
            elif line.startswith("#"):
                kind = None
            elif kind and name and item is not None:
                self.add(kind, name, item[1].strip(), f"{file.name}:{number}")
            elif kind == "lookup" and name and line.strip():
                self._table(name, line.strip(), f"{file.name}:{number}")

    def _json(self, file: str, document: Any) -> None:
        for raw in document.get("common_examples") or ():
            example = of_offsets(str(raw.get("text", "")), raw.get("entities"), file)
            intent = str(raw.get("intent") or "")
            if intent:
                self.intents.setdefault(intent, []).append(example)
                self.places.setdefault(("intent", intent), file)
        for raw in document.get("entity_synonyms") or ():
            for word in raw.get("synonyms") or ():
                self.add("synonym", str(raw.get("value")), str(word), file)
        for raw in document.get("regex_features") or ():
            self.add("regex", str(raw.get("name")), str(raw.get("pattern")), file)
        for raw in document.get("lookup_tables") or ():
            for element in entries(raw.get("elements")):
                self.add("lookup", str(raw.get("name")), str(element), file)

    # --- all of them ------------------------------------------------------------------

    def add(self, kind: str, name: str, text: str, place: str) -> None:
        """Take one example of an intent, synonym, lookup table or regular expression."""
        if not text:
            return
        self.places.setdefault((kind, name), place)
        match kind:
            case "intent":
                example = annotated(text, place)
                self.intents.setdefault(name, []).append(example)
            case "synonym":
                self.synonyms.setdefault(name, []).append(text)
            case "lookup" if text.endswith((".txt", ".csv")) and " " not in text:
                self._table(name, text, place)
            case "lookup":
                self.lookups.setdefault(name, []).append(text)
            case _:
                self.patterns.setdefault(name, []).append(text)

    def _table(self, name: str, path: str, place: str) -> None:
        """A lookup table that is in a file of its own, a word a line."""
        root = self.files.root
        wanted = path.removeprefix("./")
        file = next(
            (
                each
                for each in self.files.files
                if each == root + wanted or each.endswith(f"/{wanted}")
            ),
            None,
        )
        self.places.setdefault(("lookup", name), place)
        if file is None:
            self.notes.append(f"{place}: the lookup table {path} is not there, and is left out")
            return
        words = [line.strip() for line in self.files.text(file).split("\n") if line.strip()]
        self.lookups.setdefault(name, []).extend(words)

    def _entity_synonyms(self) -> None:
        """Words that an annotation gives another value are synonyms of it."""
        for examples in self.intents.values():
            for entity in (each for example in examples for each in example.entities):
                if entity.text.casefold() != entity.value.casefold():
                    words = self.synonyms.setdefault(entity.value, [])
                    if entity.text not in words:
                        words.append(entity.text)


def _lines(text: str, file: str, first: int) -> Iterator[tuple[str, str]]:
    """The items of a text that has one a line; a line that begins none goes on with the last."""
    item: list[str] = []
    place = f"{file}:{first}"
    for number, line in enumerate(text.split("\n"), start=first):
        match = re.match(r"^\s*-\s?(.*)$", line)
        if match is not None:
            if item:
                yield " ".join(item).strip(), place
            item, place = [match[1]], f"{file}:{number}"
        elif line.strip() and item:
            item.append(line.strip())
    if item:
        yield " ".join(item).strip(), place


def as_object(text: str) -> dict[str, Any]:
    """The JSON object that a text is; an empty one if it is not one."""
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
