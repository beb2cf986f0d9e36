"""The container image, made and run without a container engine: its Dockerfile's steps in boxes.

A small reader of the instructions that our Dockerfile has; one that it does not know is an
error. Each stage is a box over a bare Debian root in place of Debian's own image, ``COPY`` copies,
``RUN`` runs as the stage's user with its environment. What runs at last runs as the engine would
run it: as ``USER``, with the root read-only and nothing writable but the volumes and ``/tmp``.
"""

from __future__ import annotations

import fnmatch
import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bare.root import BareError, Box, Limits, open_box

_REFERENCE = re.compile(r"\$\{(\w+)\}|\$(\w+)")
_KNOWN = (
    "ARG CMD COPY ENV EXPOSE FROM HEALTHCHECK RUN STOPSIGNAL USER VOLUME WORKDIR".split()  # noqa: SIM905 - a list of words
)


@dataclass(frozen=True)
class Instruction:
    """One instruction, its lines joined and its comments gone; ``line`` is where it begins."""

    name: str
    rest: str
    line: int


def read(text: str) -> list[Instruction]:
    """The instructions of a Dockerfile.

    Raises:
        BareError: there is one that this reader does not know.
    """
    instructions = []
    pending, began = "", 0
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith("#") or (not line.strip() and not pending):
            continue
        began = began if pending else number
        if line.rstrip().endswith("\\"):
            pending += line.rstrip()[:-1] + " "
            continue
        name, _, rest = (pending + line).strip().partition(" ")
        pending = ""
        if name not in _KNOWN:
            raise BareError(f"the Dockerfile's line {began}: {name} is not known here")
        instructions.append(Instruction(name, rest.strip(), began))
    return instructions


@dataclass
class Stage:
    """A stage as far as its instructions have been followed."""

    box: Box
    name: str
    environ: dict[str, str] = field(default_factory=dict)
    arguments: dict[str, str] = field(default_factory=dict)
    folder: str = "/"
    user: str = "root"
    volumes: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)

    def expand(self, text: str) -> str:
        """``text`` with the stage's variables in it."""
        known = {**self.arguments, **self.environ}
        return _expand(text, known)

    def configure(self, each: Instruction) -> None:
        """Follow an instruction that says how the image is run."""
        match each.name:
            case "ENV":
                for pair in shlex.split(each.rest):
                    name, _, value = pair.partition("=")
                    self.environ[name] = self.expand(value)
            case "USER":
                self.user = each.rest
            case "VOLUME":
                self.volumes += json.loads(each.rest)
            case "CMD":
                self.command = json.loads(each.rest)
            case "HEALTHCHECK":
                self.health = json.loads(each.rest.partition("CMD")[2])

    def path(self, path: str) -> str:
        """A path of the stage; a relative one begins at its folder."""
        return path if path.startswith("/") else f"{self.folder.rstrip('/')}/{path}"


class Image:
    """What a Dockerfile makes of ``context`` (a folder), over the bare root ``root``."""

    def __init__(self, dockerfile: Path, context: Path, root: Path) -> None:
        self._dockerfile = dockerfile
        self._context = context
        self._root = root
        ignore = dockerfile.with_name(dockerfile.name + ".dockerignore")
        self._ignored = ignore.read_text(encoding="utf-8").splitlines()

    @contextmanager
    def build(self, arguments: Mapping[str, str]) -> Iterator[Stage]:
        """Follow the instructions; gives the last stage.

        Raises:
            BareError: a step failed.
        """
        given: dict[str, str] = {}
        stages: dict[str, Stage] = {}
        stage: Stage | None = None
        with ExitStack() as stack:
            for each in read(self._dockerfile.read_text(encoding="utf-8")):
                if each.name == "FROM":
                    _, _, name = _expand(each.rest, given).partition(" AS ")
                    box = stack.enter_context(open_box(self._root))
                    stage = stages[name or str(len(stages))] = Stage(box, name)
                elif stage is None:
                    name, _, default = each.rest.partition("=")
                    given[name] = arguments.get(name, default)
                else:
                    self._follow(each, stage, stages, {**given, **arguments})
            if stage is None:
                raise BareError("the Dockerfile has no stage")
            yield stage

    def _follow(
        self, each: Instruction, stage: Stage, stages: Mapping[str, Stage], given: Mapping[str, str]
    ) -> None:
        match each.name:
            case "ARG":
                name, _, default = each.rest.partition("=")
                stage.arguments[name] = given.get(name, default)
            case "WORKDIR":
                stage.folder = stage.path(stage.expand(each.rest))
                stage.box.run(["install", "-d", stage.folder])
            case "COPY":
                self._copy(each, stage, stages)
            case "RUN":
                print(f"   line {each.line}: RUN {each.rest[:60]} ...", flush=True)
                stage.box.run(
                    ["/bin/sh", "-c", each.rest],
                    folder=stage.folder,
                    environ={
                        "DEBIAN_FRONTEND": "noninteractive",
                        **stage.arguments,
                        **stage.environ,
                    },
                )

            case _:
                stage.configure(each)

    def _copy(self, each: Instruction, stage: Stage, stages: Mapping[str, Stage]) -> None:
        *sources, into = shlex.split(stage.expand(each.rest))
        base = self._context
        if sources[0].startswith("--from="):
            base = stages[sources.pop(0).removeprefix("--from=")].box.path
        target = stage.box.inside(stage.path(into))
        for source in sources:
            origin = base / source.lstrip("/")
            if base == self._context and not self._is_sent(source):
                raise BareError(f"line {each.line}: the .dockerignore leaves out {source}")
            if origin.is_dir():
                ignore = self._unsent if base == self._context else None
                shutil.copytree(origin, target, symlinks=True, dirs_exist_ok=True, ignore=ignore)
            else:
                place = target / origin.name if into.endswith("/") else target
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(origin, place)

    def _is_sent(self, path: str) -> bool:
        """Whether the context that an engine gets has ``path``: the last matching line decides."""
        sent = True
        for line in self._ignored:
            pattern = line.strip()
            if not pattern or pattern.startswith("#"):
                continue
            wanted = pattern.startswith("!")
            pattern = pattern.removeprefix("!")
            parents = [path, *map(str, Path(path).parents)]
            if any(
                fnmatch.fnmatch(one, pattern) or fnmatch.fnmatch(f"x/{one}", pattern)
                for one in parents
                if one != "."
            ):
                sent = wanted
        return sent

    def _unsent(self, folder: str, names: list[str]) -> set[str]:
        inside = Path(folder).relative_to(self._context)
        return {name for name in names if not self._is_sent(str(inside / name))}


def run(stage: Stage, script: str, environ: Mapping[str, str]) -> int:
    """Run a shell script in a container of the image, as its user; gives the exit status.

    ``$@`` in it is the image's command; the environment has its health check as ``HEALTH``. The
    network is the container's own and leads nowhere.
    """
    limits = Limits(network=False, read_only=True, volumes=tuple(stage.volumes), tmp=64 << 20)
    user = stage.user.partition(":")[0]
    return stage.box.run(
        ["/bin/sh", "-c", script, "sh", *stage.command],
        user=user,
        folder=stage.folder,
        environ={**stage.environ, "HEALTH": shlex.join(stage.health), **environ},
        limits=limits,
        check=False,
    )


def size(stage: Stage) -> int:
    """How many bytes the stage's own layer holds beside its base, uncompressed."""
    used = subprocess.run(
        ["du", "--summarize", "--bytes", stage.box.path / "opt"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return int(used.split()[0])


def _expand(text: str, known: Mapping[str, str]) -> str:
    return _REFERENCE.sub(lambda match: known.get(match[1] or match[2], ""), text)
