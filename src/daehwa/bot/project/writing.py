"""Writing a bot as a project."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from daehwa.bot.completing import FALLBACK_ID, part_id
from daehwa.bot.decoding import decode
from daehwa.bot.errors import ArchiveError
from daehwa.bot.flow_values import (
    PromptSpecification,
    ResponseSpecification,
)
from daehwa.bot.identity import bot_id
from daehwa.bot.layout import grammar_name
from daehwa.bot.project import bot_forms, layout, parts, shortened_parts
from daehwa.bot.project.emitting import emit
from daehwa.bot.project.export_cache import write_text
from daehwa.bot.project.nodes import Node, SourceFile
from daehwa.bot.project.schema_files import schema_line, write_schemas
from daehwa.bot.project.shortening import bare, exactly, same
from daehwa.bot.project.style import STRATEGIES, Style, attempts
from daehwa.bot.signatures import FALLBACK_INTENT
from daehwa.bot.slot_definition import (
    SlotType,
)
from daehwa.bot.tree import walk
from daehwa.bot.values import (
    Bot,
    BotLocale,
    Intent,
)
from daehwa.bot.writer import encode, save
from daehwa.bot.yaml_reader import YamlFile

_IDENTIFIERS_NOTE: Final = """\
# The ids that Lex gave. Nobody needs to edit this file: a part that is not in it gets an id
# derived from its name.
"""


def project_texts(bot: Bot) -> dict[str, str]:
    """The files of the bot's project by their paths in it: what stands there makes the bot again.

    Raises:
        ArchiveError: a locale has a name that no file can have.
    """
    texts = {layout.BOT: emit(_bot(bot))}
    identifiers: dict[str, Any] = {}
    for locale in bot.locales.values():
        file = layout.locale_file(locale.identifier)
        if layout.locale_of(file) is None:
            raise ArchiveError(
                f'"{locale.identifier}" names no locale; a project has one file for each.',
                file=bot.name,
                cure="Give the locale one of Lex's names, such as ko_KR.",
            )
        texts[file] = emit(_locale(locale, texts), apart=("intents", "slot_types"))
        given = _identifiers(bot.name, locale)
        if given:
            identifiers[locale.identifier] = given
    if identifiers:
        texts[layout.IDENTIFIERS] = _IDENTIFIERS_NOTE + emit(identifiers)
    return texts


def save_project(
    bot: Bot, folder: Path, *, force: bool = False, with_schemas: bool = False
) -> None:
    """Write the bot as a project into ``folder``; the files of other things there stay.

    ``with_schemas`` puts the schemas beside it, and into each file a line that leads editors
    to its own.

    Raises:
        ArchiveError: the folder has a bot already, and not ``force``; or it is a file.
    """
    texts = project_texts(bot)
    _refuse(folder, texts, force=force)
    if with_schemas:
        texts = {name: schema_line(name) + text for name, text in texts.items()}
        write_schemas(folder)
    old = set(layout.project_files(folder)) if layout.is_project(folder) else set()
    for name, text in texts.items():
        write_text(folder / name, text)
    for file in old - {folder / name for name in texts}:
        file.unlink()


def save_imported(bot: Bot, path: Path, *, keep: bool = True) -> None:
    """Write a bot as a project; as an export where the name is a zip's, or an export is there.

    With ``keep`` nothing that only the old one has is lost.

    Raises:
        ArchiveError: something would be lost, or the place is taken by something else.
    """
    export = path.is_dir() and any(path.glob("*/Bot.json")) and not layout.is_project(path)
    if export or (path.suffix and not path.is_dir()):
        save(bot, path, keep=keep)
    else:
        save_project(bot, path, force=not keep, with_schemas=True)


def _refuse(folder: Path, texts: Mapping[str, str], *, force: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise ArchiveError(
            "there is a file of that name, and a project is a folder.",
            file=str(folder),
            cure="Choose another name.",
        )
    exports = [*folder.glob("*/Bot.json"), *folder.glob("Bot.json")] if folder.is_dir() else []
    if exports:
        raise ArchiveError(
            f"the folder holds an export: {exports[0].relative_to(folder)}.",
            file=str(folder),
            cure="Choose another folder for the project.",
        )
    present = [name for name in texts if (folder / name).exists()]
    present += [layout.BOT] if layout.is_project(folder) and not present else []
    if present and not force:
        raise ArchiveError(
            f"the folder already has a bot: {', '.join(sorted(present)[:3])}.",
            file=str(folder),
            cure="Choose another folder, or give --force to overwrite it.",
        )


# --- the bot ------------------------------------------------------------------------------------


def _bot(bot: Bot) -> dict[str, Any]:
    wanted = encode(msgspec.structs.replace(bot, locales={}))
    guess: dict[str, Any] = {"name": bot.name}
    if bot.identifier is not None and bot.identifier != bot_id(Bot(name=bot.name)):
        guess["id"] = bot.identifier
    if bot.description is not None:
        guess["description"] = bot.description
    if bot.idle_session_ttl_in_seconds != 300 and bot.idle_session_ttl_in_seconds >= 0:  # noqa: PLR2004 - Lex's default
        guess["idle"] = _duration(bot.idle_session_ttl_in_seconds)
    if bot.data_privacy is not None and bot.data_privacy.child_directed:
        guess["child_directed"] = True
    return exactly(guess, Bot, wanted, bot_forms.bot_json)


def _duration(seconds: int) -> str:
    for unit, size in (("h", 3600), ("m", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def _locale(locale: BotLocale, texts: dict[str, str]) -> dict[str, Any]:
    """The file of a locale; grammars and drawings go to ``texts``."""
    wanted = encode(msgspec.structs.replace(locale, intents={}, slot_types={}))
    guess: dict[str, Any] = {}
    if locale.description is not None:
        guess["description"] = locale.description
    if locale.nlu_confidence_threshold != 0.4:  # noqa: PLR2004 - Lex's default
        guess["confidence"] = locale.nlu_confidence_threshold
    voice = locale.voice_settings or {}
    if list(voice) == ["voiceId", "engine"] and voice["engine"] == "neural":
        guess["voice"] = voice["voiceId"]

    def expand(node: Node) -> dict[str, Any]:
        return bot_forms.locale_json(locale.identifier, node.members("locale"))

    made = exactly(guess, BotLocale, wanted, expand)
    look = _style(locale)
    own = {name: value for name, value in msgspec.structs.asdict(look).items()
           if value != getattr(Style(), name)}  # fmt: skip
    if own:
        made["defaults"] = own
    made["intents"] = _intents(locale, look, texts)
    if locale.slot_types:
        made["slot_types"] = {
            name: _slot_type(locale.identifier, one, texts)
            for name, one in locale.slot_types.items()
        }
    if locale.custom_vocabulary is not None:
        made["custom_vocabulary"] = locale.custom_vocabulary
    return made


def _intents(locale: BotLocale, look: Style, texts: dict[str, str]) -> dict[str, Any]:
    made = {}
    for name, intent in locale.intents.items():
        if intent.conversation_flow is not None:
            drawing = json.dumps(intent.conversation_flow, ensure_ascii=False, indent=2) + "\n"
            texts[layout.flow_file(locale.identifier, name)] = drawing
        if not _is_usual_fallback(intent):
            made[name] = shortened_parts.intent(intent, look)
    return made


def _is_usual_fallback(intent: Intent) -> bool:
    """Whether it is the FallbackIntent that a locale has that says nothing of one."""
    if intent.name != parts.FALLBACK_NAME or intent.slots:
        return False
    node = Node(SourceFile(YamlFile(None)), {}, ())
    usual = parts.intent(intent.name, node, Style(steps="implicit"))[0]
    bare_intent = msgspec.structs.replace(intent, identifier=None)
    return same(encode(decode(Intent, usual, "")), encode(bare_intent))


def _slot_type(locale: str, slot_type: SlotType, texts: dict[str, str]) -> Any:
    if slot_type.grammar is None:
        return shortened_parts.slot_type(slot_type)
    kind = Path(grammar_name(slot_type.external_source_setting)).suffix
    file = layout.grammar_file(locale, slot_type.name, kind)
    texts[file] = slot_type.grammar
    return shortened_parts.slot_type(slot_type, file)


# --- what most of them have -----------------------------------------------------------------


def _style(locale: BotLocale) -> Style:
    """The defaults that make the file shortest: what most prompts and intents have."""
    files = [
        *locale.intents.values(),
        *(s for i in locale.intents.values() for s in i.slots.values()),
    ]
    values = [value for file in files for _, value in walk(file)]
    prompts = [p for p in values if isinstance(p, PromptSpecification)]
    interrupting = [
        value.allow_interrupt
        for value in values
        if isinstance(value, PromptSpecification | ResponseSpecification)
        and value.allow_interrupt is not None
    ]
    usual = Style()
    words = {lexs: word for word, lexs in STRATEGIES.items()}
    intents = [
        "implicit" if intent.initial_response_setting is None else "explicit"
        for intent in locale.intents.values()
        if not _is_usual_fallback(intent)
    ]
    retries = _most([p.max_retries for p in prompts], usual.retries)
    plain = [
        "none" if p.prompt_attempts_specification is None else "lex"
        for p in prompts
        if p.prompt_attempts_specification is None
        or same(bare(encode(p))["promptAttemptsSpecification"], attempts(max(p.max_retries, 0)))
    ]
    return Style(
        retries=retries,
        interruptible=_most(interrupting, usual.interruptible),
        variations=_most([words[p.message_selection_strategy] for p in prompts], usual.variations),
        attempts=_most(plain, usual.attempts),
        steps=_most(intents, usual.steps),
    )


def _most(values: list[Any], usual: Any) -> Any:
    counts = Counter([*values])
    if not counts or counts[usual] == max(counts.values()):
        return usual
    return counts.most_common(1)[0][0]


# --- ids ----------------------------------------------------------------------------------------


def _identifiers(bot: str, locale: BotLocale) -> dict[str, Any]:
    """The ids of a locale's parts that are not made of their names."""
    home = f"{bot}/{locale.identifier}"
    made: dict[str, Any] = {"slot_types": {}, "intents": {}, "slots": {}}
    for name, slot_type in locale.slot_types.items():
        if slot_type.identifier != part_id(home, name):
            made["slot_types"][name] = slot_type.identifier
    for name, intent in locale.intents.items():
        fallback = intent.parent_intent_signature == FALLBACK_INTENT
        if intent.identifier != (FALLBACK_ID if fallback else part_id(home, name)):
            made["intents"][name] = intent.identifier
        slots = {
            slot.name: slot.identifier
            for slot in intent.slots.values()
            if slot.identifier != part_id(f"{home}/{name}", slot.name)
        }
        if slots:
            made["slots"][name] = slots
    return {kind: ids for kind, ids in made.items() if ids}
