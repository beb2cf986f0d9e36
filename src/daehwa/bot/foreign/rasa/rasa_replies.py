"""What a user would type in place of a Rasa button, whose payload is ``/intent{...}``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from daehwa.bot.foreign import lex_parts
from daehwa.bot.foreign.rasa.annotated_text import TrainingExample
from daehwa.bot.foreign.rasa.rasa_files import entries, is_null
from daehwa.bot.foreign.rasa.rasa_slots import RasaSlots
from daehwa.bot.foreign.rasa.training_examples import as_object

_PAYLOAD: Final = re.compile(r"/([^\s{(]+)\s*(\{.*\})?.*", re.DOTALL)
_SET_SLOT: Final = re.compile(r"/SetSlots?\((.*)\)", re.IGNORECASE | re.DOTALL)


class Replies:
    """Turns payloads into words: an example of the intent, or the slot's value."""

    def __init__(self, slots: RasaSlots, samples: Mapping[str, list[TrainingExample]]) -> None:
        self.slots = slots
        self.samples = samples

    def of_button(self, payload: str, title: str) -> str:
        """The words for a payload anywhere in the conversation."""
        intent, members = _parts(payload)
        if not members:
            return self._example(intent) or title
        for example in self.samples.get(intent, ()):
            names = {entity.name for entity in example.entities}
            if names == set(members) and len(example.entities) == len(names):
                text = "".join(
                    part if isinstance(part, str) else members[part.name] for part in example.parts
                )
                if len(text) <= lex_parts.LONGEST_BUTTON:
                    return text
        return next(iter(members.values())) if len(members) == 1 else title

    def of_button_for(self, slot: str) -> Callable[[str, str], str]:
        """The words for payloads of the buttons that reply to the prompt of a slot."""

        def reply(payload: str, title: str) -> str:
            intent, members = _parts(payload)
            if slot in members:
                return members[slot]
            for each in self.slots.mappings(slot, "from_intent"):
                value = each.get("value")
                if intent in [str(e) for e in entries(each.get("intent"))] and not is_null(value):
                    return str(value)
            if len(members) == 1:
                return next(iter(members.values()))
            return self.of_button(payload, title)

        return reply

    def _example(self, intent: str) -> str | None:
        """The shortest way to say an intent that has no slot in it."""
        return next(
            (
                lex_parts.tidied(example.text)
                for example in self.samples.get(intent, ())
                if not example.entities and len(example.text) <= lex_parts.LONGEST_BUTTON
            ),
            None,
        )


def _parts(payload: str) -> tuple[str, dict[str, str]]:
    """The intent of a payload, and its entities or slots as texts."""
    setting = _SET_SLOT.fullmatch(payload.strip())
    if setting is not None:
        pairs = [each.partition("=") for each in setting[1].split(",") if "=" in each]
        return "", {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}
    match = _PAYLOAD.fullmatch(payload.strip())
    if match is None:
        return "", {}
    text = (match[2] or "{}").replace("{{", "{").replace("}}", "}")
    members = as_object(text) or as_object(text.replace("'", '"'))
    return match[1], {name: str(value) for name, value in members.items()}
