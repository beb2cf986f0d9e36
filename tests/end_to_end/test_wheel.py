"""The wheel is whole: in an empty environment its command serves bots, page and all."""

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from .conftest import serving
from .test_kill import chat

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The Python of an environment that holds the wheel, what it asks for, and nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    python = folder / "venv" / "bin" / "python"
    # uv installs what is pinned in a tenth of pip's time; the wheel itself goes through pip.
    uv = Path(sys.executable).with_name("uv")
    made = [uv, "venv", "--quiet", "--seed", "--python", sys.executable, folder / "venv"]
    subprocess.run(made, check=True)
    pinned = ["--require-hashes", "--only-binary", ":all:", "-r", ROOT / "requirements.txt"]
    subprocess.run([uv, "pip", "install", "--quiet", "--python", python, *pinned], check=True)
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    pip = [python, "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    # Its own list of what it needs is satisfied by what is pinned: nothing more is fetched.
    subprocess.run([*pip, "--no-index", wheel], env=environ, check=True)
    return python


def test_the_bots_the_page_and_the_command_are_in_it(installed, tmp_path):
    with serving(tmp_path, "--answer", "none", python=installed, PYTHONPATH="") as served:
        reply = chat(served.url, "visitor", "안녕하세요", "m-1")
        assert reply["source"] == "intent"
        with urllib.request.urlopen(served.url + "/") as page:
            assert "<title>" in page.read().decode()
        with urllib.request.urlopen(served.url + "/app.js") as script:
            assert script.headers["content-type"].startswith("text/javascript")


def test_the_offline_model_can_run_from_it(installed, tmp_path):
    doctor = subprocess.run(
        [installed.with_name("daehwa"), "doctor", "--answer", "embedded", "--data", tmp_path],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
    )
    assert doctor.returncode == 0, doctor.stdout + doctor.stderr
    assert "can run here" in doctor.stdout


def test_it_lists_the_bots_that_come_along(installed, tmp_path):
    listed = subprocess.run(
        [installed.with_name("daehwa"), "bots", "--json"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
    )
    assert {row["name"] for row in json.loads(listed.stdout)} == {"HelloWorldBot", "PadoBooksBot"}
