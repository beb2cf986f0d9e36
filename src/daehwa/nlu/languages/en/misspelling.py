"""English words of dates, times and amounts that people misspell."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.en import dates, numbers
from daehwa.nlu.languages.lexicon import phrases
from daehwa.nlu.languages.misspelling import Misspelling

MISSPELLING: Final = Misspelling(
    phrases(
        """
monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend
january|february|april|august|september|october|november|december
today|tonight|tomorrow|yesterday|fortnight|christmas|thanksgiving|halloween|valentine|valentine's
morning|afternoon|evening|midnight|midday|quarter|o'clock|oclock
eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen
twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion
minute|minutes|second|seconds|month|months|percent|dollar|dollars|pounds
definitely|absolutely|certainly|exactly|correct
"""
    ),
    (
        *dates.VOCABULARY.words,
        *numbers.VOCABULARY.words,
        *phrases(
            """
sundae|sundaes|sundry|weakened|weekday|mending|augusta|auguste|toddy|toady|mourning|mornings
mooring|moaning|evenings|evening's|evenly|afternoons|middy|quartet|quarto
twelfth|twenties|thirties|thirsty|thirdly|forties|forth|forte|fifth|fifths|fifties
sixth|sixties|sixteenth|seventh|seventies|eighth|eighties|nineties|nineteenth|hundredth
thousandth|millionth|minuet|minuets|minuted|minutely|minuter|mouth|mouths|monthly|secondly
correctly|corrects|corrected|exacting|pounds|rounds|dollop|dollops|collars|percents
midway|pound|monty|monte|monts|certainty|eights|valentin
elevens|eleventh|novembers|mondays|moneys|friday's|fridays|frigate
"""
        ),
    ),
)
