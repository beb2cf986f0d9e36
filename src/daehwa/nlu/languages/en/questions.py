"""English questions to the bot, and the words by which a value is only offered.

The order of words makes an English question (*is it*, *how much*), not a word like *where*, which
titles begin with.
"""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.patterns import ways
from daehwa.nlu.languages.speech_acts import VALUE, Questions

_FILLERS: Final = ways(
    r"""
wait|hold on|hang on|one sec(?:ond)?|one moment|just a (?:sec|second|moment|minute)|sorry|excuse me
but|and|so|also|oh|ok|okay|um+|uh+|hm+|well|hey|hi|hello|actually|first|before (?:that|i \w+|we \w+)
by the way|btw|quick question|one question|question|just curious|just|then|yes|yeah|no|please
real quick|quickly|though
"""
)
_OPENING: Final = rf"^(?:{_FILLERS}[\s,:;-]*)*"
_SUBJECTS: Final = ways(
    """
i|we|you|he|she|they|it|there|this|that|these|those|the|my|your|our|their|a|an|any|anyone|some
someone|all|everyone|kids|children|pets|dogs|guests|members|people|parking|breakfast|most
"""
)
_AUXILIARIES: Final = ways(
    """
do|does|did|is|are|was|were|can|could|should|would|will|has|am|must|isn'?t|aren'?t|don'?t
doesn'?t|didn'?t|can'?t|couldn'?t|won'?t|wouldn'?t|shouldn'?t|hasn'?t|haven'?t
"""
)
# These begin no order and no name, whatever follows.
_SURE_AUXILIARIES: Final = ways("does|did|is|are|was|were|isn'?t|aren'?t|doesn'?t|didn'?t")
_WORDS: Final = ways("what|when|where|who|whom|whose|why|how|which")
_WORD_FORMS: Final = ways(
    rf"""
{_WORDS}\s+(?:(?:else|on earth|in the world|\w+ly)\s+)?{_AUXILIARIES}\b
{_WORDS}(?:'s|'re|'d|'ll)\b|(?:whats|wheres|whens|hows|whos)\b
what\s+(?:time|kind|sort|type|day|days|hours?|about|floor|size|color|colour|payment|currency)
what\s+(?:happens|if\s+\w)|have\s+(?:i|you|we|they|the|my|your)\b
what\s+(?:\w+\s+){{1,4}}(?:do|does|did|is|are|am|should|can|could|will|would)\s+(?:i|you|we|they|the|my)\b
what\s+\w+\s+(?:do|does|is|are|can)\b
how\s+(?:much|many|long|far|often|old|big|late|early|soon|about|come)|how\s+\w+\s+(?:is|are|do|does|can)\b
which\s+\w+|who(?:se)?\s+\w+s\b|why\s+(?:not|the)|(?:why|how|how so|where|when)\s*\?
"""
)
_REQUESTS: Final = ways(
    r"""
tell me|let me know|remind me what|explain|i(?:'d| would)? (?:like|want|need) to know
i (?:was|am)? ?wonder(?:ing)?|i'?m wondering|wondering (?:if|what|how|whether)|any idea|do you know
i'?m curious|(?:have|got) (?:a|one|another) (?:quick )?question|(?:can|may|could) i ask
not sure what .* (?:mean|is)
"""
)
_STATES: Final = ways(
    """
included|available|allowed|open|closed|free|refundable|possible|required|mandatory|necessary|safe
ok|okay
"""
)
# A sentence of a value and of these words alone offers the value.
_OFFERING: Final = ways(
    r"""
i|we|you|it|that|this|there|me|us|he|she|they|my|our|your|his|her|a|an|the|one|any|some|another|wife
i'd|i'll|i'm|we'd|we'll|we're|it's|its|that's|there's|let's|lets|let|husband|friends?
do|does|is|are|am|be|been|can|could|may|might|would|should|will|shall|have|has|got|get|gets|need|want
make|take|book|reserve|put|say|go|going|come|coming|try|schedule|set|change|move|switch|work|works
use|order|pick|choose|select|stay|staying|arrive|arriving|check|visit|meet|start|leave|pay|give|see
(?:send|ship|deliver|mail|bring|drop)\s(?:it|them|me|us)|fit|allow|like|love|prefer|think|guess|suppose|said|mean|called|named|name|number|party
for|on|at|to|as|with|by|from|around|about|of|in|under|till|until|over|between|up|down|after|before
what|how|if|so|then|and|or|just|only|maybe|perhaps|probably|possibly|still|also|too|instead|even|at
least|most|not|please|thanks|thank|well|oh|ok|okay|um+|uh+|hm+|sorry|yes|yeah|no|actually|rather|ish
possible|available|free|good|fine|alright|right|correct|doable|left|empty|late|early|better|best|sure
anything|something|availability|openings?|slots?|spots?|seats?|places?|appointments?|tables?|rooms?
beds?|space|times?|days?|nights?|weeks?|people|persons?|adults?|guests?|o'?clock|total|now|morning
afternoon|evening|here|today|tonight|tomorrow|next|this|week|weekend|month|noon|midnight|am|pm
(?:mon|tues|wednes|thurs|fri|satur|sun)day|dozen|half|hours?|minutes?|january|february|march|april|june
july|august|september|october|november|december|\d+(?:st|nd|rd|th|am|pm)?
"""
)
_SIDES: Final = r"[\s,.!?;:'\"()-]+"
_TAGS: Final = ways(
    r"""
right|correct|yes|no|huh|eh|(?:is|are|do|does|can|wo|would|has|have)n'?t\s+(?:it|you|they|there|we)
"""
)
_BREAKS: Final = ways(
    r"""
wait|hold on|hang on|before (?:that|i|we)|by the way|btw|quick question|one question|question
actually,|just curious|first,|one sec|sorry,|can i ask
"""
)
_ABOUT_REPLY: Final = ways(
    r"""
what (?:do|should|can|am) (?:i|you) (?:write|say|type|put|enter|mean|supposed|want|need)
what does (?:that|this|it) mean|why (?:do|would|are) you (?:need|want|ask|asking)
(?:do|must) i (?:have|need) to (?:write|say|give|fill|answer|put)
how many (?:letters|characters|words|lines)
can i (?:skip|leave (?:this|that|it))|is (?:this|that|it) (?:required|mandatory|optional|necessary)
"""
)
_TERMS: Final = ways(
    r"""
fees?|charged?|charges|penalty|penalties|costs?|prices?|how (?:much|late|long|soon|early)|until when
deadline|polic(?:y|ies)|conditions?|terms|for free|free of charge|guarantee|warranty|later(?: on)?
afterwards|what happens|if (?:i|we|my)|money back|discounts?|surcharges?|extra
(?:opening|business) (?:hours|times?)|located|parking
(?:where(?:'s| is| are)|address of) (?:the|your) (?:\w+ )?(?:shop|store|office|branch|clinic|place)
when (?:(?:do|are|will|is|does) )?(?:you|they|the \w+) (?:usually )?(?:be )?(?:open|close)[sd]?
"""
)
_EVERY: Final = ways(
    r"""
(?:mon|tues|wednes|thurs|fri|satur|sun)days|weekends|weekdays|mornings|afternoons|evenings|nights
(?:bank |public )?holidays
"""
)

# Good wishes and greetings that hold the words of a day or of a part of it.
_WISHES: Final = (
    r"\bgood (?:morning|afternoon|evening|night|day)\b(?! (?:works|is|would|at|for))"
    r"|\bhave (?:yourself )?an? (?:very )?(?:nice|good|great|lovely|wonderful|pleasant|safe)"
    r" (?:day|morning|afternoon|evening|night|weekend|week|one|time|summer|holiday|trip)\b"
    r"|\b(?:happy|merry) (?:new year|christmas|xmas|easter|halloween|thanksgiving|holidays|monday"
    r"|friday|valentine'?s(?: day)?)\b|\bsee you (?:soon|later|around)\b"
)

_OF_THINGS: Final = (
    r"(?:do|does|did|will)\s+(?:the\s+|all\s+|all the\s+|any\s+|your\s+)?\w+\s+"
    r"(?:have|come|include|need|get|close|open|cost|offer|allow|serve|accept|work|run|leave|start|end|fit|sell|charge)\b"
)
"""What is asked of things: do *rooms have* a bath."""

QUESTIONS: Final = Questions(
    clear=(
        rf"{_OPENING}(?:{_AUXILIARIES}\s+{_SUBJECTS}\b|{_SURE_AUXILIARIES}\s+\w+"
        rf"|(?:may|might)\s+(?:i|we)\b|{_WORD_FORMS}|{_OF_THINGS})"
        rf"|\b{_REQUESTS}\b|\b{_AUXILIARIES}\s+(?:i|we|you|they|it|there)\b.*\?"
        rf"|\b{_WORD_FORMS}.*\?|\b{_STATES}\s*\?"
        # Of what is still to be had one is wished for: any doubles left?
        rf"|{_OPENING}(?:got|any)\s+(?!.*\b(?:left|available|free)\b)\w+.*\?"
        # Behind a statement, or more than what was offered: you open at 9, right? a sauna too?
        rf"|\b(?:you|it|there|they|we)\b.*,\s*{_TAGS}\s*\?|\b(?:too|as well)\s*\?"
    ),
    likely=rf"{_OPENING}{_WORDS}\b\s+\w|\?",
    never=(
        r"^\s*(?:yes|no|yeah|yep|nope|huh|hm+|um+|what|pardon|sorry|really|right|ok|okay)\s*\?*$"
        r"|\b(?:whatever|whenever|wherever|whichever|anytime|doesn'?t matter|don'?t care)\b"
    ),
    offers=(
        rf"^[^?]*\b(?:how|what)\s+about\b.*{VALUE}"
        # Those who come besides may be children, who are not a value of their own.
        rf"|^(?:(?:{_OFFERING}|{VALUE}\w{{0,3}}(?:\s+(?:kids|children))?)(?:{_SIDES}|$)){{1,24}}$"
    ),
    breaking_off=rf"^\s*(?:oh|um+|uh+|ok(?:ay)?|sorry)?[\s,]*{_BREAKS}",
    about_reply=_ABOUT_REPLY,
    terms=rf"\b{_TERMS}\b",
    further=r"\b(?:too|also|as well|either)\b|^\W*(?:which|what)\b.*\b(?:is|are)\b",
    wishes=_WISHES,
    wish_hints=("good ", "have a", "have yourself", "happy ", "merry ", "see you"),
    doubled=rf"\b(?:are|'re|do)\b.*\b{_EVERY}\b.*,\s*{_TAGS}\s*\?",
    habits=(rf"{_OPENING}(?:do|does|are)\s(?:.*\s)?(?:on|in|at|over|do)\s(?:the\s)?{_EVERY}\b"),
)
