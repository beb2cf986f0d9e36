"""Learning a locale: from its sample utterances to a model."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

import msgspec

from daehwa import bot
from daehwa.nlu import builtin_intents, saving
from daehwa.nlu.background import background
from daehwa.nlu.classifier import Classifier
from daehwa.nlu.errors import ModelFileError
from daehwa.nlu.informal import written_out
from daehwa.nlu.learning_process import MANY_TEXTS, LearningOrder, LearningProcess
from daehwa.nlu.model import Model
from daehwa.nlu.ngrams import Floats
from daehwa.nlu.quality import DEFAULT, Quality, Recipe, stages
from daehwa.nlu.sample_patterns import placeholders
from daehwa.nlu.slots import SlotModel

_VERSION: Final = 9
"""Of what is learned and how: models of another version are learned again."""

_FILLINGS: Final = 4
"""Texts made of each sample with placeholders."""

_SEED: Final = 0

Examples = dict[str, list[str]]
Recipes = tuple[Recipe, ...]


class SharedModels(Protocol):
    """Saved models that other machines use too, by the names of their files."""

    def fetch(self, file: Path, *, wait: bool = True) -> None:
        """Put the model there if somebody else has learned it, or (``wait``) is about to."""

    def offer(self, file: Path) -> None:
        """Give a model that was learned here to the others."""


def learn(
    locale: bot.BotLocale,
    *,
    quality: Quality = DEFAULT,
    progress: Callable[[float], None] | None = None,
    previous: Model | None = None,
    folder: Path | None = None,
    shared: SharedModels | None = None,
    apart: LearningProcess | None = None,
    hurried: bool = False,
) -> Model:
    """Learn a locale from its sample utterances; the same locale always gives the same model.

    ``progress`` is called with the share that is done, 0 to 1. From ``previous``, a model of the
    locale before a change, whatever is still true is taken over. In ``folder`` the model is
    looked for, by a digest of all that it depends on, and saved; ``shared`` are the models there
    that other machines have learned, or get from this one. Where there is much to learn and a
    folder, ``apart`` does it in a process of its own. A ``hurried`` model that nobody has learned
    before has its first stage only, and says so (``Model.hurried``): what the first encoder leaves
    in doubt stays so until the whole has been learned.

    Raises:
        QualityError: the quality needs what is not installed.
        LearningFailed: the process that learned was ended, or failed.
    """
    report = progress or (lambda _: None)
    report(0.0)
    slots = SlotModel.learn(locale)
    examples = _examples_by_intent(locale, slots)
    report(0.1)
    if not examples:
        report(1.0)
        return Model(locale=locale, names=tuple(examples), classifier=None, slots=slots)
    neutral, values = background(locale.identifier), slots.sampled_values()
    chosen = stages(quality, locale.identifier, sum(map(len, examples.values())))
    file = folder / f"{_digest(examples, neutral, values, chosen)}.nlu" if folder else None
    if file is not None and shared is not None:
        shared.fetch(file, wait=not hurried)
    classifier = _saved(file, chosen)
    hurried = hurried and classifier is None and len(chosen) > 1
    if hurried:
        chosen, file = chosen[:1], None
    vectors = {} if classifier is not None else _vectors(previous, chosen)
    if classifier is None and file is not None and apart is not None:
        order = LearningOrder(
            file=str(file),
            locale=locale.identifier,
            quality=quality,
            examples=examples,
            neutral=list(neutral),
            values=values,
        )
        if _learn_apart(apart, order, vectors):
            _offer(file, shared)
            classifier = _saved(file, chosen)
    if classifier is None:
        classifier = Classifier.learn(
            tuple(examples.values()),
            recipes=chosen,
            names=tuple(examples),
            background=neutral,
            values=values,
            vectors=vectors,
            progress=lambda share: report(0.1 + 0.7 * share),
        )
        if file is not None:
            saving.write(file, classifier.arrays(), {"texts": classifier.texts})
            _offer(file, shared)
    report(1.0)
    return Model(
        locale=locale, names=tuple(examples), classifier=classifier, slots=slots, hurried=hurried
    )


def _examples_by_intent(locale: bot.BotLocale, slots: SlotModel) -> dict[str, list[str]]:
    return {
        intent.name: texts
        for intent in builtin_intents.learnable(locale)
        if (texts := _examples(locale, intent, slots))
    }


def _learn_apart(apart: LearningProcess, order: LearningOrder, vectors: dict[str, Floats]) -> bool:
    """Whether a process of its own learned: only where many texts have no vector yet."""
    texts = (text for own in order.examples.values() for text in own)
    if sum(text not in vectors for text in texts) < MANY_TEXTS:
        return False
    apart.learn(order)
    return True


def _offer(file: Path, shared: SharedModels | None) -> None:
    if shared is not None:
        shared.offer(file)


def _vectors(previous: Model | None, chosen: Recipes) -> dict[str, Floats]:
    """The sentence vectors that a model took, if its last stage is of this recipe."""
    before = previous.classifier if previous else None
    return before.vectors() if before and before.recipe == chosen[-1] else {}


def _saved(path: Path | None, chosen: Recipes) -> Classifier | None:
    """The classifier that was saved; ``None`` when there is none that can be used."""
    with suppress(FileNotFoundError, ModelFileError):
        if path is not None:
            arrays, facts = saving.read(path)
            return Classifier.of(arrays, recipes=chosen, texts=facts["texts"])
    return None


def _digest(
    examples: Examples, neutral: tuple[str, ...], values: list[str], chosen: Recipes
) -> str:
    """By what models are distinguished: everything that a classifier is learned from."""
    learned_with = (_VERSION, [(each.name, each.names) for each in chosen])
    content = msgspec.json.encode([learned_with, list(examples.items()), neutral, values])
    return hashlib.sha256(content).hexdigest()[:32]


def _examples(locale: bot.BotLocale, intent: bot.Intent, slots: SlotModel) -> list[str]:
    """The intent's samples written out, with values in the placeholders."""
    utterances = builtin_intents.utterances(locale, intent)
    plain = [text for text in utterances if not placeholders(text, intent.slots)]
    templates = len(utterances) - len(plain)
    filled = slots.expansions(intent.name, _FILLINGS * templates, _SEED) if templates else []
    written = (written_out(text, locale.identifier) for text in (*plain, *filled))
    return list(dict.fromkeys(text for text in written if text.strip()))
