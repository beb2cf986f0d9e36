"""English words that point to a slot: directions, what is counted, what joins a list."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.language import Cues
from daehwa.nlu.languages.lexicon import phrases

CUES: Final = Cues(
    source_names=frozenset(
        phrases(
            """
from|origin|departure|depart|departing|source|start|starting|begin|beginning|pickup|leaving
checkin|since|outbound
"""
        )
    ),
    target_names=frozenset(
        phrases(
            """
to|destination|dest|arrival|arrive|arriving|target|end|ending|until|dropoff|return|checkout|till
inbound
"""
        )
    ),
    source_words=frozenset(phrases("from|leaving|departing|starting|since|between")),
    target_words=frozenset(phrases("to|till|until|through|arriving|and|ending|towards")),
    counted={
        "people": phrases(
            """
people|person|persons|guest|guests|adult|adults|traveler|travelers|traveller|travellers
passenger|passengers|party|seat|seats|ticket|tickets|children|kids|child|kid
"""
        ),
        "nights": phrases("night|nights|stay"),
        "days": phrases("day|days"),
        "hours": phrases("hour|hours"),
        "minutes": phrases("minute|minutes"),
        "weeks": phrases("week|weeks"),
        "months": phrases("month|months"),
        "years": phrases("year|years|age|old"),
        "rooms": phrases("room|rooms"),
        "cups": phrases("cup|cups|glass|glasses"),
        "bottles": phrases("bottle|bottles"),
        "books": phrases("book|books"),
        "pieces": phrases("piece|pieces|item|items"),
    },
    passed=frozenset(phrases("more|extra|additional|further|other|full|whole|single|of")),
    how_many=(("how", "many"),),
    joints=frozenset(phrases("and|or|plus|with|also|&|+|an|a|the|some")),
)
