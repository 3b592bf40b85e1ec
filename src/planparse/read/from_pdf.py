"""PDF text layers, by pypdfium2; tables of the pages that have ruling lines, by pdfplumber."""

from __future__ import annotations

from typing import Any

import regex

from planparse.model import ReadError, Source, Warning
from planparse.read.page_layout import Layout, Run, mark_edges
from planparse.read.pages import SourceBuilder
from planparse.read.plumbed_pages import PlumbedPages, same_shape

_GARBAGE = regex.compile(r"\(cid:\d+\)|[\p{Co}\p{Cn}\ufffd\x00-\x08\u00a1-\u00b6\u00b8-\u00ff]")
PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD of fpdfview.h


def read_pdf(content: bytes, name: str, sha256: str, *, password: str | None = None) -> Source:
    """The Source of a PDF. Pages without a text layer are warned of; ReadError when no page has one."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(content, password=password)
    except pypdfium2.PdfiumError as error:
        raise _why(error) from None
    plumbed, layout = PlumbedPages(content, password), Layout()
    try:
        pages = [_page_lines(page, plumbed, layout, index) for index, page in enumerate(pdf)]
        heights = [pdf.get_page_size(index)[1] for index in range(len(pages))]
    except pypdfium2.PdfiumError as error:
        raise ReadError(
            f"a page cannot be read ({error}); the file may be damaged: fetch it again", code="damaged"
        ) from None
    finally:
        plumbed.close()
        pdf.close()
    warnings = [
        Warning(code="tables-not-read", message=f"the tables of page {n} could not be read; its text is kept", page=n)
        for n in plumbed.failed
    ]
    for number, lines in enumerate(pages, 1):
        if is_garbled("".join(line.text for line in lines)):
            lines.clear()
            message = f"the text layer of page {number} is garbled (its fonts name no characters); run OCR over it"
            warnings.append(Warning(code="garbled-text-layer", message=message, page=number))
    mark_edges(pages, heights)
    return _source(pages, warnings, name, sha256)


def _page_lines(page: Any, plumbed: PlumbedPages, layout: Layout, index: int) -> list[Run]:
    textpage = page.get_textpage()
    lines = None
    if plumbed.needs(page):
        try:
            characters = plumbed.characters(index)
            lines = layout.order_lines(textpage, characters, plumbed.tables(index, characters))
        except Exception:  # pdfplumber raises whatever a malformed page makes its code raise; pdfium still reads it
            plumbed.failed.append(index + 1)
    if lines is None:
        lines = layout.find_lines(textpage)
    textpage.close()
    page.close()
    return lines


def _source(pages: list[list[Run]], warnings: list[Warning], name: str, sha256: str) -> Source:
    garbled = {w.page for w in warnings if w.code == "garbled-text-layer"}
    empty = [number for number, lines in enumerate(pages, 1) if not lines and number not in garbled]
    if len(empty) + len(garbled) == len(pages):
        if garbled:
            raise ReadError("the text layer is garbled: its fonts name no characters; run OCR over it", code="garbled")
        raise ReadError(
            "no page has a text layer (a scan?); run OCR over it first, for example with ocrmypdf", code="no-text-layer"
        )
    out = SourceBuilder()
    out.warnings += warnings
    last: Run | None = None  # what stands before, page furniture aside
    for lines in pages:
        out.page()
        turned = True  # nothing but page furniture stands between this and the page before
        for line in lines:
            if line.rows is not None:
                out.table(line.rows, goes_on=turned and last is not None and same_shape(last.rows, line.rows))
            else:
                out.line(line.text, furniture=line.furniture)
            if not line.furniture:
                last, turned = line, False
        out.write("\f")
    out.warnings += [Warning(code="page-without-text", message=f"page {n} has no text layer", page=n) for n in empty]
    return out.source(name, "application/pdf", sha256)


def is_garbled(text: str) -> bool:
    """Whether a text layer has no ToUnicode map: private-use characters, (cid:n), or Latin letters with accents.

    >>> is_garbled("\ue012\ue013\ue0a1" * 10), is_garbled("(cid:12)(cid:7)" * 5), is_garbled("新建学校5所")
    (True, True, False)
    """
    bad = sum(len(match) for match in _GARBAGE.findall(text))
    return len(text) > 20 and bad > 0.2 * len(text)


def _why(error: Any) -> ReadError:
    if getattr(error, "err_code", None) == PASSWORD_ERROR or "password" in str(error).lower():
        return ReadError("the PDF is protected by a password; set PLANPARSE_PASSWORD and try again", code="password")
    return ReadError(f"the PDF cannot be opened ({error}); it may be damaged: fetch it again", code="damaged")
