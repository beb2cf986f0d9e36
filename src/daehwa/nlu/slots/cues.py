"""Words that point to a slot by its name: directions, and what is counted."""

from __future__ import annotations

from daehwa.nlu.builtins.lexicon import phrases

# Words in slots' names, and the words and particles that mark where a thing starts or ends.
SOURCE_NAMES = frozenset(
    phrases("from|origin|departure|depart|departing|source|start|starting|begin|beginning|pickup")
    + phrases("leaving|checkin|since|outbound")
)
TARGET_NAMES = frozenset(
    phrases("to|destination|dest|arrival|arrive|arriving|target|end|ending|until|dropoff|return")
    + phrases("checkout|till|inbound")
)
SOURCE_WORDS = frozenset(phrases("from|leaving|departing|starting|since|between"))
TARGET_WORDS = frozenset(phrases("to|till|until|through|arriving|and|ending|towards"))
SOURCE_NAMES_KO = ("출발", "부터", "시작", "체크인")
TARGET_NAMES_KO = ("도착", "목적", "까지", "종료", "체크아웃")
SOURCE_PARTICLES = ("에서", "부터", "발", "출발")
TARGET_PARTICLES = ("으로", "로", "까지", "행", "도착")

_COUNTED = (
    phrases(
        """
people|person|persons|guest|guests|adult|adults|traveler|travelers|traveller|travellers|passenger
passengers|party|seat|seats|ticket|tickets|children|kids|child|kid
명|분|인|인분|사람|인원|손님|좌석|자리|석
"""
    ),
    phrases("night|nights|stay|박|숙박"),
    phrases("day|days|일|날|날짜"),
    phrases("hour|hours|시간"),
    phrases("minute|minutes|분간"),
    phrases("week|weeks|주|주일"),
    phrases("month|months|개월|달"),
    phrases("year|years|년|살|세|age|old|나이"),
    phrases("room|rooms|방|객실|호실"),
    phrases("cup|cups|glass|glasses|잔|컵"),
    phrases("bottle|bottles|병"),
    phrases("book|books|권|책"),
    phrases("piece|pieces|item|items|개"),
)
# What a word in a slot's name or a counter behind a number counts, as a number.
COUNTED = {word: index for index, words in enumerate(_COUNTED) for word in words}
