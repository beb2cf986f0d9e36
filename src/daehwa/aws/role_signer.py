"""Requests to Amazon Bedrock's OpenAI-compatible API, signed by the function's role."""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

from daehwa.answers import Signer, region_of
from daehwa.aws.signing import Credentials, signed_headers


def role_signer(base_url: str, region: str | None) -> Signer:
    """What signs requests with the credentials that are in the environment at the time.

    Raises:
        SettingInvalid: there is no region.
    """
    place = region_of(base_url, region, os.environ)

    def sign(url: str, headers: Mapping[str, str], body: bytes) -> dict[str, str]:
        parts = urlsplit(url)
        return signed_headers(
            "POST",
            parts.path,
            {"host": parts.netloc, **{name.lower(): value for name, value in headers.items()}},
            body,
            service="bedrock",
            region=place,
            credentials=Credentials.from_environment(),
        )

    return sign
