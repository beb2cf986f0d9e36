"""Slots: filling them from utterances, and reading the replies to their prompts."""

from daehwa.nlu.slots.slot_model import SlotModel

__all__ = ["SlotModel"]
