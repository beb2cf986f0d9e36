"""German words around names of people and places."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.accents import spelt
from daehwa.nlu.languages.language import Names
from daehwa.nlu.languages.lexicon import phrases

NAMES: Final = Names(
    naming=spelt(
        {
            "mein name ist": True,
            "ich heiße": True,
            "mein vorname ist": True,
            "mein nachname ist": True,
            "auf den namen": True,
            "ich bin": False,
            "das ist": False,
        }
    ),
    last_naming=("nachname ist",),
    no_names=frozenset(
        phrases(
            """
ich|du|er|sie|es|wir|ihr|mein|meine|dein|ihr|der|die|das|ein|eine|und|oder|nicht|kein
keine|nichts|niemand|hier|dort|ja|nein|danke|bitte|hallo|gut|schlecht|sehr|noch|auch|nur
weiß|geheim|anonym|vielleicht
"""
        )
    ),
    requests=frozenset(
        phrases(
            """
was|wann|wo|wer|warum|wie|welche|welcher|welches|kann|können|könnte|möchte|will|soll
zeig|zeige|hilf|hilfe|abbrechen|stopp
"""
        )
    ),
)
