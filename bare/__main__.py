"""``make bare-test``: the README's promise, kept on bare Debian roots.

    python -m bare [--short] [--suite NAME] [--only PART] [--condition WORD]

On each suite, in a root with nothing but what the README asks for: as root with everything
fetched for real, then as a user without root, then with the network cut, under each condition
of ``bare/conditions.py``, the container image's steps, and at last ``make test``; ``--only``
chooses a part. ``--short`` is what CI runs: root on one suite, the user and the cut network on the
other, with weights that are already here, and the image. What is tried is the last commit (of
the image: what lies here). Needs root rights, and keeps its roots in ``DAEHWA_BARE_CACHE``
(``~/.cache/daehwa-bare`` by default).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bare import container
from bare.conditions import CONDITIONS, VISITOR, Condition, welcome_visitor
from bare.root import SUITES, BareError, Box, Limits, enter_own_mounts, home, make_root, open_box

PROJECT = Path(__file__).resolve().parents[1]
_WEIGHTS = Path("~/.local/share/daehwa/models/qwen2.5-coder-0.5b-instruct-q4_k_m.gguf").expanduser()
_SMALL = {"DAEHWA_MODEL": "small"}
_AS_ROOT = Condition(name="root", user="root", environ=_SMALL)
_AS_USER = Condition(name="a user without root", environ=_SMALL)
_CUT = Condition(name="the network cut", limits=Limits(network=False), environ=_SMALL)
_FIGURES = (
    "seconds_to_page",
    "seconds_to_first_answer",
    "seconds_to_first_offline_answer",
    "megabytes_received",
    "megabytes_in_venv",
)


PARTS = ("visits", "conditions", "image", "tests")
DEFAULT_SUITES = ("bookworm", "trixie")


class Promises:
    """The visits of this run: each one's report, and those that found a promise broken."""

    def __init__(self) -> None:
        self.reports: list[dict[str, Any]] = []
        self.broken: list[str] = []

    def visit(self, box: Box, suite: str, condition: Condition) -> None:
        """Make one visit in a box that holds a clone, and say how it went."""
        name = f"{suite}, {condition.name}"
        print(f"== {name}", flush=True)
        umask = ["sh", "-c", f'umask {condition.umask}; exec "$@"', "sh"]
        command = [*umask, "python3", "bare/visit.py", "--report", "visit.json"]
        status = box.run(
            command,
            user=condition.user,
            folder=condition.folder,
            environ={"DAEHWA_MODEL": "small", **condition.environ},
            limits=condition.limits,
            check=False,
        )
        report = self._report(box, condition)
        report |= {"visit": name, "kept": self._kept(status, condition, report)}
        self.reports.append(report)
        if report["kept"]:
            print(
                "   kept: " + (_figures(report) if status == 0 else f"says {condition.advises}"),
                flush=True,
            )
            return
        self.broken.append(name)
        print(f"   BROKEN: {report.get('fault', f'the visit ended with {status}')}")
        print("\n".join(f"   | {line}" for line in report.get("output", ())), flush=True)

    def _report(self, box: Box, condition: Condition) -> dict[str, Any]:
        folder = box.inside(condition.folder)
        report: dict[str, Any] = {}
        if (folder / "visit.json").exists():
            report = json.loads((folder / "visit.json").read_text(encoding="utf-8"))
        if "output" not in report and (folder / "first-run.log").exists():
            text = (folder / "first-run.log").read_text(encoding="utf-8", errors="replace")
            report["output"] = text.splitlines()
        return report

    def _kept(self, status: int, condition: Condition, report: dict[str, Any]) -> bool:
        if condition.advises is None or status == 0:
            return status == 0
        output = "\n".join(report.get("output", ()))
        return condition.advises in output and "Traceback" not in output


def _figures(report: dict[str, Any]) -> str:
    return ", ".join(
        f"{name.replace('_', ' ')} {report[name]}" for name in _FIGURES if name in report
    )


def clone(box: Box, folder: str, user: str) -> None:
    """Clone the project's last commit into the box, as that user's own."""
    into = box.inside(folder)
    into.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "clone", "--quiet", f"file://{PROJECT}", str(into)], check=True)
    # The origin is a path of this machine, which means nothing in there.
    subprocess.run(["git", "-C", str(into), "remote", "remove", "origin"], check=True)
    _give(box, folder, user)


def seed_weights(box: Box, data: str, user: str) -> None:
    """Put the small weights where a pull would have brought them, when this machine has them."""
    if _WEIGHTS.exists():
        into = box.inside(data) / "models"
        into.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_WEIGHTS, into / _WEIGHTS.name)
        # Its parents were made by root, too.
        _give(box, f"{home(user)}/.local" if data == _data(user) else data, user)


def _data(user: str) -> str:
    return f"{home(user)}/.local/share/daehwa"


def _give(box: Box, folder: str, user: str) -> None:
    box.run(["chown", "--recursive", f"{user}:{user}" if user.isdigit() else f"{user}:", folder])


def short(promises: Promises, cache: Path) -> None:
    """What CI runs: root on one suite; a user, then the network cut, on the other."""
    with open_box(make_root("bookworm", cache)) as box:
        clone(box, _AS_ROOT.folder, "root")
        seed_weights(box, _data("root"), "root")
        promises.visit(box, "bookworm", _AS_ROOT)
    with open_box(make_root("trixie", cache)) as box:
        welcome_visitor(box, "trixie")
        clone(box, _AS_USER.folder, VISITOR)
        seed_weights(box, _data(VISITOR), VISITOR)
        promises.visit(box, "trixie", _AS_USER)
        promises.visit(box, "trixie", _CUT)
    image(promises, cache, "trixie")


def image(promises: Promises, cache: Path, suite: str) -> None:
    """The container image, built and run by its Dockerfile's steps."""
    name = f"{suite}, the image"
    print(f"== {name}", flush=True)
    report = {"visit": name, **container.visit(make_root(suite, cache))}
    promises.reports.append(report)
    if report["kept"]:
        print(f"   kept: megabytes in layer {report['megabytes_in_layer']}", flush=True)
    else:
        promises.broken.append(name)


def visits(promises: Promises, cache: Path, suite: str) -> None:
    """A visit as root, with boto3 after it; one as a user; one with the network cut."""
    root = make_root(suite, cache)
    with open_box(root) as box:
        clone(box, _AS_ROOT.folder, "root")
        promises.visit(box, suite, _AS_ROOT)
        ask_with_boto3(promises, box, suite)
    with open_box(root) as box:
        welcome_visitor(box, suite)
        clone(box, _AS_USER.folder, VISITOR)
        seed_weights(box, _data(VISITOR), VISITOR)
        promises.visit(box, suite, _AS_USER)
        promises.visit(box, suite, _CUT)


def under_conditions(
    promises: Promises, cache: Path, suite: str, chosen: Iterable[Condition]
) -> None:
    """A visit under each condition, each with a clone and an installation of its own."""
    for condition in chosen:
        with open_box(make_root(suite, cache)) as box:
            welcome_visitor(box, suite)
            clone(box, condition.folder, condition.user)
            if condition.advises is None:
                data = condition.environ.get("DAEHWA_DATA") or _data(VISITOR)
                seed_weights(box, data, condition.user)
            if not condition.limits.network:
                # What cannot be reached at the visit is installed before it.
                box.run(["make", ".venv/run.ready"], user=condition.user, folder=condition.folder)
            if condition.prepare is not None:
                condition.prepare(box)
            promises.visit(box, suite, condition)


_BOTO3 = """
import sys
import boto3
lex = boto3.client(
    "lexv2-runtime", endpoint_url=f"http://127.0.0.1:{sys.argv[1]}", region_name="ap-northeast-2",
    aws_access_key_id="any", aws_secret_access_key="any",
)
reply = lex.recognize_text(
    botId="HELLOWORLD", botAliasId="TSTALIASID", localeId="ko_KR",
    sessionId="me-1", text="안녕하세요",
)
print(reply["messages"])
"""


def ask_with_boto3(promises: Promises, box: Box, suite: str) -> None:
    """The README's snippet, with boto3 in an environment of its own beside the running server."""
    print(f"== {suite}, boto3", flush=True)
    box.inside("/srv/ask.py").write_text(_BOTO3, encoding="utf-8")
    steps = (
        "python3 -m venv /srv/client && /srv/client/bin/pip install -q boto3 && "
        "(PORT=8089 make run >/srv/server.log 2>&1 & ) && for i in $(seq 300); do "
        "/srv/client/bin/python /srv/ask.py 8089 2>/srv/ask.log && exit 0; sleep 0.2; done; "
        "cat /srv/ask.log /srv/server.log; exit 1"
    )
    status = box.run(["sh", "-c", steps], folder=_AS_ROOT.folder, environ=_SMALL, check=False)
    promises.reports.append({"visit": f"{suite}, boto3", "kept": status == 0})
    if status:
        promises.broken.append(f"{suite}, boto3")


def own_tests(promises: Promises, cache: Path, suite: str) -> None:
    """``make test`` as CI runs it: nothing is skipped."""
    print(f"== {suite}, make test", flush=True)
    with open_box(make_root(suite, cache)) as box:
        clone(box, _AS_ROOT.folder, "root")
        material = PROJECT.parent / "shared"
        if material.is_dir():
            beside = box.inside("/srv/shared")
            beside.mkdir()
            subprocess.run(["mount", "--bind", "-o", "ro", str(material), str(beside)], check=True)
        status = box.run(
            ["make", "test"], folder=_AS_ROOT.folder, environ={"CI": "true"}, check=False
        )
    promises.reports.append({"visit": f"{suite}, make test", "kept": status == 0})
    if status:
        promises.broken.append(f"{suite}, make test")


def _pass_interrupts_on() -> None:
    """Let what is visited hear Ctrl-C, also where this was started in the background."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def main() -> None:
    """Run what is asked for; exit 1 when a promise is broken."""
    _pass_interrupts_on()
    parser = argparse.ArgumentParser(
        prog="python -m bare",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--short", action="store_true", help="only what CI runs")
    parser.add_argument(
        "--suite", action="append", choices=SUITES, help="Debian 12 and 13 by default"
    )
    parser.add_argument(
        "--condition", metavar="WORD", help="only the conditions whose name holds WORD"
    )
    parser.add_argument("--only", action="append", choices=PARTS, help="a part; all by default")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the reports there")
    options = parser.parse_args()
    cache = Path(os.environ.get("DAEHWA_BARE_CACHE") or Path.home() / ".cache" / "daehwa-bare")
    promises = Promises()
    try:
        enter_own_mounts()
        if options.short:
            short(promises, cache)
        parts = options.only or (["conditions"] if options.condition else PARTS)
        for suite in options.suite or DEFAULT_SUITES if not options.short else ():
            if "visits" in parts:
                visits(promises, cache, suite)
            if "conditions" in parts:
                chosen = [c for c in CONDITIONS if (options.condition or "") in c.name]
                under_conditions(promises, cache, suite, chosen)
            # The image is made of one Debian.
            if "image" in parts and suite == "trixie":
                image(promises, cache, suite)
            if "tests" in parts:
                own_tests(promises, cache, suite)
    except BareError as error:
        sys.exit(f"bare-test: {error}")
    if options.json is not None:
        options.json.write_text(json.dumps(promises.reports, ensure_ascii=False, indent=1), "utf-8")
    if promises.broken:
        sys.exit("Broken: " + "; ".join(promises.broken))


if __name__ == "__main__":
    main()
