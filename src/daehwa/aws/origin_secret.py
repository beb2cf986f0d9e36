"""The secret by which the function knows CloudFront: whoever calls the API around it has none.

CloudFront sends it as a header that a deployment has made up (``ORIGIN_SECRET_ARN`` names where);
a viewer's header of that name never arrives. What CloudFront says of the viewer in
``x-viewer-address`` and ``x-viewer-host`` is to be believed once it has been checked.

CloudFront goes on with the old secret until a deployment gives it the new one: for an hour after
the change both are right.
"""

from __future__ import annotations

import hmac
import json
import os
import time
from collections.abc import Callable, Mapping

from daehwa import chat
from daehwa.answers import KeyMissing
from daehwa.aws.errors import Misconfigured
from daehwa.aws.gateway import Request
from daehwa.aws.secret import CURRENT, PREVIOUS, SecretVersion, read_version

HEADER = "x-origin-verify"
ADDRESS_HEADER, HOST_HEADER = "x-viewer-address", "x-viewer-host"
# A secret that was changed is read again, but strangers shall not have it read without end.
_READ_AGAIN_SECONDS = 60.0
# For how long the secret before is right beside one that was just put there.
_BOTH_SECONDS = 3600.0


class OriginSecret:
    """A secret whose versions ``read`` gives by their stages; ``value`` is empty until needed."""

    def __init__(
        self, read: Callable[[str], SecretVersion], *, clock: Callable[[], float] = time.time
    ) -> None:
        self._read = read
        self._clock = clock
        self._read_at = float("-inf")
        self.value = ""
        self._before, self._before_until = "", 0.0

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> OriginSecret | None:
        """The secret that ``ORIGIN_SECRET_ARN`` names, ``None`` if it is not set."""
        arn = (os.environ if environ is None else environ).get("ORIGIN_SECRET_ARN")
        return cls(lambda stage: read_version(arn, stage)) if arn else None

    def check(self, request: Request) -> None:
        """Check that a request came through CloudFront; the comparison takes constant time.

        Raises:
            chat.ChatError: it did not.
            Misconfigured: the secret cannot be read.
        """
        sent = request.headers.get(HEADER, "")
        if self._is(sent):
            return
        if not self.value or self._clock() - self._read_at > _READ_AGAIN_SECONDS:
            self._refresh()
            if self._is(sent):
                return
        raise chat.ChatError("AddressClosed")

    def _is(self, sent: str) -> bool:
        before = self._before if self._clock() < self._before_until else ""
        # Without a secret nothing is right, an empty header either.
        return any(
            hmac.compare_digest(sent.encode(), one.encode()) for one in (self.value, before) if one
        )

    def _refresh(self) -> None:
        self._read_at = self._clock()
        try:
            current = self._read(CURRENT)
        except KeyMissing as error:
            if not self.value:
                raise Misconfigured(f"ORIGIN_SECRET_ARN: {error}") from None
            # Whoever has the secret that is known comes in; this one does not.
            print(json.dumps({"event": "origin_secret_unread", "detail": str(error)}))  # noqa: T201
            return
        if not current.text:
            raise Misconfigured("ORIGIN_SECRET_ARN names an empty secret.")
        self.value = current.text
        self._before_until = current.made_at + _BOTH_SECONDS
        self._before = self._read_before() if self._clock() < self._before_until else ""

    def _read_before(self) -> str:
        try:
            return self._read(PREVIOUS).text
        except KeyMissing:
            return ""  # a first secret has none before it
