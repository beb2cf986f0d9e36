"""How likely a passage holds the answer.

Passages are ordered by a weighted sum: the cosine of the question and the passage, that of the
question and the passage's heading, and the share of the question's words that the passage has. A
logistic regression makes a confidence of that score, of how far it stands above those of passages
that are further down, and of how near the question is to what people say to no bot in particular.
All are fitted to the questions of ``bench/search``, which also measures them: ones whose answer is
in the documents, and ones that are nobody's business.
"""

from __future__ import annotations

import math
from typing import Final

import msgspec

_BY_HEADING: Final = 0.3
# Korean words stand with their stems, and so say more when they are shared.
_BY_WORDS: Final = {"ko": 0.8, "": 0.4}
# Where a second encoder reads, too: what it counts beside the first, and what words count then.
_BY_SECOND: Final = 3.0
_BY_WORDS_TWICE: Final = {"ko": 0.6, "": 0.2}
# Between these ranks stand passages that have something to do with the question, but no answer.
_FROM: Final = 5
_TO: Final = 30
# What such a passage scores at least in a library that has enough of them, in the question's
# language and in another one. A small library has none, only ones about something else, above
# which any passage would stand out: without this, two strangers of five found an answer there.
_USUAL: Final = 0.08
_USUAL_ACROSS: Final = 0.15


class Weighing(msgspec.Struct, frozen=True):
    """What each part of the evidence counts, and a constant.

    The parts: the score, its lead over the passages further down, and how neutral the question is.
    """

    score: float
    lead: float
    neutral: float
    constant: float


# Of passages in the question's language, and of those in another one; by the question's language.
_OWN: Final = {"ko": Weighing(-3.0, 15.1, -6.7, 0.4), "": Weighing(3.2, 15.4, -11.1, 0.9)}
_ACROSS: Final = {
    "ko": Weighing(-31.1, 52.5, -5.3, 3.5),
    "": Weighing(-31.1, 52.5, -5.3, 1.8),
}

# The same in a library that a second encoder has read.
_OWN_TWICE: Final = {"ko": Weighing(2.3, 4.8, -6.5, 0.6), "": Weighing(7.1, 4.5, -6.7, -1.1)}
_ACROSS_TWICE: Final = {"ko": Weighing(6.0, 6.0, -5.0, 0.5), "": Weighing(6.0, 6.0, -5.0, 0.4)}


def score(
    cosine: float,
    by_heading: float,
    share: float,
    *,
    language: str,
    second: tuple[float, float] | None = None,
) -> float:
    """What a passage is ordered by, among those of its language.

    ``second`` are the two cosines by the second encoder, in a library that it has read.
    """
    near = cosine + _BY_HEADING * by_heading
    by_words = _BY_WORDS
    if second is not None:
        again = second[0] + _BY_HEADING * second[1]
        near = (near + _BY_SECOND * again) / (1 + _BY_SECOND)
        by_words = _BY_WORDS_TWICE
    return near + by_words.get(language, by_words[""]) * share


def background(scores: list[float], *, across: bool) -> float:
    """The mean score of the passages further down; ``scores`` are the highest first.

    ``across``: the passages are in another language than the question.
    """
    usual = _USUAL_ACROSS if across else _USUAL
    further = [max(score, usual) for score in scores[_FROM:_TO]]
    missing = _TO - _FROM - len(further)
    return (sum(further) + usual * missing) / (_TO - _FROM)


def of(
    score: float,
    background: float,
    *,
    neutral: float,
    asked_in: str,
    written_in: str,
    twice: bool = False,
) -> float:
    """The confidence (0 to 1) in a passage.

    Args:
        score: the passage's.
        background: the mean score of those further down.
        neutral: the cosine of the question and the neutral text that is nearest to it, by the
            second encoder where that has read the library.
        asked_in: the question's language, as ``ko``.
        written_in: the passage's.
        twice: whether a second encoder has read the library.
    """
    if twice:
        weighings = _OWN_TWICE if asked_in == written_in else _ACROSS_TWICE
    else:
        weighings = _OWN if asked_in == written_in else _ACROSS
    weighing = weighings.get(asked_in, weighings[""])
    logit = (
        weighing.score * score
        + weighing.lead * (score - background)
        + weighing.neutral * neutral
        + weighing.constant
    )
    return 1 / (1 + math.exp(-logit))
