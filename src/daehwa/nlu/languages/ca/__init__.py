"""Catalan: numbers, dates, times, yes and no.

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

_SMALL: Final = phrases(
    """
zero|u|dos|tres|quatre|cinc|sis|set|vuit|nou|deu|onze|dotze|tretze|catorze|quinze|setze|disset
divuit|dinou
"""
)
_TENS: Final = phrases("trenta|quaranta|cinquanta|seixanta|setanta|vuitanta|noranta")


def _below_thousand() -> dict[str, int]:
    small = {word: value for value, word in enumerate(_SMALL)}
    small |= {"un": 1, "una": 1, "dues": 2, "huit": 8, "desset": 17, "dèneu": 19}
    ones = {word: value for word, value in small.items() if 1 <= value <= 9}
    small["vint"] = 20
    for one, value in ones.items():
        small[f"vint-i-{one}"] = small[f"vint i {one}"] = 20 + value
    for ten, tens in enumerate(_TENS, start=3):
        small[tens] = 10 * ten
        for one, value in ones.items():
            small[f"{tens}-{one}"] = small[f"{tens} {one}"] = 10 * ten + value
    table = {**small, "cent": 100}
    for hundred in range(1, 10):
        names = (
            ["cent"] if hundred == 1 else [f"{_SMALL[hundred]}-cents", f"{_SMALL[hundred]} cents"]
        )
        names += ["dues-centes"] if hundred == 2 else []
        for name in names:
            table[name] = 100 * hundred
            table |= {f"{name} {one}": 100 * hundred + v for one, v in small.items() if v}
    return table


_MONTHS: Final = tuple(form for forms in CALENDAR_NAMES["ca"].months for form in forms)

NUMERALS: Final = Numerals(
    below_thousand=_below_thousand(),
    multiples={"mil": 1000, "milió": 1000000, "milions": 1000000},
    articles=phrases("un|una"),
    points=phrases("coma"),
    alternatives=phrases("o|a"),
    minus=phrases("menys"),
    halves=phrases("i mig|i mitja"),
    dozens={"dotzena": 12, "dotzenes": 12, "mitja dotzena": 6},
    no_number_before=(
        *_MONTHS,
        *phrases(
            """
quarts|terços|de gener|de febrer|de març|d'abril|de maig|de juny|de juliol|d'agost
de setembre|d'octubre|de novembre|de desembre
"""
        ),
    ),
    counted=phrases("persona|nit|adult|nen|hoste|habitació|entrada|peça"),
)

_DATES: Final = WordedDates(
    names=CALENDAR_NAMES["ca"],
    numerals=NUMERALS,
    days=meanings(
        {
            "avui|aquest matí|aquesta tarda|aquesta nit|aquest vespre": 0,
            "demà|demà al matí|demà a la tarda": 1,
            "demà passat|passat demà": 2,
            "ahir|anit": -1,
            "abans-d'ahir|abans d'ahir": -2,
        }
    ),
    joints=phrases("de|d'|del"),
    articles=phrases("el dia|el|dia|l'"),
    ordinals={"primer": 1},
    ordinal_marks=phrases("r|è"),
    holidays={
        "nadal": (12, 25),
        "per nadal": (12, 25),
        "la nit de nadal": (12, 24),
        "sant esteve": (12, 26),
        "cap d'any": (12, 31),
        "any nou": (1, 1),
        "sant jordi": (4, 23),
        "reis": (1, 6),
    },
    which_before=meanings({"el proper|proper|el pròxim|pròxim": 1, "aquest|el": 0, "l'últim": -1}),
    which_after=meanings({"que ve|vinent|proper": 1, "passat": -1}),
    periods=meanings(
        {
            "la setmana que ve|la setmana vinent|setmana que ve|la propera setmana": (1, "week"),
            "el mes que ve|el mes vinent|el proper mes": (1, "month"),
            "l'any que ve|l'any vinent": (1, "year"),
            "aquesta setmana": (0, "week"),
            "aquest mes": (0, "month"),
            "aquest any|enguany": (0, "year"),
            "la setmana passada": (-1, "week"),
            "el cap de setmana|aquest cap de setmana|cap de setmana": (0, "weekend"),
            "el cap de setmana que ve": (1, "weekend"),
        }
    ),
    units=meanings(
        {
            "dia|dies": (1, "day"),
            "setmana|setmanes": (1, "week"),
            "mes|mesos": (1, "month"),
            "any|anys": (1, "year"),
        }
    ),
    within=meanings({"d'aquí a|dintre de|d'aquí": 1, "fa": -1}),
    later=meanings({"després|més tard": 1, "enrere": -1}),
    every=phrases("cada|tots els"),
)

_TIMES: Final = WordedTimes(
    numerals=NUMERALS,
    leads=phrases("a les|a la|les|la|cap a les|són les|és la"),
    hours=phrases("hores|hora|h|en punt"),
    fixed=meanings({"migdia|el migdia": 720, "mitjanit": 0}),
    before={
        "dos quarts de": -30,
        "dos quarts d'": -30,
        "un quart de": -45,
        "un quart d'": -45,
        "tres quarts de": -15,
        "tres quarts d'": -15,
    },
    minutes=phrases("minuts|minut|min"),
    after={"i mitja": 30, "i quart": 15, "i un quart": 15, "menys quart": -15},
    joints=phrases("i"),
    less=phrases("menys"),
    onward=phrases("per|per a|si us plau|sisplau|demà|avui|amb|i|o|gràcies"),
    not_after=phrases("el|dia|al|del"),
    spans=phrases("fa|d'aquí a"),
    ranges=phrases("entre"),
    parts=meanings(
        {
            "del matí|al matí|aquest matí|de la matinada": "MO",
            "de la tarda|a la tarda|aquesta tarda|del migdia": "AF",
            "del vespre|al vespre|aquest vespre": "EV",
            "de la nit|a la nit|aquesta nit": "NI",
        }
    ),
    now=phrases("ara|ara mateix"),
    later=meanings({"després|més tard": 1}),
    within=meanings({"d'aquí a": 0}),
)

_DURATIONS: Final = WordedDurations(
    numerals=NUMERALS,
    units=meanings(
        {
            "any|anys": "Y",
            "mes|mesos": "M",
            "setmana|setmanes": "W",
            "dia|dies|nit|nits": "D",
            "hora|hores|h": "H",
            "minut|minuts|min": "m",
            "segon|segons": "S",
        }
    ),
    halves=phrases("i mitja|i mig"),
    half_of=phrases("mitja|mig"),
    fixed={
        "hora i mitja": ("1.5", "H"),
        "un quart d'hora": ("15", "m"),
        "tres quarts d'hora": ("45", "m"),
    },
    joints=phrases("i"),
)

_CONFIRMATION: Final = worded_confirmation(
    yes="""
sí|sí si us plau|i tant|és clar|esclar|clar|clar que sí|per descomptat|naturalment
d'acord|molt bé|està bé|perfecte|correcte|és correcte|exacte|exactament|això mateix
així és|efectivament|confirmo|ho confirmo|val|vale|ok|endavant|segur|tant|bé|yes
i tant que sí|crec que sí|em sembla que sí|em sembla bé|diria que sí|sí és clar|sí sisplau
va bé|va|vinga|fet|tot correcte|és això|sens dubte|de bon grat|amb molt de gust|estic d'acord
confirmat|sí exacte
""",
    no="""
no|no gràcies|no no|de cap manera|en absolut|és clar que no|i ara|mai|no vull|no ho vull
no és correcte|incorrecte|està malament|no és així|cancel·la|cancel·lar|ara no|encara no
no cal|millor que no|crec que no|no pas
gens ni mica|gens|no ho crec|em sembla que no|diria que no|no m'interessa|no em cal
no és necessari|millor no|prefereixo que no|ni parlar-ne|ni pensar-hi|de cap de les maneres
és incorrecte|deixa-ho|deixi-ho|avui no
""",
    maybe="potser|pot ser|és possible|depèn|probablement",
    unknown="""
no ho sé|no sé|ni idea|no en tinc ni idea|no n'estic segur|no n'estic segura
no estic segur|qui ho sap|m'ho he de pensar
""",
    fillers="si|us|plau|sisplau|gràcies|moltes|doncs|eh|ah|mercès",
)

LANGUAGE: Final = Language(
    numbers=NUMERALS.numbers,
    dates=_DATES,
    times=_TIMES.times,
    durations=_DURATIONS,
    money=worded_money(
        {
            "euro,euros": ("EUR", "1"),
            "cèntim,cèntims": ("EUR", "0.01"),
            "dòlar,dòlars": ("USD", "1"),
        },
        percent=phrases("per cent"),
    ),
    carriers=worded_carriers(
        before="""
em dic|el meu nom és|soc|sóc|és|vull|voldria|a|de|en|per|per a|sí|només|un
una
""",
        after="si us plau|sisplau|gràcies|moltes gràcies",
    ),
    confirmation=_CONFIRMATION,
    waiting=worded_waiting(
        wait="""
espera|esperi|espera un moment|un moment|un moment si us plau|un minut|un segon|espera't
esperi's
""",
        go_on="""
continua|continuï|continuem|endavant|ja soc aquí|ja he tornat|a punt|ja
""",
    ),
    examples={
        "Confirmation": phrases("sí|no|potser"),
        "Date": phrases(
            """
demà|avui|divendres que ve|3 de març|dilluns|15 de maig|25 de desembre
"""
        ),
        "Number": phrases("2|tres|5|deu|vint-i-cinc|100"),
        "Time": phrases("les vuit|10:30|a les 18|les dues i mitja|17:30"),
    },
    intents={
        "AMAZON.HelpIntent": phrases("ajuda|ajuda'm|em pots ajudar|necessito ajuda"),
        "AMAZON.CancelIntent": phrases("cancel·la|deixa-ho|oblida-ho|he canviat d'opinió"),
        "AMAZON.StopIntent": phrases("atura't|para|prou|silenci"),
        "AMAZON.RepeatIntent": phrases("repeteix|repeteix-ho|ho pots repetir|què has dit"),
        "AMAZON.ResumeIntent": phrases("continua|reprèn"),
        "AMAZON.PauseIntent": phrases("pausa|espera un moment"),
        "AMAZON.StartOverIntent": phrases("torna a començar|des del principi|comencem de nou"),
    },
)
