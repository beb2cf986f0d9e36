"""Which code hook serves a bot's alias and locale, by the configuration, kept fresh."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from pathlib import Path
from typing import NamedTuple, Self

from daehwa import dialog, hooks
from daehwa.conversation.file_stamps import file_stamp
from daehwa.conversation.settings import HookSetting, SettingsError, load_settings
from daehwa.conversation.values import Address


class HookTable:
    """The configured hooks; the most particular entry for an address wins.

    An entry that names the bot beats one that names the alias, which beats one that names
    the locale; ``*`` is the least particular. ``config`` is the file that the settings are
    from: ``refresh`` reads it again when it has changed. The hooks may be called within the
    table's context; leaving it lets go of their connections.
    """

    def __init__(self, settings: Iterable[HookSetting], config: Path | None = None) -> None:
        self._config = config
        self._config_stamp = file_stamp(config)
        self._read: dict[Path, int] = {}
        self._found: dict[tuple[str, str, str, str], tuple[hooks.Hook, float | None] | None] = {}
        self._entries = _entries(settings)
        self._entered = AsyncExitStack()

    async def __aenter__(self) -> Self:
        """The table with hooks that may be called."""
        self._entered = await _enter(self._entries)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Release the hooks' connections."""
        await self._entered.aclose()

    async def refresh(
        self, report: Callable[[str], None], warn: Callable[[str], None] | None = None
    ) -> None:
        """Take over a changed configuration and changed Python hooks.

        What cannot be read goes to ``warn``, by default ``report``; the hooks stay as they were.
        """
        warn = warn or report
        stamp = file_stamp(self._config)
        if stamp != self._config_stamp:
            self._config_stamp = stamp
            try:
                fresh = _entries(load_settings(self._config).hooks)
            except (SettingsError, hooks.HookError) as error:
                warn(f"the hooks stay as they were: {error}")
            else:
                self._entries, self._found = fresh, {}
                before, self._entered = self._entered, await _enter(fresh)
                await before.aclose()
                report("the hooks were read again from the configuration")
        for _, hook in self._entries:
            if isinstance(hook, hooks.PythonHook | hooks.ProcessHook) and hook.path is not None:
                await self._refresh_python(hook, hook.path, report, warn)

    async def _refresh_python(
        self,
        hook: hooks.PythonHook | hooks.ProcessHook,
        path: Path,
        report: Callable[[str], None],
        warn: Callable[[str], None],
    ) -> None:
        stamp = file_stamp(path)
        if self._read.setdefault(path, stamp) == stamp:
            return
        self._read[path] = stamp
        try:
            await hook.reload()
        except hooks.HookError as error:
            warn(f"{path.name} stays as it was: {error.summary}")
        else:
            report(f"{path.name} was read again")

    def find(
        self, address: Address, bot_name: str, call: dialog.HookCall | None = None
    ) -> tuple[hooks.Hook, float | None] | None:
        """The hook of the bot's alias and locale, and its own time limit in seconds, if any.

        The same hook serves every ``call``, as in Lex.
        """
        del call
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

    def load(self) -> tuple[hooks.CallLoad, ...]:
        """What runs in the hooks' threads at the moment, by hook and bot."""
        return tuple(
            load for _, hook in self._entries if isinstance(hook, _LOCAL) for load in hook.load()
        )

    async def examine(self) -> tuple[HookExamination, ...]:
        """Try whatever can be tried without calling each hook: above all, importing it."""
        examined = []
        for setting, hook in self._entries:
            if isinstance(hook, _LOCAL):
                try:
                    async with asyncio.timeout(_EXAMINING_SECONDS):
                        await hook.examine()
                except hooks.HookError as error:
                    examined.append(HookExamination(setting, hook, error))
                except TimeoutError:
                    slow = hooks.HookUnreachable(
                        f"it was not imported within {_EXAMINING_SECONDS:.0f} seconds"
                    )
                    examined.append(HookExamination(setting, hook, slow))
                else:
                    examined.append(HookExamination(setting, hook, None))
        return tuple(examined)

    def failures(self) -> dict[str, str]:
        """Why hooks cannot be called, by bot as configured; ``*`` is every bot."""
        return {
            setting.bot: hook.failure.summary
            for setting, hook in reversed(self._entries)
            if isinstance(hook, _LOCAL) and hook.failure is not None
        }


class HookExamination(NamedTuple):
    """How a hook fared when it was examined; ``error`` is ``None`` where it can be called."""

    setting: HookSetting
    hook: hooks.Hook
    error: hooks.HookError | None

    @property
    def cure(self) -> str | None:
        """What to do about the error, if that is known."""
        return self.error.cure if isinstance(self.error, hooks.HookMisconfigured) else None


# Those that this machine runs or calls by a package of its own.
_LOCAL = (hooks.PythonHook, hooks.ProcessHook, hooks.LambdaHook)
# Lambda gives a function ten seconds to be imported.
_EXAMINING_SECONDS = 30.0

_Entries = list[tuple[HookSetting, hooks.Hook]]


def _entries(settings: Iterable[HookSetting]) -> _Entries:
    try:
        pairs = [(setting, _hook(setting)) for setting in settings]
    except hooks.HookMisconfigured as error:
        raise SettingsError(f"[[hooks]]: {error}") from None
    return sorted(pairs, key=lambda entry: _particularity(entry[0]), reverse=True)


async def _enter(entries: _Entries) -> AsyncExitStack:
    """Enter the contexts of those hooks that have one; the stack leaves them."""
    async with AsyncExitStack() as stack:
        for _, hook in entries:
            if isinstance(hook, AbstractAsyncContextManager):
                await stack.enter_async_context(hook)
        return stack.pop_all()


def _particularity(setting: HookSetting) -> tuple[bool, bool, bool]:
    return setting.bot != "*", setting.alias != "*", setting.locale != "*"


def hook_file(setting: HookSetting) -> Path | None:
    """The file that a configured hook is read from, as far as that is known without importing it.

    Raises:
        SettingsError: it cannot be a hook as it is written.
    """
    try:
        hook = _hook(setting)
    except hooks.HookMisconfigured as error:
        raise SettingsError(str(error)) from None
    return hook.path if isinstance(hook, hooks.PythonHook | hooks.ProcessHook) else None


def _hook(setting: HookSetting) -> hooks.Hook:
    if setting.python is not None:
        if setting.processes == 0 or sys.platform == "win32":
            return hooks.PythonHook(setting.python)
        return hooks.ProcessHook(
            setting.python, processes=setting.processes, memory_mb=setting.memory_mb
        )
    if setting.url is not None:
        return hooks.HttpHook(setting.url)
    assert setting.lambda_arn is not None  # noqa: S101 - HookSetting holds exactly one
    return hooks.LambdaHook(setting.lambda_arn)
