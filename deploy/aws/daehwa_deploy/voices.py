"""Amazon Polly's voices by the language that they speak.

Source: "Available voices" in the Amazon Polly Developer Guide, and botocore's service model of
Polly, whose names a test compares.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_BY_LANGUAGE: Final = {
    "ar": "Hala Zayd Zeina",
    "ca": "Arlet",
    "cs": "Jitka",
    "cy": "Gwyneth",
    "da": "Mads Naja Sofie",
    "de": "Daniel Hannah Hans Lennart Marlene Sabrina Vicki",
    "en": "Aditi Amy Aria Arthur Ayanda Brian Danielle Emma Geraint Gregory Ivy Jasmine Joanna "
    "Joey Justin Kajal Kendra Kevin Kimberly Matthew Niamh Nicole Olivia Raveena Russell Ruth "
    "Salli Stephen Tiffany",
    "es": "Andres Conchita Enrique Lucia Lupe Mia Miguel Pedro Penelope Sergio",
    "fi": "Suvi",
    "fr": "Ambre Celine Chantal Florian Gabrielle Isabelle Lea Liam Mathieu Remi",
    "hi": "Aditi Kajal",
    "is": "Dora Karl",
    "it": "Adriano Beatrice Bianca Carla Giorgio Lorenzo",
    "ja": "Kazuha Mizuki Takumi Tomoko",
    "ko": "Jihye Seoyeon",
    "nl": "Laura Lisa Lotte Ruben",
    "no": "Ida Liv",
    "pl": "Ewa Jacek Jan Maja Ola",
    "pt": "Camila Cristiano Ines Ricardo Thiago Vitoria",
    "ro": "Carmen",
    "ru": "Maxim Tatyana",
    "sv": "Astrid Elin",
    "tr": "Burcu Filiz",
    "zh": "Hiujin Zhiyu",
}
VOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {language: tuple(names.split()) for language, names in _BY_LANGUAGE.items()}
)
"""The names of the voices by the language that Lex's locales begin with."""


def voice_fault(locale: str, voice: str) -> str | None:
    """Why a voice cannot speak in a locale of Lex, with the cure; ``None`` where it can."""
    language = locale.partition("_")[0]
    fitting = VOICES.get(language, ())
    if voice in fitting:
        return None
    cure = f"{locale} has {', '.join(fitting)}" if fitting else f"it has none for {locale}"
    if any(voice in names for names in VOICES.values()):
        return f"{voice} does not speak the language of {locale}: {cure}"
    everyone = {name.casefold(): name for names in VOICES.values() for name in names}
    near = difflib.get_close_matches(voice.casefold(), everyone, 1, 0.8)
    if near and everyone[near[0]] in fitting:
        cure = f"write {everyone[near[0]]} if that is meant"
    return (
        f"Amazon Polly has no voice {voice}: {cure}; a voice that is newer than this list can "
        "stand in the bot's file"
    )
