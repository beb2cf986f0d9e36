"""A secret of Secrets Manager, read without boto3: a cold start waits for it."""

from __future__ import annotations

import time
from typing import Any, NamedTuple

from daehwa.answers import KeyMissing
from daehwa.aws.aws_service import AwsService
from daehwa.aws.errors import AwsError

CURRENT, PREVIOUS = "AWSCURRENT", "AWSPREVIOUS"
"""Secrets Manager's names of the version that holds, and of the one before it."""

_TARGET = "secretsmanager.GetSecretValue"
_SECONDS = 5.0
# Many that start at once are throttled for a moment; a person waits for what comes of it.
_WAITS = (0.2, 0.6, 1.4)
_LONGEST = 6.0
_BUSY = ("ThrottlingException", "TooManyRequestsException", "Unreachable")
_FAILED = 500


class SecretVersion(NamedTuple):
    """A version's text, and the time (in seconds, as ``time.time``) at which it was put there."""

    text: str
    made_at: float


def read_secret(arn: str) -> str:
    """Give the secret's text.

    Raises:
        KeyMissing: it cannot be read; AWS's own code says why.
    """
    return read_version(arn).text


def read_version(arn: str, stage: str = CURRENT) -> SecretVersion:
    """Give a secret's version; retry briefly while Secrets Manager is busy or fails.

    Raises:
        KeyMissing: it cannot be read; AWS's own code says why.
    """
    service = AwsService("Secrets Manager", prefix="secretsmanager", signing_name="secretsmanager")
    begun = time.monotonic()
    waits = iter(_WAITS)
    try:
        while True:
            try:
                answer = _answer(service, arn, stage)
                made_at = answer.get("CreatedDate")
                return SecretVersion(
                    str(answer.get("SecretString") or ""),
                    # An emulator may write a date: then nothing is known of its age.
                    float(made_at) if isinstance(made_at, int | float) else 0.0,
                )
            except AwsError as error:
                wait = next(waits, None)
                late = time.monotonic() - begun + (wait or 0.0) > _LONGEST
                if wait is None or late or not _is_passing(error):
                    raise KeyMissing(f"The secret cannot be read: {error.code}.") from None
                time.sleep(wait)
    finally:
        service.close()


def _answer(service: AwsService, arn: str, stage: str) -> dict[str, Any]:
    return service.call(
        "POST",
        "/",
        {"SecretId": arn} | ({} if stage == CURRENT else {"VersionStage": stage}),
        headers={"content-type": "application/x-amz-json-1.1", "x-amz-target": _TARGET},
        timeout=_SECONDS,
    )


def _is_passing(error: AwsError) -> bool:
    """Whether the same request may be answered a moment later."""
    return error.status >= _FAILED or error.code in _BUSY
