"""The Pythons that the functions are tried on: this one, and the one that they run on in Lambda."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from daehwa_deploy.functions import RUNTIME

FUNCTIONS = RUNTIME.name.removeprefix("python")
"""The version of Lambda's runtime, such as ``3.14``."""
_SET_UP = Path(__file__).parents[1] / ".venv/functions/bin"
_PLACES = ("~/.pyenv/versions/{}*/bin/python3", "~/.local/share/uv/python/cpython-{}*/bin/python3")


def interpreter(version=FUNCTIONS):
    """A Python of that version on this machine, or ``None``; ``FUNCTION_PYTHON`` names one.

    ``scripts/set-up-function-python`` brings one where the system has none.
    """
    named = os.environ.get("FUNCTION_PYTHON")
    candidates = [named] if named else [shutil.which(f"python{version}")]
    candidates.append(str(_SET_UP / f"python{version}"))
    for pattern in _PLACES:
        home = Path(pattern.format(version)).expanduser()
        candidates += map(str, Path("/").glob(str(home).lstrip("/")))
    return next((one for one in candidates if one and _version(one) == version), None)


def _version(python):
    try:
        done = subprocess.run(
            [python, "--version"], capture_output=True, text=True, timeout=60, check=False
        )
    except OSError:
        return None
    match = re.match(r"Python (\d+\.\d+)\.", done.stdout)
    return match and match[1]
