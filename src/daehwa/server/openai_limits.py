"""Ends an answer at the limits that a client of the OpenAI-compatible API sets: texts, tokens."""

from __future__ import annotations

from bisect import bisect

from daehwa import answers
from daehwa.server.openai_requests import ModelRequest
from daehwa.server.openai_values import Finish

# How far an estimate may be above what a model counts: it has digits and spaces in tokens of many.
_SLACK = 3


class Limited:
    """Lets a text through up to the first of the request's ``stop`` texts, and so many tokens.

    The bot's words are estimated. A language model (``of_model``) counts its own tokens: its words
    are cut only where they are so many that it has not kept to the limit.
    """

    def __init__(self, request: ModelRequest, *, of_model: bool) -> None:
        self._stops = request.stop
        self._longest = max(map(len, self._stops), default=0)
        self._tokens = request.max_tokens
        if of_model and request.max_tokens is not None:
            self._tokens = request.max_tokens * _SLACK
        # What was given so far, estimated no lower than it is.
        self._used = 0
        self._held = ""
        self.text = ""
        self.finish: Finish | None = None

    def feed(self, piece: str) -> str:
        """Give the part of the text so far that may be passed on and was not yet."""
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

    def _tokens_with(self, more: str) -> int:
        return answers.tokens(self.text + more)

    def _give(self, letters: int) -> str:
        given, self._held = self._held[:letters], self._held[letters:]
        self._used += answers.tokens(given)
        if self._tokens is not None and self._used > self._tokens:
            self._used = self._tokens_with(given)
        if self._tokens is not None and self._used > self._tokens:
            self.finish = "length"
            lengths = range(1, len(given) + 1)
            given = given[
                : bisect(lengths, self._tokens, key=lambda n: self._tokens_with(given[:n]))
            ]
        self.text += given
        return given
