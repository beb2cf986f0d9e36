"""Korean replies, cell by cell: words and forms that the cells share."""

# fmt: off
# Tables of words: what counts is what stands in them.
# ruff: noqa: ANN201, ARG001, C416, C901, E501, E741, PERF401, PLR0912, PLR0915, PLW2901, RUF100

from __future__ import annotations

DIGITS = "영일이삼사오육칠팔구"
_ONES = ("", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")
BOUND = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
WEEKDAYS = "월화수목금토일"


def sino(number: int, space: str = "") -> str:
    """A number in Sino-Korean."""
    groups = []
    for myriad, name in ((10**8, "억"), (10**4, "만"), (1, "")):
        group = number // myriad % 10_000
        if not group:
            continue
        phrasings = ""
        for power, unit in ((1000, "천"), (100, "백"), (10, "십"), (1, "")):
            digit = group // power % 10
            if digit:
                phrasings += unit if digit == 1 and unit else DIGITS[digit] + unit
        groups.append(name if name == "만" and group == 1 and number < 20_000 else phrasings + name)
    return space.join(groups) or "영"


def native(number: int, *, bound: bool = False) -> str:
    """A number below a hundred in native Korean, before a counter or alone."""
    if bound and number == 20:
        return "스무"
    return _TENS[number // 10] + (BOUND if bound else _ONES)[number % 10]


def has_final(word: str) -> bool:
    """Whether the last syllable ends in a consonant."""
    last = word[-1]
    if last.isdecimal():
        return last in "013678"
    return "가" <= last <= "힣" and (ord(last) - 0xAC00) % 28 > 0


def by(with_final: str, without: str):
    return lambda words: words + (with_final if has_final(words) else without)


def ro(words: str) -> str:
    final = (ord(words[-1]) - 0xAC00) % 28 if "가" <= words[-1] <= "힣" else 0
    return words + ("으로" if final and final != 8 else "로")


COPULAS = (
    by("이요", "요"), by("이에요", "예요"), by("입니다", "입니다"), lambda w: w + "요",
    by("이야", "야"), by("인데요", "인데요"), by("이고요", "고요"), by("이여", "여"),
)  # fmt: skip
ASIDES = (lambda w: f"음 {w}", lambda w: f"아 {w}요", lambda w: f"그럼 {w}", lambda w: f"네 {w}요", lambda w: f"어... {w}", lambda w: f"저는 {w}")
TO = (
    lambda w: ro(w) + " 해주세요", lambda w: ro(w) + " 할게요", lambda w: ro(w) + "요",
    lambda w: ro(w) + " 부탁드려요", lambda w: ro(w) + " 바꿔 주세요", lambda w: ro(w) + " 하고 싶습니다",
    lambda w: ro(w) + " 하겠습니다", lambda w: ro(w) + " 할래", lambda w: ro(w) + " 예약해줘",
)  # fmt: skip
ABOUT = (lambda w: w + " 정도", lambda w: w + "쯤이요", lambda w: w + " 정도요", lambda w: w + "쯤", lambda w: "한 " + w + " 정도요", lambda w: "대략 " + w)
GIVE = (lambda w: w + " 주세요", lambda w: w + "만요", lambda w: w + "만 주세요", lambda w: w + " 부탁합니다", lambda w: w + " 줘", by("이면 돼요", "면 돼요"), by("이면 됩니다", "면 됩니다"), by("이면 충분해요", "면 충분해요"))
WHEN = (
    lambda w: w + "에",
    lambda w: w + "에요",
    lambda w: w + "에 갈게요",
    lambda w: w + "에 가능할까요",
    lambda w: w + "에 예약해 주세요",
    lambda w: w + "에 부탁드려요",
    by("이 좋아요", "가 좋아요"),
    by("이 좋겠어요", "가 좋겠어요"),
    lambda w: w + " 되나요",
    lambda w: w + "에 갈 수 있어요",
    by("은 어때요", "는 어때요"),
    lambda w: w + " 괜찮아요",
    lambda w: w + "에 할게요",
)

COUNTERS = ["명", "개", "잔", "병", "장", "권", "대", "마리", "살", "송이", "켤레", "벌", "판", "줄", "조각", "그릇", "접시", "박스", "봉지", "가지", "군데", "자리", "채", "척", "알", "컵", "묶음", "세트", "상자", "팩", "캔", "포기", "자루", "곳", "통", "분", "사람", "시간", "달", "번", "바퀴", "곡", "편", "끼", "다발", "스푼", "숟갈", "방", "칸", "층", "테이블", "좌석", "매"]
SINO_COUNTERS = ["인분", "층", "호", "개월", "년", "킬로", "그램", "미터", "세", "페이지", "원", "도", "인", "센티", "평", "회", "점", "개국", "주", "박", "호선", "번지", "단계", "리터", "초"]
