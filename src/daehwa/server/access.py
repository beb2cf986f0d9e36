"""Which doors are open to whom, and the one check for all of them.

| door | what it is | scope |
|---|---|---|
| ``chat`` | ``/chat``, which the page uses too | ``chat`` |
| ``v1`` | the OpenAI-compatible API | ``chat`` |
| ``lex`` | Lex's runtime API | ``chat`` |
| ``build`` | Lex's model-building API | ``build`` |
| ``metrics`` | ``/metrics`` | ``operate`` |

An open door takes everybody; any other takes those whose credential has its scope. If only this
machine reaches the server, all doors are open until there are credentials. Otherwise only ``chat``
is open, and its sessions are private.
"""

from __future__ import annotations

from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from typing import Final, TypeVar

import msgspec

from daehwa import chat, lex, limits
from daehwa.server.credentials import CredentialSet, CredentialSource, Principal, Scope
from daehwa.server.http_exchange import HttpExchange
from daehwa.server.settings import DOORS, Door, ServerSettings
from daehwa.server.sigv4 import Signature, SignedRequest, Verifier

COOKIE: Final = "daehwa_page"
"""The cookie of a browser that has signed in."""

SCOPES: Final[dict[Door, Scope]] = {
    "chat": "chat",
    "v1": "chat",
    "lex": "chat",
    "build": "build",
    "metrics": "operate",
}
_CURES: Final[dict[Door, str]] = {
    "chat": "DAEHWA_TOKEN, or DAEHWA_OPEN=chat",
    "v1": "DAEHWA_TOKEN, or DAEHWA_OPEN=v1",
    "lex": "DAEHWA_ACCESS_KEYS, or DAEHWA_OPEN=lex",
    "build": "DAEHWA_ACCESS_KEYS, or DAEHWA_BUILDING=1",
    "metrics": "DAEHWA_CREDENTIALS, or DAEHWA_OPEN=metrics",
}
_BEARER: Final = b"bearer"
_COOKIE_NAME: Final = COOKIE.encode()


class DoorState(msgspec.Struct, frozen=True):
    """A door, to whom it is open (``everybody``, or the names), and the setting that says so.

    Where it is open to nobody, ``setting`` is what would open it.
    """

    door: Door
    everybody: bool
    names: tuple[str, ...]
    setting: str


def opened_doors(settings: ServerSettings) -> dict[Door, str]:
    """The doors that take everybody, each with the setting that opens it."""
    opened: dict[Door, str] = {}
    if settings.opened is not None:
        opened |= dict.fromkeys(settings.opened, "DAEHWA_OPEN")
    elif settings.credentials is None:
        here = "--host: only this machine reaches it"
        if settings.token is None:
            opened["chat"] = here if settings.local else "--host"
        if settings.local:
            opened["metrics"] = here
            if settings.token is None:
                opened["v1"] = here
            if not settings.sigv4:
                opened["lex"] = here
                opened["build"] = here
    if settings.unsigned:
        opened["lex"] = "DAEHWA_SIGV4=0"
    if settings.building and not settings.sigv4:
        opened["build"] = "DAEHWA_BUILDING=1"
    if settings.building is False:
        opened.pop("build", None)
    return {door: opened[door] for door in DOORS if door in opened}


def door_states(settings: ServerSettings) -> list[DoorState]:
    """Every door: to whom it is open, and by which setting.

    Raises:
        CredentialsError: the file of the credentials cannot be read.
    """
    opened = opened_doors(settings)
    credentials = _source(settings).current()
    states = []
    for door in DOORS:
        names = credentials.names(SCOPES[door], keys=door in ("lex", "build"))
        if door == "build" and settings.building is False:
            states.append(DoorState(door, everybody=False, names=(), setting="DAEHWA_BUILDING=0"))
        else:
            setting = opened.get(door) or (_granting(settings) if names else _CURES[door])
            states.append(DoorState(door, door in opened, names, setting))
    return states


def _granting(settings: ServerSettings) -> str:
    """The settings that credentials come from."""
    given = {
        "DAEHWA_TOKEN": settings.token,
        "DAEHWA_ACCESS_KEYS": settings.access_keys,
        "DAEHWA_CREDENTIALS": settings.credentials,
    }
    return ", ".join(name for name, value in given.items() if value)


class Access:
    """Who sends a request, and whether a door is open to them.

    A request with a token, a signature or a cookie that is wrong is marked in its exchange
    (``wrong_credential``), for whoever counts such requests.

    Raises:
        CredentialsError: the file of the credentials cannot be read.
    """

    def __init__(self, settings: ServerSettings) -> None:
        self._source = _source(settings)
        self._opened = frozenset(opened_doors(settings))
        self._anyone = Principal(shared=not settings.local)

    def identify(self, exchange: HttpExchange, door: Door) -> None:
        """Record who sends a request to ``door``."""
        exchange.principal = self._anyone
        headers = exchange.headers
        scheme, space, token = headers.get(b"authorization", b"").partition(b" ")
        if space and scheme.lower() == _BEARER:
            credentials = self._source.current()
            principal = credentials.of_token(token.strip().decode("latin-1"))
            exchange.wrong_credential = principal is None and credentials.has_tokens
            exchange.principal = _known(principal) or self._anyone
        elif door == "chat" and _COOKIE_NAME in headers.get(b"cookie", b""):
            cookie = _cookie(headers[b"cookie"])
            principal = self._source.current().of_cookie(cookie)
            exchange.wrong_credential = principal is None
            exchange.principal = _known(principal) or self._anyone

    def refusal(self, exchange: HttpExchange, door: Door) -> chat.ChatError | None:
        """Why the door is closed to whoever sends the request; ``None`` if it is open."""
        scope = SCOPES[door]
        if door in self._opened or scope in exchange.principal.scopes:
            return None
        if exchange.principal.name:
            return chat.ChatError("ScopeMissing", scope=scope)
        if self._source.current().allow(scope):
            return chat.ChatError("TokenMissing")
        return chat.ChatError("DoorClosed", cure=_CURES[door])

    def authorize(
        self, exchange: HttpExchange, door: Door, signed: Callable[[], SignedRequest]
    ) -> Signature | None:
        """Let a request to one of Lex's APIs in: its signature, where one was checked.

        Raises:
            lex.AccessDeniedException: it may not come in.
        """
        scope = SCOPES[door]
        if door in self._opened or scope in exchange.principal.scopes:
            return None
        if exchange.principal.name:
            raise lex.AccessDeniedException(chat.ChatError("ScopeMissing", scope=scope).line("en"))
        credentials = self._source.current()
        if not credentials.secrets:
            raise lex.AccessDeniedException(
                chat.ChatError("DoorClosed", cure=_CURES[door]).line("en")
            )
        try:
            signature = Verifier(credentials.secrets).verify(signed())
        except lex.AccessDeniedException:
            exchange.wrong_credential = True
            raise
        principal = credentials.of_key(signature.key_id)
        if scope not in principal.scopes:
            raise lex.AccessDeniedException(
                f"The key {signature.key_id} does not have the scope '{scope}'."
            )
        exchange.principal = _known(principal)
        return signature

    def sign_in(self, token: str) -> Principal | None:
        """Who signs in to the page with this token, if it opens the chat."""
        principal = self._source.current().of_token(token)
        return principal if principal is not None and "chat" in principal.scopes else None


_PrincipalT = TypeVar("_PrincipalT", Principal, Principal | None)


def _known(principal: _PrincipalT) -> _PrincipalT:
    """Let the limits count what this principal does."""
    if principal is not None and principal.name:
        limits.verified_key(principal.name)
    return principal


def _source(settings: ServerSettings) -> CredentialSource:
    fixed = CredentialSet.of_environment(settings.token, settings.access_keys)
    return CredentialSource(fixed, settings.credentials)


def _cookie(header: bytes) -> str:
    try:
        cookies = SimpleCookie(header.decode("latin-1"))
    except CookieError:
        return ""
    return cookies[COOKIE].value if COOKIE in cookies else ""
