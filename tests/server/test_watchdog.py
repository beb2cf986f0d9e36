"""Which workers are frozen: silent for too long while their parent itself was running."""

import ctypes
import multiprocessing
import os
import shutil
import signal
import subprocess

import pytest
import structlog

from daehwa.server.watchdog import WorkerSilence, Watchdog, is_traced

LIMIT = 15.0


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def watch(clock):
    """Call ``watch(seconds, silence)`` to let time pass in steps; whether the worker is frozen."""
    watchdog = Watchdog(LIMIT, clock=clock)

    def watch(seconds, silence, step=0.2):
        frozen = False
        for _ in range(round(seconds / step)):
            clock.now += step
            watchdog.look()
            frozen = watchdog.is_frozen(os.getpid(), silence) or frozen
        return frozen

    return watch


def test_a_worker_that_is_silent_for_longer_than_the_limit_is_frozen(watch):
    silence = WorkerSilence()
    assert not watch(LIMIT - 1, silence)
    assert watch(2, silence)


def test_one_that_beats_is_not(watch):
    silence = WorkerSilence()
    for _ in range(10):
        assert not watch(LIMIT - 1, silence)
        silence.end()


def test_it_is_noticed_after_a_third_of_that(watch):
    silence = WorkerSilence()
    with structlog.testing.capture_logs() as logs:
        watch(LIMIT / 3 - 1, silence)
        assert logs == []
        watch(LIMIT / 3, silence)
    assert [line["event"] for line in logs] == ["worker_silent"]


@pytest.mark.parametrize("asleep", [60, 30_000_000])
def test_a_time_in_which_the_parent_was_stopped_too_counts_for_nobody(clock, watch, asleep):
    """As after Ctrl-Z, or on a paused machine: all of them go on together."""
    silence = WorkerSilence()
    watch(LIMIT / 2, silence)
    clock.now += asleep
    assert not watch(0.2, silence)
    assert not watch(LIMIT / 2 - 2, silence)
    assert watch(4, silence)


def test_without_a_limit_none_is_frozen(clock):
    watchdog, silence = Watchdog(None, clock=clock), WorkerSilence()
    for _ in range(1000):
        clock.now += 1
        watchdog.look()
        assert not watchdog.is_frozen(os.getpid(), silence)


def test_one_that_a_debugger_holds_is_left_alone(clock, watch, monkeypatch):
    monkeypatch.setattr("daehwa.server.watchdog.is_traced", lambda _: True)
    assert not watch(LIMIT * 3, WorkerSilence())


def _attach(pid, attached, over):
    libc = ctypes.CDLL(None, use_errno=True)
    attached.put(libc.ptrace(16, pid, None, None) == 0)  # PTRACE_ATTACH
    over.wait()


@pytest.mark.skipif(not hasattr(os, "waitid"), reason="needs Linux")
def test_a_debugger_is_seen(wanting):
    spawn = multiprocessing.get_context("spawn")
    attached, over = spawn.Queue(), spawn.Event()
    held = subprocess.Popen([shutil.which("sleep"), "600"])
    tracer = spawn.Process(target=_attach, args=(held.pid, attached, over))
    try:
        assert not is_traced(held.pid)
        tracer.start()
        if not attached.get(timeout=60):
            wanting("the right to trace", "run the tests as root, or where ptrace is allowed")
        assert is_traced(held.pid)
    finally:
        over.set()
        if tracer.pid:
            tracer.join()
        held.send_signal(signal.SIGKILL)
        held.wait()
    assert not is_traced(held.pid)
