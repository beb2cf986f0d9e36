"""The messages of Dialogflow ES: texts, cards, quick replies, pictures and payloads.

Source: the Dialogflow ES guide, "Rich response messages", and the types that exports number:
0 text, 1 card, 2 quick replies, 3 image, 4 payload.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from daehwa.bot import flow_values, slot_definition
from daehwa.bot.foreign import lex_parts
from daehwa.bot.foreign.notes import FittingNames

_PARAMETER: Final = re.compile(r"\$([^\W\d][\w-]*)(?:\.original)?")
_KINDS: Final = {
    "0": "text", "message": "text", "1": "card", "basic_card": "card", "2": "quick replies",
    "suggestion_chips": "quick replies", "3": "image", "4": "payload", "custom_payload": "payload",
    "simple_response": "simple response",
}  # fmt: skip


class AgentMessages:
    """Reads the replies of one intent in one language."""

    def __init__(
        self,
        title: str,
        language: str,
        names: FittingNames,
        slots: Mapping[str, slot_definition.Slot],
        notes: list[str],
    ) -> None:
        self.title = title
        self.language = language
        self.names = names
        self.slots = slots
        self.notes = notes

    def closing(self, response: Mapping[str, Any]) -> flow_values.ResponseSpecification | None:
        """What an intent says in the end; of messages for platforms, those for all of them."""
        messages = [
            each
            for each in response.get("messages") or ()
            if str(each.get("lang") or self.language).casefold() == self.language
        ]
        general = [each for each in messages if not each.get("platform")]
        platforms = sorted({str(each["platform"]) for each in messages if each.get("platform")})
        if platforms:
            self.note(
                f"its messages for {', '.join(platforms)} are left out"
                if general
                else f"it has messages for {', '.join(platforms)} only: they are sent everywhere"
            )
        groups = [group for each in general or messages for group in self.groups(each)]
        return lex_parts.response(lex_parts.groups_within(groups, self.title, self.notes.append))

    def groups(self, raw: Mapping[str, Any]) -> list[flow_values.MessageGroup]:
        """The message groups for one message."""
        kind = _KINDS.get(str(raw.get("type")), "")
        if kind == "text":
            return self.texts(raw.get("speech"))
        if kind == "simple response":
            items = [each.get("displayText") or each.get("textToSpeech") for each in
                     raw.get("items") or ()]  # fmt: skip
            return self.texts(items or raw.get("textToSpeech"))
        if kind == "payload":
            return self.payload(raw.get("payload"))
        if kind:
            return self.cards(raw)
        self.note(f"a rich message (type {raw.get('type')}) is left out")
        return []

    def cards(self, raw: Mapping[str, Any]) -> list[flow_values.MessageGroup]:
        """A card, a picture, or quick replies, which are a card's buttons."""
        replies = raw.get("replies") or [each.get("title") for each in raw.get("suggestions") or ()]
        return self.card(
            raw.get("title"),
            subtitle=raw.get("subtitle") or raw.get("formattedText"),
            image=raw.get("imageUrl") or (raw.get("image") or {}).get("url"),
            buttons=[
                *self.buttons(raw.get("buttons")),
                *(_button(str(each), str(each)) for each in replies if each),
            ],
        )

    def texts(self, speech: Any) -> list[flow_values.MessageGroup]:
        """A text with its variations; a long one is several messages."""
        listed = [speech] if isinstance(speech, str) else list(speech or ())
        texts = [self.text(str(each)) for each in listed if each and str(each).strip()]
        if len(texts) == 1:
            return [
                flow_values.MessageGroup(message=lex_parts.plain(part))
                for part in lex_parts.within(texts[0], lex_parts.LONGEST_TEXT)
            ]
        messages = [lex_parts.plain(text[: lex_parts.LONGEST_TEXT]) for text in texts]
        return [lex_parts.group(messages, self.title, self.notes.append)] if messages else []

    def card(
        self,
        title: Any,
        *,
        subtitle: Any = None,
        image: Any = None,
        buttons: list[flow_values.Button] | None = None,
    ) -> list[flow_values.MessageGroup]:
        """A card, and further ones where there are more buttons than Lex takes."""
        most = lex_parts.LONGEST_TITLE
        picture = str(image) if image else None
        if picture and len(picture) > most:
            self.note("a picture's address is too long for a card, and left out")
            picture = None
        shown = lex_parts.distinct(buttons or [])
        if not (title or subtitle or picture or shown):
            return []
        heading = self.text(str(title or subtitle or "…"))[:most]
        return [
            flow_values.MessageGroup(
                message=flow_values.Message(
                    image_response_card=flow_values.ImageResponseCard(
                        title=heading if first == 0 else "…",
                        subtitle=self.text(str(subtitle))[:most] if subtitle and title else None,
                        image_url=picture if first == 0 else None,
                        buttons_list=tuple(shown[first : first + lex_parts.MOST_BUTTONS]) or None,
                    )
                )
            )
            for first in range(0, max(len(shown), 1), lex_parts.MOST_BUTTONS)
        ]

    def buttons(self, raw: Any) -> list[flow_values.Button]:
        """A card's buttons; what leads to an address is not a button of Lex."""
        made = []
        for each in raw or ():
            title = str(each.get("text") or each.get("title") or "…")
            sent = str(each.get("postback") or title)
            address = (each.get("openUrlAction") or {}).get("url")
            if address or sent.startswith(("http://", "https://")):
                self.note(f'the button "{title}" opens {address or sent}: it is left out')
            else:
                made.append(_button(title, sent))
        return made

    def payload(self, raw: Any) -> list[flow_values.MessageGroup]:
        """A payload as it is, JSON in a text."""
        text = json.dumps(raw or {}, ensure_ascii=False)
        if len(text) > lex_parts.LONGEST_TEXT:
            self.note("a payload is longer than Lex takes, and left out")
            return []
        return [
            flow_values.MessageGroup(
                message=flow_values.Message(custom_payload=flow_values.TextValue(value=text))
            )
        ]

    def text(self, text: str) -> str:
        """A text with its parameters as Lex has them."""

        def named(match: re.Match[str]) -> str:
            name = self.names.of(match[1]) if match[1] in self.names else ""
            return f"{{{name}}}" if name in self.slots else match[0]

        return _PARAMETER.sub(named, text)

    def note(self, line: str) -> None:
        """Take a line for the report."""
        self.notes.append(f"{self.title}: {line}")


def _button(title: str, value: str) -> flow_values.Button:
    most = lex_parts.LONGEST_BUTTON
    return flow_values.Button(text=title[:most], value=value[:most])
