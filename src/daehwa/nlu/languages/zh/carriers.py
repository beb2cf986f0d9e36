"""Chinese words around a value in a reply."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.language import Carriers
from daehwa.nlu.languages.lexicon import Lexicon, phrases
from daehwa.nlu.languages.suffixes import without_ending

_ENDINGS: Final = phrases("谢谢|謝謝|唔該|吧|就好|就行|就可以了|就可以|好了|可以吗|呀|啊|啦|喇")


CARRIERS: Final = Carriers(
    before=Lexicon(
        dict.fromkeys(
            phrases(
                "我叫|我的名字是|我姓|我是|是|我要去|我想去|我要|我想要|我想|就|那就|嗯|好的|电话是|号码是|地址是|電話係|我叫做|我係"
            ),
            0,
        )
    ),
    after=(),
    attached=without_ending(_ENDINGS),
)
