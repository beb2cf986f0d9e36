"""Understanding: a locale's sample utterances learnt, and texts interpreted by them."""

from daehwa.nlu import evaluation
from daehwa.nlu.encoder import load as load_encoder
from daehwa.nlu.errors import MaterialError, ModelFileError, NluError
from daehwa.nlu.learning import learn
from daehwa.nlu.model import Model

__all__ = [
    "MaterialError",
    "Model",
    "ModelFileError",
    "NluError",
    "evaluation",
    "learn",
    "load_encoder",
]
