"""Spanish."""

from typing import Final

from daehwa.nlu.languages.es.carriers import CARRIERS
from daehwa.nlu.languages.es.confirmation import CONFIRMATION
from daehwa.nlu.languages.es.cues import CUES
from daehwa.nlu.languages.es.dates import DATES
from daehwa.nlu.languages.es.examples import EXAMPLES
from daehwa.nlu.languages.es.intents import INTENTS
from daehwa.nlu.languages.es.money import MONEY
from daehwa.nlu.languages.es.names import NAMES
from daehwa.nlu.languages.es.numbers import NUMBERS
from daehwa.nlu.languages.es.spelling import SPELLING
from daehwa.nlu.languages.es.times import DURATIONS, TIMES
from daehwa.nlu.languages.es.waiting import WAITING
from daehwa.nlu.languages.language import Language

__all__ = ["LANGUAGE"]

LANGUAGE: Final = Language(
    choices=("o", "u"),
    between=("entre", "y"),
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
