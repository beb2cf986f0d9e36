"""Sending and fetching the files of exports and imports, at addresses that the account gave."""

from __future__ import annotations

import http.client
import os
import ssl
import time
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from daehwa.cli import account_faults
from daehwa.cli.account_faults import AccountError

_FAULTS = 500
NETWORK_SECONDS = 120


def send_file(url: str, data: bytes) -> None:
    """Put a file's bytes at an address.

    Raises:
        AccountError: the address refuses, or cannot be reached.
    """
    _exchange(_request(url, data))


def fetch_file(url: str) -> bytes:
    """The bytes of the file at an address; errors as ``send_file``."""
    return _exchange(_request(url))


def _exchange(request: urllib.request.Request) -> bytes:
    """Read from an address that the account gave.

    Raises:
        AccountError: nothing does.
    """
    bundle = os.environ.get("AWS_CA_BUNDLE")  # as boto3 reads it
    trusted = ssl.create_default_context(cafile=bundle) if bundle else None
    pauses = iter(account_faults.PAUSES)
    while True:
        try:
            with urllib.request.urlopen(  # noqa: S310 - _request looked at it
                request, timeout=NETWORK_SECONDS, context=trusted
            ) as answer:
                data: bytes = answer.read()
                return data
        except (OSError, http.client.HTTPException) as error:
            pause = next(pauses, None)
            refused = isinstance(error, urllib.error.HTTPError) and error.code < _FAULTS
            if refused or pause is None:
                host = urlsplit(request.full_url).netloc
                raise AccountError(
                    f"{host}, through which bots are sent, refuses or cannot be reached: {error}"
                ) from None
            time.sleep(pause)


def _request(url: str, data: bytes | None = None) -> urllib.request.Request:
    if urlsplit(url).scheme not in ("http", "https"):
        raise AccountError(f"the account returned an address that is not http or https: {url}")
    method = "GET" if data is None else "PUT"
    return urllib.request.Request(url, data=data, method=method)  # noqa: S310 - looked at above
