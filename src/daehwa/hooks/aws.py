"""A code hook that is a real AWS Lambda function, called by its ARN."""

from __future__ import annotations

import importlib.util
import re
import sys
from typing import Any, Final

import msgspec

from daehwa.hooks.errors import HookError, HookMisconfigured, HookRaised, HookUnreachable
from daehwa.hooks.threads import CallLoad, HookThreads, bot_of

_ARN: Final = re.compile(r"arn:aws[\w-]*:lambda:(?P<region>[a-z0-9-]+):\d{12}:function:[\w:$.-]+")


class LambdaHook:
    """A Lambda function, by ARN (with or without version or alias).

    ``failure`` is what ``examine`` met when it was called last.

    ``boto3`` is imported on the first call; it comes with the extra ``aws``. Credentials
    and endpoint are boto3's own business: ``AWS_ENDPOINT_URL_LAMBDA`` points it at an
    emulator, as may ``endpoint_url``. The region is the ARN's.
    """

    def __init__(self, arn: str, *, endpoint_url: str | None = None) -> None:
        match = _ARN.fullmatch(arn)
        if match is None:
            raise HookMisconfigured(f"{arn!r} is not the ARN of a Lambda function")
        self.arn = arn
        self._region = match["region"]
        self._endpoint_url = endpoint_url
        self._client: Any = None
        self._threads = HookThreads()
        self.failure: HookError | None = None

    def __repr__(self) -> str:
        return f"LambdaHook({self.arn!r})"

    async def __call__(self, event: dict[str, Any], /, *, timeout: float) -> object:  # noqa: ASYNC109 - the caller's limit
        """Invoke the function and return its reply.

        Raises:
            HookRaised: the function failed.
            HookUnreachable: it could not be invoked.
        """
        del timeout  # the caller stops waiting; Lambda has a limit of its own
        return await self._threads.run(lambda: self._invoke(event), bot=bot_of(event))

    def load(self) -> tuple[CallLoad, ...]:
        """What runs in threads at the moment, by bot."""
        return self._threads.load()

    async def examine(self) -> None:
        """Check that functions can be invoked from here; none is.

        Raises:
            HookMisconfigured: boto3 is not installed.
        """
        self.failure = None if importlib.util.find_spec("boto3") else _no_boto3()
        if self.failure is not None:
            raise self.failure

    def _invoke(self, event: dict[str, Any]) -> object:
        client = self._client or self._connect()
        try:
            reply = client.invoke(
                FunctionName=self.arn,
                InvocationType="RequestResponse",
                Payload=msgspec.json.encode(event),
            )
            payload = reply["Payload"].read()
        except Exception as error:
            raise HookUnreachable(f"{self.arn} could not be invoked: {error}") from error
        try:
            decoded = msgspec.json.decode(payload) if payload else None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise HookRaised(f"{self.arn} answered with something that is not JSON") from error
        if "FunctionError" in reply:
            raise _function_error(reply["FunctionError"], decoded)
        return decoded

    def _connect(self) -> Any:
        try:
            import boto3  # noqa: PLC0415 - an extra; 100 ms that only its users should pay
            from botocore.config import Config  # noqa: PLC0415
        except ImportError as error:
            raise _no_boto3() from error
        # A hook is not called twice for one turn: what it does may not be repeatable.
        config = Config(read_timeout=905, connect_timeout=5, retries={"total_max_attempts": 1})
        self._client = boto3.client(
            "lambda",
            region_name=self._region,
            endpoint_url=self._endpoint_url,
            config=config,
        )
        return self._client


def _no_boto3() -> HookMisconfigured:
    return HookMisconfigured(
        f"An AWS Lambda hook needs boto3: {sys.executable} -m pip install boto3"
    )


def _function_error(kind: str, payload: object) -> HookRaised:
    if isinstance(payload, dict) and payload.get("errorMessage"):
        name = payload.get("errorType", kind)
        return HookRaised(f"{name}: {payload['errorMessage']}", summary=str(name))
    return HookRaised(kind)
