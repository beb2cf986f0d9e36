"""What is broken, in which order and for how long: all of it given by the seed."""

from __future__ import annotations

import random
from collections.abc import Iterator

import msgspec

from chaos.faults import FAULTS, Fault
from chaos.world import StoreName

_SECONDS = (1.5, 5.0)
_QUIET = (0.5, 2.0)


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A fault that lasts for ``seconds``, after ``quiet`` seconds of rest; ``seed`` is its own."""

    fault: Fault
    seconds: float
    quiet: float
    seed: int


def plan(
    seed: int, store: StoreName, workers: int, *, kinds: tuple[str, ...] = ()
) -> Iterator[Step]:
    """The steps without end: every kind that can be had, in a new order each time.

    ``kinds`` names those that are wanted, if not all.

    Raises:
        LookupError: there is no such kind, or it cannot be had with this store.
    """
    possible = {
        name: fault
        for name, fault in FAULTS.items()
        if store in fault.stores and workers >= fault.workers
    }
    if unknown := set(kinds) - possible.keys():
        raise LookupError(f"{', '.join(sorted(unknown))}: there are {', '.join(possible)}")
    chosen = [possible[name] for name in kinds] or list(possible.values())
    chance = random.Random(f"{seed}-{store}-{workers}")
    while True:
        for fault in chance.sample(chosen, len(chosen)):
            yield Step(
                fault=fault,
                seconds=0.0 if fault.at_once else round(chance.uniform(*_SECONDS), 1),
                quiet=round(chance.uniform(*_QUIET), 1),
                seed=chance.getrandbits(32),
            )
