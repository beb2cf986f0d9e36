"""``[limits]`` of ``daehwa.toml`` and the options beside it, as the functions take them."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from daehwa.limits import BudgetSetting, LimitsSetting, Rate, RatesSetting
from daehwa_deploy.safety_settings import SafetySettings

_ADDRESS_RATE, _DAILY_ANSWERS = 60, 5_000
_USUAL = LimitsSetting()


def limits_environment(options: SafetySettings, limits: LimitsSetting) -> dict[str, str]:
    """The variables that ``daehwa.aws.limits`` and ``daehwa.aws.answer_budget`` read.

    An option that is given goes before the file, and the file before the option's default.
    """
    budget = _budget(limits.budget)
    answers = options.daily_answers
    if answers is None:
        answers = 0 if "calls" in budget else _DAILY_ANSWERS
    else:
        budget.pop("calls", None)
    packed: dict[str, Any] = {"budget": budget} if budget else {}
    if limits.enforce is not False:
        packed |= {
            name: rates
            for name, rates in (
                ("turns", _rates(limits.turns, _USUAL.turns)),
                ("answers", _rates(limits.answers)),
            )
            if rates
        }
    address_rate = options.address_rate
    if address_rate is None:
        of_the_file = limits.enforce is False or limits.turns.address != _USUAL.turns.address
        address_rate = 0 if of_the_file else _ADDRESS_RATE
    return {
        "ADDRESS_RATE": str(address_rate),
        "DAILY_TURNS": str(options.daily_turns),
        "DAILY_ANSWERS": str(answers),
        "LIMITS": json.dumps(packed),
    }


def _rates(setting: RatesSetting, usual: RatesSetting | None = None) -> dict[str, Any]:
    """Each rate as how many a second and how many at once, but for what ``usual`` has as well.

    The usual rate of an address is far above ``addressRate``, which counts already.
    """
    written = {"session": setting.session, "address": setting.address}
    if usual is not None and setting.address == usual.address:
        del written["address"]
    read = {name: Rate.read(text) for name, text in written.items()}
    return {name: [rate.per_second, rate.burst] for name, rate in read.items() if rate is not None}


def _budget(setting: BudgetSetting) -> dict[str, Any]:
    """What is limited in a day; a bot's own budget is the whole one here."""
    budget: dict[str, Any] = {}
    for name, limits in (
        ("calls", (setting.calls, setting.bot_calls)),
        ("tokens", (setting.tokens, setting.bot_tokens)),
    ):
        given = [limit for limit in limits if limit is not None]
        if given:
            budget[name] = min(given)
    own = {
        name: {what: n for what, n in msgspec.to_builtins(one).items() if n is not None}
        for name, one in setting.answerers.items()
    }
    if any(own.values()):
        budget["answerers"] = {name: each for name, each in own.items() if each}
    if setting.time_zone != "UTC":
        budget["timeZone"] = setting.time_zone
    return budget
