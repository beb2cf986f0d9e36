"""Reading a Lex V2 export."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import msgspec

from daehwa.bot import layout, project
from daehwa.bot.archive import FILE_NAMES, read_files, read_zip
from daehwa.bot.decoding import decode, decode_object, parse
from daehwa.bot.errors import ArchiveError, BotError, FieldError, MissingReferenceError
from daehwa.bot.foreign.template_marks import is_no_export
from daehwa.bot.problems import Problem
from daehwa.bot.references import missing_references
from daehwa.bot.runnable import RunnableBot, runnable
from daehwa.bot.signatures import FALLBACK_INTENT
from daehwa.bot.slot_definition import (
    Slot,
    SlotType,
    Specifications,
    SubSlotTypeComposition,
)
from daehwa.bot.values import (
    Bot,
    BotLocale,
    Intent,
    SlotPriority,
)

if TYPE_CHECKING:
    from daehwa.bot.foreign.cloudformation.template_bots import TemplateBot
    from daehwa.bot.project.compiling import Compiled

_Read = TypeVar("_Read")
_Named = TypeVar("_Named", Bot, Intent, Slot, SlotType)
_Part = TypeVar("_Part", SubSlotTypeComposition, Specifications)

_LOCALE_ID: Final = re.compile(r"[a-z]{2,3}_[A-Z0-9]{2,3}")
# BlogBot-3-YTZOBUF72Q-LexJson.zip, BlogBot_3_ko_KR_YTZOBUF72Q_LEX_JSON.zip
_EXPORT_NAME: Final = re.compile(r"(.+?)[-_](?:DRAFT|\d+)[-_].*LEX_?JSON", re.IGNORECASE)
_GRAMMAR: Final = "grammar"
_OF_A_BOT: Final = frozenset({"Bot.json", "BotLocale.json", "Intent.json", "CustomVocabulary.json"})
_ELICITATION: Final = "valueElicitationSetting"

DEFAULT_FALLBACK_INTENT: Final = Intent(
    name="FallbackIntent",
    identifier="FALLBCKINT",
    description="Default intent when no other intent matches",
    parent_intent_signature=FALLBACK_INTENT,
)
"""The FallbackIntent that Lex gives to every new locale."""


def load(path: str | Path, *, password: str | None = None, unfinished: bool = False) -> Bot:
    """The bot in a Lex V2 export, which may be a zip or an unpacked folder.

    The reading is lenient where real files are: an extra folder around the bot or none, no
    Manifest, no Bot.json (the export of one locale), byte order marks, and the spellings of
    Lex's API and documents. A locale without a FallbackIntent gets Lex's default one, as it
    would when it is imported. What is merely unwise is left to :func:`validate`; so are, in an
    ``unfinished`` bot, names that lead nowhere yet.

    Raises:
        ArchiveError: there is not an export of one bot at ``path``, or it is unsafe.
        PasswordError: the zip is encrypted, and ``password`` is missing or wrong.
        MalformedJSONError: a file is not JSON.
        FieldError: a member of a file is missing or has the wrong type.
        MissingReferenceError: an intent, slot or slot type is named that is not there.
    """
    path = Path(path)
    if project.is_project(path):
        return _of_project(path, lambda export: _checked(export, unfinished=unfinished))
    read = _files(path, password)
    if isinstance(read, Bot):
        return read
    if isinstance(read, dict):
        return _checked(Export(path, read), unfinished=unfinished)
    return _of_template(read, path, lambda export: _checked(export, unfinished=unfinished))


def _of_project(path: Path, read: Callable[[Export], _Read], cache: Path | None = None) -> _Read:
    """What ``read`` makes of a project; its errors name the project's own files and lines."""
    compiled = project.compile_project(path)
    if compiled.faults:
        raise compiled.faults[0]
    try:
        made = read(Export(path, compiled.files))
    except BotError as error:
        raise compiled.located(error) from None
    if isinstance(made, RunnableBot):
        if made.faults:
            return cast("_Read", _with_places(made, compiled))
        if cache is not None:  # a sound one: there is no place in it to report
            project.cache_export(path, compiled.files, cache)
    return made


def _of_template(template: TemplateBot, path: Path, read: Callable[[Export], _Read]) -> _Read:
    """What ``read`` makes of a template's bot; its errors name the template's own places."""
    try:
        made = read(Export(path, template.files))
    except BotError as error:
        raise template.located(error) from None
    if isinstance(made, RunnableBot):
        return cast("_Read", _with_places(made, template))
    return made


def _with_places(made: RunnableBot, compiled: Compiled | TemplateBot) -> RunnableBot:
    """The runnable bot with its faults at the places of the files that people wrote."""
    faults = {
        locale: {name: compiled.placed(problem) for name, problem in intents.items()}
        for locale, intents in made.faults.items()
    }
    return msgspec.structs.replace(made, faults=faults)


def _files(path: Path, password: str | None = None) -> dict[str, bytes] | Bot | TemplateBot:
    """The files of an export; of a bot of Lex V1 what it is in V2; the bot of a template.

    Raises:
        ArchiveError: there is no export, or a bot of another system, which it names.
    """
    try:
        files = read_files(path, password=password)
    except ArchiveError:
        if not is_no_export(path):
            raise
        files = {}
    if any(FILE_NAMES.get(name.rpartition("/")[2].casefold()) in _OF_A_BOT for name in files):
        return files
    foreign = import_module("daehwa.bot.foreign")
    bot_of_other = foreign.recognise(path)
    if bot_of_other is None:
        return files or read_files(path, password=password)
    if bot_of_other.system == "CloudFormation":
        template: TemplateBot = foreign.template_bot(bot_of_other)
        return template
    if bot_of_other.system != "Lex V1":
        raise foreign.refusal(bot_of_other, path)
    bot: Bot = foreign.bring(path).bot
    return bot


def load_runnable(path: str | Path, *, cache: Path | None = None) -> RunnableBot:
    """The bot at ``path`` as far as it can run: an intent at fault does not stop the others.

    The folder ``cache`` keeps what a project's files say, so that they need not be read
    as YAML at every start.

    Raises:
        BotError: as ``load``; MissingReferenceError where no intent is left that runs.
    """
    path = Path(path)
    if project.is_project(path):
        if cache is not None and (kept := project.cached_export(path, cache)) is not None:
            return _runnable(Export(path, kept))
        return _of_project(path, _runnable, cache)
    read = _files(path)
    if isinstance(read, Bot):
        return runnable(read)
    if isinstance(read, dict):
        return _runnable(Export(path, read))
    return _of_template(read, path, _runnable)


def _runnable(export: Export) -> RunnableBot:
    read = runnable(export.bot())
    first = next((each for faults in read.faults.values() for each in faults.values()), None)
    if first is not None and not read.runs:
        raise _missing(first, export)
    return read


def unpack(
    content: bytes, name: str, *, password: str | None = None, unfinished: bool = False
) -> Bot:
    """As ``load`` for the content of a zip; errors call it ``name``."""
    files = read_zip(io.BytesIO(content), name, password=password)
    return _checked(Export(Path(name), files), unfinished=unfinished)


def _checked(export: Export, *, unfinished: bool) -> Bot:
    bot = export.bot()
    for problem in () if unfinished else missing_references(bot):
        if problem.severity == "error":
            raise _missing(problem, export)
    return bot


def _missing(problem: Problem, export: Export) -> MissingReferenceError:
    return MissingReferenceError(
        problem.message,
        file=export.actual.get(problem.file, problem.file),
        field=problem.field,
        cure=problem.cure,
    )


class Export:
    """The files of an export, and the bot they make.

    ``actual`` maps a path of the layout to the file that was read for it, for later errors.
    """

    def __init__(self, path: Path, files: Mapping[str, bytes]) -> None:
        self._path = path.resolve()
        self._files = files
        self._by_kind: dict[str, list[PurePosixPath]] = {
            name: [] for name in (*FILE_NAMES.values(), _GRAMMAR)
        }
        self._by_folder: dict[tuple[str, PurePosixPath], list[PurePosixPath]] = {}
        for name in files:
            file = PurePosixPath(name)
            kind = FILE_NAMES.get(file.name.casefold(), _GRAMMAR)
            self._by_kind[kind].append(file)
            for folder in file.parents:
                self._by_folder.setdefault((kind, folder), []).append(file)
        self.actual: dict[str, str] = {}

    def bot(self) -> Bot:
        """The bot with everything in it."""
        files = self._by_kind["Bot.json"]
        if len(files) > 1:
            raise ArchiveError(
                "there are several bots here: " + ", ".join(map(str, files)) + ".",
                file=self._shown,
                cure="Give the folder or zip of one of them.",
            )
        folders = self._locale_folders()
        if files:
            bot = self._named(Bot, files[0])
            self.actual[layout.bot_file(bot.name)] = str(files[0])
        elif folders:
            bot = Bot(name=self._guessed_name(folders[0]))
        else:
            raise self._no_bot()
        locales: dict[str, BotLocale] = {}
        for folder in folders:
            locale = self._locale(bot.name, folder)
            if locale.identifier in locales:
                raise FieldError(
                    f'the locale "{locale.identifier}" is there twice.',
                    file=str(folder / "BotLocale.json"),
                    field="$.identifier",
                    cure="Keep one of the two.",
                )
            locales[locale.identifier] = locale
        return msgspec.structs.replace(bot, locales=locales)

    # --- the files ----------------------------------------------------------------------

    @property
    def _shown(self) -> str:
        return self._path.name.encode("utf-8", "backslashreplace").decode()

    def _locale_folders(self) -> list[PurePosixPath]:
        """The folder of each locale; one without a BotLocale.json is known by its name."""
        folders = [file.parent for file in self._by_kind["BotLocale.json"]]
        for file in self._by_kind["Intent.json"]:
            if any(folder in file.parents for folder in folders):
                continue
            home = next((p.parent for p in file.parents if p.name == "Intents"), None)
            if home is None or not _LOCALE_ID.fullmatch(self._folder_name(home)):
                raise ArchiveError(
                    "the intent belongs to no locale: there is no BotLocale.json above it.",
                    file=str(file),
                    cure='Put a BotLocale.json with at least {"identifier": "ko_KR"} (or the '
                    'locale it is) next to the folder "Intents".',
                )
            folders.append(home)
        return sorted(folders)

    def _folder_name(self, folder: PurePosixPath) -> str:
        return folder.name or self._path.name

    def _guessed_name(self, folder: PurePosixPath) -> str:
        """The name of a bot whose Bot.json is not there: the export of one locale."""
        parts = folder.parts
        if "BotLocales" in parts[1:]:
            return parts[parts.index("BotLocales") - 1]
        name = self._shown if self._path.is_dir() else self._shown.rpartition(".")[0]
        match = _EXPORT_NAME.match(name)
        return (match[1] if match else name) or "Bot"

    def _no_bot(self) -> ArchiveError:
        begun = project.nearly_a_project(self._path)
        if begun is not None:
            return ArchiveError(
                "this looks like a project, but it has no bot.yaml.",
                file=self._shown,
                cure=f"Rename {begun} to bot.yaml."
                if begun.casefold().startswith("bot.")
                else f"Add bot.yaml beside {begun}, with a line such as `name: MyBot`.",
            )
        if self._by_kind["CustomVocabulary.json"]:
            problem = "this is the export of a custom vocabulary, not of a bot."
        else:
            problem = "there is no Lex V2 bot here: no Bot.json and no BotLocale.json."
        return ArchiveError(
            problem,
            file=self._shown,
            cure="In the Lex V2 console open the bot, choose Action, Export, and give that zip. "
            "A bot of Lex V1 or an agent of Dialogflow ES is taken by `daehwa import`.",
        )

    def _inside(self, kind: str, folder: PurePosixPath) -> list[PurePosixPath]:
        """The files of a kind anywhere under the folder."""
        return self._by_folder.get((kind, folder), [])

    def _json(self, file: PurePosixPath) -> Any:
        return parse(self._files[str(file)], str(file))

    # --- reading ----------------------------------------------------------------------

    def _named(self, kind: type[_Named], file: PurePosixPath) -> _Named:
        raw = self._json(file)
        if kind is Slot and isinstance(raw, dict):
            raw = with_elicitation_in_place(raw)
        value = decode(kind, raw, str(file))
        if not value.name:
            raise FieldError(
                "the name is empty.", file=str(file), field="$.name", cure="Give it a name."
            )
        return value

    def _locale(self, bot: str, folder: PurePosixPath) -> BotLocale:
        file = next((f for f in self._by_kind["BotLocale.json"] if f.parent == folder), None)
        if file is None:
            locale = BotLocale(identifier=self._folder_name(folder))
        else:
            raw = self._json(file)
            if isinstance(raw, dict) and _LOCALE_ID.fullmatch(folder.name):
                raw = {"localeId": folder.name} | raw if raw.get("identifier") is None else raw
            locale = decode(BotLocale, raw, str(file))
            self.actual[layout.locale_file(bot, locale.identifier)] = str(file)
        slot_types = self._slot_types(bot, locale.identifier, folder)
        return msgspec.structs.replace(
            locale,
            slot_types=slot_types,
            intents=self._intents(bot, locale.identifier, folder, slot_types),
            custom_vocabulary=self._object(self._inside("CustomVocabulary.json", folder)),
        )

    def _slot_types(self, bot: str, locale: str, folder: PurePosixPath) -> dict[str, SlotType]:
        slot_types: dict[str, SlotType] = {}
        for file in self._inside("SlotType.json", folder):
            slot_type = self._named(SlotType, file)
            self._note_file(slot_type, layout.slot_type_file(bot, locale, slot_type.name), file)
            slot_types[slot_type.name] = self._with_grammar(slot_type, file.parent)
        return {name: _with_part_types(slot_types[name], slot_types) for name in sorted(slot_types)}

    def _with_grammar(self, slot_type: SlotType, folder: PurePosixPath) -> SlotType:
        """The slot type with its grammar, if that lies beside it: by its name in S3, or alone."""
        if slot_type.external_source_setting is None:
            return slot_type
        files = {file.name: file for file in self._inside(_GRAMMAR, folder)}
        named = files.get(layout.grammar_name(slot_type.external_source_setting))
        file = named or (next(iter(files.values())) if len(files) == 1 else None)
        if file is None:
            return slot_type
        grammar = self._files[str(file)].decode("utf-8-sig", "replace").replace("\r\n", "\n")
        return msgspec.structs.replace(slot_type, grammar=grammar)

    def _intents(
        self, bot: str, locale: str, folder: PurePosixPath, slot_types: Mapping[str, SlotType]
    ) -> dict[str, Intent]:
        intents: dict[str, Intent] = {}
        for file in self._inside("Intent.json", folder):
            intent = self._named(Intent, file)
            self._note_file(intent, layout.intent_file(bot, locale, intent.name), file)
            slots: dict[str, Slot] = {}
            for slot_file in self._inside("Slot.json", file.parent):
                slot = _with_type_names(self._named(Slot, slot_file), slot_types, slot_file)
                self._note_file(
                    slot, layout.slot_file(bot, locale, intent.name, slot.name), slot_file
                )
                slots[slot.name] = slot
            intents[intent.name] = msgspec.structs.replace(
                intent,
                slots=dict(sorted(slots.items())),
                slot_priorities=_priorities_by_name(intent, slots),
                conversation_flow=self._object(self._inside("ConversationFlow.json", file.parent)),
            )
        if not any(i.parent_intent_signature == FALLBACK_INTENT for i in intents.values()):
            intents.setdefault(DEFAULT_FALLBACK_INTENT.name, DEFAULT_FALLBACK_INTENT)
        return dict(sorted(intents.items()))

    def _note_file(self, value: Intent | Slot | SlotType, place: str, file: PurePosixPath) -> None:
        """Note where the value was read, and refuse a second one of the same name."""
        earlier = self.actual.setdefault(place, str(file))
        if earlier != str(file):
            raise FieldError(
                f'the name "{value.name}" is taken by {earlier}.',
                file=str(file),
                field="$.name",
                cure="Rename one of the two, or remove it.",
            )

    def _object(self, files: Sequence[PurePosixPath]) -> dict[str, Any] | None:
        """The JSON object in the first of the files, if there is one."""
        return decode_object(self._json(files[0]), str(files[0])) if files else None


# --- the spellings of the API and of documents ------------------------------------------


def with_elicitation_in_place(raw: dict[str, Any]) -> dict[str, Any]:
    """The slot with the members that documents put beside the elicitation setting in it."""
    moved = {name: raw[name] for name in ("slotConstraint", "defaultValueSpec") if name in raw}
    place = "slotValueElicitationSetting" if "slotValueElicitationSetting" in raw else _ELICITATION
    inside = raw.get(place)
    if not moved or not (inside is None or isinstance(inside, dict)):
        return raw
    return {k: v for k, v in raw.items() if k not in moved} | {place: moved | (inside or {})}


def _priorities_by_name(
    intent: Intent, slots: Mapping[str, Slot]
) -> tuple[SlotPriority, ...] | None:
    """The priorities with slot names where the API has slot ids."""
    if intent.slot_priorities is None:
        return None
    ids = {slot.identifier: slot.name for slot in slots.values() if slot.identifier}
    return tuple(
        priority
        if priority.slot_name in slots or priority.slot_name not in ids
        else msgspec.structs.replace(priority, slot_name=ids[priority.slot_name])
        for priority in intent.slot_priorities
    )


def _type_name(name_or_id: str | None, slot_types: Mapping[str, SlotType]) -> str | None:
    """The slot type's name, which exports give, or the API's id in its place."""
    if name_or_id is None or name_or_id in slot_types:
        return name_or_id
    return next((t.name for t in slot_types.values() if t.identifier == name_or_id), name_or_id)


def _part_named(part: _Part, slot_types: Mapping[str, SlotType]) -> _Part:
    """The part with its type's name, which others want, and its id, which exports give."""
    name = _type_name(part.slot_type_id or part.slot_type_name, slot_types)
    known = slot_types.get(name or "")
    identifier = part.slot_type_id or (known and known.identifier) or name
    return msgspec.structs.replace(part, slot_type_name=name, slot_type_id=identifier)


def _with_part_types(slot_type: SlotType, slot_types: Mapping[str, SlotType]) -> SlotType:
    """The slot type with the names of its parts' types, if it is composite."""
    setting = slot_type.composite_slot_type_setting
    if setting is None or setting.sub_slots is None:
        return slot_type
    parts = tuple(_part_named(part, slot_types) for part in setting.sub_slots)
    return msgspec.structs.replace(
        slot_type,
        composite_slot_type_setting=msgspec.structs.replace(setting, sub_slots=parts),
    )


def _with_type_names(slot: Slot, slot_types: Mapping[str, SlotType], file: PurePosixPath) -> Slot:
    """The slot with the name of its type, and of its parts' types."""
    if not slot.slot_type_name:
        raise FieldError(
            "the slot has no type.",
            file=str(file),
            field="$.slotTypeName",
            cure='Name a slot type of the locale or a built-in one, such as "AMAZON.Date".',
        )
    slot = msgspec.structs.replace(slot, slot_type_name=_type_name(slot.slot_type_name, slot_types))
    setting = slot.sub_slot_setting
    if setting is None or setting.slot_specifications is None:
        return slot
    parts = {n: _part_named(part, slot_types) for n, part in setting.slot_specifications.items()}
    return msgspec.structs.replace(
        slot, sub_slot_setting=msgspec.structs.replace(setting, slot_specifications=parts)
    )
