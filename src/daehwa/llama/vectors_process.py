"""The process that makes sentence vectors: ``python -m daehwa.llama.vectors_process``.

It reads a ``VectorsOrder`` and writes ``Ready``; then it reads lists of texts, a line of JSON
each, and writes ``Vectors`` and the numbers. It ends when its standard input does.
"""

from __future__ import annotations

import os
import secrets
import signal
import sys
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec
import numpy as np

from daehwa.llama.openmp import remove_registration
from daehwa.llama.wire import Ready, Vectors, VectorsOrder

_TOGETHER: Final = 32
"""Texts in one call: more gain nothing and hold their memory."""


def main() -> int:
    """Answer until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    source, answers = sys.stdin.buffer, _answers()
    order = msgspec.json.decode(source.readline(), type=VectorsOrder)
    try:
        server = _load(order)
        width = len(_vectors(server, [" "])[0])
    except Exception as error:  # noqa: BLE001 - whatever the library raises is the answer
        _write(answers, Ready(error=_reason(order, error)))
        return 1
    remove_registration(os.getpid())
    _write(answers, Ready(width=width))
    for line in iter(source.readline, b""):
        texts = msgspec.json.decode(line, type=list[str])
        try:
            rows = [row for part in _parts(texts) for row in _vectors(server, part)]
        except Exception as error:  # noqa: BLE001
            _write(answers, Vectors(error=f"{type(error).__name__}: {error}"))
            continue
        array = np.array(rows, dtype="<f4").reshape(len(texts), width)
        _write(answers, Vectors(count=len(texts), width=width), array.tobytes())
    # The library's threads may be in the middle of anything: no clean-up, just the end.
    os._exit(0)


def _answers() -> BinaryIO:
    """The real standard output; what the library prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    return answers


def _load(order: VectorsOrder) -> Any:
    import xllamacpp  # noqa: PLC0415 - loads a library of 30 MB

    with Path(order.model).open("rb") as file:
        if file.read(4) != b"GGUF":
            raise ValueError("it is not a GGUF file")
    params = xllamacpp.CommonParams()
    params.model.path = order.model
    params.embedding = True
    params.pooling_type = xllamacpp.llama_pooling_type[
        f"LLAMA_POOLING_TYPE_{order.pooling.upper()}"
    ]
    params.n_ctx = params.n_batch = params.n_ubatch = order.tokens
    params.n_parallel = 1
    params.verbosity = 0
    # The library opens a port whether it is wanted or not: one that nobody knows the key of.
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [secrets.token_urlsafe(32)]
    params.offline = True
    params.ui = False
    params.endpoint_slots = False
    params.cache_ram_mib = 0
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    for threads in (params.cpuparams, params.cpuparams_batch):
        threads.n_threads = cores
        threads.poll = 0  # spinning threads take the cores from each other, and from the server
    return xllamacpp.Server(params)


def _parts(texts: list[str]) -> list[list[str]]:
    return [texts[start : start + _TOGETHER] for start in range(0, len(texts), _TOGETHER)]


def _vectors(server: Any, texts: list[str]) -> list[list[float]]:
    """A unit vector for each text, shortened by half until the model can read it."""
    # llama.cpp refuses an empty text.
    answer = server.handle_embeddings({"input": [text or " " for text in texts]})
    if "data" not in answer:
        if len(texts) > 1:
            return [row for text in texts for row in _vectors(server, [text])]
        if len(texts[0]) <= 1:
            raise ValueError(str(answer.get("error") or answer))
        return _vectors(server, [texts[0][: len(texts[0]) // 2]])
    return [row["embedding"] for row in sorted(answer["data"], key=lambda row: row["index"])]


def _reason(order: VectorsOrder, error: Exception) -> str:
    if isinstance(error, FileNotFoundError | PermissionError | IsADirectoryError):
        return str(error.strerror)
    if isinstance(error, ImportError):
        return f"llama.cpp cannot be loaded here: {error}"
    if isinstance(error, KeyError):
        return f"llama.cpp knows no pooling {order.pooling!r}"
    return f"llama.cpp cannot make vectors of it: {error}"


def _write(answers: BinaryIO, header: Ready | Vectors, content: bytes = b"") -> None:
    answers.write(msgspec.json.encode(header) + b"\n" + content)
    answers.flush()


if __name__ == "__main__":
    sys.exit(main())
