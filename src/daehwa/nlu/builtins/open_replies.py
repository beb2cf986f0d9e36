"""Values of the open types as replies: what is left of a plausible phrase that is stripped."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

import msgspec

from daehwa.nlu.builtins import choices, confirmation
from daehwa.nlu.builtins.carriers import bare
from daehwa.nlu.builtins.mention import Mention
from daehwa.nlu.builtins.open_mentions import BARE_NAME, find
from daehwa.nlu.builtins.open_types import (
    CITY,
    COUNTRY,
    LAST_NAME,
    STATE,
    STREET,
    SURE,
    NameFacts,
    OpenType,
    known_values,
    name_facts,
    open_mention,
)
from daehwa.nlu.builtins.sentences import is_plain, is_sentence, names_no_place, says_plainly
from daehwa.nlu.languages import language_code
from daehwa.nlu.languages.lexicon import Lexicon
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Span
from daehwa.nlu.languages.suffixes import ends_well, stem_ends, written_in
from daehwa.nlu.languages.text import Text, is_hangul
from daehwa.nlu.negation.denials import denies

_AMONG_OTHER_WORDS: Final = 0.8
_NAMES_BEFORE_STREET: Final = 3  # martin luther king boulevard
_LOOKS_LIKE_A_SENTENCE: Final = 0.3
_BY_WORDS: Final = (0.8, 0.7, 0.55, 0.45, 0.4)
_OF_TOWNS: Final = ("시", "군", "구")
"""What is written onto a Korean town's name: 전주*시*."""
_LONGEST_VALUE: Final = 60
# After whose name it is: 맡긴 사람은 오세라, 대표는 김민수.
_NAME_OF_TOPIC: Final = re.compile("(?:[가-힣]+ ){0,2}[가-힣]+[은는] ([가-힣]{2,4})")
_SPELT_LETTERS: Final = re.compile(r"[A-Za-z](?:[ .-]+[A-Za-z]){2,}\.?")
_SPELT: Final = 0.9
_QUOTED: Final = 0.7
_NEVER_IN_NAMES: Final = frozenset("?@#%=<>{}[]")


def read(kind: OpenType, text: Text, setting: Setting) -> Mention | None:
    """The value of a reply: what is left when the words around it are stripped."""
    facts = name_facts(setting.locale)
    known = known_values(kind, setting)
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
        return open_mention(text, *listed, kind, SURE)
    if kind.resolves and (led := _led_by(known, text, Span(start, end))) is not None:
        return None if denies(text.raw, setting.locale) else open_mention(text, *led, kind, SURE)
    sure = plausible(text, start, end, setting, words=kind.words, digits=kind.digits)
    quoted = kind.person and text.folded.startswith(facts.quoting, end)
    if quoted:
        return open_mention(text, start, end, kind, sure or _QUOTED)
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
            return open_mention(text, start, end, kind, sure)
        return msgspec.structs.replace(inside, sure=_AMONG_OTHER_WORDS)
    if sure is None:
        return None
    town = _before_district(kind, known, text, phrase)
    return open_mention(text, *(town or phrase), kind, sure if town is None else _AMONG_OTHER_WORDS)


def _before_district(kind: OpenType, known: Lexicon[str], text: Text, phrase: Span) -> Span | None:
    """The known town of a reply in Korean that says where in it, too: *상하이* 푸동."""
    town = known.first(text.folded, phrase.start) if kind is CITY else None
    if town is None or text.folded[town.end : town.end + 1] != " ":
        return None
    rest = text.folded[town.end + 1 : phrase.end]
    if rest.endswith(_OF_TOWNS):
        return None  # both are the name: 제주도 서귀포시
    return Span(phrase.start, town.end) if rest and all(map(is_hangul, rest)) else None


def _is_everyday_name(value: Mention, facts: NameFacts) -> bool:
    """Whether a name in a sentence is none: i *will* go, *하늘*이 예뻐요, *안* 왔어요."""
    word = value.original.lower()
    if value.sure > BARE_NAME:
        return word in facts.requests
    syllable = len(word) == 1 and is_hangul(word)  # a family name is most of them
    return syllable or word in facts.requests or word in facts.everyday


def _part(text: Text, start: int, end: int) -> Text:
    """The text from ``start`` to ``end``, read again if that is not all of it."""
    return Text(text.raw[start:end]) if start or end < len(text) else text


def _is_nobody(kind: OpenType, name: Text, setting: Setting) -> bool:
    """Whether a reply that is not a known name says something else."""
    locale = setting.locale
    return is_sentence(name, locale) or says_plainly(name, locale, everyday=kind is not LAST_NAME)


def _is_no_place(kind: OpenType, text: Text, phrase: Span, setting: Setting) -> bool:
    """Whether a reply that is not a known place says something else: a denial, a sentence."""
    locale = setting.locale
    if kind is STREET and is_hangul(text.folded[phrase.start]):
        road = text.folded.endswith(name_facts(locale).street_tails, *phrase)
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


def _behind_street_tail(text: Text, street: Span, facts: NameFacts) -> int:
    """Where a street ends: 세종대로요, 강남대로: the road's own syllables are not particles."""
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
    """A known family name that has what is written onto one after it: 정*가*예요."""
    facts, known = name_facts(setting.locale), known_values(LAST_NAME, setting)
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
            for value in known_values(each, setting).at(text.folded, place)
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


def _behind_capital(folded: str, start: int, facts: NameFacts) -> int:
    """Where a name begins after its first letter, which is a capital: capital J *Jones*."""
    if not folded.endswith(facts.capital, 0, start):
        return start
    again = folded.startswith(f" {folded[start]}", start + 1)
    is_word = folded[start + 3 : start + 4].isalpha()
    return start + 2 if again and is_word else start


def _before_spelling(text: Text, phrase: Span, facts: NameFacts) -> int:
    """Where a name ends before how it is spelt: Priya, *P-R-I-Y-A*; McAllister *with two l's*."""
    name, comma, letters = text.folded[phrase.start : phrase.end].partition(",")
    if comma and re.sub("[ .-]", "", letters) == name.strip():
        return phrase.start + len(name)
    spaced = " " in name.strip()  # else only a mark parts the name from what is said of it
    if not (spaced or comma):
        return phrase.end
    for words in facts.spelling_notes:
        if not (spaced or words[0] == ","):
            continue
        at = text.folded.find(words, phrase.start + 1, phrase.end)
        if at > 0:
            return phrase.start + len(text.folded[phrase.start : at].rstrip(" ,"))
    return phrase.end


def _before_title(text: Text, phrase: Span, facts: NameFacts) -> int:
    """Where a name ends before what stands after names: 박 준호 *씨*."""
    apart = text.folded.find(" ", *phrase) >= 0
    for title in facts.titles if apart else facts.attached_titles:
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


def _behind_introduction(text: Text, phrase: Span, facts: NameFacts) -> int:
    """Where a name begins after who it is somebody's: 예약자는 최유나, my sister Anna."""
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
    facts = name_facts(setting.locale)
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
