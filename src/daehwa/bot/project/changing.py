"""Adding a sample utterance or a synonym to a project: one line changes.

Comments, order and everything else stay as they are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from daehwa.bot.amendments import Amendment, NewSample, NewSynonym
from daehwa.bot.errors import ProjectError
from daehwa.bot.layout import intent_file, slot_type_file
from daehwa.bot.project import layout
from daehwa.bot.project.compiling import compile_project
from daehwa.bot.project.splicing import Spliced, Unsplicable, is_list, is_mapping

_Members = dict[str, Any]


def changed_texts(folder: Path, amendments: Sequence[Amendment]) -> dict[str, str]:
    """The texts of the files that grow, by name; the amendments have a place in the bot.

    Raises:
        ProjectError: the project is at fault, or it is written as nobody can add to.
    """
    before = compile_project(folder)
    if before.faults:
        raise before.faults[0]
    bot = next(c["name"] for n, c in before.contents.items() if n.endswith("/Bot.json"))
    wanted: dict[str, Any] = json.loads(json.dumps(before.contents))
    texts: dict[str, str] = {}
    for each in amendments:
        file = _file(folder, each.locale)
        old = texts.get(file.name) or file.read_bytes().decode("utf-8-sig")
        target, in_json, in_yaml = _steps(bot, each)
        in_json(wanted[target])
        try:
            texts[file.name] = in_yaml(Spliced(old))
        except Unsplicable:
            raise _refusal(file, each) from None
        # Only what means exactly the wanted bot is written.
        after = compile_project(folder, texts)
        if after.faults or _without_empty(after.contents) != _without_empty(wanted):
            raise _refusal(file, each)
    return texts


def _without_empty(contents: Mapping[str, Any]) -> dict[str, Any]:
    """The files without empty lists of synonyms, which values in a mapping have."""
    whole = {name: dict(file) for name, file in contents.items()}
    for file in whole.values():
        if file.get("slotTypeValues"):
            file["slotTypeValues"] = [
                {name: member for name, member in one.items() if name != "synonyms" or member}
                for one in file["slotTypeValues"]
            ]
    return whole


def _steps(
    bot: str, new: Amendment
) -> tuple[str, Callable[[_Members], None], Callable[[Spliced], str]]:
    """The export's file that grows, how it does, and how the project's text does."""
    if isinstance(new, NewSample):
        target = intent_file(bot, new.locale, new.intent)
        return target, partial(_sample_in_json, new), partial(_sample, new)
    target = slot_type_file(bot, new.locale, new.slot_type)
    return target, partial(_synonym_in_json, new), partial(_synonym, new)


def _sample_in_json(new: NewSample, members: _Members) -> None:
    samples = members.get("sampleUtterances") or []
    members["sampleUtterances"] = [*samples, {"utterance": new.utterance}]


def _synonym_in_json(new: NewSynonym, members: _Members) -> None:
    values = list(members.get("slotTypeValues") or [])
    members["slotTypeValues"] = values
    if new.value == new.synonym:
        values.append({"sampleValue": {"value": new.value}})
        return
    owner = next(one for one in values if one["sampleValue"]["value"] == new.value)
    owner["synonyms"] = [*(owner.get("synonyms") or []), {"value": new.synonym}]


def _sample(new: NewSample, file: Spliced) -> str:
    key, node = _part(file, "intents", new.intent)
    pair = file.pair(node, "samples")
    if pair is None:
        return file.first_member(key, node, "samples", new.utterance)
    return file.append(*pair, new.utterance)


def _synonym(new: NewSynonym, file: Spliced) -> str:
    _key, node = _part(file, "slot_types", new.slot_type)
    pair = file.pair(node, "values") if is_mapping(node) else None
    if is_mapping(node):
        if pair is None:
            raise Unsplicable
        _key, node = pair
    if new.value != new.synonym:
        return _with_synonym(file, node, new.value, new.synonym)
    if not node.value or not (is_mapping(node) or is_list(node)):
        raise Unsplicable
    return file.append_entry(node, new.value)


def _with_synonym(file: Spliced, node: Any, value: str, synonym: str) -> str:
    if is_mapping(node):
        pair = file.pair(node, value)
        if pair is None:
            raise Unsplicable
        return file.append(*pair, synonym)
    if not is_list(node) or not node.value:
        raise Unsplicable
    for item in node.value:
        pair = file.pair(item, value)
        if pair is not None:
            return file.append(*pair, synonym)
        if not is_mapping(item) and not is_list(item) and item.value == value:
            return file.give_list(item, synonym)
    raise Unsplicable


def _part(file: Spliced, kind: str, name: str) -> tuple[Any, Any]:
    pair = file.pair(file.value(file.root, kind), name)
    if pair is None:
        raise Unsplicable
    return pair


def _file(folder: Path, locale: str) -> Path:
    return next(one for one in folder.iterdir() if layout.locale_of(one.name) == locale)


def _refusal(file: Path, new: Amendment) -> ProjectError:
    match new:
        case NewSample():
            what = f"the samples of {new.intent}"
        case NewSynonym():
            what = f"the values of {new.slot_type}"
    return ProjectError(
        f"this is written in a way that nothing can be added to: {what}.",
        file=file.name,
        cure="Write its texts as a list, one item per line, and not under lex.",
    )
