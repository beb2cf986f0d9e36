"""Whether a reply to "what is your name?" is not a name but a sentence about something else."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

from daehwa.nlu import languages
from daehwa.nlu.languages import FALLBACK, installed, language_code, load, reading
from daehwa.nlu.languages.lexicon import phrases
from daehwa.nlu.languages.spans import Span
from daehwa.nlu.languages.suffixes import stem_ends
from daehwa.nlu.languages.text import Text, is_hangul


def is_sentence(text: Text, locale: str) -> bool:
    """Whether a whole reply can hardly be somebody's name.

    What introduces a name ("제 이름은", "my name is") is for the caller to look for first.
    """
    if text.raw.rstrip().endswith(("?", "？")):
        return True
    words = [word for raw in text.folded.split() if (word := raw.strip(".,!~…\"'"))]
    if not words or any(is_plain(word, locale) for word in words):
        return True
    if all(_is_jamo(letter) for word in words for letter in word):
        return True
    judges = (n.is_sentence for each in reading(locale) if (n := each.names) is not None)
    return any(judge is not None and judge(words) for judge in judges)


def says_plainly(text: Text, locale: str, *, everyday: bool = True) -> bool:
    """Whether a reply holds a word that no person and no place is called by: take *care*.

    Or, unless it may be such a word that families have as their name, ``everyday`` words alone.
    """
    plain = _in_sentences(locale)
    words = [word.strip(".,!?~…\"'") for word in text.folded.split()]
    if any(word[:size] in plain for word in words for size in (len(word), *stem_ends(word)[1:])):
        return True
    return everyday and all(is_everyday(word, locale) for word in words if word)


def is_everyday(word: str, locale: str) -> bool:
    """Whether a word, with or without its particles, is an everyday one: *wheelchair*, 봉투."""
    everyday = _everyday(locale)
    if word in everyday:
        return True
    # 오이도 is an island, and no cucumber.
    sizes = (size for size in stem_ends(word)[1:] if size > 1 and word[size:] != "도")
    return any(word[:size] in everyday for size in sizes)


@cache
def _everyday(locale: str) -> frozenset[str]:
    """The everyday words of a locale's languages; no known place or person is called by one."""
    code = language_code(locale)
    codes = (code, *(load(code).mixed_with if code in installed() else (FALLBACK,)))
    files = (resources.files(languages) / each / "everyday.txt" for each in codes)
    return frozenset(w for f in files if f.is_file() for w in f.read_text("utf-8").splitlines())


@cache
def _in_sentences(locale: str) -> frozenset[str]:
    return frozenset().union(*(each.names.in_sentences for each in reading(locale) if each.names))


def names_no_place(text: Text, phrase: Span, locale: str, *, road: bool) -> bool:
    """Whether a reply whose own words are ``phrase``, none of them known, can hardly be a place.

    Unknown places have names of one word in Korean, but for roads (한강대로 12길); elsewhere of
    words that are not everyday ones.
    """
    words = [raw.strip(".,!~…\"'") for raw in text.folded[phrase.start : phrase.end].split()]
    letters = "".join(words)
    if not letters or all(_is_jamo(letter) for letter in letters):
        return True
    if len(letters) == 1 and is_hangul(letters):
        return True
    inside = _in_places(locale)
    titled = any(word.istitle() for word in text.raw[phrase.start : phrase.end].split()[1:])
    plain = (word for word in words if word and is_plain(word, locale))
    if not titled and (
        any(word not in inside for word in plain) or _in_sentences(locale) & set(words)
    ):
        return True
    judges = [n.is_sentence for each in reading(locale) if (n := each.names) and n.is_sentence]
    if not (road or titled) and _is_everyday_talk(words, locale):
        return True
    if text.folded.startswith(_BEGGING, phrase.end) and words[-1].endswith(_INFINITIVES):
        return True  # 깎아 주세요
    if text.folded.startswith(_POLITE_ENDS, phrase.end) and words[-1].endswith(_POLITE_STEMS):
        return True
    if words[-1].endswith("히"):
        return True  # 조심히 와 주세요
    spaced = not road and len(words) > 1 and is_hangul(words[0][:1] or " ")
    if spaced and not words[-1].endswith(_DISTRICTS):
        return True
    return not spaced and any(judge(words) for judge in judges)


def _is_everyday_talk(words: list[str], locale: str) -> bool:
    """Whether words are all of everyday talk, the last none of those that end places' names."""
    if len(words) > 1 and words[-1] in _GROUNDS:
        return False  # silver lake
    return all(is_everyday(word, locale) or is_plain(word, locale) for word in words if word)


def _is_jamo(letter: str) -> bool:
    """Whether a letter is a lone one of Hangul, as in ㅋㅋ and ㅠㅠ."""
    return "\u3131" <= letter <= "\u318e"


# 이상하네요, 비쌌어요, 바쁘시죠: what is left of a predicate without its polite ending.
_POLITE_ENDS: Final = ("요", "네요", "죠", "지요", "군요", "다", "더라고요", "해", "해요")
_POLITE_STEMS: Final = phrases(
    "하세|계세|가세|보세|워|었어|았어|했어|렸어|졌어|하시|쓰시|쁘시|상하|했|랑해|불해|비싸|읍시|갑시|합시|히"
)
# What is begged for: 깎아 *주세요*, 환불해 *줘*.
_BEGGING: Final = (" 주", " 줘", " 줄래", "주세", "줘")
_INFINITIVES: Final = tuple("해아어여와워려겨져쳐춰줘꿔켜쪄")
_GROUNDS: Final = frozenset(
    phrases(
        "lake|river|hill|hills|valley|beach|bay|park|island|islands|springs|city|town|point|falls|creek"
        "|forest|bridge|port|harbor|harbour|heights|village|station|airport|bank|field|fields|mountain"
        "|desert|square|land|side|grove|garden|gardens|rock|rocks|wells|mills|church|cross|gate|green"
    )
)
_DISTRICTS: Final = tuple("시군구읍면동리도섬역")


@cache
def _in_places(locale: str) -> frozenset[str]:
    return frozenset().union(*(each.names.in_places for each in reading(locale) if each.names))


@cache
def _no_names(locale: str) -> frozenset[str]:
    return frozenset().union(*(each.names.no_names for each in reading(locale) if each.names))


def is_plain(word: str, locale: str) -> bool:
    """Whether a word, with or without its particles, is one that names are not made of."""
    plain = _no_names(locale)
    return word in plain or any(size > 1 and word[:size] in plain for size in stem_ends(word)[1:])
