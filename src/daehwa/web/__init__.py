"""The chat page: static files that any web server can hand out.

No build step and no other host: `STATIC` is served as it is, by the local server, from S3
or behind CloudFront. The page finds its API beside itself unless the ``<meta
name="daehwa-api">`` of ``index.html`` names another address, or a ``.json`` file with
``{"api": ADDRESS}`` (which is how a deployment that learns its address late passes it on).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

__all__ = ["CONTENT_SECURITY_POLICY", "PREVIEW", "STATIC", "content_security_policy"]

STATIC = Path(__file__).parent / "static"
# What shows the page's owner their settings at work; no part of the page.
PREVIEW = Path(__file__).parent / "preview"


def content_security_policy(
    *, api: Iterable[str] = (), parents: Iterable[str] = (), image_hosts: Iterable[str] = ()
) -> str:
    """Give the Content-Security-Policy header that the page is written for.

    ``api``: origins that the page may call besides its own. ``parents``: origins of the
    sites that may embed it, besides its own (``frame-ancestors``); this list is what keeps
    a stranger's page from framing the chat. ``image_hosts``: who serves pictures besides; an
    address of any other host would carry away what a model was made to write into it.
    """
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            " ".join(("img-src 'self'", *(f"https://{host}" for host in image_hosts))),
            " ".join(("connect-src 'self'", *api)),
            "base-uri 'none'",
            "form-action 'none'",
            " ".join(("frame-ancestors 'self'", *parents)),
            # Nobody may turn text into HTML: the page builds its elements one by one.
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


CONTENT_SECURITY_POLICY = content_security_policy()
