"""Korean replies, cell by cell: dates, times of day and spans of time."""

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
from enumerated.ko_words import (
    ABOUT,
    ASIDES,
    COPULAS,
    DIGITS,
    GIVE,
    TO,
    WEEKDAYS,
    WHEN,
    by,
    native,
    sino,
)


def _tense(today: dt.date) -> list[tuple[str, int]]:
    return [("이번", 0), ("요번", 0), ("금", 0), ("다음", 1), ("담", 1), ("다다음", 2), ("지난", -1), ("저번", -1), ("지지난", -2)]


def dates(today: dt.date) -> Iterator[Case]:
    day = dt.timedelta(days=1)
    near = [("오늘", 0), ("내일", 1), ("낼", 1), ("모레", 2), ("내일모레", 2), ("글피", 3), ("그글피", 4), ("어제", -1), ("그제", -2), ("그저께", -2), ("엊그제", -2), ("금일", 0), ("명일", 1), ("그끄저께", -3)]
    wraps = (*COPULAS, *TO, *WHEN, *ASIDES)
    yield from cell("Date near", [(w, (today + n * day).isoformat()) for w, n in near for _ in range(12)], wraps)
    weeks = []
    for (word, n), (i, name) in product(_tense(today), enumerate(WEEKDAYS)):
        for form in ("요일", "욜"):
            for middle in (" 주 ", "주 ", "주", "주의 "):
                if word in ("담", "금") and middle == " 주 ":
                    continue
                weeks.append((f"{word}{middle}{name}{form}", (monday(today, n) + i * day).isoformat()))
    yield from cell("Date week+weekday", weeks, wraps)
    coming = [(f"{w}{name}요일", (today + ((i - today.weekday()) % 7) * day).isoformat() + ("|" + (today + 7 * day).isoformat() if i == today.weekday() else "")) for w in ("", "오는 ", "돌아오는 ", "다가오는 ", "이번 ") for i, name in enumerate(WEEKDAYS)]
    this = [(w, v if not w.startswith("이번") else v + "|" + (monday(today, 0) + WEEKDAYS.index(w[-3]) * day).isoformat()) for w, v in coming]
    yield from cell("Date weekday", this, wraps)
    counts = []
    for n in (1, 2, 3, 4, 5, 7, 10, 14, 15, 20, 30, 45, 100):
        for phrasings in (str(n), f"{n} ", sino(n)):
            for later, sign in (("뒤", 1), ("후", 1), ("전", -1), ("있다가", 1), ("이후", 1), ("지나서", 1)):
                for gap in (" ", ""):
                    counts.append((f"{phrasings}일{gap}{later}", (today + sign * n * day).isoformat()))
    yield from cell("Date days later", counts, wraps)
    spans = [
        ("하루", 1),
        ("이틀", 2),
        ("사흘", 3),
        ("나흘", 4),
        ("닷새", 5),
        ("엿새", 6),
        ("이레", 7),
        ("여드레", 8),
        ("아흐레", 9),
        ("열흘", 10),
        ("보름", 15),
        ("열하루", 11),
        ("열이틀", 12),
        ("열사흘", 13),
        ("열나흘", 14),
        ("일주일", 7),
        ("한 주", 7),
        ("두 주", 14),
        ("세 주", 21),
        ("2주", 14),
        ("이 주", 14),
        ("3주일", 21),
        ("2주일", 14),
        ("이주일", 14),
        ("삼 주", 21),
        ("스무날", 20),
    ]
    yield from cell("Date native spans", [(f"{w}{g}{l}", (today + s * n * day).isoformat()) for w, n in spans for l, s in (("뒤", 1), ("후", 1), ("전", -1), ("있다가", 1)) for g in (" ", "")], wraps)
    months = [("한 달", 1), ("두 달", 2), ("석 달", 3), ("세 달", 3), ("넉 달", 4), ("1개월", 1), ("삼 개월", 3), ("6개월", 6), ("반년", 6), ("1년", 12), ("일 년", 12), ("2년", 24), ("한달", 1), ("십 개월", 10), ("일년", 12), ("이 년", 24)]
    yield from cell("Date months later", [(f"{w}{g}{l}", months_on(today, s * n).isoformat()) for w, n in months for l, s in (("뒤", 1), ("후", 1), ("전", -1)) for g in (" ", "")], wraps)
    mds = []
    for m, d in ((1, 1), (1, 31), (2, 14), (3, 5), (3, 11), (4, 20), (5, 8), (6, 6), (6, 30), (7, 17), (8, 22), (9, 9), (10, 3), (10, 10), (10, 21), (11, 11), (11, 30), (12, 12), (12, 29)):
        value = next_month_day(today, m, d)
        spoken = {6: "유", 10: "시"}.get(m, sino(m))
        mds += [
            (f"{m}월 {d}일", value),
            (f"{m}월{d}일", value),
            (f"{spoken}월 {sino(d)}일", value),
            (f"{spoken}월{sino(d)}일", value),
            (f"{spoken} 월 {sino(d)} 일", value),
            (f"{m}월 {sino(d)}일", value),
            (f"{m}/{d}", value),
            (f"{m}월 {d}", value),
            (f"{m}.{d}", value),
            (f"{m:02d}월 {d:02d}일", value),
            (f"{m:02d}/{d:02d}", value),
            (f"{m}-{d}", value),
        ]
    yield from cell("Date month+day", mds, wraps)
    yield from cell(
        "Date month+day dotted weekday",
        [(f"{m}월 {d}일 {WEEKDAYS[dt.date(y, m, d).weekday()]}요일", dt.date(y, m, d).isoformat()) for y, m, d in ((2027, 4, 5), (2027, 6, 18), (2027, 5, 31), (2027, 10, 9))]
        + [(f"{m}월 {d}일({WEEKDAYS[dt.date(y, m, d).weekday()]})", dt.date(y, m, d).isoformat()) for y, m, d in ((2027, 4, 5), (2027, 6, 18), (2027, 5, 31), (2027, 10, 9))],
        wraps,
    )
    full = []
    for y, m, d in ((2027, 1, 5), (2027, 6, 10), (2027, 10, 31), (2028, 2, 29), (2026, 12, 25), (1998, 7, 3)):
        date = dt.date(y, m, d).isoformat()
        spoken = {6: "유", 10: "시"}.get(m, sino(m))
        full += [
            (f"{y}년 {m}월 {d}일", date),
            (f"{y}년{m}월{d}일", date),
            (f"{y}.{m}.{d}", date),
            (f"{y}. {m}. {d}.", date),
            (f"{y}-{m:02d}-{d:02d}", date),
            (f"{y}/{m}/{d}", date),
            (f"{y}{m:02d}{d:02d}", date),
            (f"{sino(y)}년 {spoken}월 {sino(d)}일", date),
            (f"{y % 100:02d}년 {m}월 {d}일", date),
            (f"{y % 100:02d}.{m:02d}.{d:02d}", date),
            (f"{''.join(DIGITS[int(c)] if c != '0' else '공' for c in str(y))}년 {m}월 {d}일", date),
            (f"{y}년 {sino(m) if m not in (6, 10) else spoken}월 {d}일", date),
            (f"{y}년도 {m}월 {d}일", date),
            (f"{y} {m} {d}", date + "|-"),
        ]
    yield from cell("Date full", full, COPULAS[2:3] + TO[:3])
    months_of = [("이번 달", 0), ("이번달", 0), ("이달", 0), ("다음 달", 1), ("다음달", 1), ("담달", 1), ("내달", 1), ("다다음 달", 2), ("지난달", -1), ("저번 달", -1)]
    within = []
    for word, n in months_of:
        first = months_on(today.replace(day=1), n)
        for d in (1, 5, 9, 10, 15, 21, 28):
            within += [(f"{word} {f}일", first.replace(day=d).isoformat()) for f in (str(d), sino(d))]
        last = month_end(first.year, first.month)
        within += [
            (f"{word} 말일", last.isoformat()),
            (f"{word} 마지막 날", last.isoformat()),
            (f"{word} 마지막날", last.isoformat()),
            (f"{word} 말", last.isoformat()),
            (f"{word} 초", first.isoformat()),
            (f"{word} 첫날", first.isoformat()),
            (f"{word} 첫째 날", first.isoformat()),
            (f"{word} 초하루", first.isoformat()),
            (f"{word} 중순", first.replace(day=15).isoformat() + "|" + first.replace(day=11).isoformat()),
        ]
        for nth, k in (("첫째 주", 1), ("둘째 주", 2), ("셋째 주", 3), ("첫 번째", 1), ("두 번째", 2), ("둘째", 2), ("마지막", -1), ("마지막 주", -1)):
            for i in (0, 4, 5):
                days = [first.replace(day=x) for x in range(1, last.day + 1) if first.replace(day=x).weekday() == i]
                by_weekday = days[k - 1 if k > 0 else -1]
                ways = by_weekday.isoformat()
                if "주" in nth:
                    week = (monday(first, k - 1) if k > 0 else monday(last, 0)) + i * day
                    ways += f"|{week.isoformat()}"
                within.append((f"{word} {nth} {WEEKDAYS[i]}요일", ways))
    yield from cell("Date in month", within, wraps)
    years = [("내년", 1), ("올해", 0), ("작년", -1), ("내후년", 2), ("재작년", -2), ("금년", 0), ("다음 해", 1)]
    yield from cell(
        "Date in year",
        [(f"{w} {m}월 {d}일", dt.date(today.year + n, m, d).isoformat()) for w, n in years for m, d in ((1, 15), (3, 3), (8, 31), (12, 24))]
        + [(f"{w} {sino(m)}월 {sino(d)}일", dt.date(today.year + n, m, d).isoformat()) for w, n in years for m, d in ((1, 15), (3, 3), (8, 31), (12, 24))]
        + [(f"{w} {m}월 말일", month_end(today.year + n, m).isoformat()) for w, n in years for m in (2, 7)],
        wraps,
    )
    native_days = ("하루", "이틀", "사흘", "나흘", "닷새", "엿새", "이레", "여드레", "아흐레", "열흘")
    named = [(f"{f}월 초{w}", next_month_day(today, m, n)) for n, w in enumerate(native_days, 1) for m in (1, 4, 9, 12) for f in (str(m), sino(m))]
    named += [(f"{m}월 {w}", next_month_day(today, m, n)) for m in (2, 7) for w, n in (("보름", 15), ("열이틀", 12), ("열엿새", 16))]
    yield from cell("Date native day of month", named, wraps)
    only = [(f"{f}일", next_only(today, d)) for d in range(11, 31) for f in (str(d), sino(d))] + [(f"{d}일", next_only(today, d)) for d in range(1, 10)]
    yield from cell("Date day only", only, wraps)
    holidays = [
        ("설날", "2027-02-07"),
        ("추석", "2027-09-15"),
        ("크리스마스", "x12-25"),
        ("성탄절", "x12-25"),
        ("크리스마스이브", "x12-24"),
        ("크리스마스 이브", "x12-24"),
        ("어린이날", "x05-05"),
        ("광복절", "x08-15"),
        ("개천절", "x10-03"),
        ("한글날", "x10-09"),
        ("현충일", "x06-06"),
        ("삼일절", "x03-01"),
        ("제헌절", "x07-17"),
        ("어버이날", "x05-08"),
        ("스승의 날", "x05-15"),
        ("식목일", "x04-05"),
        ("근로자의 날", "x05-01"),
        ("부처님 오신 날", "2027-05-13"),
        ("석가탄신일", "2027-05-13"),
        ("발렌타인데이", "x02-14"),
        ("화이트데이", "x03-14"),
        ("빼빼로데이", "x11-11"),
        ("할로윈", "x10-31"),
        ("만우절", "x04-01"),
        ("새해 첫날", "x01-01"),
        ("신정", "x01-01"),
        ("정월 대보름", "2027-02-21"),
        ("밸런타인데이", "x02-14"),
        ("노동절", "x05-01"),
        ("동지", "-|2026-12-22|2027-12-22"),
    ]
    named = []
    for w, v in holidays:
        if v.startswith("x"):
            v = next_month_day(today, int(v[1:3]), int(v[4:]))
        elif v != "-" and "|" not in v and dt.date.fromisoformat(v) < today:
            continue
        named.append((w, v))
        if "|" not in v:
            named += [(f"{w} {b}", (dt.date.fromisoformat(v) + s * day).isoformat()) for b, s in (("전날", -1), ("다음 날", 1), ("다음날", 1), ("이틀 뒤", 2), ("당일", 0), ("하루 전", -1), ("사흘 전", -3), ("일주일 전", -7)) if not w.startswith("동지")]
    # A holiday of which the day before it is past may mean next year's.
    yield from cell("Date holidays", [(w, v) for w, v in named if v == "-" or "|" in v or dt.date.fromisoformat(v) > today + 8 * day], wraps)
    ends = []
    for m in range(1, 13):
        year = today.year if month_end(today.year, m) >= today else today.year + 1
        ends += [(f"{m}월 말", month_end(year, m).isoformat()), (f"{m}월 말일", month_end(year, m).isoformat()), (f"{m}월 마지막 날", month_end(year, m).isoformat())]
        first_year = today.year if dt.date(today.year, m, 1) >= today else today.year + 1
        ends += [(f"{m}월 1일", dt.date(first_year, m, 1).isoformat()), (f"{m}월 첫날", dt.date(first_year if m != today.month else today.year, m, 1).isoformat() + "|" + dt.date(first_year, m, 1).isoformat())]
    yield from cell("Date month ends", ends, wraps)
    shifted = (
        [(f"{w} 다음 날", (today + (n + 1) * day).isoformat()) for w, n in (("내일", 1), ("모레", 2))]
        + [(f"{w}부터 {c}일 뒤", (today + (n + c) * day).isoformat()) for w, n in (("오늘", 0), ("내일", 1)) for c in (2, 3, 10)]
        + [(f"내일 {t}", (today + day).isoformat()) for t in ("오전", "오후", "아침", "저녁", "밤", "점심", "새벽", "오후 3시", "아침 일찍", "퇴근 후", "이 시간", "이맘때", "중으로", "까지요", "부터")]
        + [(f"다음 주 {t}", (today + 7 * day).isoformat()) for t in ("오늘", "이맘때", "이 시간")]
        + [(f"다음 달 {t}", months_on(today, 1).isoformat()) for t in ("오늘", "이맘때")]
    )
    yield from cell("Date shifted", shifted, ())
    yield from cell(
        "Date none",
        [
            (w, "-")
            for w in (
                "아무 때나요",
                "언제든지요",
                "빠른 시일 내에요",
                "2월 30일",
                "4월 31일이요",
                "13월 1일",
                "언제가 좋아요?",
                "아직 모르겠어요",
                "나중에 정할게요",
                "빠를수록 좋아요",
                "평일이요",
                "주중에요",
                "월요일이나 화요일",
                "내일 아니면 모레",
                "월요일에서 수요일 사이",
                "이번 주 아니면 다음 주",
                "32일이요",
                "화요일 빼고 다 돼요",
                "내일은 안 돼요",
                "월요일 말고요",
                "주말 빼고요",
                "12월",
                "2026년 2월 29일",
            )[:22]
        ],
    )


def times(now: dt.datetime) -> Iterator[Case]:
    wraps = (*COPULAS, *TO, *WHEN, *ABOUT[:4], *ASIDES, lambda w: w + "까지요", lambda w: w + "경", lambda w: w + "경에요", lambda w: w + "쯤에", lambda w: w + "쯤 갈게요", lambda w: w + " 즈음", lambda w: w + " 좀 넘어서")
    minutes = [("", 0), (" 정각", 0), (" 반", 30), (" 십분", 10), (" 십오 분", 15), (" 20분", 20), (" 사십오분", 45), ("반", 30), (" 오 분", 5), (" 5분", 5), (" 삼십 분", 30), (" 이십오 분", 25), (" 오십분", 50)]
    halves = {
        "오전": range(1, 12),
        "오후": range(1, 12),
        "아침": range(6, 12),
        "저녁": range(5, 11),
        "밤": range(8, 12),
        "새벽": range(1, 7),
        "낮": range(1, 5),
        "점심": range(1, 3),
        "오늘 저녁": range(5, 11),
        "내일 오전": range(7, 12),
        "한밤중": range(11, 12),
        "대낮": range(1, 3),
        "이른 아침": range(5, 8),
        "늦은 밤": range(10, 12),
        "늦은 오후": range(3, 6),
    }
    phrasings = []
    for half, hours in halves.items():
        late = half.split()[-1] in ("오후", "저녁", "밤", "낮", "점심", "한밤중", "대낮")
        for hour in hours:
            for word, minute in minutes:
                value = f"{hour + 12 * late:02d}:{minute:02d}"
                for form in (f"{native(hour, bound=True)} 시", f"{native(hour, bound=True)}시", f"{hour}시"):
                    phrasings.append((f"{half} {form}{word}", value))
            phrasings.append((f"{half} {hour}:{hour * 5 % 60:02d}", f"{hour + 12 * late:02d}:{hour * 5 % 60:02d}"))
            phrasings.append((f"{half}{hour}시", f"{hour + 12 * late:02d}:00"))
            phrasings.append((f"{half}{native(hour, bound=True)}시반", f"{hour + 12 * late:02d}:30"))
            phrasings.append((f"{half}에 {native(hour, bound=True)}시", f"{hour + 12 * late:02d}:00"))
    yield from cell("Time half+hour", phrasings, wraps)
    plain = [(f"{form}{word}", either_half(hour, minute)) for hour in range(1, 13) for word, minute in minutes for form in (f"{native(hour, bound=True)} 시", f"{native(hour, bound=True)}시", f"{hour}시")]
    yield from cell("Time hour", plain, wraps)
    yield from cell(
        "Time noon",
        [
            ("정오", "12:00"),
            ("자정", "00:00"),
            ("낮 열두 시", "12:00"),
            ("낮 12시", "12:00"),
            ("밤 열두 시", "00:00"),
            ("밤 12시", "00:00"),
            ("오후 12시", "12:00"),
            ("오전 12시", "00:00"),
            ("낮 12시 반", "12:30"),
            ("밤 열두시 반", "00:30"),
            ("새벽 12시 반", "00:30"),
            ("점심 12시", "12:00"),
            ("점심 열두 시 반", "12:30"),
            ("오후 12시 30분", "12:30"),
            ("저녁 12시", "00:00"),
            ("정오 12시", "12:00"),
            ("자정 12시", "00:00"),
            ("밤 1시", "01:00"),
            ("밤 두 시", "02:00"),
            ("점심 11시 반", "11:30"),
            ("아침 5시", "05:00"),
            ("낮 11시", "11:00"),
            ("저녁 11시", "23:00"),
            ("한낮 12시", "12:00"),
        ],
        wraps,
    )
    day24 = (
        [(f"{h}시{m}", f"{h:02d}:{v:02d}") for h in range(13, 24) for m, v in (("", 0), (" 30분", 30), (" 반", 30), ("15분", 15))]
        + [(f"{sino(h)}시 {sino(m)}분", f"{h:02d}:{m:02d}") for h in range(13, 24) for m in (10, 25, 40)]
        + [(f"{h:02d}:{m:02d}", f"{h:02d}:{m:02d}") for h in (13, 14, 17, 20, 22, 0) for m in (0, 5, 30, 59)]
        + [(f"{h}시 {m}분", f"{h:02d}:{m:02d}") for h in (0, 13, 19) for m in (5, 20)]
    )
    yield from cell("Time 24 hours", day24, wraps)
    before = [(f"{half}{native(h, bound=True)}{g}시 {form} 전", value) for half, late in (("오후 ", 1), ("오전 ", 0)) for h in (2, 3, 8, 11) for g in ("", " ") for n, form in ((5, "오 분"), (10, "10분"), (15, "십오분")) for value in [f"{h - 1 + 12 * late:02d}:{60 - n:02d}"]]
    yield from cell("Time minutes before", before + [(f"{native(h, bound=True)}시 {f} 전", either_half(h - 1, 60 - n)) for h in (2, 5, 9) for n, f in ((5, "5분"), (10, "십 분"))], wraps)
    english = [
        (f"{f}", f"{h + 12 * p:02d}:{m:02d}")
        for h, m in ((3, 0), (9, 30), (11, 15))
        for half, p in (("am", 0), ("pm", 1), ("AM", 0), ("PM", 1))
        for f in ((f"{half} {h}:{m:02d}", f"{h}:{m:02d} {half}", f"{half}{h}:{m:02d}", f"{h}:{m:02d}{half}") + ((f"{half} {h}시", f"{half}{h}시", f"{h}{half}", f"{h}시 {half}") if m == 0 else ()))
    ]
    yield from cell("Time am pm", english, (COPULAS[2], TO[0], TO[1]))
    parts = [
        (w, v)
        for w, v in (
            ("오전", "AM|MO"),
            ("오후", "PM|AF"),
            ("아침", "MO"),
            ("저녁", "EV"),
            ("밤", "NI"),
            ("새벽", "MO"),
            ("점심", "AF"),
            ("점심때", "AF"),
            ("낮", "AF"),
            ("저녁때", "EV"),
            ("아침 일찍", "MO"),
            ("밤늦게", "NI"),
            ("밤 늦게", "NI"),
            ("늦은 저녁", "EV|NI"),
            ("이른 아침", "MO"),
            ("오전 중", "AM|MO"),
            ("오후 늦게", "PM|AF|EV"),
            ("이른 오후", "PM|AF"),
            ("저녁쯤", "EV"),
            ("점심쯤", "AF"),
            ("아침쯤", "MO"),
            ("저녁 무렵", "EV"),
            ("점심 무렵", "AF"),
            ("아침 시간대", "MO"),
            ("저녁 시간대", "EV"),
            ("오후 시간대", "PM|AF"),
            ("저녁 시간", "EV"),
            ("오후 시간", "PM|AF"),
            ("한밤중", "NI"),
            ("초저녁", "EV"),
            ("오늘 밤", "NI"),
            ("내일 아침", "MO"),
            ("퇴근하고 저녁", "EV"),
        )
    ]
    yield from cell("Time parts", [p for p in parts for _ in range(4)], (*COPULAS, lambda w: w + "에", lambda w: w + "에요", by("이 좋아요", "가 좋아요"), by("이면 좋겠어요", "면 좋겠어요"), by("으로 할게요", "로 할게요"), lambda w: w + "에 갈게요", by("이 편해요", "가 편해요")))
    later = []
    for w, m in (("10분", 10), ("삼십 분", 30), ("한 시간", 60), ("두 시간", 120), ("3시간", 180), ("한 시간 반", 90), ("1시간 20분", 80), ("반 시간", 30), ("두시간 삼십분", 150), ("세 시간", 180), ("1시간반", 90), ("이십분", 20)):
        for l, s in (("뒤", 1), ("후", 1), ("전", -1), ("있다가", 1), ("이따가", 1)):
            later += [(f"{w}{g}{l}", f"{now + s * dt.timedelta(minutes=m):%H:%M}") for g in (" ", "")]
    yield from cell("Time later", [*later, *((w, f"{now:%H:%M}") for w in ("지금", "지금 당장", "지금 바로", "당장"))], (*COPULAS[:4], lambda w: w + "에요", lambda w: w + "에 갈게요", *TO[:2]))
    yield from cell("Time none", [(w, "-") for w in ("아무 때나", "세 시나 네 시", "3시에서 5시 사이", "오후 2시 아니면 3시", "시간 상관없어요", "25시", "언제든 좋아요", "세 명이요", "3개요", "두 시간 걸려요", "아무 시간이나", "몇 시가 돼요?", "모르겠어요", "빠른 시간이요", "3시는 안 돼요", "오전 말고요")])


def durations() -> Iterator[Case]:
    wraps = (*COPULAS[:4], *ABOUT[:4], *GIVE[5:], lambda w: w + " 동안", lambda w: w + " 동안요", lambda w: w + " 걸려요", lambda w: w + "만요", lambda w: w + " 머물 거예요", lambda w: w + " 있을게요", *TO[:2], lambda w: w + "이나요", *ASIDES[:4])
    units = [("시간", "PT{}H", 1), ("분", "PT{}M", 0), ("초", "PT{}S", 0), ("일", "P{}D", 0), ("주", "P{}W", 0), ("주일", "P{}W", 0), ("개월", "P{}M", 0), ("달", "P{}M", 1), ("년", "P{}Y", 0)]
    phrasings = []
    for unit, iso, is_native in units:
        for n in (1, 2, 3, 4, 5, 6, 8, 10, 12, 20, 24, 30, 45):
            forms = [str(n), f"{n} "] if unit != "달" else []
            if is_native:
                forms += [native(n, bound=True) + " ", native(n, bound=True)]
            elif n >= 10 or unit in ("개월", "분"):
                forms += [sino(n), sino(n) + " "]
            phrasings += [(f"{f}{unit}", iso.format(n)) for f in forms]
    yield from cell("Duration one unit", phrasings, wraps)
    spans = [("하루", 1), ("이틀", 2), ("사흘", 3), ("나흘", 4), ("닷새", 5), ("엿새", 6), ("이레", 7), ("여드레", 8), ("아흐레", 9), ("열흘", 10), ("열하루", 11), ("열이틀", 12), ("열사흘", 13), ("열나흘", 14), ("열닷새", 15), ("보름", 15), ("스무날", 20)]
    yield from cell("Duration native days", [(w, f"P{n}D") for w, n in spans for _ in range(5)], wraps)
    halves = (
        [(f"{native(n, bound=True)}{g}시간{h}반", f"PT{n}H30M") for n in (1, 2, 3, 4, 5, 12) for g in (" ", "") for h in (" ", "")]
        + [(f"{n}시간 반", f"PT{n}H30M") for n in (1, 2, 8)]
        + [(f"{n}년 반", f"P{n}Y6M") for n in (1, 2, 3)]
        + [(f"{w} 반", v) for w, v in (("일 년", "P1Y6M"), ("이 년", "P2Y6M"), ("한 달", "P1M15D|P1M2W"), ("두 달", "P2M15D|P2M2W"), ("일주일", "P10.5D|P10D|P11D|P1W3D|P1W4D"), ("일주", "P10.5D|P10D|P11D"), ("일분", "PT1M30S"), ("3분", "PT3M30S"), ("하루", "P1DT12H"))]
    )
    yield from cell("Duration and a half", halves, wraps)
    both = (
        [(f"{native(h, bound=True)} 시간 {sino(m)} 분", f"PT{h}H{m}M") for h in (1, 2, 3, 5, 10) for m in (5, 10, 20, 30, 45)]
        + [(f"{h}시간{g}{m}분", f"PT{h}H{m}M") for h in (1, 2, 10) for m in (5, 20, 45) for g in ("", " ")]
        + [(f"{y}년 {m}개월", f"P{y}Y{m}M") for y in (1, 2, 3) for m in (2, 6)]
        + [(f"{sino(y)}년 {sino(m)}개월", f"P{y}Y{m}M") for y in (1, 2) for m in (3, 6)]
        + [(f"{m}분 {s}초", f"PT{m}M{s}S") for m in (1, 5) for s in (10, 30)]
        + [("하루하고 두 시간", "P1DT2H"), ("한 시간하고 십 분", "PT1H10M"), ("한 달하고 보름", "P1M15D"), ("한 달 보름", "P1M15D"), ("일주일하고 이틀", "P1W2D"), ("1주일 3일", "P1W3D"), ("두 달 열흘", "P2M10D"), ("이틀 세 시간", "P2DT3H"), ("일 년 두 달", "P1Y2M"), ("1개월 2주", "P1M2W"), ("한 주 하고 사흘", "P1W3D")]
    )
    yield from cell("Duration two units", both, wraps)
    nights = [(f"{f}", f"P{n + 1}D|P{n}D") for n in (1, 2, 3, 4, 5, 6) for f in (f"{n}박 {n + 1}일", f"{n}박{n + 1}일", f"{sino(n)}박 {sino(n + 1)}일", f"{sino(n)}박{sino(n + 1)}일")] + [(f"{f}박", f"P{n}D") for n in (1, 2, 3, 4, 5) for f in (str(n), sino(n))]
    yield from cell("Duration nights", nights, (*COPULAS[:4], *TO[:2], *ABOUT[:2]))
    yield from cell(
        "Duration other",
        [
            ("반년", "P6M"),
            ("반나절", "PT6H|PT3H|-"),
            ("반시간", "PT30M"),
            ("반 시간", "PT30M"),
            ("일주일", "P1W"),
            ("한 주", "P1W"),
            ("두어 시간", "PT2H|-"),
            ("두세 시간", "PT2H|PT3H|-"),
            ("서너 달", "P3M|-"),
            ("하루 종일", "P1D"),
            ("온종일", "P1D|-"),
            ("이삼 일", "P2D|P3D|-"),
            ("사나흘", "P3D|P4D|-"),
            ("이틀 밤", "P2D|-"),
            ("사흘 밤", "P3D|-"),
            ("1.5시간", "PT1.5H|PT1H30M"),
            ("2.5일", "P2.5D|P2DT12H"),
            ("석 달", "P3M"),
            ("넉 달", "P4M"),
            ("세 달", "P3M"),
            ("일 년", "P1Y"),
            ("십 년", "P10Y"),
            ("백 일", "P100D"),
            ("100일", "P100D"),
            ("예닐곱 시간", "PT6H|-"),
            ("열 달", "P10M"),
            ("한 해", "P1Y"),
            ("두 해", "P2Y"),
            ("삼 주간", "P3W"),
            ("2주간", "P2W"),
            ("일 개월간", "P1M"),
            ("3일간", "P3D"),
            ("30분간", "PT30M"),
            ("사흘간", "P3D"),
            ("이틀간", "P2D"),
            ("열흘간", "P10D"),
            ("일주일간", "P1W"),
            ("닷새간", "P5D"),
        ],
        wraps,
    )
    yield from cell("Duration none", [(w, "-") for w in ("오래요", "잠깐이요", "세 시요", "한 시간에서 두 시간", "이틀이나 사흘", "두 명이요", "모르겠어요", "며칠이요", "상황 봐서요", "한참", "몇 시간")])
