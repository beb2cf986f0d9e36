"""The Terraform module, run by Terraform against our own server: it publishes, and only once."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.end_to_end.conftest import environment, serving

from daehwa import bot

MODULE = Path(__file__).parents[2] / "deploy" / "terraform"

pytestmark = pytest.mark.skipif(
    shutil.which("terraform") is None, reason="Terraform is not installed here"
)


class Root:
    """A configuration of somebody's own that uses the module."""

    def __init__(self, folder, url, bot_folder):
        self.folder = folder
        content = {
            "module": {
                "bot": {
                    "source": str(MODULE),
                    "bot": str(bot_folder),
                    "name": "Terraformed",
                    "endpoint_url": url,
                    "ids_file": str(folder / "ids.json"),
                    "command": [sys.executable, "-m", "daehwa"],
                }
            }
        }
        (folder / "main.tf.json").write_text(json.dumps(content))

    def run(self, *arguments):
        done = subprocess.run(
            ["terraform", *arguments],
            cwd=self.folder,
            env=environment(CHECKPOINT_DISABLE="1", TF_IN_AUTOMATION="1"),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @property
    def ids(self):
        return json.loads((self.folder / "ids.json").read_text())


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    hello = str(bot.bundled()["HelloWorldBot"])
    with serving(tmp_path_factory.mktemp("terraform"), hello, "--answer", "none") as served:
        yield served


def test_a_bot_is_published_and_again_when_it_changes(served, tmp_path):
    bot_folder = tmp_path / "bot"
    bot.save(bot.load(bot.bundled()["HelloWorldBot"]), bot_folder)
    folder = tmp_path / "root"
    folder.mkdir()
    root = Root(folder, served.url, bot_folder)
    root.run("init", "-input=false", "-no-color")
    root.run("apply", "-auto-approve", "-input=false", "-no-color")
    assert root.ids["botVersion"] == "1"
    assert "No changes" in root.run("plan", "-input=false", "-no-color")
    (intent,) = bot_folder.rglob("ko_KR/Intents/FallbackIntent/Intent.json")
    content = json.loads(intent.read_text(encoding="utf-8"))
    intent.write_text(json.dumps({**content, "description": "changed"}), encoding="utf-8")
    root.run("apply", "-auto-approve", "-input=false", "-no-color")
    assert root.ids["botVersion"] == "2"


def test_the_module_is_in_terraforms_own_style():
    done = subprocess.run(
        ["terraform", "fmt", "-check", "-diff", str(MODULE)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")
