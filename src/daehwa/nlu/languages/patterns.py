"""Regular expressions written as listings: a line or a bar between one way and the next."""

from __future__ import annotations


def ways(listing: str) -> str:
    """A pattern that matches any of a listing's ways."""
    return "(?:" + "|".join(filter(None, map(str.strip, listing.splitlines()))) + ")"
