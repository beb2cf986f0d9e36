"""What is wrong with a grammar."""


class GrammarError(Exception):
    """The grammar cannot be used; the message says why. Its author can fix it."""
