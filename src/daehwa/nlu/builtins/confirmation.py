"""AMAZON.Confirmation, and the yes or no to a confirmation prompt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from daehwa.nlu.builtins.mention import Mention
from daehwa.nlu.languages import reading
from daehwa.nlu.languages.language import ConfirmationValue
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Span
from daehwa.nlu.languages.text import Text, is_mark
from daehwa.nlu.negation.denials import BLANK, asserted_in, blanked, denials

_MARKS: Final = re.compile(r"[,.;!]+")
_MOST_WORDS: Final = 6
"""Longer replies say more than yes or no."""
_FIRST_SYLLABLE, _SYLLABLES, _FINALS = 0xAC00, 11172, 28
_ROUNDING: Final = frozenset({16, 17, 21})
"""The consonants ㅁ, ㅂ and ㅇ at a syllable's end, by their numbers there."""
_SIGNS: Final[dict[str, ConfirmationValue]] = {
    **dict.fromkeys("👍👌✅🙆⭕💯🆗✔", "Yes"),
    **dict.fromkeys("👎❌🙅🚫✖", "No"),
    **dict.fromkeys("🤷", "Don't know"),
}
"""What signs without words answer."""


class _Phrases(NamedTuple):
    """The phrases of some languages, without spaces and punctuation (안 돼요 is 안돼요!)."""

    answers: dict[str, ConfirmationValue]
    politely: frozenset[str]
    openers: frozenset[str]
    fillers: frozenset[str]
    tails: tuple[str, ...]
    dialect: tuple[tuple[str, str], ...]


@cache
def _phrases(locale: str) -> _Phrases:
    """Those of the languages that are read in a locale."""
    answers: dict[str, ConfirmationValue] = {}
    parts = [p for language in reading(locale) if (p := language.confirmation) is not None]
    for part in parts:
        for answer, phrases in part.answers.items():
            for phrase in phrases:
                answers.setdefault(_squeezed(phrase), answer)
    return _Phrases(
        answers=answers,
        politely=frozenset(_squeezed(phrase) for part in parts for phrase in part.politely),
        openers=frozenset(_squeezed(phrase) for part in parts for phrase in part.openers),
        fillers=frozenset().union(*(part.fillers for part in parts)),
        tails=tuple(tail for part in parts for tail in part.tails),
        dialect=tuple(ends for part in parts for ends in part.dialect.items()),
    )


def _squeezed(phrase: str) -> str:
    joined = phrase.replace(" ", "").replace("'", "")
    if joined.isalnum():
        return joined
    return "".join(c for c in joined if c.isalnum() or is_mark(c))


def answer(text: Text, locale: str) -> ConfirmationValue | None:
    """What a reply answers in a locale; ``None`` when it is not a plain answer.

    Punctuation, laughter (ㅎㅎ) and fillers around the answer are passed over; an answer
    that is followed by its grounds in the same sense ("네, 맞아요") is one answer.
    """
    words = [text.folded[start:end] for start, end in _words(text)]
    if not words:
        return _agreed([_SIGNS[sign] for sign in text.raw if sign in _SIGNS])
    if len(words) > _MOST_WORDS:
        return None
    known = _phrases(locale)
    return (
        _lookup("".join(words), known)
        or _agreed(_by_clauses(text, known))
        or _agreed(_answers(words, known))
        or _corrected(text, locale)
    )


def _corrected(text: Text, locale: str) -> ConfirmationValue | None:
    """What is answered in place of what the reply takes back: "yes... wait, no"."""
    some = denials(text.folded, locale)
    rest = blanked(text.raw, asserted_in(text.folded, some)) if some else ""
    given = answer(Text(rest), locale) if rest.strip(BLANK) else None
    # "Yes, don't do it" is not a yes.
    plain = given == "No" or all(denial.kind == "correction" for denial in some)
    return given if plain else None


def _agreed(answers: Sequence[ConfirmationValue]) -> ConfirmationValue | None:
    """The one answer that all are; "예, 아니 잠깐" takes itself back and is not a plain answer.

    What is only perhaps so ("아마 될 거예요") is perhaps.
    """
    if answers[:1] == ["Maybe"]:
        return "Maybe"
    return answers[0] if answers and all(a == answers[0] for a in answers) else None


def _answers(words: Sequence[str], known: _Phrases) -> list[ConfirmationValue]:
    """The answers that the words give, left to right; none if a word is something else."""
    answers: list[ConfirmationValue] = []
    place = _behind_opener(words, known)
    while place < len(words):
        for stop in range(len(words), place, -1):
            phrase = "".join(words[place:stop])
            # "아니요, 괜찮아요" declines politely: the second does not take the first back.
            softened = answers[:1] == ["No"] and _squeezed(phrase) in known.politely
            meant: ConfirmationValue | None = "No" if softened else _lookup(phrase, known)
            if meant is not None:
                answers.append(meant)
                place = stop
                break
        else:
            if words[place] not in known.fillers:
                return []
            place += 1
    return answers


def _by_clauses(text: Text, known: _Phrases) -> list[ConfirmationValue]:
    """The answers of the clauses between marks (*nie, nie chcę*); none if one is not an answer."""
    parts = [part.strip() for part in _MARKS.split(text.folded)]
    clauses = [c for part in parts if (c := _squeezed(part)) and c not in known.fillers]
    if len(parts) < 2 or not clauses:
        return []
    answers = [_lookup(clause, known) for clause in clauses]
    if answers[0] == "No":
        softened = (clause in known.politely for clause in clauses[1:])
        pairs = zip(softened, answers[1:], strict=True)
        answers[1:] = ["No" if soft else answer for soft, answer in pairs]
    given = [answer for answer in answers if answer is not None]
    return given if len(given) == len(answers) else []


def _behind_opener(words: Sequence[str], known: _Phrases) -> int:
    """Where the words go on after what asks for a moment: *hold on*, no."""
    sizes = range(len(words) - 1, 0, -1)
    return next((n for n in sizes if _squeezed("".join(words[:n])) in known.openers), 0)


def _words(text: Text) -> list[Span]:
    """Words with their apostrophes joined (don't), by spaces and punctuation."""
    words: list[Span] = []
    for start, end in text.words():
        if words and text.folded[words[-1].end : start] in ("'", ""):
            words[-1] = Span(words[-1].start, end)
        else:
            words.append(Span(start, end))
    return words


def _lookup(phrase: str, known: _Phrases) -> ConfirmationValue | None:
    key = _squeezed(phrase)
    if key in known.answers:
        return known.answers[key]
    trimmed = key
    while len(trimmed) > 1 and trimmed.endswith(known.tails):
        trimmed = trimmed[:-1]
        if trimmed in known.answers:
            return known.answers[trimmed]
    # Drawn out: yesss, nooope, 네에에, ㅇㅇㅇㅇ.
    drawn = key and (known.answers.get(key.rstrip(key[-1]) + key[-1]) or _undrawn(key, known))
    return drawn or _in_dialect(key, known) or _unrounded(key, known)


def _undrawn(key: str, known: _Phrases) -> ConfirmationValue | None:
    """What a word answers in which a letter is drawn out: nooope."""
    short = re.sub(r"(.)\1{2,}", r"\1", key)
    return known.answers.get(short) if short != key else None


def _in_dialect(key: str, known: _Phrases) -> ConfirmationValue | None:
    """What a phrase answers whose end is a dialect's: 됩니더, 맞아유."""
    standard = (key[: -len(end)] + own for end, own in known.dialect if key.endswith(end))
    return next((known.answers[each] for each in standard if each in known.answers), None)


def _unrounded(key: str, known: _Phrases) -> ConfirmationValue | None:
    """What a Korean word answers onto whose last syllable a consonant is put: 아뇽, 싫은뎅."""
    last = ord(key[-1]) - _FIRST_SYLLABLE if key else -1
    if not 0 <= last < _SYLLABLES or last % _FINALS not in _ROUNDING:
        return None
    return known.answers.get(key[:-1] + chr(_FIRST_SYLLABLE + last - last % _FINALS))


def read(text: Text, setting: Setting) -> Mention | None:
    """The answer as a slot value: Yes, No, Maybe or Don't know."""
    meant = answer(text, setting.locale)
    return None if meant is None else Mention.of(text, 0, len(text), meant)
