"""Web pages in a single file (MHTML): what browsers and Word save with all that belongs to a page."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes

from planparse.limits import DEFAULT, Limits
from planparse.model import ReadError, Source
from planparse.read.from_html import read_html

MEDIA_TYPE = "multipart/related"
MAX_BOUNDARIES = 100  # the parser holds every line against each that it is inside of; a saved page has one or two


def read_mhtml(content: bytes, name: str, sha256: str, limits: Limits = DEFAULT) -> Source:
    """The Source of the page, which is the first of the parts that is one; ReadError when none is."""
    if content.count(b"boundary=") > MAX_BOUNDARIES:
        raise ReadError("the parts of the file stand in each other without end; save the page again", code="damaged")
    for part in message_from_bytes(content.lstrip()).walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = part.get_payload(decode=True)
            if isinstance(page, bytes):
                source = read_html(page, name, sha256, limits, charset=part.get_content_charset())
                return replace(source, media_type=MEDIA_TYPE)
    raise ReadError("the file holds no web page; save the page from the browser again", code="damaged")
