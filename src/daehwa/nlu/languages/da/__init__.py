"""Danish: numbers, dates, times, yes and no.

The names of months and days come from the CLDR; numerals are those of the language's grammar.
"""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.cldr import CALENDAR_NAMES
from daehwa.nlu.languages.language import Language
from daehwa.nlu.languages.lexicon import meanings, phrases
from daehwa.nlu.languages.numerals import Numerals
from daehwa.nlu.languages.worded_dates import WordedDates
from daehwa.nlu.languages.worded_durations import WordedDurations
from daehwa.nlu.languages.worded_money import worded_money
from daehwa.nlu.languages.worded_replies import worded_carriers, worded_confirmation, worded_waiting
from daehwa.nlu.languages.worded_times import WordedTimes

__all__ = ["LANGUAGE", "NUMERALS"]

_ONES: Final = phrases(
    """
nul|en|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|tretten|fjorten|femten|seksten|sytten|atten
nitten
"""
)
_TENS: Final = {
    "tyve": 20,
    "tredive": 30,
    "fyrre": 40,
    "fyrretyve": 40,
    "halvtreds": 50,
    "tres": 60,
    "halvfjerds": 70,
    "firs": 80,
    "halvfems": 90,
    "halvtredsindstyve": 50,
    "tresindstyve": 60,
    "halvfjerdsindstyve": 70,
    "firsindstyve": 80,
    "halvfemsindstyve": 90,
}


def _below_thousand() -> dict[str, int]:
    small = {word: value for value, word in enumerate(_ONES)} | {"et": 1, "én": 1, "ét": 1}
    ones = {word: value for word, value in small.items() if 1 <= value <= 9}
    for tens, ten in _TENS.items():
        small[tens] = ten
        small |= {f"{one}og{tens}": ten + value for one, value in ones.items()}
    table = dict(small)
    for prefix, hundred in {"": 1, "et ": 1, "et": 1, **_hundreds()}.items():
        table[f"{prefix}hundrede"] = table[f"{prefix}hundred"] = 100 * hundred
        for word, value in small.items():
            if value:
                for joint in (" ", " og ", "og"):
                    table[f"{prefix}hundrede{joint}{word}"] = 100 * hundred + value
    return table


def _hundreds() -> dict[str, int]:
    return {f"{one}{gap}": n for n, one in enumerate(_ONES[2:10], 2) for gap in ("", " ")}


_MONTHS: Final = tuple(form for forms in CALENDAR_NAMES["da"].months for form in forms)

NUMERALS: Final = Numerals(
    below_thousand=_below_thousand(),
    multiples={"tusind": 1000, "tusinde": 1000, "million": 1000000, "millioner": 1000000},
    articles=phrases("en|et"),
    joints=phrases("og"),
    points=phrases("komma"),
    alternatives=phrases("eller|til"),
    minus=phrases("minus"),
    halves=phrases("og en halv|og et halvt"),
    dozens={"dusin": 12},
    no_number_before=(
        *_MONTHS,
        *phrases("tredjedel|tredjedele|kvart|fjerdedel|fjerdedele|halv|halvt"),
    ),
    no_number_after=phrases("halv|kvart|kvarter"),
    counted=phrases("person|nat|gæst|voksen|barn|værelse|billet|plads|stk"),
    fused=phrases("tusind"),
)

_DATES: Final = WordedDates(
    names=CALENDAR_NAMES["da"],
    numerals=NUMERALS,
    days=meanings(
        {
            "i dag|idag|i aften|i eftermiddag|i formiddag|i morges|i nat": 0,
            "i morgen|imorgen|i morgen tidlig|i morgen aften": 1,
            "i overmorgen|overmorgen": 2,
            "i går|igår": -1,
            "i forgårs|forgårs": -2,
        }
    ),
    articles=phrases("den|d."),
    ordinals={
        word: n
        for n, word in enumerate(
            phrases(
                "første|anden|tredje|fjerde|femte|sjette|syvende|ottende|niende|tiende|ellevte|tolvte"
            ),
            1,
        )
    },
    ordinal_marks=phrases("."),
    holidays={
        "jul": (12, 25),
        "juledag": (12, 25),
        "juleaften": (12, 24),
        "nytårsaften": (12, 31),
        "nytårsdag": (1, 1),
        "nytår": (1, 1),
    },
    which_before=meanings({"næste|førstkommende|kommende": 1, "denne|på": 0, "sidste|forrige": -1}),
    periods=meanings(
        {
            "næste uge": (1, "week"),
            "næste måned": (1, "month"),
            "næste år": (1, "year"),
            "denne uge": (0, "week"),
            "denne måned": (0, "month"),
            "i år": (0, "year"),
            "sidste uge": (-1, "week"),
            "i weekenden|weekenden": (0, "weekend"),
        }
    ),
    units=meanings(
        {
            "dag|dage": (1, "day"),
            "uge|uger": (1, "week"),
            "måned|måneder": (1, "month"),
            "år": (1, "year"),
        }
    ),
    within=meanings({"om": 1}),
    later=meanings({"senere": 1, "siden": -1}),
    every=phrases("hver|hver eneste"),
)

_TIMES: Final = WordedTimes(
    numerals=NUMERALS,
    leads=phrases("klokken|kl|kl.|ved"),
    fixed=meanings({"middag": 720, "midnat": 0}),
    before={"halv": -30, "kvart over": 15, "kvart i": -15, "kvarter i": -15, "kvarter over": 15},
    past={"over": 1, "i": -1, "minutter over": 1, "minutter i": -1},
    minutes=phrases("minutter"),
    onward=phrases("til|for|tak|i|med|og|eller|på|venligst"),
    not_after=phrases("den|d."),
    spans=phrases("om"),
    ranges=phrases("mellem"),
    parts=meanings(
        {
            "om morgenen|morgen|om formiddagen|formiddag": "MO",
            "om eftermiddagen|eftermiddag|i eftermiddag": "AF",
            "om aftenen|aften|i aften": "EV",
            "om natten|i nat": "NI",
        }
    ),
    no_parts_after=("i",),
    now=phrases("nu|lige nu"),
    later=meanings({"senere": 1}),
    within=meanings({"om": 0}),
)

_DURATIONS: Final = WordedDurations(
    numerals=NUMERALS,
    units=meanings(
        {
            "år": "Y",
            "måned|måneder": "M",
            "uge|uger": "W",
            "dag|dage|nat|nætter|døgn": "D",
            "time|timer": "H",
            "minut|minutter|min": "m",
            "sekund|sekunder": "S",
        }
    ),
    half_of=phrases("en halv|et halvt|halv"),
    fixed={"halvanden time": ("1.5", "H"), "et kvarter": ("15", "m"), "tre kvarter": ("45", "m")},
    joints=phrases("og"),
)

_CONFIRMATION: Final = worded_confirmation(
    yes="""
helt fint|helt ok|helt i orden|helt okay
ja|jo|jep|jeps|jada|ja tak|ja gerne|gerne|selvfølgelig|naturligvis|klart|helt sikkert
rigtigt|det er rigtigt|korrekt|det er korrekt|det stemmer|stemmer|okay|ok|fint
det er fint|i orden|det er i orden|præcis|netop|bestemt|absolut|enig|det lyder godt
god idé|super|yes
det tror jeg|jeg tror det|det vil jeg gerne|det vil jeg|ja da|ja selvfølgelig|ja det er rigtigt
det er helt rigtigt|helt rigtigt|det er jeg med på|gør det|bare gør det|kør på|endelig
ja endelig|meget gerne|lyder godt|det passer|det passer fint|aftale|det er en aftale
jeg er enig|jeg bekræfter|bekræftet|alt i orden|uden tvivl|perfekt|fedt
""",
    no="""
ikke i dag tak|ikke nu tak|ellers tak nej
nej|nej tak|næh|niks|nej ikke|ikke|helst ikke|slet ikke|overhovedet ikke
selvfølgelig ikke|bestemt ikke|aldrig|forkert|det er forkert|det er ikke rigtigt
det passer ikke|ikke korrekt|det stemmer ikke|annuller|annullér|stop|ikke nu|ikke endnu
det behøves ikke|niks|nope|no
det tror jeg ikke|jeg tror det ikke|jeg tror ikke|det vil jeg ikke|vil jeg ikke|jeg vil ikke
nej ellers tak|ellers tak|nej da|nej det er forkert|på ingen måde|under ingen omstændigheder
ikke i dag|ikke lige nu|ikke helt|ikke rigtig|desværre ikke|det er ikke nødvendigt
ikke nødvendigt|hellere ikke|glem det|lad være|lad det være|det gør ikke noget|det kan jeg ikke
aldrig i livet|nej nej
""",
    maybe="måske|muligvis|det kommer an på|kan være|det kan være",
    unknown="""
det ved jeg ikke|ved ikke|jeg ved det ikke|ved det ikke|ingen anelse|jeg er ikke sikker
ikke sikker
det er jeg ikke sikker på|jeg er i tvivl|i tvivl|aner det ikke|det aner jeg ikke|svært at sige
det må jeg tænke over|har ikke besluttet mig
""",
    fillers="tak|venligst|gerne|øh|altså|nå|åh|så|mange|da",
)

LANGUAGE: Final = Language(
    numbers=NUMERALS.numbers,
    dates=_DATES,
    times=_TIMES.times,
    durations=_DURATIONS,
    money=worded_money(
        {
            "krone,kroner,kr,kr.": ("DKK", "1"),
            "øre": ("DKK", "0.01"),
            "euro": ("EUR", "1"),
            "dollar,dollars": ("USD", "1"),
        },
        percent=phrases("procent"),
    ),
    carriers=worded_carriers(
        before="""
jeg hedder|mit navn er|jeg er|det er|jeg vil gerne have|jeg vil gerne|jeg vil|til|for|på
kl|klokken|i|fra|ja|en|et
""",
        after="tak|gerne|venligst|mange tak",
    ),
    confirmation=_CONFIRMATION,
    waiting=worded_waiting(
        wait="""
vent|vent lidt|vent et øjeblik|et øjeblik|øjeblik|lige et øjeblik|et minut|vent venligst
to sekunder
""",
        go_on="""
fortsæt|videre|gå videre|jeg er tilbage|klar|jeg er klar|færdig|så er jeg her igen
""",
    ),
    examples={
        "Confirmation": phrases("ja|nej|måske"),
        "Date": phrases("i morgen|i dag|næste fredag|3. marts|mandag|15. maj|25. december"),
        "Number": phrases("2|tre|5|ti|femogtyve|100"),
        "Time": phrases("klokken 8|10.30|kl. 18|halv tre|17:30"),
    },
    intents={
        "AMAZON.HelpIntent": phrases("hjælp|hjælp mig|kan du hjælpe mig|jeg har brug for hjælp"),
        "AMAZON.CancelIntent": phrases("annuller|glem det|jeg har ombestemt mig"),
        "AMAZON.StopIntent": phrases("stop|hold op|stille|nok"),
        "AMAZON.RepeatIntent": phrases("gentag|gentag det|kan du gentage det|hvad sagde du"),
        "AMAZON.ResumeIntent": phrases("fortsæt|genoptag|kør videre"),
        "AMAZON.PauseIntent": phrases("pause|vent lidt"),
        "AMAZON.StartOverIntent": phrases("start forfra|begynd forfra|fra begyndelsen"),
    },
)
