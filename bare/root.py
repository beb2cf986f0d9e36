"""A bare Debian: a root of its own, made by debootstrap, and boxes that begin from it.

A ``Root`` is made once for each suite and kept; a ``Box`` is a layer over it (overlayfs) in
which a visitor installs what they like, and which is thrown away. Nothing of the machine shows
in a box but its way to the package registries: the resolver, the certificates it trusts and
pip's settings. All mounts belong to a mount namespace of this process (``enter_own_mounts``), so
that the kernel takes them back however it ends.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bare.proxy import proxied_network

# What the README asks for: "Debian or Ubuntu with Python 3.11 or newer", git and make to begin.
PACKAGES = ("ca-certificates", "git", "make", "python3")
# The package of Debian that a visitor without root is told to ask for.
VENV_PACKAGES = {
    "bookworm": "python3.11-venv",
    "trixie": "python3.13-venv",
    "sid": "python3.14-venv",
}
SUITES = tuple(VENV_PACKAGES)

_CLONE_NEWNS = 0x20000
_DEVICES = ("null", "zero", "full", "random", "urandom", "tty")
_CERTIFICATES = "etc/ssl/certs/ca-certificates.crt"
_PASSED_ON = re.compile(
    r"PIP_(CERT|INDEX_URL|EXTRA_INDEX_URL|DEFAULT_TIMEOUT)|(HTTPS?|NO)_PROXY", re.IGNORECASE
)
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class BareError(Exception):
    """No bare root can be made or entered here; the message names the cure."""


def home(user: str) -> str:
    """The home folder of a user of a box."""
    return "/root" if user == "root" else f"/home/{user}"


def enter_own_mounts() -> None:
    """Move this process into a mount namespace of its own.

    Raises:
        BareError: this process has no right to; root has.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWNS) != 0:
        raise BareError(f"a bare root needs root rights: {os.strerror(ctypes.get_errno())}")
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)


def make_root(suite: str, cache: Path) -> Path:
    """The folder of a bare root of ``suite``, made by debootstrap unless it is in ``cache``.

    Raises:
        BareError: debootstrap is missing or fails.
    """
    root = cache / suite
    if root.is_dir():
        return root
    if shutil.which("debootstrap") is None:
        raise BareError("debootstrap is not installed: apt-get install debootstrap")
    cache.mkdir(parents=True, exist_ok=True)
    partial = cache / f"{suite}.partial"
    shutil.rmtree(partial, ignore_errors=True)
    command = [
        "debootstrap",
        "--variant=minbase",
        f"--include={','.join(PACKAGES)}",
        suite,
        str(partial),
    ]
    made = subprocess.run([*command, *_mirror()], check=False, capture_output=True, text=True)
    if made.returncode != 0:
        lines = (made.stdout + made.stderr).strip().splitlines()
        raise BareError(f"debootstrap failed for {suite}: {lines[-1] if lines else 'no output'}")
    # Debian's archives of packages are only weight here.
    for archive in (partial / "var/cache/apt/archives").glob("*.deb"):
        archive.unlink()
    partial.rename(root)
    return root


def _mirror() -> list[str]:
    """The mirror that this machine's own apt uses for Debian, or none for debootstrap's."""
    listed = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI)|$(ORIGIN)|$(LABEL)"],
        check=False,
        capture_output=True,
        text=True,
    ).stdout
    for line in listed.splitlines():
        address, origin, label = line.split("|")
        if (origin, label) == ("Debian", "Debian"):
            return [address]
    return []


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a box is denied: each member names what is missing or small.

    ``memory`` and ``tmp`` are in bytes. Without ``network`` only this machine can be reached,
    with ``proxied`` the rest of the world through a proxy alone; without ``ipv6`` loopback has
    only 127.0.0.1. With ``read_only`` nothing can be written but ``volumes``, folders that are
    empty and the user's own, and ``/tmp``.
    """

    network: bool = True
    proxied: bool = False
    ipv6: bool = True
    shared_memory: bool = True
    tmp: int | None = None
    memory: int | None = None
    one_core: bool = False
    read_only: bool = False
    volumes: tuple[str, ...] = ()


class Box:
    """A place to try things in, laid over a bare root; made by ``open_box``."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def inside(self, path: str) -> Path:
        """Where ``path`` of the box lies on this machine."""
        return self.path / path.lstrip("/")

    def run(
        self,
        command: Sequence[str],
        *,
        user: str = "root",
        folder: str = "/",
        environ: Mapping[str, str] | None = None,
        limits: Limits | None = None,
        check: bool = True,
    ) -> int:
        """Run a command in the box and give its exit status.

        It sees its own processes alone, and all of them end with it. ``environ`` is laid over
        a bare environment: a path, the user's home, the way to the registries; an empty value
        takes a variable away.

        Raises:
            BareError: ``check`` is on and the command failed.
        """
        limits = limits or Limits()
        seen = {"PATH": _PATH, "HOME": home(user), "USER": user, "TERM": "dumb"}
        seen |= {name: value for name, value in os.environ.items() if _PASSED_ON.fullmatch(name)}
        seen |= environ or {}
        outer = ["unshare", "--mount", "--pid", "--fork", "--kill-child=KILL"]
        if not limits.network or not limits.ipv6:
            outer.append("--net")
        # A number is a user that the box does not know, in a group that it does not know either.
        owner = f"{user}:{user}" if user.isdigit() else user
        inner = ["chroot", f"--userspec={owner}", str(self.path)]
        inner += ["env", "-i", *(f"{name}={value}" for name, value in seen.items() if value)]
        inner += ["sh", "-c", 'cd "$0" && exec "$@"', folder, *command]
        if limits.one_core:
            inner = ["taskset", "--cpu-list", str(min(os.sched_getaffinity(0))), *inner]
        with contextlib.ExitStack() as stack:
            group = stack.enter_context(_memory_group(limits.memory))
            if limits.proxied:
                outer = ["nsenter", f"--net={stack.enter_context(proxied_network())}", *outer]
            script = "\n".join(self._set_up(limits, group, owner))
            setup = f'{script}\nexec "$@"'
            status = subprocess.run(
                [*outer, "sh", "-euc", setup, "sh", *inner], check=False
            ).returncode
        if check and status:
            raise BareError(f"{' '.join(command)} ended with {status} in the box")
        return status

    def _set_up(self, limits: Limits, group: Path | None, owner: str) -> Iterator[str]:
        """The shell lines that furnish the box in the namespaces of one command."""
        at = self.path
        if limits.read_only:
            yield f"mount --bind '{at}' '{at}'; mount -o remount,ro,bind '{at}'"
        for volume in limits.volumes:
            uid, _, gid = owner.partition(":")
            yield f"mount -t tmpfs -o mode=0700,uid={uid},gid={gid or uid} tmpfs '{at}{volume}'"
        yield f"mount -t proc proc '{at}/proc'"
        yield f"mount -t tmpfs -o mode=755 tmpfs '{at}/dev'"
        for name in _DEVICES:
            yield f"touch '{at}/dev/{name}'; mount --bind /dev/{name} '{at}/dev/{name}'"
        yield f"ln -s /proc/self/fd '{at}/dev/fd'; mkdir '{at}/dev/pts'"
        yield f"mount -t devpts -o newinstance,ptmxmode=0666 devpts '{at}/dev/pts'"
        yield f"ln -s pts/ptmx '{at}/dev/ptmx'"
        if limits.shared_memory:
            yield f"mkdir '{at}/dev/shm'; mount -t tmpfs -o mode=1777 tmpfs '{at}/dev/shm'"
        if limits.tmp is not None:
            yield f"mount -t tmpfs -o mode=1777,size={limits.tmp} tmpfs '{at}/tmp'"
        if group is not None:
            yield f"echo $$ > '{group}/cgroup.procs'"
            place = f"{at}/sys/fs/cgroup" + ("/memory" if "memory" in group.parts else "")
            yield f"mount -t tmpfs tmpfs '{at}/sys'; mkdir -p '{place}'"
            yield f"mount --bind '{group}' '{place}'"
        if not limits.network or not limits.ipv6:
            if not limits.ipv6:
                yield "echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6"
            yield "ip link set lo up"


@contextlib.contextmanager
def open_box(root: Path) -> Iterator[Box]:
    """A fresh box over ``root``; what happens in it is thrown away at the end."""
    with tempfile.TemporaryDirectory(prefix="daehwa-bare-") as folder:
        upper, work, merged = (Path(folder) / name for name in ("upper", "work", "root"))
        for each in (upper, work, merged):
            each.mkdir()
        # Not everybody may look into a temporary folder, and visitors are not root.
        Path(folder).chmod(0o755)
        layers = f"lowerdir={root},upperdir={upper},workdir={work}"
        subprocess.run(["mount", "-t", "overlay", "overlay", "-o", layers, str(merged)], check=True)
        try:
            box = Box(merged)
            _show_the_way_out(box)
            yield box
        finally:
            subprocess.run(["umount", "--lazy", str(merged)], check=False)


def _show_the_way_out(box: Box) -> None:
    """Give the box this machine's way to the registries."""
    for name in ("etc/resolv.conf", "etc/hosts", "etc/pip.conf", _CERTIFICATES):
        source = Path("/") / name
        if source.exists():
            box.inside(name).unlink(missing_ok=True)
            shutil.copyfile(source, box.inside(name))
    # A mirror may be a snapshot, whose lists say that they are out of date.
    stale = box.inside("etc/apt/apt.conf.d/99stale")
    stale.write_text('Acquire::Check-Valid-Until "false";\n', encoding="ascii")


@contextlib.contextmanager
def _memory_group(limit: int | None) -> Iterator[Path | None]:
    """A control group whose processes may take ``limit`` bytes together."""
    if limit is None:
        yield None
        return
    second = Path("/sys/fs/cgroup/cgroup.controllers").exists()
    parent = Path("/sys/fs/cgroup") if second else Path("/sys/fs/cgroup/memory")
    group = parent / f"daehwa-bare-{os.getpid()}"
    try:
        group.mkdir()
        (group / ("memory.max" if second else "memory.limit_in_bytes")).write_text(str(limit))
    except OSError as error:
        raise BareError(f"no memory limit can be set here: {error}") from error
    try:
        yield group
    finally:
        with contextlib.suppress(OSError):
            group.rmdir()
