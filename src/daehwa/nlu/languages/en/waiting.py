"""English words by which a person asks for a moment, and comes back."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.language import Waiting
from daehwa.nlu.languages.lexicon import phrases

_SPAN = (
    r"(?:(?:a|an|one|1|two|2|three|3|five|5|ten|10|another|one more|two more|a few|few|a couple of"
    r"|just a|just one|half a|some)(?: more)? )?"
    r"(?:moments?|minutes?|mins?|seconds?|secs?|ticks?|mo|bit|while|little|little bit)"
    r"(?: more| longer)?"
)
# On their own, as two minutes may be a value.
_VAGUE = (
    r"(?:(?:a|one|another|one more|a few|just a|just one|half a) )?(?:more )?"
    r"(?:moments?|seconds?|secs?|ticks?|mo|bit|little bit)(?: more| longer)?|just (?:a|one) minute"
)
_OPENING = (
    r"(?:(?:please|just|ok|okay|oh|sorry|hey|um|uh|no|yes|well|can you|could you|would you|will you"
    r"|you need to|let me|i'm sorry|actually) )*"
)
_CLOSING = (
    r"(?: (?:please|pls|ok|okay|will you|would you|thanks|thank you|for me|there|on|now|then))*"
)
_TIME = (
    r"(?:some|more|some more|a little|a little more|a bit of|a bit more|a moment of)(?: more)? time"
)
_LOOKING = (
    r"(?:check|look|see|think|find (?:it|that|out|my \w+)|look (?:it|that) up"
    r"|(?:get|grab) (?:it|that|my \w+)"
    r"|look for (?:it|my \w+)|check (?:it|that|my \w+)|think about (?:it|that)"
    r"|ask (?:him|her|them|my \w+)|go and (?:check|look|see))"
)
_WAIT_FORM = (
    rf"{_OPENING}(?:(?:wait|hold on|hang on|hold|stand by|bear with me|hold the line)"
    rf"(?: (?:for )?{_SPAN})?|{_VAGUE}"
    rf"|(?:give|gimme)(?: me)? (?:{_SPAN}|{_TIME})(?: to {_LOOKING})?"
    rf"|i(?:'ll| will)? need (?:{_SPAN}|{_TIME})(?: to {_LOOKING})?"
    r"|(?:i'm )?not (?:yet|ready|ready yet)"
    rf"|(?:let me|i(?:'ll| will| need to| have to| must)|i'm going to) {_LOOKING}"
    rf"(?: (?:for )?{_SPAN})?"
    rf"|{_LOOKING} (?:first|for {_SPAN})"
    rf"|(?:i'll |i will )?(?:be )?(?:right back|back in {_SPAN})|brb){_CLOSING}"
)
_GO_ON_FORM = (
    rf"{_OPENING}(?:(?:i'm|i am|im|we're|we are) (?:back|here|ready|done)(?: again| now)?"
    r"|back(?: again| now)|(?:let's|let us|we can|you can|you may)?\s?(?:continue|go on|go ahead"
    r"|resume|proceed|carry on)|here (?:i am|we go)|(?:all )?(?:set|done|ready)"
    r"|(?:i )?(?:got|found|have) it|thanks for waiting|sorry for the wait|where were we)"
    r"(?: (?:please|now|then|again|thanks))*"
)

WAITING: Final = Waiting(
    wait_form=_WAIT_FORM,
    go_on_form=_GO_ON_FORM,
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
