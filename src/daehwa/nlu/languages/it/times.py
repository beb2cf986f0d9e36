"""Italian times of day and spans of time: le otto e mezza, mezzogiorno, un'ora e mezza."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.it.numbers import NUMERALS
from daehwa.nlu.languages.lexicon import meanings, phrases
from daehwa.nlu.languages.worded_durations import WordedDurations
from daehwa.nlu.languages.worded_times import WordedTimes

TIMES: Final = WordedTimes(
    numerals=NUMERALS,
    leads=phrases(
        "alle ore|alle|all'|le|ore|alla|verso le|per le|dalle|sono le|è l'|intorno alle|dopo le"
    ),
    hours=phrases("in punto|ore|h"),
    fixed=meanings({"mezzogiorno|le dodici di mezzogiorno": 720, "mezzanotte": 0}),
    before={"un quarto alle": -15, "un quarto all'": -15},
    past={"alle": -1, "all'": -1},
    minutes=("minuti", "minuto", "min"),
    after=meanings(
        {
            "e mezza|e mezzo": 30,
            "e un quarto|e quarto": 15,
            "meno un quarto|meno quarto": -15,
            "e tre quarti": 45,
        }
    ),
    joints=("e",),
    less=("meno",),
    onward=phrases("per favore|domani|oggi|con|e|o|di|grazie|va bene|fino"),
    not_after=phrases("il|al|del|giorno"),
    spans=phrases("fra|tra|in|durante"),
    ranges=phrases("tra|fra"),
    parts=meanings(
        {
            "di mattina|del mattino|la mattina|di stamattina": "MO",
            "del pomeriggio|di pomeriggio|il pomeriggio|nel pomeriggio": "AF",
            "di sera|della sera|la sera|stasera|in serata": "EV",
            "di notte|della notte|la notte|stanotte": "NI",
            "stamattina": "MO",
            "pomeriggio": "AF",
        }
    ),
    parts_before=meanings(
        {
            "stamattina|domani mattina|domattina|mattina": "MO",
            "oggi pomeriggio|domani pomeriggio|pomeriggio": "AF",
            "stasera|domani sera|sera": "EV",
            "stanotte|notte": "NI",
        }
    ),
    no_parts_after=("buon", "buona"),
    now=("adesso", "subito", "proprio adesso", "proprio ora"),
    later={"dopo": 1, "fa": -1},
    within={"fra": 0, "tra": 0},
)

DURATIONS: Final = WordedDurations(
    numerals=NUMERALS,
    units={
        **dict.fromkeys(("anno", "anni"), "Y"),
        **dict.fromkeys(("mese", "mesi"), "M"),
        **dict.fromkeys(("settimana", "settimane"), "W"),
        **dict.fromkeys(("giorno", "giorni", "notte", "notti"), "D"),
        **dict.fromkeys(("ora", "ore", "h"), "H"),
        **dict.fromkeys(("minuto", "minuti", "min"), "m"),
        **dict.fromkeys(("secondo", "secondi", "sec"), "S"),
    },
    halves=("e mezza", "e mezzo"),
    half_of=("mezza", "mezzo", "mezz'"),
    quarters={"e un quarto": "0.25", "e tre quarti": "0.75"},
    fixed={
        "mezz'ora": ("30", "m"),
        "un'ora": ("1", "H"),
        "un'ora e mezza": ("1.5", "H"),
        "un'ora e mezzo": ("1.5", "H"),
        "un anno e mezzo": ("18", "M"),
        "un quarto d'ora": ("15", "m"),
        "tre quarti d'ora": ("45", "m"),
    },
    joints=("e",),
)
