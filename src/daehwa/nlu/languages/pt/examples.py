"""Values of the built-in types in Portuguese, for refilling sample utterances."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.lexicon import phrases

EXAMPLES: Final = {
    "Confirmation": phrases("sim|não|claro|talvez"),
    "Currency": phrases("20 reais|50 euros|dez reais|R$ 100"),
    "Date": phrases(
        """
amanhã|hoje|próxima sexta|3 de março|segunda-feira|15 de maio|depois de amanhã
semana que vem|25 de dezembro|daqui a duas semanas
"""
    ),
    "Duration": phrases("duas horas|30 minutos|três dias|uma semana|uma hora e meia"),
    "Number": phrases("2|três|5|dez|vinte e cinco|100|quatro|12"),
    "Percentage": phrases("50%|20 por cento|dez por cento"),
    "Time": phrases(
        """
oito horas|10 da manhã|meio-dia|17:30|duas e meia da tarde|sete da noite|às 18 horas
"""
    ),
}
