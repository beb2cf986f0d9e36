"""What a bot's file has Lex ask in the account, beside what its role is let do."""

from __future__ import annotations

import re

import msgspec
from aws_cdk import Annotations
from constructs import Construct

from daehwa import bot
from daehwa_deploy.settings import Settings

_ASKED = re.compile(
    r"arn:aws[\w-]*:(?:kendra:[\w-]*:\d{12}:index"
    r"|bedrock:[\w-]*:(?:\d{12})?:(?:knowledge-base|foundation-model|inference-profile))"
    r"/[\w.:-]*\w"
)
_OPTIONS = {
    "index": ("kendraIndex", "kendra_index"),
    "knowledge-base": ("knowledgeBase", "knowledge_base"),
    "foundation-model": ("knowledgeModel", "knowledge_model"),
}


def warn_of_missing_rights(scope: Construct, definition: bot.Bot, settings: Settings) -> None:
    """Warn where the file names an index, a knowledge base or a model that the role may not ask.

    Lex then answers with an error when somebody asks, and not when it is built.
    """
    text = msgspec.json.encode(list(definition.locales.values())).decode()
    for arn in sorted(set(_ASKED.findall(text))):
        kind, _, name = arn.split(":", 5)[5].partition("/")
        option, member = _OPTIONS.get(kind, ("", ""))
        if option and getattr(settings, member) == name:
            continue
        cure = f"give {option}={name}" if option else "add the right to the bot's role (LexRole)"
        Annotations.of(scope).add_warning_v2(
            f"daehwa:right-{name}",
            f"the bot has Lex ask {arn}, and its role may not: {cure}",
        )
