"""What an upstream's error means: the body of a refusal in, one of our errors out.

Compatible servers choose their statuses freely, so their words are judged first. Sources: the
error pages of OpenAI, Azure OpenAI, Amazon Bedrock, Anthropic, Gemini, Mistral, DeepSeek and
OpenRouter, and issues of vLLM, llama.cpp, Ollama and LM Studio; ``tests/answers/quirks.py``
names one for each row.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol

from daehwa.answers import refusal_words
from daehwa.answers.errors import (
    AnswerError,
    ContentRefused,
    KeyRefused,
    ModelNotFound,
    ModelRetired,
    NotAnAnswer,
    NotAnEndpoint,
    QuestionTooLong,
    QuotaExhausted,
    RateLimited,
    Refused,
    RequestRefused,
    Unreachable,
    UpstreamFailed,
    WrittenRefusal,
)
from daehwa.answers.retry_hints import retry_after, retry_in_words, retry_member

_TOO_MANY, _TOO_LARGE, _SERVER_ERROR, _FORBIDDEN = 429, 413, 500, 403
_REDIRECTED, _LOWEST, _HIGHEST = 300, 400, 599
_REFUSED_STATUSES: dict[int, type[AnswerError]] = {
    401: KeyRefused,
    402: QuotaExhausted,
    403: KeyRefused,
    404: ModelNotFound,
    405: ModelNotFound,
    410: ModelRetired,
    413: QuestionTooLong,
    407: Unreachable,
}
# 520 to 524 and 530 are Cloudflare's words for a server behind it that failed.
_RETRIED = frozenset({408, 409, 424, 425, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529, 530})
_SHORTENED = 300
# What the upstreams call the request, for their support.
_REQUEST_IDS = ("x-request-id", "request-id", "apim-request-id", "x-amzn-requestid", "cf-ray")
# Statuses that gateways answer with whatever went wrong behind them: the body knows better.
_VAGUE = frozenset({0, 400, 500})


class Scrubber(Protocol):
    """Whatever takes out of a text what no log or error may hold."""

    def scrub(self, text: str) -> str:
        """Give ``text`` without it."""
        ...


class _Words(NamedTuple):
    """What an upstream wrote of its error, wherever in the body it stands."""

    code: str = ""
    message: str = ""
    status: int = 0
    params: tuple[str, ...] = ()
    everything: str = ""


def failure(
    status: int, given: Mapping[str, str], raw: bytes, scrubber: Scrubber | None = None
) -> AnswerError:
    """Map an upstream's error response to one of ours.

    ``status`` 0 is an error in a response that began with 200; the body may name another.
    """
    if _REDIRECTED <= status < _LOWEST:
        error: AnswerError = _redirected(status, given)
    elif is_page(raw):
        error = _page(status, given)
    else:
        error = _failure(status, given, raw, scrubber)
    error.status = error.status or status
    names = {name.lower(): value for name, value in given.items()}
    if names.get("x-should-retry") == "false":
        # OpenAI's and Anthropic's word for what their own clients do.
        error.retryable = False
    own = next((names[name] for name in _REQUEST_IDS if names.get(name)), None)
    error.upstream_request_id = own and own[:100]
    return error


def _failure(
    status: int, given: Mapping[str, str], raw: bytes, scrubber: Scrubber | None
) -> AnswerError:
    wrote = _read(raw)
    effective = wrote.status or status if status in _VAGUE else status
    message = _describe(status, wrote, scrubber)
    after = retry_after(given)
    if after is None:
        after = retry_in_words(wrote.everything)
    kind = _kind(effective, wrote.everything)
    if (
        kind is RequestRefused
        and "model" in wrote.params
        and not re.search(refusal_words.API, wrote.everything)
    ):
        kind = ModelNotFound
    error: AnswerError
    if issubclass(kind, RateLimited):
        error = RateLimited(message, retry_after=after)
    elif issubclass(kind, UpstreamFailed):
        passing = effective in _RETRIED or (
            effective < _SERVER_ERROR
            and re.search(f"{refusal_words.PASSING}|{refusal_words.DOWN}", wrote.everything)
            is not None
        )
        error = UpstreamFailed(message, retryable=passing, retry_after=after)
    else:
        error = kind(message)
    if isinstance(error, Refused):
        error.refusal = WrittenRefusal(effective, wrote.everything, wrote.params)
    error.status = effective
    return error


def not_json(raw: bytes) -> AnswerError:
    """Give the error for a response of status 200 that is not an answer."""
    if is_page(raw):
        return _page(200, {})
    return NotAnAnswer("The upstream sent something that is not a JSON object.")


def is_page(raw: bytes) -> bool:
    """Whether a body is a web page, as captive portals, proxies and gateways send."""
    start = raw[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype", b"<html", b"<head", b"<body", b"<?xml", b"<title"))


def _redirected(status: int, given: Mapping[str, str]) -> AnswerError:
    """Name where an address leads now: the key is not sent there unless the setting says so."""
    place = next((value for name, value in given.items() if name.lower() == "location"), "")
    there = f" to {place.split('?')[0][:_SHORTENED]}" if place else ""
    return NotAnEndpoint(f"The address redirects{there} ({status}).")


def _page(status: int, given: Mapping[str, str]) -> AnswerError:
    if status == _TOO_MANY:
        return RateLimited("A gateway answered 429.", retry_after=retry_after(given))
    if status in _RETRIED or status >= _SERVER_ERROR:
        return UpstreamFailed(
            f"A gateway in front of the upstream answered {status}.",
            retryable=status in _RETRIED,
            retry_after=retry_after(given),
        )
    kind = _REFUSED_STATUSES.get(status)
    if kind is not None and status != _FORBIDDEN:
        error = kind(f"The upstream answered {status} with a web page.")
        if isinstance(error, Refused):
            error.refusal = WrittenRefusal(status, "", ())
        return error
    return NotAnEndpoint(f"A web page came instead of an answer ({status}).")


def _kind(status: int, words: str) -> type[AnswerError]:
    for sign, kind, applies in _RULES:
        if applies(status, words) and re.search(sign, words):
            return kind
    if status in _REFUSED_STATUSES:
        return _REFUSED_STATUSES[status]
    if status == 0 or status in _RETRIED or status >= _SERVER_ERROR:
        return UpstreamFailed
    return RequestRefused


def _always(_status: int, _words: str) -> bool:
    return True


def _is_rate(status: int, words: str) -> bool:
    return status == _TOO_MANY and "request too large" not in words


def _is_rate_in_words(status: int, words: str) -> bool:
    return status != _TOO_LARGE and "too large" not in words


def _is_of_model(status: int, words: str) -> bool:
    """Whether it is a model that an error is about, and not a member of the request."""
    return (
        status != _SERVER_ERROR
        and _says(words, *refusal_words.MODEL)
        and not _says(words, "param", "argument")
    )


def _is_of_key(status: int, _words: str) -> bool:
    return status < _SERVER_ERROR


# What the words mean, the first that applies.
_RULES: tuple[tuple[str, type[AnswerError], Callable[[int, str], bool]], ...] = (
    (refusal_words.TEMPLATE, RequestRefused, _always),
    (refusal_words.API, RequestRefused, _always),
    (refusal_words.QUOTA, QuotaExhausted, _always),
    ("", RateLimited, _is_rate),
    (refusal_words.RATE, RateLimited, _is_rate_in_words),
    (refusal_words.DOWN, UpstreamFailed, _always),
    (refusal_words.TOO_LONG, QuestionTooLong, _always),
    (refusal_words.CONTENT, ContentRefused, _always),
    (refusal_words.RETIRED, ModelRetired, _is_of_model),
    (refusal_words.NO_MODEL, ModelNotFound, _is_of_model),
    (refusal_words.NO_PATH, ModelNotFound, _always),
    (refusal_words.UNSUPPORTED, RequestRefused, _always),
    (refusal_words.KEY, KeyRefused, _is_of_key),
)


def _says(words: str, *signs: str) -> bool:
    return any(sign in words for sign in signs)


def _read(raw: bytes) -> _Words:
    try:
        value = json.loads(raw)
    except ValueError:
        text = raw[:2000].decode(errors="replace").strip()
        return _Words(message=text, everything=text.lower())
    texts = list(_texts(value))
    error = _error(value)
    code = error.get("code") or error.get("type") or error.get("__type") or ""
    message = error.get("message") or error.get("Message") or error.get("msg")
    if not isinstance(message, str):
        message = next((text for text in texts if " " in text), "")
    return _Words(
        code=str(code),
        message=message,
        status=_status(value, error),
        params=tuple(_params(value)),
        everything=" ".join(texts).lower(),
    )


def _error(value: Any) -> dict[str, Any]:
    """Find the object that describes the error: the body itself, or somewhere inside."""
    if isinstance(value, list):
        return _error(value[0]) if value else {}
    if not isinstance(value, dict):
        return {"message": str(value)}
    for name in ("error", "errors", "detail"):
        inner = value.get(name)
        if isinstance(inner, str) and inner:
            return value | {"message": inner}
        if isinstance(inner, dict | list) and inner:
            return _error(inner)
    return value


def _status(value: Any, error: dict[str, Any]) -> int:
    outer = value if isinstance(value, dict) else {}
    stated = [error.get(name) for name in ("code", "status", "status_code")]
    stated += [outer.get(name) for name in ("code", "statusCode", "status")]
    for candidate in stated:
        if isinstance(candidate, str) and candidate.isdecimal():
            candidate = int(candidate)  # noqa: PLW2901 - some write it as a text
        if isinstance(candidate, int) and _LOWEST <= candidate <= _HIGHEST:
            return candidate
    return 0


def _texts(value: Any, depth: int = 0) -> Iterator[str]:
    """Yield the words of a body, without the input that some servers repeat in it."""
    if isinstance(value, str):
        inner = _inner(value) if depth < _DEEPEST else None
        yield from [value] if inner is None else _texts(inner, depth + 1)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name not in _REPEATED:
                yield from _texts(each, depth + 1)
                if isinstance(each, str | int | float) and (wait := retry_member(name, each)):
                    yield wait
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each, depth + 1)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)


_REPEATED = frozenset({"input", "ctx", "url", "messages", "prompt", "body"})
_DEEPEST = 6


def _inner(text: str) -> Any:
    """Read JSON that a gateway has put into a text."""
    if text.lstrip()[:1] not in {"{", "["}:
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def _params(value: Any, depth: int = 0) -> Iterator[str]:
    """Yield the members that the body names formally: ``param``, ``loc``, ``field``."""
    if isinstance(value, str) and depth < _DEEPEST and (inner := _inner(value)) is not None:
        yield from _params(inner, depth + 1)
    elif isinstance(value, list):
        for each in value:
            yield from _params(each, depth + 1)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name in {"param", "field"} and isinstance(each, str):
                yield each
            elif name == "loc" and isinstance(each, list):
                yield _path(each)
            elif name not in _REPEATED:
                yield from _params(each, depth + 1)


def _path(loc: Iterable[Any]) -> str:
    return ".".join(str(part) for part in loc if part != "body")


def _describe(status: int, wrote: _Words, scrubber: Scrubber | None) -> str:
    summary = f"The upstream answered {status or 'an error in its answer'}"
    detail = " ".join(f"{wrote.code}: {wrote.message}".split()).strip(": ")
    if scrubber is not None:
        detail = scrubber.scrub(detail)
    return f"{summary}: {detail[:_SHORTENED]}" if detail else f"{summary}."
