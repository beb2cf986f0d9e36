"""The terminal that a person talks in: the lines that they type, and their Ctrl-C."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

from rich.console import Console


class Interrupted(Exception):
    """Ctrl-C was pressed while a line was awaited."""


class Terminal:
    """Reads lines from standard input; made by ``open_terminal``.

    ``wake`` is a pipe, whose writing end has a reader of the terminal stop waiting.
    """

    def __init__(self, console: Console, wake: tuple[int, int]) -> None:
        self.console = console
        self._awakened, self._awaken = wake
        self._stop: Callable[[], object] | None = None
        self._talk = asyncio.current_task()

    async def line(self, prompt: str) -> str:
        """The next line.

        Raises:
            EOFError: there is none; Ctrl-D, or the end of what is piped in.
            Interrupted: Ctrl-C was pressed instead.
        """
        self.console.print(prompt, end="")
        line = await asyncio.to_thread(self._read_line)
        if not line:
            raise EOFError
        return line

    @contextmanager
    def answering(self, stop: Callable[[], object]) -> Iterator[None]:
        """Have Ctrl-C call ``stop`` meanwhile; pressed again, it ends the whole talk."""
        self._stop = stop
        try:
            yield
        finally:
            self._stop = None

    def interrupt(self) -> None:
        """Ctrl-C was pressed."""
        if self._stop is None:
            os.write(self._awaken, b"\0")
        else:
            stop, self._stop = self._stop, self._end_talk
            stop()

    def _end_talk(self) -> None:
        if self._talk is not None:
            self._talk.cancel()

    def _read_line(self) -> str:
        if sys.stdin.isatty():
            # A terminal gives a line at a time, so nothing waits in a buffer of ours.
            ready, _, _ = select.select([sys.stdin, self._awakened], [], [])
            if self._awakened in ready:
                raise Interrupted
        return sys.stdin.readline()


@asynccontextmanager
async def open_terminal(console: Console) -> AsyncIterator[Terminal]:
    """Standard input to read lines from; where it is a terminal, its Ctrl-C is read, too."""
    loop = asyncio.get_running_loop()
    wake = os.pipe()
    terminal = Terminal(console, wake)
    if sys.stdin.isatty():
        loop.add_signal_handler(signal.SIGINT, terminal.interrupt)
    try:
        yield terminal
    finally:
        if sys.stdin.isatty():
            loop.remove_signal_handler(signal.SIGINT)
        for end in wake:
            os.close(end)
