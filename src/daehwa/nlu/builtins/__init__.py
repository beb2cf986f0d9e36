"""Lex's built-in slot types, in Korean and English.

Grammars of our own over the characters of a text resolve what Amazon's tables resolve
(section 6): ``find`` gives every value of a type in a text, ``read`` the value
of a reply to a prompt. English is read in every locale, Korean in ``ko_*`` as well; other
locales have English words, digits and numeric dates (day first outside en_US).
"""

from daehwa.nlu.builtins.confirmation import Answer, answer
from daehwa.nlu.builtins.found import Found, Setting
from daehwa.nlu.builtins.patterns import Pattern, PatternError
from daehwa.nlu.builtins.registry import BuiltIn, built_in
from daehwa.nlu.builtins.text import Text

__all__ = [
    "Answer",
    "BuiltIn",
    "Found",
    "Pattern",
    "PatternError",
    "Setting",
    "Text",
    "answer",
    "built_in",
]
