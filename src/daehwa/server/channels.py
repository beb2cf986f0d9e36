"""The channels: the ways in over HTTP, beside Lex's own APIs."""

from __future__ import annotations

from typing import ClassVar, Protocol

from starlette.routing import BaseRoute

from daehwa.conversation import Runtime
from daehwa.server.chat import Chat
from daehwa.server.lexapi import Speech
from daehwa.server.metrics import Metrics
from daehwa.server.openai_api import OpenAIApi
from daehwa.server.page_speech import PageSpeech
from daehwa.server.settings import ServerSettings


class Channel(Protocol):
    """Takes people's words in the shape of a client or a service, and replies in that shape.

    ``guarded`` are the beginnings of those of its paths that demand the bearer token of
    ``DAEHWA_TOKEN``. A channel whose service cannot send one checks on its own who calls.
    """

    guarded: ClassVar[tuple[str, ...]]

    @property
    def routes(self) -> list[BaseRoute]:
        """Where its endpoints are."""
        ...


def channels(
    runtime: Runtime, metrics: Metrics, settings: ServerSettings, speech: Speech | None = None
) -> tuple[Channel, ...]:
    """Every channel, open onto ``runtime``; the page transcribes and speaks through ``speech``."""
    ways_in: tuple[Channel, ...] = (
        Chat(
            runtime.chat,
            metrics,
            ping_seconds=settings.ping_seconds,
            client_attributes=settings.attributes_allowed,
            speech=speech is not None,
        ),
        OpenAIApi(runtime, metrics, ping_seconds=settings.ping_seconds),
    )
    return ways_in if speech is None else (*ways_in, PageSpeech(runtime.chat, speech))
