"""The transcript in DynamoDB: what makes a message one turn, however often it is sent.

Each turn is one item. The partition key ``session`` is ``LOCALE#SESSION#OWNER`` (see
``aws.ownership``), the sort key ``messageId``; the local index ``byTime`` orders a session's
turns by ``at`` (microseconds since 1970). An item that is old is deleted by DynamoDB itself
(``expiresAt``).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from daehwa.aws.dynamodb import DynamoDb
from daehwa.aws.errors import AwsError
from daehwa.chat import TURNS_SHOWN

if TYPE_CHECKING:
    from daehwa.chat import Rating, TurnState

INDEX = "byTime"

_TAKEN = "ConditionalCheckFailedException"
_TRANSIENT = (
    "InternalServerError",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "ServiceUnavailable",
    "ThrottlingException",
    "Unreachable",
)
_PAUSES = (0.05, 0.15, 0.45)
_TIMEOUT = 3.0
_BATCH = 25
_MICROSECONDS = 1_000_000


class StoredTurn(NamedTuple):
    """One message and the reply to it.

    ``at`` is in microseconds since 1970, ``reply`` JSON, ``None`` while there is none. A turn
    that is still ``running`` at ``lapses_at`` (seconds since 1970) has died with its function.
    ``stopped`` says that the person wants no more of it.
    """

    message_id: str
    text: str
    at: int
    state: TurnState = "running"
    reply: str | None = None
    lapses_at: int = 0
    stopped: bool = False
    rating: Rating | None = None
    comment: str | None = None

    def state_at(self, now: float) -> TurnState:
        """The state as it is at ``now``: a running turn whose time is up is incomplete."""
        return "incomplete" if self.state == "running" and self.lapses_at < now else self.state

    @property
    def when(self) -> str:
        """The moment as ISO 8601, in UTC."""
        return datetime.fromtimestamp(self.at / _MICROSECONDS, UTC).isoformat()


class TranscriptTable:
    """The turns of all sessions. ``keep_days`` is how long a turn is kept."""

    def __init__(
        self,
        table: str,
        *,
        keep_days: int,
        environ: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._dynamodb = DynamoDb(environ)
        self._table = table
        self._seconds_kept = keep_days * 86_400
        self._clock = clock

    def begin(
        self, session: str, message_id: str, text: str, *, claim: str, seconds: float
    ) -> StoredTurn | None:
        """Record a turn as running for at most ``seconds``; ``None`` once that is done.

        Otherwise the turn that is there already. One that died, or ended without a reply, is
        begun again. ``claim`` names the request, so that it knows its own turn again when the
        network lost DynamoDB's first word on it.
        """
        now = self._clock()
        turn = StoredTurn(
            message_id=message_id,
            text=text,
            at=int(now * _MICROSECONDS),
            lapses_at=int(now + seconds) + 1,
        )
        try:
            self._call(
                "PutItem",
                Item={
                    **_item(session, turn),
                    "claim": _text(claim),
                    "expiresAt": _number(int(now) + self._seconds_kept),
                },
                ConditionExpression="attribute_not_exists(messageId)"
                " OR (attribute_not_exists(reply)"
                " AND (claim = :claim OR turnState <> :running OR lapsesAt < :now))",
                ExpressionAttributeValues={
                    ":claim": _text(claim),
                    ":running": _text("running"),
                    ":now": _number(int(now)),
                },
            )
        except AwsError as error:
            if error.code != _TAKEN:
                raise
            return self.turn(session, message_id) or turn
        return None

    def finish(
        self,
        session: str,
        message_id: str,
        reply: str,
        *,
        state: TurnState = "done",
        missed: bool = False,
    ) -> None:
        """Give a turn its reply. ``missed`` marks a text that reached FallbackIntent."""
        self._update(
            session,
            message_id,
            "SET reply = :reply, turnState = :state, missed = :missed",
            {":reply": _text(reply), ":state": _text(state), ":missed": {"BOOL": missed}},
        )

    def give_up(self, session: str, message_id: str) -> None:
        """End a turn that Lex may or may not have taken: there is no reply to show."""
        values = {":state": _text("incomplete")}
        self._update(session, message_id, "SET turnState = :state", values)

    def stop(self, session: str, message_id: str) -> bool:
        """Mark a running turn as stopped by the person; false if none is running."""
        return self._update(
            session,
            message_id,
            "SET stopped = :true",
            {":true": {"BOOL": True}, ":running": _text("running")},
            condition="turnState = :running",
        )

    def forget(self, session: str, message_id: str) -> None:
        """Delete a turn that was begun and failed, so that it can be sent again."""
        self._call("DeleteItem", Key=_key(session, message_id))

    def turn(self, session: str, message_id: str) -> StoredTurn | None:
        """The turn of this message id, if there is one."""
        response = self._call("GetItem", Key=_key(session, message_id), ConsistentRead=True)
        return _turn(response["Item"]) if response.get("Item") else None

    def turns(
        self, session: str, *, limit: int, before: str | None = None
    ) -> tuple[StoredTurn, ...]:
        """The last ``limit`` turns of a session, oldest first.

        ``before``, a message id, gives those before that turn (none if it is unknown).
        """
        start: dict[str, Any] = {}
        if before is not None:
            turn = self.turn(session, before)
            if turn is None:
                return ()
            start = {**_key(session, before), "at": _number(turn.at)}
        items: list[Any] = []
        # DynamoDB gives at most a megabyte at a time, which long answers may fill.
        while True:
            response = self._call(
                "Query",
                IndexName=INDEX,
                KeyConditionExpression="#session = :session",
                ExpressionAttributeNames={"#session": "session"},
                ExpressionAttributeValues={":session": _text(session)},
                ScanIndexForward=False,
                ConsistentRead=True,
                Limit=limit - len(items),
                **({"ExclusiveStartKey": start} if start else {}),
            )
            items += response.get("Items", ())
            start = response.get("LastEvaluatedKey") or {}
            if not start or len(items) >= limit:
                return tuple(_turn(item) for item in reversed(items))

    def rate(self, session: str, message_id: str, rating: str | None, comment: str | None) -> bool:
        """Record the person's feedback on a reply; false if there is no such turn."""
        given = {"rating": rating, "comment": comment}
        kept = {name: value for name, value in given.items() if value}
        dropped = [name for name in given if name not in kept]
        # Names by placeholders: `comment` is a reserved word of DynamoDB's.
        sets = ", ".join(f"#{name} = :{name}" for name in kept)
        removes = ", ".join(f"#{name}" for name in dropped)
        parts = (f"SET {sets}" if sets else "", f"REMOVE {removes}" if removes else "")
        return self._update(
            session,
            message_id,
            " ".join(part for part in parts if part),
            {f":{name}": _text(value) for name, value in kept.items()},
            names={f"#{name}": name for name in given},
        )

    def move(self, old: str, new: str) -> None:
        """Give the turns of a session, 200 at most, another session."""
        response = self._call(
            "Query",
            IndexName=INDEX,
            KeyConditionExpression="#session = :session",
            ExpressionAttributeNames={"#session": "session"},
            ExpressionAttributeValues={":session": _text(old)},
            ScanIndexForward=False,
            ConsistentRead=True,
            Limit=TURNS_SHOWN,
        )
        items = [{**item, "session": _text(new)} for item in response.get("Items", ())]
        for first in range(0, len(items), _BATCH):
            self._write([{"PutRequest": {"Item": i}} for i in items[first : first + _BATCH]])
        if items:
            self.delete(old)

    def delete(self, session: str) -> bool:
        """Forget all turns of a session; false if there were none."""
        deleted = False
        start: dict[str, Any] | None = None
        while True:
            page = self._call(
                "Query",
                KeyConditionExpression="#session = :session",
                ExpressionAttributeNames={"#session": "session"},
                ExpressionAttributeValues={":session": _text(session)},
                ProjectionExpression="#session, messageId",
                ConsistentRead=True,
                **({"ExclusiveStartKey": start} if start else {}),
            )
            keys = page.get("Items", [])
            deleted = deleted or bool(keys)
            for first in range(0, len(keys), _BATCH):
                self._write([{"DeleteRequest": {"Key": k}} for k in keys[first : first + _BATCH]])
            start = page.get("LastEvaluatedKey")
            if not start:
                return deleted

    def close(self) -> None:
        """Close the connection; the next call opens another."""
        self._dynamodb.close()

    def _write(self, requests: list[dict[str, Any]]) -> None:
        left = requests
        for pause in (0.0, *_PAUSES):
            time.sleep(pause)
            answer = self._send("BatchWriteItem", {"RequestItems": {self._table: left}})
            left = (answer.get("UnprocessedItems") or {}).get(self._table) or []
            if not left:
                return
        raise AwsError("DynamoDB", 503, "ThrottlingException", "items were left over")

    def _update(
        self,
        session: str,
        message_id: str,
        expression: str,
        values: Mapping[str, Any],
        *,
        names: Mapping[str, str] | None = None,
        condition: str = "attribute_exists(messageId)",
    ) -> bool:
        more: dict[str, Any] = {}
        if values:
            more["ExpressionAttributeValues"] = values
        if names:
            more["ExpressionAttributeNames"] = names
        try:
            self._call(
                "UpdateItem",
                Key=_key(session, message_id),
                UpdateExpression=expression,
                ConditionExpression=condition,
                **more,
            )
        except AwsError as error:
            if error.code != _TAKEN:
                raise
            return False
        return True

    def _call(self, operation: str, **members: Any) -> dict[str, Any]:
        return self._send(operation, {"TableName": self._table, **members})

    def _send(self, operation: str, body: Mapping[str, Any]) -> dict[str, Any]:
        pauses = iter(_PAUSES)
        while True:
            try:
                return self._dynamodb.call(operation, body, timeout=_TIMEOUT)
            except AwsError as error:
                pause = next(pauses, None)
                if error.code not in _TRANSIENT or pause is None:
                    raise
                time.sleep(pause)


def _text(value: str) -> dict[str, str]:
    return {"S": value}


def _number(value: int) -> dict[str, str]:
    return {"N": str(value)}


def _key(session: str, message_id: str) -> dict[str, Any]:
    return {"session": _text(session), "messageId": _text(message_id)}


def _item(session: str, turn: StoredTurn) -> dict[str, Any]:
    return {
        **_key(session, turn.message_id),
        "text": _text(turn.text),
        "at": _number(turn.at),
        "turnState": _text(turn.state),
        "lapsesAt": _number(turn.lapses_at),
    }


def _turn(item: Mapping[str, Any]) -> StoredTurn:
    def text(name: str) -> str | None:
        value = item.get(name)
        return None if value is None else value.get("S")

    return StoredTurn(
        message_id=item["messageId"]["S"],
        text=item["text"]["S"],
        at=int(item["at"]["N"]),
        state=item["turnState"]["S"],
        reply=text("reply"),
        lapses_at=int(item["lapsesAt"]["N"]),
        stopped=bool(item.get("stopped", {}).get("BOOL")),
        rating=cast("Rating | None", text("rating")),
        comment=text("comment"),
    )
