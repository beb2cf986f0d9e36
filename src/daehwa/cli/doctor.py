"""``daehwa doctor``: what is here, what is missing, and what to do about it."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import platform
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console

from daehwa import __version__, answers, bot, care, limits, server, stores
from daehwa.cli.options import AnswerOption, Bots, Config, Data, opening
from daehwa.conversation import (
    AnswerName,
    CatalogueError,
    HookExamination,
    Opening,
    RuntimePlan,
    Settings,
    SettingsError,
    answer_order,
    chosen_config,
    default_data,
    faint_colours,
    limits_in_force,
    load_settings,
    open_sessions,
    plan_runtime,
)

_EMBEDDED_BYTES = 2_000_000_000
_GOOD, _WARN, _BAD = "[green]✓[/]", "[yellow]![/]", "[red]✗[/]"


_DOORS = {
    "chat": "the page and /chat",
    "v1": "the OpenAI-compatible API, /v1",
    "lex": "Lex's runtime API",
    "build": "Lex's model-building API",
    "metrics": "/metrics",
}
_NAMES_SHOWN = 6


def doctor(
    bots: Bots = None,
    *,
    data: Data = None,
    answer: AnswerOption = None,
    config: Config = None,
    host: Annotated[
        str, typer.Option(help="The address that the server is to listen on.")
    ] = "127.0.0.1",
) -> None:
    """Show what works here, what does not, and what to do about it."""
    console = Console(highlight=False, soft_wrap=True)
    server.configure_logs("off")  # what an attempt's line says, a line of this list says better
    console.print(f"Daehwa {__version__}, Python {platform.python_version()}, {platform.system()}")
    config = chosen_config(bots or (), config)
    chosen = opening(bots, data, config, answer)
    try:
        plan, unusable = _plan(chosen)
    except (
        bot.BotError,
        CatalogueError,
        SettingsError,
        stores.StoreError,
        answers.AnswerError,
        OSError,
    ) as error:
        console.print(_BAD, end=" ")
        console.print(str(error) or type(error).__name__, markup=False)
        raise typer.Exit(1) from None
    failed = _show_bots(console, plan, load_settings(config))
    for fault in unusable:
        failed = True
        console.print(_BAD, end=" ")
        console.print(fault, markup=False)
    for line in faint_colours(plan.settings.page):
        console.print(_WARN, end=" ")
        console.print(line, markup=False, soft_wrap=True)
    readiness, budget, examined = asyncio.run(_examine(plan, chosen, alone=bool(unusable)))
    for each in examined:
        failed |= each.error is not None
        _show_hook(console, each)
    failed |= _show_hooks_of_nobody(console, plan, load_settings(config))
    if budget is not None:
        _show_budget(console, budget)
    for one in readiness:
        failed |= one.state == "failed"
        _show(console, one)
    try:
        _show_doors(console, host, config)
    except (server.ServerError, server.CredentialsError) as error:
        failed = True
        console.print(_BAD, end=" ")
        console.print(str(error), markup=False, soft_wrap=True)
    if failed:
        raise typer.Exit(1)


def _show_bots(console: Console, plan: RuntimePlan, settings: Settings) -> bool:
    """Print what is wrong with the bots; return whether a bot or an intent is not served."""
    not_served = plan.catalogue.not_served()
    if not not_served:
        console.print(f"{_GOOD} configuration and bots can be read")
    for what, why in not_served.items():
        console.print(_BAD, end=" ")
        console.print(f"{what} is not served: {why}", markup=False, soft_wrap=True)
    names = {name for each in plan.catalogue.bots for name in (each.definition.name, each.id)}
    for served in plan.catalogue.bots:
        file = served.path
        problems = (
            tuple(bot.validate(served.definition))
            if file is None
            else care.check(Path(file), settings=settings, beside=names).problems
        )
        mark = _BAD if served.faults else _WARN if problems else _GOOD
        console.print(f"{mark} {served.definition.name} ({served.id}), {', '.join(served.locales)}")
        for problem in problems:
            console.print(f"    {problem}", markup=False, soft_wrap=True)
    return bool(not_served)


def _plan(chosen: Opening) -> tuple[RuntimePlan, tuple[str, ...]]:
    """The plan, and why models cannot be asked, in which case the plan has no answerer.

    Raises: as ``plan_runtime``, but for what is wrong with a model.
    """
    try:
        return plan_runtime(chosen), ()
    except answers.AnswerError as error:
        plan = plan_runtime(msgspec.structs.replace(chosen, answer=AnswerName("none")))
        faults = [str(error)]
    for model in plan.settings.models:
        try:
            model.endpoint(os.environ)
        except answers.AnswerError as error:
            faults.append(str(error))
    return plan, tuple(dict.fromkeys(faults))


async def _examine_models(
    models: Sequence[answers.ModelSetting],
) -> tuple[answers.Readiness, ...]:
    """Try all models that can be asked at the same time, ignoring any order among them."""
    usable = []
    for model in models:
        with contextlib.suppress(answers.AnswerError):
            usable.append(answers.build_model(model))
    return tuple(itertools.chain(*await asyncio.gather(*(each.examine() for each in usable))))


def _in_reserve(settings: Settings, chosen: Opening) -> tuple[answers.ModelSetting, ...]:
    """The models that no order names, unless the command itself chose who answers."""
    if chosen.answer is not None:
        return ()
    orders = [answer_order(settings), *(each.answer or () for each in settings.answering)]
    named = {settings.aliases.get(name, name) for name in itertools.chain(*orders)}
    return tuple(model for model in settings.models if model.name not in named)


async def _examine(
    plan: RuntimePlan, chosen: Opening, *, alone: bool
) -> tuple[tuple[answers.Readiness, ...], limits.BudgetState | None, tuple[HookExamination, ...]]:
    """Try store, hooks and what each answerer needs; a remote model is asked for one token.

    With ``alone`` the models are tried without the order that they answer in.
    """
    async with open_sessions(chosen) as store:
        if store is not None:
            await store.ping()
    settings = plan.settings
    if alone:
        answerers = await _examine_models(settings.models)
    else:
        in_order, in_reserve = await asyncio.gather(
            plan.examine_answerers(), _examine_models(_in_reserve(settings, chosen))
        )
        answerers = in_order + in_reserve
    return (
        answerers,
        await plan.examine_budget(),
        await plan.examine_hooks(),
    )


def _show_hook(console: Console, one: HookExamination) -> None:
    """Print whether a hook can be called, and what to do where it cannot."""
    mark = _GOOD if one.error is None else _BAD
    where = one.setting.python or one.setting.lambda_arn
    console.print(f"{mark} code hook", end=" ")
    text = f"{where} can be called" if one.error is None else f"{where}: {one.error}"
    console.print(text, markup=False, soft_wrap=True)
    if one.cure:
        console.print(f"    {one.cure}", markup=False, soft_wrap=True)


def _show_hooks_of_nobody(console: Console, plan: RuntimePlan, settings: Settings) -> bool:
    """Print the hooks whose bot or locale is not served; return whether there are any."""
    served = {
        name: each for each in plan.catalogue.bots for name in (each.id, each.definition.name)
    }
    failed = False
    for hook in settings.hooks:
        why = None
        if hook.bot not in ("*", *served):
            names = ", ".join(each.definition.name for each in plan.catalogue.bots)
            why = f'there is no bot "{hook.bot}"; there are {names}'
        elif hook.locale != "*":
            bots = plan.catalogue.bots if hook.bot == "*" else (served[hook.bot],)
            if not any(hook.locale in each.locales for each in bots):
                why = f'none of its bots has the locale "{hook.locale}"'
        if why is not None:
            failed = True
            where = hook.python or hook.url or hook.lambda_arn
            console.print(_BAD, end=" ")
            console.print(f"code hook {where} is never called: {why}", markup=False, soft_wrap=True)
            console.print("    write the bot's name or id under [[hooks]] in daehwa.toml")
    return failed


def _show_budget(console: Console, budget: limits.BudgetState) -> None:
    """Print what is used of the day's budget for models, and of each answerer's and bot's own."""
    uses: dict[str, limits.BudgetUse] = {"models": budget}
    uses |= {f"the answerer {name}": use for name, use in (budget.answerers or {}).items()}
    uses |= {f"the bot {name}": use for name, use in (budget.bots or {}).items()}
    for what, use in uses.items():
        console.print(_WARN if use.exhausted else _GOOD, end=" ")
        line = f"today's budget for {what}: {_used(use)} used"
        console.print(line, markup=False, soft_wrap=True)
    if any(use.exhausted for use in uses.values()):
        console.print(f"    it starts over at {budget.resets_at}")


def _used(use: limits.BudgetUse) -> str:
    return ", ".join(
        f"{count:,} {what}" if limit is None else f"{count:,} of {limit:,} {what}"
        for what, count, limit in (
            ("calls", use.calls, use.calls_limit),
            ("tokens", use.tokens, use.tokens_limit),
        )
    )


def _show(console: Console, one: answers.Readiness) -> None:
    """Print a line on an answerer, and what to do if something is wrong."""
    kind = answers.ANSWERERS.get(one.source)
    name = one.source if kind is None else kind.title
    if one.model is not None:
        name += f" ({one.model})"
    cure = None if one.error is None else one.error.cure
    match one.state:
        case "failed":
            mark, text = _BAD, f"{name}: {one.error}"
        case "missing":
            mark, text = _WARN, f"{name} can run here; its weights are not downloaded yet"
            cure = "`daehwa model pull` downloads them now, `daehwa serve` at its first start"
        case "ready" if one.contacted:
            mark, text, cure = _GOOD, f"{name} answers", None
        case _:
            mark, text, cure = _GOOD, f"{name} can run here, and its weights are downloaded", None
    console.print(mark, end=" ")
    console.print(text, markup=False, soft_wrap=True)
    if cure:
        console.print(f"    {cure}", markup=False, soft_wrap=True)
    if one.state == "missing":
        _warn_of_space(console)


def _warn_of_space(console: Console) -> None:
    folder = default_data()
    while not folder.exists():
        folder = folder.parent
    if shutil.disk_usage(folder).free < _EMBEDDED_BYTES:
        console.print("    [yellow]the data folder has less than 2 GB of free space[/]")


def _show_doors(console: Console, host: str, config: Path | None) -> None:
    """Print who may use which API, and the setting that decides it."""
    configured = load_settings(config)
    proxies = limits_in_force(configured).trusted_proxies
    settings = msgspec.structs.replace(
        server.ServerSettings.from_environment(
            os.environ, allowed_origins=configured.allowed_origins
        ),
        loopback=server.is_loopback(host),
        proxied=bool(proxies),
    )
    if settings.allowed_origins:
        sites = f"may call the server and embed the chat: {', '.join(settings.allowed_origins)}"
    else:
        sites = "may not: DAEHWA_ALLOWED_ORIGINS=https://their.example lets them embed the chat"
    console.print(_GOOD, end=" ")
    console.print(f"pages of other sites {sites}", markup=False, soft_wrap=True)
    if settings.loopback and not settings.local and not proxies:
        console.print(
            f"{_WARN} no proxy is trusted: all clients behind one count as one address, until"
            " DAEHWA_TRUSTED_PROXIES=127.0.0.1 names it",
            soft_wrap=True,
        )
    console.print(f"Who may come in on {host}:", markup=False)
    for door in server.door_states(settings):
        mark = _WARN if door.everybody and door.door != "chat" and not settings.local else _GOOD
        console.print(f"{mark} {_DOORS[door.door]}: {_visitors(door)}", soft_wrap=True)
    path = settings.credentials
    if path is not None and path.stat().st_mode & 0o077:
        console.print(f"{_WARN} others can read {path}: chmod 600 it", soft_wrap=True)


def _visitors(door: server.DoorState) -> str:
    if door.everybody:
        return f"everybody ({door.setting})"
    if not door.names:
        return f"nobody ({door.setting})"
    shown = ", ".join(door.names[:_NAMES_SHOWN])
    more = len(door.names) - _NAMES_SHOWN
    return f"{shown}{f' and {more} more' if more > 0 else ''} ({door.setting})"
