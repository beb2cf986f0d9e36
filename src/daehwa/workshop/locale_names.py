"""The locales that Lex V2 supports. Source: the Lex V2 guide, "Supported languages"."""

from __future__ import annotations

from typing import Final

from daehwa.workshop.errors import ValidationException

_NAMES: Final = {
    "ca_ES": "Catalan (Spain)",
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


def locale_name(identifier: str) -> str:
    """The locale's name; its id if Lex does not support it."""
    return _NAMES.get(identifier, identifier)


def require_supported(identifier: str) -> None:
    """Check that Lex supports a locale.

    Raises:
        ValidationException: it does not.
    """
    if identifier not in _NAMES:
        raise ValidationException(
            f"The locale {identifier} is not supported. Choose one of {', '.join(_NAMES)}."
        )
