"""StartConversation: events both ways over one HTTP/2 request, in TEXT mode.

The client's first event configures the conversation; each ``TextInputEvent`` is a turn,
answered by an ``IntentResultEvent`` and a ``TextResponseEvent``. Turns run one after the
other while events keep coming in. Errors are events too, and end the stream. Source: "Starting
a stream" in the Lex V2 guide, and botocore's model of the events.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import msgspec
import structlog

from daehwa import lex, stores
from daehwa.conversation import Address, Recognition, Runtime, StateChange, Utterance, remind
from daehwa.server.lexapi.eventstream import (
    EventMessage,
    EventStreamDecoder,
    EventStreamError,
    encode_message,
)
from daehwa.server.lexapi.requests import BodyParser
from daehwa.server.lexapi.responses import StoreOutage, error_name, fit_messages
from daehwa.server.metrics import Metrics
from daehwa.server.restjson import refuse

CONTENT_TYPE = "application/vnd.amazon.eventstream"
HEARTBEAT_SECONDS = 5.0
LONGEST_SECONDS = 900.0
"""How long a streamed conversation lasts, as Lex's quotas have it."""

SEND_SECONDS = 60.0
"""How long a client may take no byte of what is written, before its stream ends."""

# How many events may wait while a turn runs; beyond that the client is made to wait.
_WAITING_EVENTS = 32

Send = Callable[[bytes], Awaitable[None]]

_encoder = msgspec.json.Encoder()
_log = structlog.get_logger(__name__)


class _Event(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What every event of the client may carry."""

    event_id: str | None = None
    client_timestamp_millis: int | None = None


class ConfigurationEvent(_Event, frozen=True, kw_only=True):
    """The first event: how the conversation begins and what is sent back."""

    response_content_type: str
    request_attributes: dict[str, str] | None = None
    session_state: lex.SessionState | None = None
    welcome_messages: tuple[lex.Message, ...] | None = None
    disable_playback: bool | None = None


class TextInputEvent(_Event, frozen=True, kw_only=True):
    """A whole statement of the user."""

    text: str


class PlaybackCompletionEvent(_Event, frozen=True, kw_only=True):
    """Audio was played to its end; nothing to do in TEXT mode."""


class DisconnectionEvent(_Event, frozen=True, kw_only=True):
    """The conversation is over."""


class TextResponseEvent(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What the bot says."""

    messages: tuple[lex.Message, ...]
    event_id: str


class IntentResultEvent(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Where the conversation stands after a turn."""

    input_mode: str
    interpretations: tuple[lex.Interpretation, ...]
    session_state: lex.SessionState
    request_attributes: dict[str, str]
    session_id: str
    event_id: str
    recognized_bot_member: lex.RecognizedBotMember | msgspec.UnsetType = msgspec.UNSET


class HeartbeatEvent(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The stream is still open."""

    event_id: str


EVENTS = (ConfigurationEvent, TextInputEvent, PlaybackCompletionEvent, DisconnectionEvent)
"""The events of the client that are read."""

_PARSERS: dict[str, BodyParser[Any]] = {kind.__name__: BodyParser(kind) for kind in EVENTS}
_SPOKEN = ("AudioInputEvent", "DTMFInputEvent")


class ConversationStream:
    """One conversation by events.

    ``unwrap`` takes each message of the wire to the event in it (and checks its signature,
    when requests are signed). The stream reads bytes by ``run`` and writes by ``send``.
    """

    def __init__(
        self,
        runtime: Runtime,
        metrics: Metrics,
        address: Address,
        *,
        request_id: str,
        send: Send,
        unwrap: Callable[[EventMessage], EventMessage | None],
        heartbeat_seconds: float = HEARTBEAT_SECONDS,
    ) -> None:
        self._runtime = runtime
        self._metrics = metrics
        self._address = address
        self._request_id = request_id
        self._send = send
        self._unwrap = unwrap
        self._heartbeat_seconds = heartbeat_seconds
        self._sent = 0
        self._sending = asyncio.Lock()
        self._inline_state: lex.SessionState | None = None
        self._configuration: ConfigurationEvent | None = None
        self._reminding: asyncio.Task[None] | None = None

    async def run(self, chunks: AsyncIterator[bytes]) -> lex.LexError | None:
        """Hold the conversation until the client ends it, or an error, which is given back."""
        waiting: asyncio.Queue[EventMessage | lex.LexError | None] = asyncio.Queue(_WAITING_EVENTS)
        reading = asyncio.create_task(self._read(chunks, waiting))
        beating = asyncio.create_task(self._beat())
        try:
            async with asyncio.timeout(LONGEST_SECONDS):
                while (message := await waiting.get()) is not None:
                    if isinstance(message, lex.LexError):
                        return await self._fail(message)
                    if not await self._take(message):
                        break
        except TimeoutError:
            return None
        except lex.LexError as error:
            return await self._fail(error)
        except stores.StoreError as error:
            _log.error("store_failed", request_id=self._request_id, error=str(error))
            return await self._fail(StoreOutage())
        except Exception:  # noqa: BLE001 - whatever it was, the client gets an exception event
            _log.exception("stream_failed", request_id=self._request_id)
            return await self._fail(lex.InternalServerException("An internal error occurred"))
        else:
            return None
        finally:
            self._stop_reminding()
            for task in (reading, beating):
                task.cancel()
            # One of them may have failed because the client is gone, which is known by now.
            await asyncio.gather(reading, beating, return_exceptions=True)

    async def _read(
        self,
        chunks: AsyncIterator[bytes],
        waiting: asyncio.Queue[EventMessage | lex.LexError | None],
    ) -> None:
        decoder = EventStreamDecoder()
        try:
            async for chunk in chunks:
                for message in decoder.feed(chunk):
                    await waiting.put(message)
            if decoder.mid_message:
                raise EventStreamError("The event stream ended in the middle of an event")
        except lex.LexError as error:
            await waiting.put(error)
        await waiting.put(None)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self._heartbeat_seconds)
            await self._event(HeartbeatEvent)

    async def _take(self, message: EventMessage) -> bool:
        """Act on one message of the client; ``False`` when it was the last."""
        inner = self._unwrap(message)
        if inner is None:
            return False
        name = str(inner.headers.get(":event-type", ""))
        if name in _SPOKEN:
            raise lex.ValidationException(
                f"{name} needs the AUDIO conversation mode; this conversation is in TEXT mode"
            )
        parse = _PARSERS.get(name)
        if parse is None:
            raise lex.ValidationException(f"'{name}' is not an event of this conversation")
        event = parse(inner.payload)
        if isinstance(event, ConfigurationEvent):
            await self._configure(event)
        elif self._configuration is None:
            raise lex.ValidationException("The first event must be a ConfigurationEvent")
        elif isinstance(event, TextInputEvent):
            await self._turn(event)
        return not isinstance(event, DisconnectionEvent)

    async def _configure(self, event: ConfigurationEvent) -> None:
        if self._configuration is not None:
            raise lex.ValidationException("A ConfigurationEvent may be sent only once")
        if not event.response_content_type.lower().startswith("text/plain"):
            raise lex.ValidationException(
                "The TEXT conversation mode sends text: responseContentType must be "
                "text/plain;charset=utf-8"
            )
        state = event.session_state
        if event.welcome_messages and (state is None or state.dialog_action is None):
            refuse(
                [
                    (
                        "Value null at 'sessionState.dialogAction.type' failed to satisfy "
                        "constraint: Member must not be null when there are welcomeMessages"
                    )
                ]
            )
        self._configuration = event
        if state is None or state.dialog_action is None:
            # Nothing to say yet: the state goes with the first text.
            self._inline_state = state
            # The AWS SDK for JavaScript gives its caller the stream when a first event came.
            await self._event(HeartbeatEvent)
            return
        recognition = await self._runtime.lex.put_session(
            self._address,
            StateChange(
                session_state=state,
                messages=event.welcome_messages or (),
                request_attributes=event.request_attributes,
                request_id=self._request_id,
                operation="StartConversation",
            ),
        )
        await self._send_result(recognition)

    async def _turn(self, event: TextInputEvent) -> None:
        assert self._configuration is not None  # noqa: S101 - _take sees to it
        self._stop_reminding()
        state, self._inline_state = self._inline_state, None
        heard = await self._runtime.lex.recognize_in_stream(
            self._address,
            Utterance(
                text=event.text,
                session_state=state,
                request_attributes=self._configuration.request_attributes,
                request_id=self._request_id,
                operation="StartConversation",
            ),
            send_update=self._say,
        )
        self._metrics.recognition("stream", self._address, heard.recognition)
        await self._send_result(heard.recognition)
        if heard.still_waiting is not None:
            self._reminding = asyncio.create_task(remind(heard.still_waiting, self._say))

    def _stop_reminding(self) -> None:
        if self._reminding is not None:
            self._reminding.cancel()
            self._reminding = None

    async def _send_result(self, recognition: Recognition) -> None:
        await self._event(
            IntentResultEvent,
            input_mode="Text",
            interpretations=recognition.interpretations,
            session_state=recognition.session_state,
            request_attributes=recognition.request_attributes,
            session_id=recognition.session_id,
            recognized_bot_member=recognition.recognized_bot_member,
        )
        if recognition.messages:
            await self._say(recognition.messages)

    async def _say(self, messages: tuple[lex.Message, ...]) -> None:
        await self._event(TextResponseEvent, messages=fit_messages(messages))

    async def _fail(self, error: lex.LexError) -> lex.LexError:
        headers = {
            ":message-type": "exception",
            ":exception-type": error_name(error),
            ":content-type": "application/json",
        }
        body = _encoder.encode({"message": error.message})
        async with self._sending:
            await self._send(encode_message(headers, body))
        return error

    async def _event(self, kind: type[msgspec.Struct], **members: Any) -> None:
        # Ids count the events in the order of the wire, heartbeats among them.
        async with self._sending:
            self._sent += 1
            body = kind(event_id=f"RESPONSE-{self._sent}", **members)
            headers = {
                ":message-type": "event",
                ":event-type": kind.__name__,
                ":content-type": "application/json",
            }
            await self._send(encode_message(headers, _encoder.encode(body)))
