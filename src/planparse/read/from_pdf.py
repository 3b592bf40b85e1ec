"""PDF text layers, by pypdfium2; tables of the pages that have ruling lines, by pdfplumber."""

from __future__ import annotations

from typing import Any

from planparse.model import ReadError, Source, Warning
from planparse.read.page_layout import Layout, Run, mark_edges
from planparse.read.pages import SourceBuilder
from planparse.read.plumbed_pages import PlumbedPages, same_shape

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
    mark_edges(pages, heights)
    return _source(pages, name, sha256)


def _page_lines(page: Any, plumbed: PlumbedPages, layout: Layout, index: int) -> list[Run]:
    textpage = page.get_textpage()
    if plumbed.needs(page):
        characters = plumbed.characters(index)
        lines = layout.order_lines(textpage, characters, plumbed.tables(index, characters))
    else:
        lines = layout.find_lines(textpage)
    textpage.close()
    page.close()
    return lines


def _source(pages: list[list[Run]], name: str, sha256: str) -> Source:
    empty = [number for number, lines in enumerate(pages, 1) if not lines]
    if len(empty) == len(pages):
        raise ReadError(
            "no page has a text layer (a scan?); run OCR over it first, for example with ocrmypdf", code="no-text-layer"
        )
    out = SourceBuilder()
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


def _why(error: Any) -> ReadError:
    if getattr(error, "err_code", None) == PASSWORD_ERROR or "password" in str(error).lower():
        return ReadError("the PDF is protected by a password; set PLANPARSE_PASSWORD and try again", code="password")
    return ReadError(f"the PDF cannot be opened ({error}); it may be damaged: fetch it again", code="damaged")
