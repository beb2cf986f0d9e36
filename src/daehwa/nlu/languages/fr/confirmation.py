"""French yes and no."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.accents import spelt_all
from daehwa.nlu.languages.language import Confirmation
from daehwa.nlu.languages.lexicon import phrases

_YES: Final = phrases(
    """
oui|ouais|ouaip|ouep|mouais|oui merci|oui s'il vous plaît|oui s'il te plaît|bien sûr|oui bien sûr
mais oui|certainement|tout à fait|absolument|évidemment|bien entendu|d'accord|oui d'accord|ok|okay
entendu|c'est d'accord|volontiers|avec plaisir|parfait|c'est parfait|exact|c'est exact|exactement
correct|c'est correct|c'est ça|c'est bien ça|juste|c'est juste|c'est bon|ça marche|ça me va
ça me convient|vas-y|allez-y|je confirme|confirmé|je valide|je suis d'accord|effectivement|en effet
si|carrément|affirmatif|sans problème|pas de problème|très bien|pourquoi pas|je veux bien|yes
pas de souci|ça ira|cela me va|ça roule|impeccable|top
bien sûr que oui|oui volontiers|oui avec plaisir|ça me convient parfaitement
pourquoi pas|je pense que oui|pas de problème|aucun problème|avec plaisir|ça roule|ça me va
entendu|marché conclu|allons-y
"""
)
_NO: Final = phrases(
    """
non|nan|non merci|pas du tout|certainement pas|surtout pas|absolument pas|bien sûr que non|mais non
jamais|jamais de la vie|pas question|hors de question|je ne veux pas|je veux pas|je refuse
non pas ça
ce n'est pas ça|c'est pas ça|pas exactement|incorrect|c'est incorrect|faux|c'est faux
ce n'est pas exact
ce n'est pas correct|c'est pas correct|pas correct|pas d'accord|je ne suis pas d'accord|annuler
annule
annulez|négatif|pas maintenant|pas encore|pas vraiment|plutôt pas|je ne préfère pas|non pas vraiment
sans façon|pas la peine|ce n'est pas la peine|non non|nope|ça ne me va pas|ça me va pas|ça va pas
non ce n'est pas bon|ce n'est pas bon|je ne pense pas|je pense pas|pas bon
bah non|ah non|ce n'est pas juste|c'est pas ça du tout
je ne pense pas|hors de question|certainement pas|en aucun cas|sûrement pas|laissez tomber
jamais de la vie
"""
)
_MAYBE: Final = phrases(
    "peut-être|peut être|c'est possible|possible|ça dépend|éventuellement|probablement|on verra"
)
_DO_NOT_KNOW: Final = phrases(
    """
je ne sais pas|je sais pas|j'sais pas|chais pas|aucune idée|je n'ai aucune idée|je n'en sais rien
je ne suis pas sûr|je ne suis pas sûre|je suis pas sûr|pas sûr|je ne me souviens pas
"""
)

CONFIRMATION: Final = Confirmation(
    answers={
        "Yes": spelt_all(_YES),
        "No": spelt_all(_NO),
        "Maybe": spelt_all(_MAYBE),
        "Don't know": spelt_all(_DO_NOT_KNOW),
    },
    politely=("c'est bon", "ça va", "ça ira", "ca va", "ca ira"),
    fillers=frozenset(
        phrases(
            """
merci|s'il|vous|te|plaît|plait|svp|stp|euh|bah|ben|bon|alors|ah|oh|eh|bien|beaucoup|monsieur
madame|hein
"""
        )
    ),
)
