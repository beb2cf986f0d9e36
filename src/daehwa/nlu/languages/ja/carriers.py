"""Japanese words around a value in a reply."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.language import Carriers
from daehwa.nlu.languages.lexicon import Lexicon, phrases
from daehwa.nlu.languages.suffixes import without_ending

_ENDINGS: Final = phrases("""
でお願いします|でおねがいします|をお願いします|お願いします|おねがいします|でお願いできますか|にします|にしてください|がいいです
をください|ください|下さい|と申します|といいます|と言います|です|だよ|だ|ですね|でいいです|で
""")


CARRIERS: Final = Carriers(
    before=Lexicon(
        dict.fromkeys(
            phrases(
                "私の名前は|名前は|わたしは|私は|えっと|ええと|あの|じゃあ|では|はい|番号は|電話番号は|住所は|メールは|それじゃ"
            ),
            0,
        )
    ),
    after=(),
    attached=without_ending(_ENDINGS),
)
