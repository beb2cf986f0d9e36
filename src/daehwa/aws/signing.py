"""AWS Signature Version 4, as a client makes it.

Source: "Create a signed AWS API request" in the IAM guide. boto3 would do the same and cost a
cold start half a second (``bench/lambda_start.py``).
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import quote

from daehwa.aws.errors import Misconfigured

_ALGORITHM = "AWS4-HMAC-SHA256"


class Credentials(NamedTuple):
    """Who signs. A repr does not show the secret and the token."""

    key_id: str
    secret: str
    token: str | None = None

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Credentials:
        """Read the role's credentials as Lambda puts them into the environment.

        Raises:
            Misconfigured: there are none.
        """
        environ = os.environ if environ is None else environ
        key_id, secret = environ.get("AWS_ACCESS_KEY_ID"), environ.get("AWS_SECRET_ACCESS_KEY")
        if not key_id or not secret:
            raise Misconfigured("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set.")
        return cls(key_id, secret, environ.get("AWS_SESSION_TOKEN") or None)

    def __repr__(self) -> str:
        return f"Credentials({self.key_id!r}, ***)"


def signed_headers(
    method: str,
    path: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    service: str,
    region: str,
    credentials: Credentials,
    now: datetime | None = None,
) -> dict[str, str]:
    """Give ``headers`` with those that sign the request.

    ``path`` is as it is sent, percent-encoded; there is no query. ``headers`` have lower-case
    names and hold ``host``; all of them are signed.
    """
    moment = (now or datetime.now(UTC)).strftime("%Y%m%dT%H%M%SZ")
    sent = {**headers, "x-amz-date": moment}
    if credentials.token:
        sent["x-amz-security-token"] = credentials.token
    names = ";".join(sorted(sent))
    canonical = "\n".join(
        (
            method,
            # Every service but S3 wants the encoded path encoded once more.
            quote(path, safe="/-_.~"),
            "",
            *(f"{name}:{' '.join(sent[name].split())}" for name in sorted(sent)),
            "",
            names,
            sha256(body).hexdigest(),
        )
    )
    scope = f"{moment[:8]}/{region}/{service}/aws4_request"
    to_sign = "\n".join((_ALGORITHM, moment, scope, sha256(canonical.encode()).hexdigest()))
    key = _key(credentials.secret, moment[:8], region, service)
    signature = hmac.new(key, to_sign.encode(), sha256).hexdigest()
    sent["authorization"] = (
        f"{_ALGORITHM} Credential={credentials.key_id}/{scope}, "
        f"SignedHeaders={names}, Signature={signature}"
    )
    return sent


@lru_cache(maxsize=4)
def _key(secret: str, day: str, region: str, service: str) -> bytes:
    key = f"AWS4{secret}".encode()
    for part in (day, region, service, "aws4_request"):
        key = hmac.new(key, part.encode(), sha256).digest()
    return key
