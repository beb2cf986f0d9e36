"""HTTP: the Lex runtime API, ``/chat``, the OpenAI-compatible API, the page, health, metrics.

``serve`` runs it all; ``doors`` is the application alone, for tests and for other servers.
"""

from daehwa.server.application import Application, doors
from daehwa.server.hosts import is_loopback
from daehwa.server.logs import configure_logs
from daehwa.server.openai_api import session_of_user
from daehwa.server.serving import check_address, serve
from daehwa.server.settings import LogFormat, ServerError, ServerSettings

__all__ = [
    "Application",
    "LogFormat",
    "ServerError",
    "ServerSettings",
    "check_address",
    "configure_logs",
    "doors",
    "is_loopback",
    "serve",
    "session_of_user",
]
