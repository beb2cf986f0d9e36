"""The types of ``/chat`` in other forms: TypeScript for the page, dicts for AWS Lambda's code.

Both are made from the schemas of the OpenAPI description, which are made from the values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, get_args

from daehwa import chat, lex

_PYTHON = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
_SCRIPT = {"integer": "number"}
# Values of Lex's wire that the Lambda code passes on as they came.
_OPAQUE = {
    "Button",
    "DialogAction",
    "ImageResponseCard",
    "Intent",
    "Interpretation",
    "Message",
    "NluConfidence",
    "Slot",
    "SlotValue",
    "SubSlotToElicit",
}


# Sets of words that have a name of their own.
_ALIASES = {
    "AnswerState": get_args(chat.AnswerState),
    "ConfirmationState": get_args(lex.ConfirmationState),
    "IntentState": get_args(lex.IntentState),
    "Rating": get_args(chat.Rating),
    "TurnState": get_args(chat.TurnState),
}


def typescript() -> str:
    """``web/wire.d.ts``: one interface for each value."""
    lines = [
        "// Made from the values of daehwa.chat by docs/generate.py: `make docs` updates it.",
        "",
        "/** Whose words: `intent` for the bot's own, or an answerer's name. */",
        "export type Source = string;",
        "",
    ]
    for name, words in _ALIASES.items():
        lines += [f"export type {name} = {_script_words(words)};", ""]
    for name, schema in _schemas().items():
        lines.append(f"/** {_about(schema)} */")
        if "oneOf" in schema:
            lines += [f"export type {name} =", *_script_union(schema), ""]
            continue
        lines.append(f"export interface {name} {{")
        required = schema.get("required", ())
        for member, about in schema.get("properties", {}).items():
            if described := _about(about):
                lines.append(f"  /** {described} */")
            mark = "" if member in required else "?"
            kind = "Source" if member == "source" else _script(about)
            lines.append(f"  {member}{mark}: {kind};")
        lines += ["}", ""]
    return "\n".join(lines)


def python() -> str:
    """``chat/wire.py``: one ``TypedDict`` for each value that is not an event's union."""
    lines = [
        '"""The wire of ``/chat`` as AWS Lambda writes it: dicts, typed for the checker.',
        "",
        "Made from the values by docs/generate.py: `make docs` updates it. Nothing imports it",
        "at run time.",
        '"""',
        "",
        "from __future__ import annotations",
        "",
        "from typing import Any, Literal, NotRequired, TypedDict",
        "",
    ]
    named = ("AnswerState", "Rating", "TurnState")
    lines += [*(f"{name} = {_python_words(_ALIASES[name])}" for name in named), ""]
    for name, schema in _schemas().items():
        if name in _OPAQUE or "oneOf" in schema:
            continue
        lines += ["", f"class {name}(TypedDict):", f'    """{_about(schema)}"""', ""]
        required = schema.get("required", ())
        for member, about in schema.get("properties", {}).items():
            kind = _python(about)
            lines.append(f"    {member}: {kind if member in required else f'NotRequired[{kind}]'}")
        lines.append("")
    return "\n".join(lines)


def _schemas() -> dict[str, Any]:
    schemas: dict[str, Any] = chat.openapi_document()["components"]["schemas"]
    return schemas


def _about(schema: dict[str, Any]) -> str:
    return re.sub(r"\s+", " ", schema.get("description", "").partition("\n\n")[0])


def _script_union(schema: dict[str, Any]) -> list[str]:
    parts = []
    for each in schema["oneOf"]:
        event, data = each["properties"]["event"], each["properties"]["data"]
        parts.append(f'  | ["{event["const"]}", {_script(data)}]')
    parts[-1] += ";"
    return parts


def _script(schema: dict[str, Any]) -> str:  # noqa: PLR0911 - a kind of schema each
    match schema:
        case {"$ref": ref}:
            return str(ref).rpartition("/")[2]
        case {"anyOf": kinds}:
            return " | ".join(_script(each) for each in kinds)
        case {"enum": values}:
            named = (n for n, words in _ALIASES.items() if set(words) == set(values))
            return next(named, _script_words(values))
        case {"const": value}:
            return f'"{value}"'
        case {"type": "array", "items": items}:
            inner = _script(items)
            return f"({inner})[]" if "|" in inner else f"{inner}[]"
        case {"type": "object"}:
            return f"Record<string, {_script(schema.get('additionalProperties', {}))}>"
        case {"type": kind}:
            return _SCRIPT.get(kind, str(kind))
    return "unknown"


def _script_words(words: Iterable[str]) -> str:
    return " | ".join(f'"{word}"' for word in words)


def _python(schema: dict[str, Any]) -> str:  # noqa: PLR0911 - a kind of schema each
    match schema:
        case {"$ref": ref}:
            name = str(ref).rpartition("/")[2]
            return "dict[str, Any]" if name in _OPAQUE else name
        case {"anyOf": kinds}:
            return " | ".join(_python(each) for each in kinds)
        case {"enum": values}:
            named = (n for n, words in _ALIASES.items() if set(words) == set(values))
            return next(named, _python_words(values))
        case {"const": value}:
            return f'Literal["{value}"]'
        case {"type": "array", "items": items}:
            return f"list[{_python(items)}]"
        case {"type": "object"}:
            return f"dict[str, {_python(schema.get('additionalProperties', {}))}]"
        case {"type": kind}:
            return _PYTHON[str(kind)]
    return "Any"


def _python_words(words: Iterable[str]) -> str:
    return "Literal[" + ", ".join(f'"{word}"' for word in words) + "]"
