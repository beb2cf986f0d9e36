"""Where a language model is, and how to call it: ``OPENAI_*`` as OpenAI's own clients read them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from daehwa.answers import anthropic_messages, gemini_content
from daehwa.answers.api_addresses import compatible_address
from daehwa.answers.errors import KeyMissing, SettingEmpty, SettingInvalid
from daehwa.answers.values import Usage

OPENAI = "https://api.openai.com/v1"
# What OpenAI's deprecations page recommends in place of gpt-4o-mini and gpt-4.1-mini.
DEFAULT_MODEL = "gpt-6-luna"

# OpenAI shut these down, so there the names can only mean "your usual model". Another server
# may well serve a model by such a name: there they are left as they are.
SHUT_DOWN = re.compile(
    r"(text|code)-(chat-)?(davinci|curie|babbage|ada|cushman)-\d{3}"
    r"|(davinci|curie|babbage|ada)(-002)?"
    r"|gpt-3\.5-turbo(-instruct)?(-16k)?(-\d{4})?"
)
_COMPLETION = re.compile(
    r"(.*/)?((text|code)-)?(davinci|curie|babbage|ada|cushman)(-\d{3})?"
    r"|(.*/)?gpt-3\.5-turbo-instruct(-\d{4})?"
)

# What people copy from a document is often the address of a call, not of the API.
_CALLS = re.compile(r"/(chat/completions|completions|responses)/?$")
_AZURE = (".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com")
_VERSION = "api-version"

Api = Literal["auto", "chat", "completions", "converse", "anthropic", "gemini"]
_KEY_HEADERS: Mapping[str, str] = {
    "anthropic": anthropic_messages.KEY_HEADER,
    "gemini": gemini_content.KEY_HEADER,
}
Signer = Callable[[str, Mapping[str, str], bytes], dict[str, str]]
"""Gives the headers of a request (its address, headers and body) with those that sign it."""


class Secret:
    """A key that does not show itself: not in a repr, a log line or a traceback."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Give the key itself, for the Authorization header and nothing else."""
        return self._value

    def scrub(self, text: str) -> str:
        """Give ``text`` without the key in it."""
        return text.replace(self._value, "***")

    def __repr__(self) -> str:
        return "Secret(***)"

    def __reduce__(self) -> str:
        raise TypeError("a secret is not pickled: read it again from where it is kept")


class Prices(NamedTuple):
    """What a million tokens cost, in any currency; ``cached`` ``None`` is the price of input."""

    input: float = 0.0
    output: float = 0.0
    cached: float | None = None

    def cost(self, usage: Usage) -> float:
        """Give what an answer cost."""
        cached = self.input if self.cached is None else self.cached
        read = max(0, usage.input_tokens - usage.cached_tokens)
        return (
            read * self.input + usage.cached_tokens * cached + usage.output_tokens * self.output
        ) / 1_000_000


class Endpoint(NamedTuple):
    """One model behind one OpenAI-compatible endpoint, and the manner of asking it.

    ``api`` is ``chat`` (``/chat/completions``), ``completions`` (``/completions``), or
    ``auto``: by the model's name, and by what the server itself says of it; ``converse`` is
    Amazon Bedrock's own, with a ``guardrail`` (its id and version), ``anthropic`` Anthropic's
    Messages, ``gemini`` Gemini's generateContent. ``max_tokens`` limits the answer;
    ``history_tokens`` is the budget for the conversation so far, estimated.
    ``temperature`` ``None`` leaves it to the model. ``system`` replaces the system prompt, and
    ``brief`` chooses the one for a small model; ``extra`` adds members to the request's body,
    ``headers`` to its headers, ``query`` to the address. ``name`` is what the configuration
    calls the model; ``seconds`` is a deadline of its own, ``prices`` what its tokens cost.
    ``signer`` signs each request, where the service wants signatures in place of a key.
    """

    base_url: str = OPENAI
    model: str = DEFAULT_MODEL
    key: Secret | None = None
    organization: str | None = None
    project: str | None = None
    api: Api = "auto"
    temperature: float | None = None
    max_tokens: int = 1000
    history_tokens: int = 3000
    system: str | None = None
    brief: bool = False
    extra: Mapping[str, object] = MappingProxyType({})
    headers: Mapping[str, str] = MappingProxyType({})
    query: Mapping[str, str] = MappingProxyType({})
    name: str = ""
    seconds: float | None = None
    prices: Prices | None = None
    signer: Signer | None = None
    guardrail: tuple[str, str] | None = None

    @classmethod
    def from_environment(
        cls,
        environ: Mapping[str, str] | None = None,
        *,
        aliases: Mapping[str, str] | None = None,
        **settings: object,
    ) -> Endpoint:
        """Read ``OPENAI_API_KEY``, ``OPENAI_BASE_URL``, ``OPENAI_MODEL`` and their like.

        ``OPENAI_ORG_ID`` and ``OPENAI_PROJECT_ID`` (or ``OPENAI_PROJECT``) travel as headers.
        ``OPENAI_API_VERSION`` is that of Azure's classic addresses. ``aliases`` maps model names
        to the names that are sent; ``settings`` are further members of ``Endpoint``. Without a
        key an endpoint of one's own is called without one.

        Raises:
            SettingEmpty: a setting is there but empty.
            SettingInvalid: a setting has a value that cannot be used.
            KeyMissing: OpenAI itself would be called without a key.
        """
        environ = os.environ if environ is None else environ
        key = _read(environ, "OPENAI_API_KEY")
        base_url, query = address(
            _read(environ, "OPENAI_BASE_URL") or OPENAI, setting="OPENAI_BASE_URL"
        )
        model = resolve(_read(environ, "OPENAI_MODEL") or DEFAULT_MODEL, base_url, aliases)
        if key is None and base_url == OPENAI:
            raise KeyMissing("OPENAI_API_KEY is not set.")
        version = _read(environ, "OPENAI_API_VERSION")
        if version is not None and is_azure(base_url):
            query = {_VERSION: version} | query
        values: dict[str, object] = {
            "base_url": azure_address(base_url, query, model),
            "query": query,
            "model": model,
            "key": None if key is None else secret(key, setting="OPENAI_API_KEY"),
            "organization": _read(environ, "OPENAI_ORG_ID"),
            "project": _read(environ, "OPENAI_PROJECT_ID") or _read(environ, "OPENAI_PROJECT"),
        }
        return cls(**(values | settings))  # type: ignore[arg-type]

    @property
    def is_openai(self) -> bool:
        """Whether this is OpenAI's own API, not a compatible one."""
        return self.base_url == OPENAI

    @property
    def key_header(self) -> str:
        """The header of the key; Azure's classic addresses, Anthropic and Gemini have others."""
        if self.api in _KEY_HEADERS:
            return _KEY_HEADERS[self.api]
        return "api-key" if _VERSION in self.query else "Authorization"

    def __repr__(self) -> str:
        return f"Endpoint(base_url={shown(self.base_url)!r}, model={self.model!r})"


def resolve(model: str, base_url: str, aliases: Mapping[str, str] | None = None) -> str:
    """Return the model to ask for: an alias's, or the default for one that was shut down."""
    if aliases and model in aliases:
        return aliases[model]
    if base_url == OPENAI and SHUT_DOWN.fullmatch(model):
        return DEFAULT_MODEL
    return model


def is_completion_model(model: str) -> bool:
    """Tell by its name whether a model completes text instead of chatting."""
    return _COMPLETION.fullmatch(model) is not None


def shown(base_url: str) -> str:
    """Give a base URL fit for a log: without user name and password."""
    return re.sub(r"//[^/@]*@", "//", base_url)


def _read(environ: Mapping[str, str], name: str) -> str | None:
    value = environ.get(name)
    if value is None:
        return None
    value = value.strip()
    if not value:
        raise SettingEmpty(f"{name} is set but empty. Give it a value, or unset it.")
    return value


def secret(key: str, *, setting: str) -> Secret:
    """Give a key as a secret.

    Raises:
        SettingInvalid: no key looks like that; ``setting`` is what the message names.
    """
    if not key.isascii() or not key.isprintable():
        raise SettingInvalid(f"{setting} holds characters that a key cannot have.")
    return Secret(key)


def address(base_url: str, *, setting: str) -> tuple[str, dict[str, str]]:
    """Take a base URL apart: the address without what a call adds to it, and its query.

    The address of a server's own API becomes that of its OpenAI-compatible one.

    Raises:
        SettingInvalid: it is not one; ``setting`` is what the message names.
    """
    if shown(base_url) != base_url:
        raise SettingInvalid(
            f"{setting} holds a user name or password: {shown(base_url)!r} is enough. "
            "Give the key apart from the address."
        )
    if not re.match(r"https?://[^/?#\s]+", base_url) or re.search(r"[#\s]", base_url):
        raise SettingInvalid(
            f"{setting} is not an http or https address: {shown(base_url)!r}. "
            "It looks like https://host/v1"
        )
    parts = urlsplit(base_url)
    path = _CALLS.sub("", parts.path.rstrip("/")).rstrip("/")
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    plain = urlunsplit((parts.scheme, parts.netloc, path, "", ""))
    return compatible_address(plain), query


def is_azure(base_url: str) -> bool:
    """Whether an address is one of Azure OpenAI's."""
    return (urlsplit(base_url).hostname or "").endswith(_AZURE)


def azure_address(base_url: str, query: Mapping[str, str], model: str) -> str:
    """Give the address that Azure serves a model at; any other comes back as it is.

    With ``api-version`` it is the classic one, with the deployment's name in the path, else the
    one that is like OpenAI's. Source: Azure OpenAI's REST API reference.
    """
    if not is_azure(base_url) or "/deployments/" in base_url:
        return base_url
    parts = urlsplit(base_url)
    if _VERSION in query:
        return f"{parts.scheme}://{parts.netloc}/openai/deployments/{model}"
    return base_url if parts.path else f"{base_url}/openai/v1"
