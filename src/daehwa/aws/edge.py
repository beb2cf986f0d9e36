"""What a request passes before the chat takes it: who may come in, from where, and how often.

| variable | meaning |
|---|---|
| ``ORIGIN_SECRET_ARN`` | the secret that CloudFront sends; without it everybody may call |
| ``ALLOWED_ORIGINS`` | sites whose pages may call, with commas between |
| ``CLIENT_ATTRIBUTES`` | request and session attributes that a client may set; ``*`` is all |
| ``LOGIN_ISSUER``, ``LOGIN_AUDIENCE`` | whose tokens are wanted of everybody (``login``) |
| ``COUNTER_TABLE``, ``ADDRESS_RATE``, ``DAILY_TURNS``, ``LIMITS`` | limits (``limits``) |

A plain event comes from whoever may invoke the function: of all these only the limits of a day
are for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from daehwa import chat
from daehwa.aws.cross_origin import CrossOrigin
from daehwa.aws.gateway import Request
from daehwa.aws.limits import CallLimits, pseudonym
from daehwa.aws.origin_secret import ADDRESS_HEADER, OriginSecret

if TYPE_CHECKING:
    from daehwa.aws.login import Login

_READING = ("GET", "HEAD")
_ATTRIBUTES = ("requestAttributes", "sessionAttributes")


class Edge:
    """The checks, in the order in which a request passes them."""

    def __init__(
        self,
        *,
        origin: OriginSecret | None = None,
        cross: CrossOrigin | None = None,
        login: Login | None = None,
        limits: CallLimits | None = None,
        attributes: Iterable[str] = (),
    ) -> None:
        self._origin = origin
        self._cross = cross or CrossOrigin()
        self._login = login
        self.limits = limits or CallLimits(None)
        self._attributes = frozenset(attributes)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Edge:
        """Make it of what the deployment set.

        Raises:
            Misconfigured: something is wrong with it.
        """
        names = environ.get("CLIENT_ATTRIBUTES", "").split(",")
        return cls(
            origin=OriginSecret.from_environment(environ),
            cross=CrossOrigin.from_environment(environ),
            login=_login(environ),
            limits=CallLimits.from_environment(environ),
            attributes=filter(None, map(str.strip, names)),
        )

    def headers(self, request: Request) -> dict[str, str]:
        """The headers that every answer to the request has, errors too."""
        return self._cross.headers(request)

    def admit(self, request: Request) -> dict[str, Any] | None:
        """Let a request in, or give the whole answer to it: to a preflight, or signing in.

        Raises:
            chat.ChatError: it may not come in.
            Misconfigured: the deployment's secret cannot be read.
        """
        if request.plain:
            return None
        if self._origin is not None:
            self._origin.check(request)
        answer = self._cross.preflight(request)
        if answer is not None:
            return answer
        self._cross.check(request)
        if self._login is not None:
            answer = self._login.answer(request)
            if answer is not None:
                return answer
            self._login.check(request)
        if request.method not in _READING:
            self.limits.check_address(self._pseudonym(request))
        return None

    def limited_address(self, request: Request) -> str:
        """The pseudonym of a caller's address; empty where the caller's turns have no rates."""
        if request.plain or not self.limits.by_rate:
            return ""
        return self._pseudonym(request)

    def _pseudonym(self, request: Request) -> str:
        address = request.headers.get(ADDRESS_HEADER) if self._origin else None
        salt = self._origin.value if self._origin else ""
        return pseudonym(address or request.source_address, salt)

    def check_attributes(self, request: Request, message: Mapping[str, Any]) -> None:
        """Check that a message sets no attributes but those that a client may set.

        Raises:
            chat.ChatError: it does; a bot's conditions and code hooks trust what stands there.
        """
        if request.plain:
            return
        given = (message.get(kind) for kind in _ATTRIBUTES)
        names = (name for one in given if isinstance(one, dict) for name in one)
        # Ours are left out silently elsewhere, and another shape is refused elsewhere.
        strange = (name for name in names if not name.startswith("daehwa:"))
        chat.check_client_attributes(strange, self._attributes)


def _login(environ: Mapping[str, str]) -> Login | None:
    if not environ.get("LOGIN_ISSUER"):
        return None
    # Imported here: a chat for everybody does without it.
    from daehwa.aws import login  # noqa: PLC0415

    return login.from_environment(environ)
