"""English replies, cell by cell: dates, times of day and spans of time."""

# fmt: off
# Tables of words: what counts is what stands in them.
# ruff: noqa: ANN201, ARG001, C416, C901, E501, E741, PERF401, PLR0912, PLR0915, PLW2901, RUF100

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import product

from enumerated.cells import (
    Case,
    cell,
    either_half,
    monday,
    month_end,
    months_on,
    next_month_day,
    next_only,
)
from enumerated.en_words import (
    ABOUT,
    AT,
    MONTHS,
    ON,
    ONES,
    PLAIN,
    SHORT_DAYS,
    WEEKDAYS,
    ordinal,
    suffixed,
    words,
)


def dates(today: dt.date) -> Iterator[Case]:
    day = dt.timedelta(days=1)
    wraps = (*PLAIN[:18], *ON)
    near = [
        ("today", 0),
        ("tomorrow", 1),
        ("the day after tomorrow", 2),
        ("day after tomorrow", 2),
        ("yesterday", -1),
        ("the day before yesterday", -2),
        ("tonight", 0),
        ("tomorrow morning", 1),
        ("tomorrow night", 1),
        ("tomorrow evening", 1),
        ("tomorrow afternoon", 1),
        ("this evening", 0),
        ("this afternoon", 0),
        ("this morning", 0),
        ("last night", -1),
        ("right now", 0),
        ("tmrw", 1),
        ("tmr", 1),
        ("tomorow", 1),
        ("tommorow", 1),
        ("tommorrow", 1),
        ("2morrow", 1),
        ("tomorrow at 3", 1),
        ("yesterday evening", -1),
        ("2day", 0),
        ("two days from today", 2),
        ("a day from now", 1),
        ("the next day", 1),
        ("overmorrow", 2),
        ("3 days from tomorrow", 4),
        ("a week from today", 7),
        ("a week from tomorrow", 8),
        ("a week today", 7),
        ("a week tomorrow", 8),
        ("tomorrow week", 8),
        ("two weeks from today", 14),
        ("a fortnight from today", 14),
        ("a week ago", -7),
        ("a week ago today", -7),
        ("a week ago yesterday", -8),
        ("two weeks from tomorrow", 15),
        ("later today", 0),
        ("early tomorrow", 1),
        ("first thing tomorrow", 1),
        ("end of day today", 0),
    ]
    yield from cell("Date near", [(w, (today + n * day).isoformat()) for w, n in near for _ in range(3)], wraps)
    weekdays = []
    for i, (name, short) in enumerate(zip(WEEKDAYS, SHORT_DAYS, strict=True)):
        ahead = (i - today.weekday()) % 7
        coming = {(today + ahead * day).isoformat()} | ({(today + 7 * day).isoformat()} if not ahead else set())
        way = "|".join(sorted(coming))
        for form in (name, short, name.title(), name.upper(), f"this coming {name}", f"coming {name}", f"{name} coming", f"the coming {name}"):
            weekdays.append((form, way))
        week = (monday(today, 0) + i * day).isoformat()
        weekdays += [(f"this {name}", f"{way}|{week}"), (f"{name} this week", week), (f"{name} of this week", week)]
        following = (monday(today, 1) + i * day).isoformat()
        weekdays += [(f"{name} next week", following), (f"next week {name}", following), (f"next week on {name}", following), (f"{name} of next week", following), (f"on {name} next week", following)]
        weekdays += [(f"next {name}", f"{following}|{way}")]
        weekdays += [(f"{name} {part}", way) for part in ("morning", "night", "afternoon", "evening", "at noon", "at 5pm")]
        weekdays += [
            (f"a week on {name}", (today + (ahead or 7) * day + 7 * day).isoformat() + ("|" + (today + 7 * day).isoformat() if not ahead else "")),
            (f"a week from {name}", (today + (ahead or 7) * day + 7 * day).isoformat() + ("|" + (today + 7 * day).isoformat() if not ahead else "")),
            (f"{name} week", (today + (ahead or 7) * day + 7 * day).isoformat() + ("|" + (today + 7 * day).isoformat() if not ahead else "")),
        ]
        before = (today - ((today.weekday() - i) % 7 or 7) * day).isoformat()
        weekdays += [
            (f"last {name}", f"{before}|{(monday(today, -1) + i * day).isoformat()}"),
            (f"{name} last week", (monday(today, -1) + i * day).isoformat()),
            (f"this past {name}", before),
            (f"past {name}", before),
            (f"the {name} before last", "|".join((dt.date.fromisoformat(before) - n * day).isoformat() for n in (7,))),
            (f"the {name} after next", "|".join((monday(today, n) + i * day).isoformat() for n in (2,)) + f"|{(today + (ahead or 7) * day + 7 * day).isoformat()}"),
        ]
    yield from cell("Date weekday", weekdays, wraps)
    counts = []
    for n in (1, 2, 3, 5, 10, 14, 21, 30, 45, 90, 100):
        for phrasings in dict.fromkeys((str(n), words(n), *(("a",) if n == 1 else ("a couple of", "a couple") if n == 2 else ()))):
            unit = "day" if n == 1 else "days"
            counts += [
                (f"in {phrasings} {unit}", (today + n * day).isoformat()),
                (f"{phrasings} {unit} from now", (today + n * day).isoformat()),
                (f"{phrasings} {unit} ago", (today - n * day).isoformat()),
                (f"{phrasings} {unit} later", (today + n * day).isoformat()),
                (f"within {phrasings} {unit}", (today + n * day).isoformat() + "|-"),
                (f"{phrasings} {unit} from today", (today + n * day).isoformat()),
                (f"{phrasings} {unit} hence", (today + n * day).isoformat()),
                (f"{phrasings} {unit} time", "-|" + (today + n * day).isoformat()),
                (f"in {phrasings} {unit} time", (today + n * day).isoformat()),
                (f"in {phrasings} {unit}' time", (today + n * day).isoformat()),
                (f"{phrasings} {unit} back", (today - n * day).isoformat()),
            ]
        if n < 11:
            for phrasings in dict.fromkeys((str(n), words(n), *(("a",) if n == 1 else ("a couple of",) if n == 2 else ()))):
                unit = "week" if n == 1 else "weeks"
                counts += [(f"in {phrasings} {unit}", (today + 7 * n * day).isoformat()), (f"{phrasings} {unit} from now", (today + 7 * n * day).isoformat()), (f"{phrasings} {unit} ago", (today - 7 * n * day).isoformat()), (f"in {phrasings} {unit} time", (today + 7 * n * day).isoformat())]
                unit = "month" if n == 1 else "months"
                counts += [(f"in {phrasings} {unit}", months_on(today, n).isoformat()), (f"{phrasings} {unit} from now", months_on(today, n).isoformat()), (f"{phrasings} {unit} ago", months_on(today, -n).isoformat())]
                unit = "year" if n == 1 else "years"
                counts += [(f"in {phrasings} {unit}", months_on(today, 12 * n).isoformat()), (f"{phrasings} {unit} ago", months_on(today, -12 * n).isoformat()), (f"{phrasings} {unit} from now", months_on(today, 12 * n).isoformat())]
    counts += [
        ("in a fortnight", (today + 14 * day).isoformat()),
        ("a fortnight from now", (today + 14 * day).isoformat()),
        ("a fortnight ago", (today - 14 * day).isoformat()),
        ("in half a year", months_on(today, 6).isoformat()),
        ("in a week's time", (today + 7 * day).isoformat()),
        ("in a week and a half", (today + 10 * day).isoformat() + "|" + (today + 11 * day).isoformat() + "|-"),
    ]
    yield from cell("Date counted", counts, (*PLAIN[:9], PLAIN[12]))
    mds = []
    for m, d in ((1, 1), (1, 31), (2, 14), (3, 5), (3, 11), (4, 20), (5, 8), (6, 6), (7, 17), (8, 22), (9, 9), (10, 3), (10, 21), (11, 11), (11, 30), (12, 12), (12, 29)):
        value, name = next_month_day(today, m, d), MONTHS[m - 1]
        short = name[:3] if m != 9 else "sept"
        mds += [
            (f"{name} {d}", value),
            (f"{name} {suffixed(d)}", value),
            (f"{name} the {suffixed(d)}", value),
            (f"{name} {ordinal(d)}", value),
            (f"{name} the {ordinal(d)}", value),
            (f"the {suffixed(d)} of {name}", value),
            (f"the {ordinal(d, ' ')} of {name}", value),
            (f"{d} {name}", value),
            (f"{suffixed(d)} {name}", value),
            (f"{suffixed(d)} of {name}", value),
            (f"{short} {d}", value),
            (f"{short}. {d}", value),
            (f"{d} {short}", value),
            (f"{short} {suffixed(d)}", value),
            (f"{m}/{d}", value),
            (f"{m:02d}/{d:02d}", value),
            (f"{name.title()} {d}", value),
            (f"{ordinal(d)} of {name}", value),
            (f"{ordinal(d)} {name}", value),
            (f"{name} {words(d)}", value),
            (f"{m}-{d}", value),
            (f"{name[:3].title()} {suffixed(d)}", value),
            (f"on the {suffixed(d)} of {short}", value),
            (f"{d}-{name[:3]}", value),
            (f"{d}th of {name}" if 3 < d < 21 else f"{suffixed(d)} of {name}", value),
        ]
    yield from cell("Date month+day", mds, wraps)
    full = []
    for y, m, d in ((2027, 1, 5), (2027, 6, 10), (2027, 10, 31), (2028, 2, 29), (2026, 12, 25), (1998, 7, 3)):
        date, name = dt.date(y, m, d).isoformat(), MONTHS[m - 1]
        full += [
            (f"{name} {d}, {y}", date),
            (f"{name} {d} {y}", date),
            (f"{name} {suffixed(d)}, {y}", date),
            (f"{name} {ordinal(d)} {y}", date),
            (f"{d} {name} {y}", date),
            (f"the {suffixed(d)} of {name}, {y}", date),
            (f"the {ordinal(d)} of {name} {y}", date),
            (f"{m}/{d}/{y}", date),
            (f"{m}/{d}/{y % 100:02d}", date),
            (f"{m:02d}-{d:02d}-{y}", date),
            (f"{y}-{m:02d}-{d:02d}", date),
            (f"{y}/{m}/{d}", date),
            (f"{y}{m:02d}{d:02d}", date),
            (f"{name[:3]} {d} {y}", date),
            (f"{name[:3]} {d}, {y}", date),
            (f"{d} {name[:3]} {y}", date),
            (f"{name} {suffixed(d)} of {y}", date),
            (f"{name} {ordinal(d)} {words(y // 100)} {words(y % 100)}", date),
            (f"{name} {words(d)} {words(y // 100)} {words(y % 100)}", date),
            (f"{d}-{name[:3]}-{y}", date),
            (f"{WEEKDAYS[dt.date(y, m, d).weekday()]}, {name} {d}, {y}", date),
            (f"{WEEKDAYS[dt.date(y, m, d).weekday()]} {name} {suffixed(d)} {y}", date),
        ]
        if y > 2000:
            full += [(f"{name} {ordinal(d)} {words(y)}", date), (f"{name} {d} '{y % 100}", date)]
    yield from cell("Date full", full, (*PLAIN[:9], *ON[:4]))
    both = [
        (f"{WEEKDAYS[date.weekday()]} {form}", date.isoformat())
        for n in (2, 3, 4, 6, 9, 13)
        for date in (today + n * day,)
        for form in (f"the {suffixed(date.day)}", f"the {ordinal(date.day)}", f"{MONTHS[date.month - 1]} {suffixed(date.day)}", f"{MONTHS[date.month - 1]} {date.day}", f"the {suffixed(date.day)} of {MONTHS[date.month - 1]}", f"{date.day} {MONTHS[date.month - 1]}", f"{date.month}/{date.day}")
    ]
    yield from cell("Date weekday+day", both, wraps)
    only = []
    for d in range(1, 32):
        value = next_only(today, d)
        only += [
            (f"the {suffixed(d)}", value),
            (f"{suffixed(d)}", value),
            (f"the {ordinal(d)}", value),
            (f"the {ordinal(d, ' ')}", value),
            (f"on the {suffixed(d)}", value),
            (f"the {suffixed(d)} of this month", today.replace(day=d).isoformat() if d <= month_end(today.year, today.month).day else "-"),
            (f"the {suffixed(d)} of next month", months_on(today.replace(day=1), 1).replace(day=d).isoformat() if d <= month_end(*_month(today, 1)).day else "-"),
        ]
    yield from cell("Date day only", only, (*PLAIN[:8], *PLAIN[9:14]))
    periods = []
    first = today.replace(day=1)
    for w, n in (("this month", 0), ("next month", 1), ("last month", -1), ("the month after next", 2)):
        month = months_on(first, n)
        last = month_end(month.year, month.month)
        periods += [
            (f"the end of {w}", last.isoformat()),
            (f"end of {w}", last.isoformat()),
            (f"the last day of {w}", last.isoformat()),
            (f"the first of {w}", month.isoformat()),
            (f"the first day of {w}", month.isoformat()),
            (f"the beginning of {w}", month.isoformat()),
            (f"the start of {w}", month.isoformat()),
            (f"the 15th of {w}", month.replace(day=15).isoformat()),
            (f"{w} on the 10th", month.replace(day=10).isoformat()),
            (f"early {w}", f"{month.isoformat()}|-"),
            (f"the middle of {w}", f"{month.replace(day=15).isoformat()}|-"),
            (f"mid {w}", f"{month.replace(day=15).isoformat()}|-"),
        ]
        for k, nth in enumerate(("first", "second", "third", "fourth", "last")):
            for i in (0, 3, 5):
                days = [month.replace(day=x) for x in range(1, last.day + 1) if month.replace(day=x).weekday() == i]
                periods += [(f"the {nth} {WEEKDAYS[i]} of {w}", days[k if k < 4 else -1].isoformat()), (f"{nth} {WEEKDAYS[i]} in {w}", days[k if k < 4 else -1].isoformat())]
    for m in range(1, 13):
        year = today.year if month_end(today.year, m) >= today else today.year + 1
        periods += [(f"the end of {MONTHS[m - 1]}", month_end(year, m).isoformat()), (f"end of {MONTHS[m - 1]}", month_end(year, m).isoformat()), (f"the last day of {MONTHS[m - 1]}", month_end(year, m).isoformat())]
        if m != today.month:
            year = today.year if m > today.month else today.year + 1
            days = [dt.date(year, m, x) for x in range(1, month_end(year, m).day + 1)]
            for k, nth in ((0, "first"), (1, "second"), (2, "third"), (-1, "last")):
                for i in (1, 4):
                    chosen = [x for x in days if x.weekday() == i][k]
                    periods += [(f"the {nth} {WEEKDAYS[i]} of {MONTHS[m - 1]}", chosen.isoformat()), (f"{nth} {WEEKDAYS[i]} in {MONTHS[m - 1]}", chosen.isoformat()), (f"{suffixed(k + 1) if k >= 0 else 'last'} {WEEKDAYS[i]} of {MONTHS[m - 1]}", chosen.isoformat())]
            periods += [
                (f"the first of {MONTHS[m - 1]}", dt.date(year, m, 1).isoformat()),
                (f"beginning of {MONTHS[m - 1]}", dt.date(year, m, 1).isoformat()),
                (f"the beginning of {MONTHS[m - 1]}", dt.date(year, m, 1).isoformat()),
                (f"{MONTHS[m - 1]} next year", "|".join((dt.date(today.year + 1, m, 1).isoformat(), month_end(today.year + 1, m).isoformat()))),
                (f"{MONTHS[m - 1]} 10th next year", dt.date(today.year + 1, m, 10).isoformat()),
                (f"next {MONTHS[m - 1]} 10th", f"{dt.date(year, m, 10).isoformat()}|{dt.date(today.year + 1, m, 10).isoformat()}"),
                (f"{MONTHS[m - 1]} 10th last year", dt.date(today.year - 1, m, 10).isoformat()),
            ]
    yield from cell("Date periods", periods, (*PLAIN[:8], *ON[:5]))
    fixed = [
        ("christmas", 12, 25),
        ("christmas day", 12, 25),
        ("xmas", 12, 25),
        ("christmas eve", 12, 24),
        ("new year's eve", 12, 31),
        ("new years eve", 12, 31),
        ("new year's day", 1, 1),
        ("new years day", 1, 1),
        ("new year's", 1, 1),
        ("valentine's day", 2, 14),
        ("valentines day", 2, 14),
        ("st patrick's day", 3, 17),
        ("saint patrick's day", 3, 17),
        ("april fools day", 4, 1),
        ("april fool's", 4, 1),
        ("the fourth of july", 7, 4),
        ("july 4th", 7, 4),
        ("independence day", 7, 4),
        ("halloween", 10, 31),
        ("veterans day", 11, 11),
        ("boxing day", 12, 26),
        ("juneteenth", 6, 19),
        ("groundhog day", 2, 2),
        ("cinco de mayo", 5, 5),
        ("earth day", 4, 22),
        ("flag day", 6, 14),
    ]
    named = [(w, next_month_day(today, m, d)) for w, m, d in fixed]
    named += [
        ("easter", "2027-03-28"),
        ("easter sunday", "2027-03-28"),
        ("good friday", "2027-03-26"),
        ("easter monday", "2027-03-29"),
        ("memorial day", "2027-05-31"),
        ("labor day", "2027-09-06"),
        ("mother's day", "2027-05-09"),
        ("father's day", "2027-06-20"),
        ("mlk day", "2027-01-18"),
        ("columbus day", "2027-10-11"),
        ("presidents day", "2027-02-15"),
        ("presidents' day", "2027-02-15"),
        ("martin luther king day", "2027-01-18"),
    ]
    named = [(w, v) for w, v in named if dt.date.fromisoformat(v) > today + 8 * day]
    moved = [(f"{b} {w}", (dt.date.fromisoformat(v) + s * day).isoformat()) for w, v in named for b, s in (("the day after", 1), ("the day before", -1), ("two days before", -2), ("a week before", -7), ("three days after", 3), ("day before", -1), ("the week after", 7))]
    yield from cell("Date holidays", named + moved, wraps)
    yield from cell(
        "Date none",
        [
            (w, "-")
            for w in (
                "anytime",
                "as soon as possible please" if False else "whenever",
                "february 30th",
                "april 31st",
                "june 31",
                "13/45",
                "i don't know yet",
                "later",
                "monday or tuesday",
                "between monday and wednesday",
                "some day",
                "not tomorrow",
                "any day but friday",
                "any weekday",
                "when are you open?",
                "the 32nd",
                "mondays and wednesdays",
                "weekends",
                "either the 5th or the 6th",
                "soon",
                "three people",
                "february 29th 2027",
                "november 31st",
            )
        ],
    )


def _month(today: dt.date, count: int) -> tuple[int, int]:
    month = months_on(today.replace(day=1), count)
    return month.year, month.month


def _spoken_minute(minute: int) -> str:
    return f"oh {ONES[minute]}" if 0 < minute < 10 else words(minute, dash=" ")


def _clock_forms(hour: int, minute: int) -> list[str]:
    """An hour from 1 to 12 with its minutes, every way it is phrasings."""
    name, after = ONES[hour], ONES[hour % 12 + 1]
    if minute == 0:
        return [name, f"{hour}", f"{name} o'clock", f"{hour} o'clock", f"{hour}:00", f"{name} oclock"]
    forms = [f"{hour}:{minute:02d}", f"{name} {_spoken_minute(minute)}", f"{hour} {minute:02d}"]
    if minute == 15:
        forms += [f"quarter past {name}", f"a quarter past {name}", f"quarter after {name}", f"quarter past {hour}"]
    if minute == 30:
        forms += [f"half past {name}", f"half past {hour}"]
    if minute == 45:
        forms += [f"quarter to {after}", f"a quarter to {after}", f"quarter till {after}", f"quarter of {after}"]
    if minute in (5, 10, 20, 25):
        forms += [f"{words(minute, dash=' ')} past {name}", f"{minute} past {hour}", f"{words(minute, dash=' ')} after {name}", f"{minute} minutes past {name}", f"{words(minute, dash=' ')} minutes after {name}"]
    if minute in (35, 40, 50, 55):
        forms += [f"{words(60 - minute, dash=' ')} to {after}", f"{60 - minute} to {hour % 12 + 1}", f"{words(60 - minute, dash=' ')} till {after}", f"{words(60 - minute, dash=' ')} minutes to {after}", f"{words(60 - minute, dash=' ')} before {after}", f"{60 - minute} minutes before {hour % 12 + 1}"]
    return forms


def times(now: dt.datetime) -> Iterator[Case]:
    wraps = (*PLAIN[:12], *AT)
    minutes = (0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55)
    halves = [("am", 0), ("a.m.", 0), ("pm", 1), ("p.m.", 1), ("in the morning", 0), ("in the afternoon", 1), ("in the evening", 1), ("at night", 1), ("AM", 0), ("PM", 1), ("tonight", 1), ("this morning", 0), ("this afternoon", 1), ("this evening", 1), ("tomorrow morning", 0), ("a m", 0), ("p m", 1)]
    phrasings = []
    for (half, late), hour, minute in product(halves, range(1, 12), minutes):
        if (half.endswith("afternoon") and hour > 5) or (half.endswith("evening") and not 5 <= hour <= 10) or (half == "at night" and hour < 7) or (half == "tonight" and hour < 6) or (half.endswith("morning") and hour < 5) or ((half.endswith("night") or half == "tonight") and hour < 7):
            continue
        value = f"{hour + 12 * late:02d}:{minute:02d}"
        phrasings += [(f"{form} {half}", value) for form in _clock_forms(hour, minute)]
        if half in ("am", "pm", "AM", "PM"):
            phrasings += [(f"{hour}{half}" if not minute else f"{hour}:{minute:02d}{half}", value)]
        if half.split()[-1] in ("morning", "afternoon", "evening") and half.startswith("this"):
            phrasings += [(f"{half} at {form}", value) for form in _clock_forms(hour, minute)[:3]]
    yield from cell("Time half", phrasings, wraps)
    yield from cell("Time clock", [(form, either_half(hour, minute)) for hour in range(1, 12) for minute in minutes for form in _clock_forms(hour, minute)], wraps)
    yield from cell(
        "Time noon",
        [
            ("noon", "12:00"),
            ("midnight", "00:00"),
            ("midday", "12:00"),
            ("12 noon", "12:00"),
            ("12 midnight", "00:00"),
            ("twelve noon", "12:00"),
            ("12 pm", "12:00"),
            ("12 am", "00:00"),
            ("12pm", "12:00"),
            ("12:30 pm", "12:30"),
            ("12:30 am", "00:30"),
            ("twelve thirty pm", "12:30"),
            ("half past noon", "12:30"),
            ("quarter past midnight", "00:15"),
            ("ten to noon", "11:50"),
            ("quarter to midnight", "23:45"),
            ("half past midnight", "00:30"),
            ("twelve in the afternoon", "12:00"),
            ("high noon", "12:00"),
            ("twelve at night", "00:00"),
            ("one at night", "01:00"),
            ("two in the morning", "02:00"),
            ("1 am", "01:00"),
            ("twelve o'clock at night", "00:00"),
            ("noon sharp", "12:00"),
            ("around noon", "12:00"),
            ("noonish", "12:00"),
        ],
        wraps,
    )
    yield from cell(
        "Time 24 hours",
        [(f"{h:02d}:{m:02d}", f"{h:02d}:{m:02d}") for h in (0, 13, 15, 18, 20, 22, 23) for m in (0, 5, 30, 59)]
        + [(f"{h:02d}{m:02d}", f"{h:02d}:{m:02d}") for h in (8, 13, 15, 18) for m in (0, 15, 30)]
        + [(f"{h:02d}{m:02d} hours", f"{h:02d}:{m:02d}") for h in (8, 13, 18) for m in (0, 30)]
        + [(f"{words(h)} hundred hours", f"{h:02d}:00") for h in (10, 13, 15, 18, 20)]
        + [("oh eight hundred hours", "08:00"), ("zero nine hundred", "09:00"), ("eighteen thirty", "18:30"), ("fourteen fifteen", "14:15"), ("twenty two thirty", "22:30"), ("20h30", "20:30|-"), ("18.30", "18:30|-"), ("oh nine thirty", "09:30")],
        wraps,
    )
    fuzzy = (
        [(f"{form} {half}", f"{hour + 12 * late:02d}:00") for hour in (3, 6, 9) for half, late in (("pm", 1), ("am", 0)) for form in (f"{hour}ish", f"exactly {hour}")]
        + [(f"{hour} {half} sharp", f"{hour + 12 * late:02d}:00") for hour in (3, 9) for half, late in (("pm", 1), ("am", 0))]
        + [(f"{hour}{half}-ish", f"{hour + 12 * late:02d}:00") for hour in (3, 9) for half, late in (("pm", 1), ("am", 0))]
        + [(f"{hour} p", f"{hour + 12}:00|-") for hour in (3, 4)]
        + [(f"{hour}p", f"{hour + 12}:00|-") for hour in (3, 4)]
        + [(f"{hour}a", f"{hour:02d}:00|-") for hour in (9, 10)]
        + [("730pm", "19:30"), ("730 pm", "19:30"), ("1130am", "11:30"), ("945 am", "09:45"), ("at 7:30p", "19:30|-"), ("7.30pm", "19:30"), ("7.30 pm", "19:30"), ("7-30 pm", "19:30|-"), ("pm 3", "15:00|-"), ("around 4ish pm", "16:00"), ("half seven pm", "19:30"), ("half ten in the morning", "10:30")]
    )
    yield from cell("Time fuzzy", fuzzy, PLAIN[:4])
    yield from cell(
        "Time parts",
        [
            ("morning", "MO"),
            ("in the morning", "MO"),
            ("afternoon", "AF"),
            ("in the afternoon", "AF"),
            ("evening", "EV"),
            ("in the evening", "EV"),
            ("night", "NI"),
            ("at night", "NI"),
            ("late at night", "NI"),
            ("early morning", "MO"),
            ("early in the morning", "MO"),
            ("late afternoon", "AF"),
            ("late in the afternoon", "AF"),
            ("early evening", "EV"),
            ("late evening", "EV|NI"),
            ("mornings", "MO"),
            ("the morning", "MO"),
            ("sometime in the afternoon", "AF"),
            ("tomorrow morning", "MO"),
            ("this evening", "EV"),
            ("tonight", "NI|EV"),
            ("mid morning", "MO"),
            ("mid-afternoon", "AF"),
            ("anytime in the morning", "MO"),
            ("afternoon is better", "AF"),
            ("evenings work best", "EV"),
            ("morning is good", "MO"),
            ("i prefer the evening", "EV"),
        ],
    )
    later = (
        [
            (f"in {w}", f"{now + dt.timedelta(minutes=m):%H:%M}")
            for w, m in (
                ("ten minutes", 10),
                ("half an hour", 30),
                ("an hour", 60),
                ("two hours", 120),
                ("an hour and a half", 90),
                ("45 minutes", 45),
                ("a couple of hours", 120),
                ("90 mins", 90),
                ("1 hr", 60),
                ("three quarters of an hour", 45),
                ("a quarter of an hour", 15),
                ("two and a half hours", 150),
                ("one hour and twenty minutes", 80),
            )
        ]
        + [(f"{w} {l}", f"{now + s * dt.timedelta(minutes=m):%H:%M}") for w, m in (("ten minutes", 10), ("half an hour", 30), ("an hour", 60), ("2 hours", 120), ("an hour and a half", 90)) for l, s in (("from now", 1), ("ago", -1), ("later", 1))]
        + [(w, f"{now:%H:%M}") for w in ("now", "right now", "immediately", "right away", "at once")]
    )
    yield from cell("Time later", later, PLAIN[:8])
    yield from cell("Time none", [(w, "-") for w in ("anytime", "whenever", "three or four", "between 3 and 5 pm", "from 2 to 4", "25:00", "it takes two hours", "2-4pm", "either 3 or 4 pm", "what time do you open?", "not sure", "for three people", "not at 3", "any time after lunch or dinner", "13:75")])


def durations() -> Iterator[Case]:
    wraps = (*PLAIN[:9], *ABOUT, lambda w: "for " + w, lambda w: "it takes " + w, lambda w: "i'll stay " + w, lambda w: "it lasted " + w, lambda w: w + " long", lambda w: w + " total", lambda w: "about " + w + " please", lambda w: "a total of " + w)
    units = [("second", "PT{}S", ("sec", "s")), ("minute", "PT{}M", ("min", "m")), ("hour", "PT{}H", ("hr", "h")), ("day", "P{}D", ("day",)), ("week", "P{}W", ("wk", "w")), ("month", "P{}M", ("mo",)), ("year", "P{}Y", ("yr", "y")), ("night", "P{}D", ())]
    phrasings = []
    for name, iso, shorts in units:
        for n in (1, 2, 3, 5, 8, 10, 12, 15, 24, 30, 45, 90):
            plural = name if n == 1 else name + "s"
            phrasings += [(f"{n} {plural}", iso.format(n)), (f"{words(n)} {plural}", iso.format(n)), (f"{n}-{name}", iso.format(n)), (f"{n} {name}", iso.format(n))]
            if shorts:
                phrasings += [(f"{n} {shorts[0]}" + ("s" if n > 1 else ""), iso.format(n)), (f"{n}{shorts[0]}" + ("s" if n > 1 else ""), iso.format(n)), (f"{n}{shorts[-1]}", iso.format(n)), (f"{n} {shorts[-1]}", iso.format(n))]
        article = "an" if name == "hour" else "a"
        phrasings += [(f"{article} {name}", iso.format(1)), (f"one {name}", iso.format(1)), (f"a couple of {name}s", iso.format(2)), (f"a couple {name}s", iso.format(2)), (f"a single {name}", iso.format(1)), (f"two full {name}s", iso.format(2)), (f"{article} whole {name}", iso.format(1))]
    yield from cell("Duration one unit", phrasings, wraps)
    halves = [(f"{w} and a half {u}s", v.format(n)) for w, n in (("one", 1), ("two", 2), ("three", 3), ("2", 2), ("five", 5)) for u, v in (("hour", "PT{}H30M"), ("year", "P{}Y6M"), ("minute", "PT{}M30S"), ("day", "P{}DT12H"))] + [
        ("an hour and a half", "PT1H30M"),
        ("a year and a half", "P1Y6M"),
        ("a day and a half", "P1DT12H"),
        ("a month and a half", "P1M15D|P1M2W|P1.5M"),
        ("a minute and a half", "PT1M30S"),
        ("half an hour", "PT30M"),
        ("half a day", "PT12H"),
        ("half a year", "P6M"),
        ("half hour", "PT30M"),
        ("a half hour", "PT30M"),
        ("half a minute", "PT30S"),
        ("a quarter of an hour", "PT15M"),
        ("three quarters of an hour", "PT45M"),
        ("quarter hour", "PT15M"),
        ("a quarter hour", "PT15M"),
        ("1.5 hours", "PT1H30M"),
        ("2.5 hours", "PT2H30M"),
        ("1.5 hrs", "PT1H30M"),
        ("one point five hours", "PT1H30M"),
        ("0.5 hours", "PT30M"),
        ("2½ hours", "PT2H30M"),
        ("an hour and a quarter", "PT1H15M"),
        ("two and a quarter hours", "PT2H15M"),
        ("one and three quarter hours", "PT1H45M"),
        ("an hour and three quarters", "PT1H45M"),
        ("1 1/2 hours", "PT1H30M"),
        ("one and a half days", "P1DT12H"),
        ("a week and a half", "P1W3D|P1W4D|P10D|P11D|P10.5D|P1W3DT12H|P1.5W"),
    ]
    yield from cell("Duration halves", halves, wraps)
    both = (
        [(f"{h} hour{'s' * (h > 1)}{j}{m} minutes", f"PT{h}H{m}M") for h in (1, 2, 5) for m in (5, 20, 45) for j in (" ", " and ", ", ", ", and ")]
        + [(f"{h}h{g}{m}m", f"PT{h}H{m}M") for h in (1, 2, 10) for m in (5, 20, 45) for g in ("", " ")]
        + [(f"{h}h{m:02d}", f"PT{h}H{m}M") for h in (1, 2) for m in (15, 30)]
        + [(f"{h} hr{'s' * (h > 1)} {m} min{'s' * b}", f"PT{h}H{m}M") for h in (1, 2) for m in (15, 30) for b in (0, 1)]
        + [(f"{words(h)} hour{'s' * (h > 1)} and {words(m, dash=' ')} minutes", f"PT{h}H{m}M") for h in (1, 2, 3) for m in (10, 25, 40)]
        + [
            ("a year and two months", "P1Y2M"),
            ("two years and six months", "P2Y6M"),
            ("one week and three days", "P1W3D"),
            ("a week and two days", "P1W2D"),
            ("two days and four hours", "P2DT4H"),
            ("an hour and ten minutes", "PT1H10M"),
            ("one month and two weeks", "P1M2W"),
            ("3 days 5 hours", "P3DT5H"),
            ("2 weeks, 1 day", "P2W1D"),
            ("five minutes and thirty seconds", "PT5M30S"),
            ("1 year, 3 months and 2 days", "P1Y3M2D"),
            ("1d 4h", "P1DT4H"),
            ("2w 3d", "P2W3D"),
            ("an hour forty five", "PT1H45M"),
            ("an hour fifteen", "PT1H15M"),
            ("two hours thirty", "PT2H30M"),
            ("1 hour 30", "PT1H30M"),
            ("1:30 hours", "PT1H30M|-"),
            ("2:15 hours", "PT2H15M|-"),
        ]
    )
    yield from cell("Duration two units", both, wraps)
    yield from cell(
        "Duration other",
        [
            ("a fortnight", "P14D"),
            ("two fortnights", "P28D"),
            ("a decade", "P10Y"),
            ("two decades", "P20Y"),
            ("a century", "P100Y"),
            ("overnight", "P1D|-"),
            ("all day", "P1D|-"),
            ("a few days", "P3D|-"),
            ("several weeks", "-"),
            ("a weekend", "P2D|-"),
            ("the whole week", "P1W|-"),
            ("a quarter", "P3M|-"),
            ("a semester", "-|P6M"),
            ("a whole day", "P1D"),
            ("one full week", "P1W"),
            ("six-month", "P6M"),
            ("thirty six hours", "PT36H"),
            ("a hundred days", "P100D"),
            ("ten working days", "P10D|-"),
            ("5 business days", "P5D|-"),
            ("a hour", "PT1H"),
            ("an hr", "PT1H"),
            ("hour and a half", "PT1H30M"),
            ("couple hours", "PT2H"),
            ("couple of weeks", "P2W"),
            ("a month's time", "P1M|-"),
            ("three days' rest", "P3D"),
            ("two weeks' stay", "P2W"),
            ("a day or so", "P1D"),
            ("half a century", "P50Y|-"),
            ("half a decade", "P5Y|-"),
            ("a score of years", "P20Y|-"),
            ("1 hour max", "PT1H"),
            ("at least 2 hours", "PT2H"),
            ("no more than an hour", "PT1H"),
            ("less than a week", "P1W"),
            ("up to 3 days", "P3D"),
            ("two more hours", "PT2H"),
            ("another 15 minutes", "PT15M"),
            ("an extra hour", "PT1H"),
            ("2 additional days", "P2D"),
            ("the next three days", "P3D"),
            ("fifteen min", "PT15M"),
            ("twenty mins", "PT20M"),
            ("forty-five mins", "PT45M"),
            ("a min", "PT1M"),
            ("a sec", "PT1S|-"),
        ],
        PLAIN[:4],
    )
    yield from cell("Duration none", [(w, "-") for w in ("a while", "not long", "an hour or two", "two or three days", "2-3 hours", "at 3 pm", "three people", "no idea", "forever", "it depends", "between one and two hours", "from 3 to 5 days", "how long can i stay?", "as long as possible")])
