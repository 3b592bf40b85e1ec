"""Stage 1, read: a file becomes a Source. The format is chosen by content before suffix; one module a format."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import regex

from planparse.limits import DEFAULT, Limits
from planparse.model import Ocr, ReadError, Source, Warning
from planparse.read.from_markdown import is_markdown, read_markdown
from planparse.read.from_text import read_text
from planparse.suffixes import BY_FORM, KNOWN

IMAGES = {
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
}
_HTML = regex.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html|head|body|meta|title|link|script|style|div|section|article|main|center|table|ul|ol|p|h[1-6]|br|font|span|strong|b)\b",
    regex.I | regex.S,
)
_MHTML = regex.compile(rb"\s*(?:[\w-]++:.*\n(?:[ \t].*\n)*+)*?MIME-Version:\s*1\.0", regex.I)


def read_bytes(
    content: bytes,
    name: str = "-",
    *,
    password: str | None = None,
    ocr: Ocr = "auto",
    limits: Limits = DEFAULT,
) -> Source:
    """The Source of one file's content; `name` is what the output calls it. ReadError says what to do next."""
    sha256 = hashlib.sha256(content).hexdigest()
    if not content.strip():
        raise ReadError("the file is empty; nothing to extract", code="empty")
    try:
        source = _read(content, name, sha256, password, ocr, limits)
    except (ValueError, OverflowError, RecursionError) as error:  # what no writer of the format produces
        raise ReadError(f"the file is malformed ({error}); fetch it again, or save it anew", code="damaged") from None
    limits.check("max_characters", len(source.text), "characters in the document", code="too-large")
    return _with_suffix_warning(source)


def _read(content: bytes, name: str, sha256: str, password: str | None, ocr: Ocr, limits: Limits) -> Source:
    if b"%PDF-" in content[:1024]:
        from planparse.read.from_pdf import read_pdf

        return read_pdf(content, name, sha256, password=password, ocr=ocr, limits=limits)
    if content.startswith(b"PK\x03\x04"):
        return _read_package(content, name, sha256, ocr, limits)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        from planparse.read.from_doc import read_doc

        return read_doc(content, name, sha256, limits)
    if content.startswith(b"{\\rtf"):
        from planparse.read.from_office import RTF, read_by_office

        refusal = ReadError("cannot read RTF; open it in Word and save it as .docx or text", code="unsupported-format")
        return read_by_office(content, name, sha256, RTF, limits, refusal)
    if _HTML.match(content[:4096]):
        from planparse.read.from_html import read_html

        return read_html(content, name, sha256, limits)
    if _MHTML.match(content[:4096]) and b"multipart/" in content[:4096].lower():
        from planparse.read.from_mhtml import read_mhtml

        return read_mhtml(content, name, sha256, limits)
    image = next((kind for magic, kind in IMAGES.items() if content.startswith(magic)), None)
    if image is not None:
        from planparse.read.from_image import read_image

        return read_image(content, name, sha256, image, ocr=ocr, limits=limits)
    _refuse_unreadable(content, name)
    try:
        return _read_written(content, name, sha256)
    except ReadError:
        if b"\x00" in content[:4096]:
            raise ReadError(
                "this is a binary file, not a document; give a text, Word, web or PDF file", code="binary"
            ) from None
        raise


def _read_written(content: bytes, name: str, sha256: str) -> Source:
    """Text, or text with Markdown's marks; a suffix of its own is enough, without it the marks decide."""
    source = read_text(content, name, sha256)
    if Path(name).suffix.lower() in (".md", ".markdown") or is_markdown(source.text):
        return read_markdown(source)
    return source


def _read_package(content: bytes, name: str, sha256: str, ocr: Ocr, limits: Limits) -> Source:
    from planparse.read.package import Package

    package = Package(content, limits)
    if "word/document.xml" in package.names:
        from planparse.read.from_docx import read_docx

        return read_docx(package, name, sha256)
    if "OFD.xml" in package.names:
        from planparse.read.from_ofd import read_ofd

        return read_ofd(package, name, sha256, ocr=ocr, limits=limits)
    what = Path(name).suffix or "this kind of package"
    raise ReadError(f"cannot read {what} yet; save it as Word, text or PDF and try again", code="unsupported-format")


def _refuse_unreadable(content: bytes, name: str) -> None:
    suffix = Path(name).suffix.lower()
    if suffix == ".pdf":
        raise ReadError(
            "the suffix says PDF, but there is no PDF header; the file may be truncated: fetch it again", code="damaged"
        )
    if suffix in (".docx", ".ofd", ".xlsx", ".xls"):
        raise ReadError(f"cannot read {suffix} yet; save it as text or PDF and try again", code="unsupported-format")


def _with_suffix_warning(source: Source) -> Source:
    """A wrong suffix is read right and warned of."""
    suffix = Path(source.name).suffix.lower()
    if source.name == "-" or suffix not in KNOWN or suffix in BY_FORM.get(source.media_type, KNOWN):
        return source
    warning = Warning(code="wrong-suffix", message=f"the suffix is {suffix}, the content {source.media_type}")
    return replace(source, warnings=(*source.warnings, warning))
