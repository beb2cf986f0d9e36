"""The runner against the real Lex, in an AWS account that the environment gives.

``DAEHWA_CONFORMANCE_AWS=1`` allows it. Credentials and region are boto3's own.
``DAEHWA_CONFORMANCE_BOT_ROLE`` is the ARN of the role that Lex takes (its service-linked role
will do). With ``DAEHWA_CONFORMANCE_LAMBDA_ROLE``, the ARN of a role that a Lambda may take,
scenarios with code hooks run too: ``daehwa.care.testing.replying`` becomes a function there.
Each bot is imported, built, talked to as DRAFT, and deleted, as is the function.

The conversation is held by the same client as with our own server. The steps around it are
held to botocore's service models by a test, and have not run in an account yet.
"""

from __future__ import annotations

import contextlib
import functools
import io
import json
import os
import tempfile
import time
import urllib.request
import uuid
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Self

import boto3
import msgspec

from conformance.in_process import export
from conformance.scenario import Scenario, Suite
from conformance.script import SCRIPTS
from daehwa import bot
from daehwa.care.testing import call, client, pack, replying, unpack

TEST_ALIAS: Final = "TSTALIASID"
_PATIENCE_SECONDS: Final = 900
_BETWEEN_SECONDS: Final = 5.0


class AccountError(Exception):
    """The account is not given, or something in it went wrong; the message says what."""


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """The clients of an account, and the roles that may be taken in it."""

    runtime: Any
    models: Any
    functions: Any = None
    bot_role: str
    lambda_role: str | None = None
    between_seconds: float = _BETWEEN_SECONDS


def from_environment() -> Account:
    """The account that the environment gives.

    Raises:
        AccountError: it gives none, or does not allow this.
    """
    if os.environ.get("DAEHWA_CONFORMANCE_AWS") != "1":
        raise AccountError("set DAEHWA_CONFORMANCE_AWS=1 to make and delete bots in your account")
    role = os.environ.get("DAEHWA_CONFORMANCE_BOT_ROLE")
    if role is None:
        raise AccountError("set DAEHWA_CONFORMANCE_BOT_ROLE to the ARN of a role for bots")
    return Account(
        runtime=client(),
        models=boto3.client("lexv2-models"),
        functions=boto3.client("lambda"),
        bot_role=role,
        lambda_role=os.environ.get("DAEHWA_CONFORMANCE_LAMBDA_ROLE"),
    )


def left_out(scenario: Scenario) -> str | None:
    """Why a scenario cannot run on the real Lex; ``None`` when it can."""
    if scenario.only_in_process is not None:
        return scenario.only_in_process
    if scenario.hook is not None:
        return "its hook is a function of the suite"
    if scenario.hooked and not os.environ.get("DAEHWA_CONFORMANCE_LAMBDA_ROLE"):
        return "it has code hooks, and DAEHWA_CONFORMANCE_LAMBDA_ROLE is not set"
    return None


class Aws:
    """The real Lex; a context manager that deletes what it made."""

    def __init__(self, suite: Suite, account: Account, *, shared: Path | None = None) -> None:
        self._suite = suite
        self._account = account
        self._shared = shared
        self._bots: dict[tuple[str, bool], tuple[str, bot.Bot]] = {}
        self._turn = 0
        self._hooked = False
        self._function: str | None = None

    def __enter__(self) -> Self:
        self._stack = contextlib.ExitStack()
        self._folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory()))
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    # --- the channel ------------------------------------------------------------------

    def address(self, scenario: Scenario) -> dict[str, str]:
        """Import and build the scenario's bot, if that has not been done, and say where it is."""
        key = (scenario.bot, scenario.hooked)
        if key not in self._bots:
            path = export(scenario.bot, self._suite, self._folder, self._shared)
            definition = bot.load(path)
            self._bots[key] = (self._import(definition, hooked=scenario.hooked), definition)
        bot_id, definition = self._bots[key]
        self._hooked = scenario.hooked
        return {
            "botId": bot_id,
            "botAliasId": TEST_ALIAS,
            "localeId": scenario.locale or next(iter(definition.locales)),
        }

    def send(self, operation: str, members: dict[str, Any]) -> dict[str, Any]:
        """Call the operation; a code hook's replies travel in a request attribute."""
        script = SCRIPTS.get(members["sessionId"])
        speaks = operation in ("RecognizeText", "RecognizeUtterance", "PutSession")
        if not self._hooked or script is None or not speaks:
            return call(self._account.runtime, operation, members)
        self._turn += 1
        instructions = json.dumps({"turn": self._turn, "calls": script.instructions()})
        packed = operation == "RecognizeUtterance"
        given = members.get("requestAttributes")
        given = unpack(given) if packed and given else given or {}
        given = {**given, replying.SCRIPT: instructions}
        members = {**members, "requestAttributes": pack(given) if packed else given}
        answer = call(self._account.runtime, operation, members)
        script.made(_calls_made(answer, script.instructions(), packed=operation != "RecognizeText"))
        return answer

    def wait(self, seconds: float) -> None:
        """Nobody waits here: scenarios that let time pass are left to the runner in process."""
        raise NotImplementedError

    def lead(self, name: str) -> dict[str, str]:
        """Aliases are led by the runner in process."""
        raise NotImplementedError

    def logged(self, session: str) -> None:
        """Lex's log comes late, to CloudWatch: what a record holds is not compared here."""

    # --- bots -------------------------------------------------------------------------

    def _import(self, definition: bot.Bot, *, hooked: bool) -> str:
        """Import and build a bot, and give its id; it is deleted in the end."""
        models = self._account.models
        path = self._folder / f"{uuid.uuid4().hex}.zip"
        bot.save(definition, path)
        upload = models.create_upload_url()
        _put(upload["uploadUrl"], path.read_bytes())
        started = models.start_import(
            importId=upload["importId"],
            mergeStrategy="FailOnConflict",
            resourceSpecification={
                "botImportSpecification": {
                    "botName": f"{definition.name[:80]}-{uuid.uuid4().hex[:8]}",
                    "roleArn": self._account.bot_role,
                    "dataPrivacy": {"childDirected": False},
                    "idleSessionTTLInSeconds": definition.idle_session_ttl_in_seconds,
                }
            },
        )
        imported = self._until(
            lambda: models.describe_import(importId=started["importId"]),
            "importStatus",
            "Completed",
        )
        bot_id: str = imported["importedResourceId"]
        self._stack.callback(models.delete_bot, botId=bot_id, skipResourceInUseCheck=True)
        place = {"botId": bot_id, "botVersion": "DRAFT"}
        for locale in definition.locales:
            models.build_bot_locale(**place, localeId=locale)
            self._until(
                functools.partial(models.describe_bot_locale, **place, localeId=locale),
                "botLocaleStatus",
                "Built",
            )
        if hooked:
            self._give_hook(bot_id, definition)
        return bot_id

    def _give_hook(self, bot_id: str, definition: bot.Bot) -> None:
        hook = {
            "lambdaCodeHook": {
                "lambdaARN": self._scripted_function(),
                "codeHookInterfaceVersion": "1.0",
            }
        }
        self._account.models.update_bot_alias(
            botId=bot_id,
            botAliasId=TEST_ALIAS,
            botAliasName=bot.TEST_ALIAS.name,
            botVersion="DRAFT",
            botAliasLocaleSettings={
                locale: {"enabled": True, "codeHookSpecification": hook}
                for locale in definition.locales
            },
        )

    def _scripted_function(self) -> str:
        """The Lambda that replies as its instructions say; made once, deleted in the end."""
        if self._function is None:
            functions, name = self._account.functions, f"daehwa-conformance-{uuid.uuid4().hex[:8]}"
            made = functions.create_function(
                FunctionName=name,
                Runtime="python3.12",
                Role=self._account.lambda_role,
                Handler="replying.lambda_handler",
                Code={"ZipFile": _zipped(Path(replying.__file__))},
                Timeout=30,
            )
            self._stack.callback(functions.delete_function, FunctionName=name)
            functions.add_permission(
                FunctionName=name,
                StatementId="lex",
                Action="lambda:InvokeFunction",
                Principal="lexv2.amazonaws.com",
            )
            functions.get_waiter("function_active_v2").wait(FunctionName=name)
            self._function = made["FunctionArn"]
        return self._function

    def _until(self, look: Callable[[], dict[str, Any]], member: str, wanted: str) -> Any:
        """Look until a status is as wanted.

        Raises:
            AccountError: it became Failed, or took too long.
        """
        end = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < end:
            status = look()
            if status[member] == wanted:
                return status
            if status[member] == "Failed":
                raise AccountError(f"{member} is Failed: {status.get('failureReasons')}")
            time.sleep(self._account.between_seconds)
        raise AccountError(f"{member} is not {wanted} after {_PATIENCE_SECONDS} s")


def _calls_made(answer: dict[str, Any], calls: list[dict[str, Any]], *, packed: bool) -> int:
    """How often the Lambda was called, by its own count; unseen when the turn failed."""
    given = answer.get("requestAttributes")
    attributes = unpack(given) if packed and given else given or {}
    made = int(attributes.pop(replying.CALLED, 0))
    attributes.pop(replying.SCRIPT, None)
    if "requestAttributes" in answer:
        answer["requestAttributes"] = pack(attributes) if packed else attributes
    # A call that raises or replies nonsense has no count: it is taken for made.
    silent = any("raises" in call or "payload" in call for call in calls)
    return len(calls) if silent or "Error" in answer else made


def _zipped(path: Path) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, path.name)
    return content.getvalue()


def _put(url: str, content: bytes) -> None:
    request = urllib.request.Request(url, data=content, method="PUT")  # noqa: S310 - AWS's own
    request.add_header("content-type", "application/zip")
    with urllib.request.urlopen(request, timeout=60):  # noqa: S310 - AWS's own
        return
