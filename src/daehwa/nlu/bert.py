"""A small BERT in plain numpy: token numbers in, the mean of the last layer's states out.

Source: Devlin et al. 2019, as laid out by PyTorch's exporter: word, position and type
embeddings, a layer norm, then layers of attention and of two dense maps with GELU between
them, each added to what it had and normed. The word embeddings stay in 8 bits where they are
on disk, a text needing a few rows of thirty thousand; the rest is widened to 32 bits.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from daehwa.nlu.onnx_weights import GraphWeights

_HEADS: Final = 12
_NORM: Final = np.float32(1e-12)
_MAPS: Final = 6
"""Maps a layer, in the graph's order: query, key, value, attention's output, up, down."""

Floats = npt.NDArray[np.float32]


class _Norm(NamedTuple):
    weight: Floats
    bias: Floats

    def __call__(self, states: Floats) -> Floats:
        states -= states.mean(axis=-1, keepdims=True)
        spread = np.einsum("...i,...i->...", states, states)[..., None] / states.shape[-1]
        states *= self.weight / np.sqrt(spread + _NORM)
        states += self.bias
        return states


class _Layer(NamedTuple):
    mixed: Floats
    """Query, key and value side by side; the query is scaled already."""
    mixed_bias: Floats
    output: Floats
    output_bias: Floats
    attended: _Norm
    up: Floats
    up_bias: Floats
    down: Floats
    down_bias: Floats
    end: _Norm


class Bert:
    """The network of a file's weights."""

    def __init__(self, weights: GraphWeights) -> None:
        arrays = weights.arrays
        self._words = arrays[f"{_EMBEDDINGS}word_embeddings.weight_q"]
        self._word_scale = arrays[f"{_EMBEDDINGS}word_embeddings.weight_scale"].astype(np.float32)
        places = _widened(weights, f"{_EMBEDDINGS}position_embeddings.weight")
        self._places = places + arrays[f"{_EMBEDDINGS}token_type_embeddings.weight"][0]
        self._start = _norm(weights, f"{_EMBEDDINGS}LayerNorm")
        maps = [
            _widened(weights, inputs[1])
            for kind, inputs in weights.nodes
            if kind == "MatMul" and f"{inputs[1]}_q" in arrays
        ]
        self._layers = [
            _layer(weights, number, maps[number * _MAPS : (number + 1) * _MAPS])
            for number in range(len(maps) // _MAPS)
        ]

    def means(self, numbers: npt.NDArray[np.int64]) -> Floats:
        """The mean state of texts, shape (texts, width), from token numbers (texts, tokens)."""
        texts, tokens = numbers.shape
        scale = self._word_scale
        scale = scale[numbers] if scale.size > 1 else scale.reshape(())
        states = self._words[numbers].astype(np.float32) * scale
        states += self._places[:tokens]
        width = states.shape[-1]
        states = self._start(states).reshape(texts * tokens, width)
        for layer in self._layers:
            states = _through(layer, states, texts)
        means: Floats = states.reshape(texts, tokens, width).mean(axis=1)
        return means


_EMBEDDINGS: Final = "inner.embeddings."


def _through(layer: _Layer, states: Floats, texts: int) -> Floats:
    """The states of all tokens (texts * tokens, width) after a layer."""
    rows, width = states.shape
    mixed = states @ layer.mixed
    mixed += layer.mixed_bias
    heads = mixed.reshape(texts, rows // texts, 3, _HEADS, width // _HEADS)
    query, key, value = heads.transpose(2, 0, 3, 1, 4)
    shares = query @ key.swapaxes(-1, -2)
    shares -= shares.max(axis=-1, keepdims=True)
    np.exp(shares, out=shares)
    shares /= shares.sum(axis=-1, keepdims=True)
    attended = (shares @ value).transpose(0, 2, 1, 3).reshape(rows, width) @ layer.output
    attended += layer.output_bias
    attended += states
    states = layer.attended(attended)
    higher = states @ layer.up
    higher += layer.up_bias
    lower = _gelu(higher) @ layer.down
    lower += layer.down_bias
    lower += states
    return layer.end(lower)


def _gelu(states: Floats) -> Floats:
    """``states`` times the normal distribution's share below them; they are used up.

    The error function by Abramowitz and Stegun 7.1.26, which is off by 1.5e-7 at most.
    """
    size = np.abs(states)
    size *= np.float32(np.sqrt(0.5))
    part = 1 / (1 + np.float32(0.3275911) * size)
    tail = np.float32(1.061405429) * part
    for term in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        tail += np.float32(term)
        tail *= part
    np.multiply(size, size, out=size)
    np.negative(size, out=size)
    np.exp(size, out=size)
    tail *= size
    below = np.copysign(1 - tail, states)
    below += 1
    below *= 0.5
    states *= below
    return states


def _widened(weights: GraphWeights, name: str) -> Floats:
    """GraphWeights in 8 bits, times their scale."""
    wide = weights.arrays[f"{name}_q"].astype(np.float32)
    wide *= weights.arrays[f"{name}_scale"].astype(np.float32)
    return wide


def _norm(weights: GraphWeights, name: str) -> _Norm:
    weight, bias = (weights.arrays[f"{name}.{part}"] for part in ("weight", "bias"))
    return _Norm(weight.astype(np.float32), bias.astype(np.float32))


def _layer(weights: GraphWeights, number: int, maps: list[Floats]) -> _Layer:
    at = f"inner.encoder.layer.{number}"

    def bias(name: str) -> Floats:
        return weights.arrays[f"{at}.{name}.bias"].astype(np.float32)

    query, key, value, output, up, down = maps
    scale = np.float32(1 / np.sqrt(query.shape[1] / _HEADS))
    query_bias, key_bias, value_bias = (
        bias(f"attention.self.{name}") for name in ("query", "key", "value")
    )
    return _Layer(
        mixed=np.concatenate([query * scale, key, value], axis=1),
        mixed_bias=np.concatenate([query_bias * scale, key_bias, value_bias]),
        output=output,
        output_bias=bias("attention.output.dense"),
        attended=_norm(weights, f"{at}.attention.output.LayerNorm"),
        up=up,
        up_bias=bias("intermediate.dense"),
        down=down,
        down_bias=bias("output.dense"),
        end=_norm(weights, f"{at}.output.LayerNorm"),
    )
