"""Portuguese yes and no, of Brazil and Portugal."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.accents import spelt_all
from daehwa.nlu.languages.language import Confirmation
from daehwa.nlu.languages.lexicon import phrases

_YES: Final = phrases(
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
"""
)
_NO: Final = phrases(
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
"""
)
_MAYBE: Final = phrases("talvez|pode ser|é possível|possivelmente|depende|provavelmente|quem sabe")
_DO_NOT_KNOW: Final = phrases(
    """
não sei|sei lá|não faço ideia|não tenho ideia|sem ideia|não tenho certeza|não tenho a certeza
não estou certo|não lembro|não me lembro
"""
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
por|favor|se|faz|obrigado|obrigada|então|bem|bom|ah|oh|eh|hum|muito|senhor|senhora|moço|moça|viu|né
"""
        )
    ),
)
