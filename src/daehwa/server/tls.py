"""HTTPS: a certificate and its key from files, or one that is made at the start."""

from __future__ import annotations

import asyncio
import ipaddress
import shutil
import ssl
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

import structlog

from daehwa.server.settings import ServerError, TlsFiles

LOOK_SECONDS: Final = 1.0
"""How often the files are looked at; a change has to be over for so long."""

_DAYS = "30"
_NAMES = ("localhost",)
_ADDRESSES = ("127.0.0.1", "::1")

_log = structlog.get_logger(__name__)


def checked(files: TlsFiles) -> TlsFiles:
    """The files, if they fit together.

    Raises:
        ServerError: one cannot be read, or the key is not the certificate's.
    """
    try:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(files.certificate, files.key, password="")
    except FileNotFoundError as error:
        missing = error.filename or f"{files.certificate} or {files.key}"
        raise ServerError(f"{missing} does not exist: check the TLS options") from None
    except (OSError, ssl.SSLError) as error:
        raise ServerError(
            f"{files.certificate} and {files.key} are not a certificate and its key in PEM, "
            f"without a passphrase: {error}"
        ) from None
    return files


async def watch_certificate(files: TlsFiles, replaced: Callable[[], None]) -> None:
    """Call ``replaced`` whenever other files are there, for ever.

    Files that do not fit together, as while one of them is still the old one, change nothing.
    """
    used = looked = _state(files)
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        before, looked = looked, _state(files)
        if looked in (used, None) or looked != before:
            continue
        used = looked
        try:
            checked(files)
        except ServerError as error:
            _log.error("certificate_not_read", error=str(error), valid="the previous one")
        else:
            _log.info("certificate_changed", file=str(files.certificate))
            replaced()


def _state(files: TlsFiles) -> tuple[tuple[int, int, int], ...] | None:
    """Which files are there, and as of when; ``None`` if one is not."""
    try:
        states = [file.stat() for file in (files.certificate, files.key)]
    except OSError:
        return None
    return tuple((one.st_mtime_ns, one.st_size, one.st_ino) for one in states)


def make_certificate(folder: Path, host: str) -> TlsFiles:
    """Make a certificate for this machine in ``folder``, valid for 30 days.

    It is self-signed: clients have to be shown it (``AWS_CA_BUNDLE``, ``curl --cacert``).

    Raises:
        ServerError: it cannot be made; the message names the cure.
    """
    files = TlsFiles(folder / "tls-certificate.pem", folder / "tls-key.pem")
    command = shutil.which("openssl")
    if command is None:
        raise ServerError(
            "--tls makes its certificate with openssl, which is not here: install it "
            "(apt-get install openssl), or name files with --tls-certificate and --tls-key"
        )
    run = subprocess.run(  # noqa: S603 - openssl itself, with our own arguments
        [
            *(command, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-noenc", "-days", _DAYS, "-subj", "/CN=localhost/O=Daehwa"),
            *("-addext", f"subjectAltName={_alternative_names(host)}"),
            *("-addext", "basicConstraints=critical,CA:TRUE"),
            *("-keyout", str(files.key), "-out", str(files.certificate)),
        ],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if run.returncode != 0:
        raise ServerError(f"openssl cannot make a certificate in {folder}: {run.stderr.strip()}")
    files.key.chmod(0o600)
    return files


def _alternative_names(host: str) -> str:
    """What the certificate is for: this machine's own names, and the address listened on."""
    names, addresses = [*_NAMES], [*_ADDRESSES]
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        if host not in names:
            names.append(host)
    else:
        if not address.is_unspecified and str(address) not in addresses:
            addresses.append(str(address))
    return ",".join([*(f"DNS:{name}" for name in names), *(f"IP:{one}" for one in addresses)])
