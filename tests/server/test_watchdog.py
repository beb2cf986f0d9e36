"""Which workers are frozen: silent for too long while their parent itself was running."""

import ctypes
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import structlog

from daehwa.processes import ProcessSilence, computed_seconds, is_traced, wants_processor
from daehwa.server.watchdog import Watchdog

LIMIT = 15.0


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope="module")
def idle():
    """The id of a process that does nothing."""
    with subprocess.Popen([shutil.which("sleep"), "600"]) as process:
        name = Path(f"/proc/{process.pid}/comm")
        # Asleep at one look may be between two steps of its beginning.
        until(
            lambda: (
                name.read_text() == "sleep\n"
                and not any(wants_processor(process.pid) for _ in range(500))
            )
        )
        yield process.pid
        process.kill()


@pytest.fixture
def watch(clock, idle):
    """Call ``watch(seconds, silence)`` to let time pass in steps; whether the worker is frozen."""
    watchdog = Watchdog(LIMIT, clock=clock)

    def watch(seconds, silence, step=0.2):
        frozen = False
        for _ in range(round(seconds / step)):
            clock.now += step
            watchdog.look()
            frozen = watchdog.is_frozen(idle, silence) or frozen
        return frozen

    return watch


def test_a_worker_that_is_silent_for_longer_than_the_limit_is_frozen(watch):
    silence = ProcessSilence()
    assert not watch(LIMIT - 1, silence)
    assert watch(2, silence)


def test_one_that_beats_is_not(watch):
    silence = ProcessSilence()
    for _ in range(10):
        assert not watch(LIMIT - 1, silence)
        silence.end()


def test_it_is_noticed_after_a_third_of_that(watch):
    silence = ProcessSilence()
    with structlog.testing.capture_logs() as logs:
        watch(LIMIT / 3 - 1, silence)
        assert logs == []
        watch(LIMIT / 3, silence)
    assert [line["event"] for line in logs] == ["worker_silent"]


@pytest.mark.parametrize("asleep", [60, 30_000_000])
def test_a_time_in_which_the_parent_was_stopped_too_counts_for_nobody(clock, watch, asleep):
    """As after Ctrl-Z, or on a paused machine: all of them go on together."""
    silence = ProcessSilence()
    watch(LIMIT / 2, silence)
    clock.now += asleep
    assert not watch(0.2, silence)
    assert not watch(LIMIT / 2 - 2, silence)
    assert watch(4, silence)


def test_without_a_limit_none_is_frozen(clock, idle):
    watchdog, silence = Watchdog(None, clock=clock), ProcessSilence()
    for _ in range(1000):
        clock.now += 1
        watchdog.look()
        assert not watchdog.is_frozen(idle, silence)


def test_one_that_a_debugger_holds_is_left_alone(watch, monkeypatch):
    monkeypatch.setattr("daehwa.server.watchdog.is_traced", lambda _: True)
    assert not watch(LIMIT * 3, ProcessSilence())


@pytest.mark.parametrize(("share", "frozen"), [(1.0, True), (0.1, False)])
def test_of_one_that_waits_for_a_processor_only_what_it_got_counts(
    watch, clock, monkeypatch, share, frozen
):
    """On a busy machine a healthy worker may be silent for long; one that spins is frozen."""
    begun = clock.now
    computed = lambda _: (clock.now - begun) * share  # noqa: E731
    monkeypatch.setattr("daehwa.processes.process_silence.computed_seconds", computed)
    monkeypatch.setattr("daehwa.processes.process_silence.wants_processor", lambda _: True)
    assert watch(LIMIT * 3, ProcessSilence()) == frozen


def test_what_a_process_does_is_seen(idle):
    spinning = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        until(lambda: wants_processor(spinning.pid))
        before = computed_seconds(spinning.pid)
        until(lambda: computed_seconds(spinning.pid) > before)
    finally:
        spinning.kill()
        spinning.wait()
    assert not wants_processor(idle)
    assert computed_seconds(spinning.pid) is None
    assert not wants_processor(spinning.pid)


def until(check):
    end = time.monotonic() + 60
    while not check():
        assert time.monotonic() < end
        time.sleep(0.01)


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
