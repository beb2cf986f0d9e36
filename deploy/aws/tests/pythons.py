"""The Pythons that the functions are tried on: this one, and the one that they run on in Lambda."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from daehwa_deploy.functions import RUNTIME

FUNCTIONS = RUNTIME.name.removeprefix("python")
"""The version of Lambda's runtime, such as ``3.14``."""
_PLACES = ("~/.pyenv/versions/{}*/bin/python3", "~/.local/share/uv/python/cpython-{}*/bin/python3")


def interpreter(version=FUNCTIONS):
    """A Python of that version on this machine, or ``None``; ``FUNCTION_PYTHON`` names one."""
    named = os.environ.get("FUNCTION_PYTHON")
    candidates = [named] if named else [shutil.which(f"python{version}")]
    for pattern in _PLACES:
        home = Path(pattern.format(version)).expanduser()
        candidates += map(str, Path("/").glob(str(home).lstrip("/")))
    return next((one for one in candidates if one and _version(one) == version), None)


def newest_but(version=FUNCTIONS):
    """The newest Python on this machine that is older than ``version`` and newer than this one."""
    wanted, own = int(version.partition(".")[2]), sys.version_info.minor
    found = (interpreter(f"3.{minor}") for minor in range(wanted - 1, own, -1))
    return next((one for one in found if one), None)


def _version(python):
    try:
        done = subprocess.run(
            [python, "--version"], capture_output=True, text=True, timeout=60, check=False
        )
    except OSError:
        return None
    match = re.match(r"Python (\d+\.\d+)\.", done.stdout)
    return match and match[1]
