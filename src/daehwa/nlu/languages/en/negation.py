"""How English denies, and takes back what was said."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.lexicon import phrases
from daehwa.nlu.languages.speech_acts import Cue, ExchangeWords, Negation

_FAILING: Final = (
    r"work|load|open|start|turn|charg|connect|respond|arriv|c[oa]me|coming|show|appear|receiv"
    r"|g[eo]t|find|see|hear|function|play|print|sync|let|allow|accept|recogni|know|remember"
    r"|understand|have|had|finish|complete|go\b|going|went|fit|match|correct|right|clear|good|great"
    r"|happy|satisf|enough|available|able|on\b|in\b|there|here|sure|fair|possible|ready|hot|cold"
    r"|warm|fast|clean|read|(?:feel|seem|look)(?!\w* (?:terrible|bad|awful|broken|wrong|damaged))"
    r"|stop|close|lock(?!ed\b)|save|download|install|update|pair|dry"
    r"|wh(?:at|ere|en|o|y)\b|how"
)
"""Beginnings of words whose denial reports a fault, and takes nothing back."""

_ABOUT_ONESELF: Final = "sleep|eat|breath|improv|progress|earn|mak|mov|heal|los|gain"
"""Beginnings of verbs of which it is a complaint that one does not do so."""

_APART: Final = r"[\s,.;:?!…~()\-]"
# Not the oh of "oh seven seven".
_OH: Final = r"oh(?!,? (?:oh|one|two|three|four|five|six|seven|eight|nine|double|triple|o|\d)\b)"
_SOFT: Final = rf"(?:um+|uh+|{_OH}|ah|er+|hmm+|well|ok|okay|actually|please|so)"
# What a reply puts right begins like one of these: two, actually *three*.
_VALUES: Final = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|twenty|thirty|forty|fifty|a dozen|(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|today"
    r"|tonight|noon|midnight|half|quarter|yes|no"
)
_TAKING_BACK: Final = (
    r"(?:scratch that|strike that|correction|w?oops|or rather|make that|my mistake|my bad"
    r"|i mean(?! it)|i meant|i misspoke|on second thoughts?|wait no|no+ wait"
    r"|sorry(?=[,.]? (?:i mean|make|no\b|not\b|it'?s|the\b))"
    r"|actually(?=,? (?:no\b|make|let'?s make|it'?s\b|i meant|change|keep it|leave it))"
    r"|actually(?=,? (?:never ?mind|forget it))"
    rf"|actually(?=,? (?:\d|(?:{_VALUES})\b)))"
)
# Words that take something back only where they are set off.
_SET_OFF: Final = (
    r"(?:no+(?! (?:longer|one|need|problem|idea|way|worries|doubt|matter|more|signal|reason|luck"
    r"|charge)\b)"
    r"|nope|nah|wait(?! (?:for|until|till|time|a|any|so|this|here|too)\b)|hold on|hang on"
    r"|sorry(?=[,.…]* \S)|rather(?! than)|not that"
    rf"|make it(?= (?:\d|(?:{_VALUES})\b))"
    r"|(?:never ?mind|forget(?: about)? (?:it|that)|(?:keep|leave) it(?: alone| as it is)?"
    r"|don'?t bother)(?=\W*$))"
)
_ONWARD: Final = r"(?:let'?s make it|let'?s say|make (?:it|that)|it'?s|it should be|i said|go with)"
# From the beginning of a run of marks on, and never back into it: linear in the text's length.
_CORRECTION: Final = (
    rf"(?<!{_APART})(?:{_APART}++{_SOFT}\b)*(?:{_APART}++{_TAKING_BACK}"
    rf"|(?=\s*[,.;:?!…\-]){_APART}++{_SET_OFF}"
    rf"|{_APART}++(?:no|wait)(?=,|\s(?:i want|i'?d\b|i need|make|sorry|actually|just)))\b"
    rf"(?:{_APART}++(?:{_TAKING_BACK}|{_SET_OFF}|{_ONWARD}|{_SOFT})(?![\w']))*{_APART}*+"
)

_BEFORE_ORDERS: Final = (
    *("and", "but", "please", "plz", "pls", "so", "no", "just", "well", "ok", "okay", "oh", "hey"),
    *("hi", "hello", "actually", "sorry"),
)
_OPENING: Final = (
    r"(?:^|(?<=[,.;:!?…] )|(?<=[,.;:!?…])|"
    + "|".join(rf"(?<=\b{word} )" for word in _BEFORE_ORDERS)
    + ")"
)
_NOT: Final = r"(?: not|n'?t)"
_ADVERBS: Final = r"(?: really| actually| even| ever| just| still| necessarily)*"

_QUESTIONS: Final = (
    r"\?|\b(?:if|ensure|make sure|so that|unless|because|since|when)\b"
    r"|^(?:(?:and|but|so|well|hi|hello|hey|sorry|please|excuse me|ok|okay)[, ]+)*"
    r"(?:why|how|what|when|where|who|which|do (?:you|i|we|they)|don'?t (?:you|i|we|they)|cannot"
    r"|am|will|(?:is|are|does|did|can|could|would|should|has|have|was|wo)(?:n'?t)?|can't)\b"
)

# What somebody misses is not a wish to be without it: there is *no* hot water.
_NOT_MISSED: Final = "".join(
    rf"(?<!\b{word} )"
    for word in phrases(
        "is|are|was|were|be|been|s|re|ve|have|has|had|got|get|gets|getting|there|still|see|shows|shown"
        "|came|comes|arrived|delivered|sent|left|found|say|says|received|works|gives|makes|with"
    )
)
_NO_PHRASES: Final = (
    "problem|problems|idea|one|way|thanks|thank|more|longer|less|later|sooner|need|matter|doubt|rush"
    "|hurry|worries|i|it|not|wait|please|that|that's|this|sorry|actually|make|the|my|we|you|don't|let's"
)

CUES: Final = (
    Cue(pattern=_CORRECTION, kind="correction", side="before"),
    Cue(
        pattern=rf"\b(?:i|we)(?: really| just| still| actually)*(?:(?: do| did| would){_NOT}"
        rf"| never| no longer){_ADVERBS} (?:want(?:ed)?|wanna|need(?:ed)?|wish|intend(?:ed)?"
        r"|plan(?:ned)?|meant?|ask(?:ed)?|care|like)(?: you)?(?: for)?\b(?= to\b| you\b)",
        kind="decline",
        side="behind",
        plainly="i want",
    ),
    Cue(
        pattern=rf"\b(?:i|we)(?: really| just| still| actually)*(?:(?: do| did| would){_NOT}"
        rf"| never| no longer){_ADVERBS} (?:want(?:ed)?|need(?:ed)?|ask(?:ed)? for"
        r"|(?:care|bother) (?:for|about))\b",
        kind="decline",
        side="behind",
        plainly="i want",
        thing=True,
    ),
    Cue(
        pattern=r"\b(?:i|we)(?:'ve| have)?(?: never| did(?: not|n'?t)) (?:said?|claimed?"
        r"|complained?|meant?)(?: that| to say)?\b(?= \w)",
        kind="decline",
        side="behind",
    ),
    Cue(
        pattern=rf"\b(?:i'?m|i am|we'?re|we are) (?:not|no longer){_ADVERBS} (?:trying|going|gonna"
        r"|looking|planning|asking|calling|wanting|interested|here|in need|after|about)"
        r"(?: for| about| in| of)?\b",
        kind="decline",
        side="behind",
        plainly="i want",
    ),
    Cue(
        pattern=rf"\b(?:i|we)(?: wo| will| sha| should){_NOT}(?: be needing| need)?\b"
        r"|\b(?:i|we)'ll not\b|\b(?:i|we)(?:'d| would) (?:rather|prefer) not\b",
        kind="decline",
        side="behind",
        plainly="i want to",
    ),
    Cue(
        pattern=r"\b(?:there'?s |there is |you have |i have )?"
        r"no (?:need|intention|desire|wish|plans?)(?: to| for| of)?\b"
        r"|\b(?:it'?s |it is )?not necessary(?: to)?\b|\b(?:i|we|you) need not\b"
        rf"|\b(?:i|you|we) do{_NOT} (?:have|need) to\b"
        rf"|{_OPENING}no (?=\w[^,.;!?]*\b(?:please|thanks|thank you|needed|required"
        r"|necessary)\b)",
        kind="decline",
        side="behind",
    ),
    Cue(
        pattern=rf"\b(?:you )?(?:must|should|may|shall|ought to){_NOT}\b|\byou (?:can't|cannot)\b"
        rf"|{_OPENING}(?:do not|don'?t|never|do n't|no longer){_ADVERBS}(?: you dare| please)?\b",
        kind="forbid",
        side="behind",
    ),
    Cue(
        pattern=r"\b(?:instead of|rather than|in place of|as opposed to|other than|but not|and not"
        r"|anything but|any(?:where| ?time| day)? (?:but|except)|except(?: for)?)\b"
        rf"|{_OPENING}(?:forget|never ?mind)(?: about)?(?! it\b| that\b| about\b| to\b)\b"
        r"(?=\s\w[^,.;]*[,.;])",
        kind="contrast",
        side="behind",
        phrase=True,
    ),
    Cue(
        pattern=r"\s(?:does|wo|would|is|will)(?:n'?t| not)(?: really| going to)?"
        r" (?:work|suit|do|fit|be possible)(?: for me| for us| me| us)?\b"
        r"|\s(?:is|'s) (?:no good|out|not (?:good|possible|an option))(?: for me| for us)?\b",
        kind="unfit",
        side="before",
    ),
    Cue(
        pattern=rf"{_OPENING}(?:leave|keep)\b"
        r"(?=[^,.;!?]*\b(?:as (?:it|they|is|was|planned|booked)\b|the way (?:it|they)\b))",
        kind="forbid",
        side="behind",
    ),
    Cue(
        # What is left out of a thing: a burger *without* onions, *hold the* mayo.
        pattern=rf"(?<=[a-z0-9,]\s){_NOT_MISSED}(?:with no(?! (?:{_NO_PHRASES})\b)"
        rf"|(?<=[a-z]\s)no(?! (?:{_NO_PHRASES})\b)(?= [a-z]+s\b)"
        r"|without(?: any)?|minus(?! \d)|(?:hold|skip|leave (?:out|off)) the)\b(?=\s[a-z])",
        kind="unfit",
        side="behind",
        phrase=True,
    ),
    Cue(
        pattern=r"\s(?:is|'s) (?:far )?too (?:late|early|soon|far|much|many|expensive|long|short"
        r"|big|small|few|little)(?: for (?:me|us))?\b",
        kind="unfit",
        side="before",
    ),
    Cue(
        pattern=r"\b(?:i |we )?(?:can'?t|cannot|can not|couldn'?t)"
        r" (?:do|make|come|attend|manage)(?: it)?\b",
        kind="unfit",
        side="behind",
        phrase=True,
    ),
    Cue(
        pattern=rf"\b(?:it|that|this)(?:'s|s| is) not\b(?! (?:{_FAILING}))"
        rf"|\b(?:it|that|this) isn'?t\b(?! (?:{_FAILING}))",
        kind="state",
        side="behind",
        phrase=True,
        plainly="it is",
    ),
    Cue(
        # What the speaker is not doing; what does not come about is a fault.
        pattern=rf"\b(?:i|we)(?:'?m|'?re| am| are) not(?= (?!{_FAILING}|{_ABOUT_ONESELF})\w+ing\b)",
        kind="decline",
        side="behind",
        plainly="i am",
    ),
    Cue(
        pattern=r"\bi(?:'?m| am) not\b",
        kind="state",
        side="behind",
        plainly="i am",
    ),
    Cue(
        pattern=r"\bnothing(?:'s| is| was| got)"
        r"(?= (?:broken|wrong|damaged|missing|lost|cracked)\b)",
        kind="state",
        side="behind",
        plainly="it is",
    ),
    Cue(
        pattern=r"\b(?:is|are|was|were)(?: not|n'?t)\b|(?<=[a-z])'(?:s|re) not\b",
        kind="state",
        side="behind",
        plainly=" is",
    ),
    Cue(
        pattern=r"\b(?:has|have|had)(?: not|n'?t)(?: been)?\b",
        kind="state",
        side="behind",
        plainly="was",
    ),
    Cue(pattern=r"\b(?:did|does|do)(?: not|n'?t)\b", kind="state", side="behind"),
    Cue(
        pattern=r"(?<!you )(?<!it )(?<!we )(?<!i )\bnot\b(?! only| just)",
        kind="contrast",
        side="behind",
        phrase=True,
    ),
)

_BETWEEN_TWO: Final = (
    r"(?:no+(?! (?:later|earlier|sooner|more|less|longer|good|problem|need|idea|way|matter|doubt"
    r"|one|use)\b)"
    r"|nope|nah|sorry|hang on|hold on|wait|actually|rather(?! than\b)|oops"
    r"|(?:did|does|do)(?:n'?t| not) work(?: out)?(?:,? so)?)"
)
_AGAIN: Final = (
    rf"(?:i (?:mean|meant|said)|make (?:it|that)|it'?s|then|um+|uh+|er+|{_OH}|ah|so|let'?s say)"
)
_EXCHANGES: Final = (
    ExchangeWords(
        words=phrases("no|nah|sorry|hang on|hold on|wait|actually|rather|oops|work"),
        pattern=rf"{_APART}+(?:(?:um+|uh+|er+|{_OH}|ah){_APART}+)*{_BETWEEN_TWO}"
        rf"(?:{_APART}+(?:{_BETWEEN_TWO}|{_AGAIN}))*(?:{_APART}+|$)",
    ),
    ExchangeWords(
        words=phrases("change|switch|swap|move"),
        pattern=r"\b(?:change|switch|swap|move)(?: (?:it|that|mine))?(?: from)? (?P<old>.+?)"
        r" (?:to|for|with|into)\b",
    ),
    ExchangeWords(words=("forget",), pattern=r"[\s,.]+forget(?: about)? (?P<old>.+)$"),
    ExchangeWords(
        words=phrases("not |instead of|rather than"),
        pattern=r"(?:^|[\s,.]+)(?:not|instead of|rather than)(?: (?:for|on|at|the))?"
        r" (?P<old>(?:(?!\b(?:but|not)\b).)+?)(?:,(?!\d)\s*(?:but\s)?|\s(?:but|rather)\s|[\s.!]*$)",
    ),
    ExchangeWords(words=("not ",), pattern=r"\bnot(?: (?:for|on|at|the))? (?P<old_new>[^,;!?…]+)"),
)

NEGATION: Final = Negation(
    exchanges=_EXCHANGES,
    hints=phrases(
        """
no|n't|never|nothing|dont|didnt|doesnt|isnt|arent|wasnt|wont|cant|wouldnt|shouldnt|couldnt|hasnt|havent
hadnt|mustnt|wait|scratch that|strike that|sorry|oops|i mean|rather|instead|make that|forget|my bad
my mistake|correction|misspoke|leave it|keep it|bother|hold on|hang on|second thou|except
opposed to|in place of|but |is out|other than|actually|too |make it|without|minus
hold the|skip the|leave o|as it is|as they are|as is|as it was|as planned|as booked
the way it|the way they
"""
    ),
    cues=CUES,
    affirming=r"\bnot (?:only|just|merely|sure|certain|to mention|at all)\b|\bnot yet\b|\bnot bad\b"
    r"|\bwhy (?:don'?t|do not|not)\b|\b(?:if|or|whether or) not\b|\bcan'?t wait\b"
    r"|\bnever (?:forget|fail)\b"
    r"|\b(?:do not|don'?t) (?:forget|hesitate|mind|worry|know|understand|remember|think"
    r"|fail|see why)\b",
    breaks=r"[,;!?…]|:(?!\d)|\.(?!\d|[\w.]*@|(?:com|net|org|co|io|edu|gov|uk|de)\b)"
    r"|\s-\s|\b(?:but|i'd|i would|i want|i need|i'll|i will|let's"
    r"|can you|could you|can i|could i|would you|please|just|instead|it's|make it)\b",
    edges=r"\b(?:for|to|from|on|at|in|with|by|and|then|when|because|since|as|please|thanks?)\b",
    questions=_QUESTIONS,
    fillers=r"i|i'?d|i'?m|we|me|us|my|our|it|it'?s|its|that|this|the|a|an|please|just|only|thanks"
    r"|thank|you|ok|okay|so|well|actually|yes|yeah|no|oh|um|uh|hi|hello|hey|sorry|sir|at|all|now"
    r"|then|want|wanted|to|would|will|like|do|did|be|is|are|was|s|m|d|t|anymore|any|more|longer"
    r"|yet|still|really|ever|right|wait|for|of|on|in|and|but|instead|not|or|with|about|one|thing"
    r"|though|said|meant|mean|absolutely|under|circumstances|whatever|stop|listen",
    failing=_FAILING,
    ceasing=r"\b(?:any ?more|any longer|no longer)\b",
    having=r"\b(?:my|our|the|this|that|it)\b",
    links=r"[\s,]*\b(?:but|rather|instead|it'?s)\b",
    slight=r"(?:[\s,.'\"]|\b(?:the|a|an|on|at|for|in|to|from|my|is|it's|of|by|with|around|about|until"
    r"|be|any|want|i|do|make|it|use|go|like)\b)*",
    stem=3,
)
