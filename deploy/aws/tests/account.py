"""Runs the emulated account and the CDK command against it, each a process of its own."""

import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

DEPLOY = Path(__file__).parents[1]
ROOT = DEPLOY.parents[1]
REGION = "ap-northeast-2"
ACCOUNT = "000000000000"


# Below those that a system gives to outgoing connections: nothing takes one of them by the way
# between being found free here and being listened on, which is a minute later for Lex's.
PORTS = range(20_000, 32_000)
# What takes seconds on an idle machine is given minutes: others may work on this one.
PATIENCE = 300


def free_port():
    for port in random.sample(PORTS, 100):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no free port")


class Account:
    """An account at ``url``; ``cdk`` runs the unmodified command in it."""

    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("AWS_", "CDK_", "OPENAI_", "DAEHWA_"))
        }
        self.environ = kept | {
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": REGION,
            "AWS_REGION": REGION,
            "AWS_ENDPOINT_URL": self.url,
            "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "1",
            "CDK_DISABLE_CLI_TELEMETRY": "true",
            "CI": "true",
        }

    @contextlib.contextmanager
    def running(self):
        lex_port = free_port()
        own = {
            "GATEWAY_PORT": str(self.port),
            "BIND_HOST": "127.0.0.1",
            "LEX_PORT": str(lex_port),
            "EMULATED_LEX": str(self.folder / "lex"),
            "DAEHWA": str(ROOT / ".venv/bin/daehwa"),
            "AWS_ENDPOINT_URL_LEX_RUNTIME_V2": f"http://127.0.0.1:{lex_port}",
        }
        with (self.folder / "account.log").open("wb") as log:
            process = subprocess.Popen(
                [DEPLOY / ".venv/bin/python", DEPLOY / "tests/emulator.py"],
                env=self.environ | own,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            self._wait(process)
            yield self
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)

    def _wait(self, process):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and process.poll() is None:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.url}/_ministack/health", timeout=2)
                return
            time.sleep(0.2)
        raise RuntimeError((self.folder / "account.log").read_text()[-2000:])

    def cdk(self, *arguments, **settings):
        """Run ``cdk``; ``settings`` are context values."""
        told = [f"--context={name}={value}" for name, value in settings.items()]
        done = subprocess.run(
            [DEPLOY / "node_modules/.bin/cdk", "--no-notices", *arguments, *told],
            cwd=DEPLOY,
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=2 * PATIENCE,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"cdk {arguments[0]}:\n{done.stdout[-3000:]}\n{done.stderr[-5000:]}")
        return done.stdout + done.stderr

    def deploy(self, **settings):
        """Deploy and give the stack's outputs."""
        outputs = self.folder / "outputs.json"
        self.cdk(
            "deploy",
            "--require-approval=never",
            f"--outputs-file={outputs}",
            f"--output={self.folder / 'cdk.out'}",
            **settings,
        )
        (found,) = json.loads(outputs.read_text()).values()
        return found

    def destroy(self, **settings):
        self.cdk("destroy", "--force", f"--output={self.folder / 'cdk.out'}", **settings)
