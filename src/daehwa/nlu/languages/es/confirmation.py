"""Spanish yes and no."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.accents import spelt_all
from daehwa.nlu.languages.language import Confirmation
from daehwa.nlu.languages.lexicon import phrases, spread

_YES: Final = (
    *phrases(
        """
sí|sip|sipi|sí por favor|sí claro|claro|claro que sí|por supuesto|desde luego|cómo no|vale
de acuerdo
está bien|muy bien|perfecto|ok|okay|okey|oki|dale|órale|sale|bueno|correcto|es correcto|así es
eso es
exacto|exactamente|efectivamente|afirmativo|confirmo|confirmado|lo confirmo|sí confirmo|adelante
hazlo|hágalo|sí señor|sí señora|obvio|seguro|sin duda|me parece bien|genial|estupendo|va|venga|simón
es cierto|cierto|con gusto|con mucho gusto|sí gracias|sí quiero|yes
hombre claro|sin problema|sin problemas|claro claro|sí por supuesto
por qué no|creo que sí|sin problema|no hay problema|me parece bien|hecho|cómo no|faltaría más
a por ello|trato hecho
yo creo que sí|pienso que sí|supongo que sí|diría que sí|me parece que sí|me parece perfecto
me parece genial|me gusta|me gustaría|sí me gustaría|hagámoslo|adelante por favor|dale pues
venga va|vale perfecto|está perfecto|todo bien|todo correcto|todo en orden|es correcto todo
así mismo|eso mismo|justo|justamente|tal cual|sin dudarlo|desde luego que sí|apruebo|de una
estoy de acuerdo|acepto|aceptado|encantado|encantada|obviamente|sí exacto|sí correcto|chévere
fenomenal
"""
    ),
    *spread(
        """
(sí |)(eso|así|todo|esto) (está|es|me parece|queda) (bien|perfecto|correcto)
(sí |)(eso|así|todo|esto) (está|es|me parece|queda) (genial|exacto|de maravilla)
(sí |)(lo |la |)(quiero|confirmo|acepto|apruebo)( así| eso|)
(seguro|segurísimo|sí seguro|seguro que sí)
"""
    ),
)
_NO: Final = (
    *phrases(
        """
eso no es correcto|eso no es|eso no está bien|eso no|así no|esto no es correcto|esto no
no ya no|ya no
no|nop|no gracias|para nada|de ninguna manera|de ningún modo|claro que no|por supuesto que no
no quiero|no lo quiero|no es correcto|no está bien|incorrecto|es incorrecto|equivocado|está mal
eso no|no es así|no señor|no señora|negativo|nunca|jamás|mejor no|creo que no|no por favor|cancelar
cancela|cancélalo|cancele|ni hablar|qué va|todavía no|aún no|ahora no|no hace falta|no es necesario
no me parece|nel|tampoco|falso|es falso
ni de broma|desde luego que no|no está bien así|en absoluto|no es eso
creo que no|ni de broma|ni loco|mejor no|en absoluto|de ninguna manera|nada de eso|para nada
no creo|yo creo que no|pienso que no|me parece que no|diría que no|supongo que no|no me gusta
no me interesa|no estoy interesado|no estoy interesada|no lo necesito|no necesito|no quisiera
preferiría que no|prefiero que no|prefiero no|mejor que no|esta vez no|hoy no|por ahora no
de momento no|por el momento no|no exactamente|no del todo|no realmente|la verdad no
la verdad es que no|lamentablemente no|bajo ningún concepto|en ningún caso|ni loca|ni en broma
nada que ver|ni mucho menos|olvídalo|olvídelo|déjalo|déjelo|déjelo así
hay un error|rechazo|no acepto|no confirmo|no lo haga|no lo hagas|nones|qué no
"""
    ),
    *spread(
        """
(pues |)no (me |lo |)(gusta|convence|va|parece)( mucho| nada| para nada| eso| esto|)
(pues |)no (me |lo |)(sirve|interesa|apetece|viene bien)( mucho| nada| para nada| eso| esto|)
(pues |)no (me |lo |)(conviene|cuadra|late|necesito)( mucho| nada| para nada| eso| esto|)
(pues |)no (me |lo |)(deseo|acepto|confirmo)( mucho| nada| para nada| eso| esto|)
(pues |)no (lo |)quiero( eso| esto| nada| más| ninguno|)
no (es|está) (eso|así|bien|correcto|lo que quiero|lo que quería)
"""
    ),
)
_MAYBE: Final = phrases(
    "quizás|quizá|tal vez|a lo mejor|puede ser|es posible|posiblemente|depende|probablemente"
)
_DO_NOT_KNOW: Final = (
    *phrases(
        """
no sé|no lo sé|ni idea|no tengo idea|no estoy seguro|no estoy segura|no sabría decir|quién sabe
no me acuerdo|no recuerdo
no lo sé aún|no sé aún|aún no lo sé|todavía no lo sé|no sabría decirte|vaya usted a saber
no lo tengo claro|no tengo claro|lo tengo que pensar|tengo que pensarlo|déjame pensarlo
no he decidido|no me he decidido|difícil de decir
"""
    ),
    *spread(
        """
(pues |)no (lo |)(sé|tengo claro)( bien| aún| todavía| la verdad| muy bien|)
no estoy (muy |tan |del todo |)(seguro|segura)( de eso| todavía|)
"""
    ),
)

CONFIRMATION: Final = Confirmation(
    answers={
        "Yes": spelt_all(_YES),
        "No": spelt_all(_NO),
        "Maybe": spelt_all(_MAYBE),
        "Don't know": spelt_all(_DO_NOT_KNOW),
    },
    politely=("está bien", "esta bien", "así está bien"),
    fillers=frozenset(
        phrases(
            "hm|hmm|uy|eh|pues|bueno|mmm|por|favor|gracias|pues|bueno|eh|mmm|ah|oh|muchas|señor|señora|señorita|entonces"
        )
    ),
)
