"""Checking a bot with all that is known of it: its files, its conditions, the configuration."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

import msgspec

from daehwa import bot
from daehwa.care.conditions import condition_problems
from daehwa.care.hook_checks import hook_problems, unanswered_calls
from daehwa.conversation import CheckSetting, HookSetting

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
    setting: CheckSetting | None = None,
    hooks: tuple[HookSetting, ...] = (),
    config: Path = _CONFIG,
) -> Checked:
    """All that is wrong with the export at ``path``, a zip or a folder.

    ``setting`` switches rules off; ``hooks`` are the code hooks that the file ``config`` names.
    """
    examined = bot.examine(path)
    problems = list(examined.problems)
    if examined.bot is not None:
        known = {(each.code, each.file, each.field) for each in problems}
        for problem in (*condition_problems(examined.bot), *unanswered_calls(examined.bot, hooks)):
            located = examined.locate(problem)
            if (located.code, located.file, located.field) not in known:
                problems.append(located)
        problems += hook_problems(examined.bot, hooks, config)
    off = setting or CheckSetting()
    kept = [each for each in problems if not _is_off(each, off)]
    kept.sort(key=lambda each: (each.severity, each.file, each.line or 0, each.field))
    return Checked(problems=tuple(kept), switched_off=len(problems) - len(kept))


def _is_off(problem: bot.Problem, setting: CheckSetting) -> bool:
    return problem.code in setting.off or any(
        problem.code in codes and fnmatchcase(problem.file, pattern)
        for pattern, codes in setting.off_in.items()
    )
