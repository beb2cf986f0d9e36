"""How much memory there is for this process: the machine's, or less where a container says so."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

# Where a container sees its own limit: control groups of the second and of the first kind.
_LIMITS = ("sys/fs/cgroup/memory.max", "sys/fs/cgroup/memory/memory.limit_in_bytes")


def total_memory(root: Path = Path("/")) -> int | None:
    """The memory in bytes; ``None`` where the system does not say."""
    amounts = []
    with contextlib.suppress(AttributeError, ValueError, OSError):  # not on every system
        amounts.append(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    for name in _LIMITS:
        try:
            amounts.append(int((root / name).read_text(encoding="ascii")))
        except (OSError, ValueError):  # no such control group, or "max"
            continue
    return min(amounts, default=None)
