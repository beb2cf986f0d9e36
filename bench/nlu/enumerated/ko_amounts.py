"""Korean replies, cell by cell: numbers, telephone numbers, addresses, codes, shares and money."""

# fmt: off
# Tables of words: what counts is what stands in them.
# ruff: noqa: ANN201, ARG001, C416, C901, E501, E741, PERF401, PLR0912, PLR0915, PLW2901, RUF100

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from enumerated.cells import Case, cell
from enumerated.ko_words import (
    ABOUT,
    ASIDES,
    COPULAS,
    COUNTERS,
    DIGITS,
    GIVE,
    SINO_COUNTERS,
    TO,
    by,
    native,
    sino,
)


def numbers() -> Iterator[Case]:
    people = [(f"{native(n, bound=True)}{gap}{c}", str(n)) for c in COUNTERS for n in (1, 2, 3, 4, 5, 8, 11, 20, 23) for gap in (" ", "")]
    yield from cell("Number native+counter", [p for p in people if p[0] not in ("한번", "한통", "두통", "한분", "세대", "한층", "두대", "한대", "네번", "한판", "한편", "한장", "두시간", "한점")], (*COPULAS[:4], *ABOUT, *GIVE))
    tens = [(f"{native(n, bound=True)} {c}", str(n)) for n in range(10, 100, 7) for c in ("명", "개", "살", "장", "마리")]
    yield from cell("Number native tens", tens, (*COPULAS, *ABOUT, *GIVE))
    yield from cell("Number native alone", [(native(n), str(n)) for n in range(1, 100)], (*COPULAS[:4], *GIVE[1:3], *GIVE[5:], *TO[:4], *ASIDES[:4]))
    yield from cell("Number sino alone", [(sino(n), str(n)) for n in (*range(10, 100, 3), 101, 110, 111, 120, 199, 205, 365, 999)], (*COPULAS[:4], *ASIDES, *TO[:3]))
    large = [1000, 1100, 1234, 2024, 3500, 5005, 9999, 10_000, 12_000, 15_000, 23_456, 50_000, 100_000, 123_000, 350_000, 1_200_000, 10_000_000, 100_000_000, 123_450_000, 230_000_000]
    yield from cell("Number sino large", [(sino(n, s), str(n)) for n in large for s in ("", " ")], (*COPULAS[:4], *ABOUT[:4]))
    units = [(f"{phrasings}{gap}{c}", str(n)) for c in SINO_COUNTERS for n in (1, 2, 3, 7, 10, 12, 15, 30, 120) for phrasings in (sino(n), str(n)) for gap in ("", " ") if not (n < 10 and not phrasings.isdecimal() and (c in ("주", "점", "도", "세", "회", "인", "평", "호", "층", "초", "년", "원", "박")))]
    yield from cell("Number sino+unit", units, (*COPULAS[:4], *ABOUT[:4]))
    yield from cell("Number digits+counter", [(f"{n}{gap}{c}", str(n)) for c in COUNTERS for n in (1, 2, 12, 30) for gap in ("", " ")], (*COPULAS[:4], *ABOUT, *GIVE))
    mixed = [
        ("3만5천", 35000),
        ("3만 5천", 35000),
        ("2천5백", 2500),
        ("7백", 700),
        ("1억2천만", 120_000_000),
        ("1억 2천만", 120_000_000),
        ("15만", 150_000),
        ("1만2천5백", 12500),
        ("5천 3백", 5300),
        ("2백50", 250),
        ("10만 5천", 105_000),
        ("4천만", 40_000_000),
        ("1.5만", 15000),
        ("3천", 3000),
        ("2만 3천 4백", 23400),
        ("12만3천", 123_000),
    ]
    yield from cell("Number mixed", [(w, str(n)) for w, n in mixed], (*COPULAS[:4], *ABOUT[:3], lambda w: w + "개", lambda w: w + " 명"))
    points = [(f"{sino(a)}{g}점{g}{''.join(DIGITS[int(d)] for d in b)}", f"{a}.{b}") for a in (0, 1, 3, 12, 36) for b in ("5", "25", "05", "14") for g in ("", " ")]
    yield from cell("Number decimals", points, (*COPULAS[2:3], COPULAS[3]))
    fractions = [(f"{sino(b)}분의{g}{sino(a)}", f"{a / b:.4f}") for a, b in ((1, 2), (1, 3), (2, 3), (3, 4), (1, 4), (2, 5), (7, 10)) for g in (" ", "")]
    yield from cell("Number fractions", fractions, (*COPULAS[:4],))
    yield from cell("Number half", [(f"{native(n, bound=True)}{g}{c} 반", f"{n}.5") for n in (1, 2, 3, 4, 5, 6) for c in ("개", "잔", "병", "박스", "판", "그릇", "봉지") for g in (" ", "")], (by("이요", "요"), lambda w: w + "이에요", lambda w: w + " 정도요", lambda w: w + " 주세요"))
    yield from cell("Number minus", [(f"{m}{g}{sino(n)}{t}", f"-{n}") for m in ("마이너스", "영하") for n in (1, 5, 10, 15, 23) for g in (" ",) for t in ("", " 도")] + [(f"-{n}", f"-{n}") for n in (1, 5, 10, 15)], COPULAS[2:4])
    yield from cell(
        "Number ordinal",
        [(f"{'첫' if n == 1 else native(n, bound=True)}{g}번째", str(n)) for n in range(1, 13) for g in (" ", "")] + [(f"{n}번째", str(n)) for n in (1, 2, 3, 10)] + [(w, str(i + 1)) for i, w in enumerate(("첫째", "둘째", "셋째", "넷째", "다섯째", "여섯째", "일곱째"))],
        (*COPULAS[:3], *TO[:2], lambda w: w + " 거요", lambda w: w + " 것"),
    )
    yield from cell("Number people", [(w + t, str(n)) for w, n in (("혼자", 1), ("둘이", 2), ("둘이서", 2), ("셋이서", 3), ("셋이", 3), ("넷이서", 4), ("다섯이서", 5)) for t in ("", "요", " 가요", " 갈 거예요", " 갈게요", "서만요" if w == "둘이" else "만요")])
    yield from cell("Number hundreds+native", [(f"{h}{native(n, bound=True)} {c}", str(b + n)) for h, b in (("백", 100), ("이백", 200), ("천", 1000)) for n in (20, 25, 30, 42) for c in ("명", "개", "장")] + [(f"백{native(n)}", str(100 + n)) for n in (21, 25, 33, 51)], (*COPULAS[:4],))
    yield from cell(
        "Number typos",
        [
            ("스믈 명", "20"),
            ("스물 명", "20"),
            ("스물 개", "20"),
            ("설흔 명", "30"),
            ("여덜 개", "8"),
            ("아흡 명", "9"),
            ("다섯명이욤", "5"),
            ("세명 이요", "3"),
            ("두명요", "2"),
            ("네명임", "4"),
            ("세개염", "3"),
            ("하나 욤", "1"),
            ("두개여", "2"),
            ("세개용", "3"),
            ("열개욤", "10"),
            ("3명이염", "3"),
            ("2개ㅇㅇ", "2"),
            ("4명요!!", "4"),
            ("5명~", "5"),
            ("두 명ㅎㅎ", "2"),
            ("네명이용~~", "4"),
            ("일곱개ㅋㅋ", "7"),
            ("서너명", "3|4|-"),
            ("너댓 개", "4|5|-"),
            ("두세 병", "2|3|-"),
            ("대여섯 장", "5|6|-"),
            ("예닐곱 개", "6|7|-"),
            ("여덟아홉 명", "8|9|-"),
            ("삼사 명", "3|4|-"),
            ("이삼십 명", "20|30|-"),
            ("오륙 개", "5|6|-"),
            ("사오십 명", "40|50|-"),
            ("여남은 명", "10|-"),
            ("수십 명", "-"),
            ("몇십 명", "-"),
            ("열몇 명", "10|-"),
            ("백여 명", "100|-"),
            ("이십여 명", "20|-"),
            ("천 명 이상", "1000|-"),
            ("몇 명", "-"),
        ],
    )


def phones() -> Iterator[Case]:
    wraps = (COPULAS[0], COPULAS[1], COPULAS[2], lambda w: w + " 입니다", by("이고요", "고요"), lambda w: "제 번호는 " + w, lambda w: "연락처는 " + w + "입니다", lambda w: w + "로 전화 주세요", lambda w: w + "로 연락 주세요", lambda w: "네 " + w, lambda w: "음 " + w + "요", lambda w: "핸드폰 " + w)
    groups = [("010", "2345", "6789"), ("010", "9087", "1122"), ("010", "5511", "0033"), ("02", "345", "6789"), ("02", "3456", "7890"), ("031", "234", "5678"), ("051", "808", "1234"), ("070", "8765", "4321"), ("1588", "1234"), ("011", "234", "5678"), ("0507", "1234", "5678")]
    phrasings = []
    for group in groups:
        value = "".join(group)
        phrasings += [(j.join(group), value) for j in ("-", " ", ".", "", " - ")]
        for zero in ("공", "영"):
            spoken = ["".join(zero if c == "0" else DIGITS[int(c)] for c in part) for part in group]
            phrasings += [(j.join(spoken), value) for j in (" ", "에 ", "", ", ", " 다시 ", "-", "의 ", "에", " 에 ", "국에 ")]
            phrasings.append((" ".join(" ".join(part) for part in spoken), value))
            phrasings.append((" ".join(group[:1]) + " " + " ".join(spoken[1:]), value))
    yield from cell("PhoneNumber groups", phrasings, wraps)
    yield from cell(
        "PhoneNumber other",
        [
            ("+82 10-2345-6789", "+821023456789"),
            ("+821023456789", "+821023456789"),
            ("82-10-2345-6789", "821023456789|+821023456789"),
            ("(02) 345-6789", "023456789"),
            ("(02)345-6789", "023456789"),
            ("010)2345-6789", "01023456789"),
            ("02)345-6789", "023456789"),
            ("플러스 팔이 십 이삼사오 육칠팔구", "+821023456789|-"),
            ("플러스 팔이 일공 이삼사오 육칠팔구", "+821023456789"),
            ("공일공 이삼사오 육칠팔구 번", "01023456789"),
            ("01023456789번", "01023456789"),
            ("공일공 이삼사오에 육칠팔구번이에요", "01023456789"),
        ],
        wraps,
    )
    yield from cell("PhoneNumber none", [(w, "-") for w in ("전화기 없어요", "알려주기 싫어요", "번호가 바뀌었어요", "세 명이요", "내일이요", "번호 몰라요")])


_LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyz", ["에이", "비", "씨", "디", "이", "에프", "지", "에이치", "아이", "제이", "케이", "엘", "엠", "엔", "오", "피", "큐", "알", "에스", "티", "유", "브이", "더블유", "엑스", "와이", "제트"], strict=True))


def emails() -> Iterator[Case]:
    wraps = (COPULAS[0], COPULAS[1], COPULAS[2], lambda w: w + " 입니다", lambda w: "제 이메일은 " + w, lambda w: "메일 주소는 " + w + "입니다", lambda w: w + "으로 보내 주세요", lambda w: "네 " + w + "요")
    hosts = [
        ("네이버", "naver", "com"),
        ("지메일", "gmail", "com"),
        ("다음", "daum", "net"),
        ("한메일", "hanmail", "net"),
        ("카카오", "kakao", "com"),
        ("핫메일", "hotmail", "com"),
        ("네이트", "nate", "com"),
        ("야후", "yahoo", "com"),
        ("gmail", "gmail", "com"),
        ("naver", "naver", "com"),
        ("example", "example", "org"),
        ("아웃룩", "outlook", "com"),
        ("쥐메일", "gmail", "com"),
        ("회사", "", ""),
    ][:13]
    tlds = {"com": ("닷컴", " 닷컴", " 점 컴", " 점컴", " 닷 컴", " dot com", " 점 com", " 쩜 컴", ".com", "점컴"), "net": (" 점 넷", "닷넷", " 닷넷", " dot net", ".net", " 점넷"), "org": (" 점 오알지", ".org", " dot org", " 점 org")}
    phrasings = []
    for (host, name, tld), at in product(hosts, (" 골뱅이 ", "골뱅이", " at ", " 앳 ", "@")):
        for k, end in enumerate(tlds[tld]):
            local, value = (("minji", "minji"), ("kim88", "kim88"), ("a.lee", "a.lee"), ("park_j", "park_j"))[k % 4]
            phrasings.append((f"{local}{at}{host}{end}", f"{value}@{name}.{tld}"))
    yield from cell("EmailAddress spoken host", phrasings, wraps)
    spelled = []
    for local in ("abc", "kjh", "mspark", "lbv77", "jay1004", "yh7", "wjs"):
        letters = [_LETTERS.get(c) or (DIGITS[int(c)] if c != "0" else "공") for c in local]
        spelled += [(f"{j.join(letters)} 골뱅이 네이버 닷컴", f"{local}@naver.com") for j in (" ", "", ", ")]
        spelled += [(f"{' '.join(local)} 골뱅이 네이버 닷컴", f"{local}@naver.com")]
    spelled += [
        ("hong 점 gildong 골뱅이 지메일 닷컴", "hong.gildong@gmail.com"),
        ("hong 언더바 gd 골뱅이 지메일 닷컴", "hong_gd@gmail.com"),
        ("hong 언더스코어 gd 골뱅이 지메일 점 컴", "hong_gd@gmail.com"),
        ("hong 하이픈 gd 골뱅이 네이버 점 컴", "hong-gd@naver.com"),
        ("hong 대시 gd 골뱅이 네이버 점 컴", "hong-gd@naver.com"),
        ("hong 골뱅이 회사 이름 점 com", "-"),
        ("hong 골뱅이 snu 점 ac 점 kr", "hong@snu.ac.kr"),
        ("info 골뱅이 company 점 co 점 kr", "info@company.co.kr"),
        ("info 골뱅이 my 하이픈 shop 점 kr", "info@my-shop.kr"),
        ("hong 플러스 test 골뱅이 지메일 닷컴", "hong+test@gmail.com"),
        ("hong 다시 gd 골뱅이 네이버 닷컴", "hong-gd@naver.com"),
        ("케이아이엠 팔팔 골뱅이 지메일 닷컴", "kim88@gmail.com"),
        ("hong 골뱅이 에스케이 점 컴", "hong@sk.com"),
        ("info 골뱅이 엘지 점 씨오 점 케이알", "info@lg.co.kr"),
    ]
    yield from cell("EmailAddress spelled", spelled, wraps[:6])
    yield from cell("EmailAddress none", [(w, "-") for w in ("이메일 없어요", "메일 안 써요", "나중에 알려드릴게요", "네이버요", "골뱅이 무침이요")])


def codes() -> Iterator[Case]:
    wraps = (COPULAS[0], COPULAS[1], COPULAS[2], lambda w: "예약번호는 " + w, lambda w: "코드는 " + w + "입니다", lambda w: "네 " + w + "요", lambda w: "주문번호 " + w)
    phrasings = []
    for code in ("A13", "KE903", "B0466", "X7Y9", "QR331", "ZT8", "HN3048", "C3PK", "LG77", "W1", "AB1334", "M8N6"):
        parts = [_LETTERS[c.lower()] if c.isalpha() else ("공" if c == "0" else DIGITS[int(c)]) for c in code]
        ways = f"{code}|{code.lower()}"
        groups = [p for p in (code[: next(i for i, c in enumerate(code) if c.isdigit())], code[next(i for i, c in enumerate(code) if c.isdigit()) :])]
        phrasings += [
            ("".join(parts), ways),
            (" ".join(parts), ways),
            (code, ways),
            (code.lower(), ways),
            (" ".join(code), ways),
            (f"{groups[0]} {groups[1]}", ways),
            (f"{groups[0]}-{groups[1]}", f"{groups[0]}-{groups[1]}|{ways}"),
            (groups[0] + " " + " ".join(parts[len(groups[0]) :]), ways),
            ("".join(parts[: len(groups[0])]) + " " + groups[1], ways),
        ]
    yield from cell("AlphaNumeric codes", phrasings, wraps)
    digits = [("공일이삼", "0123"), ("4821", "4821"), ("사팔이일", "4821"), ("48 21", "4821"), ("0007", "0007"), ("공공공칠", "0007"), ("영 영 칠", "007"), ("사팔 이일", "4821"), ("99-1023", "99-1023|991023"), ("일이삼 사오육", "123456"), ("123 456 7890", "1234567890")]
    yield from cell("AlphaNumeric digits", digits, wraps)


def shares() -> Iterator[Case]:
    wraps = (*COPULAS[:4], *ABOUT[:4], *TO[:3], by("이면 돼요", "면 돼요"), lambda w: w + " 할인", lambda w: w + " 이상", lambda w: w + "만요")
    phrasings = [(f"{f}{g}{u}", f"{n}%") for n in (1, 2, 3, 5, 10, 15, 20, 33, 50, 75, 99, 100) for f in (str(n), sino(n)) for g in ("", " ") for u in ("퍼센트", "프로", "%", "퍼")]
    yield from cell("Percentage", phrasings, wraps[:8])
    yield from cell("Percentage decimals", [(f"{f}{g}{u}", f"{v}%") for v, f in (("0.5", "영점오"), ("0.5", "영 점 오"), ("1.5", "일점오"), ("2.25", "이점이오"), ("12.5", "십이 점 오"), ("3.14", "3.14"), ("99.9", "99.9"), ("0.1", "0.1")) for g in ("", " ") for u in ("퍼센트", "프로", "%")], wraps[:8])
    yield from cell(
        "Percentage tenths",
        [(f"{sino(n)}할", f"{n * 10}%") for n in range(1, 10)]
        + [(f"{sino(n)}할 {sino(m)}푼", f"{n * 10 + m}%") for n in (1, 2, 3) for m in (2, 5, 7)]
        + [(f"{n}할{g}{m}푼", f"{n * 10 + m}%") for n in (1, 2, 3) for m in (2, 5, 7) for g in ("", " ")]
        + [("삼할 이푼 오리", "32.5%"), ("3할 2푼 5리", "32.5%"), ("오푼", "5%"), ("5푼", "5%")],
        wraps[:3],
    )
    yield from cell(
        "Percentage other",
        [("절반", "50%"), ("반", "50%"), ("반반", "50%"), ("반 퍼센트", "0.5%"), ("백프로", "100%"), ("백퍼센트", "100%"), ("이십오퍼", "25%"), ("4분의 1", "25%|0.25"), ("십 프로 할인", "10%"), ("마이너스 오 퍼센트", "-5%"), ("-3%", "-3%"), ("10에서 20퍼센트", "-"), ("십에서 이십 프로 사이", "-"), ("많이요", "-")],
    )


def money() -> Iterator[Case]:
    wraps = (*COPULAS[:4], *ABOUT[:4], *TO[:3], by("이면 돼요", "면 돼요"), lambda w: w + "만요", lambda w: w + " 이하로요", lambda w: w + "까지요", lambda w: w + " 보내줘", lambda w: w + " 내외", lambda w: w + "짜리", lambda w: w + " 안쪽으로", lambda w: w + " 이내로", lambda w: "한 " + w, lambda w: "최대 " + w)
    amounts = (100, 500, 900, 1000, 1500, 3000, 5500, 9900, 10_000, 12_000, 15_000, 20_000, 35_000, 49_900, 100_000, 123_000, 250_000, 500_000, 990_000, 1_000_000, 1_500_000, 3_200_000, 10_000_000, 55_000_000, 100_000_000, 350_000_000)
    phrasings = []
    for n in amounts:
        value = f"KRW {n}.00"
        phrasings += [(f"{sino(n)}원", value), (f"{sino(n)} 원", value), (f"{sino(n, ' ')} 원", value), (f"{n}원", value), (f"{n:,}원", value), (f"{n:,} 원", value), (f"₩{n:,}", value), (f"{n:,}₩", value), (f"{n} won", value), (f"KRW {n:,}", value)]
        for whole, unit in ((10**8, "억"), (10**4, "만"), (1000, "천")):
            if n >= whole and n % whole == 0 and (unit != "만" or n < 10**8) and n // whole < 10_000 and (unit != "천" or n < 10_000):
                phrasings += [(f"{n // whole}{unit}원", value), (f"{n // whole}{unit} 원", value)]
        if 10_000 < n < 10**8 and n % 10_000 and not n % 1000:
            phrasings += [(f"{n // 10_000}만{g}{n % 10_000 // 1000}천{h}원", value) for g in ("", " ") for h in ("", " ")]
    yield from cell("Currency won", phrasings, wraps)
    bare = [("2만", 20000), ("만오천", 15000), ("이십만", 200_000), ("3억 5천", 350_000_000), ("3억5천", 350_000_000), ("삼억 오천", 350_000_000), ("1억 2천", 120_000_000), ("5만5천", 55000), ("5만 5천", 55000), ("백만", 1_000_000), ("2억", 200_000_000), ("2억 3천만", 230_000_000), ("오천", 5000), ("만 원 반", 0)][:13]
    yield from cell("Currency bare", [(w, f"KRW {n}.00") for w, n in bare], (*COPULAS[:4], *ABOUT[:4]))
    yield from cell("Currency hundred millions", [(f"{w} 원", f"KRW {n}.00") for w, n in bare if "억" in w and "천만" not in w and w != "2억"] + [("3억 5천만 원", "KRW 350000000.00"), ("삼억 오천만원", "KRW 350000000.00"), ("1억 5백만 원", "KRW 105000000.00")], wraps[:8])
    foreign = [
        ("달러", "USD"),
        ("불", "USD"),
        ("유로", "EUR"),
        ("엔", "JPY"),
        ("위안", "CNY"),
        ("파운드", "GBP"),
        ("프랑", "CHF"),
        ("캐나다 달러", "CAD"),
        ("호주 달러", "AUD"),
        ("홍콩 달러", "HKD"),
        ("싱가포르 달러", "SGD"),
        ("뉴질랜드 달러", "NZD"),
        ("바트", "THB"),
        ("동", "VND"),
        ("루피", "INR"),
        ("대만 달러", "TWD"),
        ("루블", "RUB"),
        ("미국 달러", "USD"),
        ("엔화", "JPY"),
        ("미국달러", "USD"),
    ]
    phrasings = []
    for (unit, code), n in product(foreign, (1, 5, 10, 20, 50, 100, 150, 1000, 2500)):
        ways = "|".join(f"{c} {n}.00" if c != "-" else "-" for c in code.split("|"))
        phrasings += [(f"{f}{g}{unit}", ways) for f in (str(n), *((sino(n),) if n > 9 else ())) for g in ("", " ")]
    yield from cell("Currency foreign", phrasings, wraps[:8])
    yield from cell(
        "Currency cents",
        [
            ("5달러 50센트", "USD 5.50"),
            ("오 달러 오십 센트", "USD 5.50"),
            ("십 달러 이십오 센트", "USD 10.25"),
            ("50센트", "USD 0.50"),
            ("99센트", "USD 0.99"),
            ("오십 센트", "USD 0.50"),
            ("3.5달러", "USD 3.50"),
            ("$12.99", "USD 12.99"),
            ("12.99달러", "USD 12.99"),
            ("삼 점 오 달러", "USD 3.50"),
            ("€20", "EUR 20.00"),
            ("£15", "GBP 15.00"),
            ("20 USD", "USD 20.00"),
            ("오 유로 오십 센트", "EUR 5.50"),
            ("1.5억", "KRW 150000000.00"),
            ("1.5억 원", "KRW 150000000.00"),
            ("2.5만원", "KRW 25000.00"),
            ("2만 5천 5백원", "KRW 25500.00"),
        ],
        (*COPULAS[2:4], *TO[:2]),
    )
    yield from cell("Currency none", [(w, "-") for w in ("만 원에서 이만 원", "오만원이나 육만원", "비싸요", "모르겠어요", "얼마예요?", "몇만 원", "공짜요", "10만원 아니면 20만원", "천원에서 이천원 사이")])
