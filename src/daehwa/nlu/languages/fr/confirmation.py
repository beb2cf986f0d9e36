"""French yes and no."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.accents import spelt_all
from daehwa.nlu.languages.language import Confirmation
from daehwa.nlu.languages.lexicon import phrases, spread

_YES: Final = (
    *phrases(
        """
allez|allez d'accord|allez oui|allez ok|va pour ça|je prends|je le prends|je la prends
oui certain|certain
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
je crois que oui|je crois bien|je pense bien|je crois|il me semble|il me semble que oui
je dirais oui|ben oui|bah oui|eh oui|ouais d'accord|ouais carrément|ok ça marche|ok pour moi
bon pour moi|c'est bon pour moi|c'est tout bon|tout est bon|tout est correct|ça me semble bien
ça me paraît bien|ça a l'air bien|faites|faites-le|fais-le|faisons ça|on fait comme ça
faites comme ça|comme ça oui|super|génial|nickel|banco|vendu|évidemment que oui|mais bien sûr
bien évidemment|à coup sûr|sans aucun doute|sans hésiter|je suis partant|je suis partante
je suis pour|oui c'est ça|oui c'est bien ça|oui exactement|oui tout à fait|oui absolument
oui parfait
"""
    ),
    *spread(
        """
(oui |)(ça|cela|c'est) (me va|me convient|me plaît|marche|roule|va|joue)( pour moi| comme ça|)
(oui |)(ça|cela|c'est) (parfait|bon|exact|bien ça|super|top)( pour moi| comme ça|)
(oui |)je (le |la |)(veux|prends|confirme|valide|suis d'accord|suis pour)( bien|)
"""
    ),
)
_NO: Final = (
    *phrases(
        """
pantoute|pas pantoute|non pas pantoute
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
je ne crois pas|je crois pas|je crois que non|je pense que non|je dirais non
il ne me semble pas|je n'en veux pas|j'en veux pas|j'ai pas envie|je n'ai pas envie
ça ne m'intéresse pas|ça m'intéresse pas|pas intéressé|pas intéressée|pas besoin
je n'en ai pas besoin|j'en ai pas besoin|inutile|c'est inutile|pas la peine merci|ça ira merci
non ça ira|non c'est bon|pas comme ça|pas cette fois|pas aujourd'hui|pas pour l'instant
pas pour le moment|en aucune façon|aucunement|nullement|point du tout|que nenni|ben non|eh non
même pas|non non non|ce n'est pas le bon|c'est pas bon|ce n'est pas bien|ça ne va pas|oubliez
oublie|laisse tomber|plutôt non|non plutôt pas|malheureusement non|mauvais|erreur
il y a une erreur|je préfère pas|je préfère ne pas|vaut mieux pas|mieux vaut pas
"""
    ),
    *spread(
        """
(non |)(ça|cela) (ne |)(me |)(va|convient|plaît|marche) pas( du tout| trop| vraiment|)
(non |)(ça|cela) (ne |)(me |)(tente|dit|intéresse|correspond) pas( du tout| trop| vraiment|)
(non |)je (ne |n')(le |la |en |)(veux|prends|souhaite|désire|confirme) pas( ça| du tout|)
(non |)je (ne |n')(le |la |en |)(valide|préfère|crois|pense) pas( ça| du tout|)
"""
    ),
)
_MAYBE: Final = phrases(
    "peut-être|peut être|c'est possible|possible|ça dépend|éventuellement|probablement|on verra"
)
_DO_NOT_KNOW: Final = (
    *phrases(
        """
je ne sais pas|je sais pas|j'sais pas|chais pas|aucune idée|je n'ai aucune idée|je n'en sais rien
je ne suis pas sûr|je ne suis pas sûre|je suis pas sûr|pas sûr|je ne me souviens pas
j'en sais rien|j'en ai aucune idée|j'ai aucune idée|je n'ai pas d'idée|pas la moindre idée
je ne saurais dire|je ne sais plus|je sais plus|je ne sais pas encore|je sais pas encore
je ne sais pas trop|je sais pas trop|j'hésite|je n'ai pas décidé|pas encore décidé
difficile à dire|je ne suis pas certain|je ne suis pas certaine
"""
    ),
    *spread(
        """
je (ne |)(suis|sais) pas (trop|encore|bien|vraiment|sûr|sûre|certain|certaine)( de ça| du tout|)
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
    politely=("c'est bon", "ça va", "ça ira", "ca va", "ca ira"),
    fillers=frozenset(
        phrases(
            """
hm|hmm|euh|heu|ouf|allez|bof
merci|s'il|vous|te|plaît|plait|svp|stp|euh|bah|ben|bon|alors|ah|oh|eh|bien|beaucoup|monsieur
madame|hein
"""
        )
    ),
)
