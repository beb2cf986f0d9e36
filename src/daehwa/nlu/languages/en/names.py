"""English around names of people and places."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.en import gazetteer
from daehwa.nlu.languages.language import Names
from daehwa.nlu.languages.lexicon import phrases

# Words that introduce a name; with True whatever follows is one.
_NAMING: Final = {
        "my name is": True, "my name's": True, "name is": True, "name's": True, "call me": True,
        "my first name is": True, "my last name is": True, "my surname is": True, "i go by": True,
        "under the name": True, "under the name of": True, "last name is": True,
        "last name's": True, "surname's": True, "first name's": True,
        "family name is": True, "family name's": True, "my last name's": True,
        "surname is": True, "first name is": True, "is under": True, "it's under": True,
        "booked under": True, "be under": True, "put it under": True, "in the name of": True,
        "reserved under": True,
        "i'm called": True, "i am called": True,
        "they call me": True,
        "everyone calls me": True, "people call me": True, "i'm known as": True, "i am": False,
        "i'm": False, "im": False,
        "this is": False, "it's": False, "that would be": False, "that'd be": False,
}  # fmt: skip
# Words that show a reply to be a sentence about something else.
_REQUESTS = frozenset(
    phrases(
        """
what|when|where|who|why|how|which|can|could|would|should|do|does|did|is|are|was|were|will|tell
show|help|cancel|stop|want|need|have|please|don't
somewhere|anywhere|everywhere|nowhere|wherever|whatever|whichever|anything|something|everything
someone|anyone|nothing|undecided|somebody|anybody
moment|lol|omg|wtf|haha|hahaha|hmm|ugh|wow|oops|annoying|kidding|starving
"""
    )
)
# Words that family names begin with: van der Berg, de la Cruz.
_PARTICLES = frozenset(
    phrases(
        "de|la|las|los|le|du|del|della|di|da|dos|van|der|den|ter|von|zu|el|al|bin|ibn|st|san|mc|mac|o"
    )
)
# Words that names are not made of: pronouns, everyday adverbs and predicates.
_NO_NAMES: Final = frozenset(
    phrases(
        """
the|a|an|of|to|in|on|at|for|with|about|you|your|yours|me|my|mine|we|us|our|they|them|their|she
he|him|her|it|its|that|these|those|there|here|not|no|nothing|nobody|none|know|think|like|say|said
hello|hi|hey|bye|goodbye|thanks|thank|sorry|sure|maybe|again|back|more|some|any|very|really|just
good|great|nice|bad|am|be|been|has|had|get|got|give|make|go|going|come|let|let's|i'm|i|idk
isn't|aren't|won't|can't|doesn't|didn't|wouldn't|i'd|i've|secret|anonymous
"""
    )
)


# Words that songs and things are called by, but hardly a person or a place.
_IN_SENTENCES: Final = frozenset(
    phrases(
        """
today|tonight|tomorrow|yesterday|now|soon|later|never|always|often|once|while|way|anyway|pardon
too|so|out|odd|even|also|then|than|because|but|or|and|one|two|three|first|second|last|next|time|times
take|speak|leave|talk|call|wait|hurry|stop|start|try|use|pay|buy|sell|send|bring|put|keep|let's|look
see|hear|feel|love|hate|prefer|mean|believe|understand|understood|forget|forgot|lost|found|broke
broken|died|dies|dead|went|came|left|wrong|late|early|hot|cold|fast|slow|slowly|quickly|safely|easy
hard|expensive|cheap|busy|tired|hungry|happy|sad|angry|annoyed|weird|strange|funny|noisy|quiet
terrible|awful|great|lovely|perfect|people|person|thing|things|stuff|money|cash|food|lunch|dinner
holidays|care|battery|screen|phone|app|internet|wifi|password|receipt|order|refund|bag|car|sushi
true|false|real|actually|basically|honestly|seriously|obviously|definitely|absolutely|exactly|fully
"""
    )
)
# Such words as places' names hold: king *of* prussia, carmel *by the* sea, *back* bay.
_IN_PLACES: Final = frozenset(phrases("of|to|in|on|at|for|the|a|an|great|good|nice|bad|back|here"))
_EVERYDAY: Final = frozenset(
    phrases(
        "nice|bath|mesa|cork|orange|buffalo|split|reading|mobile|grace|hope|will|may|mark|faith|joy|rose"
        "|lily|summer|june|april|dawn|jack|sky|chase|grant|frank|sue|rob|bill|art|ray|gene|guy|rich|drew"
    )
)
_BEFORE_PLACES: Final = tuple(
    f"{word} "
    for word in phrases("in|to|from|at|near|for|via|around|visit|visiting|leaving|city of|and|or")
)


_VERBS: Final = frozenset(
    phrases(
        "is|are|was|were|came|comes|keeps|kept|works|worked|looks|smells|tastes|takes|took|fell"
    )
)
_SHORTEST_SENTENCE: Final = 3
_INTRODUCING: Final = frozenset(phrases("this|it|it's|my|name|mr|mrs|ms|first|last|surname"))
_CALLING: Final = frozenset(phrases("speaking|calling|here"))


def _is_sentence(words: list[str]) -> bool:
    """Whether words say something of something: app *keeps crashing*, food *came* cold."""
    if _is_opinion(words[-1]) or (words[0].endswith("ing") and words[1:2] in _ONWARD):
        return True
    if len(words) < _SHORTEST_SENTENCE or words[0] in _INTRODUCING or words[-1] in _CALLING:
        return False
    return any(
        word in _VERBS or (word.endswith(("ing", "ed")) and len(word) > len("ringed"))
        for word in words[1:]
    )


def _is_opinion(word: str) -> bool:
    """Whether a word has an adjective's ending that names hardly have: outrage*ous*, hope*less*."""
    endings = (tail for tail, size in _ADJECTIVES.items() if len(word) >= size)
    return word.endswith(tuple(endings)) and word not in _LIKE_ADJECTIVES


_ADJECTIVES: Final = {"ous": 8, "ful": 6, "able": 8, "ible": 8, "less": 7}
_LIKE_ADJECTIVES: Final = frozenset(phrases("constable|huxtable|wanless|lawless|dunstable"))
_ONWARD: Final = [[word] for word in phrases("around|for|at|into|about|through|over|up|away")]
"""What follows *looking*, and no town's name: looking *around*."""

_RELATIONS: Final = frozenset(
    phrases(
        """
my|our|brother|sister|son|daughter|mother|father|mom|mum|dad|wife|husband|friend|aunt|uncle|cousin
boyfriend|girlfriend|colleague|boss|partner|grandma|grandpa|nephew|niece|mr|mrs|ms|mr.|mrs.|ms.
"""
    )
)

NAMES: Final = Names(
    capital=("capital ", "capital letter ", "with a capital ", "upper case ", "uppercase "),
    relations=_RELATIONS,
    known={
        "City": gazetteer.CITIES,
        "Country": gazetteer.COUNTRIES,
        "State": gazetteer.STATES,
        "FirstName": gazetteer.FIRST_NAMES,
        "LastName": gazetteer.LAST_NAMES,
    },
    naming=_NAMING,
    last_naming=tuple(
        f"{name}{link}"
        for name in ("last name", "surname", "family name")
        for link in (" is", "'s")
    ),
    streets=gazetteer.STREETS,
    particles=_PARTICLES,
    no_names=_NO_NAMES,
    in_places=_IN_PLACES,
    in_sentences=_IN_SENTENCES,
    is_sentence=_is_sentence,
    everyday=_EVERYDAY,
    before_places=_BEFORE_PLACES,
    spelling_notes=(
        *(
            f"{start} {count} "
            for start in (
                *(" with", ", with", " that's", ", that's", " spelled with", ", spelled with"),
            )
            for count in ("a", "an", "one", "two", "double", "no")
        ),
        *(f"{mark} short for " for mark in (",", "", ", that's", ", it's")),
        *(f", {note}" for note in ("hyphenated", "one word", "two words", "like the ", "as in ")),
        *(f", {note}" for note in ("all lowercase", "all caps", "capital ", "same as ")),
    ),
    requests=_REQUESTS,
)
