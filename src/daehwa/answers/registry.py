"""The answerers that there are: what configuration, commands and documents know of them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec
import structlog

from daehwa.answers.kind import AnswererKind, AnswererSetting
from daehwa.answers.models import ModelSetting
from daehwa.answers.settings import Endpoint
from daehwa.answers.values import Answerer

_log = structlog.get_logger(__name__)


class ChatGPTSetting(AnswererSetting, frozen=True):
    """How ChatGPT, or any endpoint that speaks its API, is asked."""

    model: str | None = None
    base_url: str | None = None
    system: str | None = None
    temperature: float | None = None
    max_tokens: Annotated[int, msgspec.Meta(gt=0)] | None = None
    completions: bool | None = None


class EmbeddedSetting(AnswererSetting, frozen=True):
    """Which weights the embedded model uses: ``default``, ``small``, or a GGUF file."""

    model: str | None = None


def _chatgpt(setting: ChatGPTSetting, data: Path) -> Answerer:
    """Ask the endpoint of the environment, else that of the setting."""
    from daehwa.answers.chatgpt import ChatGPT  # noqa: PLC0415 - aiohttp is slow to import

    del data
    environ = dict(os.environ)
    if setting.model is not None:
        environ.setdefault("OPENAI_MODEL", setting.model)
    if setting.base_url is not None:
        environ.setdefault("OPENAI_BASE_URL", setting.base_url)
    further: dict[str, Any] = {
        name: value
        for name, value in (
            ("system", setting.system),
            ("temperature", setting.temperature),
            ("max_tokens", setting.max_tokens),
        )
        if value is not None
    }
    if setting.completions is not None:
        further["api"] = "completions" if setting.completions else "chat"
    endpoint = Endpoint.from_environment(environ, **further)
    wanted = environ.get("OPENAI_MODEL", endpoint.model).strip()
    if wanted != endpoint.model:
        _log.warning("model_name_replaced", name=wanted, by=endpoint.model)
    return ChatGPT(endpoint)


def build_model(setting: ModelSetting) -> Answerer:
    """Make what asks a model of ``[[models]]``; errors as ``ModelSetting.endpoint``."""
    from daehwa.answers.chatgpt import ChatGPT  # noqa: PLC0415 - aiohttp is slow to import

    return ChatGPT(setting.endpoint(os.environ), name=setting.name)


def _embedded(setting: EmbeddedSetting, data: Path) -> Answerer:
    from daehwa.answers.embedded import Embedded  # noqa: PLC0415 - aiohttp is slow to import

    return Embedded(data, model=setting.model)


ANSWERERS: Final[Mapping[str, AnswererKind[Any]]] = {
    kind.name: kind
    for kind in (
        AnswererKind(
            name="chatgpt",
            title="ChatGPT",
            setting=ChatGPTSetting,
            build=_chatgpt,
            chosen_with=("OPENAI_API_KEY", "OPENAI_BASE_URL"),
        ),
        AnswererKind(
            name="embedded",
            title="the offline model",
            setting=EmbeddedSetting,
            build=_embedded,
            chosen_with=(),
            local=True,
        ),
    )
}
"""Every answerer by its name, in the order in which one is chosen where nobody chooses."""


def default_answerer(environ: Mapping[str, str]) -> str | None:
    """The name of the answerer that an environment chooses; ``None`` for none."""
    for kind in ANSWERERS.values():
        variables = kind.chosen_with
        if variables is not None and (not variables or any(map(environ.get, variables))):
            return kind.name
    return None


def default_rule() -> str:
    """How the answerer is chosen where nobody chooses, for the help of a command."""
    choices = [kind for kind in ANSWERERS.values() if kind.chosen_with is not None]
    return ", else ".join(
        f"{kind.name} with {' or '.join(kind.chosen_with)}" if kind.chosen_with else kind.name
        for kind in choices
    )
