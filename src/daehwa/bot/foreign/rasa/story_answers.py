"""What follows each intent of a Rasa assistant, gathered from its rules and stories.

A policy of Rasa predicts the next action from all that was said; of that, an answer keeps what
was done last before the intent, and the slots that decided.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from typing import Final

import msgspec

from daehwa.bot.foreign.rasa.story_steps import Story, StoryStep

_SILENT: Final = frozenset(
    {"action_listen", "action_deactivate_loop", "action_deactivate_form", "...",
     "action_unlikely_intent"}
)  # fmt: skip


class StoryAnswer(msgspec.Struct, frozen=True):
    """What follows an intent: actions, forms among them, and when it is so.

    ``after`` is the last action before the intent, ``None`` at the beginning of a story.
    ``during`` is the form that the intent interrupts. ``sure`` marks what a rule says.
    """

    actions: tuple[str, ...]
    place: str
    after: str | None = None
    during: str | None = None
    conditions: tuple[tuple[str, str | None], ...] = ()
    sure: bool = False


class StoryAnswers:
    """The answers of each intent, and what follows each form when all its slots are filled.

    ``bot_texts`` are the literal texts that stories have the bot say, by the names under which
    they stand among the actions. ``decides`` gives what of a slot and its value Rasa's policies
    look at, if anything.
    """

    def __init__(
        self,
        all_stories: Iterable[Story],
        forms: Iterable[str],
        decides: Callable[[str, str | None], tuple[str, str | None] | None],
    ) -> None:
        self.forms = set(forms)
        self.decides = decides
        self.notes: list[str] = []
        self.intents: dict[str, list[StoryAnswer]] = {}
        self.submits: dict[str, list[StoryAnswer]] = {}
        self.bot_texts: dict[str, tuple[str, ...]] = {}
        self.texts: list[tuple[str, str]] = []
        self.checkpoints: set[str] = set()
        for story in all_stories:
            _Reading(self, story).read()

    def add_intent(self, name: str, answer: StoryAnswer) -> None:
        """Take an answer of an intent."""
        self.intents.setdefault(name, []).append(answer)

    def add_submit(self, form: str, answer: StoryAnswer) -> None:
        """Take what follows a form."""
        self.submits.setdefault(form, []).append(answer)


class _Reading:
    """Reads one story from its first step to its last."""

    def __init__(self, answers: StoryAnswers, story: Story) -> None:
        self.answers = answers
        self.story = story
        self.loop = story.loop
        self.last: str | None = None
        self.intents: tuple[str, ...] = ()
        self.after: str | None = None
        self.during: str | None = None
        self.submitting: str | None = None
        self.actions: list[str] = []
        self.conditions: list[tuple[str, str | None]] = list(story.conditions)
        self.place = story.place
        self.first = True

    def read(self) -> None:
        if self.story.starts:
            self.answers.notes.append(
                f'{self.story.place}: that "{self.story.name}" is for the start of a conversation '
                "is left out; a page's greeting is [page] greeting in daehwa.toml"
            )
        for step in self.story.steps:
            self.step(step)
        self.flush()

    def step(self, step: StoryStep) -> None:
        match step.kind:
            case "intent":
                self.user(step)
            case "text":
                self.flush()
                self.answers.texts.append((step.names[0], step.place))
                self.intents = ()
            case "action":
                self.action(step.names[0], step.place)
            case "bot":
                name = f"bot:{step.names[0]}"
                self.answers.bot_texts[name] = step.names
                self.action(name, step.place)
            case "slot":
                if not self.actions:
                    self.conditions += [p for p in step.values if p[0] != "requested_slot"]
            case "loop":
                self.change_loop(step)
            case _:
                self.checkpoint(step)

    def user(self, step: StoryStep) -> None:
        self.flush()
        self.intents = step.names
        self.place = step.place
        self.after = self.last
        self.during = self.loop
        self.submitting = None
        self.actions = []
        if not self.first:
            self.conditions = []
        self.first = False

    def action(self, name: str, place: str) -> None:
        self.first = False
        if not name or name in _SILENT:
            return
        self.last = name
        if name in self.answers.forms:
            if self.loop != name:
                self.actions.append(name)
                self.loop = name
            return
        if not self.actions:
            self.place = place if not self.intents else self.place
        self.actions.append(name)

    def change_loop(self, step: StoryStep) -> None:
        """A form begins, or is over: what comes then is its submission."""
        if step.names:
            if step.names[0] in self.answers.forms and self.loop != step.names[0]:
                self.loop = step.names[0]
            return
        if self.loop is not None:
            form = self.loop
            self.flush()
            self.intents = ()
            self.submitting, self.loop, self.actions = form, None, []
            self.conditions = list(self.story.conditions)
            self.place = step.place

    def checkpoint(self, step: StoryStep) -> None:
        name = step.names[0]
        if name not in self.answers.checkpoints:
            self.answers.checkpoints.add(name)
            self.answers.notes.append(
                f'{step.place}: the checkpoint "{name}" is left out: what comes before it and '
                "what comes after it are read as stories of their own"
            )
        self.flush()
        self.intents, self.last, self.actions = (), None, []

    def flush(self) -> None:
        """Keep what was gathered since the intent, or since the form was over."""
        if not self.actions:
            return
        own = [
            kept
            for name, value in self.conditions
            if name != "requested_slot" and (kept := self.answers.decides(name, value)) is not None
        ]
        answer = StoryAnswer(
            actions=tuple(self.actions),
            place=self.place,
            after=self.after,
            during=self.during,
            conditions=tuple(dict.fromkeys(own)),
            sure=self.story.rule,
        )
        if self.submitting is not None:
            self.answers.add_submit(self.submitting, answer)
        for intent in self.intents:
            self.answers.add_intent(intent, answer)
        self.actions = []
        self.conditions = []


def begins(answer: StoryAnswer | None, forms: Container[str], *, alone: bool) -> str | None:
    """The form that an intent is the beginning of: its slots are the intent's slots.

    An intent that does other things too (not ``alone``) is none where it needs something said
    before: it leads to the form as to another intent.
    """
    if answer is None or not (alone or answer.sure or answer.after is None):
        return None
    return next((each for each in answer.actions if each in forms), None)


class Branch(msgspec.Struct, frozen=True):
    """An answer that is given only under conditions."""

    actions: tuple[str, ...]
    place: str
    after: tuple[str, ...] = ()
    conditions: tuple[tuple[str, str | None], ...] = ()


class StoryChoice(msgspec.Struct, frozen=True):
    """What an intent does: the answer of most stories, and others by what went before.

    ``left`` are answers that nothing of the above can tell apart.
    """

    default: StoryAnswer | None
    branches: tuple[Branch, ...] = ()
    left: tuple[StoryAnswer, ...] = ()


def choose(answers: Iterable[StoryAnswer], forms: Container[str] = ()) -> StoryChoice:
    """The answers of one intent, or of one form, as a default and branches.

    What begins one of ``forms`` is not a default where it is the answer after something else.
    """
    every = list(answers)
    usable = [each for each in every if each.during is None] or every
    sure = [each for each in usable if each.sure]
    if any(not each.conditions for each in sure):
        usable = sure
    default = _default(usable, forms)
    branches: dict[tuple[tuple[str, ...], tuple[tuple[str, str | None], ...]], Branch] = {}
    seen: dict[tuple[str | None, tuple[tuple[str, str | None], ...]], tuple[str, ...]] = {}
    left: list[StoryAnswer] = []
    for each in sorted(usable, key=lambda a: (-len(a.conditions), not a.sure)):
        if default is None or each.actions == default.actions:
            continue
        after = None if each.sure and each.after is None else each.after
        known_as = seen.get((after, each.conditions))
        if known_as is not None or (after is None and not each.conditions):
            if each.actions != known_as:
                left.append(each)
            continue
        seen[after, each.conditions] = each.actions
        key = (each.actions, each.conditions)
        known = branches.get(key)
        branches[key] = Branch(
            actions=each.actions,
            place=known.place if known else each.place,
            after=(*(known.after if known else ()), *((after,) if after else ())),
            conditions=each.conditions,
        )
    return StoryChoice(default, tuple(branches.values()), tuple(left))


def _default(answers: list[StoryAnswer], forms: Container[str]) -> StoryAnswer | None:
    """The answer that needs the least: of a rule, of a story's beginning, of most stories."""
    counts: dict[tuple[str, ...], int] = {}
    for each in answers:
        counts[each.actions] = counts.get(each.actions, 0) + 1
    return max(
        answers,
        key=lambda a: (
            not a.conditions,
            a.sure,
            a.after is None,
            not any(action in forms for action in a.actions),
            counts[a.actions],
        ),
        default=None,
    )
