"""Memory: gives back what is free, and keeps collections away from what stays for good."""

from __future__ import annotations

import ctypes
import gc
import sys


def give_back_memory() -> None:
    """Return what is free to the system; glibc keeps it otherwise. Takes milliseconds.

    Other threads go on meanwhile, which they would not while garbage is collected.
    """
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


def spare_collections() -> None:
    """Exclude everything that exists now from garbage collections.

    A full collection goes through all objects, and holds up the event loop meanwhile. Most of them
    were imported or learned, and stay. Those that are replaced later are freed as before, unless
    they refer to themselves.
    """
    gc.freeze()
