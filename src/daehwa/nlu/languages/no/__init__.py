"""Norwegian: numbers, dates, times, yes and no.

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
null|en|to|tre|fire|fem|seks|sju|åtte|ni|ti|elleve|tolv|tretten|fjorten|femten|seksten|sytten|atten
nitten
"""
)
_TENS: Final = phrases("tjue|tretti|førti|femti|seksti|sytti|åtti|nitti")


def _below_thousand() -> dict[str, int]:
    small = {word: value for value, word in enumerate(_ONES)}
    small |= {"én": 1, "ett": 1, "ei": 1, "syv": 7, "tyve": 20, "tredve": 30, "førr": 40}
    ones = {word: value for word, value in small.items() if 1 <= value <= 9}
    for ten, tens in enumerate(_TENS, start=2):
        small[tens] = 10 * ten
        small |= {f"{tens}{one}": 10 * ten + value for one, value in ones.items()}
        small |= {f"{one}og{tens}": 10 * ten + value for one, value in ones.items()}
    small |= {f"{one}ogtyve": 20 + value for one, value in ones.items()}
    table = dict(small)
    for prefix, hundred in {"": 1, "en ": 1, "ett ": 1, "ett": 1, "et": 1, **_hundreds()}.items():
        table[f"{prefix}hundre"] = 100 * hundred
        for word, value in small.items():
            if value:
                for joint in (" ", " og ", "og"):
                    table[f"{prefix}hundre{joint}{word}"] = 100 * hundred + value
    return table


def _hundreds() -> dict[str, int]:
    return {f"{one}{gap}": n for n, one in enumerate(_ONES[2:10], 2) for gap in ("", " ")}


_MONTHS: Final = tuple(form for forms in CALENDAR_NAMES["no"].months for form in forms)

NUMERALS: Final = Numerals(
    below_thousand=_below_thousand(),
    multiples={"tusen": 1000, "million": 1000000, "millioner": 1000000},
    articles=phrases("en|ett|et|ei"),
    joints=phrases("og"),
    points=phrases("komma"),
    alternatives=phrases("eller|til"),
    minus=phrases("minus"),
    halves=phrases("og en halv|og et halvt"),
    dozens={"dusin": 12},
    no_number_before=(
        *_MONTHS,
        *phrases("tredjedel|tredjedeler|kvart|fjerdedel|fjerdedeler|halv|halvt"),
    ),
    no_number_after=phrases("halv|kvart"),
    counted=phrases("person|natt|gjest|voksen|barn|rom|billett|plass|stykk"),
    fused=phrases("tusen"),
)

_DATES: Final = WordedDates(
    names=CALENDAR_NAMES["no"],
    numerals=NUMERALS,
    days=meanings(
        {
            "i dag|idag|i kveld|i ettermiddag|i formiddag|i morges|i natt": 0,
            "i morgen|imorgen|i morra|i morgen tidlig|i morgen kveld": 1,
            "i overmorgen|overmorgen": 2,
            "i går|igår": -1,
            "i forgårs|forgårs": -2,
        }
    ),
    articles=phrases("den"),
    ordinals={
        word: n
        for n, word in enumerate(
            phrases(
                "første|andre|tredje|fjerde|femte|sjette|sjuende|åttende|niende|tiende|ellevte|tolvte"
            ),
            1,
        )
    },
    ordinal_marks=phrases("."),
    holidays={
        "jul": (12, 25),
        "første juledag": (12, 25),
        "julaften": (12, 24),
        "nyttårsaften": (12, 31),
        "nyttårsdag": (1, 1),
        "nyttår": (1, 1),
        "syttende mai": (5, 17),
    },
    which_before=meanings({"neste|førstkommende|kommende": 1, "denne|på": 0, "forrige|sist": -1}),
    periods=meanings(
        {
            "neste uke": (1, "week"),
            "neste måned": (1, "month"),
            "neste år": (1, "year"),
            "denne uka|denne uken": (0, "week"),
            "denne måneden": (0, "month"),
            "i år": (0, "year"),
            "forrige uke": (-1, "week"),
            "i helga|i helgen|helgen|til helga|til helgen": (0, "weekend"),
        }
    ),
    units=meanings(
        {
            "dag|dager": (1, "day"),
            "uke|uker": (1, "week"),
            "måned|måneder": (1, "month"),
            "år": (1, "year"),
        }
    ),
    within=meanings({"om": 1}),
    later=meanings({"senere": 1, "siden": -1}),
    every=phrases("hver"),
)

_TIMES: Final = WordedTimes(
    numerals=NUMERALS,
    leads=phrases("klokka|klokken|kl|kl.|ved"),
    fixed=meanings({"midt på dagen": 720, "midnatt": 0}),
    before={"halv": -30, "kvart over": 15, "kvart på": -15},
    past={"over": 1, "på": -1},
    minutes=phrases("minutter"),
    onward=phrases("til|for|takk|i|med|og|eller|på"),
    not_after=phrases("den"),
    spans=phrases("om"),
    ranges=phrases("mellom"),
    parts=meanings(
        {
            "om morgenen|morgen|om formiddagen|formiddag": "MO",
            "om ettermiddagen|ettermiddag|i ettermiddag": "AF",
            "om kvelden|kveld|i kveld": "EV",
            "om natta|om natten|i natt": "NI",
        }
    ),
    no_parts_after=("i",),
    now=phrases("nå|akkurat nå"),
    later=meanings({"senere": 1}),
    within=meanings({"om": 0}),
)

_DURATIONS: Final = WordedDurations(
    numerals=NUMERALS,
    units=meanings(
        {
            "år": "Y",
            "måned|måneder": "M",
            "uke|uker": "W",
            "dag|dager|natt|netter|døgn": "D",
            "time|timer": "H",
            "minutt|minutter|min": "m",
            "sekund|sekunder": "S",
        }
    ),
    half_of=phrases("en halv|et halvt|halv"),
    fixed={"halvannen time": ("1.5", "H"), "et kvarter": ("15", "m"), "tre kvarter": ("45", "m")},
    joints=phrases("og"),
)

_CONFIRMATION: Final = worded_confirmation(
    yes="""
helt greit|helt fint|helt ok|helt i orden
ja|jo|japp|jepp|ja takk|ja gjerne|gjerne|selvfølgelig|selvsagt|klart|klart det
helt sikkert|riktig|det er riktig|korrekt|det er korrekt|det stemmer|stemmer|okei|ok
okay|greit|det er greit|fint|det er fint|i orden|nettopp|akkurat|absolutt|enig
den er god|høres bra ut|yes
det tror jeg|jeg tror det|det vil jeg gjerne|det vil jeg|ja da|jada|ja selvfølgelig
ja det stemmer|helt riktig|det er helt riktig|gjør det|bare gjør det|kjør på|gjerne det
veldig gjerne|høres fint ut|det passer|det passer fint|avtale|jeg er enig|jeg bekrefter
bekreftet|alt i orden|uten tvil|perfekt|supert|topp|den er grei|helt klart|så klart
""",
    no="""
nei|nei takk|næ|niks|ikke|helst ikke|slett ikke|overhodet ikke|absolutt ikke
selvfølgelig ikke|aldri|feil|det er feil|det er ikke riktig|ikke riktig|ikke korrekt
det stemmer ikke|stemmer ikke|avbryt|stopp|ikke nå|ikke ennå|trengs ikke|det trengs ikke
nope|no
ikke i det hele tatt|det tror jeg ikke|jeg tror ikke det|jeg tror ikke|det vil jeg ikke
jeg vil ikke|vil ikke|nei da|neida|nei det er feil|på ingen måte|under ingen omstendigheter
ikke i dag|ikke akkurat nå|ikke helt|ikke egentlig|dessverre ikke|det er ikke nødvendig
ikke nødvendig|heller ikke|glem det|la være|la det være|det kan jeg ikke|aldri i livet|nei nei
helst ikke takk
""",
    maybe="kanskje|muligens|det kommer an på|kan hende|det kan være",
    unknown="""
vet ikke|jeg vet ikke|det vet jeg ikke|ikke peiling|aner ikke|jeg er ikke sikker
ikke sikker|usikker
det er jeg ikke sikker på|jeg er usikker|aner ikke det|vanskelig å si|det må jeg tenke på
har ikke bestemt meg
""",
    fillers="takk|vennligst|gjerne|eh|altså|nå|å|så|tusen|da",
)

LANGUAGE: Final = Language(
    numbers=NUMERALS.numbers,
    dates=_DATES,
    times=_TIMES.times,
    durations=_DURATIONS,
    money=worded_money(
        {
            "krone,kroner,kr,kr.": ("NOK", "1"),
            "øre": ("NOK", "0.01"),
            "euro": ("EUR", "1"),
            "dollar": ("USD", "1"),
        },
        percent=phrases("prosent"),
    ),
    carriers=worded_carriers(
        before="""
jeg heter|mitt navn er|navnet mitt er|jeg er|det er|jeg vil gjerne ha|jeg vil gjerne
jeg vil|til|for|på|kl|klokka|klokken|i|fra|ja|en|et
""",
        after="takk|gjerne|er du snill|vennligst|tusen takk",
    ),
    confirmation=_CONFIRMATION,
    waiting=worded_waiting(
        wait="""
vent|vent litt|vent et øyeblikk|et øyeblikk|øyeblikk|bare et øyeblikk|et minutt
vennligst vent|to sekunder
""",
        go_on="fortsett|videre|gå videre|jeg er tilbake|klar|jeg er klar|ferdig",
    ),
    examples={
        "Confirmation": phrases("ja|nei|kanskje"),
        "Date": phrases("i morgen|i dag|neste fredag|3. mars|mandag|15. mai|25. desember"),
        "Number": phrases("2|tre|5|ti|tjuefem|100"),
        "Time": phrases("klokka 8|10:30|kl. 18|halv tre|17:30"),
    },
    intents={
        "AMAZON.HelpIntent": phrases("hjelp|hjelp meg|kan du hjelpe meg|jeg trenger hjelp"),
        "AMAZON.CancelIntent": phrases("avbryt|glem det|jeg har ombestemt meg"),
        "AMAZON.StopIntent": phrases("stopp|slutt|stille|nok"),
        "AMAZON.RepeatIntent": phrases("gjenta|gjenta det|kan du gjenta det|hva sa du"),
        "AMAZON.ResumeIntent": phrases("fortsett|gjenoppta"),
        "AMAZON.PauseIntent": phrases("pause|vent litt"),
        "AMAZON.StartOverIntent": phrases("start på nytt|begynn på nytt|fra begynnelsen"),
    },
)
