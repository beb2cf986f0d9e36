"""Grammars of grammar slot types: W3C's SRGS 1.0 in XML, with the results that tags give.

Sources: "Speech Recognition Grammar Specification Version 1.0", "Semantic Interpretation for
Speech Recognition Version 1.0", and "Using a custom grammar slot type" of the Lex V2 guide.
"""

from daehwa.nlu.srgs.errors import GrammarError
from daehwa.nlu.srgs.grammar import Grammar, parse_grammar
from daehwa.nlu.srgs.matching import GrammarMatch, examples, find, match

__all__ = ["Grammar", "GrammarError", "GrammarMatch", "examples", "find", "match", "parse_grammar"]
