"""Chinese words by which a person asks for a moment, and comes back."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.lexicon import phrases
from daehwa.nlu.languages.speech_acts import Waiting

WAITING: Final = Waiting(
    wait=phrases(
        """
等一下|等等|等一等|等会儿|稍等|请稍等|请等一下|等我一下|等一会儿|等一分钟|给我一点时间|等下|等陣|等一陣|等我一陣|請稍等|請等一下|等一會|稍等一下
"""
    ),
    go_on=phrases(
        "继续|继续吧|我回来了|好了|准备好了|我好了|可以继续了|繼續|繼續啦|我返嚟喇|準備好了|我回來了|可以繼續了"
    ),
)
