"""Search services that speak their real wire, on loopback: Kendra, Bedrock's Retrieve, OpenSearch.

What they claim, and from where: requests are checked against botocore's service models (kendra
2019-02-03, bedrock-agent-runtime 2023-07-26, as installed) and so are the responses that they
send; AWS JSON 1.1 and REST JSON are those models' protocols. OpenSearch's request and response are
those of "Search" and "Multi-match" in its documentation, errors as its REST layer writes them. They
are ruder than the services: answers come in pieces, and members that no model knows stand in them.
"""

import contextlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import botocore.session
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.validate import ParamValidator

KEY, SECRET = "AKIDSTUB", "stub-secret"
_MODELS = botocore.session.get_session()


class Stub:
    """What the next requests get, and what came: ``requests`` are (path, headers, body)."""

    def __init__(self):
        self.requests = []
        self.replies = []
        self.url = ""

    def script(self, *replies):
        """Send these in turn, the last one for ever: a body, or (status, body, seconds to wait)."""
        self.replies = list(replies)

    def reply(self):
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        return reply if isinstance(reply, tuple) else (200, reply, 0)


@contextlib.contextmanager
def serving_stub():
    """A ``Stub`` that is served."""
    stub = Stub()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            stub.requests.append((self.path, dict(self.headers), body))
            status, content, wait = stub.reply()
            time.sleep(wait)
            data = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(status)
            if status >= 400 and isinstance(content, dict) and "__type" in content:
                self.send_header("x-amzn-errortype", content["__type"])
            self.send_header("content-type", "application/x-amz-json-1.1")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            half = len(data) // 2
            with contextlib.suppress(OSError):
                self.wfile.write(data[:half])
                self.wfile.flush()
                time.sleep(0.01)
                self.wfile.write(data[half:])

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    stub.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield stub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def modelled(service, operation, members, *, output=False):
    """``members`` again, if the service model has them so."""
    model = _MODELS.get_service_model(service).operation_model(operation)
    shape = model.output_shape if output else model.input_shape
    report = ParamValidator().validate(members, shape)
    assert not report.has_errors(), report.generate_report()
    return members


def kendra_item(number, text, *, kind="DOCUMENT", score="HIGH", **more):
    """A result of Query."""
    return {
        "Id": f"q-{number}",
        "Type": kind,
        "Format": "TEXT",
        "DocumentId": f"s3://handbook/{number}.html",
        "DocumentTitle": {"Text": f"Page {number}", "Highlights": []},
        "DocumentExcerpt": {"Text": text, "Highlights": []},
        "DocumentURI": f"https://example.org/{number}.html",
        "ScoreAttributes": {"ScoreConfidence": score},
        "DocumentAttributes": [],
        "AdditionalAttributes": [],
        **more,
    }


def kendra_query(*items):
    """A response to Query."""
    response = {"QueryId": "q", "ResultItems": list(items), "TotalNumberOfResults": len(items)}
    return modelled("kendra", "Query", response, output=True) | {"FutureMember": {"a": [1]}}


def kendra_passages(*pairs):
    """A response to Retrieve: texts with their confidences."""
    items = [
        {
            "Id": f"r-{number}",
            "DocumentId": f"s3://handbook/{number}.html",
            "DocumentTitle": f"Page {number}",
            "Content": text,
            "DocumentURI": f"https://example.org/{number}.html",
            "ScoreAttributes": {"ScoreConfidence": score},
        }
        for number, (text, score) in enumerate(pairs, start=1)
    ]
    response = {"QueryId": "q", "ResultItems": items}
    return modelled("kendra", "Retrieve", response, output=True) | {"FutureMember": None}


def knowledge(*results):
    """A response to Bedrock's Retrieve: texts, scores and further members."""
    items = [
        {
            "content": {"text": text, "type": "TEXT"},
            "location": {"type": "S3", "s3Location": {"uri": f"s3://base/{number}.pdf"}},
            "score": score,
            **more,
        }
        for number, (text, score, more) in enumerate(results, start=1)
    ]
    response = {"retrievalResults": items}
    return modelled("bedrock-agent-runtime", "Retrieve", response, output=True) | {"future": 1}


def opensearch_hits(*sources):
    """A response to ``_search``: pairs of score and ``_source``."""
    return {
        "took": 3,
        "timed_out": False,
        "_shards": {"total": 1, "successful": 1, "skipped": 0, "failed": 0},
        "hits": {
            "total": {"value": len(sources), "relation": "eq"},
            "max_score": sources[0][0] if sources else None,
            "hits": [
                {"_index": "faq", "_id": str(number), "_score": score, "_source": source}
                for number, (score, source) in enumerate(sources, start=1)
            ],
        },
    }


def opensearch_error(status, kind, reason):
    """An error as OpenSearch's REST layer writes it."""
    cause = {"type": kind, "reason": reason}
    return status, {"error": {"root_cause": [cause], **cause}, "status": status}, 0


def signed_for(request, url, service, region):
    """Whether a request has the signature of the stub's key, by botocore's own signer."""
    path, headers, body = request
    sent = {name.lower(): value for name, value in headers.items()}
    sign = sent["authorization"]
    names = sign.partition("SignedHeaders=")[2].partition(",")[0].split(";")
    again = AWSRequest(
        "POST", url + path, data=body, headers={n: sent[n] for n in names if n != "host"}
    )
    again.context["timestamp"] = sent["x-amz-date"]
    signer = SigV4Auth(Credentials(KEY, SECRET), service, region)
    canonical = signer.canonical_request(again)
    signature = signer.signature(signer.string_to_sign(again, canonical), again)
    return sign.endswith(f"Signature={signature}") and f"/{region}/{service}/" in sign
