"""Chinese phrases of Lex's built-in intents, in our own words.

Source of the intents: Lex V2 developer guide, "Built-in intents".
"""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.lexicon import phrases

INTENTS: Final = {
    "AMAZON.HelpIntent": phrases("帮助|帮帮我|请帮帮我|你能帮我吗|你能做什么|幫助|幫幫我"),
    "AMAZON.CancelIntent": phrases("取消|算了|不要了|我改主意了"),
    "AMAZON.StopIntent": phrases("停|停止|别说了|安静|停止吧"),
    "AMAZON.RepeatIntent": phrases("重复|再说一遍|你说什么|请再说一次|再說一遍"),
    "AMAZON.ResumeIntent": phrases("继续|恢复|接着说|繼續"),
    "AMAZON.PauseIntent": phrases("暂停|等一下|暫停"),
    "AMAZON.StartOverIntent": phrases("重新开始|从头开始|从头来|重新開始"),
}
