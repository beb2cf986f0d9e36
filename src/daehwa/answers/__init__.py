"""What answers the unrecognised: language models, in an order, and a scripted line at the end.

The door is lazy: a Lambda that imports one module of this package pays for no other.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from daehwa.answers.breaker import Breaker
    from daehwa.answers.call import Retries
    from daehwa.answers.chatgpt import ChatGPT
    from daehwa.answers.errors import AnswerError
    from daehwa.answers.settings import Endpoint, Secret
    from daehwa.answers.values import Answer, Answerer, Exchange, Question, Readiness

_HOMES = {
    "Answer": "values",
    "AnswerError": "errors",
    "Answerer": "values",
    "Breaker": "breaker",
    "ChatGPT": "chatgpt",
    "Endpoint": "settings",
    "Exchange": "values",
    "Question": "values",
    "Readiness": "values",
    "Retries": "call",
    "Secret": "settings",
}

__all__ = [
    "Answer",
    "AnswerError",
    "Answerer",
    "Breaker",
    "ChatGPT",
    "Endpoint",
    "Exchange",
    "Question",
    "Readiness",
    "Retries",
    "Secret",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
