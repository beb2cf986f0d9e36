"""Where an answer ends that a client of the OpenAI-compatible API limits: its texts, its tokens."""

from __future__ import annotations

from daehwa import answers
from daehwa.server.openai_requests import ModelRequest
from daehwa.server.openai_shapes import Finish


class Limited:
    """Lets a text through up to the first of the request's ``stop`` texts, and so many tokens.

    A language model (``of_model``) counts its own tokens; the bot's words are estimated.
    """

    def __init__(self, request: ModelRequest, *, of_model: bool) -> None:
        self._stops = request.stop
        self._longest = max(map(len, self._stops), default=0)
        self._tokens = None if of_model else request.max_tokens
        self._held = ""
        self.text = ""
        self.finish: Finish | None = None

    def feed(self, piece: str) -> str:
        """Give what of the text so far is let through and was not given yet."""
        if self.finish is not None:
            return ""
        self._held += piece
        places = [place for stop in self._stops if (place := self._held.find(stop)) >= 0]
        if places:
            self.finish = "stop"
            return self._give(min(places))
        return self._give(len(self._held) - self._beginning())

    def close(self) -> str:
        """Give what was held back, at the end of the text."""
        return "" if self.finish is not None else self._give(len(self._held))

    def _beginning(self) -> int:
        """Count the letters at the end that may begin a text that stops."""
        for length in range(min(self._longest - 1, len(self._held)), 0, -1):
            if any(stop.startswith(self._held[-length:]) for stop in self._stops):
                return length
        return 0

    def _give(self, letters: int) -> str:
        given, self._held = self._held[:letters], self._held[letters:]
        if self._tokens is not None and answers.tokens(self.text + given) > self._tokens:
            self.finish = "length"
            while given and answers.tokens(self.text + given) > self._tokens:
                given = given[:-1]
        self.text += given
        return given
