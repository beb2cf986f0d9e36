"""Checking a locale as a whole: its name, threshold, vocabulary, and the names in it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Any, Final

from daehwa.bot import layout
from daehwa.bot.checks.texts import normal_form, shown
from daehwa.bot.locales import LOCALE_NAMES
from daehwa.bot.problems import Problem, error, warning
from daehwa.bot.signatures import BUILT_IN, is_built_in_intent_name
from daehwa.bot.values import (
    Bot,
    BotLocale,
    Intent,
)

_MOST: Final = 0.9
# Source: botocore's lexv2-models, CustomVocabularyItem, and the Lex V2 guide, "Custom vocabulary".
_MOST_WEIGHT: Final = 3
_MOST_WORDS: Final = 4
_MOST_PHRASE: Final = 100


def locale_problems(bot: Bot, locale: BotLocale) -> Iterator[Problem]:
    """What is wrong with the settings of a locale."""
    file = layout.locale_file(bot.name, locale.identifier)
    if locale.identifier not in LOCALE_NAMES:
        folded = {name.casefold(): name for name in LOCALE_NAMES}
        written = locale.identifier.replace("-", "_").casefold()
        close = difflib.get_close_matches(written, folded, n=1)
        yield error(
            "unknown-locale",
            file,
            "$.identifier",
            f'Lex has no locale "{shown(locale.identifier)}".',
            f'Write "{folded[close[0]]}" if that is meant.'
            if close
            else "Write one, such as ko_KR.",
        )
    threshold = locale.nlu_confidence_threshold
    if threshold == 0 or _MOST < threshold <= 1:
        what = "nothing reaches FallbackIntent" if threshold == 0 else "nearly all that is said"
        yield warning(
            "extreme-threshold",
            file,
            "$.nluConfidenceThreshold",
            f"at a threshold of {threshold:g} {what}"
            f"{'' if threshold == 0 else ' reaches FallbackIntent'}.",
            "Lex's default is 0.4; `daehwa evaluate` shows the effect of another one.",
        )
    yield from _alike(locale.intents, "intent", file)
    yield from _alike(locale.slot_types, "slot type", file)
    for intent in locale.intents.values():
        yield from _built_in_name(bot.name, locale, intent)
        yield from _alike(
            intent.slots, "slot", layout.intent_file(bot.name, locale.identifier, intent.name)
        )
    if locale.custom_vocabulary is not None:
        place = layout.vocabulary_file(bot.name, locale.identifier)
        yield from _vocabulary(locale.custom_vocabulary, place)


def _built_in_name(bot: str, locale: BotLocale, intent: Intent) -> Iterator[Problem]:
    if intent.name.startswith(BUILT_IN):  # no name at all, as another rule says
        return
    if intent.parent_intent_signature is None and is_built_in_intent_name(intent.name):
        yield warning(
            "built-in-name",
            layout.intent_file(bot, locale.identifier, intent.name),
            "$.name",
            f'"{intent.name}" is the name of a built-in intent, and this intent is not built '
            "in: Lex refuses to create it.",
            "Give it another name, or make it the built-in one.",
        )


def _alike(names: Iterable[str], what: str, file: str) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for name in names:
        form = name.casefold().replace("_", "").replace("-", "")
        if form in seen:
            yield warning(
                "names-alike",
                file,
                "$",
                f'the {what}s "{seen[form]}" and "{name}" differ in nothing but case or signs.',
                "Rename one of them, or join the two.",
            )
        seen.setdefault(form, name)


def _vocabulary(vocabulary: dict[str, Any], file: str) -> Iterator[Problem]:
    items = vocabulary.get("customVocabularyItems")
    seen: dict[str, Any] = {}
    for index, item in enumerate(items if isinstance(items, list) else ()):
        place = f"$.customVocabularyItems[{index}]"
        phrase = item.get("phrase") if isinstance(item, dict) else None
        if not isinstance(phrase, str) or not phrase.strip():
            yield error(
                "vocabulary-without-phrase",
                file,
                place,
                "the item has no phrase.",
                "Write the phrase as it is said, or remove the item.",
            )
            continue
        form = normal_form(phrase)
        meaning = (item.get("displayAs"), item.get("weight"))
        if form in seen:
            same = seen[form] == meaning
            yield warning(
                "vocabulary-conflict",
                file,
                f"{place}.phrase",
                f'the phrase "{shown(phrase)}" is there twice'
                f"{'' if same else ', to be shown or weighed in two ways'}.",
                "Keep one of them.",
            )
        seen.setdefault(form, meaning)
        yield from _item(item, phrase, file, place)


def _item(item: dict[str, Any], phrase: str, file: str, place: str) -> Iterator[Problem]:
    weight = item.get("weight")
    if weight is not None and not (isinstance(weight, int) and 0 <= weight <= _MOST_WEIGHT):
        yield error(
            "vocabulary-weight",
            file,
            f"{place}.weight",
            f"Lex does not take the weight {weight!r}.",
            f"Write a whole number from 0 to {_MOST_WEIGHT}.",
        )
    if len(phrase.split()) > _MOST_WORDS or len(phrase) > _MOST_PHRASE:
        yield warning(
            "vocabulary-too-long",
            file,
            f"{place}.phrase",
            f'the phrase "{shown(phrase)}" has more than {_MOST_WORDS} words.',
            "Shorten it: a vocabulary is for single words and names.",
        )
