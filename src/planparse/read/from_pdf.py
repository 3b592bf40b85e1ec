"""PDF text layers, by pypdfium2; tables of the pages that have ruling lines, by pdfplumber."""

from __future__ import annotations

import io
from typing import Any

from planparse.model import ReadError, Source, Warning

PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD of fpdfview.h


def read_pdf(content: bytes, name: str, sha256: str, *, password: str | None = None) -> Source:
    """The Source of a PDF. Pages without a text layer are warned of; ReadError when no page has one."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(content, password=password)
    except pypdfium2.PdfiumError as error:
        raise _why(error) from None
    try:
        pages = [_page_text(page) for page in pdf]
    except pypdfium2.PdfiumError as error:
        raise ReadError(
            f"a page cannot be read ({error}); the file may be damaged: fetch it again", code="damaged"
        ) from None
    finally:
        pdf.close()
    return _source(pages, name, sha256)


def _page_text(page: Any) -> str:
    textpage = page.get_textpage()
    text: str = textpage.get_text_bounded()
    textpage.close()
    page.close()
    return text.replace("\r\n", "\n").replace("\ufffe", "").replace("\x02", "")


def _source(pages: list[str], name: str, sha256: str) -> Source:
    empty = [number for number, text in enumerate(pages, 1) if not text.strip()]
    if len(empty) == len(pages):
        raise ReadError(
            "no page has a text layer (a scan?); run OCR over it first, for example with ocrmypdf", code="no-text-layer"
        )
    starts: list[int] = []
    text = io.StringIO()
    for page in pages:
        starts.append(text.tell())
        text.write(page.rstrip("\n") + "\n\f")
    warnings = tuple(Warning(code="page-without-text", message=f"page {n} has no text layer", page=n) for n in empty)
    return Source(
        name=name,
        text=text.getvalue(),
        media_type="application/pdf",
        sha256=sha256,
        page_starts=tuple(starts),
        warnings=warnings,
    )


def _why(error: Any) -> ReadError:
    if getattr(error, "err_code", None) == PASSWORD_ERROR or "password" in str(error).lower():
        return ReadError("the PDF is protected by a password; set PLANPARSE_PASSWORD and try again", code="password")
    return ReadError(f"the PDF cannot be opened ({error}); it may be damaged: fetch it again", code="damaged")
