"""A collector of OpenTelemetry's on loopback: takes OTLP over HTTP, and keeps the spans."""

import contextlib
import gzip
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)


class Spans(list):
    """The spans that came, as OTLP's own values; ``resources`` are the attributes of who sent."""

    def __init__(self):
        super().__init__()
        self.resources = []

    def take(self, body):
        message = ExportTraceServiceRequest.FromString(body)
        for group in message.resource_spans:
            self.resources.append(attributes(group.resource))
            for scope in group.scope_spans:
                self.extend(scope.spans)

    def named(self, name):
        return [span for span in self if span.name == name]

    def under(self, parent):
        return [span for span in self if span.parent_span_id == parent.span_id]

    def tree(self, span):
        """The names below a span, in the order of their beginnings."""
        below = sorted(self.under(span), key=lambda one: one.start_time_unix_nano)
        return {span.name: [self.tree(one) if self.under(one) else one.name for one in below]}


def attributes(value):
    plain = {}
    for pair in value.attributes:
        kind = pair.value.WhichOneof("value")
        inner = getattr(pair.value, kind)
        plain[pair.key] = (
            [item.string_value for item in inner.values] if kind == "array_value" else inner
        )
    return plain


@contextlib.contextmanager
def collecting():
    """Run a collector for the block; gives its address and the spans that come."""
    spans = Spans()

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            if self.headers.get("content-encoding") == "gzip":
                body = gzip.decompress(body)
            assert self.path == "/v1/traces"
            assert self.headers["content-type"] == "application/x-protobuf"
            spans.take(body)
            reply = ExportTraceServiceResponse().SerializeToString()
            self.send_response(200)
            self.send_header("content-type", "application/x-protobuf")
            self.send_header("content-length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", spans
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
