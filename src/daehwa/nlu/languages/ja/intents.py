"""Japanese phrases of Lex's built-in intents, in our own words.

Source of the intents: Lex V2 developer guide, "Built-in intents".
"""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.lexicon import phrases

INTENTS: Final = {
    "AMAZON.HelpIntent": phrases("ヘルプ|助けて|手伝って|使い方|何ができますか|助けてください"),
    "AMAZON.CancelIntent": phrases("キャンセル|やっぱりやめます|やめる|取り消して|なしにして"),
    "AMAZON.StopIntent": phrases("止めて|ストップ|終了|終わり|静かにして"),
    "AMAZON.RepeatIntent": phrases(
        "もう一度|もう一回|繰り返して|もう一度言ってください|何て言いましたか"
    ),
    "AMAZON.ResumeIntent": phrases("続けて|再開|再開して"),
    "AMAZON.PauseIntent": phrases("一時停止|ちょっと待って|中断"),
    "AMAZON.StartOverIntent": phrases("最初から|やり直し|最初からやり直して|初めから"),
}
