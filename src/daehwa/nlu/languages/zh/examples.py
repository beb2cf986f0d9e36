"""Values of the built-in types in Chinese, for refilling sample utterances."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.lexicon import phrases

EXAMPLES: Final = {
    "Confirmation": phrases("是的|不是|好的|也许"),
    "Currency": phrases("100块|五十元|20美元|一千元"),
    "Date": phrases("明天|今天|下周五|3月3号|星期一|5月15日|后天|下个星期|12月25号|两周后"),
    "Duration": phrases("两个小时|30分钟|三天|一个星期|一个半小时"),
    "Number": phrases("2|三|5|十|二十五|100|四个|12"),
    "Percentage": phrases("50%|20%|10%"),
    "Time": phrases("八点|上午十点|中午|17:30|下午两点半|晚上七点|18点"),
}
