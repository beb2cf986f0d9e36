"""Italian dates: dopodomani, venerdì prossimo, il primo maggio, fra tre giorni, due giorni fa."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.cldr import CALENDAR_NAMES
from daehwa.nlu.languages.it.numbers import NUMERALS
from daehwa.nlu.languages.lexicon import meanings, phrases
from daehwa.nlu.languages.worded_dates import WordedDates

DATES: Final = WordedDates(
    names=CALENDAR_NAMES["it"],
    numerals=NUMERALS,
    days=meanings(
        {
            "oggi|stamattina|stamani|oggi pomeriggio|stasera|stanotte": 0,
            "domani|domani mattina|domattina|domani sera": 1,
            "domani pomeriggio|domani notte": 1,
            "dopodomani|dopo domani": 2,
            "ieri": -1,
            "ieri sera": -1,
            "l'altro ieri": -2,
            "altro ieri": -2,
            "ieri l'altro": -2,
        }
    ),
    joints=("di", "del", "dell'"),
    articles=("il giorno", "il", "l'", "al", "giorno"),
    ordinals={"primo": 1},
    ordinal_marks=("º", "°"),
    holidays={
        "natale": (12, 25),
        "a natale": (12, 25),
        "il giorno di natale": (12, 25),
        "la vigilia di natale": (12, 24),
        "santo stefano": (12, 26),
        "san silvestro": (12, 31),
        "capodanno": (1, 1),
        "ferragosto": (8, 15),
        "epifania": (1, 6),
    },
    which_before=meanings(
        {
            "prossimo|il prossimo|prossima|la prossima": 1,
            "questo|questa|il|la": 0,
            "lo scorso|scorso|la scorsa|scorsa": -1,
        }
    ),
    which_after=meanings({"prossimo|prossima|che viene|seguente": 1, "scorso|scorsa|passato": -1}),
    weeks_after={
        "della prossima settimana": 1,
        "della settimana prossima": 1,
        "di questa settimana": 0,
    },
    periods=meanings(
        {
            "la prossima settimana|prossima settimana|la settimana prossima": (1, "week"),
            "la settimana che viene|settimana prossima": (1, "week"),
            "il prossimo mese|il mese prossimo|prossimo mese": (1, "month"),
            "l'anno prossimo|il prossimo anno|prossimo anno": (1, "year"),
            "questa settimana": (0, "week"),
            "questo mese": (0, "month"),
            "quest'anno": (0, "year"),
            "la settimana scorsa": (-1, "week"),
            "la scorsa settimana": (-1, "week"),
            "il mese scorso": (-1, "month"),
            "l'anno scorso": (-1, "year"),
            "questo fine settimana|il fine settimana|fine settimana|questo weekend": (0, "weekend"),
            "nel weekend": (0, "weekend"),
            "il prossimo fine settimana|il prossimo weekend": (1, "weekend"),
        }
    ),
    units={
        **dict.fromkeys(("giorno", "giorni"), (1, "day")),
        **dict.fromkeys(("settimana", "settimane"), (1, "week")),
        **dict.fromkeys(("mese", "mesi"), (1, "month")),
        **dict.fromkeys(("anno", "anni"), (1, "year")),
    },
    within={"fra": 1, "tra": 1, "in": 1},
    later={"dopo": 1, "più tardi": 1, "fa": -1},
    edges={"inizio": 1, "metà": 15, "fine": -1},
    not_before=phrases("santo"),
    every=phrases("ogni|tutti i|tutte le"),
)
