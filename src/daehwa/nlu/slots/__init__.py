"""Slots: filling them from utterances, and reading the replies to their prompts."""

from daehwa.nlu.slots.model import SlotModel

__all__ = ["SlotModel"]
