"""Values of the built-in types in Italian, for refilling sample utterances."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.lexicon import phrases

EXAMPLES: Final = {
    "Confirmation": phrases("sì|no|certo|forse"),
    "Currency": phrases("20 euro|50 €|dieci euro|100 dollari"),
    "Date": phrases(
        """
domani|oggi|venerdì prossimo|3 marzo|lunedì|15 maggio|dopodomani|la prossima settimana
25 dicembre|fra due settimane
"""
    ),
    "Duration": phrases("due ore|30 minuti|tre giorni|una settimana|un'ora e mezza"),
    "Number": phrases("2|tre|5|dieci|venticinque|100|quattro|12"),
    "Percentage": phrases("50%|20 per cento|dieci per cento"),
    "Time": phrases(
        """
le otto|le 10 di mattina|mezzogiorno|17:30|le due e mezza|le sette di sera|alle 18
"""
    ),
}
