"""What can be wrong with a bot's dialog, apart from the errors of Lex's own wire.

    DialogError
    └── ConditionError    a condition's expression does not parse: the bot's author fixes it

Errors that a client of the runtime API may see are those of ``daehwa.lex``.
"""


class DialogError(Exception):
    """Base of this package's own errors."""


class ConditionError(DialogError):
    """An expression of the condition language does not parse.

    ``position`` is the place in ``expression`` (0 is its first character) where reading
    stopped.
    """

    def __init__(self, message: str, *, expression: str, position: int) -> None:
        super().__init__(f"{message} at position {position} of {expression!r}")
        self.expression = expression
        self.position = position
