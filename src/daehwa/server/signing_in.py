"""Signing in to the page with a token: ``/chat/signin``.

The browser keeps a cookie that proves the token and that no script can read. It comes with
requests of the page's own site only (``SameSite=Strict``), and ends with the token.
"""

from __future__ import annotations

from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from daehwa import chat
from daehwa.server.access import COOKIE, Access
from daehwa.server.chat import read_json
from daehwa.server.credentials import cookie_of
from daehwa.server.faults import exchange_of

PATH: Final = "/chat/signin"

_KEPT_SECONDS: Final = 30 * 24 * 3600


class _SignIn(msgspec.Struct, frozen=True):
    token: str


_decoder = msgspec.json.Decoder(_SignIn)


class SigningIn:
    """The endpoint that exchanges a token for the page's cookie."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @property
    def routes(self) -> list[BaseRoute]:
        """Where the endpoint is."""
        return [Route(PATH, self.answer, methods=["POST", "DELETE"])]

    async def answer(self, request: Request) -> Response:
        """``POST``: sign in with ``{"token": ...}``; ``DELETE``: sign out."""
        if request.method == "DELETE":
            return _with_cookie(request, "", 0)
        token = (await read_json(request, _decoder)).token.strip()
        if self._access.sign_in(token) is None:
            exchange_of(request).wrong_credential = True
            raise chat.ChatError("TokenUnknown")
        return _with_cookie(request, cookie_of(token), _KEPT_SECONDS)


def _with_cookie(request: Request, value: str, seconds: int) -> Response:
    response = Response(status_code=204, headers={"cache-control": "no-store"})
    forwarded = request.headers.get("x-forwarded-proto", "")
    response.set_cookie(
        COOKIE,
        value,
        max_age=seconds,
        # The browser's own default: the folder of this address, wherever a proxy has put it.
        path=None,
        secure="https" in (request.url.scheme, forwarded),
        httponly=True,
        samesite="strict",
    )
    return response
