"""The scenario file: rules, bots and conversations, one TOML file for a section of the rules.

A file has a title, ``[rules]`` (id = the rule in our own words), ``[bots.NAME]`` (see
``conformance.bots``) and any number of ``[[scenario]]``::

    [[scenario]]
    name = "an answer that does not fit is asked for again"
    shows = ["4.3.2-retries"]
    bot = "Hotel"
    turns = [
      { says = "book a room", messages = ["Which city?"], action = "ElicitSlot City" },
      { says = "blah", messages = ["Which city?"] },
    ]

Expected messages that are texts are plain-text messages; others are tables of Lex's own
members. ``expect`` takes any member of the response, in Lex's own shape, and wants a subset.
A text ``"<5000 letters>"`` is so many letters, for what has a size.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

SCENARIOS: Final = Path(__file__).parent / "scenarios"


_LETTERS: Final = re.compile(r"<(\d+) letters>")
_NUMBERED: Final = re.compile(r"(?P<number>\d+(?:\.\d+)*)\.? (?P<title>.+)")


class ScenarioError(Exception):
    """A scenario file is wrong; the message names the file and the place."""


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of a file's parts: an unknown member is an error, so that a slip is not silent."""


class State(_Part, frozen=True):
    """A session state in few words: what a client sends, or what a code hook replies.

    ``action`` is ``"ElicitSlot City"`` or another dialog action. ``slots`` maps names to
    interpreted values; ``"<null>"`` empties one, a table is a slot as it is on the wire.
    ``contexts`` are names, or tables as on the wire. ``raw`` is taken over as it is.
    """

    action: str | None = None
    intent: str | None = None
    slots: dict[str, Any] | None = None
    state: str | None = None
    confirmation: str | None = None
    attributes: dict[str, str] | None = None
    contexts: list[Any] | None = None
    raw: dict[str, Any] = msgspec.field(default_factory=dict)


class Call(State, frozen=True):
    """A call of the code hook: what the event must hold, and the reply.

    ``label`` and ``source`` and ``event`` (a subset) are expected of the event. The reply is
    the state with the event's own intent where nothing else is said, ``messages`` (texts or
    tables) and ``requestAttributes``; or ``payload``, sent as it is; or nothing: ``raises`` an
    error with these words, or ``hangs`` beyond the time limit.
    """

    label: str | None = None
    source: str | None = None
    event: dict[str, Any] = msgspec.field(default_factory=dict)
    messages: list[Any] | None = None
    request_attributes: dict[str, str] | None = msgspec.field(
        name="requestAttributes", default=None
    )
    payload: Any = None
    raises: str | None = None
    hangs: bool = False


class Turn(_Part, frozen=True):
    """A request and what is expected of its response.

    The operation: ``says`` (RecognizeText; ``times`` repeats the text), ``utters``
    (RecognizeUtterance in text), ``puts`` (PutSession, with ``gives`` as its messages),
    ``gets``, ``deletes``. ``with_`` (``with`` in the file) is the session state sent along.
    ``address`` changes labels of the path. ``after`` lets so many seconds pass before it;
    ``leads`` first makes the bot of that name a new version and leads the alias to it.
    ``calls`` are the code hook's, in order and complete. ``logs`` is expected of the turn's
    record in the conversation log (a subset), ``hides`` are texts that are nowhere in it.
    """

    says: str | None = None
    times: int = 1
    utters: str | None = None
    puts: State | None = None
    gives: list[Any] | None = None
    gets: bool = False
    deletes: bool = False
    with_: State | None = msgspec.field(name="with", default=None)
    request_attributes: dict[str, str] | None = msgspec.field(
        name="requestAttributes", default=None
    )
    address: dict[str, str] = msgspec.field(default_factory=dict)
    after: float = 0
    leads: str | None = None
    calls: list[Call] = msgspec.field(default_factory=list)

    messages: list[Any] | None = None
    action: str | None = None
    intent: Any = None
    state: str | None = None
    confirmation: str | None = None
    slots: dict[str, Any] | None = None
    attributes: dict[str, Any] | None = None
    contexts: list[str] | None = None
    interpretations: list[str] | None = None
    error: str | None = None
    says_why: str | None = msgspec.field(name="saysWhy", default=None)
    expect: dict[str, Any] = msgspec.field(default_factory=dict)
    logs: dict[str, Any] | None = None
    hides: list[str] = msgspec.field(default_factory=list)


class Scenario(_Part, frozen=True):
    """A conversation that shows rules.

    ``bot`` is a bot of the suite, or ``example:NAME`` (bundled), ``material:EXPORT`` (of
    ``tests/material/bots``) or ``shared:EXPORT`` (of ``../shared/bots``). ``clock`` sets the
    time, which only the runner in process can do, as it does without the ``quotas`` of Lex's
    sizes, detects the ``sentiment`` of what is said, and leads aliases to versions. ``hook`` names
    a function ``module:function`` in place of scripted calls. ``readings`` are turns in few words:
    replies to the question for ``slot`` (``"Intent.Slot"``), and the values that they give.
    """

    name: str
    shows: list[str]
    bot: str
    turns: list[Turn] = msgspec.field(default_factory=list)
    slot: str | None = None
    readings: dict[str, Any] = msgspec.field(default_factory=dict)
    locale: str | None = None
    clock: str | None = None
    quotas: bool = True
    sentiment: bool = False
    hook: str | None = None
    file: str = ""

    @property
    def id(self) -> str:
        """The file's stem and the name in one word."""
        words = "".join(c if c.isalnum() else " " for c in self.name).split()
        return f"{self.file}/{'-'.join(words).lower()}"

    @property
    def talk(self) -> list[Turn]:
        """All turns, those of the readings among them."""
        intent, _, slot = (self.slot or "").partition(".")
        elicited = State(action=f"ElicitSlot {slot}", intent=intent)
        return [
            *self.turns,
            *(
                Turn(says=text, with_=elicited, slots={slot: value})
                for text, value in self.readings.items()
            ),
        ]

    @property
    def public(self) -> bool:
        """Whether its bot is one of ``../shared``, which need not be there."""
        return self.bot.startswith("shared:")

    @property
    def hooked(self) -> bool:
        """Whether a code hook is configured for it."""
        return self.hook is not None or any(turn.calls for turn in self.turns)

    @property
    def only_in_process(self) -> str | None:
        """Why nothing but the runner in process can hold it; ``None`` when others can."""
        if self.clock is not None or any(turn.after for turn in self.turns):
            return "it sets the clock"
        if not self.quotas:
            return "it is without quotas"
        if self.sentiment:
            return "it has the sentiment detected"
        return "it leads an alias" if any(turn.leads for turn in self.turns) else None


class Chapter(_Part, frozen=True):
    """A scenario file: a section of the rules, whose number its title begins with.

    ``sections`` are further ones, titles by number; a rule belongs to the section whose number
    its id begins with. ``elsewhere`` are rules that a test of its own shows: text and path.
    """

    title: str
    sections: dict[str, str] = msgspec.field(default_factory=dict)
    rules: dict[str, str] = msgspec.field(default_factory=dict)
    elsewhere: dict[str, tuple[str, str]] = msgspec.field(default_factory=dict)
    bots: dict[str, dict[str, Any]] = msgspec.field(default_factory=dict)
    scenario: list[Scenario] = msgspec.field(default_factory=list)

    @property
    def titles(self) -> dict[str, str]:
        """The title of each section by its number, the chapter's own among them, in order."""
        own = _NUMBERED.fullmatch(self.title)
        titles = self.sections if own is None else {own["number"]: own["title"]} | self.sections
        return dict(sorted(titles.items(), key=lambda item: [int(n) for n in item[0].split(".")]))


class Suite(msgspec.Struct, frozen=True):
    """All chapters, in order, with all bots by name."""

    chapters: dict[str, Chapter]
    bots: dict[str, dict[str, Any]]

    @property
    def scenarios(self) -> Iterator[Scenario]:
        """Every scenario, chapter by chapter."""
        for chapter in self.chapters.values():
            yield from chapter.scenario

    @property
    def rules(self) -> dict[str, str]:
        """Every rule by its id."""
        return {i: text for chapter in self.chapters.values() for i, text in chapter.rules.items()}

    @property
    def sections(self) -> dict[str, str]:
        """The title of every section of the rules, by its number (``4.3.1``)."""
        return {n: title for c in self.chapters.values() for n, title in c.titles.items()}


def section_of(rule: str) -> str:
    """The number of the section that a rule belongs to: 4.3.1 of ``4.3.1-initial``."""
    return rule.partition("-")[0]


def read_suite(folder: Path = SCENARIOS) -> Suite:
    """Read all scenario files.

    Raises:
        ScenarioError: a file is not TOML, or has an unknown member, a bot or a scenario twice,
            a scenario of an unknown rule or bot, a rule of an unknown section, or a rule
            without a scenario.
    """
    chapters, bots = {}, {}
    for path in sorted(folder.glob("*.toml"), key=_place):
        chapter = _read(path)
        for name, bot in chapter.bots.items():
            if name in bots:
                raise ScenarioError(f"{path.name}: there is another bot {name}")
            bots[name] = bot
        chapters[path.stem] = chapter
    suite = Suite(chapters, bots)
    _check(suite)
    return suite


def _place(path: Path) -> list[str | int]:
    """Where a chapter stands: 11 comes after 2."""
    return [int(p) if p.isdecimal() else p for p in re.findall(r"\d+|\D+", path.stem)]


def _read(path: Path) -> Chapter:
    try:
        raw = _spelled_out(tomllib.loads(path.read_text(encoding="utf-8")))
        for scenario in raw.get("scenario", ()):
            scenario["file"] = path.stem
        return msgspec.convert(raw, Chapter)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ScenarioError(f"{path.name}: {error}") from error


def _spelled_out(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _spelled_out(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_spelled_out(inner) for inner in value]
    letters = _LETTERS.fullmatch(value) if isinstance(value, str) else None
    return "x" * int(letters[1]) if letters else value


def _check(suite: Suite) -> None:
    for name, chapter in suite.chapters.items():
        named = (*chapter.rules, *chapter.elsewhere)
        lost = sorted(rule for rule in named if section_of(rule) not in chapter.titles)
        if lost:
            raise ScenarioError(f"{name}: rules of sections without a title: {lost}")
    rules, seen, shown = suite.rules, set(), set()
    for scenario in suite.scenarios:
        if scenario.id in seen:
            raise ScenarioError(f"{scenario.id} is there twice")
        seen.add(scenario.id)
        shown.update(scenario.shows)
        unknown = set(scenario.shows) - set(rules)
        if unknown:
            raise ScenarioError(f"{scenario.id} shows unknown rules: {sorted(unknown)}")
        if ":" not in scenario.bot and scenario.bot not in suite.bots:
            raise ScenarioError(f"{scenario.id} talks to an unknown bot: {scenario.bot}")
    silent = set(rules) - shown
    if silent:
        raise ScenarioError(f"no scenario shows {sorted(silent)}")
