"""The models of ``daehwa.toml`` as the functions would set them up, before anything is deployed.

What the server refuses at its start would on AWS be found out by the first person whose question
reaches a model.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from daehwa import answers
from daehwa_deploy.errors import SettingsError

_MEMBER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_VARIABLE = re.compile(r"\$\{[A-Za-z_][A-Za-z0-9_]*\}")
_NEAR = ("localhost", ".localhost", ".local", ".lan", ".internal", ".home.arpa")
_PLACEHOLDER = "in-the-secret"


def check_models(tables: Iterable[Mapping[str, Any]], chatgpt: Mapping[str, Any] | None) -> None:
    """Check that each model can be asked as its table says; ``chatgpt`` is ``[chatgpt]``, if asked.

    Raises:
        SettingsError: one cannot.
    """
    for table in tables:
        _check_names(table)
        environ = dict.fromkeys(answers.variables(table), _PLACEHOLDER)
        # The region is known when the function runs, in the environment that Lambda gives it.
        environ["AWS_REGION"] = "us-east-1"
        try:
            answers.model_endpoint(table, environ, lambda *_: lambda *_: {})
        except answers.AnswerError as error:
            raise SettingsError(f"[[models]] {table['name']}: {error.message}") from None
    if chatgpt is not None:
        try:
            answers.chatgpt_endpoint(chatgpt, {"OPENAI_API_KEY": _PLACEHOLDER})
        except answers.AnswerError as error:
            raise SettingsError(f"[chatgpt]: {error.message}") from None


def check_documents(composer: Mapping[str, Any]) -> None:
    """Check that the ``model`` and ``base_url`` of ``[document]`` can be asked.

    Raises:
        SettingsError: they cannot.
    """
    try:
        answers.chatgpt_endpoint(composer, {"OPENAI_API_KEY": _PLACEHOLDER})
    except answers.AnswerError as error:
        raise SettingsError(f"[document]: {error.message}") from None


def out_of_reach(base_url: str) -> str | None:
    """A warning for an address that nothing on AWS Lambda reaches; ``None`` for any other."""
    host = (urlsplit(base_url).hostname or "").lower()
    try:
        near = not ipaddress.ip_address(host).is_global
    except ValueError:
        near = "." not in host or host.endswith(_NEAR)
    if not near:
        return None
    return f"{base_url} is an address of one machine or network, which AWS Lambda does not reach"


def _check_names(table: Mapping[str, Any]) -> None:
    """Check that what is secret is named and not written: its name stands in the template."""
    key = table.get("key")
    if key is not None and not _MEMBER.fullmatch(key):
        raise SettingsError(
            f"[[models]] {table['name']}: key names a member of the secret, such as "
            "OPENAI_API_KEY; the key itself belongs in the secret, and never into the file"
        )
    for header, value in (table.get("headers") or {}).items():
        if "${" in _VARIABLE.sub("", value):
            raise SettingsError(
                f"[[models]] {table['name']}: the header {header} names a member of the secret "
                "as ${NAME}, of letters, digits and underscores"
            )
