"""A model's table of ``daehwa.toml`` as an endpoint: the same at home and on AWS Lambda.

At home msgspec has checked the tables (``models``, ``registry``); what is deployed was checked when
it was packed, and is read here with the standard library alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from daehwa.answers import anthropic_messages, gemini_content
from daehwa.answers.errors import KeyMissing, SettingEmpty, SettingInvalid
from daehwa.answers.settings import (
    DEFAULT_MODEL,
    OPENAI,
    Api,
    Endpoint,
    Prices,
    Secret,
    Signer,
    address,
    azure_address,
    resolve,
    secret,
)

_VARIABLE = re.compile(r"\$\{(\w+)\}")
_REGION = re.compile(r"bedrock-runtime(?:-fips)?\.([a-z0-9-]+)\.")
# The models that Bedrock serves over its OpenAI-compatible API as well; also by a profile.
_OF_OPENAI = re.compile(r"([a-z-]+\.)?openai\..+")
_CHATGPT = ("system", "temperature", "max_tokens")
# Source: Amazon Bedrock User Guide, "Invoke a model with the OpenAI Chat Completions API".
_GUARDRAIL, _VERSION = "X-Amzn-Bedrock-GuardrailIdentifier", "X-Amzn-Bedrock-GuardrailVersion"

# Where a model of an API of its own is asked if no address is given.
_OWN: Mapping[str, str] = {
    "anthropic": anthropic_messages.ADDRESS,
    "gemini": gemini_content.ADDRESS,
}

MakeSigner = Callable[[str, str | None], Signer]
"""What makes a signer of requests for an address, in a region or that of the address."""


def model_endpoint(
    table: Mapping[str, Any], environ: Mapping[str, str], make_signer: MakeSigner | None = None
) -> Endpoint:
    """Give the endpoint of a table of ``[[models]]``; keys and secrets are in ``environ``.

    ``make_signer`` is needed where the table's ``sign`` wants requests signed.

    Raises:
        KeyMissing: its key is not there, or OpenAI would be called without one.
        SettingInvalid, SettingEmpty: a setting cannot be used.
    """
    name = table["name"]
    signed, api = table.get("sign") is not None, _api(table)
    base_url, query = address(
        _base_url(table, environ, api), setting=f"base_url of the model {name}"
    )
    if api == "gemini":
        base_url = gemini_content.native_address(base_url)
    query |= table.get("query") or {}
    headers = {
        _header(name, header): _expanded(name, value, environ)
        for header, value in (table.get("headers") or {}).items()
    }
    guardrail = _guardrail(table.get("guardrail"))
    if guardrail is not None and api != "converse":
        headers |= dict(zip((_GUARDRAIL, _VERSION), guardrail, strict=True))
    key = _key(table, environ)
    if key is None and base_url in (OPENAI, *_OWN.values()) and not headers and not signed:
        raise KeyMissing(f"The model {name} has no key: name its variable with key.")
    if signed and make_signer is None:
        raise SettingInvalid(f"The model {name} has sign: its requests cannot be signed here.")
    model = resolve(table.get("model") or DEFAULT_MODEL, base_url)
    prices = table.get("prices")
    return Endpoint(
        name=name,
        base_url=azure_address(base_url, query, model),
        query=query,
        model=model,
        key=key,
        headers=headers,
        api=api,
        max_tokens=table.get("max_tokens") or 1000,
        history_tokens=table.get("history_tokens", 3000),
        seconds=table.get("seconds"),
        system=table.get("system"),
        extra=table.get("sampling") or {},
        prices=None if prices is None else Prices(**prices),
        signer=make_signer(base_url, table.get("region")) if signed and make_signer else None,
        guardrail=guardrail if api == "converse" else None,
    )


def chatgpt_endpoint(table: Mapping[str, Any], environ: Mapping[str, str]) -> Endpoint:
    """Give the endpoint of the environment, else that of the table ``[chatgpt]``.

    Raises:
        KeyMissing: OpenAI would be called without a key.
        SettingInvalid, SettingEmpty: a setting cannot be used.
    """
    wanted = dict(environ)
    for name, variable in (("model", "OPENAI_MODEL"), ("base_url", "OPENAI_BASE_URL")):
        if table.get(name) is not None:
            wanted.setdefault(variable, table[name])
    further: dict[str, Any] = {
        name: table[name] for name in _CHATGPT if table.get(name) is not None
    }
    if table.get("sampling"):
        further["extra"] = table["sampling"]
    if table.get("completions") is not None:
        further["api"] = "completions" if table["completions"] else "chat"
    return Endpoint.from_environment(wanted, **further)


def region_of(base_url: str, region: str | None, environ: Mapping[str, str]) -> str:
    """The region to sign for: the one given, the address's, or the environment's.

    Raises:
        SettingInvalid: there is none.
    """
    named = _REGION.match(urlsplit(base_url).hostname or "")
    place = region or (named[1] if named else None)
    place = place or environ.get("AWS_REGION") or environ.get("AWS_DEFAULT_REGION")
    if not place:
        raise SettingInvalid("sign needs a region: set region, or AWS_REGION.")
    return place


def _api(table: Mapping[str, Any]) -> Api:
    """The API that a model is asked over: Bedrock's own, unless it serves the model otherwise."""
    api: Api = table.get("api") or "auto"
    at_bedrock = table.get("sign") is not None and not _has_address(table)
    if api == "auto" and at_bedrock and not _OF_OPENAI.fullmatch(table.get("model") or ""):
        return "converse"
    return api


def _has_address(table: Mapping[str, Any]) -> bool:
    return (table.get("base_url") or OPENAI) != OPENAI


def _base_url(table: Mapping[str, Any], environ: Mapping[str, str], api: Api) -> str:
    """The address; for Bedrock's models without one, it is the region's."""
    if api in _OWN and not _has_address(table):
        return _OWN[api]
    if _has_address(table) or (table.get("sign") is None and api != "converse"):
        return table.get("base_url") or OPENAI
    region = region_of("", table.get("region"), environ)
    host = f"https://bedrock-runtime.{region}.amazonaws.com"
    return host if api == "converse" else f"{host}/openai/v1"


def _guardrail(named: str | None) -> tuple[str, str] | None:
    """A guardrail's id and version, given as ``id`` or ``id:version``."""
    if not named:
        return None
    # An ARN has colons of its own.
    identifier, colon, version = named.rpartition(":")
    if not colon or not (version.isdecimal() or version == "DRAFT"):
        return named, "DRAFT"
    return identifier, version


def _key(table: Mapping[str, Any], environ: Mapping[str, str]) -> Secret | None:
    if table.get("key") is not None:
        return secret(_held_key(table["name"], table["key"], environ), setting=table["key"])
    file = table.get("key_file")
    if file is None:
        return None
    try:
        held = Path(file).expanduser().read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise _missing(
            f"The key of the model {table['name']} cannot be read from {file}: {why}."
        ) from None
    if not held:
        raise SettingEmpty(f"{file} is empty.")
    return secret(held, setting=file)


def _held_key(model: str, name: str, environ: Mapping[str, str]) -> str:
    """The key in the variable ``name``, which is repeated only if it cannot be a key itself."""
    if name not in environ and not re.fullmatch(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)+", name):
        raise _missing(
            f"key of the model {model} names no variable that is set. "
            "It is the name of the variable that holds the key, not the key itself."
        )
    return _variable(model, name, environ)


def _missing(message: str) -> KeyMissing:
    error = KeyMissing(message)
    error.cure = "Put the key where the message says, or leave the model out of the configuration."
    return error


def _variable(model: str, name: str, environ: Mapping[str, str]) -> str:
    value = environ.get(name)
    if value is None:
        raise _missing(f"{name} is not set; the model {model} needs it.")
    if not value.strip():
        raise SettingEmpty(f"{name} is set but empty. Give it a value, or unset it.")
    return value.strip()


def _header(model: str, name: str) -> str:
    if not re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name):
        raise SettingInvalid(
            f"{name!r}, a header of the model {model}, is not a valid header name."
        )
    return name


def _expanded(model: str, value: str, environ: Mapping[str, str]) -> str:
    expanded = _VARIABLE.sub(lambda match: _variable(model, match[1], environ), value)
    if not expanded.isascii() or not expanded.isprintable():
        raise SettingInvalid(f"A header of the model {model} cannot be sent.")
    return expanded


def variables(table: Mapping[str, Any]) -> list[str]:
    """The variables that a table of ``[[models]]`` names: its key's, and those in its headers."""
    named = [table["key"]] if table.get("key") else []
    for value in (table.get("headers") or {}).values():
        named += _VARIABLE.findall(value)
    return list(dict.fromkeys(named))
