"""A suite of tests that were recorded against the real AWS, run against a Daehwa server.

    python -m conformance suite DIR [WORD ...]

Written for the AWS Emulator Evaluation Suite (github.com/aws/aws-emulator-evaluation-suite), of
which only the notes of its releases 1.0.0 and 1.0.1 (November 2026) and the emulator's user guide
were known: a ``manifest.jsonl`` with a line for each test; a ``fidelity-tests-runner`` that needs
``uv``, and runs one test against a local HTTPS endpoint with ``run``; tests that were recorded in
us-west-2. Nothing else is taken for granted. Of a line of the manifest the test's id is the first
of ``id``, ``test_id``, ``test``, ``name`` and ``path``; a test is ours if a text in its line names
Lex or Kendra. ``--runner`` says how a test is run where the runner's options are others than
assumed here.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import msgspec

RUNNER: Final = "fidelity-tests-runner"
DEFAULT_COMMAND: Final = "{runner} run --endpoint {endpoint} {test}"
_MANIFEST: Final = "manifest.jsonl"
_IDS: Final = ("id", "test_id", "test", "name", "path")
_OURS: Final = re.compile(r"(?<![a-z])(lex|lexv2|kendra)(?![a-z])", re.IGNORECASE)
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SERVICES: Final = ("LEX_RUNTIME_V2", "LEX_MODELS_V2", "KENDRA")
_REGION: Final = "us-west-2"  # the one that the tests were recorded in, says the user guide
_PATIENCE_SECONDS: Final = 60
_TEST_SECONDS: Final = 300
_TAIL: Final = 4_000
_SHOWN: Final = 20


class SuiteError(Exception):
    """The suite cannot be run as asked; the message says what to do."""


class RecordedTest(msgspec.Struct, frozen=True):
    """A test of the manifest: its id, and its line as it stands there."""

    id: str
    line: dict[str, Any]


class Outcome(msgspec.Struct, frozen=True):
    """How a test ended: ``passed``, ``differs`` or ``timed out``, with the end of its output."""

    test: str
    result: str
    output: str
    seconds: float


def read_manifest(directory: Path) -> list[RecordedTest]:
    """The tests on Lex and Kendra of the suite in ``directory``.

    Raises:
        SuiteError: there is no manifest, or a line of it is not understood.
    """
    path = directory / _MANIFEST
    if not path.is_file():
        raise SuiteError(f"{path} is not there: name the folder of the suite that holds it")
    tests = []
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not text.strip():
            continue
        try:
            line = json.loads(text)
        except json.JSONDecodeError as error:
            raise SuiteError(f"{path}, line {number}: this is not JSON: {error}") from None
        if not isinstance(line, dict):
            raise SuiteError(f"{path}, line {number}: an object is expected, as {{...}}")
        name = next((line[key] for key in _IDS if isinstance(line.get(key), str)), None)
        if name is None:
            raise SuiteError(f"{path}, line {number}: none of {', '.join(_IDS)} names the test")
        if any(_OURS.search(_CAMEL.sub("-", word)) for word in _texts(line)):
            tests.append(RecordedTest(name, line))
    return tests


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value, names of members included."""
    if isinstance(value, str):
        yield value.replace("_", "-")
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(key)
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def environment(endpoint: str, certificate: Path, elsewhere: str | None = None) -> dict[str, str]:
    """What leads an AWS SDK's Lex and Kendra clients to the endpoint, and has it trusted.

    Other services' clients go ``elsewhere``, such as to an emulator; by default to the same.
    """
    led = {f"AWS_ENDPOINT_URL_{service}": endpoint for service in _SERVICES}
    return {
        **os.environ,
        "AWS_ACCESS_KEY_ID": "recorded",
        "AWS_SECRET_ACCESS_KEY": "recorded",
        "AWS_REGION": _REGION,
        "AWS_DEFAULT_REGION": _REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_ENDPOINT_URL": elsewhere or endpoint,
        **led,
        # boto3 and the AWS CLI, Node.js, OpenSSL's users (curl, Go, Ruby), Python's requests.
        "AWS_CA_BUNDLE": str(certificate),
        "NODE_EXTRA_CA_CERTS": str(certificate),
        "SSL_CERT_FILE": str(certificate),
        "REQUESTS_CA_BUNDLE": str(certificate),
    }


def find_runner(directory: Path) -> list[str]:
    """The suite's runner, as the beginning of a command.

    It is beside the manifest, in its ``bin``, on the PATH, or what ``uv`` runs of the suite.

    Raises:
        SuiteError: it is nowhere.
    """
    for path in (directory / RUNNER, directory / "bin" / RUNNER):
        if path.is_file() and os.access(path, os.X_OK):
            return [str(path.absolute())]
    on_path, uv = shutil.which(RUNNER), shutil.which("uv")
    if on_path is not None:
        return [on_path]
    if uv is not None and (directory / "pyproject.toml").is_file():
        return [uv, "run", "--project", str(directory.absolute()), RUNNER]
    raise SuiteError(
        f"{RUNNER} is neither in {directory} nor on the PATH, and there is no uv to run it with: "
        "build it as the suite says, or say with --runner how a test is run"
    )


def run_test(command: list[str], test: str, directory: Path, env: dict[str, str]) -> Outcome:
    """Run a test; a status of 0 is a pass."""
    start = time.monotonic()
    try:
        run = subprocess.run(
            command,
            cwd=directory,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=_TEST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        shown = error.stdout if isinstance(error.stdout, str) else ""
        return Outcome(test, "timed out", shown[-_TAIL:], time.monotonic() - start)
    except OSError as error:
        raise SuiteError(f"{command[0]} cannot be run: {error.strerror}") from None
    result = "passed" if run.returncode == 0 else "differs"
    return Outcome(test, result, run.stdout[-_TAIL:], round(time.monotonic() - start, 3))


@contextmanager
def server(folder: Path) -> Iterator[tuple[str, Path]]:
    """A ``daehwa serve --tls`` of its own in ``folder``: its address and its certificate."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = folder / "serve.log"
    command = [sys.executable, "-m", "daehwa", "serve", "--tls", "--port", str(port)]
    command += ["--data", str(folder / "data"), "--answer", "none"]
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DAEHWA_", "AWS_"))}
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=kept | {"COLUMNS": "1000"},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        yield f"https://127.0.0.1:{port}", _certificate(process, log)
    finally:
        process.terminate()
        process.wait()


def _certificate(process: subprocess.Popen[bytes], log: Path) -> Path:
    """Wait until the server takes requests; the certificate that it has made."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end and process.poll() is None:
        text = log.read_text(encoding="utf-8", errors="replace")
        made = re.search(r"The certificate is (\S+)", text)
        if made is not None and "Talk to it at" in text:
            return Path(made[1])
        time.sleep(0.1)
    raise SuiteError(f"daehwa serve did not start: {log.read_text(encoding='utf-8')[-_TAIL:]}")


def main(arguments: list[str]) -> int:
    """Run the tests; 0 when all pass, 1 when some differ, 2 when the suite cannot be run."""
    parser = argparse.ArgumentParser(
        prog="python -m conformance suite",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("directory", type=Path, metavar="DIR")
    parser.add_argument("words", nargs="*", metavar="WORD", help="only tests whose id has one")
    parser.add_argument(
        "--runner",
        default=DEFAULT_COMMAND,
        help="the command of a test; {runner}, {endpoint}, {test} and {directory} are filled in "
        "(default: %(default)s)",
    )
    parser.add_argument(
        "--elsewhere",
        metavar="URL",
        help="what answers the rest of AWS, such as roles that a test makes for its bot",
    )
    parser.add_argument("--report", type=Path, help="write each outcome there, as a line of JSON")
    chosen = parser.parse_args(arguments)
    try:
        outcomes = _run(chosen)
    except SuiteError as error:
        print(error, file=sys.stderr)
        return 2
    if chosen.report is not None:
        lines = [msgspec.json.encode(outcome).decode() for outcome in outcomes]
        chosen.report.write_text("\n".join([*lines, ""]), encoding="utf-8")
    passed = sum(outcome.result == "passed" for outcome in outcomes)
    print(f"{passed} of {len(outcomes)} tests on Lex and Kendra pass")
    return 0 if passed == len(outcomes) else 1


def _run(chosen: argparse.Namespace) -> list[Outcome]:
    directory: Path = chosen.directory.absolute()
    tests = read_manifest(directory)
    wanted = [t for t in tests if not chosen.words or any(w in t.id for w in chosen.words)]
    if not wanted:
        raise SuiteError(f"no test of {directory / _MANIFEST} on Lex or Kendra has such an id")
    runner = find_runner(directory) if "{runner}" in chosen.runner else []
    outcomes = []
    with (
        tempfile.TemporaryDirectory(prefix="daehwa-suite-") as folder,
        server(Path(folder)) as (endpoint, certificate),
    ):
        env = environment(endpoint, certificate, chosen.elsewhere)
        values = {"endpoint": endpoint, "directory": str(directory)}
        for test in wanted:
            command: list[str] = []
            for word in shlex.split(chosen.runner):
                given = runner if word == "{runner}" else [word.format(test=test.id, **values)]
                command += given
            outcome = run_test(command, test.id, directory, env)
            outcomes.append(outcome)
            print(f"{outcome.result:9} {outcome.test}")
            if outcome.result != "passed":
                print("    " + "\n    ".join(outcome.output.strip().splitlines()[-_SHOWN:]))
    return outcomes
