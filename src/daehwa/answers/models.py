"""``[[models]]`` of ``daehwa.toml``: language models by names of one's own.

A key is named, not written: the file may be shown to others. So are headers' secrets, as
``${NAME}``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

import msgspec
import structlog

from daehwa.answers.endpoints import model_endpoint
from daehwa.answers.settings import DEFAULT_MODEL, OPENAI, Api, Endpoint, Signer

_log = structlog.get_logger(__name__)

_Positive = Annotated[int, msgspec.Meta(gt=0)]


_OWN_MEMBERS: Final = {
    "messages": "leave it out",
    "prompt": "leave it out",
    "stream": "leave it out",
    "stream_options": "leave it out",
    "n": "leave it out",
    "model": "write model beside sampling",
}
"""Members of a request that follow from the turn, and what to do with a setting of that name."""


class PricesSetting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a million tokens cost; ``cached`` those that the upstream had kept, as ``input``."""

    input: Annotated[float, msgspec.Meta(ge=0)] = 0.0
    output: Annotated[float, msgspec.Meta(ge=0)] = 0.0
    cached: Annotated[float, msgspec.Meta(ge=0)] | None = None


class ModelSetting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A language model: what it is called here, where it is, and how it is asked.

    ``key`` is the name of the variable that holds the key, ``key_file`` a file that does.
    ``headers`` and ``query`` go with each request, ``sampling`` are further members of its body.
    ``seconds`` is its own deadline, in ``answer_seconds``. ``system`` is the template of its
    system prompt. ``max_tokens`` limits an answer, ``history_tokens`` what of the conversation
    is sent. With ``sign`` requests are signed for Amazon Bedrock by AWS's credentials, in place
    of a key, in ``region`` where the address does not say it; ``guardrail`` names one of
    Bedrock's guardrails (``id:version``, the draft without a version). ``api`` is ``chat``,
    ``completions``, Bedrock's ``converse``, ``anthropic`` (Messages) or ``gemini``
    (generateContent); ``auto`` takes ``converse`` for a model with ``sign`` that is none of
    OpenAI's.
    """

    name: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    model: str = DEFAULT_MODEL
    base_url: str = OPENAI
    key: str | None = None
    key_file: str | None = None
    headers: dict[str, str] = {}
    query: dict[str, str] = {}
    api: Api = "auto"
    sampling: dict[str, Any] = {}
    max_tokens: _Positive = 1000
    history_tokens: Annotated[int, msgspec.Meta(ge=0)] = 3000
    seconds: Annotated[float, msgspec.Meta(gt=0)] | None = None
    system: str | None = None
    prices: PricesSetting | None = None
    sign: Literal["bedrock"] | None = None
    region: str | None = None
    guardrail: str | None = None

    def __post_init__(self) -> None:
        if self.sign is not None and self.model == DEFAULT_MODEL:
            raise ValueError(f"the model {self.name} has sign: name Bedrock's model with model")
        if self.sign is not None and (self.key is not None or self.key_file is not None):
            raise ValueError(f"the model {self.name} has sign and a key: one of them is enough")
        if self.key is not None and self.key_file is not None:
            raise ValueError(f"the model {self.name} has key and key_file: one of them is enough")
        if self.guardrail is not None and not self.guardrail.strip():
            raise ValueError(f"the guardrail of the model {self.name} is empty: write its id")
        check_sampling(self.sampling)

    def endpoint(self, environ: Mapping[str, str]) -> Endpoint:
        """Give where it is and how it is asked.

        Raises:
            KeyMissing: its key is not there, or OpenAI would be asked without one.
            SettingInvalid, SettingEmpty: a setting cannot be used.
        """
        endpoint = model_endpoint(msgspec.to_builtins(self), environ, _signer)
        if endpoint.model != self.model:
            _log.warning("model_name_replaced", name=self.model, by=endpoint.model)
        return endpoint


def check_sampling(members: Mapping[str, Any]) -> None:
    """Refuse members of a request's body that an author may not set.

    Raises:
        ValueError: one is what every request has of its own.
    """
    for name, instead in _OWN_MEMBERS.items():
        if name in members:
            raise ValueError(f"sampling has {name}, which is Daehwa's to send: {instead}")


def _signer(base_url: str, region: str | None) -> Signer:
    from daehwa.answers.bedrock_signer import bedrock_signer  # noqa: PLC0415 - boto3 is an extra

    return bedrock_signer(base_url, region)
