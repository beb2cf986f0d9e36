"""What prompts and intents of a locale have where its author says nothing."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from daehwa.bot.project.nodes import Node

STRATEGIES: Final = {"random": "Random", "ordered": "Ordered", "none": None}


class Style(msgspec.Struct, frozen=True, kw_only=True):
    """The defaults of a locale: Lex's console's, unless its file says otherwise."""

    retries: int = 4
    interruptible: bool = True
    variations: str = "random"
    attempts: str = "lex"
    steps: str = "explicit"

    @property
    def explicit(self) -> bool:
        """Whether next steps are written."""
        return self.steps == "explicit"


def style(node: Node | None) -> Style:
    """The defaults that a file names."""
    if node is None:
        return Style()
    own = {name: setting(name, member) for name, member in node.members("defaults").items()}
    return msgspec.structs.replace(Style(), **own)


def setting(name: str, node: Node) -> Any:
    """One of the defaults, there or where it is said otherwise."""
    match name:
        case "retries":
            return node.whole()
        case "interruptible":
            return node.flag()
        case "variations":
            return node.word(*STRATEGIES)
        case "attempts":
            return node.word("lex", "none")
    return node.word("explicit", "implicit")


def attempts(retries: int) -> dict[str, Any]:
    """The time-outs of speech and keys with which Lex's console fills a prompt.

    Source: exports of bots that were made in the console.
    """
    names = ["Initial", *(f"Retry{number}" for number in range(1, retries + 1))]
    return {
        name: {
            "allowInterrupt": True,
            "allowedInputTypes": {"allowAudioInput": True, "allowDTMFInput": True},
            "audioAndDTMFInputSpecification": {
                "startTimeoutMs": 4000,
                "audioSpecification": {"maxLengthMs": 15000, "endTimeoutMs": 640},
                "dtmfSpecification": {
                    "maxLength": 513,
                    "endTimeoutMs": 5000,
                    "deletionCharacter": "*",
                    "endCharacter": "#",
                },
            },
            "textInputSpecification": {"startTimeoutMs": 30000},
        }
        for name in names
    }
