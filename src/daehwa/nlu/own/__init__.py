"""A sentence encoder of the author's own: a GGUF file or an ONNX file with its tokenizer."""

from daehwa.nlu.own.encoder import OwnEncoder

__all__ = ["OwnEncoder"]
