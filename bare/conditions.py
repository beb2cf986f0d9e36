"""What is missing or odd on other people's machines: each condition, and what must come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bare.proxy import PORT
from bare.root import VENV_PACKAGES, Box, Limits

VISITOR = "visitor"
_UNKNOWN_UID = "4711"


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One way in which a machine differs.

    ``prepare`` changes the box beforehand. ``umask`` and ``environ`` hold for the visit,
    ``folder`` is where the clone lies. ``advises`` is what the output must say where the
    promise cannot be kept; by default everything has to work.
    """

    name: str
    user: str = VISITOR
    environ: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    folder: str = "/srv/daehwa"
    umask: str = "022"
    prepare: Callable[[Box], None] | None = None
    advises: str | None = None


def welcome_visitor(box: Box, suite: str) -> None:
    """Make a user without root rights, and install what they have to ask root for."""
    box.run(["useradd", "--create-home", "--shell", "/bin/bash", VISITOR])
    box.run(["apt-get", "update", "-qq"])
    quiet = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
    environ = {"DEBIAN_FRONTEND": "noninteractive"}
    box.run(
        ["sh", "-c", '"$@" >/dev/null 2>&1', "sh", *quiet, VENV_PACKAGES[suite]], environ=environ
    )


def _home_is_read_only(box: Box) -> None:
    box.run(["chown", "root:root", f"/home/{VISITOR}"])
    box.run(["chmod", "555", f"/home/{VISITOR}"])


def _time_zones_are_gone(box: Box) -> None:
    box.run(["rm", "-rf", "/etc/localtime", "/etc/timezone", "/usr/share/zoneinfo"])


CONDITIONS = (
    Condition(name="LANG=C", environ={"LANG": "C", "LC_ALL": "C"}),
    Condition(name="a path with blanks and Korean letters", folder="/srv/내 첫 봇/대화 daehwa"),
    Condition(name="umask 077", umask="077"),
    Condition(name="no IPv6", limits=Limits(network=False, ipv6=False)),
    Condition(name="no /dev/shm", limits=Limits(shared_memory=False)),
    Condition(name="a /tmp of 64 MB", limits=Limits(tmp=64 << 20)),
    Condition(name="one core", limits=Limits(one_core=True)),
    Condition(name="2 GB of memory", limits=Limits(memory=2 << 30), environ={"DAEHWA_MODEL": ""}),
    Condition(
        name="a proxy",
        limits=Limits(proxied=True),
        environ=dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY"), f"http://127.0.0.1:{PORT}"),
    ),
    Condition(name="no time zone", prepare=_time_zones_are_gone, environ={"TZ": ""}),
    Condition(name="a home that is read-only", prepare=_home_is_read_only, advises="--data"),
    Condition(name="a home that is absent", environ={"HOME": "/nonexistent"}, advises="--data"),
    Condition(
        name="a user that nobody knows",
        user=_UNKNOWN_UID,
        environ={"HOME": "", "USER": ""},
        advises="--data",
    ),
    Condition(
        name="a home that is absent, with DAEHWA_DATA",
        environ={"HOME": "/nonexistent", "DAEHWA_DATA": "/srv/data"},
    ),
)
