"""Whether a reply to a prompt is a question to the bot, or holds one beside its value.

Lex reads every reply as a value, a yes or no, or another intent. What asks something of the bot
can be answered before the prompt is put again; to take a value for a question would be worse than
to miss a question, so a known value decides against it wherever it is only offered.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache
from typing import Final, Literal, TypeAlias

from daehwa import lex
from daehwa.nlu.languages import FALLBACK
from daehwa.nlu.languages import reading as languages_read
from daehwa.nlu.languages.patterns import compiled
from daehwa.nlu.languages.speech_acts import VALUE, Questions
from daehwa.nlu.languages.text import Text

Question: TypeAlias = Literal["Instead", "Besides"]

_CLAUSES: Final = re.compile(r"[^.!?…。\n]*(?:[.!?…。]+|\n|$)")
_MARKED: Final = re.compile(r"[.!?…。\n]")
_MARKS: Final = str.maketrans("’？！", "'?!")
_WITHIN_NUMBERS: Final = re.compile(r"(?<=\w)\.(?=\w)")
# A value, and after a comma what is asked besides: *the 3rd, do you need a deposit?*
_LED: Final = re.compile(rf"^[^,?]{{0,16}}{VALUE}(?:[^,?]{{0,12}},|인데요?)\s*\S")
_PLAIN: Final = 0.9
_PART: Final = 0.6
_NAME: Final = 4


def question(
    text: str,
    locale: str,
    *,
    reading: lex.Reading | None = None,
    values: Collection[str] = (),
    any_text: bool = False,
) -> Question | None:
    """What a reply asks in a locale (``ko_KR``); ``None`` where it asks nothing.

    ``reading`` is the reply as a value of the slot that is elicited, ``values`` are the words of
    values that it gives otherwise. ``any_text``: the slot takes any text. A language without
    patterns of its own is read by those of English: the mark, and what is mixed in.
    """
    parts = _parts(locale) or _parts(FALLBACK)
    folded = text.casefold().translate(_MARKS).strip()
    if not parts or not folded:
        return None
    if any_text:
        return "Instead" if any(_breaks_off(part, folded) for part in parts) else None
    clauses = _split(folded)
    if (reading is not None or values) and not any(_may_ask(parts, each) for each in clauses):
        return None  # what most replies are, at little cost
    known = {word.casefold() for word in values}
    if reading is not None:
        known.update(_known_words(parts, reading, folded, locale))
    loosely = reading is None and not known
    asks, gives = False, False
    for clause in clauses:
        marked = _marked(clause, known)
        if any(compiled(part.never).search(clause) for part in parts):
            gives = gives or VALUE in marked
        elif any(_asks(part, clause, marked, loosely=loosely) for part in parts):
            asks = True
            gives = gives or _gives(parts, clause, marked, known)
        else:
            gives = gives or VALUE in marked
    if not asks:
        return None
    return "Besides" if gives else "Instead"


def _known_words(
    parts: Iterable[Questions], reading: lex.Reading, folded: str, locale: str
) -> Iterable[str]:
    """The words of a reply's value that is one however it is asked: that is known, or a name."""
    read = [reading.slot, *reading.others.values()]
    words = [word.casefold() for slot in read for word in originals(slot)]
    # An open type takes whole sentences; a name is a value all the same, where it is known or
    # short: 유나요? is not a question.
    if reading.score >= _PLAIN or (
        _is_listed(reading.slot) and sum(map(len, words)) <= _PART * len(folded)
    ):
        return words
    if asks_more(folded, locale) or _asks_for_existing(parts, folded):
        return ()  # a sauna? is a value, a sauna too? is none
    return [w for w in words if _is_short(w) and not _is_word_of(parts, w)]


def _may_ask(parts: Iterable[Questions], clause: str) -> bool:
    return any(compiled(part.clear).search(clause) for part in parts)


def asks_terms(text: str, locale: str) -> bool:
    """Whether a question asks on what terms something is done, as its price or its deadline."""
    folded = text.casefold().translate(_MARKS)
    return any(compiled(part.terms).search(folded) for part in _parts(locale) or _parts(FALLBACK))


def asks_more(text: str, locale: str) -> bool:
    """Whether a question asks for something besides what is offered, as *trikes too?* does."""
    folded = text.casefold().translate(_MARKS)
    return any(
        compiled(part.clear).search(folded) and compiled(part.further).search(folded)
        for part in _parts(locale) or _parts(FALLBACK)
    )


def _asks_for_existing(parts: Iterable[Questions], folded: str) -> bool:
    return any(part.existing and compiled(part.existing).search(folded) for part in parts)


def without_wishes(text: Text, locale: str) -> Text:
    """A text, or its like with blanks where it wishes somebody well or greets: good morning."""
    for part in _parts(locale) or _parts(FALLBACK):
        if not any(hint in text.folded for hint in part.wish_hints):
            continue
        spans = [match.span() for match in compiled(part.wishes).finditer(text.folded)]
        if spans and len(text.folded) == len(text.raw):
            raw = text.raw
            for start, end in spans:
                raw = raw[:start] + " " * (end - start) + raw[end:]
            return Text(raw) if raw.strip() else Text("-")
    return text


@cache
def _parts(locale: str) -> tuple[Questions, ...]:
    """The patterns of the languages that are read in a locale."""
    return tuple(part for one in languages_read(locale) if (part := one.questions) is not None)


def _asks(part: Questions, clause: str, marked: str, *, loosely: bool) -> bool:
    """Whether a sentence asks; ``marked`` is the same with ``VALUE`` in place of values."""
    forms = (part.clear, *([part.likely] if loosely else ()))
    if not any(compiled(form).search(clause) for form in forms):
        return False
    always = any(
        form is not None and compiled(form).search(clause) for form in (part.habits, part.doubled)
    )
    return VALUE not in marked or always or not compiled(part.offers).search(marked)


def _gives(parts: Iterable[Questions], clause: str, marked: str, known: Collection[str]) -> bool:
    """Whether a sentence that asks gives a value besides."""
    if _LED.search(marked) is not None or _is_led(clause, known):
        return True
    return VALUE in marked and any(
        part.doubled and compiled(part.doubled).search(clause) for part in parts
    )


def _breaks_off(part: Questions, text: str) -> bool:
    if compiled(part.about_reply).search(text):
        return True
    asks = any(_asks(part, clause, clause, loosely=False) for clause in _split(text))
    return compiled(part.breaking_off).search(text) is not None and asks


def _split(text: str) -> list[str]:
    """The sentences, each with its mark; a point within a number ends none."""
    if not _MARKED.search(text):  # as most replies
        return [clause] if (clause := text.strip()) else []
    whole = _WITHIN_NUMBERS.sub("·", text)
    return [clause for match in _CLAUSES.finditer(whole) if (clause := match[0].strip())]


def _marked(clause: str, values: Collection[str]) -> str:
    """The clause with ``VALUE`` in place of each value."""
    inside = {_WITHIN_NUMBERS.sub("·", value) for value in values}
    if clause in inside:  # most replies need no pattern of their own compiled
        return VALUE
    whole = {value for value in inside if value in clause}
    # The words of some values stand apart: 10:30 in the morning.
    apart = {word for value in inside - whole for word in value.split() if word in clause}
    for words in sorted(whole | apart, key=len, reverse=True):
        clause = re.sub(rf"(?<![0-9a-z]){re.escape(words)}(?![0-9a-z])", VALUE, clause)
    return clause


def _is_led(clause: str, values: Collection[str]) -> bool:
    """Whether a value that is a sentence stands before the question, as in *물이 새요 왜죠*."""
    return any(
        len(value) >= _NAME and value.endswith(("요", "죠")) and clause.startswith(f"{value} ")
        for value in values
    )


def _is_short(words: str) -> bool:
    return len(words) <= _NAME and " " not in words


def _is_word_of(parts: Iterable[Questions], word: str) -> bool:
    return any(compiled(part.likely).search(word) for part in parts)


def _is_listed(slot: lex.Slot) -> bool:
    return slot.value is not None and bool(slot.value.resolved_values)


def originals(slot: lex.Slot) -> list[str]:
    """The parts of a text that a slot's values were read from, those of a list one by one."""
    parts = [*(slot.values or ()), *(slot.sub_slots or {}).values()]
    words = [word for part in parts if part is not None for word in originals(part)]
    if not words and slot.value is not None and slot.value.original_value:
        words.append(slot.value.original_value)
    return words
