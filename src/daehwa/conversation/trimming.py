"""Giving memory back to the system after work that needed much of it for a while."""

from __future__ import annotations

import ctypes
import sys


def give_back_memory() -> None:
    """Return what is free to the system; glibc keeps it otherwise. Takes milliseconds.

    Other threads go on meanwhile, which they would not while garbage is collected.
    """
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
