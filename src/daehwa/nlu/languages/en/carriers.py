"""English words around a value in a reply."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.language import Carriers
from daehwa.nlu.languages.lexicon import Lexicon, phrases

_COMMON_OWNERS = ("my", "the")
_OWNERS = (*_COMMON_OWNERS, "our", "his", "her", "your")
_LINKS = ("is", "would be", "will be", "was", "should be")
_NOUNS = phrases(
    """
name|first name|last name|surname|full name|family name|middle name|city|hometown|country|state
address|street|email|email address|number|phone number|code|answer|choice|destination|order
zip code|postcode|account number|id|ticket|ticket number|order number|reference|reference number
booking number|booking reference|confirmation number|confirmation code|tracking number|pin
pin code|serial number
customer number|membership number|case number
"""
)
_PLAIN = phrases(
    """
it's|its|it is|it would be|it was|that's|that is|that would be|that'd be|i am|i'm|im|this is
they call me|people call me|call me|you can call me|just call me|i go by|i live in|i'm in|i am in
i'm from|i am from|i come from|we live in|from|in|to|at|i'd like|i would like|i want|i'll have
i will have|i'll take|i will take|give me|can i have|can i get|could i have|could i get|may i have
let me have|let's do|let's go with|i'd like to have|i'd like to order|i would like to have
i would like to order|i want to order|i want to have|i'd love|i'd prefer|i would prefer|i prefer
i choose|i'll go with|i will go with|go with|make it|make that|how about|what about|maybe|probably
i think|i think it's|i guess|i said|i mean|i meant|put|just|a|an|the|some|i'd like the|i'd like a
i'd like to go to|i want to go to|going to|i'm going to|i need|we need|we want|we'd like|get me
please|yes|yeah|yep|sure|ok|okay|well|um|uh|hmm|oh|so|hi|hello|hey|set it to|change it to|for|with
of|under|on|the name is|my friends call me|let's say|it should be|please make it|i'd go for|i'll try
send it to|send to|send them to|write to me at|write to|reach me at
contact me at
you can reach me at|you can use|use|near|surname|family name|close to|i live near|i live on
my last name|my first name
capital|capital letter|with a capital|upper case|uppercase
leaving from|flying from|flying out of|flying into|flying to|departing from|arriving at
i'm leaving from|i'm flying from|i'm flying out of|i'm flying into
i'm flying to|we're flying from|we're flying to
only|it's spelled|it is spelled|spelled|it's spelt|spelt|that's spelled|it's spelled like
it's called|it is called|a town called|a city called|a place called
the town of|the city of|a street called
no,|nope,|nah,|er|erm|umm|sry|sorry|actually|wait|right|exactly|roughly|approximately
as i said|like i said
i would say|i'd say|let me say|lets say|can i say|can we do|could we do|can you do|gonna be
it's gonna be|should be|must be|has to be|it has to be|it's going to be|it must be|we'll say
you can put|put down|put me down for|pop me down for|put me in for|hang on|lol|haha|at most
i'm going with|i'll go for|we'll go with|it'll be|that'll be|the answer is
"""
)

_BEFORE: Final = (
    *(f"{owner} {noun} {link}" for owner in _OWNERS for noun in _NOUNS for link in _LINKS),
    *(f"{owner} {noun}'s" for owner in _COMMON_OWNERS for noun in _NOUNS),
    *(f"{noun} is" for noun in _NOUNS),
    *(
        f"{ask}{reach} {us} {by}"
        for ask in ("", "you can ", "please ", "just ", "you could ")
        for reach in phrases(
            """
email|e-mail|mail|reach|contact|text|call|message|write|write to|find
"""
        )
        for us in ("me", "us")
        for by in ("at", "on", "via", "under")
    ),
    *_PLAIN,
)
_AFTER: Final = phrases(
    """
please|thanks|thank you|thank you very much|thank you so much|pls|plz|sir|madam|ma'am|then|for me
if possible|if you can|i think|i guess|would be great|would be good|would be nice|would be fine
would be perfect|is fine|is good|is great|sounds good|works|works for me|will do|it is|is my name
is my first name|speaking|here|on the phone|calling|is my last name|is my city|is what i want
would be lovely|would work|would do|thx|cheers|actually|is my surname|lol|haha|for now|right now
if that's ok
if that works
maybe|ty|tbh|mate|bro|ya|probably|sorry|i said|or so|ish|only|altogether|exactly|in total|for us
ok|okay|should do it|give or take|at the most|is that ok|is that okay|my friend|though|tho
"""
)

_ASKING: Final = phrases(
    """
please|can you|could you|would you|will you|can you please|could you please|would you please
just|now|hey|ok|okay|go ahead and
i want you to|i'd like you to|i would like you to|i need you to|let's|can we|could we|kindly
then|and|hi|hello
"""
)

_COUNTING: Final = phrases(
    """
we are|we're|we will be|we'll be|there are|there's|there is|there will be|there'll be|it's for
it is for|it will be|all|of us|of them|in total|in all|altogether|total|now|instead|only|exactly
about|around|but|not|no|and|party of|table for|group of|change that to|change to|we have|sorry
no sorry|wait
rather|this time|after all|is right|it should say|should be|are coming|will come|people|persons
guests|adults|let's|lets|let us|it to|that to|i wanted|i want it for
"""
)

CARRIERS: Final = Carriers(
    before=Lexicon(dict.fromkeys(_BEFORE, 0)), after=_AFTER, asking=_ASKING, counting=_COUNTING
)
