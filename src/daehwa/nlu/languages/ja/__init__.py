"""Japanese."""

from typing import Final

from daehwa.nlu.languages.ja import dates
from daehwa.nlu.languages.ja.carriers import CARRIERS
from daehwa.nlu.languages.ja.confirmation import CONFIRMATION
from daehwa.nlu.languages.ja.cues import CUES
from daehwa.nlu.languages.ja.examples import EXAMPLES
from daehwa.nlu.languages.ja.intents import INTENTS
from daehwa.nlu.languages.ja.money import MONEY
from daehwa.nlu.languages.ja.names import NAMES
from daehwa.nlu.languages.ja.numbers import NUMBERS
from daehwa.nlu.languages.ja.times import DURATIONS, TIMES
from daehwa.nlu.languages.ja.waiting import WAITING
from daehwa.nlu.languages.language import Language

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
