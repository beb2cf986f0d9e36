"""Portuguese."""

from typing import Final

from daehwa.nlu.languages.language import Language
from daehwa.nlu.languages.pt.carriers import CARRIERS
from daehwa.nlu.languages.pt.confirmation import CONFIRMATION
from daehwa.nlu.languages.pt.cues import CUES
from daehwa.nlu.languages.pt.dates import DATES
from daehwa.nlu.languages.pt.examples import EXAMPLES
from daehwa.nlu.languages.pt.intents import INTENTS
from daehwa.nlu.languages.pt.money import MONEY
from daehwa.nlu.languages.pt.names import NAMES
from daehwa.nlu.languages.pt.numbers import NUMBERS
from daehwa.nlu.languages.pt.spelling import SPELLING
from daehwa.nlu.languages.pt.times import DURATIONS, TIMES
from daehwa.nlu.languages.pt.waiting import WAITING

__all__ = ["LANGUAGE"]

LANGUAGE: Final = Language(
    choices=("ou",),
    between=("entre", "e"),
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
