"""The shell scripts are clean by shellcheck, and stop at the first error."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPTS = [ROOT / ".ci" / "run", *sorted((ROOT / "scripts").iterdir())]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_is_clean(script, wanting):
    if shutil.which("shellcheck") is None:
        wanting("shellcheck", "run `make test-setup` as root, or apt-get install shellcheck")
    checked = subprocess.run(["shellcheck", script], capture_output=True, text=True, check=False)
    assert checked.stdout == ""


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_stops_at_the_first_error_and_can_be_run(script):
    assert "\nset -euo pipefail\n" in script.read_text(encoding="utf-8")
    assert script.stat().st_mode & 0o111


def test_the_makefile_leaves_the_python_that_a_person_chooses():
    """A variable of the Makefile with the name of one of the environment would displace it."""
    shown = subprocess.run(
        ["make", "--silent", "--eval=show: ; @echo $$PYTHON", "show"],
        cwd=ROOT,
        env={**os.environ, "PYTHON": "/opt/python3.14/bin/python"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.strip() == "/opt/python3.14/bin/python"
