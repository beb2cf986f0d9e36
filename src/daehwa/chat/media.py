"""The media types of the chat page's files, wherever they are served from."""

from __future__ import annotations

import mimetypes
from pathlib import PurePosixPath

# What the platform's tables may not know, or know otherwise.
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".md": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
    ".ico": "image/x-icon",
    ".license": "text/plain; charset=utf-8",
}


def media_type(name: str) -> str:
    """The media type of a file, by its name."""
    known = _TYPES.get(PurePosixPath(name).suffix.lower())
    return known or mimetypes.guess_type(name)[0] or "application/octet-stream"
