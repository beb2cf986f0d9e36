"""The bots as models of the OpenAI-compatible API: a bot's name, or ``Bot:locale``."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from daehwa.conversation import Runtime
from daehwa.server.faults import JsonResponse
from daehwa.server.openai_refusals import UnknownModel, model_not_found

OWNER = "daehwa"
"""Whose the models are; a request that names none has this one."""


class BotModels:
    """Which models there are, and the bots that they stand for."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    @property
    def routes(self) -> list[BaseRoute]:
        """Where they are listed."""
        return [
            Route("/v1/models", self.models),
            Route("/v1/models/{model}", self.model),
        ]

    async def models(self, _request: Request) -> Response:
        """``GET /v1/models``: every bot, and every bot in each of its languages."""
        return JsonResponse({"object": "list", "data": [_model(name) for name in self._names()]})

    async def model(self, request: Request) -> Response:
        """``GET /v1/models/{model}``."""
        name = request.path_params["model"]
        if name not in self._names():
            return model_not_found(request, name)
        return JsonResponse(_model(name))

    def _names(self) -> list[str]:
        return [
            name
            for served in self._runtime.catalogue.bots
            for name in (
                served.definition.name,
                *(f"{served.definition.name}:{locale}" for locale in served.locales),
            )
        ]

    def find(self, model: str | None) -> tuple[str | None, str | None]:
        """Give the bot and the locale that a model stands for, ``None`` for the default.

        Raises:
            UnknownModel: it stands for none.
        """
        if model is None:
            return None, None
        for served in self._runtime.catalogue.bots:
            for name in (served.definition.name, served.id):
                if model == name:
                    return served.id, None
                locale = model.removeprefix(f"{name}:")
                if locale != model and locale in served.locales:
                    return served.id, locale
        raise UnknownModel(model)


def _model(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 0, "owned_by": OWNER}
