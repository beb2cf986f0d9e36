"""Sentence vectors of an ONNX file and the tokenizer.json beside it.

Such files are what sentence-transformers' own export and Hugging Face's Optimum write: inputs
``input_ids``, ``attention_mask`` and, of some, ``token_type_ids``; the first output is the state
of each token (texts, tokens, width), or has been pooled already (texts, width).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from daehwa.llama import Pooling
from daehwa.nlu.errors import QualityError

Array = npt.NDArray[np.float32]

_TOGETHER: Final = 16
_STATES: Final = 3
"""Dimensions of an output that has a vector for each token."""


class OnnxVectors:
    """Texts as unit vectors; ``tokens`` is the longest text: what comes after is not read."""

    def __init__(self, model: Path, tokenizer: Path, *, pooling: Pooling, tokens: int) -> None:
        """Load both files.

        Raises:
            QualityError: a package is missing, or a file is not what it should be.
        """
        try:
            import onnxruntime  # noqa: PLC0415 - an extra
            from tokenizers import Tokenizer  # noqa: PLC0415
        except ImportError as error:
            raise QualityError(
                "an ONNX encoder needs two packages:"
                f" {sys.executable} -m pip install onnxruntime tokenizers"
            ) from error
        try:
            self._tokenizer = Tokenizer.from_file(str(tokenizer))
        except Exception as error:  # the library raises this and nothing narrower
            raise QualityError(f"{tokenizer} is no tokenizer.json: {error}") from error
        self._tokenizer.enable_truncation(tokens)
        self._tokenizer.no_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # a text is too short to share out
        options.log_severity_level = 4
        try:
            self._session = onnxruntime.InferenceSession(
                str(model), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # as above
            raise QualityError(f"{model} cannot be run as ONNX: {_first_line(error)}") from error
        self._inputs = {each.name for each in self._session.get_inputs()}
        if "input_ids" not in self._inputs:
            raise QualityError(
                f"{model} takes {', '.join(sorted(self._inputs))};"
                " a sentence encoder takes input_ids"
            )
        self._pooling = pooling
        self._model = model
        self.width: int = self._run([" "]).shape[1]

    def encode(self, texts: Sequence[str]) -> Array:
        """Unit vectors, shape (texts, width)."""
        vectors: Array = np.empty((len(texts), self.width), dtype=np.float32)
        # Texts of about one length together: little of a run is padding.
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        for start in range(0, len(order), _TOGETHER):
            places = order[start : start + _TOGETHER]
            vectors[places] = self._run([texts[place] for place in places])
        return vectors

    def _run(self, texts: Sequence[str]) -> Array:
        encodings = self._tokenizer.encode_batch(list(texts))
        most = max(len(each.ids) for each in encodings) or 1
        ids = np.zeros((len(texts), most), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, each in enumerate(encodings):
            ids[row, : len(each.ids)] = each.ids
            mask[row, : len(each.ids)] = 1
        given: dict[str, Any] = {
            "input_ids": ids,
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(ids),
        }
        try:
            output = self._session.run(
                None, {name: given[name] for name in self._inputs if name in given}
            )[0]
        except Exception as error:  # as above
            raise QualityError(f"{self._model} failed: {_first_line(error)}") from error
        pooled = self._pooled(output, mask) if output.ndim == _STATES else output
        vectors: Array = pooled / np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-9)
        return vectors

    def _pooled(self, states: Array, mask: npt.NDArray[np.int64]) -> Array:
        if self._pooling == "cls":
            first: Array = states[:, 0]
            return first
        if self._pooling == "last":
            last: Array = states[np.arange(len(states)), np.maximum(mask.sum(axis=1) - 1, 0)]
            return last
        weights = mask[:, :, None].astype(np.float32)
        means: Array = (states * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1)
        return means


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0]
