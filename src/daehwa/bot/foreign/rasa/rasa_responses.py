"""The responses of a Rasa assistant (``utter_...``) as messages of Lex.

Source: the Rasa documentation, "Responses": variations, buttons, images, custom payloads,
channel-specific and conditional variations.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec

from daehwa.bot import flow_values
from daehwa.bot.foreign import lex_parts
from daehwa.bot.foreign.rasa.rasa_files import Sourced, entries, is_null
from daehwa.bot.yaml_reader import as_json

_PLACEHOLDER: Final = re.compile(r"\{([^\n{}]+?)\}")
_BRACKETS: Final = re.compile(r"\[([A-Za-z_][\w.:/-]*)\](?!\()", re.ASCII)
_OTHER_PARTS: Final = ("attachment", "elements", "quick_replies", "metadata", "id")

Conditions = tuple[tuple[str, str | None], ...]
Reply = Callable[[str, str], str]
"""The text that stands for a button's payload, given the payload and the button's title."""


class Variation(msgspec.Struct, frozen=True):
    """One way to say a response: its messages, and the slots on which it depends."""

    messages: tuple[flow_values.Message, ...]
    conditions: Conditions = ()


class SlotReferences:
    """How an intent names what it knows: slots of its own, and attributes of the session."""

    def __init__(self, own: Mapping[str, str], literals: Mapping[str, str]) -> None:
        self.own = own
        self.literals = literals
        self.attributes: set[str] = set()

    def reference(self, name: str) -> str:
        """``{slot}`` for a slot of the intent, ``[name]`` for what another place sets."""
        if name in self.own:
            return f"{{{self.own[name]}}}"
        self.attributes.add(name)
        return f"[{attribute_name(name)}]"

    def text(self, text: str) -> str:
        """A text of Rasa with its placeholders as Lex has them."""
        plain = _BRACKETS.sub(r"(\1)", text)

        def filled(match: re.Match[str]) -> str:
            name = match[1].strip()
            return self.literals.get(name) or self.reference(name)

        return _PLACEHOLDER.sub(filled, plain)


def attribute_name(slot: str) -> str:
    """The session attribute for a slot of Rasa."""
    return re.sub(r"[^\w.:/-]", "_", slot)


class Responses:
    """All responses by name, and those that were used."""

    def __init__(self, domain: Mapping[str, Sourced], notes: list[str]) -> None:
        self.domain = domain
        self.notes = notes
        self.used: set[str] = set()

    def __contains__(self, name: object) -> bool:
        return name in self.domain

    def place(self, name: str) -> str:
        """Where a response is written."""
        return f"{self.domain[name].place}, {name}" if name in self.domain else name

    def groups(
        self, name: str, wording: SlotReferences, reply: Reply
    ) -> list[flow_values.MessageGroup]:
        """The message groups of a response that is said whatever holds."""
        variations = self.variations(name, wording, reply)
        always = [each for each in variations if not each.conditions]
        if always != variations:
            self.note(f"{self.place(name)}: its variations with conditions are left out here")
        return self.grouped(always or variations[:1], self.place(name))

    def grouped(self, variations: list[Variation], place: str) -> list[flow_values.MessageGroup]:
        """The groups for variations of one response."""
        if not variations:
            return []
        if all(len(each.messages) == 1 for each in variations):
            return [lex_parts.group([each.messages[0] for each in variations], place, self.note)]
        if len(variations) > 1:
            self.note(
                f"{place}: of its {len(variations)} variations the first is carried: it is "
                "several messages in Lex"
            )
        return [lex_parts.group([message], place, self.note) for message in variations[0].messages]

    def variations(self, name: str, wording: SlotReferences, reply: Reply) -> list[Variation]:
        """The ways to say a response, without those for single channels."""
        self.used.add(name)
        listed = [each if isinstance(each, dict) else {"text": str(each)} for each in
                  entries(self.domain[name].value)]  # fmt: skip
        general = [each for each in listed if not each.get("channel")]
        channels = sorted({str(each["channel"]) for each in listed if each.get("channel")})
        if channels:
            self.note(
                f"{self.place(name)}: its variations for {', '.join(channels)} are left out"
                + ("" if general else "; the first of them is sent everywhere")
            )
        kept = general or listed[:1]
        made = [self.variation(each, self.place(name), wording, reply) for each in kept]
        return [each for each in made if each.messages]

    def variation(
        self, raw: dict[str, Any], place: str, wording: SlotReferences, reply: Reply
    ) -> Variation:
        """One variation as messages of Lex."""
        for part in _OTHER_PARTS:
            if raw.get(part) and part not in ("metadata", "id", "quick_replies"):
                self.note(f"{place}: its {part} is left out: Lex has no such message")
        text = "" if is_null(raw.get("text")) else wording.text(str(raw["text"])).strip()
        buttons = [
            each
            for member in ("buttons", "quick_replies")
            for each in entries(raw.get(member))
            if isinstance(each, dict)
        ]
        links = [each for each in buttons if each.get("url")]
        for link in links:
            text = f"{text}\n{link.get('title', '')}: {link['url']}".strip()
        buttons = [each for each in buttons if not each.get("url")]
        image = "" if is_null(raw.get("image")) else wording.text(str(raw["image"])).strip()
        messages = list(self.parts(text, image, buttons, place, reply))
        if isinstance(raw.get("custom"), dict):
            messages += self.custom(raw["custom"], place)
        return Variation(tuple(messages), tuple(self.conditions(raw, place)))

    def parts(
        self, text: str, image: str, buttons: list[dict[str, Any]], place: str, reply: Reply
    ) -> Iterator[flow_values.Message]:
        """Text, picture and buttons: a card has all three where the text is short enough."""
        if image and len(image) > lex_parts.LONGEST_TITLE:
            self.note(f"{place}: the picture's address is too long for a card, and becomes text")
            text, image = f"{text}\n{image}".strip(), ""
        if not image and not buttons:
            yield from (
                lex_parts.plain(part) for part in lex_parts.within(text, lex_parts.LONGEST_TEXT)
            )
            return
        title = text
        if len(text) > lex_parts.LONGEST_TITLE:
            *most, title = lex_parts.within(text, lex_parts.LONGEST_TEXT)
            if len(title) > lex_parts.LONGEST_TITLE:
                most, title = [*most, title], "…"
            yield from (lex_parts.plain(part) for part in most)
        title = title or PurePosixPath(urlsplit(image).path).stem or "…"
        shown = lex_parts.distinct(self.button(each, place, reply) for each in buttons)
        for first in range(0, max(len(shown), 1), lex_parts.MOST_BUTTONS):
            yield flow_values.Message(
                image_response_card=flow_values.ImageResponseCard(
                    title=title if first == 0 else "…",
                    image_url=image if first == 0 and image else None,
                    buttons_list=tuple(shown[first : first + lex_parts.MOST_BUTTONS]) or None,
                )
            )

    def button(self, raw: dict[str, Any], place: str, reply: Reply) -> flow_values.Button:
        """A button; what it sends is what a user would say in its place."""
        payload = str(raw.get("payload") or raw.get("value") or "")
        title = str(raw.get("title") or payload or "…").strip()
        value = reply(payload, title) if payload.startswith("/") else payload or title
        most = lex_parts.LONGEST_BUTTON
        if max(len(title), len(value)) > most:
            self.note(f'{place}: the button "{title}" is cut to {most} characters')
        return flow_values.Button(text=title[:most], value=(value or title)[:most])

    def custom(self, raw: dict[str, Any], place: str) -> list[flow_values.Message]:
        """A custom payload as it is, JSON in a text."""
        text = json.dumps(as_json(raw), ensure_ascii=False)
        if len(text) > lex_parts.LONGEST_TEXT:
            self.note(f"{place}: its custom payload is longer than Lex takes, and left out")
            return []
        return [flow_values.Message(custom_payload=flow_values.TextValue(value=text))]

    def conditions(self, raw: dict[str, Any], place: str) -> Iterator[tuple[str, str | None]]:
        """The slots, with their values, that a variation is for."""
        for each in entries(raw.get("condition")):
            if isinstance(each, dict) and each.get("type") == "slot" and each.get("name"):
                value = each.get("value")
                yield str(each["name"]), None if is_null(value) else str(value)
            else:
                self.note(f"{place}: a condition that is not of a slot is left out")

    def note(self, line: str) -> None:
        """Take a line for the report."""
        self.notes.append(line)
