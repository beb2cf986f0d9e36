"""The span of a request, by OpenTelemetry's conventions for HTTP servers.

A path may hold the id of a session, which opens it: the route stands in its place.
"""

from __future__ import annotations

from starlette.types import Scope

from daehwa import tracing
from daehwa.server.http_exchange import HttpExchange

_CARRIED = (b"traceparent", b"tracestate")
_SERVER_ERROR = 500


def request_span(
    tracer: tracing.Tracer | None, exchange: HttpExchange, scope: Scope
) -> tracing.TraceSpan:
    """Begin the span of a request, within the caller's own where it sent ``traceparent``."""
    if tracer is None:
        return tracing.NO_SPAN
    carried = {
        name.decode(): exchange.headers[name].decode("latin-1")
        for name in _CARRIED
        if name in exchange.headers
    }
    method: str = scope["method"]
    return tracer.span(
        method,
        "server",
        {
            "http.request.method": method,
            "url.scheme": scope["scheme"],
            "network.protocol.version": scope["http_version"],
            "http.response.header.x-request-id": (exchange.request_id,),
        },
        carried=carried,
    )


def end_request_span(span: tracing.TraceSpan, exchange: HttpExchange, scope: Scope) -> None:
    """End it, with the route and the status that are known by now."""
    if span.recording:
        span.rename(f"{scope['method']} {exchange.route}")
        span.note(
            {
                "http.route": exchange.route,
                "url.path": exchange.route,
                "http.response.status_code": exchange.status,
            }
        )
    # A caller's own mistake is not a failure of the server.
    failed = exchange.status >= _SERVER_ERROR or not exchange.status
    span.end((exchange.error or str(exchange.status)) if failed else "")
