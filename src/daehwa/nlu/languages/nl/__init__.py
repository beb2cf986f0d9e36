"""Dutch: numbers, dates, times, yes and no.

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
nul|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien
zeventien|achttien|negentien
"""
)
_TENS: Final = phrases("twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig")


def _below_thousand() -> dict[str, int]:
    small = {word: value for value, word in enumerate(_ONES)} | {"één": 1}
    for ten, tens in enumerate(_TENS, start=2):
        small[tens] = 10 * ten
        for value, one in enumerate(_ONES[1:10], 1):
            # A vowel that meets another has a diaeresis: tweeëntwintig.
            joint = "ën" if one.endswith("e") else "en"
            small[f"{one}{joint}{tens}"] = small[f"{one}en{tens}"] = 10 * ten + value
    table = dict(small)
    for prefix, hundred in {"": 1, **{one: n for n, one in enumerate(_ONES[2:10], 2)}}.items():
        table[f"{prefix}honderd"] = 100 * hundred
        for word, value in small.items():
            if value:
                for joint in ("", " ", "en", " en "):
                    table[f"{prefix}honderd{joint}{word}"] = 100 * hundred + value
    return table


_MONTHS: Final = tuple(form for forms in CALENDAR_NAMES["nl"].months for form in forms)

NUMERALS: Final = Numerals(
    below_thousand=_below_thousand(),
    multiples={"duizend": 1000, "miljoen": 1000000, "miljard": 1000000000},
    articles=phrases("een"),
    joints=phrases("en"),
    points=phrases("komma"),
    alternatives=phrases("of|tot|à"),
    minus=phrases("min"),
    halves=phrases("en een half|en een halve|eneenhalf"),
    dozens={"dozijn": 12},
    no_number_before=(*_MONTHS, *phrases("uur|derde|kwart|vierde|half|halve|tiende")),
    no_number_after=phrases("half|kwart|kwartier"),
    counted=phrases("persoon|nacht|gast|volwassene|kind|kamer|kaartje|plaats|stuk"),
    fused=phrases("duizend"),
)

_DATES: Final = WordedDates(
    names=CALENDAR_NAMES["nl"],
    numerals=NUMERALS,
    days=meanings(
        {
            "vandaag|vanavond|vanmiddag|vanochtend|vanmorgen|vannacht": 0,
            "morgen|morgenochtend|morgenmiddag|morgenavond": 1,
            "overmorgen": 2,
            "gisteren|gisteravond": -1,
            "eergisteren": -2,
        }
    ),
    joints=phrases("van"),
    articles=phrases("de|op|op de"),
    ordinals={"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5},
    ordinal_marks=phrases("e|ste|de"),
    holidays={
        "kerst": (12, 25),
        "eerste kerstdag": (12, 25),
        "kerstavond": (12, 24),
        "oudjaar": (12, 31),
        "nieuwjaar": (1, 1),
        "nieuwjaarsdag": (1, 1),
        "koningsdag": (4, 27),
        "sinterklaas": (12, 5),
    },
    which_before=meanings(
        {"volgende|komende|aanstaande|aankomende": 1, "deze": 0, "vorige|afgelopen": -1}
    ),
    which_after=meanings({"aanstaande": 1}),
    periods=meanings(
        {
            "volgende week|komende week": (1, "week"),
            "volgende maand": (1, "month"),
            "volgend jaar": (1, "year"),
            "deze week": (0, "week"),
            "deze maand": (0, "month"),
            "dit jaar": (0, "year"),
            "vorige week": (-1, "week"),
            "dit weekend|het weekend|weekend": (0, "weekend"),
            "volgend weekend": (1, "weekend"),
        }
    ),
    units=meanings(
        {
            "dag|dagen": (1, "day"),
            "week|weken": (1, "week"),
            "maand|maanden": (1, "month"),
            "jaar": (1, "year"),
        }
    ),
    within=meanings({"over|binnen": 1}),
    later=meanings({"later": 1, "geleden": -1}),
    every=phrases("elke|iedere"),
    not_after=phrases("goede|goeden|de|'s"),
)

_TIMES: Final = WordedTimes(
    numerals=NUMERALS,
    leads=phrases("om|rond|vanaf|tot|voor|na|tegen"),
    hours=phrases("uur|u"),
    fixed=meanings({"twaalf uur 's middags": 720, "middernacht|twaalf uur 's nachts": 0}),
    before={"half": -30, "kwart over": 15, "kwart voor": -15},
    past={"over": 1, "voor": -1},
    minutes=phrases("minuten|minuut|min"),
    onward=phrases("voor|alstublieft|alsjeblieft|graag|morgen|vandaag|met|en|of|op|bedankt"),
    not_after=phrases("de|op"),
    spans=phrases("over|binnen"),
    ranges=phrases("tussen"),
    parts=meanings(
        {
            "'s morgens|'s ochtends|in de ochtend|vanochtend|morgenochtend|ochtend": "MO",
            "'s middags|in de middag|vanmiddag|morgenmiddag|middag": "AF",
            "'s avonds|in de avond|vanavond|morgenavond|avond": "EV",
            "'s nachts|vannacht|in de nacht": "NI",
        }
    ),
    now=phrases("nu|meteen"),
    later=meanings({"later": 1}),
    within=meanings({"over": 0}),
)

_DURATIONS: Final = WordedDurations(
    numerals=NUMERALS,
    units=meanings(
        {
            "jaar|jaren": "Y",
            "maand|maanden": "M",
            "week|weken": "W",
            "dag|dagen|nacht|nachten": "D",
            "uur|uren": "H",
            "minuut|minuten|min": "m",
            "seconde|seconden": "S",
        }
    ),
    halves=phrases("en een half"),
    half_of=phrases("een half|een halve|half"),
    fixed={
        "anderhalf uur": ("1.5", "H"),
        "een kwartier": ("15", "m"),
        "drie kwartier": ("45", "m"),
    },
    joints=phrases("en"),
)

_CONFIRMATION: Final = worded_confirmation(
    yes="""
dat is goed|doe dat maar|komt goed|zeker weten|in orde
ja|jawel|jazeker|ja hoor|ja graag|graag|zeker|ja zeker|klopt|dat klopt|ja dat klopt
natuurlijk|uiteraard|goed|is goed|prima|oké|ok|okay|oke|juist|dat is juist|inderdaad
akkoord|doe maar|correct|helemaal|absoluut|precies|yep|yes|jep|top|lijkt me goed
graag gedaan
ik denk het wel|ik denk van wel|ik geloof het wel|ik geloof van wel|volgens mij wel
dat wil ik graag|dat wil ik|lijkt me prima|lijkt mij goed|klinkt goed|dat is prima
helemaal goed|helemaal juist|dat is correct|doen we|doe het|ga je gang|ga uw gang|ga maar door
afgesproken|akkoord hoor|mee eens|ik ben het ermee eens|ik bevestig|bevestigd|alles klopt
zonder twijfel|perfect|super|vanzelfsprekend|met plezier|waarom niet|ja natuurlijk|ja prima
ja doe maar|welzeker
""",
    no="""
doe maar niet|helemaal niet|dat hoeft niet|laat maar
nee|neen|nee bedankt|nee dank je|nee dank u|nee hoor|niet|liever niet|echt niet
zeker niet|absoluut niet|natuurlijk niet|klopt niet|dat klopt niet|onjuist
dat is niet juist|fout|niet goed|nooit|geen sprake van|annuleer|annuleren|stop
niet nodig|hoeft niet|nope|nu niet|nog niet|no
ik denk het niet|ik denk van niet|ik geloof het niet|ik geloof van niet|volgens mij niet
dat wil ik niet|ik wil niet|wil ik niet|nee dat klopt niet|nee liever niet|in geen geval
onder geen beding|absoluut niet nee|vandaag niet|op dit moment niet|niet helemaal|niet echt
helaas niet|niet nodig bedankt|is niet nodig|dat is niet nodig|vergeet het|vergeet het maar
laat maar zitten|laat zitten|dat kan niet|kan niet|geen interesse|niet geïnteresseerd
nooit van mijn leven|geen denken aan|welnee|niks ervan|dat is fout|dat is verkeerd|verkeerd
""",
    maybe="misschien|wellicht|mogelijk|hangt ervan af|zou kunnen|kan zijn",
    unknown="""
weet ik niet|ik weet het niet|weet niet|geen idee|ik heb geen idee|niet zeker
ik weet niet
ik weet het niet zeker|ik ben niet zeker|ik twijfel|twijfel|geen flauw idee|moeilijk te zeggen
moet ik over nadenken|nog niet besloten
""",
    fillers="""
graag|alstublieft|alsjeblieft|aub|bedankt|dank|je|u|eh|nou|oh|dan|hoor|wel|hartelijk
""",
)

LANGUAGE: Final = Language(
    numbers=NUMERALS.numbers,
    dates=_DATES,
    times=_TIMES.times,
    durations=_DURATIONS,
    money=worded_money(
        {"euro,euros": ("EUR", "1"), "cent,cents": ("EUR", "0.01"), "dollar,dollars": ("USD", "1")},
        percent=phrases("procent"),
    ),
    carriers=worded_carriers(
        before="""
ik heet|mijn naam is|ik ben|het is|ik wil|ik wil graag|graag|doe maar|voor|op|om|in|naar
uit|van|ja|een
""",
        after="graag|alstublieft|alsjeblieft|bedankt|dank je|dank u",
    ),
    confirmation=_CONFIRMATION,
    waiting=worded_waiting(
        wait="""
wacht|wacht even|even wachten|een moment|moment|ogenblik|een ogenblik|een minuut
momentje|een momentje|eventjes
""",
        go_on="""
ga verder|ga door|verder|doorgaan|ik ben terug|klaar|ik ben klaar|ik ben er weer
""",
    ),
    examples={
        "Confirmation": phrases("ja|nee|misschien"),
        "Date": phrases(
            """
morgen|vandaag|volgende vrijdag|3 maart|maandag|15 mei|overmorgen|25 december
"""
        ),
        "Number": phrases("2|drie|5|tien|vijfentwintig|100"),
        "Time": phrases("8 uur|10 uur 's ochtends|17:30|half drie|18 uur"),
    },
    intents={
        "AMAZON.HelpIntent": phrases("help|help me|kun je me helpen|ik heb hulp nodig"),
        "AMAZON.CancelIntent": phrases("annuleren|annuleer|laat maar|ik heb me bedacht"),
        "AMAZON.StopIntent": phrases("stop|hou op|stil|genoeg"),
        "AMAZON.RepeatIntent": phrases("herhaal|herhaal dat|kun je dat herhalen|wat zei je"),
        "AMAZON.ResumeIntent": phrases("ga verder|hervat|doorgaan"),
        "AMAZON.PauseIntent": phrases("pauze|pauzeer|wacht even"),
        "AMAZON.StartOverIntent": phrases("opnieuw beginnen|begin opnieuw|van voren af aan"),
    },
)
