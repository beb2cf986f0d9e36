"""The constraints of the runtime API's requests, by structure and member.

The structures themselves are the values of ``daehwa.lex`` and of ``daehwa.server.lexapi``; only
what the model demands of their members is generated.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from codegen.model import PACKAGE, formatted, header, service_model

SERVICE = "lexv2-runtime"
FILE = PACKAGE / "server" / "lexapi" / "rules.py"

REQUESTS = ("RecognizeTextRequest", "RecognizeUtteranceRequest", "PutSessionRequest")
EVENTS = ("ConfigurationEvent", "TextInputEvent", "PlaybackCompletionEvent", "DisconnectionEvent")
"""The events of StartConversation that are read; those of audio and DTMF are not."""

OBSERVED = {"localeId": "([a-z]{2}_[A-Z]{2}|[a-z]{2}_[A-Z]{2}_[0-9]{3}|[a-z]{2}_[0-9]{3})$"}
"""Patterns that the service names in its errors and not in its model.

Source: the ValidationException quoted in issue 860 of aws-samples/aws-lex-web-ui; the last
form is that of es_419, which Lex lists since.
"""


def files() -> dict[Path, str]:
    """The text of ``daehwa.server.lexapi.rules``, by its path."""
    about = "What the service model demands of the members of requests, by structure."
    lines = [header(about, "rules.py", SERVICE), "", "from typing import Final", ""]
    lines += ["from daehwa.server.restjson import Rule", ""]
    lines.append("RULES: Final[dict[str, dict[str, Rule]]] = {")
    for shape in _structures():
        required = shape.required_members
        rules = {
            name: _rule(member, required=name in required, pattern=OBSERVED.get(name))
            for name, member in shape.members.items()
        }
        entries = ", ".join(f'"{name}": {rule}' for name, rule in rules.items() if rule)
        if entries:
            lines.append(f'"{shape.name}": {{{entries}}},')
    return {FILE: formatted("\n".join([*lines, "}", ""]))}


def _structures() -> list[Any]:
    """Every structure that a client sends, each once."""
    known: dict[str, Any] = {}
    for name in (*REQUESTS, *EVENTS):
        _collect(service_model(SERVICE).shape_for(name), known)
    return list(known.values())


def _collect(shape: Any, known: dict[str, Any]) -> None:
    if shape.type_name == "structure" and shape.name not in known:
        known[shape.name] = shape
        for member in shape.members.values():
            _collect(member, known)
    elif shape.type_name == "list":
        _collect(shape.member, known)
    elif shape.type_name == "map":
        _collect(shape.value, known)


def _rule(shape: Any, *, required: bool = False, pattern: str | None = None) -> str:
    """The rule as code; empty where nothing is demanded."""
    arguments = ", ".join(_arguments(shape, required=required, pattern=pattern))
    return f"Rule({arguments})" if arguments else ""


def _arguments(shape: Any, *, required: bool, pattern: str | None) -> Iterator[str]:
    if required:
        yield "required=True"
    for name, key in (("least", "min"), ("most", "max")):
        if key in shape.metadata:
            yield f"{name}={shape.metadata[key]}"
    pattern = shape.metadata.get("pattern", pattern)
    if pattern is not None:
        yield f"pattern={pattern!r}"
    if shape.type_name == "string" and shape.metadata.get("sensitive"):
        yield "sensitive=True"
    inner = {
        "list": lambda: {"items": shape.member},
        "map": lambda: {"keys": shape.key, "values": shape.value},
    }.get(shape.type_name, dict)()
    for name, inside in inner.items():
        # A structure's members have rules of their own.
        rule = "" if inside.type_name == "structure" else _rule(inside)
        if rule:
            yield f"{name}={rule}"
