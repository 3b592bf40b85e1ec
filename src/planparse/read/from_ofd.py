"""OFD documents (GB/T 33190): the text and the lines of each page by their place; pictures of pages are recognised.

What a page takes from its templates is page furniture. Stamps and annotations are in files of their own, left out.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from copy import copy
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple
from xml.etree.ElementTree import Element

from planparse.limits import DEFAULT, Limits
from planparse.model import Ocr, ReadError, Source
from planparse.read.ofd_objects import Placed, find_objects, numbers, turned
from planparse.read.ofd_pictures import Picture, draw
from planparse.read.ofd_resources import Resources, inside, read_resources
from planparse.read.ofd_text import POINTS, PageText, read_text
from planparse.read.package import Package, child, local
from planparse.read.page_layout import Run, group_lines
from planparse.read.page_reader import PageReader
from planparse.read.ruled_tables import Point, rules_along
from planparse.read.scans import MARK, Scans

DEFAULT_PAGE = (0.0, 0.0, 210.0, 297.0)
MAX_NAMED = 100  # times that a document has one page
MAX_STRIPS = 100  # pictures that one page is put together from
OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}  # of the letters of a path; the last two: its end


class _Sheet:
    """What one file of content draws, a page or a template, on a page of a size in millimetres.

    `shared` tells that several pages name it.
    """

    def __init__(self, content: Element, resources: Resources, size: tuple[float, float], *, shared: bool) -> None:
        self.content, self.resources, self.shared = content, resources, shared
        self.objects, self.size = turned(list(find_objects(content, resources.forms)), size)
        self.height = self.size[1] * POINTS

    def runs(self) -> list[Run]:
        """Its characters, which who reads the page may change."""
        return [copy(run) for run in self.text.runs] if self.shared else self.text.runs

    @cached_property
    def text(self) -> PageText:
        return read_text(self.objects, self.resources.fonts, self.height)

    @cached_property
    def rules(self) -> list[Run]:
        """The level and upright lines that it draws."""
        return [
            rule for item in self.objects if local(item.element) == "PathObject" for rule in _rules(item, self.height)
        ]

    @cached_property
    def lines(self) -> list[str]:
        """Its text line by line."""
        return [line.text for line in PageReader().layout.order_lines(group_lines(self.runs()))]

    def pictures(self) -> list[Picture]:
        """The pictures of the page, when they cover more than half of it."""
        media = self.resources.media
        found = [
            Picture(media.get(item.element.get("ResourceID") or "", ""), *item.matrix)
            for item in self.objects
            if local(item.element) == "ImageObject"
        ]
        found = [picture for picture in found if picture.area > 0][:MAX_STRIPS]
        covered = sum(picture.area for picture in found)
        return found if covered > self.size[0] * self.size[1] / 2 else []


class _Page(NamedTuple):
    sheet: _Sheet
    templates: list[_Sheet]


def read_ofd(package: Package, name: str, sha256: str, *, ocr: Ocr = "auto", limits: Limits = DEFAULT) -> Source:
    """The Source of an OFD package. Pages that are pictures are recognised, or warned of; ReadError when no page has
    text."""
    scans, reader, characters = Scans(ocr, limits), PageReader(), 0
    for number, (sheet, templates) in enumerate(_pages(package), 1):
        text = sheet.text
        characters += len(text.runs)
        limits.check("max_pages", number, "pages of the OFD, at least", code="too-large")
        limits.check("max_characters", characters, "characters in the document, at least", code="too-large")
        pictures = sheet.pictures()
        unread = len(text.runs) < (MARK if pictures else 1)
        if pictures and scans.want(unread=unread):
            picture, pixel = draw(pictures, sheet.size, package, limits)
            if recognised := scans.read(picture, pixel * POINTS, number=number):
                reader.add_recognised(recognised)
                continue
        if unread:
            reader.unread[number] = "page-without-text"
        elif text.lost:
            reader.warn(
                "glyphs-without-characters", f"{text.lost} glyphs of page {{}} have no character; it lacks them"
            )
        frame = [line for template in templates for line in template.lines]
        rules = [rule for part in (sheet, *templates) for rule in part.rules]
        reader.read(sheet.runs(), rules, sheet.height, aside=[*frame, *text.slanted])
    if not reader.has_text:
        raise ReadError(f"no page has text objects (a scan?); {scans.advice()}", code="no-text-layer")
    reader.warnings += scans.warnings()
    return reader.source(name, "application/ofd", sha256, advice=scans.advice())


def _pages(package: Package) -> Iterator[_Page]:
    """Every page of every document of the package."""
    bodies = [e for e in package.xml("OFD.xml") or () if local(e) == "DocBody"]
    for body in bodies:
        root = child(body, "DocRoot")
        path = inside("", root.text if root is not None else None)
        document = package.xml(path)
        if document is None:
            bodies = []
            break
        yield from _Document(package, posixpath.dirname(path), document).pages()
    if not bodies:
        raise ReadError("the OFD package names no document; the file is damaged: fetch it again", code="damaged")


class _Document:
    """One document of a package; what several pages name is read once."""

    def __init__(self, package: Package, folder: str, root: Element) -> None:
        self.package, self.folder = package, folder
        common = child(root, "CommonData")
        self.resources = read_resources(package, folder, common, ("PublicRes", "DocumentRes"))
        self.usual = child(common, "PageArea", "PhysicalBox")
        self.templates = {e.get("ID"): e.get("BaseLoc") or "" for e in common or () if local(e) == "TemplatePage"}
        self.locations = [entry.get("BaseLoc") or "" for entry in child(root, "Pages") or ()]
        self.kept: dict[tuple[str, tuple[float, float]], _Sheet] = {}

    def pages(self) -> Iterator[_Page]:
        named = Counter(self.locations)
        if max(named.values(), default=0) > MAX_NAMED:
            raise ReadError("the same page is named again and again; the file is refused", code="bomb")
        for location in self.locations:
            content = self._known(location) or self._content(location)
            size = self._size(content)
            ids = dict.fromkeys(e.get("TemplateID") for e in content if local(e) == "Template")
            used = (self.templates.get(key) for key in ids)
            sheet = self._sheet(location, size, content, keep=named[location] > 1)
            yield _Page(sheet, [self._sheet(t, size, None, keep=True) for t in used if t])

    def _known(self, location: str) -> Element | None:
        return next((sheet.content for (kept, _), sheet in self.kept.items() if kept == location), None)

    def _sheet(self, location: str, size: tuple[float, float], content: Element | None, *, keep: bool) -> _Sheet:
        if (location, size) in self.kept:
            return self.kept[location, size]
        content = self._content(location) if content is None else content
        folder = posixpath.dirname(inside(self.folder, location))
        own = read_resources(self.package, folder, content, ("PageRes",))
        sheet = _Sheet(content, self.resources | own, size, shared=keep)
        if keep:
            self.kept[location, size] = sheet
        return sheet

    def _content(self, location: str) -> Element:
        content = self.package.xml(inside(self.folder, location))
        if content is None:
            raise ReadError("a page is missing from the OFD package; fetch the file again", code="damaged")
        return content

    def _size(self, content: Element) -> tuple[float, float]:
        box = child(content, "Area", "PhysicalBox")
        box = self.usual if box is None else box
        wide, tall = numbers(box.text if box is not None else None, DEFAULT_PAGE)[2:]
        return (wide, tall) if min(wide, tall) > 0 else (DEFAULT_PAGE[2], DEFAULT_PAGE[3])


def _rules(item: Placed, height: float) -> Iterator[Run]:
    data = child(item.element, "AbbreviatedData")
    for line in _polylines((data.text or "") if data is not None else ""):
        points = [(x * POINTS, height - y * POINTS) for x, y in (item.matrix.at(u, v) for u, v in line)]
        yield from rules_along(pairwise(points))


def _polylines(data: str) -> Iterator[list[Point]]:
    """The straight parts of a path, as points.

    >>> list(_polylines("M 0 0 L 9 0 L 9 5 C M 1 1 B 1 2 3 4 5 6 L 7 6"))
    [[(0.0, 0.0), (9.0, 0.0), (9.0, 5.0), (0.0, 0.0)], [(1.0, 1.0)], [(5.0, 6.0), (7.0, 6.0)]]
    """
    line: list[Point] = []
    words = iter(data.split())
    for letter in words:
        numbers = [float(next(words, "")) for _ in range(OPERANDS.get(letter, 0))]
        if letter == "L":
            line.append((numbers[0], numbers[1]))
        elif letter == "C" and line:
            line.append(line[0])
        elif numbers:
            if line:
                yield line
            line = [(numbers[-2], numbers[-1])]
    if line:
        yield line
