"""What a deployment on AWS keeps: the turns in its DynamoDB table, read for the command line.

With boto3, which brings the profiles and regions of AWS's own settings.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any, cast

import msgspec
import typer

from daehwa import chat

_MICROSECONDS = 1_000_000
_CURE = f"reading a deployment's table needs boto3: {sys.executable} -m pip install boto3"

DeployedTable = Annotated[
    str | None,
    typer.Option(
        help="Read the DynamoDB table of a deployment on AWS (its output TranscriptTable).",
        show_default=False,
    ),
]
TableRegion = Annotated[
    str | None,
    typer.Option("--region", help="The table's region.", show_default="from the AWS settings"),
]


class DeployedTurn(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One message of the table; ``reply`` is the JSON that was sent, if any was."""

    session_id: str
    locale_id: str
    message_id: str
    text: str
    at: datetime
    state: chat.TurnState
    missed: bool = False
    reply: msgspec.Raw | None = None
    feedback: chat.Feedback | None = None


class TableUnreadableError(Exception):
    """The table cannot be read; the message says why, and what to do."""


def read_deployed(
    table: str,
    *,
    region: str | None = None,
    session_id: str | None = None,
    endpoint_url: str | None = None,
) -> Iterator[DeployedTurn]:
    """The turns of a deployment's table, in no order.

    Raises:
        TableUnreadableError: it cannot be read.
    """
    try:
        import boto3  # noqa: PLC0415 - the rest of the command does without it
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415
    except ImportError:
        raise TableUnreadableError(_CURE) from None
    sought: dict[str, Any] = {"TableName": table}
    if session_id is not None:
        # The key is LOCALE#SESSION#OWNER.
        sought |= {
            "FilterExpression": "contains(#session, :session)",
            "ExpressionAttributeValues": {":session": {"S": f"#{session_id}"}},
            "ExpressionAttributeNames": {"#session": "session"},
        }
    try:
        client = boto3.client("dynamodb", region_name=region, endpoint_url=endpoint_url)
        try:
            for page in client.get_paginator("scan").paginate(**sought):
                for item in page["Items"]:
                    turn = _turn(item)
                    if session_id is None or turn.session_id == session_id:
                        yield turn
        finally:
            client.close()
    except (BotoCoreError, ClientError) as error:
        raise TableUnreadableError(f"{table} cannot be read: {error}") from None


def _turn(item: dict[str, Any]) -> DeployedTurn:
    def text(name: str) -> str | None:
        value = item.get(name)
        return None if value is None else str(value["S"])

    locale_id, _, rest = item["session"]["S"].partition("#")
    reply, rating, comment = text("reply"), text("rating"), text("comment")
    return DeployedTurn(
        session_id=rest.partition("#")[0],
        locale_id=locale_id,
        message_id=item["messageId"]["S"],
        text=item["text"]["S"],
        at=datetime.fromtimestamp(int(item["at"]["N"]) / _MICROSECONDS, UTC),
        state=cast("chat.TurnState", text("turnState") or "running"),
        missed=bool(item.get("missed", {}).get("BOOL")),
        reply=None if reply is None else msgspec.Raw(reply.encode()),
        feedback=chat.Feedback(rating=rating, comment=comment) if rating or comment else None,  # type: ignore[arg-type]
    )
