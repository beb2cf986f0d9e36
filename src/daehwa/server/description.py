"""``GET /openapi.json``: what testers' tools and client generators read of ``/chat``."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from daehwa.chat import openapi_json


async def _describe(_request: Request) -> Response:
    return Response(openapi_json(), media_type="application/json")


ROUTES = [Route("/openapi.json", _describe)]
