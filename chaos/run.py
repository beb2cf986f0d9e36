"""A run: traffic, one fault after another, each followed by a wait for health; then the check."""

from __future__ import annotations

import asyncio
import itertools
import os
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import msgspec

from chaos.checker import Violation, check
from chaos.history import History, Outage
from chaos.plan import Step, plan
from chaos.traffic import Traffic
from chaos.world import StoreName, World

_STARTING_SECONDS = 300.0
_LONGEST_RECOVERY = 60.0
_LOOK_SECONDS = 0.1


class Orders(msgspec.Struct, frozen=True, kw_only=True):
    """What a run is to be like; ``recovery`` and ``deadline`` in seconds, as a ``History``'s.

    It ends after ``minutes``, or when the plan has come as far as ``steps``.
    """

    seed: int
    store: StoreName
    minutes: float
    workers: int = 2
    clients: int = 12
    kinds: tuple[str, ...] = ()
    steps: int | None = None
    recovery: float = 10.0
    deadline: float = 30.0


class Report(msgspec.Struct, kw_only=True):
    """How it went: figures, what was wrong, and the history that shows it."""

    orders: Orders
    faults: dict[str, int]
    missing: dict[str, str]
    turns: dict[str, int]
    lost: int
    doubled: int
    starting: float
    longest_unhealthy: float
    unhealthy_after: str
    load: float
    longest_request: float
    violations: list[Violation]
    history: History


async def run(orders: Orders, report: Callable[[str], None]) -> Report:
    """Break things for as long as it was ordered; ``report`` gets a line for each."""
    history = History(deadline=orders.deadline, recovery=orders.recovery)
    async with World(orders.store, orders.workers).running() as world:
        async with Traffic(
            world.served.url,
            history,
            seed=orders.seed,
            clients=orders.clients,
            offline=world.offline,
        ) as traffic:
            starting = await _start(traffic, world, history)
            report(f"ready {starting:.1f} s after its start")
            traffic.start()
            await _break(orders, world, traffic, history, report, starting=starting)
            await traffic.stop()
            await traffic.read()
        violations = check(history)
        if violations:
            kept = world.folder.with_suffix(".log")
            kept.write_bytes(world.served.log.read_bytes())
            report(f"the server's log is {kept}")
        return _summary(orders, world, history, violations, starting)


async def _start(traffic: Traffic, world: World, history: History) -> float:
    """Wait until the server is well for the first time; how long that took."""
    loop = asyncio.get_running_loop()
    begun = loop.time()
    well = await _wait_until_well(traffic, world, _STARTING_SECONDS, offline=True)
    if well is None:
        raise RuntimeError(world.served.log.read_text("utf-8", "replace")[-5000:])
    history.attempts.clear()
    return well - begun


async def _break(
    orders: Orders,
    world: World,
    traffic: Traffic,
    history: History,
    report: Callable[[str], None],
    *,
    starting: float,
) -> None:
    loop = asyncio.get_running_loop()
    end = loop.time() + orders.minutes * 60
    begun = loop.time()
    steps = plan(orders.seed, orders.store, orders.workers, kinds=orders.kinds)
    for step in itertools.islice(steps, orders.steps):
        if loop.time() > end:
            return
        if step.fault.name in world.missing:
            continue
        await asyncio.sleep(step.quiet)
        outage = Outage(
            fault=step.fault.name,
            begun=loop.time(),
            cuts=step.fault.cuts,
            loses=step.fault.loses,
            starting=starting if step.fault.starts else 0.0,
        )
        history.outages.append(outage)
        await _hold(step, world)
        outage.ended = loop.time()
        outage.healthy = await _wait_until_well(
            traffic, world, _LONGEST_RECOVERY, offline=step.fault.name.startswith("offline")
        )
        took = "never" if outage.healthy is None else f"{outage.healthy - outage.ended:.1f} s"
        lasted = outage.ended - outage.begun
        report(
            f"{outage.begun - begun:6.1f} s  {step.fault.name}: {lasted:.1f} s, well after {took}"
        )


async def _hold(step: Step, world: World) -> None:
    async with step.fault.broken(world, random.Random(step.seed)):
        await asyncio.sleep(step.seconds)


async def _wait_until_well(
    traffic: Traffic, world: World, seconds: float, *, offline: bool
) -> float | None:
    """When everything was well again; ``None`` if it was not in time.

    That is the beginning of the first look that saw it, and the longest turn of that look: the
    others of its turns, one after another, are no time of waiting.
    """
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while (begun := loop.time()) <= end:
        answers = not offline or not world.offline or await world.offline_model_answers()
        longest = await traffic.is_well(3 * world.workers, offline=offline) if answers else None
        if longest is not None:
            return begun + longest
        await asyncio.sleep(_LOOK_SECONDS)
    return None


def _summary(
    orders: Orders,
    world: World,
    history: History,
    violations: list[Violation],
    starting: float,
) -> Report:
    unhealthy = [
        ((outage.healthy or outage.ended + _LONGEST_RECOVERY) - outage.ended, outage.fault)
        for outage in history.outages
    ]
    longest, after = max(unhealthy, default=(0.0, ""))
    kinds = Counter(one.kind for one in violations)
    turns: dict[str, int] = Counter(attempt.outcome for attempt in history.attempts)
    return Report(
        orders=orders,
        faults=dict(Counter(outage.fault for outage in history.outages)),
        missing=world.missing,
        turns=dict(turns),
        lost=kinds["lost"],
        doubled=kinds["doubled"],
        starting=round(starting, 1),
        load=round(os.getloadavg()[1], 1),
        longest_unhealthy=round(longest, 1),
        unhealthy_after=after,
        longest_request=round(max((a.ended - a.sent for a in history.attempts), default=0.0), 1),
        violations=violations,
        history=history,
    )


def figures(report: Report) -> dict[str, Any]:
    """What of a report is kept: all but the history."""
    members: dict[str, Any] = msgspec.to_builtins(report)
    del members["history"]
    return members
