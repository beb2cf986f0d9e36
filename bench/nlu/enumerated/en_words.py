"""English replies, cell by cell: words and forms that the cells share."""

# fmt: off
# Tables of words: what counts is what stands in them.
# ruff: noqa: ANN201, ARG001, C416, C901, E501, E741, PERF401, PLR0912, PLR0915, PLW2901, RUF100

from __future__ import annotations

from enumerated.cells import wrapped

ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ORDINALS = ["zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
SHORT_DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]


def words(number: int, joint: str = " and ", dash: str = "-") -> str:
    """A number in words."""
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10] + (dash + ONES[number % 10] if number % 10 else "")
    for size, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = number % size
            between = joint if rest and rest < 100 else " "
            return words(number // size, joint, dash) + " " + name + (between + words(rest, joint, dash) if rest else "")
    return ""


def ordinal(number: int, dash: str = "-") -> str:
    """An ordinal in words."""
    if number < 20:
        return ORDINALS[number]
    if number % 10 == 0:
        return TENS[number // 10][:-1] + "ieth"
    return TENS[number // 10] + dash + ORDINALS[number % 10]


def suffixed(number: int) -> str:
    """An ordinal in digits: 21st."""
    last = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{last}"


PLAIN = wrapped((
        "{} please",
        "it's {}",
        "um {}",
        "i think {}",
        "{}.",
        "let's say {}",
        "{} thanks",
        "{} works",
        "make it {}",
        "how about {}",
        "ok {}",
        "uh {} please",
        "yeah {}",
        "{}!",
        "that would be {}",
        "i'd say {}",
        "i'd like {}",
        "let's do {}",
        "{} would be great",
        "{} is fine",
        "hmm {}",
        "{} if possible",
        "just {}",
        "maybe {}",
        "well, {}",
        "so {}",
        "can we do {}",
        "could it be {}?",
        "let me go with {}",
        "i'll take {}",
        "please {}",
        "{} then",
    )
)
ABOUT = wrapped(("about {}", "around {}", "roughly {}", "{} or so", "approximately {}", "i guess {}", "{} i think"))
ON = wrapped(("on {}", "for {}", "on {} please", "{} would work", "i'm free {}", "can you do {}", "does {} work", "book me for {}", "i want to come {}", "schedule it for {}", "i need it by {}", "{} at the latest", "starting {}", "from {}"))
AT = wrapped(("at {}", "at {} please", "for {}", "around {}", "about {}", "by {}", "can i come at {}", "at {} if you can", "{} works for me", "let's meet at {}", "maybe around {}", "i'd prefer {}"))
NOUNS = ["people", "guests", "adults", "tickets", "nights", "rooms", "items", "pizzas", "boxes", "bottles", "chairs", "pieces", "copies", "seats", "kids", "players", "cups", "slices", "bags", "pairs"]
