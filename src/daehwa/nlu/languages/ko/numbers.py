"""Korean numerals: Sino-Korean (이십삼만 오천), native (스물두), with digits (3만 5천).

Korean is ambiguous where numerals meet units ("십일" is eleven or the tenth), so
``numerals`` gives every reading, the longest first, and the grammars choose.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from daehwa.nlu.languages.digits import share, written_number
from daehwa.nlu.languages.language import Numbers
from daehwa.nlu.languages.lexicon import Lexicon, phrases
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.suffixes import counted, ends_well
from daehwa.nlu.languages.text import Text, is_hangul

_DIGITS = {
    "영": 0, "공": 0, "일": 1, "이": 2, "삼": 3, "사": 4,
    "오": 5, "육": 6, "륙": 6, "칠": 7, "팔": 8, "구": 9,
}  # fmt: skip
_UNITS = {"십": 10, "백": 100, "천": 1000}
_MYRIADS = {"만": 10**4, "억": 10**8, "조": 10**12}
_NATIVE_ONES = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "넷": 4, "네": 4, "넉": 4,
    "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "여덜": 8, "아홉": 9, "아흡": 9, "다섰": 5,
}  # fmt: skip
_NATIVE_TENS = {
    "열": 10, "스물": 20, "스무": 20, "스믈": 20, "서른": 30, "설흔": 30, "마흔": 40, "쉰": 50,
    "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
_ONES = Lexicon(_NATIVE_ONES)
_ONE_BY_ONE = Lexicon({word: one for word, one in _NATIVE_ONES.items() if len(word) > 1 or one < 5})
_TENS = Lexicon(_NATIVE_TENS)
_MINUS = Lexicon({"마이너스": -1, "영하": -1})
_POINT = Lexicon({"점": ".", "쩜": "."})
# Forms that stand before a counter only; alone they are other words (네 is yes).
_BOUND_FORMS = frozenset({"한", "두", "세", "석", "네", "넉", "스무"})
_ROUND = "백천만억조"
_DOES = ("하나요", "하나 ")  # one, or does one
_BEFORE_DOING = ("야", "게")
_COPULA_BEHIND_FINAL = ("에요", "야")  # 십이에요 is ten: behind twelve it is 예요
_COPULA = (*_COPULA_BEHIND_FINAL, "요", "예요", "고", "여", "용", "지", "죠", "네", "라", "며")
_BEHIND_COPULA = ("요", "에요", "고")
_SINO_COUNTERS = Lexicon(
    dict.fromkeys(
        phrases(
            """
원|인분|층|호|개월|년|년간|킬로|킬로그램|키로|키로그램|그램|미터|킬로미터|키로미터|센티|리터|호선|학년
페이지|쪽|퍼센트|프로|박|달러|초|평|번지|호실
"""
        ),
        0,
    )
)
_GREATEST = frozenset("억조")
_NOT_EVEN = tuple(
    f"도{gap}{no}" for gap in ("", " ") for no in ("없", "안", "못", "않", "모르", "몰")
)
_FREE = frozenset({"둘", "셋", "넷"})
_OF_THEM = ("다", "중", "사이")
# A numeral of one syllable and a counter that together are another word.
_OTHER_WORDS = frozenset(
    phrases(
        """
두세|만두|만두요|이쪽|천장|만석|만개|백조|만사|천사|이번|사과|구매|사회|일반|이동|사장|일정|구분|이병|사병|사도|사위|육회|공원
공장|공개|공부|칠판|천만|이달|이대|사정|이등|이자|이상|이사|공동|공군|공통|이통|일단|일대|일부|이주|구도|구조
"""
    )
)


# Written together with 한, 두, 세 or 네 these make other words: 두부, 두통, 세일, 한과.
_NOT_JOINED = frozenset("부통대동석과배인도점일위정초모등원조")


_MYRIAD: Final = 10**4
_HUNDRED_MILLION: Final = 10**8
_GREATEST_JOINED = 10**8  # nobody counts natively beyond
_PARTS_OF = Lexicon({"분의": 0})
_DOZEN = Lexicon({"다스": 12})
_GOING_ON = frozenset("분점쩜다")  # how 분의, 점 and 다스 begin
_AND_HALF = Lexicon({"반": 0})
_BEHIND_HALF = frozenset(phrases("이요|요|쯤|정도|짜리|만|씩|이에요|입니다|정도요|만요|쯤이요"))
# Two numbers next to each other say about how many; the lower is taken.
_ABOUT = Lexicon(
    {
        "한두": 1, "두세": 2, "서너": 3, "너댓": 4, "네댓": 4, "대여섯": 5, "예닐곱": 6,
        "두서너": 2, "서넛": 3, "두서넛": 2, "너덧": 4, "네다섯": 4, "너다섯": 4, "다섯여섯": 5,
        "일고여덟": 7, "여덟아홉": 8,
        "여남은": 10,
    }
)  # fmt: skip
# Words that say how many without being numerals.
_MANY = Lexicon(
    {
        "제로": "0", "혼자": "1", "혼자서": "1", "홀로": "1",
        "첫 번째": "1", "맨 처음": "1", "반 다스": "6",
        "둘 다": "2", "셋 다": "3", "넷 다": "4",
        "첫째": "1", "둘째": "2", "셋째": "3", "넷째": "4", "다섯째": "5", "여섯째": "6",
        "일곱째": "7", "여덟째": "8", "아홉째": "9", "열째": "10",
        **{
            f"{word}{tail}": str(value)
            for word, value in _NATIVE_ONES.items()
            if value > 1 and word not in ("두", "세", "석", "네", "넉")
            for tail in ("이", "이서")
        },
    }
)  # fmt: skip


# The letters that a numeral may begin with.
_BEGIN = frozenset(
    (*_DIGITS, *_UNITS, *_MYRIADS, *(word[0] for word in (*_NATIVE_ONES, *_NATIVE_TENS)), *"마영-")
)


def native(text: Text, at: int) -> Iterator[Parsed[int]]:
    """Native numerals at ``at``, longest first: 스물두 is 22, then 20."""
    folded = text.folded
    for tens in _TENS.at(folded, at):
        for ones in _ONES.at(folded, text.skip(tens.end)):
            yield Parsed(tens.value + ones.value, ones.end)
        yield tens
    yield from _ONES.at(folded, at)


def sino(text: Text, at: int, setting: Setting) -> list[Parsed[Decimal]]:
    """Sino-Korean numerals at ``at``, longest first, digits allowed among them."""
    key = ("sino", at, setting.customs.marks)
    numerals: list[Parsed[Decimal]] | None = text.remembered.get(key)
    if numerals is None:
        numerals = text.remembered[key] = _sino(text, at, setting)
    return numerals


def _sino(text: Text, at: int, setting: Setting) -> list[Parsed[Decimal]]:
    folded = text.folded
    size = len(folded)
    numerals: list[Parsed[Decimal]] = []
    total = Decimal(0)  # what 만, 억 and 조 have closed
    section = Decimal(0)  # below ten thousand
    pending: Decimal | None = None  # a digit or a number that waits for its unit
    unit_limit = myriad_limit = 10**16
    place = at
    while place < size:
        spaced = place > at and folded[place] == " "
        char_at = place + 1 if spaced else place
        char = folded[char_at : char_at + 1]
        if char.isdecimal():
            number = written_number(text, char_at, setting.customs.marks)
            if number is None or pending is not None:
                break
            pending, end = Decimal(number.value), number.end
            if section and pending >= unit_limit:
                break
        elif char in _DIGITS:
            if pending is not None:
                break
            pending, end = Decimal(_DIGITS[char]), char_at + 1
        elif char in _UNITS:
            unit = _UNITS[char]
            if unit >= unit_limit:
                break
            section += (1 if pending is None else pending) * unit
            pending, end, unit_limit = None, char_at + 1, unit
        elif char in _MYRIADS:
            myriad = _MYRIADS[char]
            group = section + (pending or 0)
            if myriad >= myriad_limit or (spaced and not group) or group >= _MYRIAD:
                break  # 250,000만요: the particle
            total += (group or 1) * myriad
            section, pending, end = Decimal(0), None, char_at + 1
            unit_limit, myriad_limit = 10**16, myriad
        else:
            break
        # 3억 5천: said without its 만.
        myriads = _MYRIAD if myriad_limit == _HUNDRED_MILLION and char in "천백" else 1
        numerals.append(Parsed(total + (section + (pending or 0)) * myriads, end))
        place = end
    numerals.reverse()
    return [n for n in numerals if not _ends_in_copula(folded, at, n.end)]


def _ends_in_copula(folded: str, at: int, end: int) -> bool:
    """Whether the last 이 of a round number is no two but the copula: 천이요, 만 이에요."""
    if folded[end - 1] != "이" or end - at < 2:
        return False
    unit = folded[at : end - 1].rstrip()[-1]
    if unit in _ROUND:
        return folded.startswith(_COPULA, end)
    return unit == "십" and folded.startswith(_COPULA_BEHIND_FINAL, end)


def read_out(text: Text, at: int, *, natively: bool = False) -> Parsed[str] | None:
    """Digits read out one by one: "공일공 일이삼사" is 0101234.

    With ``natively`` those behind the first may be native numerals: 공일공 *하나둘셋넷*.
    """
    folded = text.folded
    digits = ""
    end = place = at
    while place < len(folded):
        char = folded[place]
        if natively and digits and (one := _ONE_BY_ONE.first(folded, place)):
            digits += str(one.value)
            end = place = one.end
            continue
        if char in _DIGITS:
            digits += str(_DIGITS[char])
        elif char.isdecimal():
            digits += char
        elif char in " -에" and digits:
            place += 1
            continue
        else:
            break
        place += 1
        end = place
    if len(digits) > 1 and folded[end - 1] == "이" and folded.startswith(_BEHIND_COPULA, end):
        return Parsed(digits[:-1], end - 1)  # the copula, not a two: 팔이요
    return Parsed(digits, end) if digits else None


def numerals(text: Text, at: int, setting: Setting) -> Iterator[Parsed[Decimal]]:
    """Every number that begins at ``at``, the longest first, with sign and decimals."""
    folded = text.folded
    if at >= len(folded) or not (folded[at] in _BEGIN or folded[at].isdecimal()):
        return
    minus = _MINUS.first(folded, at)
    if minus is not None or (folded[at] == "-" and folded[at + 1 : at + 2].isdecimal()):
        for number in numerals(text, at + 1 if minus is None else text.skip(minus.end), setting):
            yield Parsed(-number.value, number.end)
        return
    plain = sino(text, at, setting)
    counts = [*_joined_native(text, plain), *plain]
    counts += (Parsed(Decimal(count.value), count.end) for count in native(text, at))
    for number in counts:
        onward = text.skip(number.end)
        if folded[onward : onward + 1] not in _GOING_ON:
            continue
        yield from _parts(text, number, setting)
        yield from _decimals(text, number)
        dozen = _DOZEN.first(folded, onward)
        if dozen is not None:
            half = _AND_HALF.first(folded, text.skip(dozen.end))
            if half is not None and ends_well(folded, half.end):
                yield Parsed(number.value * dozen.value + dozen.value // 2, half.end)
            yield Parsed(number.value * dozen.value, dozen.end)
    yield from counts


def _decimals(text: Text, number: Parsed[Decimal]) -> Iterator[Parsed[Decimal]]:
    """The number with what follows its point: 이십삼 점 오."""
    point = _POINT.first(text.folded, text.skip(number.end))
    fraction = None if point is None else _fraction(text, text.skip(point.end))
    if fraction is not None and number.value == int(number.value):
        yield Parsed(Decimal(f"{number.value}.{fraction.value}"), fraction.end)


def _joined_native(text: Text, hundreds: list[Parsed[Decimal]]) -> Iterator[Parsed[Decimal]]:
    """Native numerals behind Sino-Korean hundreds: 백스물셋."""
    for hundred in hundreds:
        if not 100 <= hundred.value < _GREATEST_JOINED or hundred.value % 100:
            continue
        if hundred.end < len(text) and text.folded[hundred.end] == " ":
            tens = _TENS.first(text.folded, hundred.end + 1)
            rests = native(text, hundred.end + 1) if tens and hundred.value < 10_000 else ()
        else:
            rests = native(text, hundred.end)
        for rest in rests:
            yield Parsed(hundred.value + rest.value, rest.end)


def _parts(text: Text, parts: Parsed[Decimal], setting: Setting) -> Iterator[Parsed[Decimal]]:
    """So many equal parts of one: 삼분의 이."""
    of = _PARTS_OF.first(text.folded, text.skip(parts.end))
    if of is None or parts.value < 2 or parts.value != int(parts.value):
        return
    for count in sino(text, text.skip(of.end), setting):
        if count.value == int(count.value):
            yield Parsed(share(int(count.value), int(parts.value)), count.end)


def _fraction(text: Text, at: int) -> Parsed[str] | None:
    """Digits behind the point, spoken or written."""
    folded = text.folded
    digits = ""
    end = at
    while end < len(folded) and (folded[end] in _DIGITS or folded[end].isdecimal()):
        digits += folded[end] if folded[end].isdecimal() else str(_DIGITS[folded[end]])
        end += 1
    return Parsed(digits, end) if digits else None


def _standing(text: Text, start: int, setting: Setting) -> Parsed[str] | None:
    """The longest number that ends at a counter, a particle or a word's end."""
    folded = text.folded
    about = _about(text, start)
    if about is not None:
        return about
    if _roughly(text, start, setting) or _counts_years(folded, start):
        return None
    if folded.startswith(_DOES, start) and folded[:start].rstrip().endswith(_BEFORE_DOING):
        return None  # 가입부터 해야 하나요
    for value, end in numerals(text, start, setting):
        spelt = folded[start:end]
        if _PARTS_OF.first(folded, text.skip(end)) or folded.startswith(_NOT_EVEN, end):
            return None  # what is left of a fraction; 하나도 없어요
        bound = spelt[-1] in _BOUND_FORMS or spelt.endswith("스무")
        # "이 사람" is this person: a lone Sino-Korean digit apart from its counter is sure
        # only with the counters that take no native numeral.
        lone = spelt in _DIGITS
        joined = bound and folded[end : end + 1] in _NOT_JOINED
        if not joined and (not lone or _SINO_COUNTERS.first(folded, text.skip(end))):
            behind = counted(text, end)
            if _counts_none(text, spelt, behind):
                return None
            if behind is not None and not _is_other_word(text, start, behind):
                return _with_half(text, Parsed(value, end), behind)
        if _is_other_word(text, start, end):
            continue
        short = len(spelt) == 1 and is_hangul(spelt) and not _is_free(text, start, end)
        if ends_well(folded, end) and not bound and not short:
            return Parsed(f"{value:f}", end)
    digits = read_out(text, start)
    if digits is not None and folded[start : digits.end] == "일일이":
        return None  # one by one
    if digits is not None and len(digits.value) > 2 and ends_well(folded, digits.end):
        return digits
    return None


def _roughly(text: Text, start: int, setting: Setting) -> bool:
    """Whether 한 says about how many, before the number that does: *한* 세 장."""
    onward = text.past(start, "한 ")
    return onward > start and next(numerals(text, onward, setting), None) is not None


def _counts_years(folded: str, start: int) -> bool:
    """Whether 세 is no three but the years behind a number: 30*세*."""
    before = folded[:start].rstrip()[-1:]
    return folded[start] == "세" and (before.isdecimal() or before in _UNITS or before in _DIGITS)


def _counts_none(text: Text, numeral: str, counter_end: int | None) -> bool:
    """Whether not even one is counted: 한 명*도 없어요*."""
    return (
        counter_end is not None
        and numeral == "한"
        and text.folded.startswith(_NOT_EVEN, counter_end)
    )


def _is_free(text: Text, start: int, end: int) -> bool:
    """Whether a numeral of one syllable counts on its own: 둘, 셋, 넷, but not in *둘 다*."""
    if text.folded[start:end] not in _FREE:
        return False
    behind = text.skip(end)
    return text.past(behind, *_OF_THEM) == behind


def _is_other_word(text: Text, start: int, end: int) -> bool:
    """Whether a numeral and its counter make a word of another meaning: 천장, 이쪽."""
    word = text.folded[start:end]
    if word in _OTHER_WORDS:
        return True
    if word[0] in _GREATEST:
        return not word.endswith("원")
    if word == "두 번" and text.folded[end:].lstrip().startswith("다시"):
        return True  # 두 번 다시 안 가요
    if word == "한 번" and _asks_again(text.folded[text.word_end(end) :]):
        return True
    # 한번 볼게요: a try, not a count.
    return word == "한번" and bool(text.folded[text.word_end(end) :].strip(" .,!?~"))


def _about(text: Text, start: int) -> Parsed[str] | None:
    """About so many, as two numbers beside each other: 서너 명, 오륙 명. The lower is taken."""
    about = _ABOUT.first(text.folded, start)
    if about is not None and counted(text, about.end) is not None:
        return Parsed(str(about.value), about.end)
    first, second = (_DIGITS.get(char, 0) for char in text.folded[start : start + 2].ljust(2))
    pair = first > 1 and second == first + 1  # 일이 is "work" with its particle
    return Parsed(str(first), start + 2) if pair and counted(text, start + 2) is not None else None


def _with_half(text: Text, number: Parsed[Decimal], counter_end: int) -> Parsed[str]:
    """The number, and a half that follows its counter: 삼 킬로 반."""
    onward = text.past(counter_end, "하고도 ", "하고 ", "에다 ", "에 ")
    half = _AND_HALF.first(text.folded, text.skip(onward))
    if half is not None and number.value == int(number.value):
        behind = text.folded[half.end : text.word_end(half.end)]
        if behind in _BEHIND_HALF or not behind:
            return Parsed(f"{number.value + Decimal('0.5'):f}", half.end)
    return Parsed(f"{number.value:f}", number.end)


def _alone(text: Text, start: int, setting: Setting) -> Parsed[str] | None:
    """What is a number only as a whole reply: 삼, 두, 혼자, 둘이서, 반 개."""
    half = _half_of_one(text, start)
    if half is not None:
        return half
    for number in numerals(text, start, setting):
        if text.folded.startswith(_NOT_EVEN, number.end):
            return None
        if _counts_none(text, text.folded[start : number.end], counted(text, number.end)):
            return None
        if _means_otherwise(text, start, number.end):
            continue
        if ends_well(text.folded, number.end):
            return Parsed(f"{number.value:f}", number.end)
        counter = counted(text, number.end) if start == text.skip(0) else None
        if counter is not None and not _is_other_word(text, start, counter):
            return Parsed(f"{number.value:f}", number.end)
    return next((m for m in _MANY.at(text.folded, start) if _is_many(text, start, m.end)), None)


def _is_many(text: Text, start: int, end: int) -> bool:
    """Whether a word that says how many ends well; *둘 다* only if nothing is said of both."""
    if not ends_well(text.folded, end):
        return False
    of_all = text.folded.endswith(" 다", start, end)
    return not (of_all and text.folded[text.word_end(end) :].strip(" .,!?~"))


def _half_of_one(text: Text, start: int) -> Parsed[str] | None:
    """Half a thing, as the whole of a reply: 반 개, 반 판이요."""
    half = _AND_HALF.first(text.folded, start) if start == text.skip(0) else None
    counter = None if half is None else counted(text, half.end)
    if half is None or counter is None or text.folded.startswith(_NO_HALVES, text.skip(half.end)):
        return None
    return Parsed("0.5", half.end)


_NO_HALVES: Final = ("시간", "년", "달", "나절", "평생", "일", "말", "장", "반")


def _means_otherwise(text: Text, start: int, end: int) -> bool:
    """Whether a numeral in a reply is none: *둘 다* 별로, 어떻게 *하나요*, *일이* 많아서."""
    word = text.folded[start:end]
    if word in _FREE:
        return not _is_free(text, start, end)
    if word == "하나":
        return text.folded[:start].rstrip().endswith(_BEFORE_VERB)
    if len(word) > 1 or not is_hangul(word):
        return word in ("일일이", "만두") or (word == "일일" and text.folded.startswith("이 ", end))
    stop = text.word_end(end)
    if word == "네" and end == stop and not text.folded[stop:].strip(" .,!?~"):
        return True  # a yes
    if (
        word in _DIGITS
        and text.folded[:start].strip()
        and text.folded[end:stop] in ("이", "을", "은", "에요", "예요")
        and (word == "이" or not text.folded[end:stop].endswith("요"))
    ):
        return True  # 세상에 이런 일이; 보는 중 이에요
    counter = counted(text, end) if word in _BOUND_FORMS else None
    if counter is not None and _is_other_word(text, start, counter):
        return True  # 두 번 다시 안 가요
    if word in _BOUND_FORMS and text.folded[end : end + 1] == "일":
        return True  # 세일
    rest = text.folded[stop:].strip(" .,!?~")
    if word == "한" and text.folded[end:stop].strip() in ("", "번") and _asks_again(rest):
        return True  # 한 번 더 말씀해 주세요
    # 이 근처, 일이 많아서, 구경만 하고: a lone syllable counts where little follows it.
    if word == "이" and rest.startswith("정도"):
        return True  # 이 정도면 돼요
    return word in _DIGITS and bool(rest) and not _may_follow_digit(text, end, rest)


def _may_follow_digit(text: Text, end: int, rest: str) -> bool:
    """Whether what follows a numeral of one syllable lets it count: 삼 정도요, 오 명 주세요."""
    if _SINO_COUNTERS.first(text.folded, text.skip(end)) is not None:
        return True
    begins = text.folded[text.skip(end) :]
    return (
        begins.startswith(_BEHIND_DIGIT)
        or (text.folded[end : end + 1] in (" ", "") and counted(text, end) is not None)
        or rest.startswith(_BEHIND_DIGIT)
    )


_BEHIND_DIGIT: Final = phrases(
    "정도|쯤|이요|요|으로|로|부탁|주|할게|예약|개|명|인|말고|아니|또는|이나|분의|점|에서|까지|대"
)


def _asks_again(rest: str) -> bool:
    """Whether the words behind 한 번 ask that something be done again."""
    return any(verb in rest for verb in _AGAIN)


_AGAIN: Final = phrases("말씀|말해|얘기|알려|보여|설명|확인|봐|볼게|들를")


# What follows a lone 하나 that counts: 하나 주세요, 하나만 더 보내 주세요.
_COUNTING_TAILS: Final = frozenset(phrases("요|이요|만|만요|씩|랑|이랑|하고|로|여|용|만여"))
_COUNTING: Final = phrases(
    """
주|줘|부탁|추가|시킬|시켜|주문|할게|할래|하려|포장|먹|마실|예약|보내|살게|사려|사고|구매|원해|필요|이랑|그리고|와|과
담아|갖다|가져|달라|있으면|있나요|될까|되나|면|이면|해|드릴
"""
)


_BEFORE_VERB: Final = phrases(
    "야|게|지|까|면|도|서|씩|에|을|를|은|는|뭘|뭐|고|떡|왜|언제|어디|누가"
)


def _counted_before(before: str) -> bool:
    """Whether something else was counted in the same breath: 라떼 두 잔이랑 녹차 하나요."""
    return any(f"{numeral} " in before for numeral in ("한", "두", "세", "네"))


def _counts(text: Text, end: int) -> bool:
    """Whether a lone 하나 counts, by what follows it."""
    if not text.folded[:end].endswith("하나"):
        return False
    before = text.folded[: end - len("하나")].rstrip()
    if before.endswith(_BEFORE_VERB):
        return False  # 어떻게 하나, 가야 하나요: the verb 하다
    stop = text.word_end(end)
    tail, rest = text.folded[end:stop], text.folded[stop:].lstrip(" ,.!?~")
    if tail in ("면", "이면"):
        return True
    if tail in ("요", "여", "용"):
        return not before or "하나" in before or _counted_before(before)
    if tail and tail not in _COUNTING_TAILS:
        return tail.startswith(_COUNTING) and len(tail) > 1
    rest = rest.removeprefix("더").lstrip(" 요여")
    if not rest:
        return not text.folded.rstrip(" .!~").endswith("?")  # 몇 번씩 하나?
    return rest.startswith(_COUNTING)


_TOTALS: Final = phrases(
    "빠져서|빼서|늘어서|줄어서|추가해서|추가돼서|더해서|해서|합쳐서|합해서|합치면|합하면|총|모두|전부|포함해서"
    "|그러니까|그니까|즉|도합|총합|합계|합이|합이요|결국|이제는|지금은|모자라니까|모자라서|부족하니까|부족해서"
)

NUMBERS: Final = Numbers(
    totals=tuple(f"{each} " for each in _TOTALS),
    counts=_counts,
    numerals=numerals,
    standing=_standing,
    alone=_alone,
    seldom=frozenset({"하나", "영", "공"}),
)
