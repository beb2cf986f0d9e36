"""English replies, cell by cell: places, names, yes and no."""

# fmt: off
# Tables of words: what counts is what stands in them.
# ruff: noqa: ANN201, ARG001, C416, C901, E501, E741, PERF401, PLR0912, PLR0915, PLW2901, RUF100

from __future__ import annotations

from collections.abc import Iterator

from enumerated.cells import Case, cell, wrapped

CITIES = "london paris berlin madrid rome tokyo osaka seoul busan beijing shanghai sydney melbourne toronto vancouver chicago boston seattle denver austin dallas houston miami atlanta phoenix philadelphia detroit|new york|los angeles|san francisco|san diego|las vegas|new orleans|salt lake city|mexico city|sao paulo|buenos aires|cape town|hong kong|kuala lumpur|tel aviv|st louis|fort worth|kansas city|new delhi|rio de janeiro|santa fe".replace(
    " ", "|", 26
).split("|")
COUNTRIES = ["france", "germany", "spain", "italy", "japan", "south korea", "china", "india", "brazil", "argentina", "chile", "peru", "canada", "mexico", "the united states", "the united kingdom", "england", "ireland", "scotland", "portugal", "greece", "turkey", "egypt", "south africa", "kenya", "nigeria", "australia", "new zealand", "sweden", "norway", "finland", "denmark", "poland", "the netherlands", "switzerland", "austria", "costa rica", "saudi arabia", "sri lanka", "vietnam"]
STATES = "california texas florida nevada oregon washington arizona utah colorado ohio illinois michigan georgia virginia maine alaska hawaii|new york|new jersey|new mexico|north carolina|south carolina|north dakota|west virginia|rhode island".replace(" ", "|", 16).split("|")
FIRST = ["james", "mary", "john", "linda", "robert", "susan", "michael", "karen", "david", "lisa", "maria", "kevin", "emma", "noah", "olivia", "liam", "sophia", "ethan", "priya", "wei", "aisha", "carlos", "fatima", "yuki"]
LAST = ["smith", "johnson", "garcia", "o'brien", "mcdonald", "lee", "kim", "patel", "nguyen", "lopez", "rodriguez", "van-dyke", "kowalski", "schmidt", "tanaka"]
STREETS = ["main street", "elm street", "oak avenue", "baker street", "maple drive", "sunset boulevard", "park lane", "second street", "5th avenue", "king's road", "river road", "church street", "martin luther king boulevard"]


def places() -> Iterator[Case]:
    to = wrapped((
            "{} please",
            "to {}",
            "in {}",
            "from {}",
            "i'm going to {}",
            "i live in {}",
            "i'd like to go to {}",
            "i'm in {}",
            "it's {}",
            "flying to {}",
            "near {}",
            "i want to fly to {}",
            "we're traveling to {}",
            "{} thanks",
            "{}.",
            "let's go with {}",
            "my destination is {}",
            "leaving from {}",
            "um {}",
            "i'm from {}",
            "i was born in {}",
            "how about {}",
            "probably {}",
            "{} i think",
            "heading to {}",
            "going to {} please",
            "make it {}",
            "i said {}",
            "{}, please",
            "it is {}",
        )
    )
    yield from cell("City", [(f(c), f"{f(c)}|{c}") for c in CITIES for f in (str.lower, str.title) for _ in range(2)], to)
    yield from cell("Country", [(c, f"{c}|{c.removeprefix('the ')}") for c in COUNTRIES for _ in range(3)], to)
    yield from cell("State", [(c, c) for c in STATES for _ in range(3)], to)
    names = wrapped((
            "my name is {}",
            "i'm {}",
            "it's {}",
            "call me {}",
            "this is {}",
            "{} please",
            "my first name is {}",
            "first name {}",
            "the name is {}",
            "name's {}",
            "{} here",
            "you can call me {}",
            "it is {}",
            "hi i'm {}",
            "hello, my name is {}",
            "{}.",
            "for {}",
            "under {}",
            "put it under {}",
            "people call me {}",
            "i go by {}",
            "just {}",
            "{} is my name",
            "{} thanks",
        )
    )
    yield from cell("FirstName", [(f(n), f"{f(n)}|{n}") for n in FIRST for f in (str.lower, str.title) for _ in range(2)], names)
    last = wrapped(("my last name is {}", "it's {}", "last name {}", "{} please", "{}.", "my surname is {}", "family name is {}", "the last name is {}", "surname {}", "it is {}", "last name's {}", "mr {}", "mrs. {}", "{} is my last name"))
    yield from cell("LastName", [(n, n) for n in LAST for _ in range(4)], last)
    streets = wrapped(("{} please", "it's {}", "i live on {}", "on {}", "at {}", "the street is {}", "my street is {}", "{}.", "i'm on {}"))
    yield from cell("StreetName", [(s, s) for s in STREETS for _ in range(4)], streets)
    yield from cell("StreetName numbered", [(f"{n} {s}", f"{n} {s}|{s}") for s in STREETS[:8] for n in ("12", "345", "1600", "42b")], streets[:5])


def answers() -> Iterator[Case]:
    yes = ["yes", "yeah", "yep", "yup", "yea", "ya", "yas", "yess", "y", "sure", "sure thing", "ok", "okay", "k", "kk", "okey dokey", "of course", "absolutely", "definitely", "certainly", "correct", "that's correct", "that is correct", "right", "that's right", "exactly", "indeed", "affirmative", "for sure", "you bet", "please do", "go ahead", "go for it", "do it", "sounds good", "sounds good to me", "sounds great", "looks good", "looks good to me", "that's fine", "that's fine with me", "that works", "that works for me", "works for me", "fine", "fine by me", "fine with me", "perfect", "great", "good", "alright", "all right", "confirmed", "i confirm", "confirm", "i agree", "agreed", "i do", "i am", "i would", "i'd like that", "i'd love to", "yes please", "yes sir", "yes ma'am", "uh huh", "mhm", "mm hmm", "totally", "by all means", "why not", "sure why not", "no problem", "not a problem", "no objections", "let's do it", "let's do that", "let's go", "let's go for it", "make it so", "proceed", "please proceed", "continue", "yes i do", "yes it is", "it is", "that is right", "true", "that's true", "i think so", "i believe so", "i guess so", "naturally", "without a doubt", "no doubt", "100 percent", "hell yes", "heck yes", "damn right", "roger", "roger that", "aye", "si", "oui", "cool", "cool with me", "awesome", "excellent", "yes that's the one", "that's the one", "that's it", "book it", "go on", "keep going", "okie dokie", "alrighty", "yessir", "yes indeed", "very well", "all good", "i'm sure", "positive", "i'm positive", "yes thank you", "i'm okay with that", "i'm good with that", "that'll do", "that would be great", "that'd be great", "that would be lovely", "you got it", "right on", "you're right", "you are right", "it's right", "it's correct", "everything is correct", "everything's fine", "yes go ahead", "ok go ahead", "ok sounds good", "ok do it", "yeah sure", "yeah ok"]
    no = ["no", "nope", "nah", "naw", "no way", "no thanks", "no thank you", "not really", "absolutely not", "definitely not", "of course not", "certainly not", "never", "not now", "not today", "not at all", "no no", "n", "negative", "i don't think so", "i do not think so", "i disagree", "don't", "do not", "don't do it", "don't do that", "don't bother", "please don't", "stop", "cancel", "cancel it", "cancel that", "forget it", "forget about it", "wrong", "that's wrong", "that's not right", "that's not correct", "that is not correct", "incorrect", "that is incorrect", "it's wrong", "that's incorrect", "false", "not true", "that's not true", "no it isn't", "no it's not", "it is not", "it isn't", "i don't", "i don't want to", "i don't want that", "i don't want it", "i do not", "i'd rather not", "i would rather not", "i'd prefer not to", "i prefer not to", "i'd better not", "no i don't", "no i do not", "no not that", "not that one", "not that", "not interested", "i'm not interested", "i'm good", "no i'm good", "nuh uh", "uh uh", "hell no", "heck no", "not a chance", "no chance", "nay", "i refuse", "i decline", "declined", "i changed my mind", "let's not", "let's not do that", "rather not", "i can't", "i cannot", "i won't", "that doesn't work", "that doesn't work for me", "that won't work", "doesn't work for me", "not for me", "not quite", "not exactly", "not okay", "not ok", "no sir", "no ma'am", "nothing", "none", "by no means", "under no circumstances", "in no way", "no can do", "nope not today", "no sorry", "sorry no", "sorry, no", "no don't", "oh no", "no please", "thanks but no thanks", "i'll pass", "pass", "hard pass", "not this time", "maybe not", "probably not", "i guess not", "i suppose not", "i think not", "i hope not", "don't think so", "dont", "dont do it", "no need", "there's no need", "no need to", "not necessary", "it's not necessary", "that's not necessary", "that won't be necessary", "that's not what i want", "that's not what i said", "that's not it"]
    maybe = ["maybe", "perhaps", "possibly", "could be", "might be", "i might", "it might", "not sure", "i'm not sure", "im not sure", "i am not sure", "i don't know", "i dont know", "idk", "dunno", "i dunno", "no idea", "i have no idea", "no clue", "i have no clue", "beats me", "who knows", "it depends", "depends", "hard to say", "hard to tell", "i can't say", "i couldn't say", "i'm unsure", "unsure", "not certain", "i'm not certain", "haven't decided", "i haven't decided yet", "undecided", "i'm undecided", "can't decide", "i can't decide", "your guess is as good as mine", "i'm on the fence", "maybe yes maybe no", "maybe so", "i'm not really sure", "not entirely sure", "don't know", "i really don't know", "i honestly don't know", "search me", "i couldn't tell you", "i forget", "i don't remember", "i can't remember", "we'll see", "probably", "most likely", "likely", "i suppose so"]
    tails = wrapped(("{}!", "{}.", "um {}", "well, {}", "oh {}", "{} lol", "uh {}", "{} haha", "hmm {}", "{}...", "{} :)", "so {}", "{}, thanks"))
    yield from cell("Confirmation yes", [(w, "Yes|Maybe" if w in ("i guess so", "i think so", "i believe so") else "Yes") for w in yes if w not in ("si", "oui", "i'm sure")], tails)
    yield from cell(
        "Confirmation no",
        [
            (
                w,
                {
                    "never": "No|-",
                    "i'm good": "No|Yes|-",
                    "i can't": "No|-",
                    "i won't": "No",
                    "i cannot": "No|-",
                    "oh no": "No|-",
                    "nothing": "No|-",
                    "none": "No|-",
                    "maybe not": "No|Maybe",
                    "probably not": "No|Maybe",
                    "i guess not": "No|Maybe",
                    "i suppose not": "No|Maybe",
                    "i hope not": "No|-",
                    "i changed my mind": "No|-",
                    "not quite": "No",
                    "forget it": "No",
                }.get(w, "No"),
            )
            for w in no
        ],
        tails,
    )
    yield from cell("Confirmation maybe", [(w, "Maybe|Don't know" if w not in ("probably", "most likely", "likely", "i suppose so") else "Maybe|Yes") for w in maybe], tails)
    yield from cell("Confirmation none", [(w, "-") for w in ("hold on", "wait a second", "what do you mean?", "say that again", "tomorrow", "three people", "why?", "how much is it?", "one moment", "i live in boston", "what are my options", "yes and no", "let me think")])
