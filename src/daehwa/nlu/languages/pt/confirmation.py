"""Portuguese yes and no, of Brazil and Portugal."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.accents import spelt_all
from daehwa.nlu.languages.language import Confirmation
from daehwa.nlu.languages.lexicon import phrases, spread

_YES: Final = (
    *phrases(
        """
sim|sim por favor|sim obrigado|sim obrigada|claro|claro que sim|sim claro|com certeza|certo|tá certo
está certo|certamente|certíssimo|é isso|é isso mesmo|isso|isso mesmo|isso aí|exato|exatamente|exacto
exactamente|correto|correcto|está correto|está correcto|é|é sim|pode ser sim|pode|pode sim|quero
quero sim|tá|tá bom|tá bem|está bem|está bom|ok|okay|okey|beleza|blz|fechado|combinado|de acordo
concordo|confirmo|confirmado|sim confirmo|confirma|perfeito|ótimo|óptimo|positivo|com prazer
sem dúvida|obviamente|óbvio|lógico|pois|pois sim|pois claro|aham|uhum|s|ss|vamos|bora|faça|faz favor
pode fazer|yes
é isso aí|com certeza absoluta|vale|fixe|tranquilo
demorou|claro que quero|pode crer|é isto|está óptimo|está ótimo
acho que sim|com todo prazer|manda ver|por mim tudo bem|tudo certo|sem problema|sem problemas
eu acho que sim|penso que sim|creio que sim|parece que sim|me parece bom|parece bom|gostei
eu gostaria|gostaria sim|eu quero|faz isso|manda bala|vamos lá|vamos nessa|fechou|tá ótimo
tudo correto|justamente|com toda certeza|evidentemente|aceito|estou de acordo|tudo bem
com muito gosto|por que não|sim senhor|sim exato|maravilha|show|joia|certeza
"""
    ),
    *spread(
        """
(sim |isso |)(pode|podem) (marcar|fazer|confirmar)( assim| sim| por favor|)
(sim |isso |)(pode|podem) (continuar|seguir|reservar|agendar|mandar)( assim| sim| por favor|)
(sim |)(está|tá|é|fica) (tudo |)(bom|certo|ok|ótimo|perfeito)( assim| pra mim| para mim|)
(sim |)(está|tá|é|fica) (tudo |)(correto|isso|isso mesmo|bem)( assim| pra mim| para mim|)
(de boa|tranquilo|tranquila|suave|na boa|firmeza|belezinha|blz)
"""
    ),
)
_NO: Final = (
    *phrases(
        """
não|não obrigado|não obrigada|nao|naum|n|nn|nem pensar|de jeito nenhum|de maneira nenhuma
de modo algum
claro que não|com certeza não|não quero|não quero não|não está certo|está errado|tá errado|errado
incorreto|incorrecto|não é isso|não é|isso não|nunca|jamais|negativo|melhor não|acho que não
não por favor|cancelar|cancela|cancele|agora não|ainda não|não precisa|não é preciso|não concordo
nada disso|não pode|não senhor|não senhora|nope|falso|deixa|deixa pra lá|pode não|nada
deixa quieto|deixa estar|nem um pouco
não está correto|não está correcto|não é bem isso|está incorreto
de jeito algum|de forma alguma|nem a pau|acho melhor não|nem morto
eu acho que não|penso que não|não acho|não penso|creio que não|não creio|parece que não
não me parece|não gostei|não gosto|eu não quero|não me interessa|não tenho interesse
sem interesse|não preciso|não é necessário|não gostaria|prefiro não|prefiro que não
é melhor não|dessa vez não|desta vez não|hoje não|por enquanto não|por agora não|de momento não
não exatamente|não realmente|infelizmente não|de jeito maneira|em hipótese alguma|nem morta
nada a ver|esquece|esqueça|deixe estar|não confere|tem um erro|recuso|não aceito|não confirmo
não faça|lógico que não|óbvio que não|que nada|nadinha
"""
    ),
    *spread(
        """
não (quero|preciso|gosto|aceito|desejo|concordo)( não| isso| disso| mais| nada|)
não (confirmo|acho|precisa|vou querer|pode)( não| isso| disso| mais| nada|)
(acho |)(melhor|prefiro|é melhor) não
não (é|está|tá|foi) (isso|bem isso|certo|correto|assim|o que eu quero|esse|essa)( não|)
"""
    ),
)
_MAYBE: Final = phrases("talvez|pode ser|é possível|possivelmente|depende|provavelmente|quem sabe")
_DO_NOT_KNOW: Final = (
    *phrases(
        """
não sei|sei lá|não faço ideia|não tenho ideia|sem ideia|não tenho certeza|não tenho a certeza
não estou certo|não lembro|não me lembro
não sei ainda|ainda não sei|não sei bem|não sei ao certo|não estou certa|sei não|vai saber
tenho que pensar|preciso pensar|vou pensar|não decidi|ainda não decidi
difícil dizer
"""
    ),
    *spread(
        """
não (sei|consigo|saberia) (dizer|te dizer|bem|ao certo|responder|ainda|direito|não)
não (tenho|estou) (muita |muito |bem |)(certeza|certo|certa|seguro|segura)( disso|)
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
    politely=("está bem assim", "tá bom assim", "estou bem"),
    fillers=frozenset(
        phrases(
            """
hm|hum|hmm|bom|ah|uai|ué|então
por|favor|se|faz|obrigado|obrigada|então|bem|bom|ah|oh|eh|hum|muito|senhor|senhora|moço|moça|viu|né
"""
        )
    ),
)
