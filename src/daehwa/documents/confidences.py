"""From which confidence on a passage is believed to hold the answer, and what a service's score is.

Light to import: AWS Lambda reads it, too.
"""

from __future__ import annotations

from typing import Final

ENOUGH: Final = 0.5
"""Below it the documents are silent, and the next answerer speaks."""


def confidence(score: float, least: float) -> float:
    """A service's own score as a confidence: ``ENOUGH`` at ``least``, and more with the score.

    How likely it is that a passage holds the answer is not known of a service's score; only which
    is likelier, and from where on whoever runs the bot believes it.
    """
    if score <= 0:
        return 0.0 if least > 0 else ENOUGH
    return score / (score + least)
