"""German."""

from typing import Final

from daehwa.nlu.languages.de.carriers import CARRIERS
from daehwa.nlu.languages.de.confirmation import CONFIRMATION
from daehwa.nlu.languages.de.cues import CUES
from daehwa.nlu.languages.de.dates import DATES
from daehwa.nlu.languages.de.examples import EXAMPLES
from daehwa.nlu.languages.de.intents import INTENTS
from daehwa.nlu.languages.de.money import MONEY
from daehwa.nlu.languages.de.names import NAMES
from daehwa.nlu.languages.de.numbers import NUMBERS
from daehwa.nlu.languages.de.spelling import SPELLING
from daehwa.nlu.languages.de.times import DURATIONS, TIMES
from daehwa.nlu.languages.de.waiting import WAITING
from daehwa.nlu.languages.language import Language

__all__ = ["LANGUAGE"]

LANGUAGE: Final = Language(
    choices=("oder", "bis"),
    between=("zwischen", "und"),
    numbers=NUMBERS,
    dates=DATES,
    times=TIMES.times,
    durations=DURATIONS,
    money=MONEY,
    spelling=SPELLING,
    carriers=CARRIERS,
    confirmation=CONFIRMATION,
    names=NAMES,
    cues=CUES,
    waiting=WAITING,
    examples=EXAMPLES,
    intents=INTENTS,
)
