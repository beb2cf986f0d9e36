"""English words that show how a person feels."""

from __future__ import annotations

import re
from typing import Final

from daehwa.nlu.languages.speech_acts import SentimentWords


def _any(words: str) -> str:
    """A pattern of whole words; ``*`` stands for an ending, a bar or a new line divides."""
    listed = [word.strip() for word in words.replace("\n", "|").split("|") if word.strip()]
    longest = sorted(listed, key=len, reverse=True)
    each = (re.escape(word).replace(re.escape("*"), "[a-z]*") for word in longest)
    return rf"\b(?:{'|'.join(each)})(?!\w)"


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
a pleasure|couldn't be happier|couldn't be better|couldn't have been better
couldn't have gone better|could not be better|could not be happier|couldn't have asked|can't fault
can't go wrong|can't complain|no complaints|nothing but praise|nothing but good|no regrets
never disappoints|didn't disappoint|not a single problem|nothing to complain|zero issues|no issues
no downsides|hidden gem|can't wait|obsessed|changed my life|blew my mind|a blast|smooth as
chef's kiss|over the moon|super chill|cute|honest|gentle|angel|a star|bless|hats off|two thumbs up
thumbs up|big thanks|big hit|raves|breathtaking|magical|above and beyond|extra mile
exactly what i wanted|exactly what i needed|exactly what i was looking for|just what i needed
just as described|like family|melts in|what a relief|can't stop smiling|told all my friends
surprisingly good|better than i thought|better than expected|easier than i expected|exceeds|yes!
yay!|tears of joy|happy tears|worth the|lol love|smart|clever|warm welcome|vibes|amazed|amazingly
gold|soulmate|goosebumps|pure joy|joy|bliss|couldn't recommend it more|couldn't recommend more
can't recommend enough|couldn't be easier|can't thank you enough|can't praise|can't get enough
couldn't put it down|nothing i'd change|nothing i would change|wouldn't change a thing
don't regret|no hassle|no fuss|without a hitch|good as new|brand new again|like brand new
a load off|had a ball|saved my day|delight|hilarious|good bot|clever bot|never been happier
never felt better|never felt safer|never been disappointed|never let me down|never once let down
never had better|in no time|magic|talent|kept their word|kept their promise|made it right
trust them|feel safe|hope|comforting|cheered me up|dream come true|unforgettable|ovation|chills
jaw dropped|mind blowing|moving|divine|heaven|addictive|a feast|refreshing|elegant|a steal
a bargain|bargain|treasure|must see|must buy|you won't regret|thriving|touched|loved the|hell yes
damn good|neat|ace|first rate|champion|winner|intact|genius
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
thanks for nothing|give up|giving up|gone downhill|went downhill|downgrade|butchered
i expected better|expected more|could be better|could have been better|not what i paid for
had it with|i've had it|done with you|i'm done|this close to|my foot|how is this legal
calling my lawyer|see you in court|reporting you|rip my|exhausted|ffs|lag lag|stop repeating
stop sending|don't get it|you don't understand|are you even|seriously|unbelievable|speechless
come on|what's the point|why bother|don't care|doesn't care|don't buy|stay away|avoid
save your money|go somewhere else|won't be back|i could cry|crying because|losing my patience
can't take it|big mistake|cash grab|greedy|snoozefest|robbery|a lie|what is wrong with
what was i thinking|cringe|depressing|stressed|treated me like|yelled|big yikes|zero stars
one star|so much for|gee thanks|yeah right|totally normal|unbearabl*|going nowhere|ignored
not cool|nuts|wall|a dream come false|butcher*|downhill|rolled her eyes|big letdown|hassle|a pain
exhausting|livid|boiling|pulling my hair|up the wall|wit's end|scream|humiliat*|feel like an idiot
felt like an idiot|embarrass*|laughed at me|snapped at me|no clue|amateur*|ashamed|crooks|thieves
get lost|leave me alone|shut up|shut it|no help|zero help|no use|do your job|enough is enough
sort it out|child could do|money down the drain|down the drain|cost me a fortune|brutal|torture
not amused|let down by|lost all trust|junk|fake|catfished|mumbled|what a mess|what a pain
what a joke|what do i even|how could you|how dare|how hard can|can you do anything|keep asking me
what good is|blame the customer|for wrecking|deleted everything|just great|don't thank me
worried sick|nothing in return|get nothing|for nothing|not great|not okay|unfair|not fair
not amazing|hardly helpful|less than impressed|oh joy|so helpful, not|good luck getting
thanks for wasting|thank you for ruining|wilted|smashed|shrank|shrunk|burglar|arrogant|sloppy|weak
dead everywhere|refused|sour|hacked|bitter|lukewarm|squashed
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
haven't heard|times already|hours and|spam|cheat*|mid|hard to|still nothing|limping|rough
no hot water|not helping|not fixed|won't start|won't turn on|won't charge|keeps happening
same answer|same problem|overheats|blisters|rash|stolen|out of order|passed around|no apology
not even|reeked|stank|mush|limp|greasy|salty|shrank|expired|drops every|hold music|too early
"""
    ),
    thanks=_any(
        """
thank you|thanks|thank|thx|ty|tysm|cheers|much appreciated|appreciate|appreciated|grateful
thankful
"""
    ),
    denied_before=(
        r"(?:\b(?:not|no|never|hardly|barely|without|nothing|none|neither|nor|cannot|aint|dont|doesnt"
        r"|didnt|isnt|wasnt|cant|wont|zero|anything but|far from|less than|supposed to be|could be"
        r"|could have been|should be|used to be|if only|expected|supposed to)|\w+n't)\b"
        r"(?:\W+\w+){0,3}\W*$"
    ),
    denied_behind=(
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
