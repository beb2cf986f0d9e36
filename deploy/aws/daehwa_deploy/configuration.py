"""``daehwa.toml`` as the functions take it: read by the server's own code, packed as JSON.

What has no place on AWS is refused or warned of here, so that nobody finds it out from a bot that
answers otherwise than at home.
"""

from __future__ import annotations

import json
import zoneinfo
from pathlib import Path
from typing import Any

import msgspec

from daehwa import answers, bot
from daehwa.conversation import SettingsError as FileError
from daehwa.conversation.answerers import order_of
from daehwa.conversation.page import page_bot
from daehwa.conversation.profile import read_abilities
from daehwa.conversation.settings import Settings, load_settings
from daehwa_deploy.checked_models import check_documents, check_models, out_of_reach
from daehwa_deploy.errors import SettingsError
from daehwa_deploy.own_hooks import own_hooks
from daehwa_deploy.server_settings import of_servers_alone

ANSWERS_FILE = "answers.json"
MOST_BYTES = 256 * 1024
"""What the configuration may take in the functions' package: each cold start reads it."""
_LONGEST_SECONDS = 25.0
_ELSEWHERE = {"embedded": "the embedded model does not run on AWS Lambda"}


class Configuration(msgspec.Struct, frozen=True):
    """What a deployment takes of ``daehwa.toml``, for one bot.

    ``packed`` is the functions' file (``daehwa.aws.packed_answerers``), ``page`` that of the page;
    ``keys`` are the members that the secret needs. ``hooks`` are the ARNs of the bot's own code
    hook by locale.
    ``bedrock`` are the models and guardrails that the role asks, ``searches`` the ARNs that it
    searches. ``warnings`` name what the file says that does not hold on AWS.
    """

    settings: Settings
    packed: dict[str, Any]
    keys: tuple[str, ...]
    hooks: dict[str, str]
    warnings: tuple[str, ...]

    @property
    def models(self) -> list[dict[str, Any]]:
        """The tables of the models that are asked."""
        return list(self.packed["models"].values())

    @property
    def signed_models(self) -> list[dict[str, Any]]:
        """Those that are asked by the functions' role."""
        return [table for table in self.models if table.get("sign")]

    @property
    def answered(self) -> bool:
        """Whether anybody answers, in any locale."""
        return any(each["order"] for each in self.packed["locales"].values())


def read_configuration(
    path: str | None, definition: bot.Bot, *, alias: str = "live", documents: bool = False
) -> Configuration:
    """Read the file at ``path``; without one ``daehwa.toml`` here, if there is one.

    ``alias`` is the name of the bot's alias. ``documents`` says that the team's own documents are
    deployed, too.

    Raises:
        SettingsError: it cannot be read, or holds what cannot be deployed.
    """
    if path is not None and not Path(path).is_file():
        raise SettingsError(f"config {path} does not exist: give the file's path from this folder")
    try:
        settings = load_settings(None if path is None else Path(path))
    except FileError as error:
        raise SettingsError(str(error)) from None
    _refuse(settings)
    identifier = bot.bot_id(definition)
    warnings: list[str] = []
    locales = {
        name: _locale(settings, definition, name, warnings, documents=documents)
        for name in definition.locales
    }
    models = _models(settings, locales)
    asked = {name for each in locales.values() for name in each["order"]}
    chatgpt = _given(settings.of(answers.ANSWERERS["chatgpt"]))
    check_models(models.values(), chatgpt if "chatgpt" in asked else None)
    composing = _documents(settings, locales, models)
    addresses = (table.get("base_url") for table in (*models.values(), chatgpt, composing))
    warnings += filter(None, (out_of_reach(one) for one in addresses if one))
    packed = {
        "bot": definition.name,
        "botId": identifier,
        "locales": locales,
        "models": models,
        "openai": chatgpt,
        "documents": composing,
        "searches": _searches(settings, definition.name, identifier),
        "seconds": _seconds(settings, warnings),
        "redact": settings.redact,
        "timeZone": settings.time_zone,
    }
    keys = {name: None for table in models.values() for name in answers.variables(table)}
    hooks = own_hooks(settings.hooks, definition, alias, warnings)
    warnings += filter(None, (of_servers_alone(settings),))
    configuration = Configuration(settings, packed, tuple(keys), hooks, tuple(warnings))
    size = len(answers_file(configuration).encode())
    if size > MOST_BYTES:
        raise SettingsError(
            f"the configuration takes {size // 1024} KB; the functions take {MOST_BYTES // 1024} "
            "KB: shorten the system prompts"
        )
    return configuration


def answers_file(configuration: Configuration) -> str:
    """The text of the functions' file."""
    return json.dumps(configuration.packed, ensure_ascii=False, indent=2, sort_keys=True)


def deployed_page(
    configuration: Configuration, definition: bot.Bot, *, title: str | None = None
) -> dict[str, Any]:
    """What the page shows of the bot, ``locales`` and ``theme``, as the server gives them.

    A locale's ``heading`` is that of the page in it; ``title`` goes before all of the file's.
    """
    page = configuration.settings.page
    if title is not None:
        untitled = {
            name: msgspec.structs.replace(words, title=None) for name, words in page.locales.items()
        }
        page = msgspec.structs.replace(page, title=title, locales=untitled)
    made = page_bot(
        bot.bot_id(definition),
        definition,
        definition.locales.values(),
        page,
        model=configuration.answered,
    )
    locales = [
        msgspec.to_builtins(locale) | {"heading": page.titled(locale.id)} for locale in made.locales
    ]
    return {"locales": locales, "theme": msgspec.to_builtins(made.theme)}


def _refuse(settings: Settings) -> None:
    """Refuse what would silently not hold: what checks questions and answers, and files of keys."""
    if settings.moderation.before or settings.moderation.after:
        raise SettingsError(
            "[moderation] does not run on AWS Lambda: remove it from the deployed file, and let a "
            'guardrail of Bedrock (guardrail = "id:version" of a model) check instead'
        )
    zones = zoneinfo.available_timezones()
    if zones and settings.time_zone is not None and settings.time_zone not in zones:
        raise SettingsError(f"time_zone is {settings.time_zone!r}: it looks like Asia/Seoul")
    for model in settings.models:
        if model.key_file is not None:
            raise SettingsError(
                f"the model {model.name} has key_file, and no file of yours is on AWS: name a "
                "member of the secret with key"
            )


def _locale(
    settings: Settings,
    definition: bot.Bot,
    locale: str,
    warnings: list[str],
    *,
    documents: bool,
) -> dict[str, Any]:
    identifier = bot.bot_id(definition)
    order, system = order_of(settings, definition.name, identifier, locale, default="chatgpt")
    names = [settings.aliases.get(name, name) for name in order if name != "none"]
    held = documents or any(one.documents for one in settings.searches)
    kept = [
        name
        for name in names
        if name not in _ELSEWHERE and (held or name != answers.DOCUMENTS.name)
    ]
    warnings += [
        f"{locale}: {name} is not asked, because {_ELSEWHERE[name]}"
        for name in names
        if name in _ELSEWHERE
    ]
    return {
        "order": list(dict.fromkeys(kept)),
        "system": system,
        "abilities": list(read_abilities(definition.locales[locale])),
    }


def _models(settings: Settings, locales: dict[str, Any]) -> dict[str, Any]:
    """The tables of the models that any locale asks, or that compose from documents."""
    asked = {name for each in locales.values() for name in each["order"]}
    composer = settings.of(answers.DOCUMENTS).model
    return {
        model.name: _given(model)
        for model in settings.models
        if model.name in asked or model.name == settings.aliases.get(composer or "", composer)
    }


def _documents(
    settings: Settings, locales: dict[str, Any], models: dict[str, Any]
) -> dict[str, Any]:
    """Who composes from passages, as at home: whom the file names, else the first of all.

    A ``composer`` that is ``document`` has the ``model`` and ``base_url`` beside it.

    Raises:
        SettingsError: it could not be asked.
    """
    table = settings.of(answers.DOCUMENTS)
    names = [name for each in locales.values() for name in each["order"]]
    setting = answers.resolved(table, names, models)
    if not setting.compose:
        return {"confidence": setting.confidence, "composer": None}
    wanted = settings.aliases.get(setting.model or "", setting.model)
    own = {"model": setting.model, "base_url": setting.base_url}
    if wanted not in models and any(own.values()):
        check_documents(own)
        return {"confidence": setting.confidence, "composer": answers.DOCUMENTS.name, **own}
    first = next((name for name in names if name in models), "chatgpt")
    composer = wanted if wanted in models else first
    return {"confidence": setting.confidence, "composer": composer}


def _searches(settings: Settings, name: str, identifier: str) -> list[dict[str, Any]]:
    searches = []
    for one in settings.searches:
        if not one.documents or one.bot not in ("*", name, identifier):
            continue
        if one.opensearch is not None:
            raise SettingsError(
                f"[[searches]] {one.name}: OpenSearch is not searched on AWS Lambda yet; take a "
                "Bedrock knowledge base over it"
            )
        if one.endpoint_url is not None:
            raise SettingsError(
                f"[[searches]] {one.name}: endpoint_url is an address within a network of yours, "
                "which the functions are not in: leave it out of the deployed file"
            )
        where = one.knowledge_base or one.kendra or ""
        if not where.startswith("arn:"):
            raise SettingsError(
                f"[[searches]] {one.name}: write the whole ARN of {where!r}, so that the function "
                "is given the right to search it"
            )
        kept = ("name", "kendra", "knowledge_base", "locale", "confidence", "seconds", "region")
        given = msgspec.to_builtins(one)
        searches.append({member: given[member] for member in kept if given[member] is not None})
    return searches


def _seconds(settings: Settings, warnings: list[str]) -> float:
    if settings.answer_seconds > _LONGEST_SECONDS:
        warnings.append(
            f"answer_seconds is {settings.answer_seconds:g}: on AWS an answer has 25 s to begin, "
            "because API Gateway and Lex wait no longer than 30"
        )
    return min(settings.answer_seconds, _LONGEST_SECONDS)


def _given(setting: msgspec.Struct) -> dict[str, Any]:
    """The members of a table that are not their defaults, and its name."""
    default = {field.name: field.default for field in msgspec.structs.fields(type(setting))}
    return {
        name: value
        for name, value in msgspec.to_builtins(setting).items()
        if name == "name" or (value != default[name] and value not in ({}, None))
    }
