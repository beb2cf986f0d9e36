"""The open types: City, Country, State, StreetName, FirstName, LastName.

Lex takes any name for them and gives it back as written. Lists of well-known ones help to spot
them inside a sentence; a reply is believed when it is a short plausible phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

import msgspec

from daehwa.nlu.builtins import choices, confirmation
from daehwa.nlu.builtins.carriers import bare
from daehwa.nlu.builtins.mention import Mention
from daehwa.nlu.builtins.sentences import is_plain, is_sentence, names_no_place, says_plainly
from daehwa.nlu.languages import language_code, reading
from daehwa.nlu.languages.lexicon import Lexicon
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed, Span
from daehwa.nlu.languages.suffixes import ends_well, stem_ends, written_in
from daehwa.nlu.languages.text import Text, is_hangul
from daehwa.nlu.negation.denials import denies


class OpenType(NamedTuple):
    """An open type, and how much a reply may say to be a value of it.

    ``words`` is the greatest number of words of a value, ``digits`` whether it may have any;
    ``resolves`` whether a known value is its own resolution (Lex resolves places, and leaves
    the resolutions of names empty); ``person`` whether it names people.
    """

    name: str
    words: int = 4
    digits: bool = False
    resolves: bool = False
    person: bool = False


CITY: Final = OpenType("City", resolves=True)
COUNTRY: Final = OpenType("Country", words=5, resolves=True)
STATE: Final = OpenType("State", resolves=True)
FIRST_NAME: Final = OpenType("FirstName", words=3, person=True)
LAST_NAME: Final = OpenType("LastName", words=3, person=True)
STREET: Final = OpenType("StreetName", words=6, digits=True)

_SURE: Final = 1.0
_BARE_NAME: Final = 0.3
_CAPITAL_NAME: Final = 0.8
_AMONG_OTHER_WORDS: Final = 0.8
_NAMES_BEFORE_STREET: Final = 3  # martin luther king boulevard
_STREET_WORD: Final = 0.9
_STREET_TAIL: Final = 0.6
_LOOKS_LIKE_A_SENTENCE: Final = 0.3
_BY_WORDS: Final = (0.8, 0.7, 0.55, 0.45, 0.4)
_LONGEST_HANGUL_NAME: Final = 4
_MOST_PARTICLES: Final = 4
_OF_TOWNS: Final = ("시", "군", "구")
"""What is written onto a Korean town's name: 전주*시*."""
_LONGEST_VALUE: Final = 60
# Behind whose name it is: 맡긴 사람은 오세라, 대표는 김민수.
_NAME_OF_TOPIC: Final = re.compile("(?:[가-힣]+ ){0,2}[가-힣]+[은는] ([가-힣]{2,4})")
_SPELT_LETTERS: Final = re.compile(r"[A-Za-z](?:[ .-]+[A-Za-z]){2,}\.?")
_SPELT: Final = 0.9
_QUOTED: Final = 0.7
_NEVER_IN_NAMES: Final = frozenset("?@#%=<>{}[]")


class _Facts(NamedTuple):
    """What the languages of a locale know of names."""

    known: dict[str, Lexicon[str]]
    naming: Lexicon[bool]
    last_naming: tuple[str, ...]
    streets: frozenset[str]
    street_tails: tuple[str, ...]
    particles: frozenset[str]
    relations: frozenset[str]
    titles: tuple[str, ...]
    quoting: tuple[str, ...]
    requests: frozenset[str]
    endings: tuple[str, ...]
    everyday: frozenset[str]
    before_places: tuple[str, ...]
    spelling_notes: tuple[str, ...]
    capital: tuple[str, ...]
    family_tails: tuple[str, ...]


@cache
def _facts(locale: str) -> _Facts:
    parts = [n for language in reading(locale) if (n := language.names) is not None]
    known: dict[str, dict[str, str]] = {}
    for part in parts:
        for name, values in part.known.items():
            known.setdefault(name, {}).update((value, value) for value in values)
    return _Facts(
        known={name: Lexicon(values) for name, values in known.items()},
        naming=Lexicon({lead: sure for part in parts for lead, sure in part.naming.items()}),
        last_naming=tuple(end for part in parts for end in part.last_naming),
        streets=frozenset().union(*(part.streets for part in parts)),
        street_tails=tuple(tail for part in parts for tail in part.street_tails),
        particles=frozenset().union(*(part.particles for part in parts)),
        relations=frozenset().union(*(part.relations for part in parts)),
        titles=tuple(title for part in parts for title in part.titles),
        quoting=tuple(each for part in parts for each in part.quoting),
        requests=frozenset().union(*(part.requests for part in parts)),
        endings=tuple(end for part in parts for end in part.endings),
        everyday=frozenset().union(*(part.everyday for part in parts)),
        before_places=tuple(word for part in parts for word in part.before_places),
        spelling_notes=tuple(note for part in parts for note in part.spelling_notes),
        capital=tuple(word for part in parts for word in part.capital),
        family_tails=tuple(tail for part in parts for tail in part.family_tails),
    )


_NONE_KNOWN: Final[Lexicon[str]] = Lexicon({})


def _known(kind: OpenType, setting: Setting) -> Lexicon[str]:
    return _facts(setting.locale).known.get(kind.name, _NONE_KNOWN)


def find(kind: OpenType, text: Text, setting: Setting) -> Iterator[Mention]:
    """Every well-known value of the type in the text, and names that introduce themselves.

    A known first or last name is an everyday word too often (하나, Will) to be sure of on its
    own, unless it stands where a name is given.
    """
    if kind is STREET:
        yield from _streets(text, setting)
        return
    known = _known(kind, setting)
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
            mention = _mention(text, start, person.end, kind, person.value)
            if given is None or not given.overlaps(mention):
                yield mention
            continue
        for _, end in known.at(text.folded, start):
            if ends_well(text.folded, end) and not _is_everyday(kind, text, start, end, setting):
                beyond = end
                mention = _mention(text, start, end, kind, _known_worth(kind, text, start))
                if given is None or not given.overlaps(mention):
                    yield mention
                break


def _is_everyday(kind: OpenType, text: Text, start: int, end: int, setting: Setting) -> bool:
    """Whether the words of a known place stand for what they mean otherwise: a *nice* day."""
    facts = _facts(setting.locale)
    if not kind.resolves or text.folded[start:end] not in facts.everyday:
        return False
    capital = start > 0 and text.raw[start].isupper()
    before = text.folded[:start]
    behind = any(before.endswith(word) for word in facts.before_places)
    return not (capital or behind or end - start == len(text.folded.strip(" .,!?")))


def _known_worth(kind: OpenType, text: Text, start: int) -> float:
    """How surely a known value in a text is one; a first name more so in a capital of its own."""
    if not kind.person:
        return _SURE
    capital = kind is FIRST_NAME and start > 0 and text.raw[start].isupper()
    return _CAPITAL_NAME if capital and any(map(str.islower, text.raw)) else _BARE_NAME


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
    naming = _facts(setting.locale).naming
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
    known = _known(kind, setting).first(text.folded[: begin + size], begin)
    sure = sure and not is_plain(word, setting.locale)
    if not (sure or (known is not None and known.end == begin + size)):
        return None
    if not 2 <= size <= _LONGEST_HANGUL_NAME:
        return None
    family = _facts(setting.locale).known.get(LAST_NAME.name, _NONE_KNOWN)
    if known is None and size == len(word) < last and not family.first(text.folded, begin):
        return None  # 이름은 말하기 싫어요: a word of a sentence that goes on
    return _mention(text, begin, begin + size, kind, _SURE)


def _spaced_name(
    kind: OpenType, text: Text, begin: int, lead: Span, setting: Setting, *, sure: bool
) -> Mention | None:
    """A name of one or two words: a known one or one in capitals unless it is ``sure``."""
    facts = _facts(setting.locale)
    words = _hyphenated(text, begin)[:2]
    name = words[0] if words else Span(begin, begin)
    word = text.folded[begin : name.end]
    known = _known(kind, setting).first(text.folded, begin)
    if word in facts.requests or is_plain(word, setting.locale):
        return None
    if not (sure or known or text.raw[begin].isupper()):
        return None
    if kind is LAST_NAME and word in facts.particles:
        return _mention(text, begin, _family_name_end(text, begin, facts), kind, _SURE)
    follows = len(words) > 1 and words[1].start == name.end + 1
    if follows and text.raw[words[1].start].isupper():
        return _mention(
            text, *(words[1] if kind is LAST_NAME else Span(begin, name.end)), kind, 1.0
        )
    if kind is LAST_NAME and not text.folded[: lead.end].endswith(facts.last_naming):
        return None
    return _mention(text, begin, name.end, kind, _SURE)


def _family_name_end(text: Text, begin: int, facts: _Facts) -> int:
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
    facts = _facts(setting.locale)
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
            yield _mention(text, words[first].start, word.end, STREET, _STREET_WORD)
        elif is_hangul(spelt[0]) and len(spelt) > 2:
            end = _street_end(text, word, facts.street_tails)
            if end is not None:
                yield _mention(text, word.start, end, STREET, _STREET_TAIL)


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


def read(kind: OpenType, text: Text, setting: Setting) -> Mention | None:
    """The value of a reply: what is left when the words around it are stripped."""
    facts = _facts(setting.locale)
    known = _known(kind, setting)
    start, end = bare(text, setting)
    if start >= end or (kind.resolves and _leaves_choice(kind, text, setting)):
        return None
    if kind.person:
        start = _behind_capital(text.folded, start, facts)
        letters = _spelt_name(text, Span(start, end))
        if letters is not None:
            return Mention.of(text, start, end, letters, sure=_SPELT)
        end = _before_spelling(text, Span(start, end), facts)
        untitled = _before_title(text, Span(start, end), facts)
        text, end = (Text(text.raw[:untitled]), untitled) if untitled < end else (text, end)
    introduced = _behind_introduction(text, Span(start, end), facts) if kind.person else start
    # 저 김하늘인데요: what goes before a Korean name makes no sentence of it.
    name = (
        _part(text, introduced, len(text))
        if introduced > start or is_hangul(text.folded[start])
        else _part(text, 0, end)
    )
    start = introduced
    end = _behind_street_tail(text, Span(start, end), facts) if kind is STREET else end
    listed = _listed(known, text, Span(start, end)) or _beside(
        kind, text, Span(start, end), setting
    )
    if listed is not None:
        return _mention(text, *listed, kind, _SURE)
    if kind.resolves and (led := _led_by(known, text, Span(start, end))) is not None:
        return None if denies(text.raw, setting.locale) else _mention(text, *led, kind, _SURE)
    sure = plausible(text, start, end, setting, words=kind.words, digits=kind.digits)
    quoted = kind.person and text.folded.startswith(facts.quoting, end)
    if quoted:
        return _mention(text, start, end, kind, sure or _QUOTED)
    phrase = Span(start, end)
    if (
        _is_nobody(kind, name, setting)
        if kind.person
        else _is_no_place(kind, text, phrase, setting)
    ):
        sure = None
    # A name that is introduced goes before one that is only known: my first name is Anne Marie.
    named = find(kind, text, setting) if sure is None or sure < 0.6 else ()
    inside = max(named, key=lambda value: (value.sure, value.size), default=None)
    if inside is not None and sure is None and _is_everyday_name(inside, facts):
        return None
    if inside is not None:
        before = text.folded[start : inside.start].split()
        particles = before and all(word.strip(".'") in facts.particles for word in before)
        if kind is STREET and inside.end == end and 0 < len(before) <= _NAMES_BEFORE_STREET:
            particles = all(w.isalpha() and not is_plain(w, setting.locale) for w in before)
            sure = _AMONG_OTHER_WORDS if particles else sure
        if sure is not None and inside.end == end and particles:
            return _mention(text, start, end, kind, sure)
        return msgspec.structs.replace(inside, sure=_AMONG_OTHER_WORDS)
    if sure is None:
        return None
    town = _before_district(kind, known, text, phrase)
    return _mention(text, *(town or phrase), kind, sure if town is None else _AMONG_OTHER_WORDS)


def _before_district(kind: OpenType, known: Lexicon[str], text: Text, phrase: Span) -> Span | None:
    """The known town of a reply in Korean that says where in it, too: *상하이* 푸동."""
    town = known.first(text.folded, phrase.start) if kind is CITY else None
    if town is None or text.folded[town.end : town.end + 1] != " ":
        return None
    rest = text.folded[town.end + 1 : phrase.end]
    if rest.endswith(_OF_TOWNS):
        return None  # both are the name: 제주도 서귀포시
    return Span(phrase.start, town.end) if rest and all(map(is_hangul, rest)) else None


def _is_everyday_name(value: Mention, facts: _Facts) -> bool:
    """Whether a name in a sentence is none: i *will* go, *하늘*이 예뻐요, *안* 왔어요."""
    word = value.original.lower()
    if value.sure > _BARE_NAME:
        return word in facts.requests
    syllable = len(word) == 1 and is_hangul(word)  # a family name is most of them
    return syllable or word in facts.requests or word in facts.everyday


def _part(text: Text, start: int, end: int) -> Text:
    """The text from ``start`` to ``end``, read anew if that is not all of it."""
    return Text(text.raw[start:end]) if start or end < len(text) else text


def _is_nobody(kind: OpenType, name: Text, setting: Setting) -> bool:
    """Whether a reply that is no known name says something else."""
    locale = setting.locale
    return is_sentence(name, locale) or says_plainly(name, locale, everyday=kind is not LAST_NAME)


def _is_no_place(kind: OpenType, text: Text, phrase: Span, setting: Setting) -> bool:
    """Whether a reply that is no known place says something else: a denial, a sentence."""
    locale = setting.locale
    if kind is STREET and is_hangul(text.folded[phrase.start]):
        road = text.folded.endswith(_facts(locale).street_tails, *phrase)
        if not road and (is_sentence(text, locale) or _has_verb(text, phrase)):
            return True
    return denies(text.raw, locale) or names_no_place(text, phrase, locale, road=kind is STREET)


def _has_verb(text: Text, phrase: Span) -> bool:
    """Whether Korean words that name a road have none of what its last word may be."""
    last = text.folded[phrase.start : phrase.end].rsplit(" ", 1)
    return len(last) > 1 and not any(c.isdecimal() for c in last[1]) and last[1][-1] not in _OF_LAND


_OF_LAND: Final = frozenset("시군구읍면동리가로길역")


def _leaves_choice(kind: OpenType, text: Text, setting: Setting) -> bool:
    """Whether a reply names two known places of which either will do: London or Paris."""
    if not choices.may_join(text, setting.locale):
        return False
    named = list(find(kind, text, setting))
    pairs = pairwise(named)
    return any(choices.joined(text, one, other, setting.locale) for one, other in pairs)


def _behind_street_tail(text: Text, street: Span, facts: _Facts) -> int:
    """Where a street ends: 세종대로요, 강남대로: the road's own syllables are no particles."""
    if text.folded.endswith(facts.street_tails, *street):
        return street.end
    tails = (t for t in facts.street_tails if text.folded.startswith(t, street.end))
    longest_tail = max(tails, key=len, default="")
    return street.end + len(longest_tail)


def _listed(known: Lexicon[str], text: Text, phrase: Span) -> Span | None:
    """The known value that a phrase is, or a value that it says twice."""
    start, end = phrase
    for value in known.at(text.folded, start):
        # 경기도요: what looked like a particle may be the known value's own end.
        if value.end == end or (value.end > end and ends_well(text.folded, value.end)):
            return Span(start, value.end)
    again = _repetition(text.folded, start, end)
    if again is not None:
        return Span(again, end)
    # 철수야, 서울아: a known value with an ending that is a name's last syllable as well.
    word_start = max(text.folded.rfind(" ", start, end) + 1 or start, start)
    for size in stem_ends(text.folded[word_start:end])[1:]:
        if any(value.end == word_start + size for value in known.at(text.folded, start)):
            return Span(start, word_start + size)
    return None


def _beside(kind: OpenType, text: Text, phrase: Span, setting: Setting) -> Span | None:
    """The known value of a phrase that says something of it besides."""
    if kind is LAST_NAME:
        return _family_before_tail(text, phrase.start, setting)
    return _among_places(kind, text, phrase, setting) if kind.resolves else None


def _family_before_tail(text: Text, start: int, setting: Setting) -> Span | None:
    """A known family name that has what is written onto one behind it: 정*가*예요."""
    facts, known = _facts(setting.locale), _known(LAST_NAME, setting)
    for name in known.at(text.folded, start):
        for tail in facts.family_tails:
            behind = name.end + len(tail)
            end = text.word_end(behind)
            copula = end > behind + 1 or behind == len(text)
            if copula and text.folded.startswith(tail, name.end) and ends_well(text.folded, behind):
                return Span(start, name.end)
    return None


def _among_places(kind: OpenType, text: Text, phrase: Span, setting: Setting) -> Span | None:
    """The known place of a reply that names others of which it is a part: *Austin* Texas."""
    own: Span | None = None
    place = phrase.start
    while place < phrase.end:
        kinds = (each for each in (kind, CITY, STATE, COUNTRY) if own is None or each is not kind)
        named = (
            (each is kind, Span(place, end))
            for each in kinds
            for value in _known(each, setting).at(text.folded, place)
            for end in (value.end, text.past(value.end, *_OF_TOWNS))
            if end <= phrase.end and not text.folded[end : phrase.end][:1].isalnum()
        )
        is_own, span = next(named, (False, None))
        if span is None:
            return None
        own = span if is_own else own
        place = text.skip(span.end, " ,")
    return own


def _led_by(known: Lexicon[str], text: Text, phrase: Span) -> Span | None:
    """The known place that a reply begins with, by its particle: 캐나다*로* 이민 가요."""
    value = known.first(text.folded, phrase.start)
    if value is None or not is_hangul(text.folded[value.end : value.end + 1] or " "):
        return None
    space = text.folded.find(" ", value.end, phrase.end)
    ends = space > 0 and ends_well(text.folded, value.end)
    return Span(phrase.start, value.end) if ends else None


def _behind_capital(folded: str, start: int, facts: _Facts) -> int:
    """Where a name begins behind its first letter, which is a capital: capital J *Jones*."""
    if not folded.endswith(facts.capital, 0, start):
        return start
    again = folded.startswith(f" {folded[start]}", start + 1)
    is_word = folded[start + 3 : start + 4].isalpha()
    return start + 2 if again and is_word else start


def _before_spelling(text: Text, phrase: Span, facts: _Facts) -> int:
    """Where a name ends before how it is spelt: Priya, *P-R-I-Y-A*; McAllister *with two l's*."""
    name, comma, letters = text.folded[phrase.start : phrase.end].partition(",")
    if comma and re.sub("[ .-]", "", letters) == name.strip():
        return phrase.start + len(name)
    spaced = " " in name.strip()  # else only a mark parts the name from what is said of it
    for words in facts.spelling_notes:
        if not (spaced or words[0] == ","):
            continue
        at = text.folded.find(words, phrase.start + 1, phrase.end)
        if at > 0:
            return phrase.start + len(text.folded[phrase.start : at].rstrip(" ,"))
    return phrase.end


def _before_title(text: Text, phrase: Span, facts: _Facts) -> int:
    """Where a name ends before what stands behind names: 박 준호 *씨*."""
    for title in facts.titles:
        # 민지쌤: what is written onto a name leaves two syllables of it.
        least = 1 if title[0] == " " else 2
        at = text.folded.rfind(title, phrase.start + least, phrase.end)
        if at > 0 and ends_well(text.folded, at + len(title)):
            return at
    return phrase.end


def _repetition(folded: str, start: int, end: int) -> int | None:
    """Where a value begins that is said again, the first time with an ending: 목포요 목포."""
    first, space, again = folded[start:end].rpartition(" ")
    if not space or not first.startswith(again) or not ends_well(first, len(again)):
        return None
    if first == again and first.isascii():
        return None  # Wagga Wagga is the name of one town
    return end - len(again) if " " not in first[len(again) :] else None


def _spelt_name(text: Text, phrase: Span) -> str | None:
    """The name that a phrase spells letter by letter: K A T E, K-A-T-E."""
    letters = _SPELT_LETTERS.fullmatch(text.raw, *phrase)
    return re.sub("[ .-]", "", letters[0]) if letters else None


def _behind_introduction(text: Text, phrase: Span, facts: _Facts) -> int:
    """Where a name begins behind who it is somebody's: 예약자는 최유나, my sister Anna."""
    start = phrase.start
    lead = facts.naming.first(text.folded, start)
    if lead is not None and lead.value and text.skip(lead.end) > lead.end:
        start = text.skip(lead.end, " ,:")
    topic = _NAME_OF_TOPIC.fullmatch(text.folded, start, phrase.end)
    if topic is not None:
        return topic.start(1)
    while True:
        word, space, rest = text.folded[start : phrase.end].partition(" ")
        if not rest.strip() or word not in facts.relations:
            return start if start < phrase.end else phrase.start
        start += len(word) + len(space)


def plausible(
    text: Text, start: int, end: int, setting: Setting, *, words: int, digits: bool
) -> float | None:
    """How much a phrase looks like a value (0 to 1), or ``None`` when it does not."""
    facts = _facts(setting.locale)
    spelt = text.folded[start:end]
    parts = spelt.split()
    if not parts or len(parts) > words or len(spelt) > _LONGEST_VALUE:
        return None
    if not digits and (not any(c.isalpha() for c in spelt) or any(c.isdecimal() for c in spelt)):
        return None
    if any(c in _NEVER_IN_NAMES for c in spelt):
        return None
    if _is_answer(Text(text.raw[start:end]), setting.locale) or _is_answer(text, setting.locale):
        return None
    if any(part.strip(".,!") in facts.requests for part in parts):
        return None
    last = parts[-1].rstrip(".!?,")
    if len(last) > 2 and last.endswith(facts.endings):
        return _LOOKS_LIKE_A_SENTENCE if len(parts) < 3 else None
    return _BY_WORDS[min(len(parts), len(_BY_WORDS)) - 1]


def _is_answer(phrase: Text, locale: str) -> bool:
    """Whether a phrase plainly answers, in the locale's language or in that of its letters."""
    if confirmation.answer(phrase, locale) is not None:
        return True
    other = written_in(phrase.folded[0])
    if other is None or other == language_code(locale):
        return False
    return confirmation.answer(phrase, other) is not None


def _mention(text: Text, start: int, end: int, kind: OpenType, sure: float) -> Mention:
    named = Mention.of(text, start, end, sure=sure)
    resolved = kind.resolves and sure >= _SURE
    return named if resolved else msgspec.structs.replace(named, resolved=())
