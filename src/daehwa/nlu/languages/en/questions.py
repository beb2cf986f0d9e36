"""English questions to the bot, and the words by which a value is only offered.

The order of words makes an English question (*is it*, *how much*), not a word like *where*, which
titles begin with.
"""

from __future__ import annotations

import re
from typing import Final

from daehwa.nlu.languages.language import VALUE, Questions
from daehwa.nlu.languages.patterns import ways

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
do|does|did|is|are|was|were|can|could|should|would|will|has|have|am|must|isn'?t|aren'?t|don'?t
doesn'?t|didn'?t|can'?t|couldn'?t|won'?t|wouldn'?t|shouldn'?t|hasn'?t|haven'?t
"""
)
# These begin no order and no name, whatever follows.
_SURE_AUXILIARIES: Final = ways("does|did|is|are|was|were|isn'?t|aren'?t|doesn'?t|didn'?t")
_WORDS: Final = ways("what|when|where|who|whom|whose|why|how|which")
_WORD_FORMS: Final = ways(
    rf"""
{_WORDS}\s+(?:else\s+)?{_AUXILIARIES}\b|{_WORDS}(?:'s|'re|'d|'ll)\b|(?:whats|wheres|whens|hows|whos)\b
what\s+(?:time|kind|sort|type|day|days|hours?|about|floor|size|color|colour|payment|currency)
what\s+(?:happens|if\s+\w)|what\s+\w+\s+(?:do|does|is|are|can)\b
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
_THINGS: Final = ways(
    r"""
anything|something|availability|openings?|room|space
(?:a|any|some|another)\s+(?:tables?|rooms?|slots?|spots?|times?|openings?|seats?|places?|appointments?)
(?:a|any|some|another)\s+(?:one|cars?)
"""
)
_OFFERING: Final = ways(
    """
do|make it|make that|make|get|have|book|take|reserve|be|put|say|go with|go for|come|try|schedule|set
change|change it|move|move it|work|use|order|pick|choose|select|stay|arrive|check in|visit|meet
start|leave|go|pay|give you|still
"""
)
_LEADING: Final = ways(
    r"""
for|on|at|to|as|with|by|from|around|about|of|a|an|the|in|under|be|like|one|\s
"""
)
_AROUND: Final = ways(
    r"""
[\s,.!]|um+|uh+|hm+|well|oh|ok|okay|maybe|perhaps|probably|possibly|i think|i guess|let'?s say|say
like|around|about|at|on|for|by|the|a|an|in|from|to|just|only|or|and|then|if possible|so|it'?s|its
is it|i'?d like|i'?ll take|we'?ll take|make it|with|under|my|name|is|please|sorry
"""
)
_TAIL: Final = (
    ways(
        rf"""
[\s,.!?]|or|and|so|then|maybe|ish|o'?clock|people|persons?|adults?|guests?|kids|children|nights?
days?|of us|please|(?:is|be) (?:fine|ok|okay|good|alright|possible|available|that ok)
if (?:possible|that works|that'?s (?:ok|okay|fine)|you can|you have one|available|not too late)
if it'?s (?:ok|okay|fine)|right|ok|okay|works?|possible|available|good|fine|alright|free|open|doable
instead|too|(?:would|could) (?:work|be)|i think|i guess|for (?:now|me|us|example)|around|about|total
room|bed|beds|one|at|on|in the (?:morning|afternoon|evening)|{VALUE}|is it
is that (?:ok|okay|fine|right|possible|good|too late)|does that work|can you do that|would that work
"""
    )
    + "{0,24}"
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
can i (?:skip|leave (?:this|that|it))|is (?:this|that|it) (?:required|mandatory|optional|necessary)
"""
)

QUESTIONS: Final = Questions(
    clear=re.compile(
        rf"{_OPENING}(?:{_AUXILIARIES}\s+{_SUBJECTS}\b|{_SURE_AUXILIARIES}\s+\w+"
        rf"|(?:may|might)\s+(?:i|we)\b|{_WORD_FORMS})"
        rf"|\b{_REQUESTS}\b|\b{_AUXILIARIES}\s+(?:i|we|you|they|it|there)\b.*\?"
        rf"|\b{_WORD_FORMS}.*\?|\b{_STATES}\s*\?"
    ),
    likely=re.compile(rf"{_OPENING}{_WORDS}\b\s+\w|\?"),
    never=re.compile(
        r"^\s*(?:yes|no|yeah|yep|nope|huh|hm+|um+|what|pardon|sorry|really|right|ok|okay)\s*\?*$"
        r"|\b(?:whatever|whenever|wherever|whichever|anytime|doesn'?t matter|don'?t care)\b"
    ),
    offers=re.compile(
        rf"^[^?]*\b(?:how|what)\s+about\b.*{VALUE}"
        rf"|{_OPENING}(?:can|could|may|might|would|should|will|shall|do|does|is|are|let'?s"
        r"|how (?:does|is|would))\s*(?:i|we|you|it|that|this|there)?\s*"
        rf"(?:please|maybe|just|perhaps|possibly)?\s*{_OFFERING}?\s*(?:it|that|this|me|us)?\s*"
        rf"(?:{_THINGS}\s*(?:left|open|free|available)?\s*)?(?:down|in|available|free)?\s*"
        rf"{_LEADING}{{0,12}}{VALUE}{_TAIL}$"
        rf"|^{_AROUND}{{0,24}}{VALUE}{_TAIL}$"
    ),
    breaking_off=re.compile(rf"^\s*(?:oh|um+|uh+|ok(?:ay)?|sorry)?[\s,]*{_BREAKS}"),
    about_reply=re.compile(_ABOUT_REPLY),
)
