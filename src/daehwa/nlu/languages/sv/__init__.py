"""Swedish: numbers, dates, times, yes and no.

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
noll|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton
nitton
"""
)
_TENS: Final = phrases("tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio")


def _below_thousand() -> dict[str, int]:
    small = {word: value for value, word in enumerate(_ONES)} | {"en": 1}
    ones = {word: value for word, value in small.items() if 1 <= value <= 9}
    for ten, tens in enumerate(_TENS, start=2):
        small[tens] = 10 * ten
        small |= {f"{tens}{one}": 10 * ten + value for one, value in ones.items()}
    table = dict(small)
    for prefix, hundred in {"": 1, "ett ": 1, "ett": 1, **_hundreds()}.items():
        table[f"{prefix}hundra"] = 100 * hundred
        for word, value in small.items():
            if value:
                for joint in ("", " "):
                    table[f"{prefix}hundra{joint}{word}"] = 100 * hundred + value
    return table


def _hundreds() -> dict[str, int]:
    return {f"{one}{gap}": n for n, one in enumerate(_ONES[2:10], 2) for gap in ("", " ")}


_MONTHS: Final = tuple(form for forms in CALENDAR_NAMES["sv"].months for form in forms)

NUMERALS: Final = Numerals(
    below_thousand=_below_thousand(),
    multiples={"tusen": 1000, "miljon": 1000000, "miljoner": 1000000},
    articles=phrases("en|ett"),
    points=phrases("komma"),
    alternatives=phrases("eller|till"),
    minus=phrases("minus"),
    halves=phrases("och en halv|och ett halvt"),
    dozens={"dussin": 12},
    no_number_before=(
        *_MONTHS,
        *phrases("tredjedel|tredjedelar|kvart|fjärdedel|fjärdedelar|halv|halvt"),
    ),
    no_number_after=phrases("halv|kvart"),
    counted=phrases("person|natt|gäst|vuxen|barn|rum|biljett|plats|styck"),
    fused=phrases("tusen"),
)

_DATES: Final = WordedDates(
    names=CALENDAR_NAMES["sv"],
    numerals=NUMERALS,
    days=meanings(
        {
            "i dag|idag|i kväll|ikväll|i eftermiddag|i förmiddag|i natt": 0,
            "i morgon|imorgon|imorron|i morgon bitti|i morgon kväll": 1,
            "i övermorgon|övermorgon": 2,
            "i går|igår": -1,
            "i förrgår|förrgår": -2,
        }
    ),
    articles=phrases("den"),
    ordinals={
        word: n
        for n, word in enumerate(
            phrases(
                "första|andra|tredje|fjärde|femte|sjätte|sjunde|åttonde|nionde|tionde|elfte|tolfte"
            ),
            1,
        )
    },
    ordinal_marks=phrases(":e|:a|e|a"),
    holidays={
        "jul": (12, 25),
        "juldagen": (12, 25),
        "julafton": (12, 24),
        "nyårsafton": (12, 31),
        "nyårsdagen": (1, 1),
        "nyår": (1, 1),
    },
    which_before=meanings({"nästa|kommande": 1, "på|denna": 0, "förra|i": -1}),
    periods=meanings(
        {
            "nästa vecka": (1, "week"),
            "nästa månad": (1, "month"),
            "nästa år": (1, "year"),
            "denna vecka|den här veckan": (0, "week"),
            "denna månad|den här månaden": (0, "month"),
            "i år": (0, "year"),
            "förra veckan": (-1, "week"),
            "i helgen|helgen|till helgen": (0, "weekend"),
        }
    ),
    units=meanings(
        {
            "dag|dagar": (1, "day"),
            "vecka|veckor": (1, "week"),
            "månad|månader": (1, "month"),
            "år": (1, "year"),
        }
    ),
    within=meanings({"om": 1}),
    later=meanings({"senare": 1, "sedan": -1}),
    every=phrases("varje"),
)

_TIMES: Final = WordedTimes(
    numerals=NUMERALS,
    leads=phrases("klockan|kl|kl.|vid"),
    fixed=meanings({"mitt på dagen": 720, "midnatt": 0}),
    before={"halv": -30, "kvart över": 15, "kvart i": -15},
    past={"över": 1, "i": -1},
    minutes=phrases("minuter"),
    onward=phrases("till|för|tack|i|med|och|eller|på"),
    not_after=phrases("den"),
    spans=phrases("om"),
    ranges=phrases("mellan"),
    parts=meanings(
        {
            "på morgonen|morgon|på förmiddagen|förmiddag|imorse|i morse": "MO",
            "på eftermiddagen|eftermiddag|i eftermiddag": "AF",
            "på kvällen|kväll|i kväll|ikväll": "EV",
            "på natten|i natt": "NI",
        }
    ),
    now=phrases("nu|just nu"),
    later=meanings({"senare": 1}),
    within=meanings({"om": 0}),
)

_DURATIONS: Final = WordedDurations(
    numerals=NUMERALS,
    units=meanings(
        {
            "år": "Y",
            "månad|månader": "M",
            "vecka|veckor": "W",
            "dag|dagar|natt|nätter|dygn": "D",
            "timme|timmar|tim": "H",
            "minut|minuter|min": "m",
            "sekund|sekunder": "S",
        }
    ),
    half_of=phrases("en halv|ett halvt|halv"),
    fixed={"en och en halv timme": ("1.5", "H"), "en kvart": ("15", "m"), "tre kvart": ("45", "m")},
    joints=phrases("och"),
)

_CONFIRMATION: Final = worded_confirmation(
    yes="""
helt okej|helt ok|helt i sin ordning|alldeles riktigt
ja|jo|japp|jajamän|jajamen|ja tack|ja gärna|gärna|självklart|naturligtvis|såklart
absolut|visst|javisst|rätt|det är rätt|korrekt|det är korrekt|det stämmer|stämmer|okej
ok|okay|bra|det är bra|det går bra|precis|just det|jag håller med|kör|gör det|låter bra
yes
det tror jeg|jag tror det|det vill jag gärna|det vill jag|ja då|ja självklart|ja det stämmer
helt rätt|det är helt rätt|bara gör det|kör på|gärna det|mycket gärna|låter fint|det passar
det passar bra|det blir bra|avtalat|jag bekräftar|bekräftat|allt är rätt|allt i sin ordning
utan tvekan|perfekt|toppen|jättebra|okej då|definitivt|klart|klart det|javisst då|mm
""",
    no="""
nej|nej tack|nä|nej då|nix|inte|helst inte|absolut inte|inte alls|självklart inte
naturligtvis inte|aldrig|fel|det är fel|det är inte rätt|inte rätt|inte korrekt
det stämmer inte|stämmer inte|avbryt|stopp|inte nu|inte än|behövs inte|det behövs inte
nope|no
det tror jag inte|jag tror inte det|jag tror inte|det vill jag inte|jag vill inte|vill inte
nejdå|nej nej|nej det är fel|på inget sätt|under inga omständigheter|inte idag|inte just nu
inte riktigt|inte direkt|tyvärr inte|det är inte nödvändigt|inte nödvändigt|hellre inte
glöm det|låt bli|strunta i det|det kan jag inte|aldrig i livet|verkligen inte|ingalunda
""",
    maybe="kanske|möjligen|det beror på|kanske det|det kan vara så",
    unknown="""
vet inte|jag vet inte|det vet jag inte|ingen aning|jag är inte säker|osäker|vet ej
det är jag inte säker på|inte säker|jag är osäker|svårt att säga|jag måste tänka
har inte bestämt mig|ingen susning
""",
    fillers="tack|snälla|gärna|eh|alltså|nå|åh|så|då|mycket",
)

LANGUAGE: Final = Language(
    numbers=NUMERALS.numbers,
    dates=_DATES,
    times=_TIMES.times,
    durations=_DURATIONS,
    money=worded_money(
        {
            "krona,kronor,kr,spänn": ("SEK", "1"),
            "öre": ("SEK", "0.01"),
            "euro": ("EUR", "1"),
            "dollar": ("USD", "1"),
        },
        percent=phrases("procent"),
    ),
    carriers=worded_carriers(
        before="""
jag heter|mitt namn är|jag är|det är|jag vill ha|jag skulle vilja ha|jag vill|till|för
på|kl|klockan|i|från|ja|en|ett
""",
        after="tack|gärna|snälla|tack så mycket",
    ),
    confirmation=_CONFIRMATION,
    waiting=worded_waiting(
        wait="""
vänta|vänta lite|vänta ett ögonblick|ett ögonblick|ögonblick|en minut|en sekund
vänta en minut|var god vänta
""",
        go_on="fortsätt|vidare|gå vidare|jag är tillbaka|klar|jag är klar|färdig",
    ),
    examples={
        "Confirmation": phrases("ja|nej|kanske"),
        "Date": phrases("i morgon|i dag|nästa fredag|3 mars|måndag|15 maj|25 december"),
        "Number": phrases("2|tre|5|tio|tjugofem|100"),
        "Time": phrases("klockan 8|10:30|kl. 18|halv tre|17:30"),
    },
    intents={
        "AMAZON.HelpIntent": phrases("hjälp|hjälp mig|kan du hjälpa mig|jag behöver hjälp"),
        "AMAZON.CancelIntent": phrases("avbryt|glöm det|jag har ändrat mig"),
        "AMAZON.StopIntent": phrases("stopp|sluta|tyst|nog"),
        "AMAZON.RepeatIntent": phrases("upprepa|upprepa det|kan du upprepa det|vad sa du"),
        "AMAZON.ResumeIntent": phrases("fortsätt|återuppta"),
        "AMAZON.PauseIntent": phrases("pausa|vänta lite"),
        "AMAZON.StartOverIntent": phrases("börja om|starta om|från början"),
    },
)
