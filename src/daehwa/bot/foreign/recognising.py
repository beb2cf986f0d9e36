"""Telling of a zip, folder or file which system's bot it holds."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

from daehwa.bot.archive import MAX_ENTRIES, MAX_FILE_BYTES, MAX_TOTAL_BYTES
from daehwa.bot.foreign.template_marks import (
    ENDINGS,
    is_no_export,
    may_define_bot,
    template_and_bot,
)
from daehwa.bot.layout import is_litter

if TYPE_CHECKING:
    from daehwa.bot.foreign.cloudformation.template_bots import TemplateBot

System = Literal["Lex V1", "CloudFormation", "Terraform", "Dialogflow ES", "Dialogflow CX", "Rasa"]

_READ: Final = (".json", ".yml", ".yaml", ".template", ".md", ".txt", ".py", ".tf")
_TERRAFORM_ENDINGS: Final = (".json", ".tf")
_TERRAFORM_BOT: Final = re.compile(rb'"aws_lexv2models_bot"')
_LEX_V1_MARKS: Final = (
    b'"resource"', b'"fulfillmentActivity"', b'"enumerationValues"', b'"intentName"',
    b'"sampleUtterances"',
)  # fmt: skip
_LEX_V1_PARTS: Final = frozenset({"intents", "sampleUtterances", "enumerationValues"})
_RASA_FILES: Final = re.compile(
    r"(?:^|/)(?:(?:[^/]*domain|nlu|stories)\.ya?ml|nlu\.md|domain/[^/]+\.ya?ml)$", re.IGNORECASE
)
_RASA_TEXT: Final = re.compile(
    rb"^(?:nlu|stories|rules):[^\n]*\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*-[ \t]*"
    rb"(?:intent|synonym|lookup|regex|story|rule):|^##[ \t]*intent:",
    re.MULTILINE,
)


class ForeignBot(msgspec.Struct, frozen=True):
    """A bot of another system: which, and its files by path.

    ``chosen`` is the logical id of the one that is meant, where a template may define several.
    """

    system: System
    files: dict[str, bytes]
    chosen: str | None = None

    def json(self, name: str) -> Any:
        """The JSON in a file; ``None`` if it is not one."""
        try:
            return json.loads(self.files[name].decode("utf-8-sig"))
        except ValueError:
            return None


def recognise(path: Path) -> ForeignBot | None:
    """The bot of another system at ``path``; ``None`` where it is none that is known."""
    path, chosen = template_and_bot(path)
    try:
        files = dict(_files(path))
    except (OSError, ValueError, NotImplementedError, RuntimeError, zipfile.BadZipFile):
        return None
    system = _system(files)
    return None if system is None else ForeignBot(system, files, chosen)


def template_bot(foreign: ForeignBot) -> TemplateBot:
    """The bot that the templates in ``foreign`` define.

    Raises:
        BotError: there is none or more than one, or it cannot be read.
    """
    # Who reads no template does not wait for what reads it.
    from daehwa.bot.foreign.cloudformation.template_bots import bot_in  # noqa: PLC0415

    return bot_in(foreign.files, foreign.chosen)


def _system(files: dict[str, bytes]) -> System | None:
    names = [name.rpartition("/")[2].casefold() for name in files]
    if any(map(is_lex_v1, (files[name] for name in files if name.endswith(".json")))):
        return "Lex V1"
    if any(may_define_bot(files[name]) for name in files if name.casefold().endswith(ENDINGS)):
        return "CloudFormation"
    if any(
        name.endswith(_TERRAFORM_ENDINGS) and _TERRAFORM_BOT.search(content)
        for name, content in files.items()
    ):
        return "Terraform"
    folders = {part for name in files for part in name.split("/")[:-1]}
    cx = {"flows", "playbooks", "trainingPhrases", "entityTypes", "transitionRouteGroups"} & folders
    if cx and ("agent.json" in names or len(cx) > 1 or _has_cx_flow(files)):
        return "Dialogflow CX"
    parts = {"intents", "entities"} & folders or "package.json" in names
    if ("agent.json" in names and parts) or any("_usersays_" in name for name in names):
        return "Dialogflow ES"
    rasa = any(
        _RASA_FILES.search(name)
        or (name.endswith((".yml", ".yaml", ".md")) and _RASA_TEXT.search(content))
        for name, content in files.items()
    )
    return "Rasa" if rasa else None


def _has_cx_flow(files: dict[str, bytes]) -> bool:
    return any(b'"transitionRoutes"' in content for content in files.values())


def is_lex_v1(content: bytes) -> bool:
    """Whether a file is a part of a bot of Lex V1."""
    return bool(lex_v1_resource(content))


def lex_v1_resource(content: bytes) -> dict[str, Any]:
    """The bot, intent or slot type of Lex V1 in a file; empty if there is none.

    It is what V1 exports, JSON with ``metadata`` and a ``resource``, or what its API and the
    command ``aws lex-models`` give and take: the resource alone.
    """
    if not any(mark in content for mark in _LEX_V1_MARKS):
        return {}
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except ValueError:
        return {}
    resource = document.get("resource", document) if isinstance(document, dict) else None
    if not isinstance(resource, dict) or "name" not in resource:
        return {}
    if resource is not document:
        return resource if _LEX_V1_PARTS & set(resource) else {}
    utterances = resource.get("sampleUtterances")
    is_intent = "fulfillmentActivity" in resource or (
        isinstance(utterances, list) and "slots" in resource and "slotPriorities" not in resource
    )
    listed = resource.get("intents")
    is_bot = isinstance(listed, list) and any(
        isinstance(each, dict) and "intentName" in each for each in listed
    )
    return resource if is_intent or is_bot or "enumerationValues" in resource else {}


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    """The files that a bot may be in, none too big; names that lead out are passed over."""
    total = 0
    for name, size, read in _entries(path):
        parts = name.split("/")
        if ".." in parts or name.startswith("/") or any(map(is_litter, parts[:-1])):
            continue
        if not name.casefold().endswith(_READ) or size > MAX_FILE_BYTES:
            continue
        total += size
        if total > MAX_TOTAL_BYTES:
            return
        yield name, read()


def _entries(path: Path) -> Iterator[tuple[str, int, Any]]:
    if path.is_dir():
        for count, file in enumerate(sorted(path.rglob("*"))):
            if count > MAX_ENTRIES:
                return
            if file.is_file() and file.resolve().is_relative_to(path.resolve()):
                yield file.relative_to(path).as_posix(), file.stat().st_size, file.read_bytes
    elif is_no_export(path):
        yield path.name, path.stat().st_size, path.read_bytes
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist()[:MAX_ENTRIES]:
                if not entry.is_dir():
                    name = entry.filename.replace("\\", "/")
                    yield name, entry.file_size, lambda entry=entry: archive.read(entry)
