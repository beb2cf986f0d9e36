"""Japanese words around names of people and places."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.language import Names
from daehwa.nlu.languages.lexicon import phrases

NAMES: Final = Names(
    naming={"私の名前は": True, "名前は": True, "わたしは": False, "私は": False},
    no_names=frozenset(
        phrases(
            "私|わたし|僕|俺|あなた|何|誰|どこ|いつ|はい|いいえ|ありがとう|すみません|こんにちは|秘密|匿名"
        )
    ),
    requests=frozenset(phrases("何|いつ|どこ|誰|なぜ|どう|どれ|教えて|助けて|キャンセル")),
)
