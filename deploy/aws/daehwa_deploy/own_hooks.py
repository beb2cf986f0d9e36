"""``[[hooks]]`` of ``daehwa.toml``: the bot's own code hook by locale, as the server finds it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from daehwa import bot
from daehwa.conversation.settings import HookSetting
from daehwa_deploy.errors import SettingsError
from daehwa_deploy.settings import FORMS


def own_hooks(
    settings: Iterable[HookSetting], definition: bot.Bot, alias: str, warnings: list[str]
) -> dict[str, str]:
    """The ARNs of the AWS Lambdas that are the bot's code hook, by locale.

    The most particular entry counts: the bot's before the alias's before the locale's. What is
    left out of a deployment is added to ``warnings``.

    Raises:
        SettingsError: one is not an ARN.
    """
    bots = ("*", definition.name, bot.bot_id(definition))
    mine = [one for one in settings if one.bot in bots and one.alias in ("*", alias)]
    mine.sort(key=lambda one: (one.bot == "*", one.alias == "*", one.locale == "*"))
    arns: dict[str, str] = {}
    for locale in definition.locales:
        there = next((one for one in mine if one.locale in ("*", locale)), None)
        if there is None:
            continue
        if there.lambda_arn is None:
            left_out = "[[hooks]] with python or url are not deployed: give hookArn"
            warnings.append(f"{locale}: {left_out}")
            continue
        if not re.fullmatch(FORMS["hookArn"].pattern, there.lambda_arn):
            raise SettingsError(
                f"[[hooks]] lambda is {there.lambda_arn!r}: {FORMS['hookArn'].looks}"
            )
        arns[locale] = there.lambda_arn
    return arns
