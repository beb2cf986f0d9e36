"""Where tests read bots, cases and data: in this folder, and in ``../shared`` where that is.

Parameters of this folder always run. Those of ``../shared`` run besides; without it each test
that would take them has one skip, which names the cure.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

OWN = Path(__file__).parent
SHARED = OWN.parents[2] / "shared"
WITHOUT_SHARED = pytest.mark.skip(
    reason="for want of ../shared: put the folder of test material beside the project"
)


def exports(folder: Path) -> list[Path]:
    """The bots of ``folder``: each a folder or a zip."""
    return sorted(
        path for path in (folder / "bots").iterdir() if path.is_dir() or path.suffix == ".zip"
    )


def every_export() -> list[Any]:
    """A parameter for each bot."""
    return _own_and_shared(exports)


def either_export(own: str, shared: str) -> list[Any]:
    """A parameter for each of two bots that have the same parts, the project's own and a public."""
    names = {OWN: own, SHARED: shared}
    return _own_and_shared(lambda folder: [folder / "bots" / names[folder]])


def every_case_file() -> list[Any]:
    """A parameter for each file of cases."""
    return _own_and_shared(lambda folder: sorted((folder / "cases").glob("*.jsonl")))


def either_data(own: str, shared: str) -> list[Any]:
    """A parameter for each of two files of labelled utterances."""
    names = {OWN: own, SHARED: shared}
    return _own_and_shared(lambda folder: [folder / "data" / names[folder]])


def _own_and_shared(paths: Callable[[Path], Iterable[Path]]) -> list[Any]:
    own = [pytest.param(path, id=path.name) for path in paths(OWN)]
    if not SHARED.is_dir():
        return [*own, pytest.param(None, id="shared", marks=[pytest.mark.shared, WITHOUT_SHARED])]
    marks = [pytest.mark.shared]
    return own + [pytest.param(p, id=f"shared-{p.name}", marks=marks) for p in paths(SHARED)]


class Cases:
    """The cases of one file."""

    def __init__(self, path: Path) -> None:
        lines = path.read_text(encoding="utf-8").splitlines()
        self.all: list[dict[str, Any]] = [json.loads(line) for line in lines if line.strip()]

    def of_kind(self, kind: str) -> list[dict[str, Any]]:
        """The cases of a kind; there is at least one."""
        chosen = [case for case in self.all if case["kind"] == kind]
        assert chosen, f"no case of the kind {kind}"
        return chosen
