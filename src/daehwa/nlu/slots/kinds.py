"""What a slot's values look like: one kind for each family of slot types."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

import msgspec

from daehwa import bot
from daehwa.nlu import builtins, srgs
from daehwa.nlu.builtins import Mention, Pattern, PatternError, Setting, Text, codes
from daehwa.nlu.builtins.carriers import bare
from daehwa.nlu.builtins.scanning import longest
from daehwa.nlu.negation import values as negated
from daehwa.nlu.slots.custom import CustomKind


class Kind(Protocol):
    """The values of a slot type: how they are looked for, read and resolved."""

    @property
    def name(self) -> str:
        """The slot type's name."""

    @property
    def open(self) -> bool:
        """Whether words that no list or grammar knows may be a value."""

    @property
    def fillable(self) -> bool:
        """Whether a value may come from an utterance (FreeFormInput's may not)."""

    def find(self, text: Text, setting: Setting) -> Sequence[Mention]:
        """Values that stand out in the text, left to right."""

    def read(self, text: Text, setting: Setting) -> Mention | None:
        """The value of a reply to a prompt."""

    def resolve(self, text: Text, start: int, end: int, setting: Setting) -> Mention | None:
        """A part of the text as a value; ``None`` when it cannot be one."""

    def examples(self, locale: str) -> Sequence[str]:
        """Values as people say them in a locale, to refill sample utterances."""


class BuiltInKind:
    """A built-in type of Lex, or a custom one that extends it with values of its own."""

    fillable: bool

    def __init__(self, signature: str, extension: CustomKind | None = None) -> None:
        self.name = signature
        self._type = builtins.built_in(signature)
        self._extension = extension
        self.alone = self._type if extension is None else None
        """The built-in type itself, where the bot adds no values to it."""
        self.open = self._type.open and self._type.fillable
        self.fillable = self._type.fillable

    def find(self, text: Text, setting: Setting) -> Sequence[Mention]:
        """Values that the grammar or the list of well-known ones finds."""
        values = list(self._type.find(text, setting))
        if self._extension is None:
            return values
        own = self._extension.find(text, setting)
        return [*own, *(v for v in values if not any(v.overlaps(other) for other in own))]

    def read(self, text: Text, setting: Setting) -> Mention | None:
        """The value of a reply."""
        if self._extension is not None:
            own = self._extension.listed(text, setting)
            if own is not None:
                return own
        return self._type.read(text, setting)

    def resolve(self, text: Text, start: int, end: int, setting: Setting) -> Mention | None:
        """A part of the text as the type reads it, standing where it stands."""
        part = self.read(Text(text.raw[start:end]), setting)
        if part is None:
            return None
        return msgspec.structs.replace(part, start=start + part.start, end=start + part.end)

    def examples(self, locale: str) -> Sequence[str]:
        """Likely values in a locale."""
        own = () if self._extension is None else self._extension.examples(locale)
        return (*own, *self._type.examples(locale))


class CodeKind:
    """AMAZON.AlphaNumeric with a pattern of the bot's own."""

    open = False
    fillable = True

    def __init__(self, name: str, pattern: str) -> None:
        self.name = name
        self._pattern = Pattern(pattern)

    @negated.finding
    def find(self, text: Text, setting: Setting) -> Sequence[Mention]:
        """Words that match the pattern and have a digit, or are in capitals."""
        return [
            code
            for code in codes.find_alphanumeric(text, setting, self._pattern)
            if any(c.isdecimal() for c in code.original) or code.original.isupper()
        ]

    @negated.reading
    def read(self, text: Text, setting: Setting) -> Mention | None:
        """The value of a reply, when something in it matches."""
        return codes.read_alphanumeric(text, setting, self._pattern)

    def resolve(self, text: Text, start: int, end: int, setting: Setting) -> Mention | None:
        """A part of the text, when it matches."""
        part = self.read(Text(text.raw[start:end]), setting)
        if part is None:
            return None
        return Mention(
            start=start,
            end=end,
            original=text.raw[start:end],
            interpreted=part.interpreted,
            resolved=part.resolved,
        )

    def examples(self, locale: str) -> Sequence[str]:
        """Codes that fit the pattern where they can be guessed."""
        pool = builtins.built_in("AMAZON.AlphaNumeric").examples(locale)
        return [code for code in pool if self._pattern.matches(code)] or pool


class GrammarKind:
    """A grammar slot type: what its grammar accepts, and nothing else."""

    open = False
    fillable = True

    def __init__(self, name: str, source: str) -> None:
        self.name = name
        self._grammar = srgs.parse_grammar(source)
        self._examples = srgs.examples(self._grammar)

    @negated.finding
    def find(self, text: Text, setting: Setting) -> Sequence[Mention]:
        """What of the text the grammar accepts."""
        del setting
        return [_mention(text, m, 0) for m in srgs.find(self._grammar, text.raw)]

    @negated.reading
    def read(self, text: Text, setting: Setting) -> Mention | None:
        """The value of a reply: all of it, or without polite words, or its longest part."""
        whole = self.resolve(text, 0, len(text), setting)
        if whole is not None:
            return whole
        bared = self.resolve(text, *bare(text, setting), setting)
        return bared or longest(self.find(text, setting))

    def resolve(self, text: Text, start: int, end: int, setting: Setting) -> Mention | None:
        """A part of the text, when the grammar accepts all of it."""
        del setting
        matched = srgs.match(self._grammar, text.raw[start:end])
        return None if matched is None else _mention(text, matched, start)

    def examples(self, locale: str) -> Sequence[str]:
        """Phrases that the grammar accepts."""
        del locale
        return self._examples


def _mention(text: Text, matched: srgs.GrammarMatch, offset: int) -> Mention:
    return Mention.of(text, offset + matched.start, offset + matched.end, matched.value)


def kind_of(slot_type_name: str | None, locale: bot.BotLocale, vocabulary: frozenset[str]) -> Kind:
    """The kind of a slot type by name: a custom type of the locale, or a built-in one.

    ``vocabulary`` holds the words of the locale's sample utterances; they are never taken
    for misspelt values. A type that is missing or empty takes any short phrase.
    """
    custom = locale.slot_types.get(slot_type_name or "")
    if custom is None:
        return BuiltInKind(slot_type_name or "")
    written = _written_kind(custom)
    if written is not None:
        return written
    parent = custom.parent_slot_type_signature
    own = CustomKind(custom, locale.identifier, vocabulary) if custom.slot_type_values else None
    if parent and parent.startswith("AMAZON."):
        return BuiltInKind(parent, own)
    return own or CustomKind(custom, locale.identifier, vocabulary)


def _written_kind(custom: bot.SlotType) -> Kind | None:
    """The kind of a type that a grammar or a pattern defines, if it can be read.

    One that cannot be read is reported to the author by the bot's validation.
    """
    setting = custom.value_selection_setting
    if custom.grammar is not None:
        with suppress(srgs.GrammarError):
            return GrammarKind(custom.name, custom.grammar)
    elif (
        custom.parent_slot_type_signature == "AMAZON.AlphaNumeric"
        and setting is not None
        and setting.regex_filter is not None
    ):
        with suppress(PatternError):
            return CodeKind(custom.name, setting.regex_filter.pattern)
        return BuiltInKind("AMAZON.AlphaNumeric")
    return None
