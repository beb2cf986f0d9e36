"""What the environment sets for the server; everything has a default.

| variable | meaning |
|---|---|
| ``DAEHWA_ACCESS_KEYS`` | ``ID:SECRET,ID:SECRET``: who may sign requests to the Lex API |
| ``DAEHWA_SIGV4`` | ``1`` demands signatures, ``0`` does not; by default on when there are keys |
| ``DAEHWA_TOKEN`` | a token that ``/chat`` and ``/v1`` demand, and with which people sign in to \
the page; by default none |
| ``DAEHWA_CREDENTIALS`` | a file with tokens and access keys, their names and scopes, read again \
when it changes; by default none |
| ``DAEHWA_OPEN`` | the doors that take everybody, of ``chat``, ``v1``, ``lex``, ``build``, \
``metrics``; by default all where only this machine reaches the server and no credential is set, \
elsewhere ``chat`` |
| ``DAEHWA_ALLOWED_ORIGINS`` | origins of other sites whose pages may call and embed |
| ``DAEHWA_ALLOWED_HOSTS`` | names under which clients may reach the server (``*`` for all, \
``.example.org`` for a domain); by default on loopback those of loopback, elsewhere all |
| ``DAEHWA_CLIENT_ATTRIBUTES`` | session and request attributes that a caller of ``/chat`` may \
set (``*`` for all); by default all where only this machine reaches the server, elsewhere none |
| ``DAEHWA_BUILDING`` | ``1`` or ``0``: bots may be made through the API, or not; by default \
where only this machine reaches the server, and where signatures are demanded |
| ``DAEHWA_DRAIN_SECONDS`` | how long turns in progress may go on after the server was asked \
to end; by default 10 |
| ``DAEHWA_WATCHDOG_SECONDS`` | with several workers, how long one may do nothing at all before \
it is ended and another started; by default 15, and 0 never ends one |
| ``DAEHWA_LOG`` | ``console``, ``json`` or ``off``; by default console on a terminal |
| ``DAEHWA_LOG_LEVEL`` | ``debug``, ``info``, ``warning`` or ``error``; by default info. Only \
``debug`` has a line for each health check, each file of the page and each step of a turn, and \
the text of errors that code hooks raise |
| ``DAEHWA_SPEECH_URL`` | an OpenAI-compatible base URL that hears and speaks |
| ``DAEHWA_SPEECH_KEY`` | its key |
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, cast, get_args

import msgspec

from daehwa.conversation import SpeechTable
from daehwa.server.hosts import is_loopback
from daehwa.server.lexapi.speech import SpeechSetting

Door = Literal["chat", "v1", "lex", "build", "metrics"]
DOORS: tuple[Door, ...] = get_args(Door)

LogFormat = Literal["console", "json", "off"]
LogLevel = Literal["debug", "info", "warning", "error"]

_YES = ("1", "true", "yes", "on")
_NO = ("0", "false", "no", "off")
_LONGEST_DRAIN = 3600
_SHORTEST_SILENCE = 3


class ServerError(Exception):
    """The server cannot be started as asked; the message names the cure."""


class TlsFiles(msgspec.Struct, frozen=True):
    """The files of a certificate (with those between it and its root) and of its key, in PEM."""

    certificate: Path
    key: Path


class ServerSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How the server behaves towards its callers.

    ``sigv4`` demands a signature by one of ``access_keys`` (id to secret) on the Lex API;
    ``unsigned`` opens it to requests without one. ``token`` is demanded on ``/chat`` and ``/v1``.
    ``credentials`` is a file with more tokens and keys. ``opened`` are the doors that take
    everybody, ``None`` for the default. ``allowed_origins`` are other sites
    whose pages may call the server and embed the chat page (``*`` for all). ``allowed_hosts``
    are names under which clients reach it; ``loopback`` says that only this machine connects, and
    ``proxied`` that proxies are trusted, which bring others' requests.
    ``client_attributes`` are the session and request attributes that a caller of ``/chat`` may set,
    ``None`` for the default.
    ``building`` says whether bots may be made through the API, or ``None`` for where that is
    safe; ``refusal`` is why they may not after all. ``page_speech`` says
    whether the chat page uses ``speech``, too. ``drain_seconds`` is how long requests and
    turns in progress may go on after the server was asked to end. ``watchdog_seconds`` is how long
    one of several workers may be silent before it is replaced, ``None`` for ever. With ``tls`` the
    server speaks HTTPS.
    """

    sigv4: bool = False
    unsigned: bool = False
    access_keys: dict[str, str] = msgspec.field(default_factory=dict)
    token: str | None = None
    credentials: Path | None = None
    opened: tuple[Door, ...] | None = None
    allowed_origins: tuple[str, ...] = ()
    allowed_hosts: tuple[str, ...] = ()
    client_attributes: tuple[str, ...] | None = None
    loopback: bool = True
    proxied: bool = False
    log_format: LogFormat = "console"
    log_level: LogLevel = "info"
    speech: SpeechSetting | None = None
    page_speech: bool = True
    building: bool | None = None
    refusal: str | None = None
    drain_seconds: float = 10.0
    watchdog_seconds: float | None = 15.0
    tls: TlsFiles | None = None
    heartbeat_seconds: float = 5.0
    ping_seconds: float = 15.0

    def __post_init__(self) -> None:
        # A missing secret fails closed.
        if self.sigv4 and not (self.access_keys or self.credentials):
            raise ServerError(
                "Signatures are required but there is no key to check them with: set "
                "DAEHWA_ACCESS_KEYS=ID:SECRET, or DAEHWA_SIGV4=0"
            )
        if self.sigv4 and "lex" in (self.opened or ()):
            raise ServerError(
                "Lex's API cannot both require signatures and let everybody in: leave 'lex' out of "
                "DAEHWA_OPEN, or set DAEHWA_SIGV4=0"
            )

    @property
    def local(self) -> bool:
        """Whether only this machine reaches the server: names of others speak for a proxy, too."""
        return self.loopback and not self.proxied and all(map(is_loopback, self.allowed_hosts))

    @property
    def attributes_allowed(self) -> frozenset[str]:
        """The attributes that a caller of ``/chat`` may set; ``*`` is all."""
        if self.client_attributes is not None:
            return frozenset(self.client_attributes)
        return frozenset({"*"} if self.local else ())

    def __repr__(self) -> str:
        """Without keys and tokens, so that no log can show them."""
        return f"ServerSettings(sigv4={self.sigv4}, token={self.token is not None})"

    @classmethod
    def from_environment(
        cls,
        environ: Mapping[str, str],
        *,
        allowed_origins: tuple[str, ...] = (),
        client_attributes: tuple[str, ...] | None = None,
        speech: SpeechTable | None = None,
    ) -> ServerSettings:
        """The settings that ``environ`` holds; the others are added to its own.

        Where it says nothing of ``speech``, that of the configuration holds.

        Raises:
            ServerError: a variable is empty or malformed; the message names it.
        """
        given = {name: environ[name].strip() for name in _VARIABLES if name in environ}
        for name, value in given.items():
            # Empty is not unset: somebody meant to say something.
            if not value:
                raise ServerError(f"{name} is empty: give it a value, or unset it")
        keys = _keys(given.get("DAEHWA_ACCESS_KEYS"))
        building = given.get("DAEHWA_BUILDING")
        credentials = given.get("DAEHWA_CREDENTIALS")
        sigv4 = _switch("DAEHWA_SIGV4", given.get("DAEHWA_SIGV4"), default=bool(keys))
        hosts = given.get("DAEHWA_ALLOWED_HOSTS", "").split(",")
        origins = given.get("DAEHWA_ALLOWED_ORIGINS", "").split(",")
        if (attributes := given.get("DAEHWA_CLIENT_ATTRIBUTES")) is not None:
            names = (name.strip() for name in attributes.split(","))
            client_attributes = (*(client_attributes or ()), *filter(None, names))
        return cls(
            sigv4=sigv4,
            unsigned=not sigv4 and "DAEHWA_SIGV4" in given,
            access_keys=keys,
            token=given.get("DAEHWA_TOKEN"),
            credentials=Path(credentials).expanduser() if credentials else None,
            opened=_doors(given.get("DAEHWA_OPEN")),
            allowed_origins=(
                *allowed_origins,
                *(origin.strip().rstrip("/") for origin in origins if origin.strip()),
            ),
            client_attributes=client_attributes,
            allowed_hosts=tuple(host.strip() for host in hosts if host.strip()),
            log_format=_log_format(given.get("DAEHWA_LOG")),
            log_level=_log_level(given.get("DAEHWA_LOG_LEVEL", "info")),
            speech=_speech(given, environ, speech),
            page_speech=speech is None or speech.page,
            building=_switch("DAEHWA_BUILDING", building, default=False) if building else None,
            drain_seconds=_seconds("DAEHWA_DRAIN_SECONDS", given.get("DAEHWA_DRAIN_SECONDS"), 10.0),
            watchdog_seconds=_watchdog(given.get("DAEHWA_WATCHDOG_SECONDS")),
        )


_VARIABLES = (
    "DAEHWA_ACCESS_KEYS",
    "DAEHWA_SIGV4",
    "DAEHWA_TOKEN",
    "DAEHWA_CREDENTIALS",
    "DAEHWA_OPEN",
    "DAEHWA_ALLOWED_ORIGINS",
    "DAEHWA_ALLOWED_HOSTS",
    "DAEHWA_CLIENT_ATTRIBUTES",
    "DAEHWA_BUILDING",
    "DAEHWA_DRAIN_SECONDS",
    "DAEHWA_LOG",
    "DAEHWA_LOG_LEVEL",
    "DAEHWA_SPEECH_URL",
    "DAEHWA_SPEECH_KEY",
    "DAEHWA_WATCHDOG_SECONDS",
)


def _speech(
    given: Mapping[str, str], environ: Mapping[str, str], table: SpeechTable | None
) -> SpeechSetting | None:
    """Where speech is heard and made: the environment's endpoint and key before the file's.

    Raises:
        ServerError: the variable with the key, which the file names, is not set.
    """
    url = given.get("DAEHWA_SPEECH_URL") or (table and table.base_url)
    if not url:
        return None
    key = given.get("DAEHWA_SPEECH_KEY")
    if table is None:
        return SpeechSetting(base_url=url, api_key=key)
    if key is None and table.key is not None:
        key = environ.get(table.key, "").strip()
        if not key:
            raise ServerError(f"[speech] names {table.key} for its key, which is not set: set it")
    return SpeechSetting(
        base_url=url,
        api_key=key,
        transcription_model=table.transcription_model,
        speech_model=table.speech_model,
        voice=table.voice,
        timeout=table.seconds,
    )


def _keys(value: str | None) -> dict[str, str]:
    keys = {}
    for position, pair in enumerate((value or "").split(","), start=1):
        key_id, colon, secret = pair.strip().partition(":")
        if value is None:
            continue
        if not (key_id and colon and secret):
            # The text is not repeated: it holds secrets.
            raise ServerError(
                f"DAEHWA_ACCESS_KEYS is malformed at its entry {position}: it takes "
                "ID:SECRET pairs with commas between them"
            )
        keys[key_id] = secret
    return keys


def _doors(value: str | None) -> tuple[Door, ...] | None:
    if value is None:
        return None
    names = [name.strip() for name in value.split(",")]
    doors = tuple(door for door in DOORS if door in names)
    if len(doors) < len(names) and names != ["none"]:
        raise ServerError(f"DAEHWA_OPEN is '{value}': use some of {', '.join(DOORS)}, or none")
    return doors


def _switch(name: str, value: str | None, *, default: bool) -> bool:
    if value is None:
        return default
    if value.lower() not in (*_YES, *_NO):
        raise ServerError(f"{name} is '{value}': use 1 or 0")
    return value.lower() in _YES


def _seconds(name: str, value: str | None, default: float) -> float:
    if value is None:
        return default
    try:
        seconds = float(value)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= _LONGEST_DRAIN:
        raise ServerError(f"{name} is '{value}': use a number of seconds, 0 to {_LONGEST_DRAIN}")
    return seconds


def _watchdog(value: str | None) -> float | None:
    seconds = _seconds("DAEHWA_WATCHDOG_SECONDS", value, 15.0)
    if 0 < seconds < _SHORTEST_SILENCE:
        # A worker shows a sign each second.
        raise ServerError(
            f"DAEHWA_WATCHDOG_SECONDS is '{value}': use {_SHORTEST_SILENCE} or more, or 0 for never"
        )
    return seconds or None


def _log_format(value: str | None) -> LogFormat:
    if value is None:
        return "console" if sys.stderr.isatty() else "json"
    if value not in ("console", "json", "off"):
        raise ServerError(f"DAEHWA_LOG is '{value}': use console, json or off")
    return value  # type: ignore[return-value]


def _log_level(value: str) -> LogLevel:
    if value not in get_args(LogLevel):
        raise ServerError(f"DAEHWA_LOG_LEVEL is '{value}': use {', '.join(get_args(LogLevel))}")
    return cast("LogLevel", value)
