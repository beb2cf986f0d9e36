"""The built-in slot types by their Lex names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

import msgspec

from daehwa import bot
from daehwa.nlu.builtins import (
    codes,
    confirmation,
    contacts,
    dates,
    durations,
    money,
    numbers,
    places,
    times,
)
from daehwa.nlu.builtins.found import Found, Setting
from daehwa.nlu.builtins.lexicon import phrases
from daehwa.nlu.builtins.text import Text

Find = Callable[[Text, Setting], Iterator[Found]]
Read = Callable[[Text, Setting], Found | None]


class BuiltIn(msgspec.Struct, frozen=True, kw_only=True):
    """A built-in slot type.

    ``find`` gives the values of a text that stand out by themselves, left to right; ``read``
    the value of a reply. ``open`` types take words that no list knows; ``examples`` are
    values as users say them, in English and in Korean, for refilling sample utterances.
    """

    name: str
    find: Find
    read: Read
    open: bool = False
    fillable: bool = True
    examples_en: tuple[str, ...] = ()
    examples_ko: tuple[str, ...] = ()


def _nothing(text: Text, setting: Setting) -> Iterator[Found]:
    del text, setting
    yield from ()


def _whole(text: Text, setting: Setting) -> Found | None:
    del setting
    if not text.raw:
        return None
    return Found(
        start=0, end=len(text), original=text.raw, interpreted=text.raw, resolved=(text.raw,)
    )


_ALL = (
    BuiltIn(
        name="AlphaNumeric",
        find=codes.find_alphanumeric,
        read=codes.read_alphanumeric,
        open=True,
        examples_en=phrases("abc123|x1234|b52|12345|qr7788|a1b2c3|hd4000"),
        examples_ko=phrases("abc123|x1234|b52|12345|qr7788|a1b2c3|hd4000"),
    ),
    BuiltIn(
        name="City",
        find=partial(places.find, "City"),
        read=partial(places.read, "City"),
        open=True,
        examples_en=phrases(
            "new york|london|paris|san francisco|boston|tokyo|"
            "los angeles|springfield|berlin|cedar falls|miami|north bend"
        ),
        examples_ko=phrases("서울|부산|제주도|뉴욕|대구|런던|인천|파리|강릉|도쿄|대전|하노이"),
    ),
    BuiltIn(
        name="Confirmation",
        find=_nothing,
        read=confirmation.read,
        examples_en=phrases("yes|no|sure|maybe"),
        examples_ko=phrases("네|아니요|좋아요|글쎄요"),
    ),
    BuiltIn(
        name="Country",
        find=partial(places.find, "Country"),
        read=partial(places.read, "Country"),
        open=True,
        examples_en=phrases(
            "france|japan|the united states|south korea|germany|"
            "brazil|new zealand|india|spain|egypt"
        ),
        examples_ko=phrases("한국|일본|미국|프랑스|독일|베트남|호주|영국|캐나다|이집트"),
    ),
    BuiltIn(
        name="Currency",
        find=money.find_currency,
        read=money.read_currency,
        examples_en=phrases("$50|20 dollars|five dollars|$1,200|100 euros|thirty bucks|$9.99"),
        examples_ko=phrases("만 원|5천원|30,000원|오만 원|20달러|삼만 오천 원|100만원"),
    ),
    BuiltIn(
        name="Date",
        find=dates.find,
        read=dates.read,
        examples_en=phrases(
            "tomorrow|today|next friday|march 3rd|monday|"
            "the 15th of may|this weekend|next week|december 25|in two weeks"
        ),
        examples_ko=phrases(
            "내일|오늘|모레|다음 주 금요일|3월 15일|월요일|이번 주말|12월 25일|다음 주|보름 뒤"
        ),
    ),
    BuiltIn(
        name="Duration",
        find=durations.find,
        read=durations.read,
        examples_en=phrases(
            "two hours|30 minutes|three days|a week|an hour and a half|10 minutes|six months"
        ),
        examples_ko=phrases("두 시간|30분|사흘|일주일|한 시간 반|10분|이틀|2박 3일|6개월"),
    ),
    BuiltIn(
        name="EmailAddress",
        find=contacts.find_email,
        read=contacts.read_email,
        examples_en=phrases("john@example.com|mary.jones@mail.com|info@shop.co.uk"),
        examples_ko=phrases("hong@example.com|minsu.kim@mail.co.kr|info@shop.kr"),
    ),
    BuiltIn(
        name="FirstName",
        find=partial(places.find, "FirstName"),
        read=partial(places.read, "FirstName"),
        open=True,
        examples_en=phrases("john|mary|emily|david|sarah|michael|anna|robert|priya|kenji"),
        examples_ko=phrases("민수|지영|홍길동|김민수|서연|이지은|철수|박서준|영희|최유진"),
    ),
    BuiltIn(name="FreeFormInput", find=_nothing, read=_whole, open=True, fillable=False),
    BuiltIn(
        name="LastName",
        find=partial(places.find, "LastName"),
        read=partial(places.read, "LastName"),
        open=True,
        examples_en=phrases("smith|johnson|lee|garcia|brown|taylor|nguyen|patel|o'brien"),
        examples_ko=phrases("김|이|박|최|정|강|조|윤"),
    ),
    BuiltIn(
        name="Number",
        find=numbers.find,
        read=numbers.read,
        examples_en=phrases("2|three|5|ten|twenty five|100|four|12"),
        examples_ko=phrases("두|3|다섯|10|스물두|네|백|12|열"),
    ),
    BuiltIn(
        name="Percentage",
        find=money.find_percentage,
        read=money.read_percentage,
        examples_en=phrases("50%|20 percent|ten percent|15%"),
        examples_ko=phrases("50%|20퍼센트|오십 퍼센트|15프로"),
    ),
    BuiltIn(
        name="PhoneNumber",
        find=contacts.find_phone,
        read=contacts.read_phone,
        examples_en=phrases("555-1212|(509) 555-1212|+1 509 555 1212|5095551212"),
        examples_ko=phrases("010-1234-5678|01012345678|02-123-4567|공일공 일이삼사 오육칠팔"),
    ),
    BuiltIn(
        name="State",
        find=partial(places.find, "State"),
        read=partial(places.read, "State"),
        open=True,
        examples_en=phrases("california|texas|new york|florida|washington|north carolina|ohio"),
        examples_ko=phrases("경기도|강원도|전라남도|경상북도|캘리포니아|텍사스"),
    ),
    BuiltIn(
        name="StreetName",
        find=partial(places.find, "StreetName"),
        read=partial(places.read, "StreetName"),
        open=True,
        examples_en=phrases(
            "main street|park avenue|elm street|oak road|sunset boulevard|mill lane"
        ),
        examples_ko=phrases("세종대로|테헤란로|강남대로|올림픽로|종로"),
    ),
    BuiltIn(
        name="Time",
        find=times.find,
        read=times.read,
        examples_en=phrases(
            "8 pm|10 am|noon|5:30|half past three|seven o'clock|in the morning|six thirty pm"
        ),
        examples_ko=phrases(
            "오후 세 시|저녁 7시|정오|오전 10시 반|열두 시 십오 분|7시 30분|아침|밤 9시"
        ),
    ),
    BuiltIn(
        name="UKPostalCode",
        find=codes.find_postcode,
        read=codes.read_postcode,
        examples_en=phrases("SW1A 1AA|M1 1AE|EC1A 1BB|cr2 6xh"),
    ),
)

BUILT_INS: Final = {f"AMAZON.{kind.name}": kind for kind in _ALL}
"""A reader for each of ``bot.BUILT_IN_SLOT_TYPES``, by its signature."""

_ANY = BuiltIn(
    name="Any",
    find=_nothing,
    read=partial(places.read, "StreetName"),
    open=True,
)


def built_in(signature: str) -> BuiltIn:
    """The type of a signature such as ``AMAZON.Date``; an unknown one takes any short phrase.

    Lex V1's names, which migrated bots still carry, are known too.
    """
    return BUILT_INS.get(bot.current_slot_type(signature), _ANY)
