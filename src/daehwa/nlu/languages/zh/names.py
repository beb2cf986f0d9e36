"""Chinese words around names of people and places."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.language import Names
from daehwa.nlu.languages.lexicon import phrases

NAMES: Final = Names(
    naming={"我叫": True, "我的名字是": True, "我姓": True, "我是": False, "我係": False},
    no_names=frozenset(
        phrases("我|你|他|她|我们|你们|什么|谁|哪里|是|不是|谢谢|你好|再见|秘密|匿名|不知道")
    ),
    requests=frozenset(phrases("什么|什麼|何时|什么时候|哪里|谁|为什么|怎么|请问|帮|取消|停")),
)
