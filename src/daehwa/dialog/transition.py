"""Where the dialog goes next: the stages of a turn, and the transitions between them."""

from __future__ import annotations

from collections.abc import Generator
from typing import Final, Literal, TypeAlias

import msgspec

from daehwa.dialog.calls import HookCall, HookResult
from daehwa.dialog.slots import SlotMap

Stage = Literal[
    "StartIntent", "NextSlot", "ElicitSlot", "ConfirmIntent", "Declined", "FulfillIntent",
    "Fulfilled", "FulfillmentFailed", "CloseIntent", "EndConversation", "ElicitIntent", "Done",
]  # fmt: skip
"""The stages; those that a next step can name have the next step's name."""


class Transition(msgspec.Struct, frozen=True):
    """A step to a stage.

    ``intent`` (and ``slots``, its first values) is for ``StartIntent``, ``slot`` for
    ``ElicitSlot``. ``suppress`` leaves out the message that the stage begins with.
    """

    stage: Stage
    intent: str | None = None
    slot: str | None = None
    slots: SlotMap | None = None
    suppress: bool = False

    def __str__(self) -> str:
        return f"{self.stage} {self.intent or self.slot or ''}".rstrip()


NEXT_SLOT: Final = Transition("NextSlot")
CONFIRM_INTENT: Final = Transition("ConfirmIntent")
DECLINED: Final = Transition("Declined")
FULFILL_INTENT: Final = Transition("FulfillIntent")
FULFILLED: Final = Transition("Fulfilled")
FULFILLMENT_FAILED: Final = Transition("FulfillmentFailed")
CLOSE_INTENT: Final = Transition("CloseIntent")
END_CONVERSATION: Final = Transition("EndConversation")
ELICIT_INTENT: Final = Transition("ElicitIntent")
DONE: Final = Transition("Done")

StageFlow: TypeAlias = Generator[HookCall, HookResult, Transition]
"""A stage that may call out, and then shows where the dialog goes."""
HookFlow: TypeAlias = Generator[HookCall, HookResult, Transition | None]
"""A call to a code hook; ``None`` when the stage goes on as the bot configures it."""
CallFlow: TypeAlias = Generator[HookCall, HookResult, HookResult]
"""A call out, and what came of it."""
