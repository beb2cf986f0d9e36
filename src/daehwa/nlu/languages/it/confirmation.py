"""Italian yes and no."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.accents import spelt_all
from daehwa.nlu.languages.language import Confirmation
from daehwa.nlu.languages.lexicon import phrases, spread

_YES: Final = (
    *phrases(
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
credo di sì|credo proprio di sì|penso proprio di sì|mi sembra di sì|mi pare di sì
direi proprio di sì|spero di sì|ma sì|massì|eh sì|sì dai|dai sì|ok va bene|va bene così sì
mi piace|mi piacerebbe|sì mi piacerebbe|tutto giusto|tutto corretto|tutto a posto
è tutto corretto|facciamo pure|faccia pure|fai pure|fallo|lo faccia|procediamo|procedi pure
proceda pure|sono d'accordo|concordo|approvo|approvato|confermiamo|sì confermiamo|alla grande
magnifico|benissimo così|sì esatto|sì giusto|sì corretto|sì volentieri|con molto piacere
affermativo|altroché|certissimo|sicurissimo|assolutamente d'accordo|proprio questo
è proprio così|affare fatto
"""
    ),
    *spread(
        """
(sì |)(va|è|sta) (tutto |proprio |)(bene|giusto|corretto|perfetto)( così| grazie| per me|)
(sì |)(va|è|sta) (tutto |proprio |)(ok|esatto|così)( così| grazie| per me|)
(sì |)(esattamente|proprio|giusto|esatto) (così|questo|quello)
(sì |)lo (voglio|confermo|prendo|vorrei)( così|)
"""
    ),
)
_NO: Final = (
    *phrases(
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
non credo|non credo proprio|non penso|non penso proprio|credo proprio di no|penso proprio di no
credo che no|mi sembra di no|mi pare di no|spero di no|direi proprio di no|non mi sembra
non mi pare|non mi piace|non mi interessa|non sono interessato|non sono interessata
non ne ho bisogno|non ho bisogno|non c'è bisogno|non è necessario|non lo vorrei|non vorrei
preferirei di no|preferisco di no|preferisco no|meglio no|no meglio di no|no preferisco di no
non questa volta|non oggi|per ora no|per adesso no|per il momento no|al momento no|ancora no
non proprio|non esattamente|purtroppo no|eh no|in nessun caso|per nessun motivo|nessun modo
in nessun modo|neanche per idea|nemmeno per idea|ma figurati|figuriamoci|non se ne parla
non se ne parla proprio|scordatelo|lasciamo stare|lasciamo perdere|lascia perdere|non fa niente
è errato|c'è un errore|rifiuto|negativo no|non confermo|non procedere|non lo faccia|non farlo
tutto sbagliato
"""
    ),
    *spread(
        """
(no |)non (lo |la |ne |ci |mi |)(credo|penso|voglio|vorrei)( affatto| proprio| per niente| più)
(no |)non (lo |la |ne |ci |mi |)(credo|penso|voglio|vorrei)( questo| molto|)
(no |)non (lo |la |ne |ci |mi |)(desidero|confermo|accetto|prendo)( affatto| proprio)
(no |)non (lo |la |ne |ci |mi |)(desidero|confermo|accetto|prendo)( per niente| più)
(no |)non (lo |la |ne |ci |mi |)(desidero|confermo|accetto|prendo)( questo| molto|)
(no |)non (lo |la |ne |ci |mi |)(piace|convince|interessa|serve)( affatto| proprio)
(no |)non (lo |la |ne |ci |mi |)(piace|convince|interessa|serve)( per niente| più)
(no |)non (lo |la |ne |ci |mi |)(va|sembra|pare)( affatto| proprio| per niente| più)
(no |)non (lo |la |ne |ci |mi |)(piace|convince|interessa|serve|va|sembra|pare)( questo| molto|)
non (è|va|sta) (così|bene|giusto|corretto|esatto|questo|quello)( per me|)
"""
    ),
)
_MAYBE: Final = phrases("forse|può darsi|magari|è possibile|possibile|dipende|probabilmente")
_DO_NOT_KNOW: Final = (
    *phrases(
        """
non saprei proprio|proprio non so|proprio non saprei|non saprei bene
non so|non lo so|boh|non saprei|non ne ho idea|nessuna idea|non sono sicuro|non sono sicura
non ricordo|non mi ricordo|chissà
non lo so ancora|non so ancora|non sono certo|non sono certa|non so dire|non so che dire
non saprei dire|non so decidere|non ho deciso|non ho ancora deciso|ci devo pensare
devo pensarci|difficile a dirsi|difficile dirlo|e chi lo sa|chi lo sa|bho|mah
"""
    ),
    *spread(
        """
non (ne |)sono (ancora |proprio |tanto |)(sicuro|sicura|certo|certa)
non (lo |)so( ancora| proprio| bene| con certezza|)
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
    politely=("va bene così", "sono a posto", "sto bene così"),
    fillers=frozenset(
        phrases(
            "hm|hmm|mah|uhm|uh|ecco|insomma|per|favore|grazie|allora|beh|ehm|eh|ah|oh|mille|prego|signore|signora|dai|piacere"
        )
    ),
)
