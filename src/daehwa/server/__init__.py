"""HTTP: the Lex runtime API, ``/chat``, the OpenAI-compatible API, the page, health, metrics.

``serve`` runs it all; ``doors`` is the application alone, for tests and for other servers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from daehwa.server.logs import configure_logs
from daehwa.server.serving import GRACE_SECONDS, check_address, is_loopback, serve
from daehwa.server.settings import LogFormat, ServerError, ServerSettings

if TYPE_CHECKING:
    from daehwa.server.application import Application, doors

__all__ = [
    "GRACE_SECONDS",
    "Application",
    "LogFormat",
    "ServerError",
    "ServerSettings",
    "check_address",
    "configure_logs",
    "doors",
    "is_loopback",
    "serve",
]


def __getattr__(name: str) -> Any:
    # The application loads the metrics, which must see the workers' folder when they load.
    if name in ("Application", "doors"):
        from daehwa.server import application  # noqa: PLC0415

        return getattr(application, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
