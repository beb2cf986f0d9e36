"""A classifier is learned in a process of its own, as it is in this one."""

import os
import signal
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from daehwa import bot, nlu
from daehwa.nlu import learning_process


@pytest.fixture
def locale(monkeypatch):
    monkeypatch.setattr("daehwa.nlu.learning.MANY_TEXTS", 1)
    return bot.load(bot.bundled()["HelloWorldBot"]).locales["ko_KR"]


def learners():
    """The processes that learn, started by this one."""
    listed = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                command = (entry / "cmdline").read_bytes()
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            if b"daehwa.nlu.learning_process" in command and parent == os.getpid():
                listed.append(int(entry.name))
    return listed


def test_what_is_learned_is_the_same(locale, tmp_path):
    here = nlu.learn(locale, folder=tmp_path / "here")
    apart = nlu.learn(locale, folder=tmp_path / "apart", apart=nlu.LearningProcess())
    (one,), (other,) = ((tmp_path / name).glob("*.nlu") for name in ("here", "apart"))
    assert one.name == other.name
    ours, theirs = here.classifier.arrays(), apart.classifier.arrays()
    assert ours.keys() == theirs.keys()
    for name, array in ours.items():
        np.testing.assert_allclose(array, theirs[name], rtol=1e-4, atol=1e-5)
    assert learners() == []


def test_what_is_known_already_is_learned_here(locale, tmp_path, monkeypatch):
    nlu.learn(locale, folder=tmp_path)

    def never(*_):
        raise AssertionError

    monkeypatch.setattr(nlu.LearningProcess, "learn", never)
    assert nlu.learn(locale, folder=tmp_path, apart=nlu.LearningProcess()).classifier


@pytest.fixture
def endless(monkeypatch):
    """Has processes learn without an end."""
    script = "import sys; sys.stdin.read()"
    monkeypatch.setattr(
        learning_process, "_COMMAND", (sys.executable, "-c", script, "daehwa.nlu.learning_process")
    )


def failing(locale, folder, process):
    """The error of learning in a thread, once there is one."""
    errors = []

    def run():
        try:
            nlu.learn(locale, folder=folder, apart=process)
        except nlu.LearningFailed as error:
            errors.append(str(error))

    thread = threading.Thread(target=run)
    thread.start()
    while not learners():
        time.sleep(0.01)
    return thread, errors


def test_it_is_ended_by_whoever_stops_it(locale, tmp_path, endless):
    process = nlu.LearningProcess()
    thread, errors = failing(locale, tmp_path, process)
    process.stop()
    thread.join(60)
    assert "SIGKILL" in errors[0]
    assert learners() == []
    with pytest.raises(nlu.LearningFailed, match="stopped"):
        nlu.learn(locale, folder=tmp_path, apart=process)


def test_one_that_was_stopped_goes_on(locale, tmp_path, endless, monkeypatch):
    monkeypatch.setattr(learning_process, "_LOOK_SECONDS", 0.01)
    process = nlu.LearningProcess()
    thread, errors = failing(locale, tmp_path, process)
    (learner,) = learners()
    os.kill(learner, signal.SIGSTOP)
    os.waitid(os.P_PID, learner, os.WSTOPPED | os.WNOWAIT)
    os.waitid(os.P_PID, learner, os.WCONTINUED | os.WNOWAIT)
    assert not errors
    process.stop()
    thread.join(60)


LARGE = learning_process.LearningOrder(
    file="",
    locale="ko_KR",
    quality=nlu.DEFAULT_QUALITY,
    examples={"Many": ["more than a pipe holds"] * 50_000},
    neutral=[],
    values=[],
)


def test_one_that_was_stopped_before_it_read_a_large_order_goes_on(monkeypatch):
    monkeypatch.setattr(learning_process, "_LOOK_SECONDS", 0.01)
    stops = "import os, signal, sys; os.kill(os.getpid(), signal.SIGSTOP)"
    script = f"{stops}; sys.exit(len(sys.stdin.readline()) < 1e6)"
    monkeypatch.setattr(learning_process, "_COMMAND", (sys.executable, "-c", script))
    nlu.LearningProcess().learn(LARGE)


def test_one_that_ends_before_it_read_a_large_order_is_an_error_that_says_so(monkeypatch):
    monkeypatch.setattr(learning_process, "_COMMAND", (sys.executable, "-c", "raise OSError"))
    with pytest.raises(nlu.LearningFailed, match="ended with 1"):
        nlu.LearningProcess().learn(LARGE)


def test_one_that_the_kernel_ends_is_an_error_that_says_so(locale, tmp_path, endless):
    thread, errors = failing(locale, tmp_path, nlu.LearningProcess())
    os.kill(learners()[0], signal.SIGKILL)
    thread.join(60)
    assert "most often memory ran out" in errors[0]


def test_one_that_fails_is_an_error_that_says_so(locale, tmp_path, monkeypatch):
    monkeypatch.setattr(learning_process, "_COMMAND", (sys.executable, "-c", "raise OSError"))
    with pytest.raises(nlu.LearningFailed, match="ended with 1"):
        nlu.learn(locale, folder=tmp_path, apart=nlu.LearningProcess())


def test_it_ends_with_the_process_that_ordered_it(tmp_path):
    read, write = os.pipe()
    pid = os.posix_spawn(
        sys.executable,
        list(learning_process._COMMAND),
        os.environ,
        file_actions=[(os.POSIX_SPAWN_DUP2, read, 0), (os.POSIX_SPAWN_CLOSE, write)],
    )
    os.close(read)
    os.write(
        write, b'{"file":"x","locale":"en_US","quality":"fast","examples":{},"neutral":[]}'[:20]
    )
    os.close(write)
    assert os.waitpid(pid, 0)[1] != 0
