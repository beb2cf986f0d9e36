"""The small export that checks break."""

from tests.bot.conftest import files, write

__all__ = ["files", "write"]
