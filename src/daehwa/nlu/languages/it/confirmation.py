"""Italian yes and no."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.accents import spelt_all
from daehwa.nlu.languages.language import Confirmation
from daehwa.nlu.languages.lexicon import phrases

_YES: Final = phrases(
    """
sì|sisì|sì sì|sì grazie|sì per favore|certo|certo che sì|sì certo|certamente|sicuro|sicuramente
naturalmente|ovviamente|ovvio|va bene|sì va bene|d'accordo|ok|okay|okey|perfetto|esatto|esattamente
giusto|è giusto|corretto|è corretto|confermo|sì confermo|confermato|proprio così|è così
assolutamente sì
volentieri|con piacere|vai|vada|procedi|proceda|procedete|come no|senza dubbio|benissimo|ottimo
eccome|già|infatti|può andare|mi va bene|facciamo così|yes
ma certo|certo che sì|assolutamente|facciamolo
va benissimo|benone|senz'altro|ci sto
perché no|direi di sì|penso di sì|nessun problema|per me va bene|ci sto|come no|volentieri
"""
)
_NO: Final = phrases(
    """
no|no grazie|nono|no no|per niente|niente affatto|affatto|assolutamente no|certo che no
no per favore
non voglio|non lo voglio|sbagliato|è sbagliato|non è giusto|non è corretto|errato|non va bene
non sono d'accordo|annulla|annullare|annullo|mai|giammai|neanche per sogno|meglio di no|direi di no
penso di no|credo di no|non ora|non adesso|non ancora|non serve|non occorre|lascia stare|lasci stare
negativo|macché|nemmeno|falso
non direi|magari no|non mi va|non fa per me
ma no|ma certo che no|non è così|niente
direi di no|penso di no|manco per idea|niente affatto|lasci stare|lascia stare|nemmeno per sogno
"""
)
_MAYBE: Final = phrases("forse|può darsi|magari|è possibile|possibile|dipende|probabilmente")
_DO_NOT_KNOW: Final = phrases(
    """
non so|non lo so|boh|non saprei|non ne ho idea|nessuna idea|non sono sicuro|non sono sicura
non ricordo|non mi ricordo|chissà
"""
)

CONFIRMATION: Final = Confirmation(
    answers={
        "Yes": spelt_all(_YES),
        "No": spelt_all(_NO),
        "Maybe": spelt_all(_MAYBE),
        "Don't know": spelt_all(_DO_NOT_KNOW),
    },
    politely=("va bene così", "sono a posto", "sto bene così"),
    fillers=frozenset(
        phrases("per|favore|grazie|allora|beh|ehm|eh|ah|oh|mille|prego|signore|signora|dai|piacere")
    ),
)
