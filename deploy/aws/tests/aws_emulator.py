"""Amazon's own AWS Emulator as the account, with Lex and Kendra answered by a Daehwa server.

The command ``aws-emulator`` on the path is started on a free port; ``AWS_EMULATOR_URL`` names one
that runs already (``https://127.0.0.1:9297``; ``AWS_EMULATOR_FILES`` where its files are not in
``~/.aws/emulator/PORT``, as with a container).

Source: the AWS Emulator User Guide, "AWS Emulator command reference" and "Pointing your AWS SDK at
AWS Emulator": one command with options alone (``--port``), which serves HTTPS on loopback until it
is stopped, takes requests signed with keys that it makes at its start, and writes them
(``emulator_credentials``), a ``config`` and its certificate (``ca.pem``) to a folder named for its
port; one account, 000000000000; an operation that it does not have is 501 ``NotImplemented``.
"""

import configparser
import contextlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

import boto3
from account import ACCOUNT, DAEHWA, PATIENCE, REGION, Cdk, free_port, undisturbed
from botocore.exceptions import BotoCoreError, ClientError

from daehwa import bot

COMMAND = "aws-emulator"
ABSENT = (
    f"AWS Emulator is not here: no command {COMMAND} on the path, and AWS_EMULATOR_URL names none"
)
UNKNOWN = ("NotImplemented", "NotImplementedException", "501", "UnknownOperationException")
# What Daehwa serves from its start; the deployment's bot is published to it.
SERVED = bot.bundled()["HelloWorldBot"]
_DAEHWAS = ("lexv2-models", "lexv2-runtime", "kendra")
_FILES = Path("~/.aws/emulator")


def is_here():
    """Whether AWS Emulator can be had: as a command, or where it runs already."""
    return bool(os.environ.get("AWS_EMULATOR_URL") or shutil.which(COMMAND))


class AwsEmulator(Cdk):
    """The account of an AWS Emulator; ``lex`` is the address of the Daehwa server beside it.

    ``command`` is started; without one the emulator is that of ``AWS_EMULATOR_URL``. ``home`` is
    the folder that it writes ``.aws`` into.
    """

    number, region, stack = ACCOUNT, REGION, "Shop"

    def __init__(self, folder, *, command=None, home=None):
        own = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        super().__init__(folder, undisturbed(own))
        self._command = command
        self._server = contextlib.ExitStack()
        self._home = Path(home) if home else Path.home()
        self.lex = f"http://127.0.0.1:{free_port()}"
        url = None if command else os.environ["AWS_EMULATOR_URL"]
        self.url = url or f"https://127.0.0.1:{free_port()}"

    @property
    def files(self):
        """Where the emulator's keys and certificate are."""
        named = None if self._command else os.environ.get("AWS_EMULATOR_FILES")
        port = str(urlsplit(self.url).port)
        return Path(named) if named else self._home / _FILES.relative_to("~") / port

    @contextlib.contextmanager
    def running(self):
        with contextlib.ExitStack() as stack:
            if self._command:
                port = str(urlsplit(self.url).port)
                own = self.environ | {"HOME": str(self._home)}
                stack.enter_context(
                    process([self._command, "--port", port], own, self.folder / "emulator.log")
                )
            self._wait()
            stack.enter_context(self._daehwa())
            yield self

    def _wait(self):
        """Until its keys are there and taken; ``ca.pem`` may be the last file that is written."""
        end = time.monotonic() + PATIENCE
        last = "its files are not there"
        while time.monotonic() < end:
            try:
                self.environ |= self._variables()
                number = self.client("sts").get_caller_identity()["Account"]
            except (OSError, KeyError, configparser.Error, BotoCoreError, ClientError) as error:
                last = repr(error)
                time.sleep(0.2)
            else:
                assert number == ACCOUNT
                return
        raise RuntimeError(f"{self.url} does not answer with the keys in {self.files}: {last}")

    def _variables(self):
        """What leads AWS's tools to the emulator, and Lex's and Kendra's clients to Daehwa."""
        keys = configparser.ConfigParser()
        with (self.files / "emulator_credentials").open(encoding="utf-8") as file:
            keys.read_file(file)
        (section,) = keys.sections()
        bundle = self.files / "ca.pem"
        bundle.stat()
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": keys[section]["aws_access_key_id"],
            "AWS_SECRET_ACCESS_KEY": keys[section]["aws_secret_access_key"],
            # boto3, the AWS CLI and our functions; Node.js, which the CDK command runs on.
            "AWS_CA_BUNDLE": str(bundle),
            "NODE_EXTRA_CA_CERTS": str(bundle),
            "AWS_ENDPOINT_URL_LEX_RUNTIME_V2": self.lex,
            "AWS_ENDPOINT_URL_LEX_MODELS_V2": self.lex,
            "AWS_ENDPOINT_URL_KENDRA": self.lex,
        }

    @contextlib.contextmanager
    def _daehwa(self):
        """The server that plays Lex and Kendra, until ``serve`` starts it again."""
        self.serve()
        try:
            yield
        finally:
            self._server.close()

    def serve(self, hook=None):
        """(Re)start Daehwa; ``hook`` is the function that all bots' code hooks are."""
        self._server.close()
        config, log = self.folder / "daehwa.toml", self.folder / "daehwa.log"
        config.write_text("" if hook is None else f'[[hooks]]\nlambda = "{hook}"\n')
        port = str(urlsplit(self.lex).port)
        command = [DAEHWA, "serve", SERVED, "--port", port, "--answer", "none"]
        command += ["--data", self.folder / "data", "--config", config]
        self._server.enter_context(process(command, self.environ, log))
        lex = self.client("lexv2-models")
        end = time.monotonic() + PATIENCE
        while True:
            try:
                lex.list_bots()
            except (BotoCoreError, ClientError):
                if time.monotonic() > end:
                    raise RuntimeError(log.read_text()[-2000:]) from None
                time.sleep(0.2)
            else:
                return

    def client(self, service):
        return boto3.client(
            service,
            endpoint_url=self.lex if service in _DAEHWAS else self.url,
            region_name=REGION,
            aws_access_key_id=self.environ["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=self.environ["AWS_SECRET_ACCESS_KEY"],
            verify=self.environ["AWS_CA_BUNDLE"],
        )

    def daehwa(self, *arguments):
        """What the command prints, run with the account's settings."""
        done = subprocess.run(
            [DAEHWA, *arguments],
            cwd=self.folder,
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@contextlib.contextmanager
def process(command, environ, log):
    """A process of its own group, which is ended with all that it started."""
    with log.open("wb") as out:
        running = subprocess.Popen(
            command, env=environ, stdout=out, stderr=out, start_new_session=True
        )
    try:
        yield running
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGTERM)
        try:
            running.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait(30)
