"""What counts in English texts: numerals that are no other words, pairs of people, lone words."""

from __future__ import annotations

import re
from typing import Final

from daehwa.nlu.languages.en.carriers import CARRIERS
from daehwa.nlu.languages.en.numerals import (
    ORDINAL_SUFFIXES,
    ORDINALS,
    cardinal,
    numerals,
)
from daehwa.nlu.languages.en.numerals import VOCABULARY as NUMERAL_WORDS
from daehwa.nlu.languages.language import Numbers
from daehwa.nlu.languages.lexicon import Lexicon, Vocabulary, phrases
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.suffixes import counted, ends_well
from daehwa.nlu.languages.text import Text, is_hangul

VOCABULARY: Final = Vocabulary(NUMERAL_WORDS)
_AND_ME: Final = VOCABULARY.lexicon(
    {
        f"{me} {joint}": 0
        for me in ("me", "myself")
        for joint in ("plus", "and", "with", "plus my", "and my", "with my", "+", "+ my", "n", "&")
    }
)
# Numerals of phrases that count nothing: one way or another, two-faced, zero interest.
_IDIOMS: Final = {
    "one": (" way or", " by one", " or another", " size fits", " sided", " hell of", " thing led"),
    "two": (" faced", "-faced", " cents", " sides to"),
    "zero": (" interest", " chance", " sense", " tolerance", " clue", " idea", " patience"),
    "a million": (" times", " thanks", " miles"),
    "a thousand": (" times", " thanks", " miles"),
    "a hundred": (" times",),
}
_COUPLE: Final = VOCABULARY.lexicon(
    {"a single": "1", "a couple of": "2", "a couple more": "2", "a pair of": "2"}
)
_ANOTHER: Final = VOCABULARY.lexicon({"another": "1", "an extra": "1", "an additional": "1"})
# One moment is not a count of moments, one of your staff none of people.
_BEHIND_PRONOUN: Final = (" moment", " sec", " more time", " last time", " of your ", " of the s")
# What may stand before a lone *me* that counts one.
_BESIDE_LONE_ME: Final = frozenset(
    phrases(
        "well|um|uh|oh|hi|hello|ok|okay|yes|yeah|no|it's|its|it|it'll|that's|there's|only|just|simply|this"
        "|time|for|now|one|by|is|be|will|alone|hmm"
    )
)
_BEFORE_ME: Final = (" and ", "for ", "to ", "with ", "of ", "tell ", "give ", "let ", "show ")
_STAYS: Final = frozenset(phrases("night|day|week|month|hour|minute|person|guest|room|bed|seat"))
_NO_THINGS: Final = frozenset(phrases("|time|thing|question|try|chance|attempt|reason|word|for|to"))
_BEFORE_PRONOUN: Final = frozenset(
    phrases(
        """
this|that|which|other|another|last|next|same|any|every|each|no|some|what|wrong|right
"""
    )
)
_DETERMINERS: Final = frozenset(phrases("the|a|an|my|your|this|that|our|his|her"))
_BEFORE_ONE: Final = frozenset(phrases("just|only|maybe|number|room|table|page|gate|option|about"))
_BESIDE_ME: Final = phrases(
    """
wife|husband|spouse|partner|fiance|fiancee|girlfriend|boyfriend|date|son|daughter|baby|mom|mum|mother
dad|father|friend|best friend|buddy|brother|sister|cousin|roommate|colleague|coworker|boss
"""
)
# Two people of whom one is the speaker: me and my sister; not where they are only addressed.
_ME_AND_MINE: Final = VOCABULARY.lexicon(
    {
        **{
            f"{me} {joint} my {other}": "2"
            for me in ("me", "myself")
            for joint in ("and", "plus")
            for other in _BESIDE_ME
        },
        **{f"my {other} and {me}": "2" for me in ("me", "myself") for other in _BESIDE_ME},
    }
)
_BEFORE_PAIR: Final = (
    "tell ",
    "give ",
    "let ",
    "show ",
    "send ",
    "call ",
    "text ",
    "to ",
    "between ",
    ", ",
)
_AND_MORE: Final = ("and ", "plus ", "'s ")
_MANY: Final = Lexicon(
    {
        **{f"my {other} and i": "2" for other in _BESIDE_ME},
        "a couple": "2", "couple": "2", "a pair": "2", "a half": "0.5", "half": "0.5",
        "a quarter": "0.25", "just me": "1", "only me": "1", "me": "1", "myself": "1", "alone": "1",
        "on my own": "1", "solo": "1", "both of us": "2", "just us two": "2", "us two": "2",
        "single": "1", "a single": "1", "a single one": "1", "a grand": "1000",
        "none": "0", "nil": "0", "nought": "0",
        "naught": "0", "zilch": "0", "none at all": "0",
    }
)  # fmt: skip
_BEHIND_MANY: Final = frozenset(
    phrases(
        """
please|thanks|thank you|only|i think|i guess|of them|of us|for now|then|will do|is fine|works
would be great|is good
"""
    )
)


_CLOSERS: Final = frozenset(CARRIERS.after)


def _standing(text: Text, at: int, setting: Setting) -> Parsed[str] | None:
    """The number at ``at``, if no letter runs on from it but a Korean particle or counter."""
    if not VOCABULARY.may_begin(text, at):
        return None
    couple = _COUPLE.first(text.folded, at) or _another(text, at) or _with_me(text, at, setting)
    if couple is not None:
        return couple
    number = cardinal(text, at, setting)
    if number is None or is_pronoun(text, at, number.end):
        return None
    end = number.end
    if text.folded[at:end] == "oh" and text.folded[end:].strip(" .,!?"):
        return None  # oh, a couple
    if text.folded.startswith(_IDIOMS.get(text.folded[at:end], ("\0",)), end):
        return None
    after = text.folded[end : end + 1]
    if after.isalpha() and not is_hangul(after):
        return None
    if not ends_well(text.folded, end) and not counted(text, end):
        return None
    return Parsed(f"{number.value:f}", end)


def _with_me(text: Text, at: int, setting: Setting) -> Parsed[str] | None:
    """The people of whom one is the speaker: me plus two, me and three friends."""
    pair = _ME_AND_MINE.first(text.folded, at)
    if pair and not text.folded[:at].endswith(_BEFORE_PAIR):
        return _with_more(text, pair, setting)
    me = _AND_ME.first(text.folded, at)
    others = me and cardinal(text, text.skip(me.end), setting)
    if not others or others.value != int(others.value):
        return None
    return Parsed(f"{int(others.value) + 1}", others.end)


def _with_more(text: Text, pair: Parsed[str], setting: Setting) -> Parsed[str] | None:
    """A pair with those who come along: me and my wife *and two kids*."""
    onward = text.past(text.skip(pair.end), *_AND_MORE)
    if onward == text.skip(pair.end):
        return pair
    more = cardinal(text, onward, setting)
    whole = more and more.value == int(more.value)
    return Parsed(f"{int(more.value) + int(pair.value)}", more.end) if more and whole else None


def _another(text: Text, at: int) -> Parsed[str] | None:
    """One more of what is counted: *another* night, *an extra* day."""
    another = _ANOTHER.first(text.folded, at)
    if another is None:
        return None
    onward = text.skip(another.end)
    counted_word = text.folded[onward : text.word_end(onward)]
    return Parsed(another.value, another.end) if counted_word in _STAYS else None


def _counts(text: Text, end: int) -> bool:
    """Whether a lone *one* counts: one more pillow, but not one more thing."""
    behind = text.past(end, " more ", " extra ", " additional ")
    word = text.folded[behind : text.word_end(behind)]
    return text.folded[:end].endswith("one") and behind > end and word not in _NO_THINGS


def is_pronoun(text: Text, at: int, end: int) -> bool:
    """Whether *one* counts nothing: this one, the second one, the big one."""
    if text.folded[at:end] != "one":
        return False
    if text.folded.startswith(_BEHIND_PRONOUN, end):
        return True
    before = text.folded[:at].split()
    if not before or before[-1].endswith((",", ".", "-")):
        return False
    nth = before[-1][:1].isdecimal() and before[-1].endswith(ORDINAL_SUFFIXES)
    if nth or before[-1] in _BEFORE_PRONOUN or ORDINALS.first(before[-1], 0):
        return True
    return len(before) > 1 and before[-2] in _DETERMINERS and before[-1] not in _BEFORE_ONE


def _alone(text: Text, at: int, setting: Setting) -> Parsed[str] | None:
    """What is a number only as a whole reply: a couple, half, just me."""
    del setting
    many = _MANY.first(text.folded, at)
    if many is None or text.folded[:at].endswith(_BEFORE_ME):
        return None  # my husband and me; neither works for me
    rest = text.folded[many.end :].strip(" .,!~")
    before = (word.strip(",.") for word in text.folded[:at].split())
    if text.folded[at : many.end] == "me" and not all(word in _BESIDE_LONE_ME for word in before):
        return None  # my head is killing me
    if many.value == "0" and rest.startswith("of "):
        return None  # none of what was offered
    return many if not rest or rest in _BEHIND_MANY or rest.rstrip("?") in _CLOSERS else None


_ONE_MORE: Final = re.compile(
    r" [a-z]+,? (?:and|plus|with) (?:a|an|my|our|another)(?: [a-z]+)? ?"
    r"(?:kid|child|baby|toddler|infant|adult|teen|teenager|senior|student|dog)\b"
)


NUMBERS: Final = Numbers(
    one_more=_ONE_MORE,
    numerals=numerals,
    standing=_standing,
    totals=(
        *("total of ", "that's ", "that makes ", "which makes ", "altogether ", "in all "),
        *("but now ", "now it's ", "now it is ", "now we're ", "now there are ", "now we are "),
        *("makes ", "making ", "in total ", "make it ", "make that "),
    ),
    totalled=("in total", "total", "altogether", "all together", "in all", "all told", "all in"),
    alone=_alone,
    counts=_counts,
    seldom=frozenset(
        {
            "another",
            "an extra",
            "an additional",
            "one",
            "oh",
            "zero",
            "once",
            "a single",
            "a couple of",
            "a couple more",
        }
    ),
)
