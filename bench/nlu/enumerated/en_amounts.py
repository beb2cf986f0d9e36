"""English replies, cell by cell: numbers, telephone numbers, addresses, codes, shares and money."""

# fmt: off
# Tables of words: what counts is what stands in them.
# ruff: noqa: ANN201, ARG001, C416, C901, E501, E741, PERF401, PLR0912, PLR0915, PLW2901, RUF100

from __future__ import annotations

from collections.abc import Iterator

from enumerated.cells import Case, cell
from enumerated.en_words import ABOUT, NOUNS, ONES, PLAIN, words


def numbers() -> Iterator[Case]:
    some = (2, 3, 5, 8, 11, 12, 15, 19, 20, 21, 34, 48, 57, 66, 73, 85, 99, 100, 101, 112, 150, 200, 250, 305, 365, 480, 999, 1000, 1001, 1200, 1500, 2024, 3450, 10_000, 12_500, 99_000, 100_000, 250_000, 1_000_000, 2_500_000)
    yield from cell("Number words", [(w, str(n)) for n in some for w in dict.fromkeys((words(n), words(n, " "), words(n, dash=" ")))], (*PLAIN, *ABOUT))
    yield from cell("Number digits", [(w, str(n)) for n in some for w in dict.fromkeys((str(n), f"{n:,}"))], (*PLAIN, *ABOUT))
    yield from cell("Number counted", [(f"{w} {noun}", str(n)) for noun in NOUNS for n in (2, 4, 9, 13, 22) for w in (str(n), words(n))], (*PLAIN, *ABOUT))
    yield from cell(
        "Number one",
        [(f"{w} {noun[:-1]}", "1") for noun in ("tickets", "rooms", "boxes"[:3] + "s", "guests", "seats") for w in ("one", "1", "just one", "a single", "only one")]
        + [("just me", "1"), ("only me", "1"), ("myself", "1"), ("one", "1"), ("just the one", "1"), ("me alone", "1|-"), ("it's only me", "1"), ("just myself", "1")],
        (),
    )
    yield from cell(
        "Number hundreds",
        [
            (w, str(n))
            for w, n in (
                ("a hundred", 100),
                ("a thousand", 1000),
                ("a million", 10**6),
                ("a hundred and five", 105),
                ("a hundred fifty", 150),
                ("twelve hundred", 1200),
                ("fifteen hundred", 1500),
                ("twenty five hundred", 2500),
                ("nineteen hundred and fifty", 1950),
                ("a thousand and one", 1001),
                ("one hundred thousand", 100_000),
                ("half a million", 500_000),
                ("a quarter million", 250_000),
                ("a million and a half", 1_500_000),
                ("one and a half million", 1_500_000),
                ("two and a half thousand", 2500),
                ("3.5 million", 3_500_000),
                ("three point five million", 3_500_000),
                ("5k", 5000),
                ("5 k", 5000),
                ("2.5k", 2500),
                ("10K", 10_000),
                ("1.2 billion", 1_200_000_000),
                ("twenty grand", 20_000),
                ("a couple hundred", 200),
                ("a few hundred", 0),
                ("two hundred thousand", 200_000),
                ("three hundred and twenty five thousand", 325_000),
            )
            if n
        ],
        (*PLAIN, *ABOUT),
    )
    yield from cell(
        "Number decimals",
        [(f"{words(a)} point {' '.join(ONES[int(d)] if d != '0' else z for d in b)}", f"{a}.{b}") for a in (0, 1, 3, 12, 36, 100) for b in ("5", "25", "05", "14", "125") for z in ("oh", "zero")]
        + [(f"point {' '.join(ONES[int(d)] for d in b)}", f"0.{b}") for b in ("5", "25", "75")]
        + [(f".{b}", f"0.{b}") for b in ("5", "25", "75")]
        + [(f"{a}.{b}", f"{a}.{b}") for a in (0, 1, 98) for b in ("5", "25", "6")],
        PLAIN,
    )
    fractions = [
        ("half", 1, 2),
        ("a half", 1, 2),
        ("one half", 1, 2),
        ("a third", 1, 3),
        ("one third", 1, 3),
        ("two thirds", 2, 3),
        ("a quarter", 1, 4),
        ("three quarters", 3, 4),
        ("one fourth", 1, 4),
        ("three fourths", 3, 4),
        ("two fifths", 2, 5),
        ("three eighths", 3, 8),
        ("a fifth", 1, 5),
        ("an eighth", 1, 8),
        ("seven tenths", 7, 10),
        ("two-thirds", 2, 3),
        ("three-quarters", 3, 4),
    ]
    yield from cell("Number fractions", [(w, f"{a / b:.4f}") for w, a, b in fractions], PLAIN[:6])
    mixed = [(f"{n} and {w}", f"{m + a / b:.4f}") for n, m in (("two", 2), ("five", 5), ("2", 2), ("twelve", 12), ("one", 1)) for w, a, b in (("a half", 1, 2), ("a quarter", 1, 4), ("three quarters", 3, 4), ("a third", 1, 3), ("two thirds", 2, 3), ("one half", 1, 2), ("one quarter", 1, 4))] + [
        ("2 1/2", "2.5"),
        ("1 3/4", "1.75"),
        ("1/2", "0.5"),
        ("3/4", "0.75"),
        ("2½", "2.5"),
        ("one and half", "1.5"),
        ("3 and 1/2", "3.5"),
    ]
    yield from cell("Number mixed", mixed, (*PLAIN[:6], lambda w: w + " miles", lambda w: w + " cups"))
    yield from cell(
        "Number minus",
        [(f"{m} {w}", f"-{n}") for m in ("minus", "negative") for n in (1, 5, 12, 40, 273) for w in (words(n), str(n))]
        + [(f"-{n}", f"-{n}") for n in (1, 5, 12, 3.5)]
        + [("minus two point five", "-2.5"), ("negative three point one four", "-3.14"), ("five below zero", "-5"), ("10 below", "-10|-"), ("minus a hundred", "-100"), ("minus one half", "-0.5")],
        PLAIN[:8],
    )
    yield from cell(
        "Number dozens",
        [
            ("a dozen", "12"),
            ("half a dozen", "6"),
            ("a half dozen", "6"),
            ("two dozen", "24"),
            ("three dozen", "36"),
            ("a couple", "2"),
            ("a couple of them", "2"),
            ("a pair", "2"),
            ("two pairs", "2|4"),
            ("a score", "20|-"),
            ("a dozen and a half", "18"),
            ("one dozen", "12"),
            ("ten dozen", "120"),
            ("a baker's dozen", "13"),
            ("half dozen", "6"),
            ("1 dozen", "12"),
            ("2 dozens", "24"),
            ("dozen", "12"),
            ("couple", "2"),
            ("double digits", "-"),
            ("five dozen eggs", "60"),
            ("a couple dozen", "24"),
            ("one hundred dozen", "1200"),
        ],
        (*PLAIN[:8], *ABOUT[:2]),
    )
    yield from cell(
        "Number groups",
        [
            ("the two of us", "2"),
            ("both of us", "2"),
            ("the three of us", "3"),
            ("four of us", "4"),
            ("there are five of us", "5"),
            ("we are six", "6"),
            ("we're seven", "7"),
            ("there'll be eight of us", "8"),
            ("party of four", "4"),
            ("a party of nine", "9"),
            ("a group of twelve", "12"),
            ("table for two", "2"),
            ("us two", "2"),
            ("there will be ten", "10"),
            ("six of them", "6"),
            ("all five", "5"),
            ("no one", "0|-"),
            ("none", "0"),
            ("zero", "0"),
            ("nil", "0"),
            ("nobody", "0|-"),
            ("nought", "0"),
            ("a family of five", "5"),
            ("myself and three others", "4"),
            ("me and two friends", "3|-"),
            ("just the two of us", "2"),
            ("we'll be three", "3"),
            ("it'll be four", "4"),
            ("count me in for two", "2"),
            ("there's four of us", "4"),
            ("twosome", "2|-"),
            ("10 of us", "10"),
            ("7 pax", "7"),
            ("x3", "3"),
            ("5 ppl", "5"),
            ("4 ppl pls", "4"),
            ("2 pls", "2"),
            ("#4", "4"),
            ("number 4", "4"),
            ("no. 7", "7"),
            ("number seven", "7"),
            ("option 2", "2"),
            ("option two", "2"),
            ("last one", "-"),
        ],
    )
    yield from cell(
        "Number typos",
        [
            ("fourty", "40"),
            ("ninty", "90"),
            ("fourteen", "14"),
            ("eightteen", "18"),
            ("twelf", "12|-"),
            ("fiften", "15|-"),
            ("tweny", "20|-"),
            ("thre", "3|-"),
            ("sevn", "7|-"),
            ("eigth", "8|-"),
            ("too", "-|2"),
            ("foru", "4|-"),
            ("nintey", "90|-"),
            ("thirtey", "30|-"),
            ("twentyfive", "25"),
            ("thirty two", "32"),
            ("seventynine", "79"),
            ("hundered", "100|-"),
            ("one hundered", "100"),
            ("thousend", "1000|-"),
            ("two thousend", "2000|-"),
            ("fivety", "50|-"),
        ],
    )
    yield from cell(
        "Number none", [(w, "-") for w in ("some", "many", "lots", "no idea", "not sure", "two or three", "between two and five", "3 to 5", "5-6", "it depends", "as many as possible", "how many can i have?", "whatever", "tomorrow please", "either 4 or 5", "less than ten or more than five", "enough", "several")]
    )
    yield from cell(
        "Number corrections",
        [(f"{a}, {c} {b}", str(v)) for (a, b, v) in (("four", "five", 5), ("2", "3", 3), ("ten", "twelve", 12)) for c in ("no,", "sorry,", "i mean", "actually", "no wait,", "make that", "wait no,", "oops", "or rather", "scratch that,", "no make it", "correction,", "sorry i meant", "actually make it")]
        + [(f"not {a} but {b}", str(v)) for a, b, v in (("four", "five", 5), ("2", "3", 3))]
        + [(f"{b} not {a}", str(v)) for a, b, v in (("four", "five", 5), ("2", "3", 3))]
        + [(f"{b} instead of {a}", str(v)) for a, b, v in (("four", "five", 5), ("2", "3", 3))],
    )


def phones() -> Iterator[Case]:
    digit = lambda d, zero="oh": zero if d == "0" else ONES[int(d)]  # noqa: E731
    phrasings = []
    for group in (("415", "555", "0132"), ("212", "867", "5309"), ("800", "555", "1234"), ("646", "220", "8800"), ("555", "1212"), ("206", "901", "0077")):
        value = "".join(group)
        phrasings += [(j.join(group), value) for j in ("-", " ", ".", "")] + (
            [(f"({group[0]}) {group[1]}-{group[2]}", value), (f"({group[0]}){group[1]}-{group[2]}", value), (f"1-{'-'.join(group)}", "1" + value), (f"+1 {'-'.join(group)}", "+1" + value), (f"+1 ({group[0]}) {group[1]}-{group[2]}", "+1" + value), (f"1 ({group[0]}) {group[1]} {group[2]}", "1" + value)]
            if len(group) == 3
            else []
        )
        for zero in ("oh", "zero"):
            spoken = [" ".join(digit(c, zero) for c in part) for part in group]
            phrasings += [(j.join(spoken), value) for j in (" ", ", ", " - ", " dash ", "... ")]
        spoken = [" ".join(digit(c) for c in part) for part in group]
        if group[0] == "800":
            phrasings += [(" ".join(["eight hundred", *spoken[1:]]), value), (", ".join(["eight hundred", *spoken[1:]]), value), (" ".join(["one eight hundred", *spoken[1:]]), "1" + value)]
        phrasings += [(" ".join(f"double {digit(part[0])}" if len(part) == 2 else digit(part) for part in _runs(value)), value)]
        phrasings += [(" ".join(f"triple {digit(part[0])}" if len(part) == 3 else " ".join(digit(c) for c in part) for part in _triples(value)), value)]
        if len(group) == 3:
            last = group[2]
            if last[0] != "0" and last[2] != "0":
                phrasings += [(f"{spoken[0]} {spoken[1]} {words(int(last[:2]), dash=' ')} {words(int(last[2:]), dash=' ')}", value)]
    wraps = (PLAIN[0], PLAIN[1], PLAIN[2], lambda w: "my number is " + w, lambda w: "you can reach me at " + w, lambda w: "call me on " + w, lambda w: "sure, " + w, lambda w: "it's " + w + " thanks", lambda w: w + " is my cell", lambda w: "my phone number is " + w + ".")
    yield from cell("PhoneNumber", phrasings, wraps)
    yield from cell(
        "PhoneNumber foreign",
        [
            ("+44 20 7946 0958", "+442079460958"),
            ("+49 30 901820", "+4930901820"),
            ("0044 20 7946 0958", "00442079460958"),
            ("+82-10-1234-5678", "+821012345678"),
            ("plus one four one five five five five oh one three two", "+14155550132"),
            ("plus forty four seven nine one one one two three four five six", "+447911123456"),
            ("07911 123456", "07911123456"),
            ("07911 123 456", "07911123456"),
            ("oh seven nine double one, one two three, four five six", "07911123456"),
            ("zero two zero seven nine four six zero nine five eight", "02079460958"),
            ("020 7946 0958", "02079460958"),
            ("1-800-555-0199", "18005550199"),
            ("415-555-0132 ext 12", "4155550132|415555013212"),
        ],
        wraps[:6],
    )
    yield from cell("PhoneNumber none", [(w, "-") for w in ("i don't have one", "no phone", "i forgot", "12345", "five", "tomorrow at 3", "call the office", "the same as before")])


def _runs(value: str) -> list[str]:
    """Digits with equal neighbours joined in pairs."""
    parts: list[str] = []
    for char in value:
        if parts and parts[-1] == char:
            parts[-1] += char
        else:
            parts.append(char)
    return parts


def _triples(value: str) -> list[str]:
    parts: list[str] = []
    at = 0
    while at < len(value):
        size = 3 if value[at : at + 3] == value[at] * 3 else 1
        parts.append(value[at : at + size])
        at += size
    return parts


def emails() -> Iterator[Case]:
    locals_ = [
        ("john", "john"),
        ("mary dot jones", "mary.jones"),
        ("sam_lee", "sam_lee"),
        ("bob99", "bob99"),
        ("ann underscore k", "ann_k"),
        ("lee plus news", "lee+news"),
        ("mary hyphen jane", "mary-jane"),
        ("kate dash w", "kate-w"),
        ("jsmith", "jsmith"),
        ("k 8", "k8"),
        ("r two d two", "r2d2"),
        ("first dot last", "first.last"),
        ("info", "info"),
        ("tom forty two", "tom42"),
        ("s a m", "sam"),
        ("x dot y dot z", "x.y.z"),
        ("john 77", "john77"),
        ("jo dot anne", "jo.anne"),
    ]
    hosts = [
        ("gmail dot com", "gmail.com"),
        ("gmail.com", "gmail.com"),
        ("yahoo dot com", "yahoo.com"),
        ("example dot org", "example.org"),
        ("hotmail dot co dot uk", "hotmail.co.uk"),
        ("my-shop dot net", "my-shop.net"),
        ("mail dot acme dot io", "mail.acme.io"),
        ("uni dash bonn dot de", "uni-bonn.de"),
        ("outlook dot com", "outlook.com"),
        ("big co dot com", "bigco.com"),
        ("g mail dot com", "gmail.com"),
        ("i cloud dot com", "icloud.com"),
        ("a o l dot com", "aol.com"),
    ]
    phrasings = [(f"{l} {at} {h}", f"{lv}@{hv}") for l, lv in locals_ for h, hv in hosts for at in ("at", "@", "at sign")]
    wraps = (PLAIN[0], PLAIN[1], lambda w: "my email is " + w, lambda w: "send it to " + w, lambda w: "sure it's " + w, lambda w: "that's " + w, lambda w: "my email address is " + w + ".", lambda w: "email me at " + w, lambda w: "you can use " + w)
    yield from cell("EmailAddress spoken", phrasings, wraps)
    yield from cell("EmailAddress typed", [(w, w) for w in ("ann@corp.io", "Ann.Lee@Example.com", "lee+news@mail.example.co.uk", "x_y-z@foo-bar.net", "1234@abc.org", "a@b.co")], (*wraps, lambda w: f"<{w}>", lambda w: f"({w})", lambda w: f"mailto:{w}", lambda w: w + ", thanks"))
    yield from cell("EmailAddress none", [(w, "-") for w in ("i don't have one", "no email", "meet me at the corner", "john at the office", "gmail", "later", "dot com")])


def codes() -> Iterator[Case]:
    wraps = (PLAIN[0], PLAIN[1], PLAIN[2], lambda w: "my code is " + w, lambda w: "the confirmation number is " + w, lambda w: "order number " + w, lambda w: "sure, " + w, lambda w: "it is " + w + " thanks", lambda w: "my booking reference is " + w)
    nato = dict(zip("abcdefghijklmnopqrstuvwxyz", ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliet", "kilo", "lima", "mike", "november", "oscar", "papa", "quebec", "romeo", "sierra", "tango", "uniform", "victor", "whiskey", "xray", "yankee", "zulu"], strict=True))
    phrasings = []
    for code in ("AB123", "X9K4", "QR7702", "B77", "KLM8890", "Z1Y2", "TT450", "H20W", "W5", "CD34EF"):
        ways = f"{code}|{code.lower()}"
        spell = [ONES[int(c)] if c.isdecimal() else c.lower() for c in code]
        phrasings += [
            (code, ways),
            (code.lower(), ways),
            (" ".join(code), ways),
            (" ".join(code.lower()), ways),
            (" ".join(spell), ways),
            (", ".join(spell), ways),
            (" ".join(nato[c.lower()] if c.isalpha() else ONES[int(c)] for c in code), ways),
            (" ".join(nato[c.lower()] if c.isalpha() else c for c in code), ways),
            (" ".join(f"{c.lower()} as in {nato[c.lower()]}" if c.isalpha() else ONES[int(c)] for c in code), ways),
            ("-".join(code), f"{ways}|{'-'.join(code)}"),
            (" ".join(f"{c.lower()} for {nato[c.lower()]}" if c.isalpha() else c for c in code), ways),
            (" ".join(f"double {s}" if i + 1 < len(spell) and spell[i + 1] == s else s for i, s in enumerate(spell) if not (i and spell[i - 1] == s)), ways),
        ]
    yield from cell("AlphaNumeric codes", phrasings, wraps)
    yield from cell(
        "AlphaNumeric digits",
        [
            ("4821", "4821"),
            ("four eight two one", "4821"),
            ("0007", "0007"),
            ("oh oh seven", "007"),
            ("double oh seven", "007"),
            ("48 21", "4821"),
            ("99-1023", "99-1023|991023"),
            ("1 2 3 4 5 6", "123456"),
            ("one two three four", "1234"),
            ("12 34 56", "123456"),
            ("triple five two", "5552"),
            ("nine double eight", "988"),
        ],
        wraps,
    )


def shares() -> Iterator[Case]:
    wraps = (*PLAIN[:10], *ABOUT, lambda w: w + " off", lambda w: w + " of it", lambda w: "at least " + w, lambda w: "up to " + w, lambda w: "a " + w + " discount")
    phrasings = [(f"{w}{u}", f"{n}%") for n in (1, 2, 5, 10, 15, 20, 33, 50, 75, 99, 100) for w in (str(n), words(n), words(n, dash=" ")) for u in (" percent", " per cent", " pct", "%" if w.isdecimal() else " percent", " %" if w.isdecimal() else " percent")]
    yield from cell("Percentage", phrasings, wraps)
    yield from cell(
        "Percentage parts",
        [
            (f"{w} percent", v)
            for w, v in (
                ("two and a half", "2.5%"),
                ("half a", "0.5%"),
                ("a quarter of a", "0.25%"),
                ("three quarters of a", "0.75%"),
                ("zero point five", "0.5%"),
                ("point five", "0.5%"),
                ("twelve point five", "12.5%"),
                ("three and a quarter", "3.25%"),
                ("a hundred", "100%"),
                ("one hundred and ten", "110%"),
                ("minus five", "-5%"),
                ("negative two", "-2%"),
                ("0.1", "0.1%"),
                ("ninety nine point nine", "99.9%"),
                ("4.75", "4.75%"),
                ("one half of one", "0.5%"),
                ("a", "1%"),
                ("one", "1%"),
                ("a full", "1%|-"),
                ("half of one", "0.5%"),
                ("a half", "0.5%"),
                ("one and a half", "1.5%"),
            )
        ],
        wraps[:7],
    )
    yield from cell(
        "Percentage shares",
        [
            ("half", "50%"),
            ("half of it", "50%"),
            ("a quarter", "25%"),
            ("three quarters", "75%"),
            ("one half", "50%"),
            ("a third", "33%|33.33%|33.3%|0.3333|-"),
            ("two thirds", "66.67%|67%|66.7%|0.6667|-"),
            ("all of it", "100%|-"),
            ("none", "0%|0"),
            ("nothing", "0%|0|-"),
            ("20", "20"),
            ("fifteen", "15"),
            ("between 10 and 20 percent", "-"),
            ("ten to twenty percent", "-"),
            ("10-20%", "-"),
            ("five or six percent", "-"),
            ("some", "-"),
        ],
    )


def money() -> Iterator[Case]:
    wraps = (*PLAIN[:12], *ABOUT, lambda w: "up to " + w, lambda w: "less than " + w, lambda w: "max " + w, lambda w: "at most " + w, lambda w: w + " tops", lambda w: "send " + w, lambda w: "under " + w, lambda w: "a budget of " + w)
    phrasings = []
    for n in (1, 2, 5, 10, 12, 20, 45, 99, 100, 150, 250, 500, 999, 1000, 1500, 2500, 10_000, 25_000, 100_000, 1_000_000):
        value, plural = f"USD {n}.00", "s" if n > 1 else ""
        phrasings += [
            (f"${n}", value),
            (f"${n:,}", value),
            (f"$ {n}", value),
            (f"{n} dollar{plural}", value),
            (f"{n:,} dollar{plural}", value),
            (f"{words(n)} dollar{plural}", value),
            (f"{words(n, ' ', ' ')} dollar{plural}", value),
            (f"{n} buck{plural}", value),
            (f"{words(n)} buck{plural}", value),
            (f"{n} USD", value),
            (f"USD {n}", value),
            (f"${n}.00", value),
            (f"{n}$", value),
            (f"US${n}", value),
            (f"{n} us dollar{plural}", value),
        ]
    yield from cell("Currency dollars", phrasings, wraps)
    cents = []
    for d, c in ((1, 50), (3, 25), (4, 99), (12, 75), (19, 95), (45, 10), (99, 99), (150, 5)):
        value, plural = f"USD {d}.{c:02d}", "s" if d > 1 else ""
        cents += [
            (f"${d}.{c:02d}", value),
            (f"{d}.{c:02d}", value),
            (f"{d} dollar{plural} and {c} cents", value),
            (f"{words(d)} dollar{plural} and {words(c, dash=' ')} cents", value),
            (f"{words(d)} dollar{plural} {words(c, dash=' ')} cents", value),
            (f"{d} dollar{plural} {c} cents", value),
            (f"{d}.{c:02d} dollars", value),
            (f"${d} and {c} cents", value),
        ]
        if c >= 10:
            cents += [(f"{words(d)} dollar{plural} {words(c, dash=' ')}", value), (f"{words(d)} dollar{plural} and {words(c, dash=' ')}", value), (f"{d} dollar{plural} {c}", value), (f"{words(d)} buck{plural} {words(c, dash=' ')}", value)]
    cents += [
        ("fifty cents", "USD 0.50"),
        ("75 cents", "USD 0.75"),
        ("75c", "USD 0.75"),
        ("99¢", "USD 0.99"),
        ("a dollar", "USD 1.00"),
        ("a buck", "USD 1.00"),
        ("a dollar fifty", "USD 1.50"),
        ("a buck fifty", "USD 1.50"),
        ("a dollar and a half", "USD 1.50"),
        ("five and a half dollars", "USD 5.50"),
        ("two and a half grand", "USD 2500.00"),
        ("ten grand", "USD 10000.00"),
        ("5 grand", "USD 5000.00"),
        ("five k", "USD 5000.00"),
        ("5k", "USD 5000.00"),
        ("$5k", "USD 5000.00"),
        ("$1.5k", "USD 1500.00"),
        ("$2m", "USD 2000000.00"),
        ("$2 million", "USD 2000000.00"),
        ("2 million dollars", "USD 2000000.00"),
        ("a million dollars", "USD 1000000.00"),
        ("half a million dollars", "USD 500000.00"),
        ("a hundred dollars", "USD 100.00"),
        ("a hundred bucks", "USD 100.00"),
        ("a thousand dollars", "USD 1000.00"),
        ("a couple hundred dollars", "USD 200.00"),
        ("fifteen hundred dollars", "USD 1500.00"),
        ("twelve fifty", "USD 12.50|USD 1250.00"),
        ("one and a half million dollars", "USD 1500000.00"),
        ("a quarter", "USD 0.25|-"),
        ("a dime", "USD 0.10"),
        ("ten bucks fifty", "USD 10.50"),
        ("$1,234.56", "USD 1234.56"),
        ("1,234.56 dollars", "USD 1234.56"),
        ("twenty five hundred bucks", "USD 2500.00"),
        ("a hundred and twenty five dollars", "USD 125.00"),
        ("1.5 million dollars", "USD 1500000.00"),
        ("$.99", "USD 0.99"),
        ("$0.99", "USD 0.99"),
        ("half a dollar", "USD 0.50"),
        ("three quarters of a million dollars", "USD 750000.00"),
        ("a few dollars", "-|USD 3.00"),
    ]
    yield from cell("Currency cents", cents, wraps[:12])
    foreign = [
        ("euro", "euros", "EUR"),
        ("pound", "pounds", "GBP"),
        ("quid", "quid", "GBP"),
        ("yen", "yen", "JPY"),
        ("won", "won", "KRW"),
        ("yuan", "yuan", "CNY"),
        ("rupee", "rupees", "INR"),
        ("canadian dollar", "canadian dollars", "CAD"),
        ("australian dollar", "australian dollars", "AUD"),
        ("swiss franc", "swiss francs", "CHF"),
        ("mexican peso", "mexican pesos", "MXN"),
        ("peso", "pesos", "MXN"),
        ("hong kong dollar", "hong kong dollars", "HKD"),
        ("singapore dollar", "singapore dollars", "SGD"),
        ("new zealand dollar", "new zealand dollars", "NZD"),
        ("baht", "baht", "THB"),
        ("real", "reais", "BRL"),
        ("pound sterling", "pounds sterling", "GBP"),
        ("korean won", "korean won", "KRW"),
        ("japanese yen", "japanese yen", "JPY"),
        ("kroner", "kroner", "-|DKK|NOK"),
        ("zloty", "zlotys", "PLN"),
        ("ruble", "rubles", "RUB"),
        ("dirham", "dirhams", "AED"),
        ("british pound", "british pounds", "GBP"),
        ("rand", "rand", "ZAR"),
        ("lira", "lira", "TRY"),
        ("shekel", "shekels", "ILS"),
    ]
    foreign = [f for f in foreign if f[0] != "kroner"]
    yield from cell(
        "Currency foreign",
        [(f"{w} {one if n == 1 else many}", f"{code} {n}.00") for one, many, code in foreign for n in (1, 5, 20, 100, 1500) for w in (str(n), words(n))]
        + [(f"{s}{n}", f"{c} {n}.00") for s, c in (("€", "EUR"), ("£", "GBP"), ("¥", "JPY"), ("₩", "KRW"), ("₹", "INR"), ("C$", "CAD"), ("A$", "AUD"), ("EUR ", "EUR"), ("GBP ", "GBP")) for n in (5, 20, 1500)]
        + [(f"{n}{s}", f"{c} {n}.00") for s, c in (("€", "EUR"), ("£", "GBP"), (" EUR", "EUR"), (" GBP", "GBP"), (" KRW", "KRW")) for n in (5, 20)]
        + [("five pounds fifty", "GBP 5.50"), ("5 pounds 50", "GBP 5.50"), ("£5.50", "GBP 5.50"), ("three euros twenty", "EUR 3.20"), ("€3,20", "EUR 3.20"), ("fifty pence", "GBP 0.50"), ("50p", "GBP 0.50"), ("twenty quid", "GBP 20.00"), ("a tenner", "GBP 10.00|USD 10.00|-"), ("a fiver", "GBP 5.00|USD 5.00|-")],
        wraps[:10],
    )
    yield from cell("Currency none", [(w, "-") for w in ("cheap", "a lot", "between 10 and 20 dollars", "ten or twenty dollars", "$10-20", "10 to 20 bucks", "free", "no limit", "how much is it?", "three people", "two nights", "not sure")])
