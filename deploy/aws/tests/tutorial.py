"""The commands of the tutorials, as they stand in both languages, and what runs them.

None is left out: ``account.py`` deploys with those of ``cdk``, ``Visitor`` runs the others.
"""

import contextlib
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGES = ("aws.md", "aws.ko.md")
_TUTORIAL = re.compile(r"^## (Tutorial|따라 하기)$(.*?)^## ", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^```bash\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"\s+#.*$")
_CDK = "npx cdk "


def commands(page):
    """Each command of a page's tutorial: continued lines joined, comments left out."""
    section = _TUTORIAL.search((ROOT / "docs" / page).read_text(encoding="utf-8"))[2]
    text = "\n".join(_BLOCK.findall(section)).replace("\\\n", " ")
    lines = (_COMMENT.sub("", line).strip() for line in text.splitlines())
    return [re.sub(r"\s+", " ", line) for line in lines if line]


def cdk(verb, settings):
    """The words after ``npx`` of the tutorial's command, with the values of ``settings`` in it.

    An option that ``settings`` does not have is left out; what else they have comes after it.
    """
    (line,) = (one for one in commands(PAGES[0]) if one.startswith(_CDK + verb))
    rest, words = dict(settings), []
    for word in shlex.split(line.removeprefix("npx ")):
        name, is_option, _ = word.partition("=")
        if not is_option:
            words.append(word)
        elif (value := rest.pop(name, None)) is None:
            words.pop()  # its -c
        else:
            words.append(f"{name}={value}")
    return words + [f"--context={name}={value}" for name, value in rest.items()]


def clone(folder):
    """Make a folder look like a clone that is set up; what is written stays in it."""
    for home, ours in ((ROOT, folder), (ROOT / "deploy/aws", folder / "deploy/aws")):
        ours.mkdir(parents=True, exist_ok=True)
        for entry in home.iterdir():
            if entry.name not in ("deploy", ".git", "var"):
                (ours / entry.name).symlink_to(entry)
    if not (folder / ".venv").exists():
        (folder / ".venv").symlink_to(sys.prefix)  # that of the tests


class Visitor:
    """Somebody at a terminal, in the clone ``folder``, with the deployment's outputs.

    ``environ`` is the terminal's, ``daehwa`` what the command needs besides; ``values`` are
    what stands in capitals, or is left to the reader, and ``headers`` lead curl to the page.
    """

    def __init__(self, folder, environ, *, daehwa, values, headers, patience):
        self.folder = folder
        self._before = []
        self.environ = environ
        self.daehwa = daehwa
        self.values = values
        self.headers = headers
        self.patience = patience

    def run(self, command):
        """Run a command; give what it printed. One that serves is stopped when it is ready."""
        for name, value in self.values.items():
            command = command.replace(name, value)
        words = shlex.split(command)
        if words[0] == "curl":
            words += [part for one in self.headers.items() for part in ("-H", ": ".join(one))]
        environ = self.environ
        if words[0].endswith("daehwa"):
            environ = environ | self.daehwa
        if words in (["make", "run"], [".venv/bin/daehwa", "serve", "my-bot.zip"]):
            return self._serve(words, environ)
        line = shlex.join(words)
        done = subprocess.run(
            ["bash", "-ec", "\n".join([*self._before, line])],
            cwd=self.folder,
            env=environ,
            capture_output=True,
            text=True,
            timeout=self.patience,
            check=False,
        )
        assert done.returncode == 0, (command, done.stdout, done.stderr)
        if words[0] in ("cd", "."):
            # Where the terminal is from now on, and what it has.
            self._before.append(line)
        return done.stdout

    def _serve(self, words, environ):
        """Start what serves, wait until it answers, and press Ctrl-C."""
        ready = f"http://127.0.0.1:{environ['PORT']}/readyz"
        process = subprocess.Popen(
            words,
            cwd=self.folder,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            end = time.monotonic() + self.patience
            while process.poll() is None and time.monotonic() < end:
                with contextlib.suppress(OSError):
                    urllib.request.urlopen(ready, timeout=2).close()
                    break
                time.sleep(0.1)
            assert process.poll() is None, process.communicate()[0]
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGINT)
            printed, _ = process.communicate(timeout=self.patience)
        return printed


def key_as_typed(key):
    """What replaces the dots of the tutorial's secret."""
    return {'"..."': json.dumps(key)}
