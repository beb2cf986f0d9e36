"""Laying a template over a text: where its literal words stand, its slots are what is between."""

from __future__ import annotations

from daehwa.nlu.builtins import Text
from daehwa.nlu.languages.spans import Span
from daehwa.nlu.languages.suffixes import other_form
from daehwa.nlu.slots.templates import Template

_MARKS = " .,!?~;:"


class Alignment:
    """A template ready to be laid over texts."""

    def __init__(self, template: Template, requests: tuple[str, ...] = ()) -> None:
        """Get a template ready; one that ends in one of ``requests`` fits with all of them."""
        self._parts: list[tuple[str, ...] | str] = []  # variants of literal words, or a slot
        for piece in template:
            if piece.slot is not None:
                self._parts.append(piece.slot)
                continue
            literal = Text(piece.text).folded
            spaced_before = piece.text[:1].isspace()
            spaced_after = piece.text[-1:].isspace()
            literal = literal.rstrip("".join(_MARKS)) if piece is template[-1] else literal
            literal = literal.strip()
            if not literal:
                continue
            variants = [literal]
            if not spaced_before and self._parts:
                other = other_form(literal)
                variants += [other] if other else []
            if piece is template[-1]:
                variants += _requested_otherwise(literal, requests)
            lead = " " if spaced_before and self._parts else ""
            trail = " " if spaced_after and piece is not template[-1] else ""
            self._parts.append(tuple(f"{lead}{v}{trail}" for v in variants))
        self.literal = any(isinstance(part, tuple) for part in self._parts)
        # Two slots with nothing between them cannot be separated by laying over.
        self.usable = self.literal and not any(
            isinstance(a, str) and isinstance(b, str)
            for a, b in zip(self._parts, self._parts[1:], strict=False)
        )

        self.words = " ".join(part[0].strip() for part in self._parts if isinstance(part, tuple))
        """The literal words."""

    def lay(self, text: Text, start: int = 0) -> dict[str, Span] | None:
        """The spans of the slots, or ``None`` when the literal words do not fit from ``start``."""
        if not self.usable:
            return None
        folded = text.folded
        end = len(folded)
        while end and folded[end - 1] in _MARKS:
            end -= 1
        spans: dict[str, Span] = {}
        return spans if self._lay(0, folded[:end], text.skip(start, _MARKS), spans) else None

    def _lay(self, index: int, folded: str, at: int, spans: dict[str, Span]) -> bool:
        if index == len(self._parts):
            return at == len(folded)
        part = self._parts[index]
        if isinstance(part, tuple):
            for variant in part:
                if folded.startswith(variant, at) and self._lay(
                    index + 1, folded, at + len(variant), spans
                ):
                    return True
            return False
        if index + 1 == len(self._parts):
            spans[part] = Span(at, len(folded))
            return at < len(folded)
        following = self._parts[index + 1]
        for variant in following:
            place = folded.find(variant, at + 1)
            while place > 0:
                spans[part] = Span(at, place)
                if self._lay(index + 1, folded, place, spans):
                    return True
                place = folded.find(variant, place + 1)
        return False


def _requested_otherwise(literal: str, requests: tuple[str, ...]) -> list[str]:
    """The other ways to end a request: 틀어줘, 틀어 주세요."""
    own = next((r for r in sorted(requests, key=len, reverse=True) if literal.endswith(r)), None)
    if own is None:
        return []
    stem = literal.removesuffix(own).rstrip()
    return [f"{stem}{gap}{other}" for other in requests for gap in ("", " ") if stem]
