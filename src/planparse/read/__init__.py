"""Stage 1, read: a file becomes a Source. The format is chosen by content before suffix; one module a format."""

from __future__ import annotations

import hashlib
from pathlib import Path

from planparse.model import ReadError, Source
from planparse.read.from_text import read_text

TEXT_SUFFIXES = {".txt", ".text", ".md", ""}
LATER = {
    b"PK\x03\x04": "a Word, OFD or other zip package",
    b"\xd0\xcf\x11\xe0": "a legacy Word or Excel file",
    b"{\\rtf": "an RTF file",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
}
LATER_SUFFIXES = {".docx", ".doc", ".wps", ".ofd", ".html", ".htm", ".xlsx", ".xls", ".rtf", ".png", ".jpg", ".jpeg"}


def read_bytes(content: bytes, name: str = "-", *, password: str | None = None) -> Source:
    """The Source of one file's content; `name` is what the output calls it. ReadError says what to do next."""
    sha256 = hashlib.sha256(content).hexdigest()
    if not content.strip():
        raise ReadError("the file is empty; nothing to extract", code="empty")
    if content[:1024].lstrip().startswith(b"%PDF-"):
        from planparse.read.from_pdf import read_pdf

        return read_pdf(content, name, sha256, password=password)
    _refuse_unreadable(content, name)
    try:
        return read_text(content, name, sha256)
    except ReadError:
        if b"\x00" in content[:4096]:
            raise ReadError("this is a binary file, not a document; give a text or PDF file", code="binary") from None
        raise


def _refuse_unreadable(content: bytes, name: str) -> None:
    suffix = Path(name).suffix.lower()
    kind = next((kind for magic, kind in LATER.items() if content.startswith(magic)), None)
    looks_like_html = content[:512].lstrip().lower().startswith((b"<!doctype html", b"<html"))
    if suffix == ".pdf":
        raise ReadError(
            "the suffix says PDF, but there is no PDF header; the file may be truncated: fetch it again", code="damaged"
        )
    if kind or looks_like_html or suffix in LATER_SUFFIXES:
        what = suffix or (kind or "HTML")
        raise ReadError(f"cannot read {what} yet; save it as text or PDF and try again", code="unsupported-format")
