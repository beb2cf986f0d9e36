"""French."""

from typing import Final

from daehwa.nlu.languages.fr.carriers import CARRIERS
from daehwa.nlu.languages.fr.confirmation import CONFIRMATION
from daehwa.nlu.languages.fr.cues import CUES
from daehwa.nlu.languages.fr.dates import DATES
from daehwa.nlu.languages.fr.examples import EXAMPLES
from daehwa.nlu.languages.fr.intents import INTENTS
from daehwa.nlu.languages.fr.money import MONEY
from daehwa.nlu.languages.fr.names import NAMES
from daehwa.nlu.languages.fr.numbers import NUMBERS
from daehwa.nlu.languages.fr.spelling import SPELLING
from daehwa.nlu.languages.fr.times import DURATIONS, TIMES
from daehwa.nlu.languages.fr.waiting import WAITING
from daehwa.nlu.languages.language import Language

__all__ = ["LANGUAGE"]

LANGUAGE: Final = Language(
    choices=("ou", "à"),
    between=("entre", "et"),
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
