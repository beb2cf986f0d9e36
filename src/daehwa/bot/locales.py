"""The locales of Lex V2, by their ids.

This is the one list of them: the model-building API takes these and no others, and
`daehwa.nlu` has the customs of each (how dates and numbers are written there). Source: Lex V2
developer guide, "Languages and locales supported by Amazon Lex V2".
"""

from __future__ import annotations

from typing import Final

LOCALE_NAMES: Final = {
    "ca_ES": "Catalan (Spain)",
    "da_DK": "Danish (Denmark)",
    "de_AT": "German (Austria)",
    "de_DE": "German (Germany)",
    "en_AU": "English (Australia)",
    "en_GB": "English (UK)",
    "en_IN": "English (India)",
    "en_US": "English (US)",
    "en_ZA": "English (South Africa)",
    "es_419": "Spanish (Latin America)",
    "es_ES": "Spanish (Spain)",
    "es_US": "Spanish (US)",
    "fi_FI": "Finnish (Finland)",
    "fr_CA": "French (Canada)",
    "fr_FR": "French (France)",
    "hi_IN": "Hindi (India)",
    "it_IT": "Italian (Italy)",
    "ja_JP": "Japanese (Japan)",
    "ko_KR": "Korean (South Korea)",
    "nl_NL": "Dutch (The Netherlands)",
    "no_NO": "Norwegian (Norway)",
    "pl_PL": "Polish (Poland)",
    "pt_BR": "Portuguese (Brazil)",
    "pt_PT": "Portuguese (Portugal)",
    "sv_SE": "Swedish (Sweden)",
    "zh_CN": "Mandarin (PRC)",
    "zh_HK": "Cantonese (Hong Kong)",
}
