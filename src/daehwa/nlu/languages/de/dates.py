"""German dates: übermorgen, nächsten Freitag, am dritten April, in zwei Wochen."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.cldr import CALENDAR_NAMES
from daehwa.nlu.languages.de.numbers import NUMERALS
from daehwa.nlu.languages.lexicon import meanings, phrases
from daehwa.nlu.languages.worded_dates import WordedDates

_STEMS: Final = phrases(
    """
erst|zweit|dritt|viert|fünft|sechst|siebt|acht|neunt|zehnt|elft|zwölft|dreizehnt|vierzehnt
fünfzehnt|sechzehnt|siebzehnt|achtzehnt|neunzehnt|zwanzigst|einundzwanzigst|zweiundzwanzigst
dreiundzwanzigst|vierundzwanzigst|fünfundzwanzigst|sechsundzwanzigst|siebenundzwanzigst
achtundzwanzigst|neunundzwanzigst|dreißigst|einunddreißigst
"""
)
_ORDINALS: Final = {
    f"{stem}{ending}": day for day, stem in enumerate(_STEMS, 1) for ending in ("e", "en", "er")
}
_NEXT: Final = phrases("nächste|nächsten|nächster|nächstes|kommende|kommenden|kommender|kommendes")
_THIS: Final = phrases("diese|diesen|dieser|dieses|diesem")
_LAST: Final = phrases(
    "letzte|letzten|letzter|letztes|vergangene|vergangenen|vergangener|vorige|vorigen"
)
_WHICH: Final = {
    **dict.fromkeys(_NEXT, 1),
    **dict.fromkeys(_THIS, 0),
    **dict.fromkeys(_LAST, -1),
}

DATES: Final = WordedDates(
    names=CALENDAR_NAMES["de"],
    numerals=NUMERALS,
    months={"jänner": 1, "feber": 2, "juno": 6, "julei": 7},
    weekdays={
        "sonnabend": 5,
        **{
            f"{day}{part}": number
            for number, (day,) in enumerate(CALENDAR_NAMES["de"].weekdays)
            for part in ("früh", "morgen", "vormittag", "mittag", "nachmittag", "abend", "nacht")
        },
    },
    days=meanings(
        {
            "heute|heute morgen|heute früh|heute vormittag|heute mittag": 0,
            "heute nachmittag|heute abend|heute nacht": 0,
            "morgen|morgen früh|morgen vormittag|morgen mittag": 1,
            "morgen nachmittag|morgen abend|am morgigen tag": 1,
            "übermorgen": 2,
            "überübermorgen": 3,
            "gestern": -1,
            "vorgestern": -2,
            "gestern abend": -1,
        }
    ),
    joints=("den",),
    articles=("der", "den", "am", "dem"),
    weeks_on=meanings(
        {
            "in einer woche|in 1 woche|in acht tagen|über eine woche": 1,
            "in zwei wochen|in 2 wochen|in vierzehn tagen|in 14 tagen": 2,
        }
    ),
    ordinals=_ORDINALS,
    ordinal_marks=("ter", "te", "ten", "."),
    holidays={
        "weihnachten": (12, 25),
        "heiligabend": (12, 24),
        "heiliger abend": (12, 24),
        "silvester": (12, 31),
        "neujahr": (1, 1),
        "nikolaus": (12, 6),
        "tag der deutschen einheit": (10, 3),
    },
    which_before=_WHICH,
    weeks_after={
        **{f"{which} woche": 1 for which in _NEXT},
        **{f"{which} woche": 0 for which in _THIS},
        "in einer woche": 1,
    },
    periods={
        **{f"{word} woche": (which, "week") for word, which in _WHICH.items()},
        **{f"{word} monat": (which, "month") for word, which in _WHICH.items()},
        **{f"{word} jahr": (which, "year") for word, which in _WHICH.items()},
        **{f"{word} wochenende": (which, "weekend") for word, which in _WHICH.items()},
        "am wochenende": (0, "weekend"),
    },
    units={
        **dict.fromkeys(("tag", "tage", "tagen"), (1, "day")),
        **dict.fromkeys(("woche", "wochen"), (1, "week")),
        **dict.fromkeys(("monat", "monate", "monaten"), (1, "month")),
        **dict.fromkeys(("jahr", "jahre", "jahren"), (1, "year")),
    },
    within={"in": 1, "vor": -1, "heute in": 1},
    later={"später": 1},
    # "am Morgen" is the morning; "ab morgen" is tomorrow.
    not_after=phrases("guten|am|diesen|dieser|der|den|ersten|eines"),
    edges={"anfang": 1, "mitte": 15, "ende": -1},
    every=phrases(
        "jeden|jeder|immer|übernächsten|übernächster|übernächste|übernächstes|vorletzten|vorletzter|vorletzte"
    ),
)
