"""The reference of ``/chat``: requests, replies, events, errors and examples."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import chat_korean
import msgspec

from daehwa import chat, lex
from daehwa.chat import openapi_document

_INTRODUCTION = """\
# The `/chat` API

[한국어](chat.ko.md)

`daehwa serve` and the deployment [on AWS](aws.md) answer the same requests. They are JSON over
HTTP; a server whose chat is not open to everybody also requires `Authorization: Bearer TOKEN`.
`GET /openapi.json` returns the same description as OpenAPI 3.1, for test tools and generators of
clients.

Each session has a secret. `POST /chat/sessions` returns it; if a message without a secret starts a
session, the response has the secret in the header `X-Session-Secret`. Send it in the same header
with every further request of the session. If only this machine can reach the server, or if your
program sends a token, you can leave it out: the session's id is enough
([who may do what](server.md#who-may-do-what)).
"""

_ABOUT_EVENTS = """\
A stream begins with `start` and ends with `done` or `error`. One that ends in any other way
was cut off, and its turn can be followed. A comment (`: ping`) keeps a silent stream open."""
_ABOUT_ERRORS = """\
A request that cannot be served gets this status and an [ErrorBody](#errorbody). Its `message`
is in Korean or English, by `Accept-Language`; in an event, by the conversation's language. If
Lex or a code hook has explained what is wrong, `message` is that explanation instead."""

_SAMPLES: dict[str, Any] = {
    "ChatRequest": chat.ChatRequest(
        text="책 추천해 주세요", session_id="visitor-1", locale_id="ko_KR", message_id="m-1"
    ),
    "ChatReply": chat.ChatReply(
        msg="어떤 분위기의 책을 찾으세요?",
        session_id="visitor-1",
        message_id="m-1",
        messages=(lex.Message(content_type="PlainText", content="어떤 분위기의 책을 찾으세요?"),),
        source="intent",
        bot_id="PADOBOOKS1",
        locale_id="ko_KR",
        request_id="9f0c1f6e-9a53-4b43-8a2e-0d5f2a5f7b1c",
        intent=chat.ChatIntent(name="RecommendBook", state="InProgress", confirmation_state="None"),
        slots={"Mood": None},
        dialog_action=lex.DialogAction(type="ElicitSlot", slot_to_elicit="Mood"),
        session_attributes={},
        timing=chat.Timing(total_ms=2.4, nlu_ms=1.1),
    ),
    "Feedback": chat.Feedback(rating="down", comment="제가 물은 게 아니에요"),
    "ErrorBody": chat.ErrorBody(
        error=chat.Fault(
            code="TextTooLong",
            message=chat.ChatError("TextTooLong", length=1025, limit=chat.TEXT_LIMIT).line("en"),
            request_id="9f0c1f6e-9a53-4b43-8a2e-0d5f2a5f7b1c",
        )
    ),
}
_EVENTS: tuple[tuple[str, Any], ...] = (
    (
        "start",
        chat.StartEvent(
            session_id="visitor-1",
            message_id="m-1",
            request_id="9f0c1f6e-9a53-4b43-8a2e-0d5f2a5f7b1c",
        ),
    ),
    ("status", chat.StatusEvent(state="answering", source="chatgpt", line="답변을 쓰고 있어요.")),
    ("delta", chat.DeltaEvent(text="아주 ")),
    ("delta", chat.DeltaEvent(text="커요.")),
)


Words = Callable[[str], str]


def reference(note: str) -> str:
    """The page."""
    return _page(note, _INTRODUCTION, lambda text: text)


def korean_reference(note: str) -> str:
    """The same page in Korean; raises ``LookupError`` for a sentence without its Korean."""
    return _page(note, chat_korean.INTRODUCTION, chat_korean.korean)


def _page(note: str, introduction: str, words: Words) -> str:
    lines = [note, "", introduction, f"## {words('Requests')}", ""]
    for operation in chat.OPERATIONS:
        lines += _operation(operation, words)
    lines += [
        f"## {words('Values')}",
        "",
        words("A member with a question mark may be left out."),
        "",
    ]
    for name, schema in openapi_document()["components"]["schemas"].items():
        if "oneOf" not in schema:
            lines += _value(name, schema, words)
    lines += _events(words)
    lines += _limits(words)
    lines += _errors(words)
    return "\n".join(lines).rstrip() + "\n"


def _operation(operation: chat.ChatOperation, words: Words) -> list[str]:
    lines = [f"### `{operation.method} {operation.path}`", "", words(operation.description), ""]
    if operation.secret:
        secret = words("the session's secret")
        lines.append(f"- `{chat.SECRET_HEADER}`: {secret}")
    lines += [f"- `?{name}=`: {words(about)}" for name, about in operation.query.items()]
    if operation.body is not None:
        lines.append(f"- {words('Body')}: {_link(operation.body.__name__)}")
    for status, value in operation.replies.items():
        reply = words("nothing") if value is None else _link(_name(value))
        if operation.streams and status == HTTPStatus.OK:
            streamed = words(", or [events](#{events}) for `Accept: text/event-stream`")
            reply += streamed.format(events=words("Events").lower())
        if status == HTTPStatus.ACCEPTED:
            reply += words(", on AWS, where a request has to be answered within half a minute")
        lines.append(f"- {status}: {reply}")
    lines += [f"- {words('Errors')}: {', '.join(f'`{code}`' for code in operation.errors)}", ""]
    if operation.name == "say":
        lines += _sample("ChatRequest") + _sample("ChatReply")
    return lines


def _value(name: str, schema: dict[str, Any], words: Words) -> list[str]:
    # What a value means stands in the first paragraph; the rest is for whoever reads the code.
    meaning = schema.get("description", "").partition("\n\n")[0].replace("``", "`")
    lines = [f"### {name}", "", words(meaning), ""]
    required = schema.get("required", ())
    lines += [f"| {words('member')} | {words('type')} | |", "|---|---|---|"]
    for member, about in schema.get("properties", {}).items():
        mark = "" if member in required else "?"
        lines.append(f"| `{member}`{mark} | {_type(about, words)} | {_meaning(about, words)} |")
    lines.append("")
    if name in _SAMPLES and name not in ("ChatRequest", "ChatReply"):
        lines += _sample(name)
    return lines


def _events(words: Words) -> list[str]:
    lines = [
        f"## {words('Events')}",
        "",
        words(_ABOUT_EVENTS),
        "",
        f"| {words('event')} | {words('data')} |",
        "|---|---|",
    ]
    lines += [f"| `{name}` | {_link(value.__name__)} |" for name, value in chat.EVENTS.items()]
    lines += ["", "```"]
    for name, value in _EVENTS:
        lines += [f"event: {name}", f"data: {msgspec.json.encode(value).decode()}", ""]
    return [*lines, "event: done", 'data: {"msg":"아주 커요.", ...}', "```", ""]


def _limits(words: Words) -> list[str]:
    characters, days = words("{count:,} characters"), words("{count} days by default")
    rows = {
        "a text": characters.format(count=chat.TEXT_LIMIT),
        "a comment": characters.format(count=chat.COMMENT_LIMIT),
        "a request": f"{chat.BODY_LIMIT // 1024} KB",
        "a session's id": f"`{chat.SESSION_ID}`",
        "a message's id": f"`{chat.MESSAGE_ID}`",
        "turns in a transcript": words("{count} at a time").format(count=chat.TURNS_SHOWN),
        "a transcript, after its session's end": days.format(count=chat.KEEP_DAYS),
    }
    lines = [f"## {words('Limits')}", "", "| | |", "|---|---|"]
    return [*lines, *(f"| {words(name)} | {limit} |" for name, limit in rows.items()), ""]


def _errors(words: Words) -> list[str]:
    lines = [
        f"## {words('Errors')}",
        "",
        words(_ABOUT_ERRORS),
        "",
        "| " + " | ".join(map(words, ("code", "status", "English", "Korean"))) + " |",
        "|---|---|---|---|",
    ]
    for code, error in sorted(chat.ERRORS.items(), key=lambda each: each[1].status):
        english, korean = (line.replace("|", "\\|") for line in (error.english, error.korean))
        lines.append(f"| `{code}` | {error.status} | {english} | {korean} |")
    return lines


def _sample(name: str) -> list[str]:
    builtins = msgspec.to_builtins(_SAMPLES[name])
    if name == "ChatRequest":
        builtins = {member: value for member, value in builtins.items() if value is not None}
    return ["```json", json.dumps(builtins, ensure_ascii=False, indent=2), "```", ""]


def _type(schema: dict[str, Any], words: Words) -> str:  # noqa: PLR0911 - a kind of schema each
    match schema:
        case {"$ref": ref}:
            return _link(str(ref).rpartition("/")[2])
        case {"anyOf": kinds}:
            return words(" or ").join(_type(each, words) for each in kinds)
        case {"enum": values}:
            return ", ".join(f'`"{value}"`' for value in values)
        case {"const": value}:
            return f'`"{value}"`'
        case {"type": "array", "items": items}:
            return words("list of {inner}").format(inner=_type(items, words))
        case {"type": "object"}:
            inner = schema.get("additionalProperties")
            if inner:
                return words("object of {inner}").format(inner=_type(inner, words))
            return "object"
        case {"type": kind}:
            return str(kind)
    return "any"


def _meaning(schema: dict[str, Any], words: Words) -> str:
    parts = [words(schema.get("description", ""))]
    if "maxLength" in schema:
        parts.append(words("At most {count:,} characters.").format(count=schema["maxLength"]))
    return " ".join(filter(None, parts)).replace("|", "\\|")


def _link(name: str) -> str:
    return f"[{name}](#{name.lower()})"


def _name(value: Any) -> str:
    return str(getattr(value, "__origin__", value).__name__)
