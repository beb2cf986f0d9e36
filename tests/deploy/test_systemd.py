"""The unit: systemd's own checks of it, and the server under what it forbids."""

import ctypes
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.end_to_end.conftest import serving

from conformance.bots import build
from daehwa import bot

FOLDER = Path(__file__).parents[2] / "deploy" / "systemd"
UNIT = FOLDER / "daehwa.service"
# Of ten: 0 is a service that may do nothing, an unrestricted one has 9.6.
MOST_EXPOSED = 1.5


class Unit(dict):
    """The settings of a unit's service: each has a list of what was said of it."""

    def __init__(self, text):
        super().__init__()
        for line in text.partition("[Service]")[2].partition("[Install]")[0].splitlines():
            name, equals, value = line.partition("=")
            if equals and not line.startswith("#"):
                self.setdefault(name, []).append(value)

    @property
    def environment(self):
        return dict(each.split("=", 1) for each in self["Environment"])


@pytest.fixture(scope="module")
def unit():
    return Unit(UNIT.read_text("utf-8"))


def test_systemd_takes_the_unit_and_the_drop_in_for_secrets(systemd_analyze, tmp_path):
    text = UNIT.read_text("utf-8")
    # It checks that the command exists.
    there = text.replace("/opt/daehwa/bin/daehwa", sys.executable)
    (tmp_path / "daehwa.service").write_text(there)
    (tmp_path / "daehwa.service.d").mkdir()
    shutil.copy(FOLDER / "secrets.conf", tmp_path / "daehwa.service.d")
    run = subprocess.run(
        [systemd_analyze, "verify", "--man=no", tmp_path / "daehwa.service"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "daehwa" not in run.stderr, run.stderr


def test_its_exposure_is_small(systemd_analyze):
    run = subprocess.run(
        [
            systemd_analyze,
            "security",
            "--offline=true",
            "--no-pager",
            f"--threshold={int(MOST_EXPOSED * 10)}",
            UNIT,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout


def test_the_data_folder_is_its_users_alone(unit):
    assert unit["DynamicUser"] == ["yes"]
    assert unit["StateDirectoryMode"] == ["0700"]
    assert "--data ${STATE_DIRECTORY}" in unit["ExecStart"][0]


def test_it_has_time_to_end(unit):
    drain = int(unit.environment["DAEHWA_DRAIN_SECONDS"])
    assert int(unit["TimeoutStopSec"][0]) >= drain + 10


def test_secrets_are_credentials(unit):
    assert not re.search("KEY|TOKEN|STORE_URL", " ".join(unit.environment))
    for line in (FOLDER / "secrets.conf").read_text("utf-8").splitlines():
        if "Environment=" in line:
            assert re.search(r"Environment=\w+_FILE=%d/[\w-]+$", line)


def small_bot(folder):
    """A bot that is learned in no time; its path."""
    ring = {"utterances": ["ring the bell", "ring it"], "closing": "Ding."}
    bot.save(build("Bell", {"Bell": {"intents": {"Ring": ring}}}), folder / "bell.zip")
    return str(folder / "bell.zip")


def refuse_executable_memory():
    """What MemoryDenyWriteExecute= does where the kernel can (since 6.3): prctl PR_SET_MDWE."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(65, 1, 0, 0, 0) != 0:
        os._exit(77)


def kernel_refuses():
    probe = subprocess.run(
        [sys.executable, "-c", "0"], preexec_fn=refuse_executable_memory, check=False
    )
    return probe.returncode != 77


@pytest.mark.skipif(not kernel_refuses(), reason="this kernel has no PR_SET_MDWE")
def test_it_serves_without_memory_that_is_written_and_executed(unit, tmp_path):
    """With the best understanding, so that every encoder is in it."""
    assert unit["MemoryDenyWriteExecute"] == ["yes"]
    (tmp_path / "daehwa.toml").write_text('[understanding]\nquality = "best"\n')
    wrapper = tmp_path / "python"
    wrapper.write_text(
        f"#!{sys.executable}\nimport ctypes, os, sys\n"
        "assert ctypes.CDLL(None).prctl(65, 1, 0, 0, 0) == 0\n"
        f"os.execv({sys.executable!r}, [{sys.executable!r}, *sys.argv[1:]])\n"
    )
    wrapper.chmod(0o755)
    with serving(tmp_path, small_bot(tmp_path), "--answer", "none", python=wrapper) as served:
        assert '"level":"error"' not in served.log


def test_it_needs_no_system_call_that_the_filter_refuses(unit, systemd_analyze, strace, tmp_path):
    allowed = calls_of(systemd_analyze, unit["SystemCallFilter"])
    trace = tmp_path / "trace"
    wrapper = tmp_path / "python"
    # Only what is not allowed stops the program; that, and what shows that it is watched.
    unseen = ",".join(f"?{name}" for name in sorted(allowed - {"execve"}))
    # -D: the server is the child that is asked to end; strace itself would not pass that on.
    options = f"-D -f -qq --seccomp-bpf -e signal=none -o {trace}"
    wrapper.write_text(f'#!/bin/sh\nexec {strace} {options} -e "!{unseen}" {sys.executable} "$@"\n')
    wrapper.chmod(0o755)
    with serving(tmp_path, small_bot(tmp_path), "--answer", "none", python=wrapper):
        pass
    used = set(re.findall(r"^\d+ +(\w+)\(", trace.read_text(errors="replace"), re.MULTILINE))
    # SQLite gives files their owner where it runs as root, as tests may.
    assert used - {"fchown"} == {"execve"}


def calls_of(systemd_analyze, filters):
    """The system calls that a unit's filters leave, by systemd's own lists."""
    listed = subprocess.run(
        [systemd_analyze, "--no-pager", "syscall-filter"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    groups = {}
    for line in listed.splitlines():
        word = re.sub(r"\x1b\[[0-9;]*m", "", line).partition("#")[0].rstrip()
        if word.startswith("@"):
            members = groups.setdefault(word.split()[0], [])
        elif word.startswith("    "):
            members.append(word.strip())

    def expand(name):
        return {one for part in groups[name] for one in expand(part)} if name[0] == "@" else {name}

    allowed = set()
    for line in filters:
        names = {one for name in line.removeprefix("~").split() for one in expand(name)}
        allowed = allowed - names if line.startswith("~") else allowed | names
    return allowed
