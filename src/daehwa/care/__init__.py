"""What a bot's keeper asks: whether it is sound, and what people said that it did not take."""

from daehwa.care.checking import Checked, check
from daehwa.care.inbox import Miss, NearIntent, Opinion, TalkTurn, missed, missed_in, with_nearest

__all__ = [
    "Checked",
    "Miss",
    "NearIntent",
    "Opinion",
    "TalkTurn",
    "check",
    "missed",
    "missed_in",
    "with_nearest",
]
