"""Negation and correction: what is denied is not done, what replaces it is.

One reading of a text's denials (`daehwa.nlu.negation.denials`) serves the values of slot types
(`daehwa.nlu.negation.values`) and the intents (`daehwa.nlu.negation.intents`). The words are
those of `daehwa.nlu.languages`.
"""
