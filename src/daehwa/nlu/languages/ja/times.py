"""Japanese times of day and spans of time: 午後3時半, 朝8時, 正午, 2時間半, 半年."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.han_times import HanDurations, HanTimes
from daehwa.nlu.languages.ja.numbers import amount
from daehwa.nlu.languages.lexicon import meanings

TIMES: Final = HanTimes(
    parts=meanings(
        {
            "午前中|朝|今朝|明朝|早朝|あさ": "MO",
            "午前|ごぜん|am": "AM",
            "午後|ごご|pm": "PM",
            "昼|お昼|昼間|昼過ぎ|ひる": "AF",
            "夕方|夕|夕刻|ゆうがた": "EV",
            "夜|今夜|今晩|明晩|晩|深夜|夜中|よる": "NI",
        }
    ),
    hours=("時", "じ"),
    fixed={"正午": 720, "真夜中": 0, "午前零時": 0, "午前0時": 0, "深夜0時": 0, "夜中の12時": 0},
    fractions={"半": 30, "はん": 30},
    not_behind_hour=("間", "給", "差", "代", "期", "計", "点"),
    before=("前", "まえ"),
    joints=("の", "、"),
    now=("今すぐ", "ただいま", "ただ今", "今から", "今です", "現在"),
    later={"後": 1, "ご": 1, "前": -1},
    noon=("昼", "お昼", "昼間", "午後"),
)

DURATIONS: Final = HanDurations(
    units={
        **dict.fromkeys(("年間", "年"), "Y"),
        **dict.fromkeys(("か月間", "ヶ月間", "か月", "ヶ月", "カ月", "ヵ月", "ケ月", "箇月"), "M"),
        **dict.fromkeys(("週間",), "W"),
        **dict.fromkeys(("日間", "日", "泊", "晩"), "D"),
        **dict.fromkeys(("時間", "じかん"), "H"),
        **dict.fromkeys(("分間", "分", "ふん", "ぷん"), "m"),
        **dict.fromkeys(("秒間", "秒"), "S"),
    },
    fixed={
        "半年": ("6", "M"),
        "半日": ("12", "H"),
        "半時間": ("30", "m"),
        "一晩": ("1", "D"),
        "ひと月": ("1", "M"),
        "一月": ("1", "M"),
        "半月": ("15", "D"),
    },
    halves=("半",),
    amount=amount,
    not_behind=("目", "の1", "曜"),
)
