"""Spanish words around a value in a reply."""

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
me llamo|mi nombre es|mi apellido es|soy|es|son|quiero|quisiera|me gustaría|prefiero
vivo en|soy de|vengo de|en|de|a|para|por favor|sí|pues|solo|sólo|unos|mi número es
el número es|mi dirección es|mi correo es|mi email es|un|una
"""
                ),
                0,
            )
        )
    ),
    after=spelt_all(
        phrases(
            """
por favor|gracias|muchas gracias|si es posible|está bien|me viene bien|estaría bien
porfa
"""
        )
    ),
)
