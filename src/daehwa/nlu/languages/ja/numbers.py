"""Japanese numbers: 二十一, 2本, 三人, 二つ, ふたつ, にじゅういち, 3万5千, 三点五."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from daehwa.nlu.languages import han_numerals
from daehwa.nlu.languages.language import Numbers
from daehwa.nlu.languages.lexicon import Lexicon, phrases
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.text import Text

_NATIVE: Final = {
    word: value
    for value, words in enumerate(
        (
            "ひとつ|一つ|1つ|ひとり|一人|1人|お一人|おひとり|1名",
            "ふたつ|二つ|2つ|ふたり|二人|2人|お二人|おふたり",
            "みっつ|三つ|3つ",
            "よっつ|四つ|4つ|よにん",
            "いつつ|五つ|5つ",
            "むっつ|六つ|6つ",
            "ななつ|七つ|7つ",
            "やっつ|八つ|8つ",
            "ここのつ|九つ|9つ",
            "とお",
        ),
        start=1,
    )
    for word in words.split("|")
}
_ONES: Final = (
    "",
    "いち",
    "に",
    "さん",
    "よん|し",
    "ご",
    "ろく",
    "なな|しち",
    "はち",
    "きゅう|く",
)
_HUNDREDS: Final = (
    "ひゃく|にひゃく|さんびゃく|よんひゃく|ごひゃく|ろっぴゃく|ななひゃく|はっぴゃく|きゅうひゃく"
)


def _in_kana() -> dict[str, int]:
    """Numbers as they are read, up to 999; alone they are numbers, in sentences seldom."""
    small: dict[str, int] = {"ぜろ": 0, "ゼロ": 0, "れい": 0}
    ones = {word: value for value, words in enumerate(_ONES) for word in words.split("|") if word}
    small |= ones
    for ten, words in enumerate(_ONES):
        for word in words.split("|") if ten != 1 else ("",):
            small[f"{word}じゅう"] = 10 * max(ten, 1)
            small |= {f"{word}じゅう{one}": 10 * max(ten, 1) + value for one, value in ones.items()}
    table = dict(small)
    for hundred, word in enumerate(_HUNDREDS.split("|"), 1):
        table[word] = 100 * hundred
        table |= {f"{word}{one}": 100 * hundred + value for one, value in small.items() if value}
    return table


COUNTERS: Final = phrases(
    """
人前|人様|人|名様|名|本|枚|個|箇|台|冊|匹|頭|羽|杯|皿|回|度|点|件|部屋|室|席|卓|泊|箱|袋|缶|瓶|足|着
通|社|軒|棟|階|歳|才|歩|問|組|セット|つ|ヶ|か所|ヶ所|カ所|口|株|部|ページ|パック|ケース|人分|切れ
キロ|グラム|メートル|センチ|リットル|kg|g|m|cm|km
"""
)
_COUNTER: Final = Lexicon(dict.fromkeys(COUNTERS, 0))
# What may stand after a number that nothing counts: the end, a mark, the copula, a particle.
_TAILS: Final = phrases(
    """
です|でお願い|で|だ|になります|にします|にして|がいい|お願い|おねがい|ください|下さい|ちょうど|くらい
ぐらい|ほど|を|は|が|も|と|か|ね|よ|だけ
"""
)
_TAIL: Final = Lexicon(dict.fromkeys(_TAILS, 0))
_PART_OF_MORE: Final = (
    "マイナス",
    "分の",
    "第",
    "曜",
    "月",
    "年",
    "午前",
    "午後",
    "令和",
    "平成",
    "昭和",
    "半",
    "約半",
)
_HALVES: Final = Lexicon({"半": 0, "・五": 0})
_NONE: Final[Lexicon[int]] = Lexicon({})
_NATIVES: Final = Lexicon(_NATIVE)
_KANA: Final = Lexicon(_in_kana())


def amount(text: Text, at: int, setting: Setting) -> Parsed[Decimal] | None:
    """A number at ``at`` in characters, digits or native words."""
    native = _NATIVES.first(text.folded, at)
    number = han_numerals.amount(text, at, setting, halves=_NONE)
    if native is not None and (number is None or native.end > number.end):
        return Parsed(Decimal(native.value), native.end)
    return number


def _numerals(text: Text, at: int, setting: Setting) -> Iterator[Parsed[Decimal]]:
    number = han_numerals.amount(text, at, setting, halves=_NONE)
    if number is not None:
        yield number


def _standing(text: Text, at: int, setting: Setting) -> Parsed[str] | None:
    if han_numerals.goes_on_before(text, at, _PART_OF_MORE):
        return None
    number = amount(text, at, setting)
    if number is None or _belongs(text, at, number.end):
        return None
    return Parsed(f"{number.value:f}", number.end)


def _belongs(text: Text, at: int, end: int) -> bool:
    """Whether a number is part of something else: neither counted nor on its own."""
    folded = text.folded
    if han_numerals.goes_on_before(text, at, _PART_OF_MORE):
        return True
    if _NATIVES.first(folded, at) is not None:
        return False
    after = folded[end : end + 1]
    if han_numerals.goes_on(text, end):
        return True
    counter = _COUNTER.first(folded, text.skip(end))
    if counter is not None:
        rest = folded[counter.end : counter.end + 1]
        # 3回目 is an ordinal, 3点半 is not a number; 五分五分 and the like are not met here.
        if folded.startswith(("以上", "以下", "未満", "以内"), counter.end):
            return True
        return rest in ("目", "半", "木")
    if not after or not (after.isalnum()):
        return False
    return _TAIL.first(folded, end) is None


def _alone(text: Text, at: int, setting: Setting) -> Parsed[str] | None:
    """A number in kana that is the whole of a reply but for politeness: さん, にじゅういちです."""
    del setting
    number = _KANA.first(text.folded, at)
    if number is None or at:
        return None
    rest = text.folded[number.end :].strip(" .,!")
    polite = rest in (
        "",
        "です",
        "でお願いします",
        "お願いします",
        "人です",
        "個です",
        "でおねがいします",
    )
    return Parsed(str(number.value), number.end) if polite else None


NUMBERS: Final = Numbers(
    numerals=_numerals,
    standing=_standing,
    alone=_alone,
    belongs=_belongs,
)
