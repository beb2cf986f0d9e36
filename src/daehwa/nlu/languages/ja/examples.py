"""Values of the built-in types in Japanese, for refilling sample utterances."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.lexicon import phrases

EXAMPLES: Final = {
    "Confirmation": phrases("はい|いいえ|お願いします|たぶん"),
    "Currency": phrases("1000円|五千円|20ドル|1万円"),
    "Date": phrases("明日|今日|来週の金曜日|3月3日|月曜日|5月15日|明後日|来週|12月25日|二週間後"),
    "Duration": phrases("2時間|30分|三日間|一週間|1時間半"),
    "Number": phrases("2|三|5|十|二十五|100|四つ|12"),
    "Percentage": phrases("50%|20パーセント|10%"),
    "Time": phrases("8時|午前10時|正午|17:30|午後2時半|夜7時|18時"),
}
