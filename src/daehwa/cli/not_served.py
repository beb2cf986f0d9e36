"""What of the bots that were named is not served, and why."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.markup import escape


def show_not_served(reasons: Mapping[str, str]) -> None:
    """Print a line on standard error for each bot or intent that is left out."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    for what, why in reasons.items():
        console.print(f"[bold red]Not served:[/] {escape(what)}: {escape(why)}")
