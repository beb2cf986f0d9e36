"""Portuguese words around a value in a reply."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.accents import spelt, spelt_all
from daehwa.nlu.languages.language import Carriers
from daehwa.nlu.languages.lexicon import Lexicon, phrases

CARRIERS: Final = Carriers(
    before=Lexicon(
        spelt(
            dict.fromkeys(
                phrases(
                    """
meu nome é|o meu nome é|me chamo|chamo-me|meu sobrenome é|o meu apelido é|sou|é
quero|queria|gostaria de|prefiro|moro em|vivo em|sou de|venho de|em|de|a|para|por favor
sim|então|só|apenas|cerca de|meu número é|o meu número é|o número é|meu endereço é
a minha morada é|meu email é|o meu email é|um|uma
"""
                ),
                0,
            )
        )
    ),
    after=spelt_all(
        phrases(
            """
por favor|obrigado|obrigada|muito obrigado|se possível|está bem|está bom|seria bom
se faz favor
"""
        )
    ),
)
