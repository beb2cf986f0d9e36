"""Secrets in files: ``NAME_FILE`` names the file that holds what ``NAME`` would.

So secrets come as containers, Kubernetes and systemd hand them out, and stand in no
environment that was written down for the process.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path
from typing import Final

SECRETS: Final = (
    "DAEHWA_ACCESS_KEYS",
    "DAEHWA_SPEECH_KEY",
    "DAEHWA_STORE_URL",
    "DAEHWA_TOKEN",
    "OPENAI_API_KEY",
    "OTEL_EXPORTER_OTLP_HEADERS",
)
"""The variables that may be given by a file."""


class SecretFileError(Exception):
    """A file of a secret cannot be used; the message names the variable and the cure."""


def read_secret_files(environ: MutableMapping[str, str]) -> None:
    """Set each secret of ``environ`` whose file it names; line ends around it do not count.

    Raises:
        SecretFileError: the file is not there, is empty or holds no text, or the secret is
            given twice.
    """
    for name in SECRETS:
        path = environ.get(f"{name}_FILE")
        if path is None:
            continue
        if name in environ:
            raise SecretFileError(f"{name} and {name}_FILE are both set: unset one of them")
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SecretFileError(
                f"{name}_FILE is {path!r}, which cannot be read: {error.strerror}"
            ) from None
        except UnicodeDecodeError:
            raise SecretFileError(f"{name}_FILE is {path!r}, which holds no text") from None
        if not value:
            raise SecretFileError(f"{name}_FILE is {path!r}, which is empty")
        environ[name] = value
