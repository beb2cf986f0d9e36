"""DynamoDB's API as the functions call it: one operation, one JSON object each way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from daehwa.aws.aws_service import AwsService


class DynamoDb:
    """Calls DynamoDB's operations by name, over one connection."""

    def __init__(self, environ: Mapping[str, str] | None = None) -> None:
        self._service = AwsService(
            "DynamoDB", prefix="dynamodb", signing_name="dynamodb", environ=environ
        )

    def call(self, operation: str, body: Mapping[str, Any], *, timeout: float) -> dict[str, Any]:
        """Give what an operation returns; ``timeout`` is in seconds, for each wait on the network.

        Raises:
            AwsError: DynamoDB refused, or did not answer.
        """
        headers = {
            "content-type": "application/x-amz-json-1.0",
            "x-amz-target": f"DynamoDB_20120810.{operation}",
        }
        return self._service.call("POST", "/", body, headers=headers, timeout=timeout)

    def close(self) -> None:
        """Close the connection; the next call opens another."""
        self._service.close()
