"""The account that is deployed to, emulated or real, and the CDK command run against it.

The emulated one is a process of its own on loopback. ``DAEHWA_AWS=1`` takes the real one of the
environment's AWS credentials instead, with ``OPENAI_API_KEY`` for ChatGPT; it costs some cents.
"""

import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import boto3
import tutorial

DEPLOY = Path(__file__).parents[1]
ROOT = DEPLOY.parents[1]
# The command of the environment that the tests run in, wherever that is.
DAEHWA = Path(sys.executable).with_name("daehwa")
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


def undisturbed(environ):
    """The environment without what would turn the commands elsewhere than a test means."""
    elsewhere = ("CDK_", "OPENAI_", "DAEHWA_")
    kept = {name: value for name, value in environ.items() if not name.startswith(elsewhere)}
    return kept | {
        "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "1",
        "CDK_DISABLE_CLI_TELEMETRY": "true",
        "CI": "true",
    }


class Cdk:
    """The unmodified command, run with ``environ``; what it leaves is in ``folder``."""

    def __init__(self, folder, environ):
        self.folder = folder
        self.environ = environ

    def cdk(self, verb, *arguments, **settings):
        """Run the tutorial's ``npx cdk VERB``, with more arguments and ``settings`` as context."""
        done = subprocess.run(
            ["npx", *tutorial.cdk(verb, settings), "--no-notices", *arguments],
            cwd=DEPLOY,
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=2 * PATIENCE,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"cdk {verb}:\n{done.stdout[-3000:]}\n{done.stderr[-5000:]}")
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


class Account(Cdk):
    """An emulated account at ``url``; all that is in it is ours."""

    number = ACCOUNT
    region = REGION
    stack = "Shop"

    def __init__(self, folder):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        own = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        environ = {
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": REGION,
            "AWS_REGION": REGION,
            "AWS_ENDPOINT_URL": self.url,
        }
        super().__init__(folder, undisturbed(own) | environ)

    @contextlib.contextmanager
    def running(self):
        lex_port = self.lex_port = free_port()
        own = {
            # What a role's policies do not allow is refused, unless the account is lenient.
            "AUTH": "false" if self.environ.get("LENIENT_LEX") == "1" else "true",
            "GATEWAY_PORT": str(self.port),
            "BIND_HOST": "127.0.0.1",
            "LEX_PORT": str(lex_port),
            "EMULATED_LEX": str(self.folder / "lex"),
            "DAEHWA": str(DAEHWA),
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

    def client(self, service):
        return boto3.client(
            service,
            endpoint_url=self.url,
            region_name=REGION,
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )

    def request(self, host, path):
        """Where a path of the deployed page is, and the headers that lead there."""
        # As TLS ends before the emulator.
        return self.url + path, {"Host": host, "X-Forwarded-Proto": "https"}

    def page(self, host):
        """The page's address for a browser, and the headers that it needs."""
        label = host.partition(".")[0]
        address = f"http://{label}.cloudfront.localhost:{self.port}/"
        return address, {"X-Forwarded-Proto": "https"}

    def of_ours(self, names):
        return list(names)

    def bots(self):
        """What is left of bots."""
        return list((self.folder / "lex").glob("*/*.zip"))


class RealAccount(Cdk):
    """The account of the environment's credentials; ours is what has the stack's name in it."""

    def __init__(self, folder):
        session = boto3.Session()
        self.region = session.region_name
        if self.region is None:
            raise RuntimeError("AWS_REGION is not set: it says where to deploy")
        self.number = self.client("sts").get_caller_identity()["Account"]
        self.stack = f"DaehwaTest{int(time.time())}"
        super().__init__(folder, undisturbed(os.environ))

    @contextlib.contextmanager
    def running(self):
        yield self

    def client(self, service):
        return boto3.client(service)

    def request(self, host, path):
        return f"https://{host}{path}", {}

    def page(self, host):
        return f"https://{host}/", {}

    def of_ours(self, names):
        return [name for name in names if self.stack.lower() in name.lower()]

    def bots(self):
        summaries = self.client("lexv2-models").list_bots()["botSummaries"]
        return self.of_ours(one["botName"] for one in summaries)


class RealOpenAI:
    """The real ChatGPT: nobody tells it what to say, so only that it says something is seen."""

    base_url = None
    scripted = False

    def __init__(self):
        self.key = os.environ["OPENAI_API_KEY"]
        self.requests = []

    def script(self, *_):
        pass
