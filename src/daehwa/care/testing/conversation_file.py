"""Test files in YAML: read into conversations; what is wrong has line, column and cure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeAlias, get_args

from daehwa import bot, lex
from daehwa.care.errors import TestingError
from daehwa.care.testing import expecting
from daehwa.care.testing.playing import Expectation
from daehwa.care.testing.scripting import read_hooks, read_model
from daehwa.care.testing.values import Conversation, ConversationTurn

SETTINGS: Final = ("bot", "locale", "now", "hooks", "model", "attributes", "skip")
OF_CONVERSATION: Final = (*SETTINGS, "name", "turns")
OF_FILE: Final = (*SETTINGS, "conversations", "turns")
REQUEST: Final = ("user", "after", "with")
_UNITS: Final = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}
_AFTER: Final = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd]?)")
_NO_VALUE: Final = "leave the line out, or put null in quotes where it is the text."
_Keys: TypeAlias = tuple[str | int, ...]


def read_test_file(path: Path, shown_as: str | None = None) -> list[Conversation]:
    """The conversations of a test file; ``shown_as`` is what messages call it.

    Raises:
        TestingError: it cannot be read, or something in it is wrong: everything, a line each.
    """
    name = shown_as or str(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
        file = bot.read_yaml(text, name)
    except UnicodeDecodeError:
        raise TestingError(f"{name} is not UTF-8 text: save it as UTF-8") from None
    except OSError as error:
        raise TestingError(f"{name} cannot be read: {error.strerror}") from None
    except bot.YamlError as error:
        raise TestingError(str(error)) from None
    reader = FileReader(file, name)
    conversations = list(reader.conversations(path.stem))
    if reader.problems:
        raise TestingError("\n".join(reader.problems))
    return conversations


class FileReader:
    """Reads the values of a file; ``problems`` is all that is wrong with them."""

    def __init__(self, file: bot.YamlFile, name: str) -> None:
        self.problems: list[str] = []
        self._file = file
        self._name = name

    def wrong(self, keys: _Keys, why: str) -> None:
        """Note what is wrong with the value of a path."""
        problem = f"{self._file.place(keys)}: {why}"
        # What a file says for all its conversations is read for each of them.
        if problem not in self.problems:
            self.problems.append(problem)

    # --- conversations ----------------------------------------------------------------

    def conversations(self, stem: str) -> Iterator[Conversation]:
        """Every conversation of the file; ``stem`` names the only one."""
        value = self._file.value
        if isinstance(value, list):
            yield self._conversation(stem, {"turns": value}, (), {})
            return
        if not isinstance(value, dict):
            self.wrong((), "a test is a list of turns, or a mapping with 'conversations'.")
            return
        self.known(value, (), OF_FILE)
        shared = {name: value[name] for name in SETTINGS if name in value}
        if ("turns" in value) == ("conversations" in value):
            self.wrong((), "write either 'turns', for one conversation, or 'conversations'.")
        elif "turns" in value:
            yield self._conversation(stem, value, (), {})
        else:
            yield from self._several(value["conversations"], shared)

    def _several(self, value: Any, shared: dict[str, Any]) -> Iterator[Conversation]:
        keys: _Keys = ("conversations",)
        if isinstance(value, dict):
            named = [(str(name), each, (*keys, name)) for name, each in value.items()]
        elif isinstance(value, list):
            named = [(self._name_of(each, at), each, (*keys, at)) for at, each in enumerate(value)]
        else:
            self.wrong(keys, "conversations are a mapping of names to turns.")
            return
        for name, each, place in named:
            given = {"turns": each} if isinstance(each, list) else each
            if not isinstance(given, dict):
                self.wrong(place, "a conversation is a list of turns, or a mapping with 'turns'.")
                continue
            if given is each:
                self.known(given, place, OF_CONVERSATION)
            yield self._conversation(name, given, place, shared)

    @staticmethod
    def _name_of(value: Any, at: int) -> str:
        name = value.get("name") if isinstance(value, dict) else None
        return name if isinstance(name, str) else f"conversation {at + 1}"

    def _conversation(
        self, name: str, given: dict[str, Any], keys: _Keys, shared: dict[str, Any]
    ) -> Conversation:
        def setting(member: str) -> tuple[Any, _Keys]:
            if member in given:
                return given[member], (*keys, member)
            return shared.get(member), (member,)

        place = (*keys, "turns") if (*keys, "turns") in self._file.places else keys
        turns = self._turns(given.get("turns"), place)
        hooks, hook_keys = setting("hooks")
        model, model_keys = setting("model")
        return Conversation(
            name=name,
            file=self._name,
            line=self._file.place(keys).line,
            turns=tuple(turns),
            bot=self.text(*setting("bot")),
            locale=self.text(*setting("locale")),
            now=self._now(*setting("now")),
            hooks=read_hooks(self, hooks, hook_keys),
            model=read_model(self, model, model_keys),
            attributes=self.texts(*setting("attributes")) or {},
            skip=self.text(*setting("skip")),
        )

    def _now(self, value: Any, keys: _Keys) -> datetime | None:
        text = self.text(value, keys)
        if text is None:
            return None
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            self.wrong(keys, f"{text!r} is not a time: write it as 2026-05-01T09:00+09:00.")
            return None

    # --- turns ------------------------------------------------------------------------

    def _turns(self, value: Any, keys: _Keys) -> Iterable[ConversationTurn]:
        if not isinstance(value, list) or not value:
            self.wrong(keys, "turns are a list, such as '- user: hello'.")
            return []
        turns: list[ConversationTurn] = []
        for at, item in enumerate(value):
            place = (*keys, at)
            if not isinstance(item, dict):
                self.wrong(place, "a turn is a mapping: write '- user: ' before what is said.")
                continue
            self.known(item, place, (*REQUEST, *EXPECTED))
            expectations = tuple(self._expectations(item, place))
            if "user" in item:
                turns.append(self._turn(item, place, expectations))
            elif any(member in item for member in REQUEST):
                self.wrong(place, "this turn says nothing: add 'user'.")
            elif not turns:
                self.wrong(place, "the first turn needs 'user': a bot replies, it does not begin.")
            else:
                turns[-1] = _with_more(turns[-1], expectations)
        return turns

    def _turn(
        self, item: dict[str, Any], keys: _Keys, expectations: tuple[Expectation, ...]
    ) -> ConversationTurn:
        sent = item.get("with")
        if sent is not None and not isinstance(sent, dict):
            self.wrong((*keys, "with"), "'with' has 'attributes' and 'requestAttributes'.")
            sent = None
        sent = sent or {}
        self.known(sent, (*keys, "with"), ("attributes", "requestAttributes"))
        return ConversationTurn(
            text=self.text(item["user"], (*keys, "user")) or "",
            line=self._file.place(keys).line,
            pause=self._seconds(item.get("after"), (*keys, "after")),
            attributes=self.texts(sent.get("attributes"), (*keys, "with", "attributes")),
            request_attributes=self.texts(
                sent.get("requestAttributes"), (*keys, "with", "requestAttributes")
            ),
            expectations=expectations,
        )

    def _seconds(self, value: Any, keys: _Keys) -> float:
        text = self.text(value, keys)
        if text is None:
            return 0
        match = _AFTER.fullmatch(text)
        if match is None:
            self.wrong(keys, f"{text!r} is not a length of time: write 90, 90s, 5m, 2h or 1d.")
            return 0
        return float(match[1]) * _UNITS[match[2]]

    def _expectations(self, item: dict[str, Any], keys: _Keys) -> Iterator[Expectation]:
        for member, value in item.items():
            if member in EXPECTED:
                yield from EXPECTED[member](self, value, (*keys, member))

    # --- values -----------------------------------------------------------------------

    def known(self, value: Mapping[str, Any], keys: _Keys, members: Iterable[str]) -> None:
        """Note members that there are not, with the nearest that there is."""
        members = list(members)
        for name in value:
            if name not in members:
                close = difflib.get_close_matches(name, members, n=1)
                cure = f"Write '{close[0]}'" if close else f"There are {', '.join(members)}"
                self.wrong((*keys, name), f"'{name}' is not known here. {cure}.")

    def text(self, value: Any, keys: _Keys) -> str | None:
        """A text, ``None`` where there is no value."""
        if value is None:
            return None
        if not isinstance(value, str):
            self.wrong(keys, f"'{keys[-1]}' is a text.")
            return None
        if is_nothing(value):
            self.wrong(keys, f"'{keys[-1]}' has no value: {_NO_VALUE}")
            return None
        return str(value)

    def word(self, value: Any, keys: _Keys, words: tuple[str, ...]) -> str | None:
        """A text that is, or whose first word is, one of ``words``; ``None`` for no value."""
        text = self.text(value, keys)
        if text is None or text.partition(" ")[0] in words:
            return text
        close = difflib.get_close_matches(text, words, n=1) or [", ".join(words)]
        self.wrong(keys, f"'{keys[-1]}' cannot be {text!r}. Write {close[0]}.")
        return None

    def sentence(self, value: Any, keys: _Keys) -> str | None:
        """A text that somebody says: no null and no truth value, unless in quotes."""
        text = self.text(value, keys)
        if text is not None and isinstance(bot.as_json(value), bool):
            self.wrong(keys, f"{text} is not a text here: put it in quotes to send it as one.")
            return None
        return text

    def texts(self, value: Any, keys: _Keys) -> dict[str, str] | None:
        """A mapping of texts, ``None`` where there is no value."""
        if value is None:
            return None
        if not isinstance(value, dict):
            self.wrong(keys, f"'{keys[-1]}' is a mapping of names to texts.")
            return None
        read = {name: self.text(each, (*keys, name)) for name, each in value.items()}
        return {name: each for name, each in read.items() if each is not None}

    def pattern(self, text: str, keys: _Keys) -> None:
        """Note a pattern that is not valid."""
        if expecting.is_pattern(text):
            try:
                re.compile(text[1:-1])
            except re.error as error:
                self.wrong(keys, f"{text} is not a regular expression: {error}.")


def _with_more(turn: ConversationTurn, more: tuple[Expectation, ...]) -> ConversationTurn:
    """The turn with further expectations; messages that stand in items of their own follow."""
    both = [*turn.expectations, *more]
    spoken = [each for each in both if each.member == "bot"]
    if len(spoken) > 1:
        joined = spoken[0]
        for each in spoken[1:]:
            joined = Expectation(
                member="bot",
                wanted={"messages": joined.wanted["messages"] + each.wanted["messages"]},
                shown=f"{joined.shown} / {each.shown}",
            )
        both = [each for each in both if each.member != "bot"] + [joined]
    values = {name: getattr(turn, name) for name in turn.__struct_fields__}
    return ConversationTurn(**values | {"expectations": tuple(both)})


# --- what the members of a turn expect ------------------------------------------------


def _bot(reader: FileReader, value: Any, keys: _Keys) -> Iterator[Expectation]:
    items = value if isinstance(value, list) else [value]
    kept = [
        item
        for at, item in enumerate(items)
        if _is_message(reader, item, (*keys, at), last=at == len(items) - 1)
    ]
    if len(kept) == len(items):
        yield expecting.bot_expectation(items)


def _is_message(reader: FileReader, item: Any, keys: _Keys, *, last: bool) -> bool:
    before = len(reader.problems)
    if is_nothing(item):
        reader.wrong(keys, "this is empty: write what the bot says, or [] if it says nothing.")
    elif isinstance(item, str):
        reader.pattern(item, keys)
        if item == "..." and not last:
            reader.wrong(keys, "'...' has to be at the end: it lets more messages follow.")
    elif isinstance(item, dict) and "one of" in item:
        reader.known(item, keys, ["one of"])
        if not _are_texts(item["one of"]):
            reader.wrong(keys, "'one of' is a list of texts.")
    elif isinstance(item, dict) and "card" in item:
        reader.known(item, keys, ["card", "subtitle", "buttons"])
        if not isinstance(item["card"], str) or not isinstance(item.get("subtitle", ""), str):
            reader.wrong(keys, "'card' is the card's title, and 'subtitle' a text.")
        if not _are_texts(item.get("buttons", [])):
            reader.wrong(keys, "'buttons' are a list of the texts on them.")
    else:
        why = "a message is a text, a /pattern/, {card: Title} or {one of: [A, B]}."
        reader.wrong(keys, why)
    return len(reader.problems) == before


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _slots(reader: FileReader, value: Any, keys: _Keys) -> Iterator[Expectation]:
    if not isinstance(value, dict):
        reader.wrong(keys, "'slots' is a mapping of names to values.")
        return
    for name, each in value.items():
        yield expecting.slot_expectation(name, slot_content(reader, each, (*keys, name)))


def slot_content(reader: FileReader, value: Any, keys: _Keys) -> Any:
    """A slot's value, with ``~`` for none; numbers stay as they are written."""
    if isinstance(value, list):
        return [slot_content(reader, each, (*keys, at)) for at, each in enumerate(value)]
    if isinstance(value, dict):
        return {name: slot_content(reader, each, (*keys, name)) for name, each in value.items()}
    if is_nothing(value):
        return None
    reader.pattern(value, keys)
    return str(value)


def is_nothing(value: Any) -> bool:
    """Whether a scalar stands for no value: ``~``, ``null``, or nothing at all."""
    return isinstance(value, bot.Plain) and bot.as_json(value) is None


def _word(
    make: Callable[[str], Expectation], words: tuple[str, ...] = ()
) -> Callable[[FileReader, Any, _Keys], Iterator[Expectation]]:
    """A member that is a text; one of ``words``, where there are some."""

    def read(reader: FileReader, value: Any, keys: _Keys) -> Iterator[Expectation]:
        text = reader.word(value, keys, words) if words else reader.text(value, keys)
        if text is not None:
            yield make(text)

    return read


def _intent_member(member: str) -> Callable[[str], Expectation]:
    return lambda text: expecting.intent_member_expectation(member, text)


def _attributes(reader: FileReader, value: Any, keys: _Keys) -> Iterator[Expectation]:
    if not isinstance(value, dict):
        reader.wrong(keys, "'attributes' is a mapping of names to texts.")
        return
    for name, each in value.items():
        text = None if is_nothing(each) else reader.text(each, (*keys, name))
        yield expecting.attribute_expectation(name, text)


def _contexts(reader: FileReader, value: Any, keys: _Keys) -> Iterator[Expectation]:
    if _are_texts(value):
        yield expecting.contexts_expectation([str(each) for each in value])
    else:
        reader.wrong(keys, "'contexts' are a list of names.")


def _confidence(reader: FileReader, value: Any, keys: _Keys) -> Iterator[Expectation]:
    number = bot.as_json(value)
    if isinstance(number, bool) or not isinstance(number, int | float) or not 0 <= number <= 1:
        reader.wrong(keys, "'confidence' is a number from 0 to 1.")
        return
    least = {"atLeast": number}
    yield Expectation(member="confidence", wanted={"confidence": least}, shown=f"at least {number}")


def _source(text: str) -> Expectation:
    return expecting.member_expectation("source", expecting.text_expected(text), text)


def _expect(reader: FileReader, value: Any, keys: _Keys) -> Iterator[Expectation]:
    if not isinstance(value, dict):
        reader.wrong(keys, "'expect' is a mapping of members of Lex's response.")
        return
    wanted = bot.as_json(value)
    yield Expectation(member="expect", wanted=wanted, shown=expecting.shown(wanted))


EXPECTED: Final[Mapping[str, Callable[[FileReader, Any, _Keys], Iterator[Expectation]]]] = {
    "bot": _bot,
    "intent": _word(expecting.intent_expectation),
    "slots": _slots,
    "asks": _word(expecting.asks_expectation),
    "action": _word(expecting.action_expectation, get_args(lex.DialogActionType)),
    "state": _word(_intent_member("state"), get_args(lex.IntentState)),
    "confirmation": _word(_intent_member("confirmation"), get_args(lex.ConfirmationState)),
    "source": _word(_source),
    "attributes": _attributes,
    "contexts": _contexts,
    "confidence": _confidence,
    "error": _word(expecting.error_expectation),
    "expect": _expect,
}
"""What reads each member of a turn that expects something."""
