"""A page of the documentation, followed to the letter: its files written, its commands run.

A fenced block whose first line is a path in a comment (``# salon/ko_KR.yaml``) is a file. A block
marked ``sh`` holds commands, one on a line (``\\`` goes on); a ``text`` block right after it is
lines that their output must hold, where ``...`` stands for anything. ``daehwa serve`` runs on in
the background until the page ends. A block marked ``sh elsewhere`` is not for this machine.
"""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

_FENCE = re.compile(r"^```([^\n`]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"^(?:#|//) ([\w.-]+(?:/[\w.-]+)*\.\w+)$")
_PORT = "8080"
_PATIENCE_SECONDS = 60


class Reader:
    """Who follows a page in a folder; ``port`` is where their server listens."""

    def __init__(self, folder, port, environment):
        self.folder = folder
        self.ran = []
        self._port = str(port)
        self._here = folder
        self._environment = environment
        self._server = None
        self._output = ""

    def follow(self, page):
        """Do what the page says, from its first line to its last."""
        try:
            for match in _FENCE.finditer(page):
                kind, block = match[1].strip(), match[2]
                named = _FILE.match(block.split("\n", 1)[0])
                if named and not kind.startswith(("sh", "text")):
                    self._write(named[1], block)
                elif kind == "sh":
                    self._output = "".join(self._run(line) for line in _lines(block))
                elif kind == "text":
                    self._compare(block)
        finally:
            self._stop()

    def _write(self, name, block):
        file = self._here / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(block, encoding="utf-8")

    def _run(self, line):
        line = line.replace(_PORT, self._port)
        self.ran.append(line)
        if line.startswith("cd "):
            self._here = (self._here / line[3:].strip()).resolve()
            return ""
        if line.startswith("daehwa serve"):
            self._serve(line)
            return ""
        run = self._start(line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        output = run.communicate(timeout=_PATIENCE_SECONDS)[0].decode()
        assert run.returncode == 0, f"$ {line}\n{output}"
        return output

    def _start(self, line, **pipes):
        scripts = str(Path(sys.executable).parent)
        return subprocess.Popen(
            ["bash", "-c", line],
            cwd=self._here,
            env=self._environment | {"PATH": f"{scripts}:{os.environ['PATH']}"},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            **pipes,
        )

    def _serve(self, line):
        command = line.removesuffix("&").strip()
        log = self.folder / "serve.log"
        with log.open("wb") as out:
            self._server = self._start(f"{command} --port {self._port}", stdout=out, stderr=out)
        end = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < end:
            assert self._server.poll() is None, log.read_text()
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self._port}/readyz", timeout=5):
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(log.read_text())

    def _stop(self):
        server, self._server = self._server, None
        if server is not None:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(_PATIENCE_SECONDS)

    def _compare(self, block):
        for line in filter(None, map(str.strip, block.splitlines())):
            pattern = ".*".join(map(re.escape, line.split("...")))
            assert re.search(pattern, self._output), f"{line!r} is not in\n{self._output}"


def _lines(block):
    """The commands of a block, without comments."""
    joined = re.sub(r"\\\n\s*", "", block)
    lines = (re.sub(r"(^|\s+)# .*$", "", line).strip() for line in joined.splitlines())
    return [line for line in lines if line]
