"""Where an export keeps what: the paths of its files.

Manifest.json
<bot>/Bot.json
<bot>/BotLocales/<locale>/BotLocale.json
<bot>/BotLocales/<locale>/CustomVocabulary/CustomVocabulary.json
<bot>/BotLocales/<locale>/SlotTypes/<type>/SlotType.json
<bot>/BotLocales/<locale>/SlotTypes/<type>/grammar.grxml  (ours: Lex keeps grammars in S3)
<bot>/BotLocales/<locale>/Intents/<intent>/Intent.json
<bot>/BotLocales/<locale>/Intents/<intent>/ConversationFlow.json
<bot>/BotLocales/<locale>/Intents/<intent>/Slots/<slot>/Slot.json

Source: real exports, which differ from Lex's documents in small things.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

MANIFEST: Final = "Manifest.json"

_GRAMMAR: Final = re.compile("grxml|gram|srgs|xml", re.IGNORECASE)
_LITTER: Final = frozenset({"__macosx", "node_modules", "__pycache__"})

# Names that Lex allows pass as they are; anything else is escaped, so that it stays inside.
_UNSAFE: Final = re.compile(r"[^\w \-]|^[ ]|[ ]$|^$")


def bot_file(bot: str) -> str:
    """The file of the bot's settings."""
    return f"{folder(bot)}/Bot.json"


def locale_file(bot: str, locale: str) -> str:
    """The file of a locale's settings."""
    return f"{_locale(bot, locale)}/BotLocale.json"


def vocabulary_file(bot: str, locale: str) -> str:
    """The file of a locale's custom vocabulary."""
    return f"{_locale(bot, locale)}/CustomVocabulary/CustomVocabulary.json"


def slot_type_file(bot: str, locale: str, slot_type: str) -> str:
    """The file of a slot type."""
    return f"{_locale(bot, locale)}/SlotTypes/{folder(slot_type)}/SlotType.json"


def grammar_file(bot: str, locale: str, slot_type: str, source: Mapping[str, Any] | None) -> str:
    """The file of a slot type's grammar, which Lex itself keeps elsewhere."""
    home = f"{_locale(bot, locale)}/SlotTypes/{folder(slot_type)}"
    return f"{home}/{grammar_name(source)}"


def grammar_name(source: Mapping[str, Any] | None) -> str:
    """The name that a grammar's file has in S3, where that says that it is a grammar."""
    setting: Any = source
    for member in ("grammarSlotTypeSetting", "source", "s3ObjectKey"):
        setting = setting.get(member) if isinstance(setting, Mapping) else None
    name = str(setting or "").rpartition("/")[2]
    stem, _, kind = name.rpartition(".")
    return f"{folder(stem)}.{kind}" if stem and _GRAMMAR.fullmatch(kind) else "grammar.grxml"


def intent_file(bot: str, locale: str, intent: str) -> str:
    """The file of an intent."""
    return f"{_intent(bot, locale, intent)}/Intent.json"


def flow_file(bot: str, locale: str, intent: str) -> str:
    """The file of the visual builder's drawing of an intent."""
    return f"{_intent(bot, locale, intent)}/ConversationFlow.json"


def slot_file(bot: str, locale: str, intent: str, slot: str) -> str:
    """The file of a slot."""
    return f"{_intent(bot, locale, intent)}/Slots/{folder(slot)}/Slot.json"


def folder(name: str) -> str:
    """The name as a folder: what a file system, a zip or the reader would misread is escaped."""
    safe = _UNSAFE.sub(lambda match: _escaped(match[0]), name)
    return _escaped(safe[0]) + safe[1:] if is_litter(safe) else safe


def is_litter(folder: str) -> bool:
    """Whether a folder of that name is some system's or tool's, never part of an export."""
    return folder.startswith(".") or folder.casefold() in _LITTER


def _escaped(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode()) or "%"


def _locale(bot: str, locale: str) -> str:
    return f"{folder(bot)}/BotLocales/{folder(locale)}"


def _intent(bot: str, locale: str, intent: str) -> str:
    return f"{_locale(bot, locale)}/Intents/{folder(intent)}"
