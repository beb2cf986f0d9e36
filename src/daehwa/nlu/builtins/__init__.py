"""Lex's built-in slot types, read in the languages of a locale.

Grammars of our own over the characters of a text resolve what Amazon's tables resolve
(section 6): ``find`` gives every value of a type in a text, ``read`` the value of a reply to a
prompt. The words are those of `daehwa.nlu.languages`.
"""

from daehwa.nlu.builtins.confirmation import answer
from daehwa.nlu.builtins.mention import Mention
from daehwa.nlu.builtins.patterns import Pattern, PatternError
from daehwa.nlu.builtins.registry import BUILT_INS, BuiltIn, built_in, prepare
from daehwa.nlu.languages.language import ConfirmationValue
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.text import Text

__all__ = [
    "BUILT_INS",
    "BuiltIn",
    "ConfirmationValue",
    "Mention",
    "Pattern",
    "PatternError",
    "Setting",
    "Text",
    "answer",
    "built_in",
    "prepare",
]
