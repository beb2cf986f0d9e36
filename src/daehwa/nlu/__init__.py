"""Understanding: a locale's sample utterances learned, and texts interpreted by them.

The evaluation is imported when it is first needed: no turn needs it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from daehwa.nlu.background import background as neutral_texts
from daehwa.nlu.e5 import NAME as SECOND_ENCODER_NAME
from daehwa.nlu.e5 import encode as encode_second
from daehwa.nlu.e5 import encode_passages as encode_passages_second
from daehwa.nlu.e5 import usable as second_encoder_usable
from daehwa.nlu.encoder import NAME as ENCODER_NAME
from daehwa.nlu.encoder import encode
from daehwa.nlu.encoder import load as load_encoder
from daehwa.nlu.errors import (
    LearningFailed,
    MaterialError,
    ModelFileError,
    NluError,
    QualityError,
)
from daehwa.nlu.learning import learn
from daehwa.nlu.learning_process import LearningProcess
from daehwa.nlu.model import Model
from daehwa.nlu.own import OwnEncoder
from daehwa.nlu.quality import DEFAULT as DEFAULT_QUALITY
from daehwa.nlu.quality import NamedQuality, Quality
from daehwa.nlu.quality import check as check_quality
from daehwa.nlu.sentiment import detect_sentiment

if TYPE_CHECKING:
    from daehwa.nlu import evaluation

__all__ = [
    "DEFAULT_QUALITY",
    "ENCODER_NAME",
    "SECOND_ENCODER_NAME",
    "LearningFailed",
    "LearningProcess",
    "MaterialError",
    "Model",
    "ModelFileError",
    "NamedQuality",
    "NluError",
    "OwnEncoder",
    "Quality",
    "QualityError",
    "check_quality",
    "detect_sentiment",
    "encode",
    "encode_passages_second",
    "encode_second",
    "evaluation",
    "learn",
    "load_encoder",
    "neutral_texts",
    "second_encoder_usable",
]


def __getattr__(name: str) -> Any:
    if name == "evaluation":
        return import_module(f"{__name__}.evaluation")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
