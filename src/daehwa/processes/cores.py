"""How many processors this process may use."""

from __future__ import annotations

import os


def available_cores() -> int:
    """The processors that the system lets this process run on; at least one."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1
