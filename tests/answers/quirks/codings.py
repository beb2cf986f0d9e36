"""Bodies in another coding than their header says, and addresses that moved on their server."""

import gzip
import zlib

import brotli

from daehwa.answers.errors import KeyRefused, NotAnEndpoint, RequestRefused, UpstreamFailed
from daehwa.answers.testing import Raw, Say

from .played import HALVES, TEXT, Quirk, body, events, js, message, refusal, stream, words
from .rules import takes_no

CODINGS_OF_HTTP = "https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1"
ISSUES = "https://github.com"
STREAM = "text/event-stream"


def both(name, source, code, header):
    """One coding, as a whole answer and as a stream."""
    given = {} if header is None else {"Content-Encoding": header}
    whole = code(js(message(TEXT)))
    streamed = code(events(*words(*HALVES)))
    return (
        Quirk(name, source, TEXT, (Raw(whole, headers=given, packets=3),), only="whole"),
        Quirk(
            f"{name}, streamed",
            source,
            TEXT,
            (Raw(streamed, STREAM, headers=given, packets=9),),
            only="stream",
        ),
    )


def in_members(raw):
    return gzip.compress(raw[:40]) + gzip.compress(raw[40:])


def deflated(raw):
    return zlib.compress(raw)[2:-4]


def moved(status, place):
    return body(b"", status, "text/plain", Location=place)


CODINGS = (
    *both("gzip", f"{ISSUES}/Anionex/agent-vision-toolkit/pull/36", gzip.compress, "gzip"),
    *both("gzip in members", "https://www.rfc-editor.org/rfc/rfc1952", in_members, "gzip"),
    *both("gzip, and nothing that says so", CODINGS_OF_HTTP, gzip.compress, None),
    *both("plain, and called gzip", f"{ISSUES}/qualixar/superlocalmemory/pull/79", bytes, "gzip"),
    *both("brotli", f"{ISSUES}/ChatGPTNextWeb/NextChat/pull/3215", brotli.compress, "br"),
    *both("plain, and called brotli", f"{ISSUES}/ChatGPTNextWeb/NextChat/pull/3215", bytes, "br"),
    *both("zlib's deflate", CODINGS_OF_HTTP, zlib.compress, "deflate"),
    *both("deflate alone", CODINGS_OF_HTTP, deflated, "deflate"),
    Quirk(
        "gzip that breaks",
        CODINGS_OF_HTTP,
        UpstreamFailed,
        (Raw(gzip.compress(js(message(TEXT)))[:40] + b"\xff" * 40),),
        only="whole",
    ),
    Quirk(
        "an address that moved on its server",
        "https://www.rfc-editor.org/rfc/rfc9110#status.307",
        TEXT,
        (moved(307, "/v2/chat/completions"), stream(*words(*HALVES))),
        requests=2,
    ),
    Quirk(
        "an address that moves on and on",
        "https://www.rfc-editor.org/rfc/rfc9110#section-15.4",
        NotAnEndpoint,
        (moved(308, "/v1/chat/completions"),) * 4,
        requests=4,
    ),
    Quirk(
        "a comment that was passed on as data",
        f"{ISSUES}/mnfst/llm-gateway/issues/2053",
        TEXT,
        (Raw(b"data: : OPENROUTER PROCESSING\n\n" + events(*words(*HALVES)), STREAM, packets=5),),
        only="stream",
    ),
    Quirk(
        "a wrong key on a gateway that answers 400",
        f"{ISSUES}/BerriAI/litellm/blob/main/litellm/proxy/auth/user_api_key_auth.py",
        KeyRefused,
        (
            refusal(
                400,
                "Authentication Error, Invalid proxy server token passed.",
                type="token_not_found_in_db",
                code="401",
            ),
        ),
    ),
    Quirk(
        "a member in brackets, in an error within an error",
        "https://docs.databricks.com/aws/en/generative-ai/external-models/",
        TEXT,
        (Say(TEXT),),
        rule=takes_no(
            "seed",
            body(
                {
                    "error_code": "BAD_REQUEST",
                    "message": js(
                        {"external_model_error": {"message": "extraneous key [seed] not permitted"}}
                    ).decode(),
                },
                400,
            ),
        ),
        endpoint={"extra": {"seed": 7}},
        requests=2,
    ),
    Quirk(
        "a member that is refused, behind a gateway that answers 500",
        f"{ISSUES}/BerriAI/litellm/issues/6578",
        RequestRefused,
        (refusal(500, "litellm.BadRequestError: something about the request", code="400"),),
    ),
)
