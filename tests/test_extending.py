"""docs/extending.md: each walk-through, applied to a copy of the source, works as it says.

A block of code names its file in its first line: `file=PATH` is a new file, and with
`after="WORDS"` the block goes behind the first line of a file that holds the words. The blocks
marked `run` are then run in the copy, where the tests are, too.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "extending.md"
SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
WHERE = re.compile(r' file=(\S+)(?: after="([^"]+)")?$')


class Block(NamedTuple):
    """A block of code: run, or put into a file, at its end or behind a line."""

    code: str
    file: str | None
    after: str | None


def sections():
    """The walk-throughs of the page by their headings."""
    _, *parts = SECTION.split(PAGE.read_text("utf-8"))
    return dict(zip(parts[::2], parts[1::2], strict=True))


def blocks(section):
    for language, rest, code in BLOCK.findall(section):
        where = WHERE.match(rest)
        if where:
            yield Block(code, *where.groups())
        elif rest.strip() == "run":
            yield Block(code, None, None)
        else:
            nowhere = language == "python" or "file=" in rest
            assert not nowhere, f"where does this go? {code}"


def apply(block, tree):
    path = tree / block.file
    if block.after is None:
        assert not path.exists(), f"{block.file} is there already"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.code, "utf-8")
        return
    lines = path.read_text("utf-8").splitlines(keepends=True)
    place = next(n for n, line in enumerate(lines, start=1) if block.after in line)
    path.write_text("".join([*lines[:place], block.code, *lines[place:]]), "utf-8")


def copy(tree):
    """The package and the tests, without what is large."""
    for part in ("src", "tests"):
        unwanted = shutil.ignore_patterns("__pycache__", "static", "node_modules")
        shutil.copytree(ROOT / part, tree / part, ignore=unwanted)
    shutil.copy(ROOT / "pyproject.toml", tree / "pyproject.toml")


@pytest.mark.parametrize("name", sections())
def test_the_walk_through_works(name, tmp_path):
    copy(tmp_path)
    steps = list(blocks(sections()[name]))
    assert any(block.file is None for block in steps), "nothing is tried"
    for block in steps:
        if block.file is not None:
            apply(block, tmp_path)
    for block in steps:
        if block.file is None:
            done = subprocess.run(
                [sys.executable, "-c", block.code],
                env=os.environ | {"PYTHONPATH": str(tmp_path / "src")},
                cwd=tmp_path,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stdout + done.stderr
