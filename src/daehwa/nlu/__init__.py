"""Understanding: a locale's sample utterances learnt, and texts interpreted by them."""

from daehwa.nlu.encoder import load as load_encoder
from daehwa.nlu.model import Model, learn

__all__ = ["Model", "learn", "load_encoder"]
