"""What a bot's keeper asks: whether it is sound, and what people said that it did not take."""

from daehwa.care.checking import Checked, check
from daehwa.care.inbox import TalkTurn, Miss, NearIntent, Opinion, missed, missed_in, with_nearest

__all__ = [
    "Checked",
    "TalkTurn",
    "Miss",
    "NearIntent",
    "Opinion",
    "check",
    "missed",
    "missed_in",
    "with_nearest",
]
