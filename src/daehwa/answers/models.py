"""``[[models]]`` of ``daehwa.toml``: language models by names of one's own.

A key is named, not written: the file may be shown to others. So are headers' secrets, as
``${NAME}``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec
import structlog

from daehwa.answers.errors import KeyMissing, SettingEmpty, SettingInvalid
from daehwa.answers.settings import (
    DEFAULT_MODEL,
    OPENAI,
    Api,
    Endpoint,
    Prices,
    Secret,
    address,
    azure_address,
    resolve,
    secret,
)

_log = structlog.get_logger(__name__)

_VARIABLE = re.compile(r"\$\{(\w+)\}")
_Positive = Annotated[int, msgspec.Meta(gt=0)]


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
    is sent.
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

    def endpoint(self, environ: Mapping[str, str]) -> Endpoint:
        """Give where it is and how it is asked.

        Raises:
            KeyMissing: its key is not there, or OpenAI would be asked without one.
            SettingInvalid, SettingEmpty: a setting cannot be used.
        """
        setting = f"base_url of the model {self.name}"
        base_url, query = address(self.base_url, setting=setting)
        query |= self.query
        key = self._key(environ)
        if key is None and base_url == OPENAI and not self.headers:
            raise KeyMissing(f"The model {self.name} has no key: name its variable with key.")
        model = resolved(self.model, base_url)
        return Endpoint(
            name=self.name,
            base_url=azure_address(base_url, query, model),
            query=query,
            model=model,
            key=key,
            headers={name: self._expanded(value, environ) for name, value in self.headers.items()},
            api=self.api,
            max_tokens=self.max_tokens,
            history_tokens=self.history_tokens,
            seconds=self.seconds,
            system=self.system,
            extra=self.sampling,
            prices=None if self.prices is None else Prices(**msgspec.structs.asdict(self.prices)),
        )

    def _key(self, environ: Mapping[str, str]) -> Secret | None:
        if self.key is not None:
            return secret(self._variable(self.key, environ), setting=self.key)
        if self.key_file is None:
            return None
        try:
            held = Path(self.key_file).expanduser().read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise KeyMissing(f"The key of the model {self.name} cannot be read: {error}") from None
        if not held:
            raise SettingEmpty(f"{self.key_file} is empty.")
        return secret(held, setting=self.key_file)

    def _variable(self, name: str, environ: Mapping[str, str]) -> str:
        value = environ.get(name)
        if value is None:
            raise KeyMissing(f"{name} is not set; the model {self.name} needs it.")
        if not value.strip():
            raise SettingEmpty(f"{name} is set but empty. Give it a value, or unset it.")
        return value.strip()

    def _expanded(self, value: str, environ: Mapping[str, str]) -> str:
        expanded = _VARIABLE.sub(lambda match: self._variable(match[1], environ), value)
        if not expanded.isascii() or not expanded.isprintable():
            raise SettingInvalid(f"A header of the model {self.name} cannot be sent.")
        return expanded


def resolved(model: str, base_url: str) -> str:
    """Give the name that is sent for a model's name, and log it where it is another one."""
    name = resolve(model, base_url)
    if name != model:
        _log.warning("model_name_replaced", name=model, by=name)
    return name
