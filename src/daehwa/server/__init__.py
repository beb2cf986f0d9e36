"""HTTP: the Lex runtime API, ``/chat``, the OpenAI-compatible API, the page, health, metrics.

``serve`` runs it all; ``doors`` is the application alone, for tests and for other servers.
"""

from daehwa.server.access import DoorState, door_states
from daehwa.server.application import Application, doors
from daehwa.server.credentials import CredentialsError
from daehwa.server.folder import hold_folder
from daehwa.server.hosts import is_loopback
from daehwa.server.logs import configure_logs
from daehwa.server.openai_sessions import session_of_user
from daehwa.server.serving import check_address, serve
from daehwa.server.settings import LogFormat, ServerError, ServerSettings, TlsFiles
from daehwa.server.tls import make_certificate

__all__ = [
    "Application",
    "CredentialsError",
    "DoorState",
    "LogFormat",
    "ServerError",
    "ServerSettings",
    "TlsFiles",
    "check_address",
    "configure_logs",
    "door_states",
    "doors",
    "hold_folder",
    "is_loopback",
    "make_certificate",
    "serve",
    "session_of_user",
]
