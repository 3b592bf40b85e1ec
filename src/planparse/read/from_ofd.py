"""OFD documents (GB/T 33190): the text and the lines of each page by their place; pictures of pages are recognised.

What a page takes from its templates is page furniture, and so is what the notes on it say; seals are pictures, and
left out.
"""

from __future__ import annotations

from planparse.limits import DEFAULT, Limits
from planparse.model import Ocr, ReadError, Source
from planparse.read.ofd_pages import Page, Sheet, find_pages
from planparse.read.ofd_pictures import draw
from planparse.read.ofd_text import POINTS
from planparse.read.package import Package
from planparse.read.page_reader import PageReader, RecognisedPage, Unread
from planparse.read.scans import MARK, Scans
from planparse.read.text_layers import is_garbled, is_mistaken


def read_ofd(package: Package, name: str, sha256: str, *, ocr: Ocr = "auto", limits: Limits = DEFAULT) -> Source:
    """The Source of an OFD package. Pages that are pictures are recognised, or warned of; ReadError when no page has
    text."""
    scans, reader, characters = Scans(ocr, limits), PageReader(), 0
    for number, page in enumerate(find_pages(package), 1):
        characters += len(page.sheet.text.runs) if page.sheet else 0
        limits.check("max_pages", number, "pages of the OFD, at least", code="too-large")
        limits.check("max_characters", characters, "characters in the document, at least", code="too-large")
        if page.damaged:
            reader.warn("damaged-page", "page {}, or a part of it, is damaged or missing in the file; fetch it again")
        if page.sheet is None:
            reader.add([], 0, blank=True)
        elif recognised := _recognise(page.sheet, number, scans, package, limits):
            reader.add_recognised(recognised)
        else:
            _read_layer(page, page.sheet, reader)
    if not reader.has_text:
        raise _no_text(reader, scans.advice())
    reader.warnings += scans.warnings()
    return reader.source(name, "application/ofd", sha256, advice=scans.advice())


def _recognise(sheet: Sheet, number: int, scans: Scans, package: Package, limits: Limits) -> RecognisedPage | None:
    """What is recognised in the pictures of a page, where it has some and that is wanted."""
    pictures = sheet.pictures()
    if not (pictures and scans.want(unread=_unread(sheet) is not None)):
        return None
    picture, pixel = draw(pictures, sheet.size, package, limits)
    return scans.read(picture, pixel * POINTS, number=number)


def _unread(sheet: Sheet) -> Unread | None:
    """What keeps the text of a page from being read. A scanner's own mark on a picture is no text."""
    if is_garbled(sheet.words):
        return "garbled-text-layer"
    return "page-without-text" if len(sheet.text.runs) < (MARK if sheet.pictures() else 1) else None


def _read_layer(page: Page, sheet: Sheet, reader: PageReader) -> None:
    if unread := _unread(sheet):
        reader.unread[reader.number] = unread
    else:
        reader.warn_of_text(sheet.words, nameless=sheet.text.lost > 0, mistaken=is_mistaken(sheet.words))
    runs = [] if unread == "garbled-text-layer" else sheet.runs()
    reader.read(runs, page.rules, sheet.height, aside=page.aside)


def _no_text(reader: PageReader, advice: str) -> ReadError:
    if "garbled-text-layer" in reader.unread.values():
        return ReadError(
            f"the text is garbled: its characters are not those that the page shows; {advice}", code="garbled"
        )
    if any(warning.code == "damaged-page" for warning in reader.warnings):
        return ReadError("the pages of the OFD are damaged or missing; fetch the file again", code="damaged")
    return ReadError(f"no page has text objects (a scan?); {advice}", code="no-text-layer")
