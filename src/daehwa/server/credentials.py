"""Who may do what: tokens and access keys, each with a name and with scopes.

They come from the environment and from a file (``DAEHWA_CREDENTIALS``), which is read again
when it changes, so that a credential can be replaced while the server runs:

    [tokens.page]                     # people sign in to the page with it; programs send it
    secret = ["the new one", "the old one"]
    scopes = ["chat"]

    [tokens.prometheus]
    sha256 = "the digest of the secret, in hexadecimal"
    scopes = ["operate"]

    [keys.AKIAEXAMPLE]                # signs requests to Lex's APIs
    secret = "…"
    scopes = ["chat", "build"]
    name = "shop"                     # two keys of one name have the same sessions
"""

from __future__ import annotations

import hmac
import re
import time
import tomllib
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal

import msgspec
import structlog

Scope = Literal["chat", "build", "operate"]

_LOOK_SECONDS: Final = 1.0
_COOKIE_FOR: Final = b"daehwa: signed in to the page"
_NAME = re.compile(r"[0-9A-Za-z._-]{1,64}")
_log = structlog.get_logger("daehwa.audit")


class CredentialsError(Exception):
    """The credentials cannot be read; the message says where and why, and holds none of them."""


class Principal(msgspec.Struct, frozen=True):
    """Who sends a request: the ``name`` of the credential, and what it allows.

    ``shared`` says that many people may stand behind it, as behind a page's visitors: their
    sessions need a secret each.
    """

    name: str = ""
    scopes: frozenset[Scope] = frozenset()
    shared: bool = False

    def owner(self, door: str) -> str:
        """The owner of the sessions that are begun through ``door``, as a store has it."""
        if self.name:
            return f"{door}:{self.name}"
        # Sessions of the terminal, and of earlier releases, have no owner.
        return "" if door == "chat" else door


class _Token(msgspec.Struct, forbid_unknown_fields=True):
    secret: str | list[str] = msgspec.field(default_factory=list)
    sha256: str | list[str] = msgspec.field(default_factory=list)
    scopes: frozenset[Scope] = frozenset({"chat"})


class _Key(msgspec.Struct, forbid_unknown_fields=True):
    secret: str
    scopes: frozenset[Scope] = frozenset({"chat", "build"})
    name: str = ""


class _File(msgspec.Struct, forbid_unknown_fields=True):
    tokens: dict[str, _Token] = {}
    keys: dict[str, _Key] = {}


class CredentialSet:
    """The tokens and keys that are valid at one moment. No representation shows any."""

    def __init__(
        self,
        tokens: Iterable[tuple[bytes, Principal]] = (),
        keys: Mapping[str, tuple[str, Principal]] | None = None,
    ) -> None:
        self._tokens = tuple(tokens)
        self._keys = dict(keys or {})
        self.secrets: Mapping[str, str] = {name: key[0] for name, key in self._keys.items()}

    @classmethod
    def of_environment(cls, token: str | None, keys: Mapping[str, str]) -> CredentialSet:
        """Those that the environment names: a token for the chat, keys for both of Lex's APIs."""
        return cls(
            [] if token is None else [(_digest(token), Principal("token", frozenset({"chat"})))],
            {
                name: (secret, Principal(name, frozenset({"chat", "build"})))
                for name, secret in keys.items()
            },
        )

    @classmethod
    def read(cls, path: Path) -> CredentialSet:
        """Those of a file.

        Raises:
            CredentialsError: it cannot be read, or says something else than it should.
        """
        try:
            content = msgspec.convert(tomllib.loads(path.read_text("utf-8")), _File)
        except msgspec.ValidationError as error:
            raise CredentialsError(f"{path} is not valid: {error}") from None
        except (OSError, ValueError) as error:
            # The text of a TOML error holds a place, not the line.
            raise CredentialsError(f"{path} cannot be read: {error}") from None
        tokens = []
        for name, token in content.tokens.items():
            _check_name(path, name)
            principal = Principal(name, token.scopes)
            digests = [*map(_digest, _listed(path, token.secret))]
            for digest in _listed(path, token.sha256):
                if not re.fullmatch("[0-9a-fA-F]{64}", digest):
                    raise CredentialsError(f"{path}: the sha256 of the token {name} is not valid")
                digests.append(bytes.fromhex(digest))
            if not digests:
                raise CredentialsError(f"{path}: the token {name} has no secret")
            tokens += [(digest, principal) for digest in digests]
        keys = {}
        for key_id, key in content.keys.items():
            _check_name(path, key.name or key_id)
            (secret,) = _listed(path, key.secret)
            keys[key_id] = (secret, Principal(key.name or key_id, key.scopes))
        return cls(tokens, keys)

    def __or__(self, other: CredentialSet) -> CredentialSet:
        """These and those of ``other``."""
        return CredentialSet((*self._tokens, *other._tokens), {**self._keys, **other._keys})

    @property
    def has_tokens(self) -> bool:
        """Whether there is a token at all."""
        return bool(self._tokens)

    def allow(self, scope: Scope) -> bool:
        """Whether one of the tokens has this scope."""
        return any(scope in principal.scopes for _, principal in self._tokens)

    def names(self, scope: Scope, *, keys: bool) -> tuple[str, ...]:
        """The names of the credentials with this scope, those of ``keys`` included or not."""
        principals = [principal for _, principal in self._tokens]
        principals += [principal for _, principal in self._keys.values()] if keys else []
        return tuple(sorted({one.name for one in principals if scope in one.scopes}))

    def of_token(self, token: str) -> Principal | None:
        """Who sends this token."""
        digest = _digest(token)
        return self._matching(lambda one: hmac.compare_digest(one, digest))

    def of_cookie(self, cookie: str) -> Principal | None:
        """Who has signed in with the token that this cookie was made for."""
        sent = cookie.encode()
        principal = self._matching(lambda one: hmac.compare_digest(_cookie(one).encode(), sent))
        if principal is None:
            return None
        scopes: frozenset[Scope] = principal.scopes & frozenset({"chat"})
        return Principal(principal.name, scopes, shared=True)

    def of_key(self, key_id: str) -> Principal:
        """Who signs with this key."""
        return self._keys[key_id][1]

    def _matching(self, matches: Callable[[bytes], bool]) -> Principal | None:
        # All are compared, so that the time does not reveal which one matched.
        matching = [principal for digest, principal in self._tokens if matches(digest)]
        return matching[0] if matching else None


class CredentialSource:
    """The credentials as they are now: those of the environment, and of a file if there is one.

    Raises:
        CredentialsError: the file cannot be read at the start. Later the last ones stay valid.
    """

    def __init__(self, fixed: CredentialSet, path: Path | None = None) -> None:
        self._fixed = fixed
        self._path = path
        self._looked = time.monotonic()
        self._seen = None if path is None else _identity(path)
        self._current = fixed if path is None else fixed | CredentialSet.read(path)

    def current(self) -> CredentialSet:
        """The credentials that are valid now; a changed file is noticed within a second."""
        if self._path is not None and time.monotonic() - self._looked > _LOOK_SECONDS:
            self._looked = time.monotonic()
            self._refresh(self._path)
        return self._current

    def _refresh(self, path: Path) -> None:
        seen = _identity(path)
        if seen == self._seen:
            return
        self._seen = seen
        try:
            self._current = self._fixed | CredentialSet.read(path)
        except CredentialsError as error:
            _log.error("credentials_not_read", error=str(error), valid="the previous ones")
        else:
            _log.info("credentials_changed", file=str(path), outcome="ok")


def cookie_of(token: str) -> str:
    """What a browser keeps that signed in with ``token``: it proves the token without being it."""
    return _cookie(_digest(token))


def _cookie(digest: bytes) -> str:
    return hmac.digest(digest, _COOKIE_FOR, "sha256").hex()


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()


def _listed(path: Path, given: str | list[str]) -> list[str]:
    values = [given] if isinstance(given, str) else given
    if not all(value.strip() for value in values):
        raise CredentialsError(f"{path} has an empty secret: give it a value, or leave it out")
    return values


def _check_name(path: Path, name: str) -> None:
    if not _NAME.fullmatch(name):
        raise CredentialsError(f"{path}: a name has 1 to 64 letters, digits or . _ - ({name!r})")


def _identity(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
