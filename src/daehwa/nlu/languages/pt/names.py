"""Portuguese words around names of people and places."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.accents import spelt
from daehwa.nlu.languages.language import Names
from daehwa.nlu.languages.lexicon import phrases

NAMES: Final = Names(
    naming=spelt(
        {
            "meu nome é": True,
            "me chamo": True,
            "chamo-me": True,
            "meu sobrenome é": True,
            "o meu apelido é": True,
            "em nome de": True,
            "sou": False,
            "é": False,
        }
    ),
    last_naming=("sobrenome é", "apelido é"),
    no_names=frozenset(
        phrases(
            """
eu|tu|você|ele|ela|nós|meu|minha|seu|o|a|os|as|um|uma|e|ou|não|nada|ninguém|aqui|ali|sim
obrigado|obrigada|olá|oi|bem|mal|muito|mais|só|também|sei|segredo|anônimo|anónimo|talvez
"""
        )
    ),
    requests=frozenset(
        phrases(
            """
que|quando|onde|quem|porque|como|qual|pode|podes|poderia|quero|mostre|ajuda|cancelar
pare
"""
        )
    ),
)
