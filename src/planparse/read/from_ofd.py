"""OFD documents (GB/T 33190): the text objects of each page, set in reading order by their place."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from xml.etree import ElementTree

from planparse.model import ReadError, Source
from planparse.read.laid_out import Unread, warn_of_unread, write_pages
from planparse.read.package import Package, child, local
from planparse.read.page_layout import Layout, Run, mark_edges

POINTS = 72 / 25.4  # OFD measures in millimetres
DEFAULT_PAGE = (210.0, 297.0)


def read_ofd(package: Package, name: str, sha256: str) -> Source:
    """The Source of an OFD package; pages without text objects are warned of, ReadError when none has any."""
    layout = Layout()
    pages: list[list[Run]] = []
    heights: list[float] = []
    for page, height in _pages(package):
        pages.append(layout.order_runs(list(_text_objects(page, height))))
        heights.append(height)
    if not any(pages):
        raise ReadError("no page has text objects (a scan?); run OCR over it first", code="no-text-layer")
    mark_edges(pages, heights)
    out = write_pages(pages)
    empty: dict[int, Unread] = {number: "page-without-text" for number, lines in enumerate(pages, 1) if not lines}
    out.warnings += warn_of_unread(empty, "run OCR over it first")
    return out.source(name, "application/ofd", sha256)


def _pages(package: Package) -> Iterator[tuple[ElementTree.Element, float]]:
    """Every page of the first document, and its height in points."""
    root = child(package.xml("OFD.xml"), "DocBody", "DocRoot")
    path = _inside("", root.text if root is not None else None)
    document = package.xml(path)
    if document is None:
        raise ReadError("the OFD package names no document; the file is damaged: fetch it again", code="damaged")
    common = child(document, "CommonData", "PageArea", "PhysicalBox")
    for entry in child(document, "Pages") or ():
        page = package.xml(_inside(posixpath.dirname(path), entry.get("BaseLoc")))
        if page is None:
            raise ReadError("a page is missing from the OFD package; fetch the file again", code="damaged")
        box = _numbers((child(page, "Area", "PhysicalBox"), common))
        yield page, (box[3] if len(box) == 4 else DEFAULT_PAGE[1]) * POINTS


def _text_objects(page: ElementTree.Element, height: float) -> Iterator[Run]:
    """The text objects of a page as runs; what a stamp or annotation draws is in files of its own."""
    for item in page.iter():
        box = [float(part) for part in (item.get("Boundary") or "").split()] if local(item) == "TextObject" else []
        if len(box) != 4:
            continue
        size = float(item.get("Size") or box[3])
        for code in (element for element in item.iter() if local(element) == "TextCode"):
            text = "".join((code.text or "").split("\n"))
            if text.strip():
                left, baseline = box[0] + float(code.get("X") or 0), box[1] + float(code.get("Y") or size)
                right = max(box[0] + box[2], left + size / 2)
                bottom = height - baseline * POINTS
                yield Run(left * POINTS, bottom, right * POINTS, bottom + size * POINTS, text)


def _inside(folder: str, location: str | None) -> str:
    """A member's name from a location, which is relative to the file that names it unless it begins with a slash."""
    location = (location or "").strip()
    return location.lstrip("/") if location.startswith("/") else posixpath.normpath(posixpath.join(folder, location))


def _numbers(elements: tuple[ElementTree.Element | None, ...]) -> list[float]:
    """The numbers of the first element that there is."""
    element = next((e for e in elements if e is not None), None)
    return [float(part) for part in (element.text or "").split()] if element is not None else []
