"""The answerers that there are: what configuration, commands and documents know of them."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeVar

import msgspec
import structlog

from daehwa.answers.answerer import Answerer
from daehwa.answers.budgeted import Budget, Budgeted
from daehwa.answers.endpoints import chatgpt_endpoint
from daehwa.answers.kind import AnswererKind, AnswererSetting
from daehwa.answers.models import ModelSetting, check_sampling
from daehwa.answers.settings import Endpoint

if TYPE_CHECKING:
    from daehwa.answers.service_search import ServiceSearch

_log = structlog.get_logger(__name__)
_S = TypeVar("_S", bound=AnswererSetting)


class ChatGPTSetting(AnswererSetting, frozen=True):
    """How ChatGPT, or any endpoint that speaks its API, is asked.

    ``sampling`` are further members of a request's body.
    """

    model: str | None = None
    base_url: str | None = None
    system: str | None = None
    temperature: float | None = None
    max_tokens: Annotated[int, msgspec.Meta(gt=0)] | None = None
    completions: bool | None = None
    sampling: dict[str, Any] = msgspec.field(default_factory=dict)

    def __post_init__(self) -> None:
        check_sampling(self.sampling)


class DocumentSetting(AnswererSetting, frozen=True):
    """How documents answer.

    ``enabled = false`` keeps them out unless ``answer`` names them. ``compose`` lets a model
    compose answers from the passages: by default where one is among the answerers. It is the first
    of ``[[models]]`` among them, or the one that ``model`` names; else that of ``OPENAI_*`` (or
    of ``model`` and ``base_url``). ``confidence`` (0 to 1) is how likely a passage has to hold
    the answer.
    """

    enabled: bool = True
    compose: bool | None = None
    model: str | None = None
    base_url: str | None = None
    confidence: Annotated[float, msgspec.Meta(ge=0, le=1)] | None = None


class EmbeddedSetting(AnswererSetting, frozen=True):
    """Which weights the embedded model uses: ``default``, ``small``, or a GGUF file."""

    model: str | None = None


def _chatgpt(setting: ChatGPTSetting, data: Path) -> Answerer:
    """Ask the endpoint of the environment, else that of the setting."""
    from daehwa.answers.chatgpt import ChatGPT  # noqa: PLC0415 - aiohttp is slow to import

    del data
    endpoint = chatgpt_endpoint(msgspec.to_builtins(setting), os.environ)
    wanted = (os.environ.get("OPENAI_MODEL") or setting.model or endpoint.model).strip()
    if wanted != endpoint.model:
        _log.warning("model_name_replaced", name=wanted, by=endpoint.model)
    return ChatGPT(endpoint)


def build_model(setting: ModelSetting) -> Answerer:
    """Make what asks a model of ``[[models]]``; errors as ``ModelSetting.endpoint``."""
    from daehwa.answers.chatgpt import ChatGPT  # noqa: PLC0415 - aiohttp is slow to import

    return ChatGPT(setting.endpoint(os.environ), name=setting.name)


def _document(setting: DocumentSetting, data: Path) -> Answerer:
    """Answer from the data folder's documents; a model composes where one is configured."""
    return build_documents(setting, data)


def build_documents(
    setting: DocumentSetting,
    data: Path,
    *,
    model: ModelSetting | None = None,
    services: Sequence[ServiceSearch] = (),
) -> Answerer:
    """Make what answers from documents.

    ``model`` of ``[[models]]`` composes answers, in place of that of ``OPENAI_*``; ``services``
    are searched beside the library in ``data``.
    """
    from daehwa import documents  # noqa: PLC0415 - numpy is slow to import
    from daehwa.answers import composing, document  # noqa: PLC0415

    composer = None
    if setting.compose:
        from daehwa.answers.chatgpt import ChatGPT  # noqa: PLC0415 - aiohttp is slow to import

        if model is not None:
            endpoint = model.endpoint(os.environ)
        else:
            environ = dict(os.environ)
            for name, value in (("MODEL", setting.model), ("BASE_URL", setting.base_url)):
                if value is not None:
                    environ[f"OPENAI_{name}"] = value
            endpoint = Endpoint.from_environment(environ)
        composer = ChatGPT(endpoint, name=composing.NAME, source=composing.NAME)
    enough = documents.ENOUGH if setting.confidence is None else setting.confidence
    return document.Documents(documents.Library(data), composer, enough=enough, services=services)


def _embedded(setting: EmbeddedSetting, data: Path) -> Answerer:
    from daehwa.answers.embedded import Embedded  # noqa: PLC0415 - aiohttp is slow to import

    return Embedded(data, model=setting.model)


DOCUMENTS: Final = AnswererKind(
    name="document", title="documents", setting=DocumentSetting, build=_document, local=True
)
"""The answerer that answers from documents, and leaves all other questions to the next."""

ANSWERERS: Final[Mapping[str, AnswererKind[Any]]] = {
    kind.name: kind
    for kind in (
        DOCUMENTS,
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
    """How the answerer is chosen by default, for the help of a command."""
    choices = [kind for kind in ANSWERERS.values() if kind.chosen_with is not None]
    return ", else ".join(
        f"{kind.name} with {' or '.join(kind.chosen_with)}" if kind.chosen_with else kind.name
        for kind in choices
    )


def within_budget(kind: AnswererKind[Any] | None, answerer: Answerer, budget: Budget) -> Answerer:
    """The answerer, with what it asks of models that cost money counted in ``budget``.

    A model of the configuration has no ``kind``.

    Documents cost nothing; the model that composes answers from them may.
    """
    if kind is DOCUMENTS:
        from daehwa.answers.document import Documents  # noqa: PLC0415 - numpy is slow to import

        return answerer.within(budget) if isinstance(answerer, Documents) else answerer
    return answerer if kind is not None and kind.local else Budgeted(answerer, budget)


def resolved(setting: _S, order: Collection[str], models: Collection[str] = ()) -> _S:
    """A setting with what it leaves to the order: where a model answers, one composes, too.

    ``models`` are the names of ``[[models]]``.
    """
    if isinstance(setting, DocumentSetting) and setting.compose is None:
        named = [setting.model, *order]
        composes = (
            "chatgpt" in order or setting.base_url is not None or not {*named}.isdisjoint(models)
        )
        return msgspec.structs.replace(setting, compose=composes)
    return setting
