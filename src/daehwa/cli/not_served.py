"""What of the bots that were named is not served, and why."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.markup import escape


def show_not_served(reasons: Mapping[str, str], console: Console | None = None) -> None:
    """Print a line on standard error (``console``) for each bot or intent that is left out."""
    console = console or Console(stderr=True, highlight=False)
    for what, why in reasons.items():
        console.print(f"[bold red]Not served:[/] {escape(what)}: {escape(why)}", soft_wrap=True)
