"""English words of assent and refusal. The first phrases are those of Amazon's table."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.en import assent
from daehwa.nlu.languages.language import Confirmation
from daehwa.nlu.languages.lexicon import phrases

_YES: Final = phrases(
    """
yes|yeah|yep|ja|ok|okay|sure|i have it|i can agree|yup|yea|ya|yah|y|ye|aye|uh huh|mhm|mm hmm|k
kk|okey|okie|okie dokie|okey dokey|alright|all right|right|correct|that's correct|that is correct
that's right|that is right|you're right|you are right|right on|exactly|absolutely|definitely
certainly|of course|ofc|for sure|indeed|affirmative|true|agreed|i agree|i do|i am|i will|i have
i did|i would|go ahead|go for it|do it|please do|yes please|yes i do|yes i am|yes it is
yes that's right|that'll be alright|that'll be fine|that will be fine|that will be alright
that'll be ok|that'll do|that will do|that'll do nicely|that will do nicely|go 4 it|yea go 4 it
that'll be okay|that'll be lovely|i think that'll be alright|i think that'll be fine
yes of course|yes sure|sounds good|sounds great|sounds right|that works
works for me|that's fine|that is fine|fine|fine by me|good|great|perfect|looks good|looks right
that's it|that is it|it is
it's right|it's correct|it is correct|confirm|confirmed|i confirm|confirm it|please confirm
approve|approved|accept|i accept|accepted|proceed|please proceed|continue|by all means|why not
you bet|you got it|totally|positive|i'm sure|i am sure|i'm positive|i am positive|keep going
make it so|yas|sure thing|i think so|i guess so
i believe so|yes i think so|yes correct|book it|place it|place the order|order it|submit|done|cool
hell yes|hell yeah|heck yes|heck yeah|yes indeed|sure why not|yessir|yes sir|yes ma'am|you betcha
for real
that's about right|sounds about right|about right|that's the one|that's the spirit|no doubt
without a doubt
i'd love to|i would love to|please go ahead|good to go|i'd say so|i would say so|i'd say yes
that's a yes|it's a yes|yes from me|that's a yes from me|good idea|why wouldn't i|obviously
naturally|granted
very well|gladly|with pleasure|no problem|no worries|that'd be great|that would be great
let's do it|let's go|not a problem|i don't see why not|don't see why not|i don't disagree
can't argue with that|go on|go on then|not wrong|you're not wrong|that's not wrong
don't mind if i do
i don't mind|damn right|darn right|awesome|excellent|wonderful|brilliant|lovely|you got it
i'd be happy to
i wouldn't mind|all good|yes all good|that's that|that'll be fine|that will be fine|okie|roger that
copy that|got it
i wouldn't say no|can't say no
why wouldn't you|too right|as you wish|suits me|suits me fine|that suits me
that'll do|that will do|that'll work|fair enough|right you are|be my guest|i'm in|count me in
i'm happy with that|happy with that|it's all good|yes that works|that'd be lovely
that would be lovely
i'd like that|i would like that|sounds like a plan|works fine|i'm ok with that|i'm okay with that
i'm fine with that|that's okay with me|ok with me|fine with me|no objection|no objections|roger
roger that
10-4|ten four|righto|right-o|fo sho|fo' sho|fasho|for sho|bet|alrighty|alrighty then|deal
done deal|it's a deal
you've got a deal|we have a deal|i'm down|i'm game|i'm up for it|i'm up for that|amen
say no more|no question
that'd be a yes|that would be a yes|that'll be a yes|it's a yes from me|yes it does|it does
it sure is|it sure does
sure does|sure is|sure do|that it is|that i do|that i am|yes please do|i'd be delighted|happy to
why yes|why of course
yuppers|yeppers|yh|yeh|spot on|bang on|bingo|precisely|och aye|you said it|couldn't agree more
i couldn't agree more
yes please go ahead|yes he is|yes she is|yes they are|yes we are|yes we do|yes you can
yes you may
yes there is|yes there are
you know it|hundred percent|one hundred percent|100 percent|100%|true that|yes absolutely
can't see why not|i can't see why not|can't see a reason not to|sounds abt right|sounds about right
"""
)

_NO: Final = phrases(
    """
no|nope|negative|naw|forget it|i'll decline|no way|nah|na|n|nay|not|no thanks|no thank you|never
never mind|nevermind|not at all|not really|don't|do not|i don't|i do not|i won't|i will not
i'm not|i am not|i can't|i cannot|it's not|it is not|it isn't|that's not right|that is not right
that's wrong|that is wrong|that's incorrect|that is incorrect|wrong|incorrect|not correct
not right|that's not correct|that's not it|not quite|false|disagree|i disagree|decline|i decline
declined|refuse|i refuse|reject|deny|cancel|cancel it|cancel that|stop|don't do it|please don't
no i don't|no i do not|no it's not|no it isn't|no that's wrong|no not that|absolutely not
certainly not|definitely not|of course not|i don't think so|i do not think so|not now|not today
not yet|no sir|no ma'am|hell no|negatory|i'd rather not|i would rather not|rather not|none
not that one|no not that one|no no not that one|some other time|maybe another time
that's not what i said|no need|i don't want to|i don't want it|i do not want it|i don't want that
no please|no good|that's a no|it's a no|i'd say no|no from me|that's a no from me|not a chance
not in a million years|not on your life|no chance|i think not
nuh uh|nuh-uh|uh uh|heck no|not in the least
by no means|never in a million years|not in a month of sundays|no fear|no siree
over my dead body|not happening|i'll pass|i will pass|pass|hard pass|leave it|scrap that
not this time|not for me
don't do that|do not do that|that won't be necessary|it won't be necessary|that's not necessary
not necessary|it's not necessary|i'm afraid not|afraid not|i'd prefer not|i'd prefer not to
i would prefer not
i'd rather you didn't|please do not|i changed my mind|i've changed my mind|changed my mind
not interested|i'm not interested|count me out|i don't need it|i don't need that|not needed
out of the question
no go|thumbs down|that's not me|i said no|god no|not anymore|nah i'm good
that'd be a no|that would be a no|that'll be a no|it's a no from me|can't say i do
can't say that i do|can't say i am
can't say that i am|can't say i have|not that i know of|not as far as i know
not that i'm aware of|fat chance
not likely|nix|no dice|as if|heavens no|good lord no|good heavens no|dear god no|i'm out|hardly
nawh|nar|nae|nuh
nty|not in this lifetime|beg to differ|i beg to differ|it does not|it doesn't|no it doesn't
no it does not|no you can't|no you may not|you may not
you can't
no we're not|no we are not|we're not|we don't|no we don't|no there isn't
no there aren't
absolutely no|thanks but i'll pass|god forbid|are you kidding no|no thanks to that|not my thing
no i'm not|no i am not|no i won't|no can do|no never
yeah no that's wrong|yeah no|nah you're ok|nah you're okay|you're ok thanks
that's a hard no|it's a hard no|hard no|i'd better not|better not|i had better not|that's a firm no
"""
)

_MAYBE: Final = phrases(
    """
it's possible|perhaps|sometimes|i might|that could be right|maybe|possibly|could be|might be
it might|it could be|it may be|probably|i may|it depends|depends|that's possible|that may be right
i guess|maybe later|kind of|sort of|kinda|more or less|potentially|conceivably|maybe so|maybe yes
i suppose|i suppose so|suppose so|could go either way|it could go either way|maybe not
maybe yes maybe no|most likely|likely|very likely|quite possibly|it is possible
"""
)

_DO_NOT_KNOW: Final = phrases(
    """
dunno|unknown|no idea|not sure about it|who knows|don't know|i don't know|i do not know|not sure
i'm not sure|i am not sure|unsure|no clue|i have no idea|i've no idea|i have no clue|idk|beats me
can't say|i can't say|i cannot say|hard to say|i can't tell|i dunno|i'm unsure|i wouldn't know
not certain|i'm not certain|uncertain|can't remember|i don't remember|i forgot|do not know
not sure yet|i'm not sure yet|don't know yet|i don't know yet|haven't decided|haven't decided yet
i haven't decided|i haven't decided yet|undecided|still undecided|still thinking|can't decide
i can't decide|not decided|not decided yet|yet to decide|tbd|to be decided|i'm still deciding
"""
)

# What softens a no: no thanks, I'm good.
_POLITELY: Final = phrases(
    """
i'm good|i am good|i'm fine|i am fine|that's fine|that's ok|that's okay|it's fine|it's ok|it's okay
that's alright|all good
"""
)

# Words before or after the answer that do not change it.
_FILLERS: Final = frozenset(
    phrases(
        """
please|thanks|thank|you|well|oh|um|uh|hmm|so|just|then|sir|maam|madam|the|um,|er|ah|mate|hey|bot
dear|aw|aww|love|bro|bruh|fam|captain|boss|chief|darling|sweetie|friend|pal|babe|guys|doc|miss|ma'am
thx|ty|tysm|pls|plz|cheers|ta|lol|haha|hehe|lmao|ha|sorry|honestly|really|honey|dude|man|buddy|folks
actually|yes,
"""
    )
)

# What asks for a moment before the answer comes: hold on, no.
_OPENERS: Final = phrases(
    """
hold on|hang on|wait|wait a second|wait a minute|wait a moment|one moment|one second|one sec
just a moment
just a second|just a sec|just a minute|hold on a second|hold on a sec|hang on a second|hang on a sec
let me think|let me see|i think|i believe|i'd say|i would say|i'm afraid|to be honest|honestly
i guess
"""
)

CONFIRMATION: Final = Confirmation(
    openers=_OPENERS,
    answers={
        "Yes": (*_YES, *assent.YES),
        "No": (*_NO, *assent.NO),
        "Maybe": _MAYBE,
        "Don't know": (*_DO_NOT_KNOW, *assent.UNSURE),
    },
    politely=_POLITELY,
    fillers=_FILLERS,
)
