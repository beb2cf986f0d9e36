"""Values of the built-in types in German, for refilling sample utterances."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.lexicon import phrases

EXAMPLES: Final = {
    "Confirmation": phrases("ja|nein|klar|vielleicht"),
    "Currency": phrases("20 euro|50 €|zehn euro|1.200 euro"),
    "Date": phrases(
        """
morgen|heute|nächsten freitag|3. märz|montag|15. mai|übermorgen|nächste woche
25. dezember|in zwei wochen
"""
    ),
    "Duration": phrases(
        """
zwei stunden|30 minuten|drei tage|eine woche|anderthalb stunden
"""
    ),
    "Number": phrases("2|drei|5|zehn|fünfundzwanzig|100|vier|12"),
    "Percentage": phrases("50%|20 prozent|zehn prozent"),
    "Time": phrases(
        """
8 uhr|10 uhr|mittag|17:30|halb drei|sieben uhr abends|18 uhr
"""
    ),
}
