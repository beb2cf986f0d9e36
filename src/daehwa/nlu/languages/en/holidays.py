"""Days that have an English name: christmas, labor day, mothering sunday."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.holidays import (
    BUDDHAS_BIRTHDAY,
    CHRISTMAS,
    CHUSEOK,
    MONDAY,
    NEW_YEAR,
    SUNDAY,
    THANKSGIVING,
    Day,
    after,
    easter,
    fixed,
    weekday,
)
from daehwa.nlu.languages.lexicon import Lexicon, Vocabulary

_NEW_YEARS_EVE: Final = fixed(12, 31)
_AMERICAN: Final[dict[str, Day]] = {
    "christmas": CHRISTMAS, "christmas day": CHRISTMAS, "xmas": CHRISTMAS,
    "x-mas": CHRISTMAS, "christmas eve": fixed(12, 24), "xmas eve": fixed(12, 24),
    "boxing day": fixed(12, 26), "new year's eve": _NEW_YEARS_EVE,
    "new years eve": _NEW_YEARS_EVE, "new year eve": _NEW_YEARS_EVE,
    "new year's day": fixed(1, 1), "new years day": fixed(1, 1), "new year's": fixed(1, 1),
    "new years": fixed(1, 1), "new year day": fixed(1, 1), "halloween": fixed(10, 31),
    "valentine's day": fixed(2, 14), "valentines day": fixed(2, 14),
    "valentine's": fixed(2, 14), "valentines": fixed(2, 14), "valentine day": fixed(2, 14),
    "ides of march": fixed(3, 15), "the ides of march": fixed(3, 15),
    "mothers' day": weekday(5, 2, SUNDAY),
    "fathers' day": weekday(6, 3, SUNDAY), "labour day": weekday(9, 1, MONDAY),
    "april fools": fixed(4, 1), "april fool's day": fixed(4, 1),
    "april fools' day": fixed(4, 1), "april fools day": fixed(4, 1),
    "st patrick's day": fixed(3, 17), "st. patrick's day": fixed(3, 17),
    "saint patrick's day": fixed(3, 17), "st patricks day": fixed(3, 17),
    "independence day": fixed(7, 4), "fourth of july": fixed(7, 4),
    "the fourth of july": fixed(7, 4), "the 4th of july": fixed(7, 4), "july 4th": fixed(7, 4),
    "4th of july": fixed(7, 4), "july fourth": fixed(7, 4), "april fool's": fixed(4, 1),
    "juneteenth": fixed(6, 19), "veterans day": fixed(11, 11),
    "veteran's day": fixed(11, 11), "cinco de mayo": fixed(5, 5), "earth day": fixed(4, 22),
    "groundhog day": fixed(2, 2), "flag day": fixed(6, 14), "pi day": fixed(3, 14),
    "bonfire night": fixed(11, 5), "guy fawkes night": fixed(11, 5), "burns night": fixed(1, 25),
    "st andrew's day": fixed(11, 30), "st george's day": fixed(4, 23), "may day": fixed(5, 1),
    "women's day": fixed(3, 8), "armistice day": fixed(11, 11), "remembrance day": fixed(11, 11),
    "canada day": fixed(7, 1), "bastille day": fixed(7, 14), "all saints' day": fixed(11, 1),
    "martin luther king day": weekday(1, 3, MONDAY), "mlk day": weekday(1, 3, MONDAY),
    "martin luther king jr day": weekday(1, 3, MONDAY),
    "presidents day": weekday(2, 3, MONDAY), "president's day": weekday(2, 3, MONDAY),
    "presidents' day": weekday(2, 3, MONDAY), "mother's day": weekday(5, 2, SUNDAY),
    "mothers day": weekday(5, 2, SUNDAY), "memorial day": weekday(5, -1, MONDAY),
    "father's day": weekday(6, 3, SUNDAY), "fathers day": weekday(6, 3, SUNDAY),
    "labor day": weekday(9, 1, MONDAY), "columbus day": weekday(10, 2, MONDAY),
    "indigenous peoples' day": weekday(10, 2, MONDAY), "thanksgiving": THANKSGIVING,
    "thanksgiving day": THANKSGIVING, "black friday": after(THANKSGIVING, 1),
    "cyber monday": after(THANKSGIVING, 4), "easter": easter, "easter sunday": easter,
    "easter monday": after(easter, 1), "good friday": after(easter, -2),
    "palm sunday": after(easter, -7), "ash wednesday": after(easter, -46),
    "chuseok": CHUSEOK, "seollal": NEW_YEAR, "lunar new year": NEW_YEAR,
    "buddha's birthday": BUDDHAS_BIRTHDAY,
}  # fmt: skip
# Where countries differ: the United Kingdom's and Australia's days.
_MOTHERING_SUNDAY: Final = after(easter, -21)
_BRITISH: Final = {
    "mother's day": _MOTHERING_SUNDAY, "mothers day": _MOTHERING_SUNDAY,
    "mothering sunday": _MOTHERING_SUNDAY,
}  # fmt: skip
_AUSTRALIAN: Final = {
    "father's day": weekday(9, 1, SUNDAY), "fathers day": weekday(9, 1, SUNDAY),
    "australia day": fixed(1, 26), "anzac day": fixed(4, 25),
}  # fmt: skip
VOCABULARY: Final = Vocabulary()
_ANYWHERE: Final = VOCABULARY.lexicon(_AMERICAN)
_ABROAD: Final = {
    "en_GB": VOCABULARY.lexicon(_AMERICAN | _BRITISH),
    "en_AU": VOCABULARY.lexicon(_AMERICAN | _AUSTRALIAN),
}


def names(locale: str) -> Lexicon[Day]:
    """The names; where countries differ, the locale's own, else the United States'."""
    return _ABROAD.get(locale, _ANYWHERE)
