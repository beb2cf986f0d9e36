"""English words by which a person asks for a moment, and comes back."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.lexicon import phrases
from daehwa.nlu.languages.speech_acts import Waiting

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
    r"(?: (?:please|pls|ok|okay|will you|would you|thanks|thank you|for me|there|on|now|right now"
    r"|then|sorry|dear|love|darling|honey|hun|mate))*"
)
_TIME = (
    r"(?:some|more|some more|a little|a little more|a bit of|a bit more|a moment of)(?: more)? time"
)
_THING = r"(?:it|that|them|one|the \w+|my \w+(?: \w+)?)"
# Where somebody looks for what was asked for.
_PLACE = r"(?:in|on|under|by|behind) (?:the|my|this|that) (?:other |next )?\w+"
_LOOKING = (
    rf"(?:go (?:and )?(?:find|get|grab|fetch|look for) {_THING}|fetch {_THING}"
    r"|check|look|see|think|find (?:it|that|out|my \w+)|look (?:it|that) up"
    r"|(?:get|grab) (?:it|that|my \w+)"
    r"|look for (?:it|my \w+)|check (?:it|that|my \w+)|think about (?:it|that)"
    r"|ask (?:him|her|them|my \w+)|go and (?:check|look|see))"
)
# Still busy with what was asked for: a person who has waited is asked whether they go on.
_DOING = (
    rf"(?:look(?:ing)?|search(?:ing)?|hunting|digging|rummaging|rooting)"
    rf"(?: (?:around )?(?:for|through|in) {_THING}"
    rf"| around)?"
    rf"|looking {_THING} up|looking up {_THING}|check(?:ing)?(?: (?:on )?{_THING})?"
    rf"|(?:getting|grabbing|fetching|reading) {_THING}|thinking(?: about {_THING})?"
    rf"|deciding|waiting(?: for {_THING}| on {_THING})?|loading|opening(?: {_THING})?|on my way"
    rf"|trying|at it|on it|working on (?:it|that)|making up my mind"
    rf"|trying to (?:find|get|remember|read|reach|decide|look for|look up|recall)(?: {_THING}"
    rf"| out)?"
)
_BUSY = (
    rf"(?:(?:i'm|i am|im|we're|we are) )?(?:still|currently) (?:just )?(?:{_DOING})"
    rf"|(?:i'm|i am|im|we're|we are) (?:just )?(?:{_DOING})"
    rf"|(?:it's|it is|that's) (?:still )?(?:loading|opening|downloading)|(?:let me "
    rf"|i'll )?keep looking"
    rf"|looking(?: for (?:it|that|them|my \w+))?|searching|checking(?: {_THING})?|working on it"
    rf"|just (?:{_DOING})|(?:it's|it is|they're) somewhere {_PLACE}"
    rf"|(?:i )?(?:still )?(?:haven't|have not|havent) (?:quite )?(?:found|got|gotten|seen|located"
    rf"|decided|finished|remembered)(?: on)?(?: {_THING})?(?: yet)?"
    rf"|(?:i )?(?:still )?(?:can't|cannot|cant|couldn't) (?:find|see|get|reach"
    rf"|remember) {_THING} yet"
    rf"|(?:i )?still (?:can't|cannot|cant|couldn't) (?:find|see|get|reach|remember) {_THING}"
    rf"|(?:i )?(?:still )?(?:don't|do not|dont) have {_THING} yet|(?:i )?still don't have {_THING}"
    r"|still (?:nothing|no luck)|(?:nothing|no luck) (?:yet|so far)|not (?:done|there|finished"
    r"|found)(?: it)? yet"
    r"|(?:i'm |i am |we're )?(?:almost|nearly|just about|not quite)(?: (?:there|done|ready|finished"
    r"|got it|found it|have it))(?: yet)?|(?:i've |i have )?(?:almost|nearly) (?:got|found|have) it"
    rf"|(?:it's|it is|this is|it'll|this will|it will) (?:still )?(?:taking|take"
    rf"|be) (?:me )?(?:{_SPAN}|a while"
    r"|a bit|a little|some|longer|a moment|a minute|a few minutes)"
    r"(?: time| longer| while| longer than \w+)?"
    rf"|(?:need|needs) (?:{_SPAN}|{_TIME})|(?:just )?{_TIME}"
    r"|(?:just )?a (?:bit|little|little bit|while|little while|moment) longer"
    r"|(?:i know )?it's (?:in )?(?:here|around here) somewhere|it's somewhere (?:around )?here"
    rf"|where (?:is|did i (?:put|leave)) {_THING}"
)
_WAIT_FORM = (
    rf"{_OPENING}(?:(?:(?:wait|hold on|hang on|one moment|one sec|no) )?(?:{_BUSY})|(?:wait|hold on"
    rf"|hang on|hold|stand by|bear with me|hold the line)"
    rf"(?: (?:for )?{_SPAN})?|{_VAGUE}"
    rf"|(?:give|gimme)(?: me)? (?:{_SPAN}|{_TIME})(?: to {_LOOKING})?"
    rf"|i(?:'ll| will)? need (?:{_SPAN}|{_TIME})(?: to {_LOOKING})?"
    r"|(?:i'm )?not (?:yet|ready|ready yet)"
    rf"|(?:let me|i(?:'ll| will| need to| have to| must)|i'm going to) {_LOOKING}"
    rf"(?: (?:for )?{_SPAN})?"
    rf"|(?:wait|hold on|hang on) (?:it's|it is|they're) (?:{_PLACE}|upstairs|downstairs)"
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
