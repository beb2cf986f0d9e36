"""How dates, times, numbers and money are written in each locale of Lex (`bot.LOCALE_NAMES`).

Source: the Unicode CLDR, release 47: the skeletons ``yMd`` and ``Md`` and the short date for
the order and marks of dates, ``decimal`` and ``group`` of the Latin digits, the currency of the
territory. Where people type otherwise than the CLDR writes, the comment says so.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Order = Literal["day first", "month first"]


class Marks(NamedTuple):
    """The marks in a number: its ``decimal`` point, and those that set ``groups`` of digits apart.

    ``lakh`` says whether digits above the thousand are grouped by twos (12,34,567).
    """

    decimal: str = "."
    groups: str = ","
    lakh: bool = False


POINT: Final = Marks()
"""The marks of English: 1,234.5."""


class Customs(NamedTuple):
    """How a locale writes.

    ``currency`` is the ISO 4217 code of a bare sum. ``order`` is that of a day and its month;
    one of ``joints`` stands between them, and where a date is elicited one of
    ``joints_elicited`` may. Where three numbers are joined by one of ``year_first``, a year of two
    digits is the first of them. ``clock`` are the marks between hours and minutes.
    """

    currency: str
    order: Order = "day first"
    marks: Marks = POINT
    joints: str = "/"
    joints_elicited: str = ""
    year_first: str = ""
    clock: str = ":"


_ANY: Final = "./-"
_LAKH: Final = Marks(lakh=True)
_COMMA: Final = Marks(decimal=",", groups=".")
_SPACED: Final = Marks(decimal=",", groups=" .")

# Where the CLDR has a colon in times of day and people write a point as well, both are read.
CUSTOMS: Final[dict[str, Customs]] = {
    "ca_ES": Customs("EUR", marks=_COMMA, clock=":."),
    "da_DK": Customs("DKK", marks=_COMMA, joints_elicited=".", clock=":."),
    "de_AT": Customs("EUR", marks=_COMMA, joints_elicited=".", clock=":."),
    "de_DE": Customs("EUR", marks=_COMMA, joints_elicited=".", clock=":."),
    "en_AU": Customs("AUD"),
    "en_GB": Customs("GBP"),
    "en_IN": Customs("INR", marks=_LAKH),
    "en_US": Customs("USD", order="month first", joints_elicited="-"),
    # The CLDR writes 2026/03/04 and 1 234,5; people type 04/03/2026 and 1,234.5.
    "en_ZA": Customs("ZAR"),
    "es_419": Customs("USD"),
    "es_ES": Customs("EUR", marks=_COMMA),
    "es_US": Customs("USD"),
    "fi_FI": Customs("EUR", marks=_SPACED, joints_elicited=".", clock=":."),
    # The CLDR writes 03-04 for 4 March, France 03/04 for 3 April: with a hyphen neither is read.
    "fr_CA": Customs("CAD", marks=_SPACED, year_first="-"),
    "fr_FR": Customs("EUR", marks=_SPACED),
    "hi_IN": Customs("INR", marks=_LAKH),
    "it_IT": Customs("EUR", marks=_COMMA, clock=":."),
    "ja_JP": Customs("JPY", order="month first", year_first=_ANY),
    "ko_KR": Customs("KRW", order="month first", joints="/.", joints_elicited="-", year_first=_ANY),
    "nl_NL": Customs("EUR", marks=_COMMA, joints_elicited="-", clock=":."),
    "no_NO": Customs("NOK", marks=_SPACED, joints_elicited=".", clock=":."),
    "pl_PL": Customs("PLN", marks=_SPACED, joints_elicited=".", clock=":."),
    "pt_BR": Customs("BRL", marks=_COMMA),
    "pt_PT": Customs("EUR", marks=_SPACED),
    "sv_SE": Customs("SEK", marks=_SPACED, year_first="-", clock=":."),
    "zh_CN": Customs("CNY", order="month first", year_first=_ANY),
    "zh_HK": Customs("HKD"),
}
_ELSEWHERE: Final = Customs("USD", order="month first")


def customs_of(locale: str) -> Customs:
    """The customs of a Lex locale; those of en_US for one that Lex does not have."""
    return CUSTOMS.get(locale, _ELSEWHERE)
