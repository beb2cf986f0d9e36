"""What a bot's keeper asks: whether it is sound, and what people said that it did not take."""

from daehwa.care.checking import Checked, check

__all__ = [
    "Checked",
    "check",
]
