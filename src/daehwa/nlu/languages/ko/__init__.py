"""Korean, with the English words that Koreans mix into it."""

from typing import Final

from daehwa.nlu.languages.ko import dates, durations
from daehwa.nlu.languages.ko.carriers import CARRIERS
from daehwa.nlu.languages.ko.confirmation import CONFIRMATION
from daehwa.nlu.languages.ko.contrasts import CONTRASTS
from daehwa.nlu.languages.ko.cues import CUES
from daehwa.nlu.languages.ko.examples import EXAMPLES
from daehwa.nlu.languages.ko.informal import INFORMAL
from daehwa.nlu.languages.ko.intents import INTENTS
from daehwa.nlu.languages.ko.money import MONEY
from daehwa.nlu.languages.ko.names import NAMES
from daehwa.nlu.languages.ko.negation import NEGATION
from daehwa.nlu.languages.ko.numbers import NUMBERS
from daehwa.nlu.languages.ko.questions import QUESTIONS
from daehwa.nlu.languages.ko.sentiment import SENTIMENT
from daehwa.nlu.languages.ko.spelling import SPELLING
from daehwa.nlu.languages.ko.suffixes import SUFFIXES
from daehwa.nlu.languages.ko.times import TIMES
from daehwa.nlu.languages.ko.waiting import WAITING
from daehwa.nlu.languages.ko.wording import WORDING
from daehwa.nlu.languages.language import Language

__all__ = ["LANGUAGE"]

_REASONS: Final = (
    (
        r"(?<=[요죠다])[\s,.]+[^?]*(?:거든요?|니까요?|라서요?|어서요?|아서요?|해서요?|때문에요?"
        r"|느라요?|는데요?|이라|[시일분명개원]라)[.!~ㅎㅋㅠ\s]*$"
    ),
    r"^[^?]*?(?:니까|라서|때문에|느라|가지고)[,\s]+(?=\S)",
)
"""Why somebody gives a value, behind it or before it."""

LANGUAGE: Final = Language(
    reasons=_REASONS,
    choices=("이나", "나", "에서", "또는", "아니면", "혹은"),
    ranges=("부터", "에서"),
    mixed_with=("en",),
    numbers=NUMBERS,
    dates=dates.read,
    times=TIMES,
    durations=durations.read,
    money=MONEY,
    spelling=SPELLING,
    suffixes=SUFFIXES,
    carriers=CARRIERS,
    confirmation=CONFIRMATION,
    names=NAMES,
    cues=CUES,
    waiting=WAITING,
    contrasts=CONTRASTS,
    informal=INFORMAL,
    questions=QUESTIONS,
    negation=NEGATION,
    signs=(("&", "앤"),),
    examples=EXAMPLES,
    intents=INTENTS,
    sentiment=SENTIMENT,
    wording=WORDING,
)
