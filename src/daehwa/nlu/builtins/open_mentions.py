"""Values of the open types inside a sentence: well-known ones, and names that are introduced."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from daehwa.nlu.builtins.carriers import bare
from daehwa.nlu.builtins.mention import Mention
from daehwa.nlu.builtins.open_types import (
    FIRST_NAME,
    LAST_NAME,
    NONE_KNOWN,
    STREET,
    SURE,
    NameFacts,
    OpenType,
    known_values,
    name_facts,
    open_mention,
)
from daehwa.nlu.builtins.sentences import is_plain
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed, Span
from daehwa.nlu.languages.suffixes import ends_well, stem_ends
from daehwa.nlu.languages.text import Text, is_hangul

BARE_NAME: Final = 0.3
_CAPITAL_NAME: Final = 0.8
_STREET_WORD: Final = 0.9
_STREET_TAIL: Final = 0.6
_LONGEST_HANGUL_NAME: Final = 4
_MOST_PARTICLES: Final = 4


def find(kind: OpenType, text: Text, setting: Setting) -> Iterator[Mention]:
    """Every well-known value of the type in the text, and names that introduce themselves.

    A known first or last name is an everyday word too often (하나, Will) to be sure of on its
    own, unless it stands where a name is given.
    """
    if kind is STREET:
        yield from _streets(text, setting)
        return
    known = known_values(kind, setting)
    given = _introduced(kind, text, setting) if kind.person else None
    if given is not None:
        yield given
    beyond = -1
    for start in text.starts:
        if start < beyond:
            continue
        person = _addressed(text, start, setting) if kind is FIRST_NAME else None
        if person is not None:
            beyond = person.end
            mention = open_mention(text, start, person.end, kind, person.value)
            if given is None or not given.overlaps(mention):
                yield mention
            continue
        for _, end in known.at(text.folded, start):
            if ends_well(text.folded, end) and not _is_everyday(kind, text, start, end, setting):
                beyond = end
                mention = open_mention(text, start, end, kind, _known_worth(kind, text, start))
                if given is None or not given.overlaps(mention):
                    yield mention
                break


def _is_everyday(kind: OpenType, text: Text, start: int, end: int, setting: Setting) -> bool:
    """Whether the words of a known place stand for what they mean otherwise: a *nice* day."""
    facts = name_facts(setting.locale)
    if not kind.resolves or text.folded[start:end] not in facts.everyday:
        return False
    capital = start > 0 and text.raw[start].isupper()
    before = text.folded[:start]
    behind = any(before.endswith(word) for word in facts.before_places)
    return not (capital or behind or end - start == len(text.folded.strip(" .,!?")))


def _known_worth(kind: OpenType, text: Text, start: int) -> float:
    """How surely a known value in a text is one; a first name more so in a capital of its own."""
    if not kind.person:
        return SURE
    capital = kind is FIRST_NAME and start > 0 and text.raw[start].isupper()
    return _CAPITAL_NAME if capital and any(map(str.islower, text.raw)) else BARE_NAME


def _addressed(text: Text, start: int, setting: Setting) -> Parsed[float] | None:
    """The name at ``start`` that its form or its particle shows to be a person's."""
    for language in setting.languages:
        if language.names is not None and language.names.addressed is not None:
            person = language.names.addressed(text.folded, start)
            if person is not None:
                return person
    return None


def may_be_person(text: Text, span: Span, setting: Setting) -> bool:
    """Whether a part of a sentence may be a person's name in the languages of the locale."""
    judges = (n.may_be_person for each in setting.languages if (n := each.names) is not None)
    return all(judge(text.folded, *span) for judge in judges if judge is not None)


def _introduced(kind: OpenType, text: Text, setting: Setting) -> Mention | None:
    """The name in "my name is ...", "제 이름은 ...", "저는 ...라고 해요"."""
    naming = name_facts(setting.locale).naming
    for start in text.starts:
        lead = naming.first(text.folded, start)
        if lead is None:
            continue
        begin = text.skip(lead.end, " ,")
        if begin == lead.end or begin >= len(text):
            continue
        if not is_hangul(text.folded[begin]):
            name = _spaced_name(kind, text, begin, Span(start, lead.end), setting, sure=lead.value)
        elif kind is FIRST_NAME:
            name = _hangul_name(kind, text, begin, setting, sure=lead.value)
        else:
            name = None
        if name is not None:
            return name
    return None


def _hangul_name(
    kind: OpenType, text: Text, begin: int, setting: Setting, *, sure: bool
) -> Mention | None:
    """A Korean name of two to four syllables; a known one unless the lead makes it ``sure``."""
    word = text.folded[begin : text.word_end(begin)]
    first, last = bare(Text(text.raw[begin:]), setting)
    size = next((n for n in stem_ends(word)[::-1] if 2 <= n <= _LONGEST_HANGUL_NAME), len(word))
    size = min(size, last - first) if first == 0 else size
    known = known_values(kind, setting).first(text.folded[: begin + size], begin)
    sure = sure and not is_plain(word, setting.locale)
    if not (sure or (known is not None and known.end == begin + size)):
        return None
    if not 2 <= size <= _LONGEST_HANGUL_NAME:
        return None
    family = name_facts(setting.locale).known.get(LAST_NAME.name, NONE_KNOWN)
    if known is None and size == len(word) < last and not family.first(text.folded, begin):
        return None  # 이름은 말하기 싫어요: a word of a sentence that goes on
    return open_mention(text, begin, begin + size, kind, SURE)


def _spaced_name(
    kind: OpenType, text: Text, begin: int, lead: Span, setting: Setting, *, sure: bool
) -> Mention | None:
    """A name of one or two words: a known one or one in capitals unless it is ``sure``."""
    facts = name_facts(setting.locale)
    words = _hyphenated(text, begin)[:2]
    name = words[0] if words else Span(begin, begin)
    word = text.folded[begin : name.end]
    known = known_values(kind, setting).first(text.folded, begin)
    if word in facts.requests or is_plain(word, setting.locale):
        return None
    if not (sure or known or text.raw[begin].isupper()):
        return None
    if kind is LAST_NAME and word in facts.particles:
        return open_mention(text, begin, _family_name_end(text, begin, facts), kind, SURE)
    follows = len(words) > 1 and words[1].start == name.end + 1
    if follows and text.raw[words[1].start].isupper():
        return open_mention(
            text, *(words[1] if kind is LAST_NAME else Span(begin, name.end)), kind, 1.0
        )
    if kind is LAST_NAME and not text.folded[: lead.end].endswith(facts.last_naming):
        return None
    return open_mention(text, begin, name.end, kind, SURE)


def _family_name_end(text: Text, begin: int, facts: NameFacts) -> int:
    """Where a name of several words ends that begins with a particle: van der Berg."""
    words = _hyphenated(text, begin)
    for word in words[:_MOST_PARTICLES]:
        if text.folded[word.start : word.end] not in facts.particles:
            return word.end
    return words[0].end


def _hyphenated(text: Text, begin: int) -> list[Span]:
    """The words from there on, those joined by a hyphen as one: Garcia-Lopez."""
    joined: list[Span] = []
    for start, end in text.words(begin):
        if joined and text.folded[joined[-1].end : start] == "-":
            joined[-1] = Span(joined[-1].start, end)
        else:
            joined.append(Span(start, end))
    return joined


def _streets(text: Text, setting: Setting) -> Iterator[Mention]:
    facts = name_facts(setting.locale)
    words = text.words()
    for index, word in enumerate(words):
        spelt = text.folded[word.start : word.end]
        if spelt in facts.streets and index:
            first = index - 1
            # 42nd Street: the number is a part of the name.
            while first and words[first - 1].end == words[first].start:
                first -= 1
            while first and _is_name_of_street(text, words, first) and index - first < 4:
                first -= 1
            yield open_mention(text, words[first].start, word.end, STREET, _STREET_WORD)
        elif is_hangul(spelt[0]) and len(spelt) > 2:
            end = _street_end(text, word, facts.street_tails)
            if end is not None:
                yield open_mention(text, word.start, end, STREET, _STREET_TAIL)


def _is_name_of_street(text: Text, words: list[Span], first: int) -> bool:
    """Whether the word before the first of a street belongs to it: none of Denver, Pine Road."""
    before = words[first - 1]
    apart = text.folded[before.end : words[first].start].strip()
    return text.raw[before.start].isupper() and not apart


def _street_end(text: Text, word: Span, tails: tuple[str, ...]) -> int | None:
    """Where a street's name ends in a word that holds 로 or 길: 세종대로에서."""
    spelt = text.folded[word.start : word.end]
    for tail in tails:
        at = spelt.rfind(tail)
        end = at + len(tail)
        if at > 1 and spelt[:end] != "으로" and ends_well(text.folded, word.start + end):
            return word.start + end
    return None
