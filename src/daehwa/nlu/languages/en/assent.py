"""English assent and refusal put together from their parts: that works for me, I'd rather not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Final

from daehwa.nlu.languages.lexicon import phrases

_THIS_IS: Final = phrases("that's|that is|it's|it is|this is")
_THIS: Final = (
    *_THIS_IS,
    *phrases(
        """
everything is|everything's|all|all is|that would be|that'd be
it would be|it'd be|it's all|that's all|they're all|all of it is|that'll be|it'll be
that will be
"""
    ),
)
_PLAINLY_RIGHT: Final = phrases(
    "right|correct|true|fine|good|great|perfect|ok|okay|alright|all right|awesome"
)
_RIGHT: Final = (
    *_PLAINLY_RIGHT,
    *phrases(
        """
cool|excellent
wonderful|lovely|brilliant
exactly right|absolutely right|fantastic|accurate|acceptable|amazing|super
"""
    ),
)
_FOR_US: Final = phrases("with me|by me|for me|with us")
_FOR_ME: Final = ("", *_FOR_US, *phrases("i think|then"))
_WHOLLY: Final = phrases("totally|absolutely|completely|perfectly|really|just|very|entirely|quite")
_SEEM: Final = phrases(
    """
looks|sounds|seems|feels|it looks|it sounds|that sounds|that looks|that seems
"""
)
_I_AM: Final = phrases("i'm|i am|we're|we are|im")
_HAPPY: Final = phrases(
    """
ok|okay|good|fine|happy|cool|comfortable|satisfied|pleased|in agreement
"""
)
_WRONG: Final = phrases(
    """
wrong|incorrect|false|untrue|a mistake|not true|not it|no good|off|mistaken
"""
)
_IT: Final = phrases("it|that|this|them|so")
_ACTS: Final = phrases(
    """
do|book|confirm|submit|order|place|send|schedule|reserve|approve|complete|finalize|process|keep
take|use|accept
"""
)
_PUSH: Final = ("", *phrases("please|go ahead and|yes please|just"))
_WORK: Final = phrases(
    """
works|will work|would work|should work|will do|works fine|works great|'ll work
"""
)
_LETS: Final = phrases(
    """
let's|lets|we can|you can|you may|you should|i want to|i'd like to|i would like to|i will|i'll
"""
)
_GO: Final = phrases(
    """
do it|do that|do this|go|go for it|go ahead|proceed|continue|go with that|go with it|move on
book it
"""
)
_NOT_SO: Final = phrases(
    """
it's not|it is not|it isn't|that's not|that is not|that isn't|this is not|this isn't|not
no it's not|everything is not
"""
)
_NOT_RIGHT: Final = phrases(
    """
necessary|needed|required|what i want|what i wanted|what i said|what i meant|what i asked for|me
mine|the one|it|possible
going to work|gonna work|the right one|what i need|quite right|exactly right|quite it|happening
for me|an option
"""
)
_REFUSE: Final = phrases(
    """
don't|do not|dont|won't|will not|wont|can't|cannot|can not|wouldn't|would not|shouldn't|couldn't
didn't|did not
"""
)
_WANT: Final = phrases(
    """
want|want to|want it|want that|want this|like it|like that|like to|need|need it|need that|need to
agree|agree with that
accept|accept that|accept it|think so|believe so|do that|do it|approve|care for it|feel like it
want any|do so|do this
want to do that|want to do it|confirm|confirm that|like this|need this|think that's right
think it is|think that's correct
"""
)
_STOP: Final = phrases(
    """
don't|do not|dont|please don't|please do not|just don't|no don't|you don't need to|don't you
"""
)
_NO_NEED: Final = phrases(
    """
i prefer not|i prefer not to|i would prefer not|i would prefer not to|i'd prefer not
i would rather not|i'd rather we didn't|i'd rather you didn't
no need|there's no need|there is no need|no need to|no need for that|no need for it
no need to do that|no need thanks|let's not
let's not do that|let's not do it|lets not|in no way|under no circumstances
not under any circumstances|i'd rather not do that
i'd rather you not|i would rather not do that|not in the slightest|thanks but no thanks
thanks but no|not that|not that one
not this one|not those|don't bother|please don't bother|don't worry about it|not any more
not anymore|not at this time
not at the moment|not right now|not just now|not tonight|not so much|not particularly
not especially|not ok|not okay|not good
not fine|not great|no such luck|no way jose|i refuse to|uh uh|uhn uhn|mm mm|scratch that|drop it
skip it|skip|abort|quit it|leave it|let's leave it|leave it there|leave it out|let it be|leave that
"""
)
_DEGREES: Final = (
    "",
    *phrases(
        """
really |too |so |entirely |quite |completely |totally |absolutely |100 percent
one hundred percent |very |exactly |all that|not really
"""
    ),
)
_SURE: Final = phrases("sure|certain|positive|decided|clear|convinced")
_ABOUT_IT: Final = (
    "",
    *phrases(
        """
about that|about it|yet|at the moment|right now|to be honest|honestly|of that|which
"""
    ),
)
_DO_NOT: Final = phrases("don't|do not|dont")
_IGNORANT: Final = (
    *_DO_NOT,
    *phrases(
        """
really don't|honestly don't|still don't|couldn't|can't|cannot|wouldn't|didn't
"""
    ),
)
_KNOW: Final = phrases(
    """
know|say|tell|decide|remember|recall|know yet|know for sure|really know|say for sure|tell you
be sure|know that|know about that
have a clue|have an idea|have any idea|know which|make up my mind
"""
)
_UNDECIDED: Final = phrases(
    """
undecided|unsure|uncertain|on the fence|50 50|fifty fifty|torn|in two minds|still thinking
still thinking about it|still deciding|not there yet
"""
)
_WHO_KNOWS: Final = phrases(
    """
search me|no telling|time will tell|we'll see|let's see|it's hard to say|it's hard to tell
hard to tell|hard to know
difficult to say|difficult to tell|tough to say|your guess is as good as mine|haven't a clue
i haven't a clue|not a clue
haven't made up my mind|i haven't made up my mind|i have yet to decide|i need to think
i have to think about it|i forget
i'll have to think about it|i need to think about it|no way of knowing|god knows|anyone's guess
it's anyone's guess
"""
)


def _joined(*parts: tuple[str, ...]) -> Iterator[str]:
    """Every way through the parts."""
    return (" ".join(filter(None, words)) for words in product(*parts))


YES: Final = (
    *_joined(_THIS, _RIGHT, _FOR_ME),
    *_joined(_THIS, _WHOLLY, _PLAINLY_RIGHT),
    *_joined(_SEEM, _RIGHT, ("", "to me", "to us")),
    *_joined(_RIGHT, _FOR_US),
    *_joined(_I_AM, _HAPPY, ("with",), _IT),
    *_joined(_PUSH, _ACTS, _IT),
    *_joined(("that", "it", "this", "that all"), _WORK, ("", "for me", "for us")),
    *_joined((*_LETS, *_PUSH), _GO),
)
NO: Final = (
    *_joined(_NOT_SO, _RIGHT, _FOR_ME),
    *_joined(_NOT_SO, _NOT_RIGHT),
    *_joined(_THIS_IS, _WRONG),
    *_joined(("i guess", "i suppose", "probably", "i'm afraid", "i hope", "i believe"), ("not",)),
    *_joined(("not", "no not"), _DEGREES[1:], ("", "so", "true", "correct", "right")),
    *_joined(
        ("", "just", "please", "you can"),
        ("forget", "cancel", "stop", "drop", "skip"),
        ("about it", "that", "it", "this", "all of it"),
    ),
    *_joined(("i", "we", ""), _REFUSE, _WANT),
    *_joined(_STOP, _ACTS, _IT),
    *_joined(
        ("", "that", "it", "this"),
        ("doesn't", "does not", "doesnt", "won't", "will not", "wouldn't"),
        ("work", "do", "suit me", "fit", "sound right", "look right", "sound good", "look good"),
        ("", "for me", "for us", "to me"),
    ),
    *_NO_NEED,
)
UNSURE: Final = (
    *(
        f"{be} not {degree}{sure}{f' {about}' if about else ''}"
        for be, degree, sure, about in product((*_I_AM, ""), _DEGREES, _SURE, _ABOUT_IT)
    ),
    *_joined(("i", "we", "i just", "i really", "i honestly", "i truly"), _IGNORANT, _KNOW),
    *_joined(_DO_NOT, _KNOW),
    *_joined((*_I_AM, "i'm still", ""), _UNDECIDED),
    *_joined(("i have", "i've", "i've got", ""), ("no idea", "no clue", "not the faintest idea")),
    *_WHO_KNOWS,
)
