"""Sentence vectors of a GGUF file, from a process that runs llama.cpp's library.

The library would bring threads, a network port and, on a bare machine, a missing OpenMP runtime
into the server's own process; so it has one of its own, which takes texts on its standard input
(`daehwa.llama.vectors_process`) and ends when that does.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Final, Literal

import msgspec
import numpy as np
import numpy.typing as npt

from daehwa.llama.openmp import child_environment
from daehwa.llama.wire import Ready, Vectors, VectorsOrder

Pooling = Literal["mean", "cls", "last"]
Array = npt.NDArray[np.float32]

_COMMAND: Final = (sys.executable, "-P", "-m", "daehwa.llama.vectors_process")


class LlamaError(RuntimeError):
    """llama.cpp cannot make vectors; the message says of which file and why."""


class _Running:
    """A process that is ready; ``width`` is how many numbers a vector has."""

    def __init__(self, process: subprocess.Popen[bytes], width: int) -> None:
        self.process = process
        self.width = width


class SentenceVectors:
    """Texts as unit vectors by the model of a GGUF file.

    The process starts with the first text, and again after it has ended. ``pooling`` is how the
    vectors of a text's tokens become one, ``tokens`` the longest text: what comes after is not
    read. Any thread may ask; one at a time is answered.
    """

    def __init__(self, model: Path, *, pooling: Pooling, tokens: int) -> None:
        self._model = model
        self._order = VectorsOrder(model=str(model), pooling=pooling, tokens=tokens)
        self._lock = threading.Lock()
        self._running: _Running | None = None

    @property
    def width(self) -> int:
        """Numbers a vector.

        Raises:
            LlamaError: the model cannot be loaded.
        """
        with self._lock:
            return self._ready().width

    def encode(self, texts: Sequence[str]) -> Array:
        """Unit vectors, shape (texts, width).

        Raises:
            LlamaError: the model cannot be loaded, or its process has ended.
        """
        with self._lock:
            running = self._ready()
            try:
                return self._exchange(running, texts)
            except BaseException as error:
                # Half an answer may be on its way: the next one begins with a new process.
                self._end()
                if isinstance(error, OSError | msgspec.DecodeError | ValueError):
                    raise LlamaError(f"{self._model}: llama.cpp's process has ended") from error
                raise

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _exchange(self, running: _Running, texts: Sequence[str]) -> Array:
        output, source = _pipes(running.process)
        output.write(msgspec.json.encode(list(texts)) + b"\n")
        output.flush()
        header = msgspec.json.decode(source.readline(), type=Vectors)
        if header.error is not None:
            raise LlamaError(f"{self._model}: {header.error}")
        size = header.count * header.width * 4
        content = source.read(size)
        if len(content) != size:
            raise EOFError("half an answer")
        return np.frombuffer(content, dtype="<f4").reshape(header.count, header.width).copy()

    def _ready(self) -> _Running:
        if self._running is not None and self._running.process.poll() is None:
            return self._running
        self._end()
        process = subprocess.Popen(  # noqa: S603 - our own module
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**child_environment(), "OMP_WAIT_POLICY": "passive"},
            start_new_session=True,  # Ctrl-C in a terminal is for the server, which ends this one
        )
        self._running = _Running(process, 0)
        try:
            output, source = _pipes(process)
            output.write(msgspec.json.encode(self._order) + b"\n")
            output.flush()
            ready = msgspec.json.decode(source.readline(), type=Ready)
        except (OSError, msgspec.DecodeError) as error:
            self._end()
            raise LlamaError(f"{self._model}: llama.cpp's process ended as it began") from error
        except BaseException:
            self._end()
            raise
        if ready.error is not None:
            self._end()
            raise LlamaError(f"{self._model}: {ready.error}")
        self._running.width = ready.width
        return self._running

    def _end(self) -> None:
        running, self._running = self._running, None
        if running is not None:
            running.process.kill()
            running.process.wait()
            for pipe in _pipes(running.process):
                try:
                    pipe.close()
                except OSError:
                    continue


def _pipes(process: subprocess.Popen[bytes]) -> tuple[BinaryIO, BinaryIO]:
    assert process.stdin is not None  # noqa: S101 - pipes, as ordered
    assert process.stdout is not None  # noqa: S101
    return process.stdin, process.stdout  # type: ignore[return-value]
