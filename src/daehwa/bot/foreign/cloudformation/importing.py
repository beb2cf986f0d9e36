"""What `daehwa import` makes of a template: the bot, and notes of what stays in the template."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from daehwa.bot.errors import BotError
from daehwa.bot.foreign.cloudformation.template_bots import TemplateBot
from daehwa.bot.foreign.cloudformation.template_values import TemplateValues
from daehwa.bot.foreign.notes import Imported
from daehwa.bot.foreign.recognising import ForeignBot, template_bot

_ALIAS: Final = "AWS::Lex::BotAlias"


def from_cloudformation(foreign: ForeignBot, name: str) -> Imported:
    """The bot of the template in ``foreign``; ``name`` is the template's.

    Raises:
        BotError: there is no one bot, or it is at fault; the place is the template's.
    """
    made = template_bot(foreign)
    export = import_module("daehwa.bot.reader").Export
    try:
        bot = export(Path(name), made.files).bot()
    except BotError as error:
        raise made.located(error) from None
    return Imported(system="CloudFormation", bot=bot, notes=tuple(dict.fromkeys(_notes(made))))


def _notes(made: TemplateBot) -> Iterator[str]:
    values = TemplateValues(made.template.value)
    for name, resource in made.template.resources.items():
        kind = resource.get("Type") if isinstance(resource, dict) else None
        properties = _mapping(values.of(resource).get("Properties")) if kind == _ALIAS else {}
        settings = properties.get("BotAliasLocaleSettings")
        if name == made.logical_id:
            test_alias = _mapping(_mapping(values.of(resource).get("Properties")).get(
                "TestBotAliasSettings"))  # fmt: skip
            settings, properties = test_alias.get("BotAliasLocaleSettings"), test_alias
        for function in _functions(settings):
            yield f"the alias {name} calls {function}: name its code in `daehwa.toml`"
        if _mapping(properties.get("SentimentAnalysisSettings")).get("DetectSentiment"):
            yield (
                f"the alias {name} detects sentiment: set `sentiment` under [understanding] in "
                "`daehwa.toml`"
            )
    unknown = sorted({each for each in made.files.values() if b"${" in each})
    if unknown:
        yield (
            "values that only a deployment knows stand as ${Name}: parameters without a default, "
            "attributes of resources"
        )


def _functions(settings: Any) -> Iterator[str]:
    """The functions that an alias calls, in the order of its locales."""
    for item in settings if isinstance(settings, list) else ():
        setting = _mapping(_mapping(item).get("BotAliasLocaleSetting"))
        hook = _mapping(_mapping(setting.get("CodeHookSpecification")).get("LambdaCodeHook"))
        if hook.get("LambdaArn"):
            yield str(hook["LambdaArn"])


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
