"""A turn as the terminal shows it: the words as they come, cards, and who answered."""

from __future__ import annotations

from typing import Final

import msgspec
from rich.console import Console

from daehwa import lex
from daehwa.chat import ChatEvent, ChatReply, DeltaEvent, ErrorBody, StatusEvent

_decode_status: Final = msgspec.json.Decoder(StatusEvent).decode
_decode_delta: Final = msgspec.json.Decoder(DeltaEvent).decode
_decode_error: Final = msgspec.json.Decoder(ErrorBody).decode
_decode_reply: Final = msgspec.json.Decoder(ChatReply).decode


class Screen:
    """Shows the events of one turn; ``buttons`` are those of its cards, to be chosen by number."""

    def __init__(self, console: Console) -> None:
        self.buttons: list[lex.Button] = []
        self._console = console
        self._streamed = ""
        self._lines: list[str] = []

    def show(self, event: ChatEvent) -> None:
        """Print what an event adds to what stands there."""
        if event.name == "status":
            self._show_status(_decode_status(event.data))
        elif event.name == "delta":
            delta = _decode_delta(event.data)
            self._streamed += delta.text
            self._console.print(delta.text, end="", markup=False)
        elif event.name == "error":
            self._show_line(_decode_error(event.data).error.message, "red")
        elif event.name == "done":
            self._show_reply(_decode_reply(event.data))

    def _show_status(self, status: StatusEvent) -> None:
        if status.state != "answering" and status.line is not None:
            self._show_line(status.line, "dim")

    def _show_line(self, line: str, style: str) -> None:
        self._console.print(line, markup=False, style=style)
        self._lines.append(line.strip())

    def _show_reply(self, reply: ChatReply) -> None:
        if self._streamed:
            self._console.print()
        # The answer was shown as it came, or why there is none; what the bot adds to it, such as a
        # prompt, was not.
        shown = {self._streamed.strip(), *self._lines}
        for message in reply.messages:
            if message.image_response_card is not None:
                self._show_card(message.image_response_card)
            elif message.content is not None and message.content.strip() not in shown:
                self._console.print(message.content, markup=False)
        about = reply.notice or reply.model
        if reply.source not in ("intent", "none"):
            about = ": ".join(filter(None, (reply.source, about)))
        if about:
            self._console.print(f"— {about}", markup=False, style="dim")

    def _show_card(self, card: lex.ImageResponseCard) -> None:
        self._console.print(card.title, markup=False, style="bold")
        if card.subtitle:
            self._console.print(card.subtitle, markup=False)
        for button in card.buttons or ():
            self.buttons.append(button)
            self._console.print(f"  {len(self.buttons)}. {button.text}", markup=False)
