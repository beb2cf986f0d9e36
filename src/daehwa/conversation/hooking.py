"""Which code hook serves a bot's alias and locale, by the configuration."""

from __future__ import annotations

from collections.abc import Iterable

from daehwa import hooks
from daehwa.conversation.settings import HookSetting
from daehwa.conversation.values import Address


class HookTable:
    """The configured hooks; the most particular entry for an address wins.

    An entry that names the bot beats one that names the alias, which beats one that names
    the locale; ``*`` is the least particular.
    """

    def __init__(self, settings: Iterable[HookSetting]) -> None:
        self._entries = sorted(
            ((setting, _hook(setting)) for setting in settings),
            key=lambda entry: _particularity(entry[0]),
            reverse=True,
        )
        self._found: dict[tuple[str, str, str, str], tuple[hooks.Hook, float] | None] = {}

    def find(self, address: Address, bot_name: str) -> tuple[hooks.Hook, float] | None:
        """The hook of the bot's alias and locale and its time limit, in seconds."""
        if not self._entries:
            return None
        key = (address.bot_id, bot_name, address.alias_id, address.locale_id)
        if key not in self._found:
            self._found[key] = next(
                (
                    (hook, setting.timeout)
                    for setting, hook in self._entries
                    if setting.bot in ("*", address.bot_id, bot_name)
                    and setting.alias in ("*", address.alias_id)
                    and setting.locale in ("*", address.locale_id)
                ),
                None,
            )
        return self._found[key]

    async def close(self) -> None:
        """Let go of the hooks' connections."""
        for _, hook in self._entries:
            close = getattr(hook, "close", None)
            if close is not None:
                await close()


def _particularity(setting: HookSetting) -> tuple[bool, bool, bool]:
    return setting.bot != "*", setting.alias != "*", setting.locale != "*"


def _hook(setting: HookSetting) -> hooks.Hook:
    if setting.python is not None:
        return hooks.PythonHook(setting.python)
    if setting.url is not None:
        return hooks.HttpHook(setting.url)
    assert setting.lambda_arn is not None  # noqa: S101 - HookSetting holds exactly one
    return hooks.LambdaHook(setting.lambda_arn)
