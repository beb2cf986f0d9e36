"""Reading a grammar: its rules, and what each may consist of."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Final, Literal, TypeAlias

import msgspec

from daehwa.nlu.srgs.errors import GrammarError

MOST_BYTES: Final = 100 * 1024
"""How long a grammar may be in Lex."""

_DEEPEST: Final = 40
_MOST_TIMES: Final = 100
_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_TIMES: Final = re.compile(r"(\d{1,3})(-)?(\d{1,3})?")
_IGNORED: Final = {"example", "meta", "metadata", "lexicon"}


class Word(msgspec.Struct, frozen=True):
    """A word that has to come."""

    text: str


class Sequence(msgspec.Struct, frozen=True):
    """Parts that have to come one after the other."""

    parts: tuple[Part, ...]


class Choice(msgspec.Struct, frozen=True):
    """Parts one of which has to come; none at all never matches (``VOID``)."""

    parts: tuple[Part, ...]


class Repeat(msgspec.Struct, frozen=True):
    """A part that comes ``least`` to ``most`` times."""

    part: Part
    least: int
    most: int


class Ref(msgspec.Struct, frozen=True):
    """Another rule of the grammar."""

    rule: str


class Garbage(msgspec.Struct, frozen=True):
    """Any words, or none (``GARBAGE``)."""


class Tag(msgspec.Struct, frozen=True):
    """What the words mean: a script, or a literal."""

    code: str


Part: TypeAlias = Word | Sequence | Choice | Repeat | Ref | Garbage | Tag


class Grammar(msgspec.Struct, frozen=True, kw_only=True):
    """Rules by id, the one that begins, and whether tags are scripts or literals."""

    rules: dict[str, Part]
    root: str
    tags: Literal["script", "literal"]


def words(text: str) -> Iterator[re.Match[str]]:
    """The words of a text, in a grammar and in a text to match."""
    return _WORD.finditer(text)


def parse_grammar(source: str) -> Grammar:
    """Parses a grammar in XML.

    Raises:
        GrammarError: it is too long, no XML, no SRGS grammar, or refers to what is not there.
    """
    if len(source.encode()) > MOST_BYTES:
        raise GrammarError(f"The grammar is over {MOST_BYTES // 1024} KB.")
    if "<!ENTITY" in source:
        raise GrammarError("The grammar declares entities, which Lex does not take.")
    try:
        top = ET.fromstring(source.encode() if source.startswith("<?xml") else source)  # noqa: S314 - without entities
    except ET.ParseError as error:
        raise GrammarError(f"The grammar is not XML: {error}.") from None
    except (ValueError, LookupError) as error:
        raise GrammarError(f"The grammar cannot be decoded: {error}.") from None
    if _name(top) != "grammar":
        raise GrammarError(f"The grammar's first element is <{_name(top)}>, not <grammar>.")
    rules = {rule.get("id", ""): _sequence(rule, 0) for rule in top if _name(rule) == "rule"}
    root = top.get("root") or next(iter(rules), "")
    grammar = Grammar(
        rules=rules,
        root=root,
        tags="literal" if top.get("tag-format", "").endswith("literals") else "script",
    )
    for wanted in (root, *(ref for part in rules.values() for ref in _references(part))):
        if wanted not in rules:
            raise GrammarError(f"The grammar has no rule {wanted!r}.")
    return grammar


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _sequence(element: ET.Element, depth: int) -> Part:
    if depth > _DEEPEST:
        raise GrammarError("The grammar is nested too deeply.")
    parts = [*_words(element.text)]
    for child in element:
        part = _part(child, depth + 1)
        if part is not None:
            parts.append(part)
        parts += _words(child.tail)
    return parts[0] if len(parts) == 1 else Sequence(tuple(parts))


def _words(text: str | None) -> Iterator[Part]:
    return (
        Word(word[0])
        for word in words((text or "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").casefold())
    )


def _part(element: ET.Element, depth: int) -> Part | None:
    match _name(element):
        case "item":
            return _repeated(_sequence(element, depth), element.get("repeat"))
        case "token":
            return _sequence(element, depth)
        case "one-of":
            items = (_part(child, depth + 1) for child in element if _name(child) == "item")
            return Choice(tuple(item for item in items if item is not None))
        case "ruleref":
            return _reference(element)
        case "tag":
            return Tag((element.text or "").strip())
        case name if name in _IGNORED or not name:
            return None
        case name:
            raise GrammarError(f"The grammar has an element <{name}>, which SRGS does not have.")


def _repeated(part: Part, times: str | None) -> Part:
    if times is None:
        return part
    read = _TIMES.fullmatch(times.strip())
    if read is None:
        raise GrammarError(f"The grammar repeats something {times!r} times.")
    least = int(read[1])
    most = int(read[3]) if read[3] else (max(_MOST_TIMES, least) if read[2] else least)
    if most < least:
        raise GrammarError(f"The grammar repeats something {times!r} times: the first is larger.")
    return Repeat(part, least, min(most, _MOST_TIMES))


def _reference(element: ET.Element) -> Part:
    special = element.get("special")
    if special is not None:
        known: dict[str, Part] = {"NULL": Sequence(()), "VOID": Choice(()), "GARBAGE": Garbage()}
        if special not in known:
            raise GrammarError(f"The grammar refers to a special rule {special!r}.")
        return known[special]
    uri = element.get("uri", "")
    if not uri.startswith("#"):
        raise GrammarError(f"The grammar refers to another one, {uri!r}, which Lex does not take.")
    return Ref(uri[1:])


def _references(part: Part) -> Iterator[str]:
    match part:
        case Ref(rule):
            yield rule
        case Sequence(parts) | Choice(parts):
            for inner in parts:
                yield from _references(inner)
        case Repeat(inner, _, _):
            yield from _references(inner)
