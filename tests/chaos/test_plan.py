"""The plan: given by the seed, each kind before any comes again, what cannot be had left out."""

import itertools
import subprocess
import sys
from typing import get_args

import pytest

from chaos.__main__ import SHORT
from chaos.faults import FAULTS
from chaos.plan import plan
from chaos.world import StoreName

STORES = get_args(StoreName)


def steps(count, *given, **more):
    return [
        (step.fault.name, step.seconds, step.quiet, step.seed)
        for step in itertools.islice(plan(*given, **more), count)
    ]


@pytest.mark.parametrize("store", STORES)
def test_the_same_seed_gives_the_same_plan(store):
    assert steps(100, 7, store, 2) == steps(100, 7, store, 2)
    assert steps(100, 7, store, 2) != steps(100, 8, store, 2)


@pytest.mark.parametrize("store", STORES)
def test_every_kind_that_can_be_had_comes_before_any_comes_again(store):
    possible = {fault.name for fault in FAULTS.values() if store in fault.stores}
    names = [name for name, *_ in steps(3 * len(possible), 7, store, 2)]
    for begin in range(0, len(names), len(possible)):
        assert set(names[begin : begin + len(possible)]) == possible


def test_one_process_has_no_workers_to_break():
    names = {name for name, *_ in steps(200, 7, "sqlite", 1)}
    assert names.isdisjoint({"worker killed", "worker frozen"})
    assert "server killed" in names


def test_a_fault_of_another_store_is_refused_by_name():
    with pytest.raises(LookupError, match="Redis frozen: there are"):
        next(plan(7, "sqlite", 2, kinds=("Redis frozen",)))


def test_the_short_part_can_be_had():
    kinds = {name for name, *_ in steps(50, 7, "sqlite", 2, kinds=SHORT)}
    assert kinds == set(SHORT)


def test_the_kinds_can_be_listed():
    command = [sys.executable, "-m", "chaos", "--list"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert all(name in listed for name in FAULTS)
