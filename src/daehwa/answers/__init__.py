"""What answers the unrecognised: language models, in an order.

Modules are imported when they are first used: a Lambda that needs one pays for no other.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from daehwa.answers import composing, wire
    from daehwa.answers.answerer import Answerer, Readiness
    from daehwa.answers.bot_profile import BotProfile, written_date
    from daehwa.answers.breaker import Breaker
    from daehwa.answers.budgeted import Budget, Budgeted
    from daehwa.answers.call import DEADLINE, Call, Retries, Upstream, UpstreamRequest, ended_by
    from daehwa.answers.chain import Chain
    from daehwa.answers.chatgpt import ChatGPT
    from daehwa.answers.composing import (
        PASSAGES,
        SYSTEM,
        WORTH,
        TrueCitations,
        composed_answer,
        composed_text,
    )
    from daehwa.answers.embedded import Embedded
    from daehwa.answers.endpoints import chatgpt_endpoint, model_endpoint, region_of, variables
    from daehwa.answers.errors import (
        AnswerError,
        BudgetSpent,
        CircuitOpen,
        KeyMissing,
        KeyRefused,
        NobodyAnswers,
        NothingFound,
        PullError,
        QuestionsTooMany,
        SettingError,
        SettingInvalid,
        StillThinking,
        TimedOut,
        Unreachable,
        UpstreamFailed,
    )
    from daehwa.answers.followups import standing_alone
    from daehwa.answers.hook_response import close_response
    from daehwa.answers.judging import Case, Judge, JudgedIntent, JudgedSlot, Verdict
    from daehwa.answers.kind import AnswererKind, AnswererSetting
    from daehwa.answers.models import ModelSetting
    from daehwa.answers.moderation import Moderating, find_check, questions_passed
    from daehwa.answers.past import cost, tokens
    from daehwa.answers.prompt import system_prompt
    from daehwa.answers.pulling import PullProgress, pull_or_instead
    from daehwa.answers.redaction import Redacting, redacted
    from daehwa.answers.registry import (
        ANSWERERS,
        DOCUMENTS,
        DocumentSetting,
        build_documents,
        build_model,
        default_answerer,
        default_rule,
        resolved,
    )
    from daehwa.answers.routing import AnswerRoute, AnswerRouter
    from daehwa.answers.sample_writing import SampleOrder, SampleWriter
    from daehwa.answers.service_search import ServiceSearch, open_service
    from daehwa.answers.settings import Endpoint, Secret, Signer
    from daehwa.answers.source_passages import SearchOrder, SourcePassage
    from daehwa.answers.values import (
        Answer,
        Ended,
        PastMessage,
        Question,
        StartOver,
        Usage,
    )
    from daehwa.answers.weights import (
        EMBEDDING,
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
    "Answerer": "answerer",
    "AnswererKind": "kind",
    "AnswererSetting": "kind",
    "Breaker": "breaker",
    "Budget": "budgeted",
    "BudgetSpent": "errors",
    "Budgeted": "budgeted",
    "Call": "call",
    "Chain": "chain",
    "ChatGPT": "chatgpt",
    "CircuitOpen": "errors",
    "DEADLINE": "call",
    "DOCUMENTS": "registry",
    "DocumentSetting": "registry",
    "resolved": "registry",
    "within_budget": "registry",
    "Embedded": "embedded",
    "Ended": "values",
    "Endpoint": "settings",
    "Case": "judging",
    "Judge": "judging",
    "JudgedIntent": "judging",
    "JudgedSlot": "judging",
    "Verdict": "judging",
    "PastMessage": "values",
    "KeyMissing": "errors",
    "KeyRefused": "errors",
    "EMBEDDING": "weights",
    "MODELS": "weights",
    "ModelFile": "weights",
    "PullError": "errors",
    "PullProgress": "pulling",
    "Question": "values",
    "QuestionsTooMany": "errors",
    "Readiness": "answerer",
    "UpstreamRequest": "call",
    "Retries": "call",
    "SampleOrder": "sample_writing",
    "SampleWriter": "sample_writing",
    "Secret": "settings",
    "SettingError": "errors",
    "SourcePassage": "source_passages",
    "TimedOut": "errors",
    "Unreachable": "errors",
    "Upstream": "call",
    "UpstreamFailed": "errors",
    "Weights": "weights",
    "chosen_weights": "weights",
    "close_response": "hook_response",
    "cost": "past",
    "data_directory": "weights",
    "default_answerer": "registry",
    "default_rule": "registry",
    "models_directory": "weights",
    "pull_or_instead": "pulling",
    "StillThinking": "errors",
    "StartOver": "values",
    "Usage": "values",
    "system_prompt": "prompt",
    "BotProfile": "bot_profile",
    "ModelSetting": "models",
    "Moderating": "moderation",
    "NobodyAnswers": "errors",
    "Redacting": "redaction",
    "AnswerRoute": "routing",
    "AnswerRouter": "routing",
    "build_documents": "registry",
    "build_model": "registry",
    "open_service": "service_search",
    "SearchOrder": "source_passages",
    "ServiceSearch": "service_search",
    "ended_by": "call",
    "find_check": "moderation",
    "questions_passed": "moderation",
    "redacted": "redaction",
    "tokens": "past",
    "written_date": "bot_profile",
    "PASSAGES": "composing",
    "SYSTEM": "composing",
    "WORTH": "composing",
    "TrueCitations": "composing",
    "composed_answer": "composing",
    "composed_text": "composing",
    "chatgpt_endpoint": "endpoints",
    "model_endpoint": "endpoints",
    "region_of": "endpoints",
    "variables": "endpoints",
    "standing_alone": "followups",
    "NothingFound": "errors",
    "SettingInvalid": "errors",
    "Signer": "settings",
}

__all__ = [
    "ANSWERERS",
    "DEADLINE",
    "DOCUMENTS",
    "EMBEDDING",
    "MODELS",
    "PASSAGES",
    "SYSTEM",
    "WORTH",
    "Answer",
    "AnswerError",
    "AnswerRoute",
    "AnswerRouter",
    "Answerer",
    "AnswererKind",
    "AnswererSetting",
    "BotProfile",
    "Breaker",
    "Budget",
    "BudgetSpent",
    "Budgeted",
    "Call",
    "Case",
    "Chain",
    "ChatGPT",
    "CircuitOpen",
    "DocumentSetting",
    "Embedded",
    "Ended",
    "Endpoint",
    "Judge",
    "JudgedIntent",
    "JudgedSlot",
    "KeyMissing",
    "KeyRefused",
    "ModelFile",
    "ModelSetting",
    "Moderating",
    "NobodyAnswers",
    "NothingFound",
    "PastMessage",
    "PullError",
    "PullProgress",
    "Question",
    "QuestionsTooMany",
    "Readiness",
    "Redacting",
    "Retries",
    "SampleOrder",
    "SampleWriter",
    "SearchOrder",
    "Secret",
    "ServiceSearch",
    "SettingError",
    "SettingInvalid",
    "Signer",
    "SourcePassage",
    "StartOver",
    "StillThinking",
    "TimedOut",
    "TrueCitations",
    "Unreachable",
    "Upstream",
    "UpstreamFailed",
    "UpstreamRequest",
    "Usage",
    "Verdict",
    "Weights",
    "build_documents",
    "build_model",
    "chatgpt_endpoint",
    "chosen_weights",
    "close_response",
    "composed_answer",
    "composed_text",
    "composing",
    "cost",
    "data_directory",
    "default_answerer",
    "default_rule",
    "ended_by",
    "find_check",
    "model_endpoint",
    "models_directory",
    "open_service",
    "pull_or_instead",
    "questions_passed",
    "redacted",
    "region_of",
    "resolved",
    "standing_alone",
    "system_prompt",
    "tokens",
    "variables",
    "wire",
    "within_budget",
    "written_date",
]


def __getattr__(name: str) -> Any:
    if name in ("composing", "wire"):
        return import_module(f"{__name__}.{name}")
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{home}"), name)
    # The next look finds it without this function: a turn looks some forty times.
    globals()[name] = value
    return value
