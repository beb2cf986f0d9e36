"""Chinese."""

from typing import Final

from daehwa.nlu.languages.language import Language
from daehwa.nlu.languages.zh import dates
from daehwa.nlu.languages.zh.carriers import CARRIERS
from daehwa.nlu.languages.zh.confirmation import CONFIRMATION
from daehwa.nlu.languages.zh.cues import CUES
from daehwa.nlu.languages.zh.examples import EXAMPLES
from daehwa.nlu.languages.zh.intents import INTENTS
from daehwa.nlu.languages.zh.money import MONEY
from daehwa.nlu.languages.zh.names import NAMES
from daehwa.nlu.languages.zh.numbers import NUMBERS
from daehwa.nlu.languages.zh.times import DURATIONS, TIMES
from daehwa.nlu.languages.zh.waiting import WAITING

__all__ = ["LANGUAGE"]

LANGUAGE: Final = Language(
    numbers=NUMBERS,
    dates=dates.read,
    times=TIMES.times,
    durations=DURATIONS,
    money=MONEY,
    carriers=CARRIERS,
    confirmation=CONFIRMATION,
    names=NAMES,
    cues=CUES,
    waiting=WAITING,
    examples=EXAMPLES,
    intents=INTENTS,
)
