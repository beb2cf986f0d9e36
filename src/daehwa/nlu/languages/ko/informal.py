"""Korean as it is typed in a hurry: worn endings, short forms, signs of mood."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.language import Informal

_END: Final = r"(?=[?!.~,\s]|$)"
"""Behind a word."""

_LAST: Final = r"\s*[?!.~]*$"
"""What may stand between the last word and the text's end, the end among it."""

INFORMAL: Final = Informal(
    patterns=(
        # Signs of mood, which have no meaning of their own: ㅋㅋ, ㅠㅠ, ~~, ;;
        (r"[ㅋㅎㅠㅜㅡ]+|[~^;]+", " "),
        # 해여, 되나용, 있어욤, 주세염: the ending 요; 고용 and 가용 are words of their own.
        (r"(?<=[에예나해까게데세어아네져돼봐와워줘죠])여" + _END, "요"),
        (r"(?<=[가-힣][가지고])여" + _END, "요"),
        (r"(?<=[에예나해까게데세어아네져돼봐와워줘죠])[용욤욧윰]" + _END, "요"),
        (r"(?<=[에예까게데해세])염" + _END, "요"),
        (r"(?<=[되하있없])나염" + _END, "나요"),
        (r"주(?:셈|셍|삼|세영|세욥)" + _END, "주세요"),
        # A noun's form as a question or a report: 되나요 as 됨?
        (r"됨\s*\?" + _LAST, "되나요"),
        (r"(?<=\s)됨" + _LAST, "돼요"),
        (r"\b(뭐|어디|얼마|언제|누구)임" + _LAST, r"\1예요"),
        (r"남음\s*\?" + _LAST, "남았나요"),
        (r"있음\s*\?" + _LAST, "있나요"),
        (r"없음\s*\?" + _LAST, "없나요"),
        (r"나옴\s*\?" + _LAST, "나오나요"),
        (r"(?<=[가-힣])(?<![책모위게])임\s*\?" + _LAST, "인가요"),
        (r"(?<=[가-힣])(?<![포명])함\s*\?" + _LAST, "하나요"),
        # Requests that end where the verb would stand.
        (r"(?<=[번거것])점\s*(?:요|여|용)?" + _LAST, " 좀 해 주세요"),
        (r"(?<=[가-힣])\s*[좀쫌]\s*(?:요|여|용)?" + _LAST, " 좀 해 주세요"),
        (r"(?<=[가-힣])\s*부탁(?:요|이요|염)?" + _LAST, " 부탁해요"),
        # Short forms.
        (r"([월화수목금토일])욜", r"\1요일"),
        (r"\b담주", "다음 주"),
        (r"\b담달", "다음 달"),
        (r"\b담번", "다음번"),
        (r"\b낼" + _END, "내일"),
        (r"\b(?:어케|우째|어뜨케|어떠케)", "어떻게"),
        (r"\b걍\b", "그냥"),
        (r"\b넘\b", "너무"),
        (r"\b젤\b", "제일"),
        (r"\b[쫌]\b", "좀"),
        (r"\b머(?=\s|에요|예요|임|야|가|냐)", "뭐"),
        (r"(?<=[이그저내네니제번주달는한운된일날])꺼(?=[는가를도로요\s]|$)", "거"),
        (r"\b(?:와파|와이퐈이)", "와이파이"),
        (r"비번", "비밀번호"),
    )
)
