"""What answers the unrecognised: language models, in an order.

The door is lazy: a Lambda that imports one module of this package pays for no other.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from daehwa.answers import wire
    from daehwa.answers.breaker import Breaker
    from daehwa.answers.call import DEADLINE, Call, Retries, Upstream, UpstreamRequest
    from daehwa.answers.chain import Chain
    from daehwa.answers.chatgpt import ChatGPT
    from daehwa.answers.embedded import Embedded
    from daehwa.answers.errors import (
        AnswerError,
        KeyMissing,
        KeyRefused,
        PullError,
        SettingError,
        TimedOut,
        Unreachable,
        UpstreamFailed,
    )
    from daehwa.answers.hook_response import close_response
    from daehwa.answers.kind import AnswererKind, AnswererSetting
    from daehwa.answers.prompt import system_prompt
    from daehwa.answers.pulling import PullProgress, pull_or_instead
    from daehwa.answers.registry import (
        ANSWERERS,
        DOCUMENTS,
        DocumentSetting,
        default_answerer,
        default_rule,
        resolved,
    )
    from daehwa.answers.settings import Endpoint, Secret
    from daehwa.answers.values import (
        Answer,
        Answerer,
        Ended,
        PastMessage,
        Question,
        Readiness,
        SourcePassage,
    )
    from daehwa.answers.weights import (
        MODELS,
        ModelFile,
        Weights,
        chosen_weights,
        data_directory,
        models_directory,
    )

_HOMES = {
    "ANSWERERS": "registry",
    "Answer": "values",
    "AnswerError": "errors",
    "Answerer": "values",
    "AnswererKind": "kind",
    "AnswererSetting": "kind",
    "Breaker": "breaker",
    "Call": "call",
    "Chain": "chain",
    "ChatGPT": "chatgpt",
    "DEADLINE": "call",
    "DOCUMENTS": "registry",
    "DocumentSetting": "registry",
    "resolved": "registry",
    "Embedded": "embedded",
    "Ended": "values",
    "Endpoint": "settings",
    "PastMessage": "values",
    "KeyMissing": "errors",
    "KeyRefused": "errors",
    "MODELS": "weights",
    "ModelFile": "weights",
    "PullError": "errors",
    "PullProgress": "pulling",
    "Question": "values",
    "Readiness": "values",
    "UpstreamRequest": "call",
    "Retries": "call",
    "Secret": "settings",
    "SettingError": "errors",
    "SourcePassage": "values",
    "TimedOut": "errors",
    "Unreachable": "errors",
    "Upstream": "call",
    "UpstreamFailed": "errors",
    "Weights": "weights",
    "chosen_weights": "weights",
    "close_response": "hook_response",
    "data_directory": "weights",
    "default_answerer": "registry",
    "default_rule": "registry",
    "models_directory": "weights",
    "pull_or_instead": "pulling",
    "system_prompt": "prompt",
}

__all__ = [
    "ANSWERERS",
    "DEADLINE",
    "DOCUMENTS",
    "MODELS",
    "Answer",
    "AnswerError",
    "Answerer",
    "AnswererKind",
    "AnswererSetting",
    "Breaker",
    "Call",
    "Chain",
    "ChatGPT",
    "DocumentSetting",
    "Embedded",
    "Ended",
    "Endpoint",
    "KeyMissing",
    "KeyRefused",
    "ModelFile",
    "PastMessage",
    "PullError",
    "PullProgress",
    "Question",
    "Readiness",
    "Retries",
    "Secret",
    "SettingError",
    "SourcePassage",
    "TimedOut",
    "Unreachable",
    "Upstream",
    "UpstreamFailed",
    "UpstreamRequest",
    "Weights",
    "chosen_weights",
    "close_response",
    "data_directory",
    "default_answerer",
    "default_rule",
    "models_directory",
    "pull_or_instead",
    "resolved",
    "system_prompt",
    "wire",
]


def __getattr__(name: str) -> Any:
    if name == "wire":
        return import_module(f"{__name__}.wire")
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
