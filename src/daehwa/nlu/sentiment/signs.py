"""What of a text's words and marks shows how a person feels, as numbers."""

from __future__ import annotations

import math
import re
import unicodedata
from functools import cache
from typing import Final, NamedTuple

from daehwa.nlu.languages.speech_acts import SentimentWords

_MOST: Final = 3
"""Words of a kind that are counted."""

_BEFORE: Final = 32
"""Letters before a word in which its denial is looked for."""

_CLAUSE: Final = re.compile(r"[.!?,;\n]")

_GLAD: Final = re.compile(
    "[\U0001f600-\U0001f60d\U0001f618-\U0001f61c\U0001f970\U0001f929\U0001f973\U0001f917"
    "\u2764\U0001f495-\U0001f49d\U0001f44d\U0001f44f\U0001f64f\U0001f389\U0001f525\U0001f4af"
    "\U0001f44c\u2728\U0001f64c\u263a\U0001f60e\u2b50]|:\\)|:-\\)|:d\\b|<3|\\^\\^|\\^_+\\^"
)
_SORRY: Final = re.compile(
    "[\U0001f612-\U0001f617\U0001f61e-\U0001f62d\U0001f630-\U0001f631\U0001f641\u2639\U0001f44e"
    "\U0001f494\U0001f92c\U0001f92e\U0001f922\U0001f644\U0001f611\U0001f926\U0001f4a9\U0001f624]"
    "|:\\(|:-\\(|:/|[ㅠㅜ]{1,}|ㅡㅡ|-_-|;;"
)
_LAUGHS: Final = re.compile("ㅎㅎ|ㅋㅋ|\\bha(?:ha)+\\b|\\blol\\b|[\U0001f602\U0001f923]")
_NUMBER: Final = re.compile(r"\d")


class SentimentSigns(NamedTuple):
    """Of a text: how many words of each kind, and whether there is something of the others.

    ``good`` and ``bad`` count judgements after their denials have turned them round, ``well`` and
    ``ill`` what is reported as good or bad.
    """

    praise: float
    blame: float
    virtues: float
    troubles: float
    praise_denied: float
    blame_denied: float
    virtues_denied: float
    troubles_denied: float
    thanks: float
    good: float
    bad: float
    well: float
    ill: float
    both: float
    both_contrasted: float
    thanked_and_bad: float
    contrast: float
    glad: float
    sorry: float
    laughs: float
    shouts: float
    asks: float
    requests: float
    good_requested: float
    bad_requested: float
    stressed: float
    good_stressed: float
    bad_stressed: float
    numbers: float
    length: float
    plain: float


def signs(text: str, words: SentimentWords) -> SentimentSigns:
    """The signs of a text in the language whose words are given."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    taken: list[tuple[int, int]] = []
    blame, blame_denied = _count(words.blame, folded, words, taken)
    praise, praise_denied = _count(words.praise, folded, words, taken)
    troubles, troubles_denied = _count(words.troubles, folded, words, taken)
    virtues, virtues_denied = _count(words.virtues, folded, words, taken)
    thanks = _stands(words.thanks, folded)
    glad, sorry = bool(_GLAD.search(folded)), bool(_SORRY.search(folded))
    contrast = _stands(words.contrast, folded)
    asks = "?" in folded
    requests = _stands(words.requests, folded) or asks
    stressed = _stands(words.stressed, folded)
    good = praise + blame_denied + thanks > 0
    bad = blame + praise_denied > 0
    well = virtues + troubles_denied > 0
    ill = troubles + virtues_denied > 0
    both = (good or well) and (bad or ill)
    return SentimentSigns(
        praise=praise,
        blame=blame,
        virtues=virtues,
        troubles=troubles,
        praise_denied=praise_denied,
        blame_denied=blame_denied,
        virtues_denied=virtues_denied,
        troubles_denied=troubles_denied,
        thanks=thanks,
        good=good,
        bad=bad,
        well=well,
        ill=ill,
        both=both,
        both_contrasted=both and contrast,
        thanked_and_bad=thanks and (bad or ill),
        contrast=contrast,
        glad=glad,
        sorry=sorry,
        laughs=bool(_LAUGHS.search(folded)),
        shouts=min(folded.count("!"), _MOST),
        asks=asks,
        requests=requests,
        good_requested=requests and (good or well),
        bad_requested=requests and (bad or ill),
        stressed=stressed,
        good_stressed=stressed and (good or well),
        bad_stressed=stressed and (bad or ill),
        numbers=bool(_NUMBER.search(folded)),
        length=math.log1p(len(folded)) / 4,
        plain=not (good or bad or well or ill or glad or sorry or thanks),
    )


def _stands(pattern: str, text: str) -> bool:
    return _compiled(pattern).search(text) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A language's pattern; few bots ask for it."""
    return re.compile(pattern)


def _count(
    kind: str, text: str, words: SentimentWords, taken: list[tuple[int, int]]
) -> tuple[int, int]:
    """How many words of a kind stand in a text, and how many more are denied.

    What stands in a word that is ``taken`` already is none of its own (*unfriendly*).
    """
    before_word, behind_word = _compiled(words.denied_before), _compiled(words.denied_behind)
    plain = denied = 0
    for match in _compiled(kind).finditer(text):
        start, end = match.span()
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            continue
        taken.append((start, end))
        before = _CLAUSE.split(text[max(0, start - _BEFORE) : start])[-1]
        if before_word.search(before) or behind_word.match(text, end):
            denied += 1
        else:
            plain += 1
    return min(plain, _MOST), min(denied, _MOST)
