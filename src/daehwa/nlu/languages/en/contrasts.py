"""English commands of which one excludes the other."""

from __future__ import annotations

import re
from typing import Final

from daehwa.nlu.languages.lexicon import phrases
from daehwa.nlu.languages.speech_acts import Command

_BEFORE: Final = (
    r"(?:^|[,;.!?:]\s*|\b(?:please|can you|could you|will you|would you|you can|can i|could i"
    r"|may i|can we|could we|i'll|we'll|i will|let me|let's|let us|just|and|then|now|kindly"
    r"|gonna|wanna|must|help me|hi|hello|hey|ok|okay|yes|no|how to|how do i|how can i|you to"
    r"|(?:want|need|like|have|going|wish|love|trying|ready|able) to)\s+)"
)
_THING: Final = (
    r"(?=\s+(?:a|an|the|my|our|this|that|these|those|me|us|it|them|some|another|one|two|three|more"
    r"|for|[{\d]))"
)
_SHORTLY: Final = (
    r"^(?!(?:is|are|was|do|does|did|what|when|why|how|who|where|i|we)\b)(?:[\w']+\s+){0,4}"
)
_NOUNS: Final = frozenset(
    ("book", "order", "schedule", "change", "move", "return", "rent", "hire", "exchange", "lock")
)
"""They are a command only before the thing: *book a room*, not *book shop*."""


def _verbs(words: str, besides: str = "", nouns: tuple[str, ...] = ()) -> Command:
    """Commands by one of the verbs, or by a pattern ``besides`` that has one of the nouns."""
    each = (
        re.escape(verb).replace(r"\ ", r"\s+") + (_THING if verb in _NOUNS else r"\b")
        for verb in phrases(words)
    )
    verbs = f"{_BEFORE}(?:{'|'.join(each)})"
    return Command(
        words=(*(verb.split()[0] for verb in phrases(words)), *nouns),
        pattern=f"{verbs}|{besides}" if besides else verbs,
    )


def _switched(way: str, words: str) -> Command:
    """*turn the light on*, *light on please*."""
    turned = rf"\b(?:turn|switch|put|power|shut)\b(?:\s+[\w'{{}}]+){{0,4}}?\s+{way}\b"
    return _verbs(words, rf"{turned}|{_SHORTLY}{way}(?:\s+(?:please|now|pls))?$", (way,))


CONTRASTS: Final = (
    (
        _verbs(
            "book|reserve|order|schedule|arrange|set up|sign up|subscribe|register|enrol|enroll"
            "|join",
            r"\b(?:make|need|want) an? (?:booking|reservation|appointment)\b",
            ("booking", "reservation", "appointment"),
        ),
        _verbs("cancel|call off|undo|revoke|withdraw from|unsubscribe|opt out|quit|leave"),
        _verbs("change|move|reschedule|modify|postpone|amend|edit|update"),
    ),
    (_verbs("open|unlock"), _verbs("close|shut|lock")),
    (_switched("on", "activate|enable|unmute"), _switched("off", "deactivate|disable|mute")),
    (_verbs("start|begin|resume|continue"), _verbs("stop|pause|end|halt")),
    (
        _verbs("raise|increase|turn up|make it louder|make it warmer"),
        _verbs("lower|decrease|reduce|turn down|make it quieter|make it colder"),
    ),
    (_verbs("add|include"), _verbs("remove|delete|take off|erase")),
    (_verbs("check in|check-in"), _verbs("check out|check-out")),
    (_verbs("block|freeze|suspend"), _verbs("unblock|unfreeze|reactivate")),
    (_verbs("deposit|pay in|top up"), _verbs("withdraw|take out|cash out")),
    (
        _verbs("buy|purchase"),
        _verbs("sell|trade in"),
        _verbs("return|exchange|send back|bring back|give back"),
        _verbs("repair|fix|mend"),
        _verbs("rent|borrow|hire"),
    ),
    (_verbs("upload"), _verbs("download")),
    (_verbs("connect|link|pair"), _verbs("disconnect|unlink|unpair")),
    (_verbs("show"), _verbs("hide")),
)
"""In each group a text commands one thing or another: booking, cancelling, changing."""
