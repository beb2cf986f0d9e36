"""The sentiment of a text, as Lex's aliases have it detected: in Korean and English.

In Lex Amazon Comprehend says it. Here a small model does, taught by ``bench/nlu/sentiment.py`` on
our own texts: the sentence encoders' vectors, and signs of feeling among words and marks
(`daehwa.nlu.sentiment.signs`), whose lists are the languages'. A language without such a list has
no sentiment detected.
"""

from daehwa.nlu.sentiment.model import (
    ENCODERS,
    SENTIMENTS,
    SentimentWeights,
    detect_sentiment,
    features,
)

__all__ = ["ENCODERS", "SENTIMENTS", "SentimentWeights", "detect_sentiment", "features"]
