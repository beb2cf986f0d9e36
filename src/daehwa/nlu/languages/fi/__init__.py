"""Finnish: numbers, dates, times, yes and no.

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
    "nolla|yksi|kaksi|kolme|neljä|viisi|kuusi|seitsemän|kahdeksan|yhdeksän|kymmenen"
)


def _below_thousand() -> dict[str, int]:
    small = {word: value for value, word in enumerate(_ONES)}
    small |= {f"{one}toista": 10 + value for value, one in enumerate(_ONES[1:10], 1)}
    for ten, tens in enumerate(_ONES[2:10], 2):
        small[f"{tens}kymmentä"] = 10 * ten
        for value, one in enumerate(_ONES[1:10], 1):
            small[f"{tens}kymmentä{one}"] = small[f"{tens}kymmentä {one}"] = 10 * ten + value
    table = {**small, "sata": 100}
    hundreds = {"sata": 1, **{f"{one}sataa": n for n, one in enumerate(_ONES[2:10], 2)}}
    for word, hundred in hundreds.items():
        table[word] = 100 * hundred
        for one, value in small.items():
            if value:
                table[f"{word}{one}"] = table[f"{word} {one}"] = 100 * hundred + value
    # As people count aloud.
    return table | {"yks": 1, "kaks": 2, "kolmonen": 3, "viis": 5, "kuus": 6}


_MONTHS: Final = tuple(form for forms in CALENDAR_NAMES["fi"].months for form in forms)

NUMERALS: Final = Numerals(
    below_thousand=_below_thousand(),
    multiples={"tuhat": 1000, "tuhatta": 1000, "miljoona": 1000000, "miljoonaa": 1000000},
    points=phrases("pilkku"),
    alternatives=phrases("tai|vai"),
    minus=phrases("miinus"),
    halves=phrases("ja puoli"),
    dozens={"tusina": 12, "tusinaa": 12},
    no_number_before=(*_MONTHS, *phrases("kolmasosa|kolmasosaa|neljäsosa|neljäsosaa")),
    no_number_after=phrases("puoli|varttia|vartti"),
    fused=phrases("tuhatta|tuhat"),
)

_DATES: Final = WordedDates(
    names=CALENDAR_NAMES["fi"],
    numerals=NUMERALS,
    months={
        "tammikuun": 1,
        "helmikuun": 2,
        "maaliskuun": 3,
        "huhtikuun": 4,
        "toukokuun": 5,
        "kesäkuun": 6,
        "heinäkuun": 7,
        "elokuun": 8,
        "syyskuun": 9,
        "lokakuun": 10,
        "marraskuun": 11,
        "joulukuun": 12,
    },
    weekdays={
        "maanantai": 0,
        "maanantaiksi": 0,
        "maanantaille": 0,
        "tiistai": 1,
        "tiistaiksi": 1,
        "tiistaille": 1,
        "keskiviikko": 2,
        "keskiviikoksi": 2,
        "keskiviikolle": 2,
        "torstai": 3,
        "torstaiksi": 3,
        "torstaille": 3,
        "perjantai": 4,
        "perjantaiksi": 4,
        "perjantaille": 4,
        "lauantai": 5,
        "lauantaiksi": 5,
        "lauantaille": 5,
        "sunnuntai": 6,
        "sunnuntaiksi": 6,
        "sunnuntaille": 6,
    },
    days=meanings(
        {
            "viikon päästä": 7,
            "viikon kuluttua": 7,
            "tänään|tänä iltana|tänä aamuna|tänä yönä": 0,
            "huomenna|huomiseksi|huomenaamulla|huomisiltana": 1,
            "ylihuomenna|ylihuomiseksi": 2,
            "eilen": -1,
            "toissapäivänä": -2,
        }
    ),
    ordinals={
        "ensimmäinen": 1,
        "ensimmäisenä": 1,
        "toinen": 2,
        "toisena": 2,
        "kolmas": 3,
        "kolmantena": 3,
    },
    ordinal_marks=phrases("."),
    holidays={
        "jouluna": (12, 25),
        "joulupäivä": (12, 25),
        "joulupäivänä": (12, 25),
        "jouluaatto": (12, 24),
        "jouluaattona": (12, 24),
        "uudenvuodenaatto": (12, 31),
        "uudenvuodenaattona": (12, 31),
        "uudenvuodenpäivä": (1, 1),
        "vappu": (5, 1),
        "vappuna": (5, 1),
    },
    which_before=meanings({"ensi": 1, "tänä": 0, "viime": -1}),
    periods=meanings(
        {
            "ensi viikolla|ensi viikko": (1, "week"),
            "ensi kuussa": (1, "month"),
            "ensi vuonna": (1, "year"),
            "tällä viikolla": (0, "week"),
            "tässä kuussa": (0, "month"),
            "tänä vuonna": (0, "year"),
            "viime viikolla": (-1, "week"),
            "viikonloppuna|tänä viikonloppuna": (0, "weekend"),
            "ensi viikonloppuna": (1, "weekend"),
        }
    ),
    units=meanings(
        {
            "päivän|päivää": (1, "day"),
            "viikon|viikkoa": (1, "week"),
            "kuukauden|kuukautta": (1, "month"),
            "vuoden|vuotta": (1, "year"),
        }
    ),
    within={},
    later=meanings({"päästä|kuluttua": 1, "sitten": -1}),
    every=phrases("joka"),
)

_TIMES: Final = WordedTimes(
    numerals=NUMERALS,
    leads=phrases("kello|klo|klo."),
    fixed=meanings({"keskipäivä|keskipäivällä|puolipäivä": 720, "keskiyö|keskiyöllä": 0}),
    before={
        "puoli": -30,
        "varttia yli": 15,
        "vartin yli": 15,
        "varttia vaille": -15,
        "varttia vailla": -15,
    },
    past={"yli": 1, "vaille": -1, "vailla": -1, "minuuttia yli": 1, "minuuttia vaille": -1},
    minutes=phrases("minuuttia|min"),
    onward=phrases("kiitos|tänään|huomenna|ja|tai"),
    parts=meanings(
        {
            "aamulla|aamupäivällä|aamuna": "MO",
            "iltapäivällä|päivällä": "AF",
            "illalla|tänä iltana": "EV",
            "yöllä|tänä yönä": "NI",
        }
    ),
    now=phrases("nyt|heti"),
    later=meanings({"päästä|kuluttua": 1}),
    within={},
)

_DURATIONS: Final = WordedDurations(
    numerals=NUMERALS,
    units=meanings(
        {
            "vuosi|vuoden|vuotta": "Y",
            "kuukausi|kuukauden|kuukautta": "M",
            "viikko|viikon|viikkoa": "W",
            "päivä|päivän|päivää|yö|yötä|vuorokausi|vuorokautta": "D",
            "tunti|tunnin|tuntia": "H",
            "minuutti|minuutin|minuuttia|min": "m",
            "sekunti|sekunnin|sekuntia": "S",
        }
    ),
    halves=phrases("ja puoli"),
    half_of=phrases("puoli"),
    fixed={
        "puolitoista tuntia": ("1.5", "H"),
        "tunti": ("1", "H"),
        "vartti": ("15", "m"),
        "kolme varttia": ("45", "m"),
        "viikko": ("1", "W"),
    },
    joints=phrases("ja"),
)

_CONFIRMATION: Final = worded_confirmation(
    yes="""
kyllä|joo|juu|jep|jees|kyllä kiitos|joo kiitos|toki|totta kai|tottakai|tietysti
tietenkin|selvä|selvä juttu|oikein|se on oikein|aivan|juuri niin|pitää paikkansa|sopii
se sopii|käy|se käy|ok|okei|hyvä|hyvä on|ilman muuta|varmasti|ehdottomasti
olen samaa mieltä|vahvistan|yes
luulen niin|luulen että kyllä|uskoisin niin|minusta kyllä|haluan|kyllä haluan|mielellään
erittäin mielellään|kuulostaa hyvältä|sopii hyvin|sopii minulle|käy hyvin|kyllä käy
kaikki oikein|näin on|niin on|just niin|juuri näin|tee niin|anna mennä|sovittu|epäilemättä
täydellistä|mahtavaa|loistavaa|hienoa|joo totta kai|joo sopii|joo käy|mikäs siinä|miksipä ei
miksi ei|tottahan toki
""",
    no="""
ei se käy|ei se sovi|ei se onnistu|ei se kelpaa|ei se pidä paikkaansa|ei se ole oikein
ei|en|ei kiitos|eipä|eikä|ei todellakaan|ei missään nimessä|ei ikinä|ei koskaan|en halua
väärin|se on väärin|ei ole oikein|ei pidä paikkaansa|ei sovi|ei käy|peruuta|seis|ei nyt
ei vielä|ei tarvitse|ei ollenkaan|en taida|no
en usko|en luule|enpä usko|en oikeastaan|ei oikeastaan|en tahdo|ei kiinnosta
en ole kiinnostunut|en tarvitse|ei tarpeen|ei ole tarpeen|ei tänään|ei juuri nyt|ei ihan
ei aivan|valitettavasti ei|ei missään tapauksessa|ei mitenkään|mieluummin ei|mieluiten ei
unohda koko juttu|unohda|antaa olla|anna olla|en ole samaa mieltä|ei pidä paikkansa
tämä on väärin|siinä on virhe|ei ei|no ei|en vahvista|ei se sovi
""",
    maybe="ehkä|mahdollisesti|kenties|riippuu|voi olla",
    unknown="""
en tiedä|ei tietoa|ei aavistustakaan|en ole varma|emmä tiiä|en osaa sanoa
en tiedä vielä|en ole aivan varma|epävarma|vaikea sanoa|täytyy miettiä|pitää miettiä
en ole päättänyt|mistä minä tiedän
""",
    fillers="kiitos|kiitoksia|no|öö|siis|niin|ole|hyvä|paljon",
)

LANGUAGE: Final = Language(
    numbers=NUMERALS.numbers,
    dates=_DATES,
    times=_TIMES.times,
    durations=_DURATIONS,
    money=worded_money(
        {
            "euro,euroa": ("EUR", "1"),
            "sentti,senttiä": ("EUR", "0.01"),
            "dollari,dollaria": ("USD", "1"),
        },
        percent=phrases("prosentti|prosenttia"),
    ),
    carriers=worded_carriers(
        before="nimeni on|olen|se on|haluan|haluaisin|kello|klo|joo|kyllä", after="kiitos|kiitoksia"
    ),
    confirmation=_CONFIRMATION,
    waiting=worded_waiting(
        wait="""
odota|odota hetki|hetki|hetkinen|pieni hetki|odottakaa hetki|minuutti|sekunti
""",
        go_on="jatka|jatketaan|olen takaisin|valmis|olen valmis",
    ),
    examples={
        "Confirmation": phrases("kyllä|ei|ehkä"),
        "Date": phrases("huomenna|tänään|perjantaina|3. maaliskuuta|maanantaina|25. joulukuuta"),
        "Number": phrases("2|kolme|5|kymmenen|kaksikymmentäviisi|100"),
        "Time": phrases("kello 8|10.30|klo 18|puoli kolme|17.30"),
    },
    intents={
        "AMAZON.HelpIntent": phrases("apua|auta|auta minua|voitko auttaa|tarvitsen apua"),
        "AMAZON.CancelIntent": phrases("peruuta|unohda se|muutin mieleni"),
        "AMAZON.StopIntent": phrases("lopeta|seis|hiljaa|riittää"),
        "AMAZON.RepeatIntent": phrases("toista|toista se|voitko toistaa|mitä sanoit"),
        "AMAZON.ResumeIntent": phrases("jatka"),
        "AMAZON.PauseIntent": phrases("tauko|odota hetki"),
        "AMAZON.StartOverIntent": phrases("aloita alusta|alusta uudelleen|alusta"),
    },
)
