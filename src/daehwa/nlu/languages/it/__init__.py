"""Italian."""

from typing import Final

from daehwa.nlu.languages.it.carriers import CARRIERS
from daehwa.nlu.languages.it.confirmation import CONFIRMATION
from daehwa.nlu.languages.it.cues import CUES
from daehwa.nlu.languages.it.dates import DATES
from daehwa.nlu.languages.it.examples import EXAMPLES
from daehwa.nlu.languages.it.intents import INTENTS
from daehwa.nlu.languages.it.money import MONEY
from daehwa.nlu.languages.it.names import NAMES
from daehwa.nlu.languages.it.numbers import NUMBERS
from daehwa.nlu.languages.it.spelling import SPELLING
from daehwa.nlu.languages.it.times import DURATIONS, TIMES
from daehwa.nlu.languages.it.waiting import WAITING
from daehwa.nlu.languages.language import Language

__all__ = ["LANGUAGE"]

LANGUAGE: Final = Language(
    choices=("o",),
    between=("tra", "e"),
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
