"""A code hook's Python function, read and called as AWS Lambda does.

It runs in the server's process, or in one of its own, which ``python -m daehwa.handlers`` is.
There every import is paid for at each start and stands among the hook's own, so nothing here
needs more than the standard library.
"""

from daehwa.handlers.function import HandlerFunction, HookContext, NoFunction, described, place
from daehwa.handlers.hook_keeper import descendants
from daehwa.handlers.json_value import MOST_CHARACTERS, NotJson, plain

__all__ = [
    "MOST_CHARACTERS",
    "HandlerFunction",
    "HookContext",
    "NoFunction",
    "NotJson",
    "descendants",
    "described",
    "place",
    "plain",
]
