"""A campaign: rounds of every target, with seeds, counts and corpus that outlive the run.

The folder holds ``counts.json`` (the next seed of each target, and what was done so far) and
``findings``: for each fault the smallest case, pickled, and a test to paste. A run begins with
the cases that were found before; one that no longer fails is forgotten.
"""

from __future__ import annotations

import contextlib
import hashlib
import pickle
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import msgspec
from hypothesis import HealthCheck, Phase

from fuzz.source import Source
from fuzz.target import Target

_CPU_SECONDS = 20
_PROJECT = Path(__file__).resolve().parents[1]


class Stuck(Exception):
    """A case took far longer than any of its size may."""


class Count(msgspec.Struct, kw_only=True):
    """What was done for a target, over all runs; ``seed`` is that of its next round."""

    seed: int = 0
    cases: int = 0
    turns: int = 0


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A fault that a target has: the smallest case that shows it, as a test."""

    target: str
    seed: int
    error: str
    test: str


class Campaign:
    """Rounds of ``targets``, continued in ``folder``; ``report`` gets a line now and then."""

    def __init__(
        self, folder: Path, targets: tuple[Target, ...], report: Callable[[str], None]
    ) -> None:
        self._folder = folder
        self._targets = targets
        self._report = report
        (folder / "findings").mkdir(parents=True, exist_ok=True)
        self._file = folder / "counts.json"
        self.counts = (
            msgspec.json.decode(self._file.read_bytes(), type=dict[str, Count])
            if self._file.exists()
            else {}
        )
        self.findings: list[Finding] = []
        self._known: set[str] = set()

    def run(self, seconds: float) -> None:
        """Rounds of each target in turn for about ``seconds``, and one at least."""
        end = time.monotonic() + seconds
        for target in self._targets:
            self._replay(target)
        while True:
            for target in self._targets:
                self._round(target)
                self._save()
            if time.monotonic() >= end:
                return
            self._report(self.summary())

    def summary(self) -> str:
        """What was done so far, in a line."""
        turns = sum(count.turns for count in self.counts.values())
        each = ", ".join(f"{name} {count.turns:,}" for name, count in self.counts.items())
        return f"{turns:,} in all: {each}; {len(self.findings)} findings in this run"

    def _replay(self, target: Target) -> None:
        """Try what was found before: it is mended, or still a finding."""
        for path in sorted((self._folder / "findings").glob(f"{target.name}-*.case")):
            # Our own file, in a folder of whoever runs this.
            case = pickle.loads(path.read_bytes())  # noqa: S301
            try:
                with _bounded():
                    target.check(**case)
            except Exception as error:  # noqa: BLE001 - it fails as it did, or in another way
                self._known.add(_place(error))
                self._write(target, self.counts.setdefault(target.name, Count()).seed, error, case)
            else:
                path.unlink()
                path.with_suffix(".py").unlink(missing_ok=True)
                self._report(f"mended: {path.stem}")

    def _round(self, target: Target) -> None:
        count = self.counts.setdefault(target.name, Count())
        seed = count.seed
        last: dict[str, Any] = {}

        def check(case: dict[str, Any]) -> None:
            last["case"] = case
            try:
                with _bounded():
                    turns = target.check(**case)
            except Exception as error:
                # A fault that is known already must not hide the next one.
                if _place(error) in self._known:
                    return
                raise
            count.cases += 1
            count.turns += turns

        rounds = hypothesis.seed(seed)(
            hypothesis.settings(
                max_examples=target.each,
                deadline=None,
                database=None,  # it takes no part where the seed is given
                phases=[Phase.generate, Phase.shrink],
                suppress_health_check=list(HealthCheck),
                report_multiple_bugs=False,
                print_blob=False,
            )(hypothesis.given(target.cases)(check))
        )
        try:
            rounds()
        except Exception as error:
            if "case" not in last:
                raise  # a mistake of the target's own
            self._known.add(_place(error))
            self._write(target, seed, error, last["case"])
        count.seed = seed + 1

    def _write(self, target: Target, seed: int, error: Exception, case: dict[str, Any]) -> None:
        test = as_test(target, case, error)
        finding = Finding(target=target.name, seed=seed, error=_line(error), test=test)
        self.findings.append(finding)
        path = self._folder / "findings" / f"{target.name}-{_digest(error)}.py"
        path.write_text(test, encoding="utf-8")
        path.with_suffix(".case").write_bytes(pickle.dumps(case))
        self._report(f"FOUND in {target.name} (seed {seed}): {finding.error}\n{test}")
        self._report("".join(traceback.format_exception(error)[-6:]))

    def _save(self) -> None:
        self._file.write_bytes(msgspec.json.format(msgspec.json.encode(self.counts)))


def as_test(target: Target, case: dict[str, Any], error: Exception) -> str:
    """The case as a test that fails as long as the fault is there."""
    source = Source()
    arguments = "".join(f"        {name}={source.of(v, 2)},\n" for name, v in case.items())
    name = target.check.__name__
    imports = sorted(source.imports | {f"from {target.check.__module__} import {name}"})
    return (
        "\n".join(imports)
        + f"\n\n\ndef test_{target.name}_{_digest(error)}():\n"
        + f"    # {_line(error)}\n    {name}(\n{arguments}    )\n"
    )


def _digest(error: Exception) -> str:
    return hashlib.sha256(_place(error).encode()).hexdigest()[:8]


def _line(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0][:100]


def _place(error: Exception) -> str:
    """Where it was raised: the last line of the project's own that it came through."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(_PROJECT)]
    if not frames:  # never raised
        return type(error).__name__
    last = own[-1] if own else frames[-1]
    return f"{type(error).__name__} {Path(last.filename).name} {last.name} {last.line}"


@contextlib.contextmanager
def _bounded() -> Iterator[None]:
    """Raise ``Stuck`` after a time of this process's own: how busy the machine is is no matter."""

    def end(*_: object) -> None:
        raise Stuck(f"more than {_CPU_SECONDS} s of computing")

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, _CPU_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def show(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
