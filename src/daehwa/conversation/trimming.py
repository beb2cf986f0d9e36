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

    A full collection goes through all that there is, and holds the event loop for as long: what
    was imported and learned is most of it, and stays. What of it is replaced later is freed as
    before, but for what refers to itself.
    """
    gc.freeze()
