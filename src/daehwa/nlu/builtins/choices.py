"""Replies that leave a choice between two values of which one is named in part: an hour or two."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from daehwa.nlu.builtins import numbers
from daehwa.nlu.builtins.mention import Mention
from daehwa.nlu.languages import reading
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.text import Text

_SIGNS: Final = r"\s?[-–~/]\s?"


def leaves_choice(text: Text, value: Mention, setting: Setting) -> bool:
    """Whether a number stands beside a value, joined to it so that either may be meant."""
    between = _between(setting.locale)
    if between is not None and between.search(text.folded, 0, value.start):
        return True
    joints = _joints(setting.locale)
    behind = joints.match(text.folded, value.end)
    if behind is not None and numbers.amounts(text, behind.end(), setting):
        return True
    ends = [joint.start() for joint in joints.finditer(text.folded) if joint.end() == value.start]
    return bool(ends) and any(
        number.end in ends
        for start in text.places
        if start < ends[0]
        for number in numbers.amounts(text, start, setting)
    )


def may_join(text: Text, locale: str) -> bool:
    """Whether a text has words or signs that join two values of which either may be meant."""
    return _joints(locale).search(f"{text.folded} ") is not None


def joined(text: Text, first: Mention, second: Mention, locale: str) -> bool:
    """Whether nothing but a choice stands between two values: London *or* Paris."""
    between = text.folded[first.end : second.start]
    return _joints(locale).fullmatch(f"{between.rstrip()} ") is not None


def begins_range(text: Text, first: Mention, second: Mention, locale: str) -> bool:
    """Whether nothing but a range stands between two values: the 3rd *to* the 5th."""
    between = text.folded[first.end : second.start].removesuffix("the ").strip()
    return between in ("-", "–", "~") or between in _ranges(locale)


@cache
def _ranges(locale: str) -> frozenset[str]:
    return frozenset(word for language in reading(locale) for word in language.ranges)


@cache
def _between(locale: str) -> re.Pattern[str] | None:
    pairs = [language.between for language in reading(locale) if language.between]
    ranges = "|".join(rf"\b{start} .* {joint} $" for start, joint in pairs)
    return re.compile(ranges) if pairs else None


@cache
def _joints(locale: str) -> re.Pattern[str]:
    words = {re.escape(word) for language in reading(locale) for word in language.choices}
    spoken = rf"\s?(?:{'|'.join(sorted(words))})\s|" if words else ""
    return re.compile(spoken + _SIGNS)
