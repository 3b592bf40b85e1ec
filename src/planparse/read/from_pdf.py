"""PDF text layers, by pypdfium2; pages without one are recognised."""

from __future__ import annotations

import io
from typing import Any

from planparse.limits import DEFAULT, Limits
from planparse.model import Ocr, ReadError, Source
from planparse.read.missing_fonts import stand_in_for_missing_fonts
from planparse.read.page_layout import group_lines, overlap
from planparse.read.page_reader import PageReader, Unread
from planparse.read.pdf_page import PdfPage
from planparse.read.pdf_streams import check_streams
from planparse.read.ruled_tables import may_hold_tables
from planparse.read.scans import DPI, MARK, Scans
from planparse.read.text_layers import is_chinese, is_garbled, is_mistaken

UNNAMED = 0.2  # of a page's characters: where more have no name, none of them is sure
PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD of fpdfview.h


def read_pdf(
    content: bytes,
    name: str,
    sha256: str,
    *,
    password: str | None = None,
    ocr: Ocr = "auto",
    limits: Limits = DEFAULT,
) -> Source:
    """The Source of a PDF. Pages that are pictures are recognised, or warned of; ReadError when no page has text."""
    import pypdfium2

    scans = Scans(ocr, limits)
    check_streams(content, limits)
    stand_in_for_missing_fonts()
    try:
        pdf = pypdfium2.PdfDocument(content, password=password)
    except pypdfium2.PdfiumError as error:
        raise _why(error) from None
    reader = PageReader()
    characters = objects = 0
    try:
        if pypdfium2.raw.FPDF_GetSecurityHandlerRevision(pdf) >= 0:
            check_streams(_decrypted(pdf), limits)
        limits.check("max_pages", len(pdf), "pages of the PDF", code="too-large")
        for index, raw in enumerate(pdf):
            page = PdfPage(raw)
            characters, objects = characters + len(page.text), objects + page.objects
            limits.check("max_characters", characters, "characters in the document, at least", code="too-large")
            limits.check("max_page_objects", objects, "objects on the pages of the PDF, at least", code="too-large")
            unread = _unread(page)
            doubtful = unread is None and is_mistaken(page.text)
            wanted = scans.want(unread=unread is not None or doubtful)
            if wanted and (recognised := scans.read(*page.picture(DPI), number=index + 1)):
                reader.add_recognised(recognised)
            else:
                if page.hidden and unread != "garbled-text-layer":
                    scans.layers.append(index + 1)
                    reader.recognised[index + 1] = []
                if unread is None:
                    _warn(page, reader, doubtful=doubtful)
                _read_layer(page, unread, reader)
            page.close()
    except pypdfium2.PdfiumError as error:
        raise ReadError(
            f"a page cannot be read ({error}); the file may be damaged: fetch it again", code="damaged"
        ) from None
    finally:
        pdf.close()
    if not reader.has_text:
        raise _no_text("garbled-text-layer" in reader.unread.values(), scans.advice())
    reader.warnings += scans.warnings()
    return reader.source(name, "application/pdf", sha256, advice=scans.advice())


def _decrypted(pdf: Any) -> bytes:
    """The file without its encryption, the streams packed as they are."""
    import pypdfium2

    out = io.BytesIO()
    pdf.save(out, flags=pypdfium2.raw.FPDF_REMOVE_SECURITY)
    return out.getvalue()


def _unread(page: PdfPage) -> Unread | None:
    """What keeps a page's text layer from being read. A scanner's own mark on a picture is no text layer."""
    if is_garbled(page.text) or page.unnamed > UNNAMED * len(page.text) or (page.hidden and not is_chinese(page.text)):
        return "garbled-text-layer"
    if page.blank:
        return None
    if not (page.text.strip() or page.spoken) or (page.pictured and len(page.characters()[0]) < MARK):
        return "page-without-text"
    return None


def _warn(page: PdfPage, reader: PageReader, *, doubtful: bool) -> None:
    """What a page with a text layer shows, and the layer does not say."""
    reader.warn_of_text(page.text, nameless=bool(page.unnamed or page.spoken), mistaken=doubtful)
    if page.headline:
        reader.warn("picture-not-read", "page {}: a picture stands where a title would; look at the page")


def _read_layer(page: PdfPage, unread: Unread | None, reader: PageReader) -> None:
    """One page: by its words where they stand beside each other, which is faster than by its characters."""
    if unread is not None:
        reader.unread[reader.number] = unread
    if unread == "garbled-text-layer" or page.blank:
        reader.add([], page.height, blank=page.blank)
        return
    runs, over = page.words() or page.characters()
    if not may_hold_tables(page.rules) and reader.add_plain(runs, page.height, aside=[over]):
        return
    if any(overlap(row) for row in group_lines(runs)):
        runs, over = page.characters()
    reader.read(runs, page.rules, page.height, aside=[over])


def _no_text(garbled: bool, advice: str) -> ReadError:
    if garbled:
        return ReadError(
            f"the text layer is garbled: its characters are not those that the page shows; {advice}", code="garbled"
        )
    return ReadError(f"no page has a text layer (a scan?); {advice}", code="no-text-layer")


def _why(error: Any) -> ReadError:
    if getattr(error, "err_code", None) == PASSWORD_ERROR or "password" in str(error).lower():
        return ReadError("the PDF is protected by a password; set PLANPARSE_PASSWORD and try again", code="password")
    return ReadError(f"the PDF cannot be opened ({error}); it may be damaged: fetch it again", code="damaged")
