"""How long a process has been silent, counting only the time in which it could have run.

While a process waits for a processor, no time is counted, so a busy machine makes no process look
frozen.
"""

from __future__ import annotations

import os
from pathlib import Path

# In these Linux counts the time that a process had.
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


class ProcessSilence:
    """How long a process was silent, in seconds in which it could have shown a sign."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.noticed = False
        self._computed: float | None = None

    def grow(self, pid: int, passed: float) -> None:
        """Count what passed; of a worker that wants a processor, what it got of one."""
        before, self._computed = self._computed, computed_seconds(pid)
        if self._computed is not None and before is not None and wants_processor(pid):
            passed = min(passed, self._computed - before)
        self.seconds += passed

    def end(self) -> None:
        """It was heard."""
        self.seconds = 0.0
        self.noticed = False


def computed_seconds(pid: int) -> float | None:
    """How long the process has had a processor; ``None`` where that cannot be seen."""
    fields = _stat(Path(f"/proc/{pid}/stat"))
    return None if fields is None else (int(fields[11]) + int(fields[12])) / _TICKS


def wants_processor(pid: int) -> bool:
    """Whether one of the process's threads runs, or waits only for a processor to do so."""
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
    except OSError:
        return False
    states = [fields[0] for thread in threads if (fields := _stat(thread / "stat"))]
    return "R" in states


def _stat(path: Path) -> list[str] | None:
    """What Linux says of a process or thread, from its state on (proc(5), field 3)."""
    try:
        return path.read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:
        return None


def is_traced(pid: int) -> bool:
    """Whether a debugger is attached to the process; where that cannot be seen, none is."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii", "replace")
    except OSError:
        return False
    for line in status.splitlines():
        if line.startswith("TracerPid:"):
            return line.split()[1] != "0"
    return False
