"""German times of day and spans of time: halb drei, Viertel nach acht, anderthalb Stunden."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.de.numbers import NUMERALS
from daehwa.nlu.languages.lexicon import meanings, phrases
from daehwa.nlu.languages.worded_durations import WordedDurations
from daehwa.nlu.languages.worded_times import WordedTimes

TIMES: Final = WordedTimes(
    numerals=NUMERALS,
    leads=phrases("um|gegen|ab|bis|vor|nach|so um|um ca.|um etwa|um circa|kurz vor"),
    hours=("uhr", "h"),
    fixed={
        "mittag": 720,
        "zwölf uhr mittags": 720,
        "12 uhr mittags": 720,
        "mitternacht": 0,
        "zwölf uhr nachts": 0,
    },
    # "viertel drei" and "dreiviertel drei", as the south and the east of the country say.
    before={
        "halb": -30,
        "viertel nach": 15,
        "viertel vor": -15,
        "viertel": -45,
        "dreiviertel": -15,
        "drei viertel": -15,
    },
    past={"nach": 1, "vor": -1},
    minutes=("minuten", "minute", "min"),
    onward=phrases("für|bitte|am|morgen|heute|mit|und|oder|wenn|im|bis|danke|wäre|passt|geht"),
    not_after=phrases("am|der|den|dem|zum"),
    spans=phrases("in|seit"),
    ranges=phrases("zwischen"),
    parts=meanings(
        {
            "morgens|früh|am morgen|in der früh|vormittags|am vormittag": "MO",
            "nachmittags|am nachmittag|mittags": "AF",
            "abends|am abend|heute abend|morgen abend": "EV",
            "nachts|in der nacht|heute nacht": "NI",
            "vormittag": "MO",
            "nachmittag": "AF",
            "abend": "EV",
            "nacht": "NI",
        }
    ),
    parts_before=meanings(
        {
            "heute morgen|heute früh|morgen früh|morgens|vormittags": "MO",
            "heute vormittag|morgen vormittag|am vormittag|am morgen": "MO",
            "heute nachmittag|morgen nachmittag|am nachmittag": "AF",
            "nachmittags|nachmittag": "AF",
            "heute abend|morgen abend|am abend|abends|abend": "EV",
            "heute nacht|in der nacht|nachts": "NI",
        }
    ),
    now=("jetzt", "jetzt gleich", "sofort"),
    later={"später": 1},
    within={"in": 0},
)

DURATIONS: Final = WordedDurations(
    numerals=NUMERALS,
    units={
        **dict.fromkeys(("jahr", "jahre", "jahren"), "Y"),
        **dict.fromkeys(("monat", "monate", "monaten"), "M"),
        **dict.fromkeys(("woche", "wochen"), "W"),
        **dict.fromkeys(("tag", "tage", "tagen", "nacht", "nächte", "nächten"), "D"),
        **dict.fromkeys(("stunde", "stunden", "std", "std."), "H"),
        **dict.fromkeys(("minute", "minuten", "min", "min."), "m"),
        **dict.fromkeys(("sekunde", "sekunden", "sek"), "S"),
    },
    halves=("und eine halbe", "und ein halbes"),
    half_of=("eine halbe", "einer halben", "ein halbes", "ein halber", "einem halben", "halbe"),
    fixed={
        "eine viertelstunde": ("15", "m"),
        "einer viertelstunde": ("15", "m"),
        "eine dreiviertelstunde": ("45", "m"),
        "einer dreiviertelstunde": ("45", "m"),
    },
    joints=("und",),
)
