"""The bot of a template as the files of an export, and back to where each part stands.

The properties of ``AWS::Lex::Bot`` are Lex's own members with capital letters, apart from what
is a list of keys and values there and a map in Lex. Source: the resource's schema,
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lex-bot.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from daehwa.bot import layout
from daehwa.bot.errors import ArchiveError, BotError, FieldError
from daehwa.bot.foreign.cloudformation.template_files import (
    BOT_TYPE,
    Template,
    read_template,
    shown,
)
from daehwa.bot.foreign.cloudformation.template_values import TemplateValues
from daehwa.bot.foreign.template_marks import may_define_bot
from daehwa.bot.problems import Problem
from daehwa.bot.yaml_reader import Path, Plain, as_json

_CAPITALS: Final = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]+(?![a-z])|[A-Z]")
_NAME: Final = re.compile(r"(?:[0-9a-zA-Z][_-]?)+")
_STEP: Final = re.compile(r"\.([^.\[]+)|\[(\d+)\]")
# The members that are numbers or truth values, all others being texts. Source: the service
# model of lexv2-models.
_NO_TEXTS: Final = re.compile(
    "active|allow(?:AudioInput|DTMFInput|Interrupt|MultipleValues)|childDirected|detectSentiment|"
    "enabled?|enableCodeHookInvocation|exactResponse|isActive|maxLength|maxRetries|[a-z]+Ms|"
    "nluConfidenceThreshold|priority|queryFilterStringEnabled|suppressNextMessage|turnsToLive|"
    "weight|[A-Za-z]+InSeconds"
)
_OTHER_NAMES: Final = {"LambdaArn": "lambdaARN"}
# Maps whose keys are names that someone chose, or Initial and Retry1.
_KEPT_KEYS: Final = frozenset({"PromptAttemptsSpecification", "SlotSpecifications"})
# Lists of keys and values that are maps in Lex: the names of key and value.
_MAPS: Final = {
    "SessionAttributes": ("Key", "Value"),
    "Slots": ("SlotName", "SlotValueOverride"),
    "BotAliasLocaleSettings": ("LocaleId", "BotAliasLocaleSetting"),
}
_PARTS: Final = {
    "bot": ("BotLocales", "BotTags", "TestBotAliasTags", "TestBotAliasSettings", "RoleArn",
            "AutoBuildBotLocales", "BotFileS3Location", "Replication"),
    "locale": ("Intents", "SlotTypes", "CustomVocabulary"),
    "intent": ("Slots",),
}  # fmt: skip


class TemplateBot(msgspec.Struct, frozen=True):
    """A bot that a template defines: ``files`` are those of its export.

    ``origins`` has, by file, the path in the template of what the file is made of.
    """

    template: Template
    logical_id: str
    files: dict[str, bytes]
    origins: dict[str, Path]

    def placed(self, problem: Problem) -> Problem:
        """A problem of a file of the export as one of the template."""
        origin = self.origins.get(problem.file)
        if origin is None:
            return problem
        path = self._path(origin, problem.field)
        return msgspec.structs.replace(
            problem, file=self.template.file, field=shown(path), line=self.template.line(path)
        )

    def located(self, error: BotError) -> BotError:
        """An error about a file of the export as one about the template."""
        origin = self.origins.get(error.file)
        if origin is None:
            return error
        path = self._path(origin, error.field or "$")
        line = self.template.line(path)
        file = self.template.file if line is None else f"{self.template.file}:{line}"
        return type(error)(error.problem, file=file, field=shown(path), cure=error.cure)

    def _path(self, origin: Path, field: str) -> Path:
        """The path of a member in the template, as far as it leads there."""
        steps = [*origin, *(int(index) if index else name for name, index in _STEP.findall(field))]
        path: list[str | int] = []
        value: Any = self.template.value
        for step in steps:
            if isinstance(value, list) and isinstance(step, int) and step < len(value):
                path.append(step)
            elif isinstance(value, dict) and (key := _key(value, step)) is not None:
                path.append(key)
            else:
                break
            value = value[path[-1]]
        return tuple(path)


def _key(properties: dict[str, Any], step: str | int) -> str | None:
    """The property that a step of a path in a template, or in a file of the export, leads to."""
    if step in properties:
        return str(step)
    return next((key for key in properties if member_name(key) == step), None)


def bot_in(files: Mapping[str, bytes], logical_id: str | None = None) -> TemplateBot:
    """The bot that the templates among the files define; of several that of the logical id.

    Raises:
        BotError: there is none or more than one, or it cannot be read.
    """
    templates = [read_template(files[f], f) for f in files if may_define_bot(files[f])]
    bots = [
        (template, name)
        for template in templates
        for name in _bot_resources(template)
        if logical_id in (None, name)
    ]
    if not bots:
        raise ArchiveError(
            f"no template here defines a bot {logical_id}." if logical_id else "no bot is here.",
            file=", ".join(template.file for template in templates) or "template",
            cure=f"Give the logical id of a resource of the type {BOT_TYPE}.",
        )
    if len(bots) > 1:
        names = ", ".join(f"{name} ({template.file})" for template, name in bots)
        template, name = bots[0]
        raise ArchiveError(
            f"there are several bots here: {names}.",
            file=template.file,
            cure=f"Give one by its logical id, as in {template.file}#{name}.",
        )
    return _made(*bots[0])


def _bot_resources(template: Template) -> list[str]:
    """The logical ids of the bots that are deployed with the parameters' defaults; else all."""
    bots = {
        name: resource
        for name, resource in template.resources.items()
        if isinstance(resource, dict) and resource.get("Type") == BOT_TYPE
    }
    values = TemplateValues(template.value)
    deployed = [
        name for name, each in bots.items()
        if "Condition" not in each or values.holds(str(each["Condition"]))
    ]  # fmt: skip
    return deployed or list(bots)


def _made(template: Template, logical_id: str) -> TemplateBot:
    properties = TemplateValues(template.value).of(template.resources[logical_id]).get("Properties")
    properties = properties if isinstance(properties, dict) else {}
    if "BotLocales" not in properties and "BotFileS3Location" in properties:
        place = properties["BotFileS3Location"]
        key = place.get("S3ObjectKey") if isinstance(place, dict) else place
        raise ArchiveError(
            f"the template takes the bot {logical_id} from a zip in S3 ({key}).",
            file=template.file,
            cure="Give that zip, or the folder that it is made of.",
        )
    writer = _Writer(template, ("Resources", logical_id, "Properties"))
    writer.bot(properties, logical_id)
    return TemplateBot(template, logical_id, writer.files, writer.origins)


class _Writer:
    """Writes the files of an export of a bot's properties."""

    def __init__(self, template: Template, home: Path) -> None:
        self._template = template
        self._home = home
        self.files: dict[str, bytes] = {}
        self.origins: dict[str, Path] = {}

    def bot(self, properties: dict[str, Any], logical_id: str) -> None:
        """Write the bot with all its parts."""
        name = str(properties.get("Name") or "")
        name = name if _NAME.fullmatch(name) else logical_id
        self._write(layout.bot_file(name), {**properties, "Name": name}, self._home, "bot")
        for home, locale in self._items(properties, "BotLocales", self._home):
            self._locale(name, locale, home)

    def _locale(self, bot: str, locale: dict[str, Any], home: Path) -> None:
        identifier = str(locale.get("LocaleId") or "")
        self._write(layout.locale_file(bot, identifier), locale, home, "locale")
        for place, slot_type in self._items(locale, "SlotTypes", home):
            file = layout.slot_type_file(bot, identifier, str(slot_type.get("Name") or ""))
            self._write(self._free(file), slot_type, place)
        for place, intent in self._items(locale, "Intents", home):
            self._intent(bot, identifier, intent, place)
        if isinstance(locale.get("CustomVocabulary"), dict):
            file = layout.vocabulary_file(bot, identifier)
            self._write(file, locale["CustomVocabulary"], (*home, "CustomVocabulary"))

    def _intent(self, bot: str, locale: str, intent: dict[str, Any], home: Path) -> None:
        name = str(intent.get("Name") or "")
        self._write(self._free(layout.intent_file(bot, locale, name)), intent, home, "intent")
        for place, slot in self._items(intent, "Slots", home):
            file = layout.slot_file(bot, locale, name, str(slot.get("Name") or ""))
            self._write(self._free(file), slot, place)

    def _items(
        self, part: dict[str, Any], name: str, home: Path
    ) -> Iterator[tuple[Path, dict[str, Any]]]:
        """The objects in a list, with their places in the template.

        Raises:
            FieldError: it is not a list of objects.
        """
        items = part.get(name)
        if items is None:
            return
        path = (*home, name)
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            line = self._template.line(path)
            raise FieldError(
                "a list of objects belongs here.",
                file=f"{self._template.file}:{line}",
                field=shown(path),
                cure="Write it as CloudFormation's reference of AWS::Lex::Bot has it.",
            )
        yield from (((*path, at), item) for at, item in enumerate(items))

    def _free(self, file: str) -> str:
        """A file's name that is not taken; the reader reports parts of the same name."""
        folder, _, last = file.rpartition("/")
        number = 2
        while file in self.files:
            file, number = f"{folder} {number}/{last}", number + 1
        return file

    def _write(self, file: str, part: dict[str, Any], home: Path, kind: str = "") -> None:
        elsewhere = _PARTS.get(kind, ())
        own = {name: value for name, value in part.items() if name not in elsewhere}
        self.files[file] = json.dumps(_exported(own), ensure_ascii=False).encode()
        self.origins[file] = home


def member_name(property_name: str) -> str:
    """The member of an export that a property is: ``SSMLMessage`` is ``ssmlMessage``."""
    other = _OTHER_NAMES.get(property_name)
    return other or _CAPITALS.sub(lambda match: match[0].casefold(), property_name, count=1)


def _exported(value: Any, name: str = "") -> Any:
    """A property's value as an export has it."""
    if isinstance(value, dict):
        keys = str if name in _KEPT_KEYS else member_name
        return {keys(key): _exported(member, key) for key, member in value.items()}
    if isinstance(value, list):
        key, of = _MAPS.get(name, ("", ""))
        if key and all(isinstance(item, dict) and key in item for item in value):
            return {str(item[key]): _exported(item.get(of), of) for item in value}
        return [_exported(item) for item in value]
    if value is None or _NO_TEXTS.fullmatch(member_name(name)):
        return as_json(Plain(value)) if isinstance(value, str) else value
    return str(value).casefold() if isinstance(value, bool) else str(value)
