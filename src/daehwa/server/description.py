"""``GET /openapi.json``: the description of ``/chat`` for test tools and client generators."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from daehwa.chat import openapi_json


async def _describe(_request: Request) -> Response:
    return Response(openapi_json(), media_type="application/json")


ROUTES = [Route("/openapi.json", _describe)]
