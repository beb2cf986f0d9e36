"""Chinese times of day and spans of time: 下午三点半, 差五分三点, 两个半小时, 下晝三點."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.han_times import HanDurations, HanTimes
from daehwa.nlu.languages.lexicon import meanings
from daehwa.nlu.languages.zh.numbers import amount

TIMES: Final = HanTimes(
    parts=meanings(
        {
            "早上|早晨|清晨|凌晨|上午|明早|今早|朝早|上晝|聽朝|今朝": "MO",
            "下午|中午|午后|午後|下晝|晏晝|am": "AF",
            "傍晚|黄昏|黃昏": "EV",
            "晚上|夜里|夜裡|半夜|深夜|今晚|明晚|夜晚|晚間|晚间|聽晚": "NI",
            "am": "AM",
            "pm": "PM",
        }
    ),
    hours=("点钟", "點鐘", "点整", "點正", "点", "點", "时", "時"),
    fixed={
        "正午": 720,
        "午夜": 0,
        "半夜十二点": 0,
        "晚上十二点": 0,
        "晚上12点": 0,
        "零点": 0,
        "零時": 0,
    },
    fractions={"半": 30, "一刻": 15, "三刻": 45, "半钟": 30},
    not_behind_hour=("儿", "兒", "心", "候", "间", "間", "的话", "钱"),
    before=(),
    to=("差", "欠"),
    fives=("个字", "個字"),
    joints=("的", "嘅"),
    now=("现在", "現在", "马上", "馬上", "而家", "依家"),
    later=meanings({"以后|以後|之后|之後|后|後": 1, "以前|之前|前": -1}),
    noon=("中午", "下午", "晏晝"),
    doubtful=("一点", "一點", "1点", "1點"),
)

DURATIONS: Final = HanDurations(
    units={
        **dict.fromkeys(("年",), "Y"),
        **dict.fromkeys(("个月", "個月"), "M"),
        **dict.fromkeys(
            ("个星期", "個星期", "个礼拜", "個禮拜", "星期", "礼拜", "禮拜", "周", "週"), "W"
        ),
        **dict.fromkeys(("天", "日", "晚", "夜"), "D"),
        **dict.fromkeys(
            ("个小时", "個小時", "小时", "小時", "个钟头", "個鐘頭", "个钟", "個鐘", "鐘", "钟头"),
            "H",
        ),
        **dict.fromkeys(("分钟", "分鐘", "分"), "m"),
        **dict.fromkeys(("秒钟", "秒鐘", "秒"), "S"),
    },
    fixed={
        "半个小时": ("30", "m"),
        "半個小時": ("30", "m"),
        "半小时": ("30", "m"),
        "半小時": ("30", "m"),
        "半个钟头": ("30", "m"),
        "半個鐘": ("30", "m"),
        "一刻钟": ("15", "m"),
        "一刻鐘": ("15", "m"),
        "三刻钟": ("45", "m"),
        "半天": ("12", "H"),
        "半年": ("6", "M"),
        "半个月": ("15", "D"),
        "半個月": ("15", "D"),
    },
    halves=("半",),
    halves_before=("个半", "個半"),
    amount=amount,
    not_behind=("之",),
)
