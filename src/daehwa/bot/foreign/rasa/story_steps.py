"""The rules and stories of a Rasa assistant as steps, from YAML and from Rasa 1's Markdown.

Source: the Rasa documentation, "Stories" and "Rules".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, Literal

import msgspec

from daehwa.bot.foreign.rasa.rasa_files import MarkdownFile, RasaFiles, entries, is_null, place_of
from daehwa.bot.foreign.rasa.training_examples import as_object
from daehwa.bot.yaml_reader import YamlFile

StepKind = Literal["intent", "action", "slot", "loop", "bot", "checkpoint", "text"]

_NAMED: Final[dict[str, StepKind]] = {
    "intent": "intent", "user": "text", "action": "action", "bot": "bot",
    "checkpoint": "checkpoint",
}  # fmt: skip
_HEADING: Final = re.compile(r"^##\s*(.+?)\s*$")
_USER: Final = re.compile(r"^\s*\*\s*(.+?)\s*$")
_ACTION: Final = re.compile(r"^\s+-\s*(\S.*?)\s*$|^-\s*(\S.*?)\s*$")
_EVENT: Final = re.compile(r"(slot|form)\s*(\{.*\})")
_INTENT: Final = re.compile(r"([\w/+.-]+)\s*(\{.*\})?\s*(?::.*)?$")


class StoryStep(msgspec.Struct, frozen=True):
    """A step: what users mean (one of ``names``), what is done, or what was set.

    ``values`` are the slots that are set, as pairs; a value of ``None`` stands for an empty slot.
    """

    kind: StepKind
    place: str
    names: tuple[str, ...] = ()
    values: tuple[tuple[str, str | None], ...] = ()


class Story(msgspec.Struct, frozen=True):
    """A story or rule, its conditions, and its steps."""

    name: str
    place: str
    rule: bool
    steps: tuple[StoryStep, ...]
    loop: str | None = None
    conditions: tuple[tuple[str, str | None], ...] = ()
    starts: bool = False


def stories(files: RasaFiles, notes: list[str]) -> Iterator[Story]:
    """Every rule and story, rules first."""
    for section, rule in (("rules", True), ("stories", False)):
        for read in files.training:
            for at, raw in enumerate(entries(read.value.get(section))):
                if isinstance(raw, dict):
                    yield _Yaml(read, section, notes).story(at, raw, rule=rule)
    for file in files.markdown:
        yield from _markdown(file)


class _Yaml:
    """Reads the stories of one section of a file."""

    def __init__(self, read: YamlFile, section: str, notes: list[str]) -> None:
        self.read = read
        self.section = section
        self.notes = notes

    def story(self, at: int, raw: dict[str, Any], *, rule: bool) -> Story:
        path = (self.section, at)
        steps = list(self.steps(raw.get("steps"), (*path, "steps")))
        conditions = list(self.steps(raw.get("condition"), (*path, "condition")))
        loop = next((step.names for step in conditions if step.kind == "loop"), ())
        return Story(
            name=str(raw.get("rule") or raw.get("story") or ""),
            place=place_of(self.read, path),
            rule=rule,
            steps=tuple(steps),
            loop=loop[0] if loop else None,
            conditions=tuple(pair for step in conditions for pair in step.values),
            starts=str(raw.get("conversation_start", "")).casefold() == "true",
        )

    def steps(self, raw: Any, path: tuple[str | int, ...]) -> Iterator[StoryStep]:
        for at, step in enumerate(entries(raw)):
            place = place_of(self.read, (*path, at))
            if isinstance(step, dict):
                yield from self.step(step, place)
            elif not is_null(step):
                self.notes.append(f'{place}: the step "{step}" is not known, and is left out')

    def step(self, raw: dict[str, Any], place: str) -> Iterator[StoryStep]:
        """What one step says; ``or`` of intents is one step of several names."""
        if "or" in raw:
            inner = [s for each in entries(raw["or"]) for s in self.step(each, place)]
            intents = dict.fromkeys(n for s in inner if s.kind == "intent" for n in s.names)
            if intents:
                yield StoryStep("intent", place, names=tuple(intents))
            elif inner:
                self.notes.append(f"{place}: of the alternatives only the first is carried")
                yield inner[0]
        elif (member := next((each for each in _NAMED if each in raw), None)) is not None:
            name = str(raw[member]).strip()
            if member == "intent":
                name = name.lstrip("/")
            yield StoryStep(_NAMED[member], place, names=(name,))
        elif "slot_was_set" in raw:
            yield StoryStep("slot", place, values=tuple(_slots(raw["slot_was_set"])))
        elif "active_loop" in raw or "form" in raw:
            loop = raw.get("active_loop", raw.get("form"))
            if isinstance(loop, dict):
                loop = loop.get("name")
            yield StoryStep("loop", place, names=() if is_null(loop) else (str(loop),))
        else:
            self.notes.append(f"{place}: the step {', '.join(raw)} is not known, and is left out")


def _slots(raw: Any) -> Iterator[tuple[str, str | None]]:
    """The slots of ``slot_was_set``: names alone were set to anything."""
    for item in entries(raw):
        if isinstance(item, dict):
            for name, value in item.items():
                yield name, None if is_null(value) else _text(value)
        else:
            yield str(item), ANY


ANY: Final = "\0any"
"""The value of a slot that was set, whatever to."""


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ANY


def _markdown(file: MarkdownFile) -> Iterator[Story]:
    """The stories of a Markdown file of Rasa 1."""
    heading, start = "", 1
    steps: list[StoryStep] = []
    for number, line in enumerate(file.text.split("\n"), start=1):
        match = _HEADING.match(line)
        if match is not None:
            if steps:
                yield Story(
                    heading, f"{file.name}:{start}", rule=False, steps=tuple(_variations(steps))
                )
            heading, start, steps = match[1], number, []
            if re.match(r"(intent|synonym|regex|lookup)\s*:", heading):
                heading = ""
        elif heading:
            step = _markdown_step(line, f"{file.name}:{number}")
            if step is not None:
                steps.append(step)
    if steps:
        yield Story(heading, f"{file.name}:{start}", rule=False, steps=tuple(_variations(steps)))


def _markdown_step(line: str, place: str) -> StoryStep | None:
    if line.lstrip().startswith(">"):
        return StoryStep("checkpoint", place, names=(line.lstrip("> ").strip(),))
    user = _USER.match(line)
    if user is not None:
        intents = [
            match[1] for each in re.split(r"\s+OR\s+", user[1]) if (match := _INTENT.match(each))
        ]
        return StoryStep("intent", place, names=tuple(intents)) if intents else None
    action = _ACTION.match(line)
    if action is None:
        return None
    text = action[1] or action[2]
    event = _EVENT.match(text)
    if event is None:
        return _markdown_action(text, place)
    members = as_object(event[2])
    if event[1] == "form":
        name = members.get("name")
        return StoryStep("loop", place, names=(str(name),) if name else ())
    return StoryStep(
        "slot",
        place,
        values=tuple((n, None if v is None else _json_text(v)) for n, v in members.items()),
    )


def _markdown_action(text: str, place: str) -> StoryStep:
    """An action by its name; words that are no name are what the bot says."""
    name = text.split(maxsplit=1)[0]
    if re.fullmatch(r"[\w./-]+", text) or name.startswith(("utter_", "action_")):
        return StoryStep("action", place, names=(name,))
    return StoryStep("bot", place, names=(text,))


def _variations(steps: list[StoryStep]) -> list[StoryStep]:
    """The answers to one retrieval intent in Rasa 1's Markdown are variations of one another."""
    if not steps or steps[0].kind != "intent" or not any("/" in n for n in steps[0].names):
        return steps
    texts = [
        name
        for step in steps[1:]
        if step.kind in ("bot", "action")
        for name in step.names
        if not name.startswith(("utter_", "action_", "respond_"))
    ]
    if not texts or len(texts) < len(steps) - 1:
        return steps
    return [steps[0], StoryStep("bot", steps[1].place, names=tuple(texts))]


def _json_text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, str | int | float) else ANY
