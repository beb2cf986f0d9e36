"""English, in which texts are read in every locale whose own language has no package."""

from typing import Final

from daehwa.nlu.languages.en import dates, durations
from daehwa.nlu.languages.en.carriers import CARRIERS
from daehwa.nlu.languages.en.confirmation import CONFIRMATION
from daehwa.nlu.languages.en.contrasts import CONTRASTS
from daehwa.nlu.languages.en.cues import CUES
from daehwa.nlu.languages.en.examples import EXAMPLES
from daehwa.nlu.languages.en.informal import INFORMAL
from daehwa.nlu.languages.en.intents import INTENTS
from daehwa.nlu.languages.en.misspelling import MISSPELLING
from daehwa.nlu.languages.en.money import MONEY
from daehwa.nlu.languages.en.names import NAMES
from daehwa.nlu.languages.en.negation import NEGATION
from daehwa.nlu.languages.en.numbers import NUMBERS
from daehwa.nlu.languages.en.questions import QUESTIONS
from daehwa.nlu.languages.en.sentiment import SENTIMENT
from daehwa.nlu.languages.en.spelling import SPELLING
from daehwa.nlu.languages.en.times import TIMES
from daehwa.nlu.languages.en.waiting import WAITING
from daehwa.nlu.languages.en.wording import WORDING
from daehwa.nlu.languages.language import Language

__all__ = ["LANGUAGE"]

_REASONS: Final = (
    r"\s(?:because|coz|cos|cuz|'?cause|since)\s[^?]*$",
    (
        r"(?:[,.;]|\s-)\s+(?:i|we|my|our|the|he|she|they)\b[^,.;?]*\b(?:finish|work|have|get|leaves?"
        r"|starts?|ends?|closes?|opens?|lands?|arrives?|wake|sleep|teach|meet|busy|off|done)\b[^?]*$"
    ),
)
"""Why somebody gives a value."""

LANGUAGE: Final = Language(
    reasons=_REASONS,
    choices=("or", "to", "or maybe", "or even", "or perhaps"),
    between=("between", "and"),
    ranges=("to", "till", "until", "through", "thru"),
    numbers=NUMBERS,
    dates=dates.read,
    times=TIMES,
    durations=durations.read,
    money=MONEY,
    spelling=SPELLING,
    misspelling=MISSPELLING,
    carriers=CARRIERS,
    confirmation=CONFIRMATION,
    names=NAMES,
    cues=CUES,
    waiting=WAITING,
    contrasts=CONTRASTS,
    informal=INFORMAL,
    questions=QUESTIONS,
    negation=NEGATION,
    plurals=("s", "es"),
    derivations=("er", "ed", "ly"),
    signs=(("w/o", "without"), ("w/", "with"), ("&", "and")),
    examples=EXAMPLES,
    intents=INTENTS,
    sentiment=SENTIMENT,
    wording=WORDING,
)
