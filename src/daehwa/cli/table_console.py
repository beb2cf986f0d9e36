"""Where tables are printed: as wide as the terminal, or as they need in a pipe."""

from __future__ import annotations

import sys
from typing import Final

from rich.console import Console

_WIDE: Final = 220


def table_console() -> Console:
    """A console for tables.

    One in a pipe is for a program or a pager: it is not squeezed into 80 columns.
    """
    return Console(highlight=False, width=None if sys.stdout.isatty() else _WIDE)
