"""The secret by which the function knows CloudFront: whoever calls the API around it has none.

CloudFront sends it as a header that a deployment has made up (``ORIGIN_SECRET_ARN`` names where);
a viewer's header of that name never arrives. What CloudFront says of the viewer in
``x-viewer-address`` and ``x-viewer-host`` is to be believed once it has been checked.
"""

from __future__ import annotations

import hmac
import os
import time
from collections.abc import Callable, Mapping

from daehwa import chat
from daehwa.answers import KeyMissing
from daehwa.aws.errors import Misconfigured
from daehwa.aws.gateway import Request
from daehwa.aws.secret import read_secret

HEADER = "x-origin-verify"
ADDRESS_HEADER, HOST_HEADER = "x-viewer-address", "x-viewer-host"
# A secret that was changed is read again, but strangers shall not have it read without end.
_READ_AGAIN_SECONDS = 60.0


class OriginSecret:
    """A secret that ``read`` gives; ``value`` is empty until it was needed."""

    def __init__(
        self, read: Callable[[], str], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._read = read
        self._clock = clock
        self._read_at = 0.0
        self.value = ""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> OriginSecret | None:
        """The secret that ``ORIGIN_SECRET_ARN`` names, ``None`` if it is not set."""
        arn = (os.environ if environ is None else environ).get("ORIGIN_SECRET_ARN")
        return cls(lambda: read_secret(arn)) if arn else None

    def check(self, request: Request) -> None:
        """See that a request came through CloudFront; the comparison takes constant time.

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
        # Without a secret nothing is right, an empty header either.
        return bool(self.value) and hmac.compare_digest(sent.encode(), self.value.encode())

    def _refresh(self) -> None:
        self._read_at = self._clock()
        try:
            self.value = self._read()
        except KeyMissing as error:
            raise Misconfigured(f"ORIGIN_SECRET_ARN: {error}") from None
        if not self.value:
            raise Misconfigured("ORIGIN_SECRET_ARN names an empty secret.")
