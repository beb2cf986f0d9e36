"""Nothing in the project is tied to the machine it was written on, or fetched past the clients.

Packages come by their ordinary clients from wherever those are set up to look, so no file names
a registry; and no file holds a path that only one machine has.
"""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
# Written so that none matches itself, since this file is searched as well.
REGISTRIES = (
    r"\bpypi[.]org",
    r"pythonhosted[.]org",
    r"registry[.]npmjs",
    r"registry[.]yarnpkg",
    r"deb[.]debian[.]org",
    r"archive[.]ubuntu[.]com",
)
PLACES = (r"/[r]oot/", r"/[w]ork/", r"/[h]ome/\w", r"/[U]sers/\w", r"/opt/[p]ypi")
UNWANTED = re.compile("|".join(REGISTRIES + PLACES))
KEYS = re.compile(r"\bsk-(?:proj-)?[A-Za-z0-9_]{32,}|\bAKIA[0-9A-Z]{16}\b")


def tracked_texts():
    """Every text file that git knows, with its content."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        try:
            yield name, (ROOT / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue


def findings(pattern):
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in tracked_texts()
        if pattern.search(text)
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_registry_and_no_machine_is_named():
    assert findings(UNWANTED) == []


def test_no_key_is_in_the_project():
    assert findings(KEYS) == []
