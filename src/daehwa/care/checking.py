"""Checking a bot with all that is known of it: its files, its conditions, the configuration."""

from __future__ import annotations

from collections.abc import Collection
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

import msgspec

from daehwa import bot
from daehwa.care.conditions import condition_problems
from daehwa.care.hook_checks import hook_problems, unanswered_calls
from daehwa.care.setting_checks import setting_problems
from daehwa.conversation import CheckSetting, Settings

_CONFIG: Final = Path("daehwa.toml")


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
    path: Path,
    *,
    settings: Settings | None = None,
    config: Path = _CONFIG,
    beside: Collection[str] = (),
) -> Checked:
    """All that is wrong with the export at ``path``, a zip or a folder.

    ``settings`` are those of the file ``config``: what they switch off is left out, and what they
    say of this bot is looked at. ``beside`` are the names of other bots that they may be for.
    """
    settings = settings or Settings()
    examined = bot.examine(path)
    problems = list(examined.problems)
    definition = examined.bot
    if definition is not None:
        known = {(each.code, each.file, each.field) for each in problems}
        for problem in (
            *condition_problems(definition),
            *unanswered_calls(definition, settings.hooks),
        ):
            located = examined.locate(problem)
            if (located.code, located.file, located.field) not in known:
                problems.append(located)
        problems += hook_problems(definition, settings.hooks, config, beside=beside)
        problems += setting_problems(definition, settings, config, beside=beside)
    kept = [each for each in problems if not _is_off(each, settings.check)]
    kept.sort(key=lambda each: (each.severity, each.file, each.line or 0, each.field))
    return Checked(problems=tuple(kept), switched_off=len(problems) - len(kept))


def _is_off(problem: bot.Problem, setting: CheckSetting) -> bool:
    return problem.code in setting.off or any(
        problem.code in codes and fnmatchcase(problem.file, pattern)
        for pattern, codes in setting.off_in.items()
    )
