"""MHTML: a page that a browser saved whole, as one file. Source: RFC 2557."""

from __future__ import annotations

from daehwa.documents.errors import Unreadable
from daehwa.documents.html_file import read_html
from daehwa.documents.values import Document


def read_web_archive(data: bytes, name: str) -> Document:
    """The document of the page in an archive, which is its first part that is HTML.

    Raises:
        Unreadable: there is none.
    """
    import email  # noqa: PLC0415 - for those who index

    for part in email.message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                return read_html(page, name, encoding=part.get_content_charset())
    raise Unreadable("broken", "it is not a web archive: it holds no page")
