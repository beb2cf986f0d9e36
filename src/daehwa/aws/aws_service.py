"""One AWS service over ``http.client``: a connection that is kept, signed JSON requests."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import ssl
import time
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from daehwa.aws.errors import AwsError, AwsUnreachable, Misconfigured, unreadable
from daehwa.aws.signing import Credentials, signed_headers

_ELSEWHERE = 300
# Services close what is idle for longer; a frozen function does not notice.
_KEPT_SECONDS = 5.0
_CONNECT_SECONDS = 3.0
_PIECE = 1 << 20


class AwsService:
    """A service in one region, one request at a time.

    ``prefix`` is the first part of its host name, ``signing_name`` what its signatures name.
    ``AWS_ENDPOINT_URL_<NAME>`` or ``AWS_ENDPOINT_URL`` in the environment move it elsewhere,
    as in AWS's own SDKs, and ``AWS_CA_BUNDLE`` is the file of certificates that are trusted.
    ``region`` is the environment's, unless it is given.
    """

    def __init__(
        self,
        name: str,
        *,
        prefix: str,
        signing_name: str,
        environ: Mapping[str, str] | None = None,
        region: str | None = None,
    ) -> None:
        environ = os.environ if environ is None else environ
        self._environ = environ
        region = region or environ.get("AWS_REGION") or environ.get("AWS_DEFAULT_REGION")
        if not region:
            raise Misconfigured("AWS_REGION is not set.")
        self.name = name
        self._region = region
        self._signing_name = signing_name
        own = f"AWS_ENDPOINT_URL_{name.upper().replace(' ', '_')}"
        address = (
            environ.get(own)
            or environ.get("AWS_ENDPOINT_URL")
            or f"https://{prefix}.{region}.{_domain(region)}"
        )
        self._url = urlsplit(address)
        self._connection: http.client.HTTPConnection | None = None
        self._used = 0.0

    def call(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        timeout: float,
    ) -> dict[str, Any]:
        """Send a request and give the JSON that comes back.

        ``path`` is percent-encoded; ``timeout`` is in seconds, for each wait on the network.

        Raises:
            AwsError: the service refused, or did not answer (``AwsUnreachable``).
        """
        raw = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        sent = {"host": self._url.netloc, "content-type": "application/json", **(headers or {})}
        path = self._url.path.rstrip("/") + path
        # Read for each call: Lambda's credentials are those of its environment.
        credentials = Credentials.from_environment(self._environ)
        signed = signed_headers(
            method,
            path,
            sent,
            raw,
            service=self._signing_name,
            region=self._region,
            credentials=credentials,
        )
        status, given, content = self._exchange(method, path, raw, signed, timeout)
        answer = _json(content)
        # None of these services leads elsewhere: who does is not a service.
        if status >= _ELSEWHERE:
            answer = answer or {}
            code = str(given.get("x-amzn-errortype") or answer.get("__type") or status)
            # `com.amazon...#Name` and `Name:http://...` are both in use.
            code = code.split(":", 1)[0].rsplit("#", 1)[-1]
            message = answer.get("message") or answer.get("Message") or ""
            raise AwsError(self.name, status, code, str(message))
        if answer is None:
            raise unreadable(self.name)
        return answer

    def download(self, path: str, target: BinaryIO, *, timeout: float) -> None:
        """Write what is at ``path`` (of unreserved characters alone) to ``target``.

        Raises:
            AwsError: the service refused, or broke off (``AwsUnreachable``).
        """
        sent = {"host": self._url.netloc, "x-amz-content-sha256": sha256(b"").hexdigest()}
        path = self._url.path.rstrip("/") + path
        signed = signed_headers(
            "GET",
            path,
            sent,
            b"",
            service=self._signing_name,
            region=self._region,
            credentials=Credentials.from_environment(self._environ),
        )
        self.close()
        connection, _ = self._connect(timeout)
        try:
            connection.request("GET", path, None, signed)
            response = connection.getresponse()
            if response.status >= _ELSEWHERE:
                raise AwsError(self.name, response.status, str(response.status), path)
            while piece := response.read(_PIECE):
                target.write(piece)
        except (OSError, http.client.HTTPException) as error:
            raise self._broken(error, sent=True) from None
        finally:
            self.close()

    def close(self) -> None:
        """Close the connection; the next call opens another."""
        if self._connection is not None:
            with contextlib.suppress(OSError):
                self._connection.close()
        self._connection = None

    def _exchange(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str], timeout: float
    ) -> tuple[int, dict[str, str], bytes]:
        while True:
            connection, fresh = self._connect(timeout)
            try:
                connection.request(method, path, body or None, dict(headers))
                response = connection.getresponse()
                content = response.read()
            except (
                http.client.RemoteDisconnected,
                ConnectionResetError,
                BrokenPipeError,
            ) as error:
                self.close()
                if not fresh:
                    continue  # it was closed while nobody looked: nothing was taken
                raise self._broken(error, sent=True) from None
            except (OSError, http.client.HTTPException) as error:
                self.close()
                raise self._broken(error, sent=True) from None
            self._used = time.monotonic()
            given = {name.lower(): value for name, value in response.getheaders()}
            if response.will_close:
                self.close()
            return response.status, given, content

    def _connect(self, timeout: float) -> tuple[http.client.HTTPConnection, bool]:
        if self._connection is not None and time.monotonic() - self._used > _KEPT_SECONDS:
            self.close()
        if self._connection is not None:
            _set_timeout(self._connection, timeout)
            return self._connection, False
        host, port = self._url.hostname or "", self._url.port
        seconds = min(timeout, _CONNECT_SECONDS)
        connection = (
            http.client.HTTPSConnection(host, port, timeout=seconds, context=self._trust())
            if self._url.scheme == "https"
            else http.client.HTTPConnection(host, port, timeout=seconds)
        )
        try:
            connection.connect()
        except OSError as error:
            connection.close()
            raise self._broken(error, sent=False) from None
        _set_timeout(connection, timeout)
        self._connection = connection
        return connection, True

    def _trust(self) -> ssl.SSLContext | None:
        """What certificates are checked by: an emulator's own, if ``AWS_CA_BUNDLE`` names it."""
        bundle = self._environ.get("AWS_CA_BUNDLE")
        return ssl.create_default_context(cafile=bundle) if bundle else None

    def _broken(self, error: Exception, *, sent: bool) -> AwsUnreachable:
        return AwsUnreachable(self.name, f"no answer ({type(error).__name__})", sent=sent)


def _set_timeout(connection: http.client.HTTPConnection, seconds: float) -> None:
    connection.timeout = seconds
    if connection.sock is not None:
        connection.sock.settimeout(seconds)


def _domain(region: str) -> str:
    return "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"


def _json(content: bytes) -> dict[str, Any] | None:
    """The object in an answer, an empty one for no content; ``None`` if it is something else."""
    try:
        answer = json.loads(content) if content else {}
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None
