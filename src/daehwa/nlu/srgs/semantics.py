"""What tags make of the words of a rule: literals, or scripts.

Scripts are a part of ECMAScript: assignments to ``out``, to its members and to variables,
operators, conditions in one expression, and a few calls. Nothing of a script can reach out of
its grammar, or run on: there are no loops and no functions.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from daehwa.nlu.srgs.grammar import Grammar
from daehwa.nlu.srgs.script import ScriptError, ScriptScope, run


class PassedTag(msgspec.Struct, frozen=True):
    """A tag that was passed."""

    code: str


class Called(msgspec.Struct, frozen=True):
    """A rule that was referred to, with what was passed in it, and its words."""

    rule: str
    steps: tuple[Step, ...]
    words: str


Step: TypeAlias = PassedTag | Called


def result(grammar: Grammar, steps: tuple[Step, ...], words: str) -> object:
    """A rule's result: a text, a number, or an object.

    Without tags of its own it is that of the last rule it refers to, else the words themselves. A
    script that cannot be run counts as none.
    """
    literal = grammar.tags == "literal"
    scope = ScriptScope(words)
    value: object = None
    tagged = called = False
    for step in steps:
        if isinstance(step, Called):
            called, scope.latest, scope.latest_words = (
                True, result(grammar, step.steps, step.words), step.words,
            )  # fmt: skip
            scope.rules[step.rule] = scope.latest
        elif literal:
            tagged, value = True, step.code
        else:
            try:
                run(step.code, scope)
            except ScriptError:
                continue
            tagged = True
    if tagged:
        return value if literal else scope.out
    return scope.latest if called else words
