"""Japanese words by which a person asks for a moment, and comes back."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.lexicon import phrases
from daehwa.nlu.languages.speech_acts import Waiting

WAITING: Final = Waiting(
    wait=phrases(
        """
待って|待ってください|ちょっと待って|ちょっと待ってください|少し待って|少し待ってください|少々お待ちください|お待ちください|ちょっと|一分待って|待ってて|ストップ
ちょっとまって
"""
    ),
    go_on=phrases(
        """
続けて|続けてください|続き|続きをお願いします|再開|再開して|戻りました|お待たせ|お待たせしました|準備できました|もういいよ|進めて|進めてください|どうぞ
"""
    ),
)
