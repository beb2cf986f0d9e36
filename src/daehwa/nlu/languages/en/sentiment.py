"""English words that show how a person feels."""

from __future__ import annotations

import re
from typing import Final

from daehwa.nlu.languages.language import SentimentWords


def _any(words: str) -> re.Pattern[str]:
    """A pattern of whole words; ``*`` stands for an ending, a bar or a new line divides."""
    listed = [word.strip() for word in words.replace("\n", "|").split("|") if word.strip()]
    longest = sorted(listed, key=len, reverse=True)
    return re.compile(
        rf"\b(?:{'|'.join(re.escape(w).replace(re.escape('*'), r'[a-z]*') for w in longest)})(?!\w)"
    )


SENTIMENT: Final = SentimentWords(
    praise=_any(
        """
great|excellent*|amazing*|awesome|wonderful*|fantastic*|perfect*|brilliant*|lovely|superb*
outstanding|delightful*|delicious|tasty|yummy|gorgeous|helpful|courteous|seamless*|flawless*
impressive|impressed|pleased|happy|glad|delighted|thrilled|satisfied|love|loved|loving|loves
adore*|i like|we like|really like|liked|enjoyed|highly recommend|recommended|would recommend
worth every|well done|works great|works well|worked well|works perfectly|lifesaver|life saver
life-saver|stunning|incredible|incredibly|top notch|top-notch|first class|five stars|5 stars|10/10
10 out of 10|a+|fab|fabulous|terrific|splendid|phenomenal|charming|dope|slaps|legend|legends|hero
heroes|a gem|bravo|kudos|yay|woohoo|wow|a treat|exceeded|beyond expectations|rock|rocks|good job
nice job|great job|nice work|good work|made my day|lucky|proud|magnificent|marvellous|marvelous
exceptional*|spot on|blown away|chuffed|bless you|superstar|star service|nailed it|love it
loveable|adorable|a joy|a dream|like a charm|couldn't ask for more|the best|best ever|best hotel
so good|so nice|really good|very good|really nice|very nice|pretty good|feels good|feeling better
much better|looks great|sounds great|good service|good people|keep it up|keep up|game changer
a pleasure
"""
    ),
    blame=_any(
        """
terrible|terribly|awful|awfully|horrible|horribly|horrendous|dreadful|worst|disappoint*|disgust*
annoy*|frustrat*|angry|furious|mad|upset|unhappy|unacceptable|ridiculous|absurd|useless|worthless
pointless|a waste|waste of|wasted|wasting|rude*|impolite|unfriendly|unprofessional|unhelpful
incompetent|lazy|scam*|fraud|rip off|ripoff|rip-off|ripped off|cheated|lied|liar*|misled
misleading|hate|hated|hates|sick of|tired of|fed up|had enough|never again|regret*|a joke|shameful
shame|shame on|nightmare|pathetic|garbage|trash|rubbish|crap|crappy|sucks|suck|sucked|hopeless
appalling|atrocious|lousy|shoddy|flimsy|disgrace*|outrageous|infuriating|disaster|unreliable
runaround|let down|letdown|mediocre|boring|underwhelming|overpriced|tasteless|bland|gross|nasty
inedible|filthy|mouldy|moldy|rotten|wtf|damn|hell|stupid|idiot*|dumb|yikes|ugh*|argh*|smh
disrespectful|clueless|driving me|makes me sick|wish i had never|poor service|so bad|very bad
really bad|too bad|bad service|bad experience|feel bad|meh|heartbroken|devastated|miserable|sad
inexcusable|joke of|clowns|clown|bs|bullshit|blows|trashy|cranky|hostile|dismissive|condescending
insult*|excuses|are you kidding|kidding me|no sense|nonsense|scared|worried|anxious|sickening
painful|stressful|no one cares|nobody cares|nobody answers|nobody helps|lost all
thanks for nothing|give up|giving up
"""
    ),
    virtues=_any(
        """
good|nice*|beautiful*|friendly|polite*|kind|professional*|patient|attentive|smooth*|pleasant*
enjoy*|best|better|fast|quick|quickly|speedy|prompt|promptly|easy|easily|convenient|comfortable
comfy|cozy|cosy|clean|spotless|fresh|reliable|recommend|worth|saved|cool|sweet|fun|funny|generous
affordable|fair|sturdy|crisp|looks good|sounds good|as promised|ahead of schedule|earlier than
on time|solved|resolved|fixed|finally|warm|soft|quiet|cheap|like|pretty|lit|like new|like it
tastes|helped|safe|happily|relieved|works|worked|working
"""
    ),
    troubles=_any(
        """
bad|badly|worse|poor|poorly|slow*|sluggish|late|delay*|broken|broke|breaks|damaged|defective
faulty|cracked|torn|crash*|freez*|froze|frozen|buggy|bugs|bug|laggy|lags|glitch*|keeps failing
failed|fails|failure|fail|error*|wrong|mess|messed|dirty|stained|stain|smelled|smells|smelly
stinks|stink|stale|cold|soggy|burnt|raw|undercooked|overcooked|expensive|overcharged|charged twice
double charged|complain*|complaint*|problem*|issue|issues|trouble*|noisy|noise|loud|uncomfortable
cramped|crowded|confus*|complicated|inconvenient|unfortunately|sadly|stuck|missing|lost|leak*|dead
died|dies|hung up|ignored|ignoring|ignore|scratched|peeling|itchy|cockroach*|hair in|nobody|no one
still waiting|waiting forever|for ages|takes forever|took forever|forever|again and again
keep having|spoiled|spoilt|ruined|too small|too tight|too long|too expensive|too late|too much
down again|once again|not again|another delay|on hold|hidden fees|hurt|hurts|pain|insane|unsafe
blurry|faded|a hole|fell apart|falls apart|doesn't work|does not work|didn't work|still doesn't
not working|won't load|can't log in|never arrived|never came|never got|hasn't arrived
haven't heard|times already|hours and|spam|cheat*|mid|hard to
"""
    ),
    thanks=_any(
        """
thank you|thanks|thank|thx|ty|tysm|cheers|much appreciated|appreciate|appreciated|grateful
thankful
"""
    ),
    denied_before=re.compile(
        r"(?:\b(?:not|no|never|hardly|barely|without|nothing|none|neither|nor|cannot|aint|dont|doesnt"
        r"|didnt|isnt|wasnt|cant|wont|zero|anything but|far from|less than|supposed to be|could be"
        r"|could have been|should be|used to be|if only)|\w+n't)\b(?:\W+\w+){0,3}\W*$"
    ),
    denied_behind=re.compile(
        r"\W+(?:was|were|is|has been|got|are)\W+(?:\w+\W+)?(?:solved|fixed|resolved|gone|sorted)\b"
    ),
    stressed=_any(
        """
so|very|really|too|extremely|absolutely|totally|completely|super|such|truly|incredibly|again|ever
all the time|always|every time|still
"""
    ),
    contrast=_any(
        """
but|however|although|though|yet|even though|except|unfortunately|on the other hand|while|whereas
despite|still|pity|too bad|shame|tho
"""
    ),
    requests=_any(
        """
please|pls|can you|could you|can i|could i|may i|would you|i want to|i'd like|i would like|i need
how do|how can|how much|how long|do you|where|when|which|what|what's|is there|are there|show me
tell me|send|cancel|change|book|order|remind|set|add|give me|let me
"""
    ),
)
