"""The JSON Schema of test files, by which editors complete and check while one writes."""

from __future__ import annotations

from typing import Any, Final, get_args

from daehwa import lex

_TEXT: Final = {"type": ["string", "number", "boolean", "null"]}
_TEXTS: Final = {"type": "object", "additionalProperties": _TEXT}


def _described(schema: dict[str, Any], words: str) -> dict[str, Any]:
    return {**schema, "description": words}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/$defs/{name}"}


def _settings() -> dict[str, Any]:
    return {
        "bot": _described({"type": "string"}, "The bot's name, or its path from this file."),
        "locale": _described({"type": "string"}, "The locale, such as ko_KR."),
        "now": _described({"type": "string"}, "The time at the beginning: 2026-05-01T09:00+09:00."),
        "hooks": _described(
            {
                "oneOf": [
                    {"const": "run"},
                    {"type": "object", "additionalProperties": _ref("replies")},
                ]
            },
            "run, or what code hooks reply: by invocation label, intent, hook, or *.",
        ),
        "model": _described(
            {
                "oneOf": [
                    {"enum": ["off", "recorded", "live"]},
                    {"type": "array", "items": _ref("answer")},
                    {"type": "object", "additionalProperties": _ref("answer")},
                ]
            },
            "What a language model answers: nothing (off), what was recorded, or as written here.",
        ),
        "attributes": _described(_TEXTS, "The session attributes at the beginning."),
        "skip": _described({"type": "string"}, "Why the conversation is left out."),
    }


def _turn() -> dict[str, Any]:
    action = "|".join(get_args(lex.DialogActionType))
    members: dict[str, Any] = {
        "user": _described(_TEXT, "What is said."),
        "after": _described(_TEXT, "How much time passes before: 90, 90s, 5m, 2h, 1d."),
        "with": {
            "type": "object",
            "properties": {"attributes": _TEXTS, "requestAttributes": _TEXTS},
            "additionalProperties": False,
        },
        "bot": _described(
            {"oneOf": [_ref("message"), {"type": "array", "items": _ref("message")}]},
            "The messages: a text, a /pattern/, several as a list; ... lets more follow.",
        ),
        "intent": _described({"type": "string"}, "The intent in which the turn ends."),
        "slots": _described({"type": "object"}, "Values of its slots, as interpreted."),
        "asks": _described({"type": "string"}, "The slot that is asked for."),
        "action": _described(
            {"type": "string", "pattern": f"^({action})( .+)?$"}, "The dialog action."
        ),
        "state": _described({"enum": [*get_args(lex.IntentState)]}, "The intent's state."),
        "confirmation": {"enum": [*get_args(lex.ConfirmationState)]},
        "source": _described({"type": "string"}, "Who answered: intent, chatgpt, documents."),
        "attributes": _described(_TEXTS, "Session attributes; null for one that is not there."),
        "contexts": {"type": "array", "items": {"type": "string"}},
        "confidence": _described(
            {"type": "number", "minimum": 0, "maximum": 1},
            "The lowest score that the intent may have.",
        ),
        "error": _described({"type": "string"}, "The error with which Lex refuses the turn."),
        "expect": _described({"type": "object"}, "Anything else of Lex's response."),
    }
    return {"type": "object", "properties": members, "additionalProperties": False}


def _definitions() -> dict[str, Any]:
    reply = {
        "type": "object",
        "properties": {
            "messages": {},
            "action": {"type": "string"},
            "slots": {"type": "object"},
            "attributes": _TEXTS,
            "state": {"enum": [*get_args(lex.IntentState)]},
            "confirmation": {"enum": [*get_args(lex.ConfirmationState)]},
            "raises": {"type": "string"},
            "response": {"type": "object"},
        },
        "additionalProperties": False,
    }
    card = {
        "type": "object",
        "properties": {
            "card": _TEXT,
            "subtitle": _TEXT,
            "buttons": {"type": "array"},
            "one of": {"type": "array"},
        },
        "additionalProperties": False,
    }
    answer = {
        "type": "object",
        "properties": {"answer": {"type": "string"}, "source": {"type": "string"}},
        "required": ["answer"],
        "additionalProperties": False,
    }
    turns = {"type": "array", "items": _turn(), "minItems": 1}
    one = {
        "type": "object",
        "properties": {**_settings(), "name": {"type": "string"}, "turns": _ref("turns")},
        "required": ["turns"],
        "additionalProperties": False,
    }
    return {
        "turns": turns,
        "message": {"oneOf": [_TEXT, card]},
        "reply": {"oneOf": [{"type": "string"}, reply]},
        "replies": {"oneOf": [_ref("reply"), {"type": "array", "items": _ref("reply")}]},
        "answer": {"oneOf": [{"type": "string"}, answer]},
        "conversation": {"oneOf": [_ref("turns"), one]},
    }


def file_schema() -> dict[str, Any]:
    """The schema of a test file, as JSON Schema 2020-12 has it."""
    several = {
        "oneOf": [
            {"type": "object", "additionalProperties": _ref("conversation")},
            {"type": "array", "items": _ref("conversation")},
        ]
    }
    whole = {
        "type": "object",
        "properties": {**_settings(), "conversations": several, "turns": _ref("turns")},
        "oneOf": [{"required": ["conversations"]}, {"required": ["turns"]}],
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A conversation test of Daehwa",
        "oneOf": [_ref("turns"), whole],
        "$defs": _definitions(),
    }
