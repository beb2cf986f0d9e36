"""Amazon Bedrock's runtime on loopback: Converse and ConverseStream, as in botocore's model."""

import json
import re
from urllib.parse import unquote

import botocore.session
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.compat import HTTPHeaders
from botocore.credentials import Credentials
from botocore.validate import ParamValidator

from daehwa.server.lexapi.eventstream import encode_message

from .loopback import Loopback

_PATH = re.compile(r"/model/([^/]+)/(converse|converse-stream)")
_MODEL = botocore.session.get_session().get_service_model("bedrock-runtime")


def frame(kind, payload, *, message="event"):
    """One event of a stream, or an ``exception``."""
    headers = {f":{message}-type": kind, ":content-type": "application/json"}
    headers[":message-type"] = message
    return encode_message(headers, json.dumps(payload, ensure_ascii=False).encode())


SECRET = "not-a-real-secret"
_SIGNED = re.compile(
    r"Credential=([^/]+)/\d+/([^/]+)/bedrock/.*SignedHeaders=([^,]+), *Signature=(\w+)"
)


class _Verifying(SigV4Auth):
    """Takes all headers that are named as signed; botocore itself would sign no user agent."""

    def headers_to_sign(self, request):
        chosen = HTTPHeaders()
        for name, value in request.headers.items():
            chosen[name.lower()] = value
        return chosen


def is_signed(sent):
    """Whether a request is signed with ``SECRET``, as AWS works it out from what arrived."""
    key, region, names, signature = _SIGNED.search(sent.header("authorization")).groups()
    headers = {name: sent.header(name) for name in names.split(";")}
    url = f"http://{headers['host']}{sent.path}"
    request = AWSRequest(sent.method, url, headers=headers, data=sent.raw)
    request.context["timestamp"] = headers["x-amz-date"]
    auth = _Verifying(Credentials(key, SECRET), "bedrock", region)
    to_sign = auth.string_to_sign(request, auth.canonical_request(request))
    return auth.signature(to_sign, request) == signature


class StubBedrock(Loopback):
    """Says ``text`` and ends for ``reason``; a body that Converse does not know is refused.

    ``refused`` are members of a model's own that the model does not take. With ``breaks`` a
    stream ends in that exception after its first words.
    """

    def __init__(self, text="네, 오후 3시입니다.", reason="end_turn"):
        self.text, self.reason = text, reason
        self.refused = set()
        self.breaks = None
        self.status = 200
        self.thought = False
        self.requests = []
        super().__init__()

    def answer(self, sent):
        self.requests.append(sent)
        if not is_signed(sent):
            return self._refusal(403, "InvalidSignatureException", "The signature does not match")
        model_id, operation = _PATH.fullmatch(sent.path).groups()
        name = {"converse": "Converse", "converse-stream": "ConverseStream"}[operation]
        given = sent.json | {"modelId": unquote(model_id)}
        shape = _MODEL.operation_model(name).input_shape
        report = ParamValidator().validate(given, shape)
        unknown = set(given) - set(shape.members)
        blank = [one for one in given["messages"] if not one["content"][0]["text"].strip()]
        if report.has_errors() or unknown or blank or given["messages"][0]["role"] != "user":
            return self._refusal(400, "ValidationException", f"Malformed: {unknown or blank}")
        own = self.refused & set(given.get("additionalModelRequestFields", {}))
        if own:
            words = f"{min(own)}: Extra inputs are not permitted"
            return self._refusal(400, "ValidationException", words)
        if self.status != 200:
            return self._refusal(self.status, "ThrottlingException", "Too many requests")
        return self._whole() if name == "Converse" else self._stream()

    def _refusal(self, status, name, words):
        return status, {"x-amzn-errortype": name}, {"message": words}

    def _whole(self):
        content = [{"text": self.text}]
        if self.thought:
            content.insert(0, {"reasoningContent": {"reasoningText": {"text": "hm"}}})
        return (
            200,
            {"content-type": "application/json"},
            {
                "output": {"message": {"role": "assistant", "content": content}},
                "stopReason": self.reason,
                "usage": {
                    "inputTokens": 20,
                    "cacheReadInputTokens": 5,
                    "outputTokens": 7,
                    "totalTokens": 32,
                },
                "metrics": {"latencyMs": 12},
            },
        )

    def _stream(self):
        frames = [frame("messageStart", {"role": "assistant"})]
        if self.thought:
            delta = {"reasoningContent": {"text": "hm"}}
            frames.append(frame("contentBlockDelta", {"delta": delta, "contentBlockIndex": 0}))
        for word in re.findall(r"\S+\s*", self.text):
            delta = {"delta": {"text": word}, "contentBlockIndex": 1}
            frames.append(frame("contentBlockDelta", delta))
            if self.breaks:
                frames.append(frame(self.breaks, {"message": "no"}, message="exception"))
                break
        else:
            frames.append(frame("contentBlockStop", {"contentBlockIndex": 1}))
            frames.append(frame("messageStop", {"stopReason": self.reason}))
            usage = {"inputTokens": 20, "outputTokens": 7, "totalTokens": 27}
            frames.append(frame("metadata", {"usage": usage, "metrics": {"latencyMs": 12}}))
        return 200, {"content-type": "application/vnd.amazon.eventstream"}, b"".join(frames)
