"""A small BERT in plain numpy: token numbers in, the mean of the last layer's states out.

Source: Devlin et al. 2019, as laid out by PyTorch's exporter: word, position and type
embeddings, a layer norm, then layers of attention and of two dense maps with GELU between
them, each added to what it had and normed. The weights stay in 8 bits: of the word embeddings a
text needs a few rows of thirty thousand, and the maps are widened to 32 bits block by block, each
small enough for the processor's cache. They are what an encoder of short texts waits for.
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

_BLOCK: Final = 384
"""Columns of a map that are widened at once."""

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


class _Map(NamedTuple):
    """A dense map in whole numbers of 8 bits, by blocks of columns, with its columns' scales."""

    blocks: tuple[npt.NDArray[np.int8], ...]
    scale: Floats
    bias: Floats

    @classmethod
    def of(cls, numbers: npt.NDArray[np.int8], scale: Floats, bias: Floats) -> _Map:
        """``numbers`` (inputs, outputs) times ``scale`` (outputs,) are the weights."""
        blocks = np.split(numbers, max(numbers.shape[1] // _BLOCK, 1), axis=1)
        return cls(tuple(map(np.ascontiguousarray, blocks)), scale, bias)

    def __call__(self, states: Floats) -> Floats:
        mapped = np.empty((len(states), len(self.bias)), dtype=np.float32)
        wide = np.empty(self.blocks[0].shape, dtype=np.float32)
        start = 0
        for block in self.blocks:
            end = start + block.shape[1]
            np.copyto(wide, block)
            np.matmul(states, wide, out=mapped[:, start:end])
            start = end
        mapped *= self.scale
        mapped += self.bias
        return mapped


class _Layer(NamedTuple):
    mixed: _Map
    """Query, key and value side by side; the query is scaled already."""
    output: _Map
    attended: _Norm
    up: _Map
    down: _Map
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
            inputs[1]
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
    heads = layer.mixed(states).reshape(texts, rows // texts, 3, _HEADS, width // _HEADS)
    query, key, value = heads.transpose(2, 0, 3, 1, 4)
    shares = query @ key.swapaxes(-1, -2)
    shares -= shares.max(axis=-1, keepdims=True)
    np.exp(shares, out=shares)
    shares /= shares.sum(axis=-1, keepdims=True)
    attended = layer.output((shares @ value).transpose(0, 2, 1, 3).reshape(rows, width))
    attended += states
    states = layer.attended(attended)
    lower = layer.down(_gelu(layer.up(states)))
    lower += states
    return layer.end(lower)


def _gelu(states: Floats) -> Floats:
    """``states`` times the normal distribution's share below them; they are used up.

    The error function by Abramowitz and Stegun 7.1.26, which is off by 1.5e-7 at most.
    """
    size = np.abs(states)
    part = size * np.float32(0.3275911 * np.sqrt(0.5))
    part += 1
    np.reciprocal(part, out=part)
    # Half of what is beyond: of numbers above 0 it is taken away, those below have no more.
    beyond = part * np.float32(1.061405429 / 2)
    for term in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        beyond += np.float32(term / 2)
        beyond *= part
    beyond *= size
    size *= size
    size *= np.float32(-0.5)
    np.exp(size, out=size)
    beyond *= size
    np.maximum(states, 0, out=states)
    states -= beyond
    return states


def _widened(weights: GraphWeights, name: str) -> Floats:
    """GraphWeights in 8 bits, times their scale."""
    wide = weights.arrays[f"{name}_q"].astype(np.float32)
    wide *= weights.arrays[f"{name}_scale"].astype(np.float32)
    return wide


def _norm(weights: GraphWeights, name: str) -> _Norm:
    weight, bias = (weights.arrays[f"{name}.{part}"] for part in ("weight", "bias"))
    return _Norm(weight.astype(np.float32), bias.astype(np.float32))


def _layer(weights: GraphWeights, number: int, maps: list[str]) -> _Layer:
    """``maps`` are the names of the layer's weights."""
    at = f"inner.encoder.layer.{number}"

    def numbers(name: str) -> npt.NDArray[np.int8]:
        return weights.arrays[f"{name}_q"].astype(np.int8, copy=False)

    def scale(name: str) -> Floats:
        scales = weights.arrays[f"{name}_scale"].astype(np.float32).reshape(-1)
        return np.broadcast_to(scales, numbers(name).shape[1])

    def bias(name: str) -> Floats:
        return weights.arrays[f"{at}.{name}.bias"].astype(np.float32)

    query, key, value, output, up, down = maps
    alike = np.float32(1 / np.sqrt(numbers(query).shape[1] / _HEADS))
    query_bias, key_bias, value_bias = (
        bias(f"attention.self.{name}") for name in ("query", "key", "value")
    )
    return _Layer(
        mixed=_Map.of(
            np.concatenate([numbers(name) for name in (query, key, value)], axis=1),
            np.concatenate([scale(query) * alike, scale(key), scale(value)]),
            np.concatenate([query_bias * alike, key_bias, value_bias]),
        ),
        output=_Map.of(numbers(output), scale(output), bias("attention.output.dense")),
        attended=_norm(weights, f"{at}.attention.output.LayerNorm"),
        up=_Map.of(numbers(up), scale(up), bias("intermediate.dense")),
        down=_Map.of(numbers(down), scale(down), bias("output.dense")),
        end=_norm(weights, f"{at}.output.LayerNorm"),
    )
