"""What a code hook's process prints, as lines of the log."""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from typing import Final

import structlog

_LONGEST_LINE: Final = 4096
_MOST_BYTES_A_SECOND: Final = 64 * 1024

_log = structlog.get_logger("daehwa.hooks")


class HookOutput:
    """Reads the pipe ``descriptor`` and logs each line as ``hook_output``, with ``hook``.

    A line of more than 4,096 bytes is cut into several. Beyond 64 KiB a second output is dropped,
    and the log says how much. ``request_id`` is that of the call that runs.
    """

    def __init__(self, descriptor: int, hook: str) -> None:
        self.request_id: object = None
        self._descriptor = descriptor
        self._hook = hook
        self._loop = asyncio.get_running_loop()
        self._line = bytearray()
        self._second = 0.0
        self._taken = 0
        self._dropped = 0
        os.set_blocking(descriptor, False)
        self._loop.add_reader(descriptor, self._read)

    def close(self) -> None:
        """Log what is left, and release the pipe; later writes to it are lost."""
        if self._descriptor < 0:
            return
        self._read()
        if self._descriptor < 0:
            return
        self._loop.remove_reader(self._descriptor)
        os.close(self._descriptor)
        self._descriptor = -1
        self._finish()

    def abandon(self) -> None:
        """Release the pipe where the event loop has ended before."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)

    def _read(self) -> None:
        try:
            data = os.read(self._descriptor, 64 * 1024)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._loop.remove_reader(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = -1
            self._finish()
            return
        self._take(data)

    def _take(self, data: bytes) -> None:
        now = time.monotonic()
        if now - self._second >= 1:
            self._report_dropped()
            self._second, self._taken = now, 0
        room = max(0, _MOST_BYTES_A_SECOND - self._taken)
        self._taken += len(data)
        self._dropped += max(0, len(data) - room)
        self._line += data[:room]
        *lines, rest = self._line.split(b"\n")
        self._line = bytearray(rest)
        for line in lines:
            self._log(line)
        if len(self._line) > _LONGEST_LINE:
            self._log(self._line)
            self._line.clear()

    def _finish(self) -> None:
        self._log(self._line)
        self._line.clear()
        self._report_dropped()

    def _report_dropped(self) -> None:
        if self._dropped:
            _log.warning("hook_output_dropped", hook=self._hook, bytes=self._dropped)
            self._dropped = 0

    def _log(self, line: bytes | bytearray) -> None:
        for start in range(0, len(line), _LONGEST_LINE):
            text = line[start : start + _LONGEST_LINE].decode(errors="replace").rstrip()
            if text:
                with contextlib.suppress(Exception):  # nothing printed may harm the server
                    _log.info("hook_output", hook=self._hook, request_id=self.request_id, text=text)
