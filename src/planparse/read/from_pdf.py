"""PDF text layers, by pypdfium2; tables of the pages that have ruling lines, by pdfplumber."""

from __future__ import annotations

from typing import Any

import pypdfium2.raw as pdfium
import regex

from planparse.limits import MAX_SIDE
from planparse.model import Ocr, ReadError, Source, Warning
from planparse.read.laid_out import Unread, warn_of_unread, write_pages
from planparse.read.page_layout import Layout, Run, mark_edges
from planparse.read.plumbed_pages import PlumbedPages
from planparse.read.scans import Scans

_GARBAGE = regex.compile(r"\(cid:\d+\)|[\p{Co}\p{Cn}\ufffd\x00-\x08\u00a1-\u00b6\u00b8-\u00ff]")
DPI = 150  # of a recognised page; more takes longer and reads no better
MARK = 40  # characters; what a scanner's program or a seal writes over a picture has fewer
PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD of fpdfview.h


def read_pdf(content: bytes, name: str, sha256: str, *, password: str | None = None, ocr: Ocr = "auto") -> Source:
    """The Source of a PDF. Pages that are pictures are recognised, or warned of; ReadError when no page has text."""
    import pypdfium2

    scans, layout = Scans(ocr), Layout()
    try:
        pdf = pypdfium2.PdfDocument(content, password=password)
    except pypdfium2.PdfiumError as error:
        raise _why(error) from None
    plumbed = PlumbedPages(content, password)
    try:
        pages = [_page_lines(page, plumbed, layout, index) for index, page in enumerate(pdf)]
        heights = [pdf.get_page_size(index)[1] for index in range(len(pages))]
        unread = {number: code for number, lines in enumerate(pages, 1) if (code := _unread(pdf, number, lines))}
        for number, lines in enumerate(pages, 1):
            if unread.get(number) == "garbled-text-layer":
                lines.clear()
            if scans.want(unread=number in unread) and (runs := _recognise(pdf, number, scans)):
                lines[:] = layout.order_runs(runs)
                unread.pop(number, None)
    except pypdfium2.PdfiumError as error:
        raise ReadError(
            f"a page cannot be read ({error}); the file may be damaged: fetch it again", code="damaged"
        ) from None
    finally:
        plumbed.close()
        pdf.close()
    if not any(pages):
        raise _no_text("garbled-text-layer" in unread.values(), scans.advice())
    mark_edges(pages, heights)
    out = write_pages(pages, scans.pages)
    out.warnings += [
        Warning(code="tables-not-read", message=f"the tables of page {n} could not be read; its text is kept", page=n)
        for n in plumbed.failed
    ]
    out.warnings += [*warn_of_unread(unread, scans.advice()), *scans.warnings()]
    return out.source(name, "application/pdf", sha256)


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


def _unread(pdf: Any, number: int, lines: list[Run]) -> Unread | None:
    """What keeps a page's text layer from being read. A scanner's own mark on a picture is no text layer."""
    text = "".join(line.text for line in lines if line.rows is None)
    if is_garbled(text):
        return "garbled-text-layer"
    if not lines or (len(text) < MARK and _is_picture(pdf[number - 1])):
        return "page-without-text"
    return None


def _is_picture(page: Any) -> bool:
    """Whether a picture covers more than half of a page."""
    width, height = page.get_size()
    images = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=2)
    boxes = [image.get_bounds() for image in images]
    return any((right - left) * (top - bottom) > 0.5 * width * height for left, bottom, right, top in boxes)


def _recognise(pdf: Any, number: int, scans: Scans) -> list[Run]:
    """The lines and tables in the picture of a page."""
    page = pdf[number - 1]
    scale = min(DPI / 72, MAX_SIDE / max(page.get_size()))
    return scans.runs(page.render(scale=scale, grayscale=True).to_pil(), number, 1 / scale)


def _no_text(garbled: bool, advice: str) -> ReadError:
    if garbled:
        return ReadError(f"the text layer is garbled: its fonts name no characters; {advice}", code="garbled")
    return ReadError(f"no page has a text layer (a scan?); {advice}", code="no-text-layer")


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
