"""A secret of Secrets Manager, read without boto3: a cold start waits for it."""

from __future__ import annotations

from daehwa.answers import KeyMissing
from daehwa.aws.aws_service import AwsService
from daehwa.aws.errors import AwsError

_TARGET = "secretsmanager.GetSecretValue"
_SECONDS = 5.0


def read_secret(arn: str) -> str:
    """Give the secret's text.

    Raises:
        KeyMissing: it cannot be read; AWS's own code says why.
    """
    service = AwsService("Secrets Manager", prefix="secretsmanager", signing_name="secretsmanager")
    try:
        answer = service.call(
            "POST",
            "/",
            {"SecretId": arn},
            headers={"content-type": "application/x-amz-json-1.1", "x-amz-target": _TARGET},
            timeout=_SECONDS,
        )
    except AwsError as error:
        raise KeyMissing(f"The secret with the key cannot be read: {error.code}.") from None
    finally:
        service.close()
    return str(answer.get("SecretString") or "")
