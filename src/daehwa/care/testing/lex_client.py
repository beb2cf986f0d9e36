"""Lex's runtime API through boto3: the real one, or a server that speaks like it."""

from __future__ import annotations

import sys
from typing import Any

from daehwa.care.errors import TestingError


def client(**options: Any) -> Any:
    """A runtime client that sends what it is given and tries once; ``options`` are boto3's.

    A server of one's own (``endpoint_url``) is spoken to with any keys, in any region.

    Raises:
        TestingError: boto3 is not installed, or knows no region.
    """
    try:
        import boto3  # noqa: PLC0415 - an extra
        import botocore.config  # noqa: PLC0415
        import botocore.exceptions  # noqa: PLC0415
    except ImportError:
        raise TestingError(
            f"boto3 is not installed. Install it with: {sys.executable} -m pip install boto3"
        ) from None
    local = options.get("endpoint_url") is not None
    keys = {"aws_access_key_id": "any", "aws_secret_access_key": "any"} if local else {}
    if local and options.get("region_name") is None:
        options["region_name"] = "us-east-1"
    config = botocore.config.Config(parameter_validation=False, retries={"total_max_attempts": 1})
    try:
        return boto3.client("lexv2-runtime", config=config, **options, **keys)
    except botocore.exceptions.BotoCoreError as error:
        raise TestingError(f"the AWS client cannot be made: {error}") from None


def call(runtime: Any, operation: str, members: dict[str, Any]) -> dict[str, Any]:
    """The operation's response, or the error's."""
    import botocore.exceptions  # noqa: PLC0415 - who has a client has botocore

    words = "".join(f"_{c.lower()}" if c.isupper() else c for c in operation).lstrip("_")
    try:
        answer: dict[str, Any] = getattr(runtime, words)(**members)
    except botocore.exceptions.ClientError as error:
        return dict(error.response)
    return answer
