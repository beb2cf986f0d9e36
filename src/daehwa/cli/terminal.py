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

_READ_BYTES = 65536


class Interrupted(Exception):
    """Ctrl-C was pressed while a line was awaited."""


class Terminal:
    """Reads lines from standard input; made by ``open_terminal``."""

    def __init__(self, console: Console, wake: tuple[int, int]) -> None:
        self.console = console
        self._awakened, self._awaken = wake
        self._stop: Callable[[], object] | None = None
        self._talk = asyncio.current_task()
        self._unread = b""
        self._at_end = False

    async def line(self, prompt: str) -> str:
        """The next line, without its end.

        Raises:
            EOFError: there is none; Ctrl-D, or the end of what is piped in.
            Interrupted: Ctrl-C was pressed instead.
        """
        self.console.print(prompt, end="")
        return await asyncio.to_thread(self._read_line)

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
        # Not by input(): nothing would wake it up.
        source = sys.stdin.fileno()
        while b"\n" not in self._unread and not self._at_end:
            ready, _, _ = select.select([source, self._awakened], [], [])
            if self._awakened in ready:
                raise Interrupted
            piece = os.read(source, _READ_BYTES)
            self._unread += piece
            self._at_end = not piece
        line, _, self._unread = self._unread.partition(b"\n")
        if self._at_end and not line:
            raise EOFError
        return line.decode(sys.stdin.encoding, "replace")


@asynccontextmanager
async def open_terminal(console: Console) -> AsyncIterator[Terminal]:
    """Standard input to read lines from; Ctrl-C is the terminal's until it is closed."""
    loop = asyncio.get_running_loop()
    wake = os.pipe()
    terminal = Terminal(console, wake)
    loop.add_signal_handler(signal.SIGINT, terminal.interrupt)
    try:
        yield terminal
    finally:
        loop.remove_signal_handler(signal.SIGINT)
        for end in wake:
            os.close(end)
