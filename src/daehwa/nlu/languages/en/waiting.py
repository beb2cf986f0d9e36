"""English words by which a person asks for a moment, and comes back."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.language import Waiting
from daehwa.nlu.languages.lexicon import phrases

WAITING: Final = Waiting(
    wait=phrases(
        """
wait|wait a moment|wait a minute|wait a second|wait please|please wait|hold on|hang on
hold on a second|hold on a minute|one moment|one moment please|just a moment|just a minute
just a second|one second|one sec|one minute|give me a minute|give me a moment|give me a second
give me some time|i need a moment|i need a minute|i need more time
"""
    ),
    go_on=phrases(
        """
continue|go on|go ahead|let's continue|i'm back|i am back|im back|resume|keep going
ok continue|okay continue|ready|i'm ready|i am ready|done|i'm done
"""
    ),
)
