"""One request to a model as a step that is traced, and as a line of the log."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

import aiohttp
import structlog

from daehwa import tracing
from daehwa.answers.call import UpstreamRequest
from daehwa.answers.errors import AnswerError
from daehwa.answers.settings import Endpoint
from daehwa.answers.values import Usage

_PROVIDERS = {"converse": "aws.bedrock", "anthropic": "anthropic", "gemini": "gcp.gemini"}
_PORTS = {"http": 80, "https": 443}

_log = structlog.get_logger(__name__)


class UpstreamAttempt:
    """One request to a model: its step, and the line of a reply with the upstream's own id.

    ``headers`` go with the request, so that it can be found in the upstream's log as well.
    """

    def __init__(self, endpoint: Endpoint, request: UpstreamRequest) -> None:
        self._model = endpoint.model
        chat = request.url.endswith("/chat/completions") or endpoint.api in _PROVIDERS
        operation = "chat" if chat else "text_completion"
        self._step = tracing.step("model", endpoint.model, operation).begin()
        self._status: int | None = None
        self._upstream_request_id: str | None = None
        self._began = time.monotonic()
        self._ended = False
        self.headers = {**self._step.headers()}
        self._request_id = tracing.request_id()
        if self._request_id is not None:
            self.headers |= {
                "X-Request-Id": self._request_id,
                # OpenAI's name for it, which its support looks up.
                "X-Client-Request-Id": self._request_id,
            }
        if self._step.recording:
            place = urlsplit(endpoint.base_url)
            self._step.note(
                {
                    # Of an endpoint that speaks OpenAI's API no more than that is known.
                    "gen_ai.provider.name": _PROVIDERS.get(endpoint.api, "openai"),
                    "gen_ai.request.max_tokens": endpoint.max_tokens,
                    "server.address": place.hostname or "",
                    "server.port": place.port or _PORTS.get(place.scheme, 0),
                }
            )

    def answered(self, response: aiohttp.ClientResponse) -> None:
        """Note a response that begins."""
        self._status = response.status
        self._upstream_request_id = response.headers.get("x-request-id")
        if self._step.recording:
            self._step.note({"http.response.status_code": response.status})
            if self._upstream_request_id is not None:
                name = "http.response.header.x-request-id"
                self._step.note({name: (self._upstream_request_id,)})

    def replied(self, model: str | None, usage: Usage | None) -> None:
        """Note a piece, the model that it names, and the tokens that were counted so far."""
        self._step.words()
        if not self._step.recording:
            return
        if model is not None:
            self._step.note({"gen_ai.response.model": model})
        if usage is not None:
            self._step.note(
                {
                    "gen_ai.usage.input_tokens": usage.input_tokens,
                    "gen_ai.usage.output_tokens": usage.output_tokens,
                }
            )

    def cut(self) -> None:
        """Note that the answer is not read to its end."""
        if not self._ended:
            self._step.fail("cut")

    def end(self, error: BaseException | None = None) -> None:
        """End it; a second time does nothing."""
        if self._ended:
            return
        self._ended = True
        self._step.end(error)
        line = {
            "model": self._model,
            "status": self._status,
            "ms": round((time.monotonic() - self._began) * 1000, 2),
            "request_id": self._request_id,
            "upstream_request_id": self._upstream_request_id,
        }
        if isinstance(error, AnswerError):
            # Whoever asks has more to say of it, in one line.
            error.upstream_request_id = error.upstream_request_id or self._upstream_request_id
        else:
            _log.info("model_replied", **line)
