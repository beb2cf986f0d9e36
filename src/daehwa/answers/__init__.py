"""What answers the unrecognised: language models, in an order, and a scripted line at the end.

The door is lazy: a Lambda that imports one module of this package pays for no other.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from daehwa.answers.breaker import Breaker
    from daehwa.answers.call import Retries
    from daehwa.answers.chain import Chain, Scripted
    from daehwa.answers.chatgpt import ChatGPT
    from daehwa.answers.embedded import Embedded
    from daehwa.answers.errors import AnswerError, KeyMissing, PullError, SettingError
    from daehwa.answers.hook import closing, question, respond
    from daehwa.answers.lambda_hook import lambda_handler
    from daehwa.answers.lambda_stream import stream
    from daehwa.answers.prompt import system_prompt
    from daehwa.answers.pulling import PullProgress, pull
    from daehwa.answers.settings import Endpoint, Secret
    from daehwa.answers.values import Answer, Answerer, Exchange, Question, Readiness
    from daehwa.answers.weights import (
        MODELS,
        ModelFile,
        Weights,
        chosen_weights,
        data_directory,
        models_directory,
    )

_HOMES = {
    "Answer": "values",
    "AnswerError": "errors",
    "Answerer": "values",
    "Breaker": "breaker",
    "Chain": "chain",
    "ChatGPT": "chatgpt",
    "Embedded": "embedded",
    "Endpoint": "settings",
    "Exchange": "values",
    "KeyMissing": "errors",
    "MODELS": "weights",
    "ModelFile": "weights",
    "PullError": "errors",
    "PullProgress": "pulling",
    "Question": "values",
    "Readiness": "values",
    "Retries": "call",
    "Scripted": "chain",
    "Secret": "settings",
    "SettingError": "errors",
    "Weights": "weights",
    "chosen_weights": "weights",
    "closing": "hook",
    "lambda_handler": "lambda_hook",
    "data_directory": "weights",
    "models_directory": "weights",
    "pull": "pulling",
    "question": "hook",
    "respond": "hook",
    "stream": "lambda_stream",
    "system_prompt": "prompt",
}

__all__ = [
    "MODELS",
    "Answer",
    "AnswerError",
    "Answerer",
    "Breaker",
    "Chain",
    "ChatGPT",
    "Embedded",
    "Endpoint",
    "Exchange",
    "KeyMissing",
    "ModelFile",
    "PullError",
    "PullProgress",
    "Question",
    "Readiness",
    "Retries",
    "Scripted",
    "Secret",
    "SettingError",
    "Weights",
    "chosen_weights",
    "closing",
    "data_directory",
    "lambda_handler",
    "models_directory",
    "pull",
    "question",
    "respond",
    "stream",
    "system_prompt",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
