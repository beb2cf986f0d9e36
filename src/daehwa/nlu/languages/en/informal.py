"""English as it is typed in a hurry: short forms and what they stand for."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.language import Informal
from daehwa.nlu.languages.lexicon import phrases

INFORMAL: Final = Informal(
    words={
        short: full
        for full, shorts in {
            "about": "abt",
            "account": "acct",
            "appointment": "appt",
            "are you": "ru",
            "because": "cuz|coz|bcoz|becuz",
            "before": "b4",
            "birthday": "bday",
            "by the way": "btw",
            "don't know": "dunno",
            "give me": "gimme",
            "going to": "gonna",
            "good": "gud",
            "got to": "gotta",
            "great": "gr8",
            "i don't know": "idk",
            "isn't": "isnt|aint|ain't",
            "kind of": "kinda",
            "later": "l8r",
            "let me": "lemme",
            "message": "msg",
            "never mind": "nvm",
            "night": "nite",
            "out of": "outta",
            "password": "pw|pwd",
            "people": "ppl",
            "please": "pls|plz|plss|plzz|plse|pleez",
            "somebody": "sb|smb",
            "something": "sth|smth|smthg",
            "thank you": "ty",
            "thanks": "thx|tnx|thanx|thnx",
            "though": "tho",
            "through": "thru",
            "today": "2day",
            "tomorrow": "tmr|tmrw|tmrrw|2moro|2morrow|2mrw",
            "tonight": "tonite|2nite|2night",
            "want to": "wanna",
            "what": "wat|wot",
            "what is": "whats|wats",
            "where is": "wheres",
            "when is": "whens",
            "how is": "hows",
            "there is": "theres",
            "that is": "thats",
            "weekend": "wkend|wknd",
            "you": "u|ya",
            "you all": "yall|y'all",
            "your": "ur",
            "i'm": "im",
            "i've": "ive",
            "can't": "cant",
            "couldn't": "couldnt",
            "didn't": "didnt",
            "doesn't": "doesnt",
            "don't": "dont",
            "hasn't": "hasnt",
            "haven't": "havent",
            "shouldn't": "shouldnt",
            "wasn't": "wasnt",
            "won't": "wont",
            "wouldn't": "wouldnt",
        }.items()
        for short in phrases(shorts)
    }
)
