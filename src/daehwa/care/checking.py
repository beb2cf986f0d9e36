"""Checking a bot with all that is known of it: its files, its conditions, the configuration."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec

from daehwa import bot
from daehwa.care.conditions import condition_problems
from daehwa.conversation import CheckSetting, HookSetting


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with a bot: ``problems``, errors first, and how many are ``switched_off``."""

    problems: tuple[bot.Problem, ...]
    switched_off: int

    @property
    def errors(self) -> int:
        """How many of the problems are errors."""
        return sum(problem.severity == "error" for problem in self.problems)

    @property
    def warnings(self) -> int:
        """How many of the problems are warnings."""
        return len(self.problems) - self.errors


def check(
    path: Path, *, setting: CheckSetting | None = None, hooks: tuple[HookSetting, ...] = ()
) -> Checked:
    """All that is wrong with the export at ``path``, a zip or a folder.

    ``setting`` switches rules off; ``hooks`` are the configured code hooks.
    """
    examined = bot.examine(path)
    problems = list(examined.problems)
    if examined.bot is not None:
        known = {(each.code, each.file, each.field) for each in problems}
        for problem in (*condition_problems(examined.bot), *_hooks(examined.bot, hooks)):
            located = examined.locate(problem)
            if (located.code, located.file, located.field) not in known:
                problems.append(located)
    off = setting or CheckSetting()
    kept = [each for each in problems if not _is_off(each, off)]
    kept.sort(key=lambda each: (each.severity, each.file, each.line or 0, each.field))
    return Checked(problems=tuple(kept), switched_off=len(problems) - len(kept))


def _is_off(problem: bot.Problem, setting: CheckSetting) -> bool:
    return problem.code in setting.off or any(
        problem.code in codes and fnmatchcase(problem.file, pattern)
        for pattern, codes in setting.off_in.items()
    )


def _hooks(definition: bot.Bot, hooks: tuple[HookSetting, ...]) -> Iterator[bot.Problem]:
    """Code hooks that nothing would answer here; what FallbackIntent asks a model answers."""
    names = ("*", definition.name, bot.bot_id(definition))
    for locale in definition.locales.values():
        if any(hook.bot in names and hook.locale in ("*", locale.identifier) for hook in hooks):
            continue
        calling = [
            intent.name
            for intent in locale.intents.values()
            if intent.parent_intent_signature not in bot.UNRECOGNISED_INTENTS and _calls(intent)
        ]
        if calling:
            yield bot.Problem(
                severity=bot.RULES["hook-not-configured"].severity,
                code="hook-not-configured",
                file=bot.locale_file(definition.name, locale.identifier),
                field="$",
                message=f"{', '.join(calling)} {'calls' if len(calling) == 1 else 'call'} a code "
                "hook, and the configuration names none for this locale.",
                cure=f'Add [[hooks]] with bot = "{definition.name}" to daehwa.toml.',
            )


def _calls(intent: bot.Intent) -> bool:
    dialog, fulfilment = intent.dialog_code_hook, intent.fulfillment_code_hook
    return (dialog is not None and dialog.enabled) or (
        fulfilment is not None and fulfilment.enabled and fulfilment.is_active is not False
    )
