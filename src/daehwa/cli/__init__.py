"""The ``daehwa`` command."""

from daehwa.cli.app import main

__all__ = ["main"]
