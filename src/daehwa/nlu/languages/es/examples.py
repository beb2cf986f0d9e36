"""Values of the built-in types in Spanish, for refilling sample utterances."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.lexicon import phrases

EXAMPLES: Final = {
    "Confirmation": phrases("sí|no|claro|quizás"),
    "Currency": phrases("20 euros|50 dólares|diez euros|100 pesos"),
    "Date": phrases(
        """
mañana|hoy|el próximo viernes|3 de marzo|el lunes|15 de mayo|pasado mañana
la próxima semana|25 de diciembre|dentro de dos semanas
"""
    ),
    "Duration": phrases("dos horas|30 minutos|tres días|una semana|hora y media"),
    "Number": phrases("2|tres|5|diez|veinticinco|100|cuatro|12"),
    "Percentage": phrases("50%|20 por ciento|diez por ciento"),
    "Time": phrases(
        """
las ocho|las 10 de la mañana|mediodía|17:30|las dos y media|las siete de la tarde
a las 18:00
"""
    ),
}
