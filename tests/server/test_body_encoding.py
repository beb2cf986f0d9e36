"""Compressed requests are refused by every door in its own words, not read as something else."""

import gzip

import pytest
from asgi import call

BODY = gzip.compress(b'{"text": "hello"}')
KENDRA = {"x-amz-target": "AWSKendraFrontendService.Query"}
SESSION = "/bots/SCRIPTBOT1/botAliases/TSTALIASID/botLocales/ko_KR/sessions/s1"


def of_chat(answer):
    return answer.json["error"]["code"], answer.json["error"]["message"]


def of_aws(answer):
    return answer.headers["x-amzn-errortype"], answer.json["message"]


UNSUPPORTED = "UnsupportedMediaTypeException"


@pytest.mark.parametrize(
    ("encoding", "request_line", "read", "code"),
    [
        ("gzip", ("POST", "/chat"), of_chat, "EncodingUnsupported"),
        ("deflate, gzip", ("POST", "/v1/chat/completions"), of_chat, "EncodingUnsupported"),
        ("GZIP", ("POST", f"{SESSION}/text"), of_aws, UNSUPPORTED),
        ("br", ("PUT", "/bots/"), of_aws, UNSUPPORTED),
        ("gzip", ("POST", "/", KENDRA), of_aws, UNSUPPORTED),
    ],
)
async def test_a_compressed_body_is_refused_with_the_cure(app, encoding, request_line, read, code):
    method, path, *more = request_line
    headers = {"content-encoding": encoding} | (more[0] if more else {})
    answer = await call(app, method, path, BODY, headers)
    assert answer.status == 415
    name, message = read(answer)
    assert name == code
    assert "without Content-Encoding" in message


@pytest.mark.parametrize("encoding", ["identity", "", " Identity "])
async def test_a_body_that_is_as_it_is_may_say_so(app, encoding):
    answer = await call(app, "POST", "/chat", {"text": "hello"}, {"content-encoding": encoding})
    assert answer.status == 200


@pytest.mark.parametrize(
    ("codings", "request_line", "read", "code"),
    [
        (["gzip, chunked"], ("POST", "/chat"), of_chat, "TransferCodingUnsupported"),
        (["gzip", "chunked"], ("POST", "/chat"), of_chat, "TransferCodingUnsupported"),
        (["x, Chunked"], ("POST", "/v1/responses"), of_chat, "TransferCodingUnsupported"),
        (["deflate,chunked"], ("POST", f"{SESSION}/text"), of_aws, UNSUPPORTED),
    ],
)
async def test_a_body_that_is_compressed_for_the_way_is_refused(
    app, codings, request_line, read, code
):
    """RFC 9112, 6.1; of two lines the last one alone would be a body in the clear."""
    fields = [("transfer-encoding", coding) for coding in codings]
    answer = await call(app, *request_line, BODY, fields)
    assert answer.status == 501
    name, message = read(answer)
    assert (name, "only chunked is read" in message) == (code, True)


@pytest.mark.parametrize("codings", ["chunked", " Chunked", "chunked,"])
async def test_a_body_in_chunks_is_read(app, codings):
    answer = await call(app, "POST", "/chat", {"text": "hello"}, {"transfer-encoding": codings})
    assert answer.status == 200
