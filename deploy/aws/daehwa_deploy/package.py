"""What is uploaded: the bot's export as Lex takes it, and the functions' code.

The functions need nothing but the standard library and a few files of the package, so nothing
is installed and no Docker is asked for.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from aws_cdk import Annotations
from constructs import Construct

from daehwa import __file__ as package_file
from daehwa import bot
from daehwa_deploy.configuration import (
    ANSWERS_FILE,
    Configuration,
    answers_file,
    deployed_page,
)
from daehwa_deploy.errors import SettingsError
from daehwa_deploy.settings import Settings

PACKAGE = Path(package_file).parent
# The rooms that the functions need, and of those that others need too, which modules.
ROOMS: dict[str, tuple[str, ...]] = {
    "aws": ("*.py",),
    "answers": (
        "__init__.py",
        "answer_pieces.py",
        "answerer.py",
        "anthropic_messages.py",
        "api_addresses.py",
        "bot_profile.py",
        "breaker.py",
        "call.py",
        "composing.py",
        "converse.py",
        "dialect.py",
        "endpoints.py",
        "errors.py",
        "event_frames.py",
        "failures.py",
        "followups.py",
        "gemini_content.py",
        "hook_response.py",
        "letters.py",
        "native_shapes.py",
        "past.py",
        "prompt.py",
        "redaction.py",
        "refusal_words.py",
        "replies.py",
        "retry_hints.py",
        "settings.py",
        "source_passages.py",
        "thoughts.py",
        "values.py",
        "wire.py",
        "wording.py",
        "wrapping.py",
    ),
    "documents": (
        "__init__.py",
        "confidences.py",
        "languages.py",
        "portable_index.py",
        "stop_words.py",
        "terms.py",
    ),
    "chat": (
        "__init__.py",
        "accepting.py",
        "errors.py",
        "limits.py",
        "lines.py",
        "media.py",
        "session_secret.py",
    ),
}
_NEVER = {"testing.py"}
PAGE_FILE = "page.json"
STREAM = "stream"
EXAMPLE = "PadoBooksBot"
# Lambda calls it with what it would have started: the interpreter first.
_STREAM_SCRIPT = """#!/bin/sh
cd "$LAMBDA_TASK_ROOT" && exec "$1" -m daehwa.aws.streaming
"""


class BotFile(msgspec.Struct, frozen=True):
    """The bot that is deployed: its definition, the zip that Lex imports, its content's hash.

    Of a bot that is on Lex already there is no ``archive``.
    """

    definition: bot.Bot
    archive: Path | None
    digest: str


def read_bot(settings: Settings, workplace: Path) -> BotFile:
    """Read the bot file and write it again as a zip, the same bytes for the same bot.

    A bot that is on Lex already (``bot_id``) is not written; its file, if there is one, says what
    the page shows and what the model learns of it.

    Raises:
        SettingsError: the bot cannot be read or has errors, or a locale is named that it has not.
    """
    if settings.bot_id and not settings.bot_file:
        return BotFile(_unread(settings), None, "")
    path = Path(settings.bot_file) if settings.bot_file else bot.bundled()[EXAMPLE]
    definition = _read(path)
    wanted = settings.locales or tuple(definition.locales)
    if unknown := sorted({*settings.voices, *wanted} - set(definition.locales)):
        raise SettingsError(
            f"{path} has no locale {', '.join(unknown)}: it has {', '.join(definition.locales)}"
        )
    if settings.bot_id:
        # Only those that the bot on Lex is to be spoken to in.
        locales = {name: definition.locales[name] for name in wanted}
        return BotFile(msgspec.structs.replace(definition, locales=locales), None, "")
    definition = _with_voices(definition, settings.voices)
    archive = workplace / "bot.zip"
    bot.save(definition, archive)
    return BotFile(definition, archive, bot.content_digest(definition))


def _read(path: Path) -> bot.Bot:
    try:
        definition = bot.load(path)
    except bot.BotError as error:
        raise SettingsError(f"botFile {path}: {error}") from None
    errors = [str(one) for one in bot.validate(definition) if one.severity == "error"]
    if errors:
        raise SettingsError(f"{path} would not build on Lex:\n  " + "\n  ".join(errors))
    return definition


def _unread(settings: Settings) -> bot.Bot:
    """What is known of a bot on Lex without its file: its languages."""
    locales = {
        name: bot.BotLocale(identifier=name, name=bot.LOCALE_NAMES.get(name))
        for name in settings.locales
    }
    return bot.Bot(name=settings.page_title or "Bot", identifier=settings.bot_id, locales=locales)


def _with_voices(definition: bot.Bot, voices: dict[str, str]) -> bot.Bot:
    if not voices:
        return definition
    locales = dict(definition.locales)
    for name, voice in voices.items():
        settings = {"engine": "neural", "voiceId": voice}
        locales[name] = msgspec.structs.replace(locales[name], voice_settings=settings)
    return msgspec.structs.replace(definition, locales=locales)


def fallback_intents(definition: bot.Bot) -> list[str]:
    """The names of the intents that take what fits nothing."""
    found = {one.fallback_intent.name for one in definition.locales.values() if one.fallback_intent}
    return sorted(found)


def warn_of_silence(scope: Construct, definition: bot.Bot) -> None:
    """Warn at synthesis where a FallbackIntent never calls its code hook: ChatGPT stays silent."""
    for name, locale in definition.locales.items():
        if not locale.intents:
            continue  # of a bot on Lex whose file is not here
        fallback = locale.fallback_intent
        hook = fallback and fallback.fulfillment_code_hook
        dialog = fallback and fallback.dialog_code_hook
        if not (hook and hook.enabled) and not (dialog and dialog.enabled):
            Annotations.of(scope).add_warning_v2(
                f"daehwa:fallback-{name}",
                f"FallbackIntent of {name} calls no code hook: turn its fulfilment code hook on "
                "in the bot file, or ChatGPT is never asked.",
            )


def functions_code(workplace: Path, page: dict[str, Any], configuration: Configuration) -> Path:
    """Write the folder that the functions run from: the package's rooms that they need."""
    root = workplace / "functions"
    home = root / "daehwa"
    home.mkdir(parents=True)
    shutil.copy(PACKAGE / "__init__.py", home)
    for room, patterns in ROOMS.items():
        (home / room).mkdir()
        for pattern in patterns:
            for module in (PACKAGE / room).glob(pattern):
                if module.name not in _NEVER:
                    shutil.copy(module, home / room)
    text = json.dumps(page, ensure_ascii=False, indent=2, sort_keys=True)
    (root / PAGE_FILE).write_text(text, encoding="utf-8")
    (root / ANSWERS_FILE).write_text(answers_file(configuration), encoding="utf-8")
    (root / STREAM).write_text(_STREAM_SCRIPT, encoding="utf-8")
    (root / STREAM).chmod(0o755)
    return root


def image_hosts(definition: bot.Bot, settings: Settings, configuration: Configuration) -> list[str]:
    """Whose pictures the page may load: those that are set, and those of the bot's cards."""
    cards = (bot.card_hosts(locale) for locale in definition.locales.values())
    given = (urlsplit(logo) for logo in configuration.settings.page.logos())
    logos = {logo.netloc for logo in given if logo.scheme == "https"}
    return sorted({*_pictures(settings, configuration), *logos}.union(*cards))


def _pictures(settings: Settings, configuration: Configuration) -> list[str]:
    return sorted({*settings.pictures, *configuration.settings.page.image_hosts})


def page_content(
    definition: bot.Bot, settings: Settings, configuration: Configuration
) -> dict[str, Any]:
    """The file that ``daehwa.aws.page_content`` reads; only the function knows the bot's id."""
    page = configuration.settings.page
    model = next((table.get("model") for table in configuration.models), settings.model)
    answered = configuration.answered
    return {
        "bot": {
            "name": definition.name,
            "description": definition.description,
            "idleSeconds": definition.idle_session_ttl_in_seconds,
            "fallbackIntents": fallback_intents(definition),
            **deployed_page(configuration, definition, title=settings.page_title),
        },
        "page": {
            "title": settings.page_title or page.title,
            "answer": {"source": "chatgpt", "state": "ready", "model": model}
            if answered
            else {"source": "none", "state": "off", "model": None},
            "look": {
                "logo": page.logo,
                "accent": page.accent,
                "imageHosts": _pictures(settings, configuration),
                "cardHosts": image_hosts(definition, settings, configuration),
            },
        },
    }
