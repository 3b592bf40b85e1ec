"""OFD documents (GB/T 33190): the text and the lines of each page by their place; pictures of pages are recognised.

What a page takes from its templates is page furniture. Stamps and annotations are in files of their own, left out.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from itertools import islice, pairwise
from typing import NamedTuple
from xml.etree.ElementTree import Element

from planparse.limits import DEFAULT, Limits
from planparse.model import Ocr, ReadError, Source
from planparse.read.ofd_pictures import Picture, draw, inside, read_media
from planparse.read.package import Package, child, local
from planparse.read.page_layout import Run, group_lines
from planparse.read.page_reader import PageReader
from planparse.read.ruled_tables import Point, rules_along
from planparse.read.scans import MARK, Scans

POINTS = 72 / 25.4  # OFD measures in millimetres, and downwards
DEFAULT_PAGE = (0.0, 0.0, 210.0, 297.0)
MAX_STRIPS = 100  # pictures that one page is put together from
UNTURNED = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}  # of the letters of a path; the last two: its end


class _Page(NamedTuple):
    """The content of a page and of its templates, its size in millimetres, and the members of pictures by their ids."""

    content: Element
    templates: list[Element]
    size: tuple[float, float]
    media: Mapping[str, str]

    @property
    def height(self) -> float:
        return self.size[1] * POINTS

    def pictures(self) -> list[Picture]:
        """The pictures of the page, when they cover more than half of it."""
        found = list(islice(_pictures(self.content, self.media), MAX_STRIPS))
        covered = sum(picture.area for picture in found)
        return found if covered > self.size[0] * self.size[1] / 2 else []


def read_ofd(package: Package, name: str, sha256: str, *, ocr: Ocr = "auto", limits: Limits = DEFAULT) -> Source:
    """The Source of an OFD package. Pages that are pictures are recognised, or warned of; ReadError when no page has
    text."""
    scans, reader, characters = Scans(ocr, limits), PageReader(), 0
    for number, page in enumerate(_pages(package), 1):
        runs, aside = _characters(page.content, page.height)
        characters += len(runs)
        limits.check("max_pages", number, "pages of the OFD, at least", code="too-large")
        limits.check("max_characters", characters, "characters in the document, at least", code="too-large")
        pictures = page.pictures()
        unread = len(runs) < (MARK if pictures else 1)
        if pictures and scans.want(unread=unread):
            picture, pixel = draw(pictures, page.size, package, limits)
            if recognised := scans.read(picture, pixel * POINTS, number=number):
                reader.add_recognised(recognised)
                continue
        if unread:
            reader.unread[number] = "page-without-text"
        frame = [
            line.text
            for t in page.templates
            for line in reader.layout.order_lines(group_lines(_characters(t, page.height)[0]))
        ]
        rules = [rule for part in (page.content, *page.templates) for rule in _rules(part, page.height)]
        reader.read(runs, rules, page.height, aside=[*frame, *aside])
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
        common, folder = child(document, "CommonData"), posixpath.dirname(path)
        templates = {e.get("ID"): e.get("BaseLoc") for e in common or () if local(e) == "TemplatePage"}
        media = _media(package, folder, common, ("PublicRes", "DocumentRes"))
        usual = child(common, "PageArea", "PhysicalBox")
        for entry in child(document, "Pages") or ():
            page = _page(package, folder, entry.get("BaseLoc"))
            used = [templates.get(e.get("TemplateID")) for e in page if local(e) == "Template"]
            box = child(page, "Area", "PhysicalBox")
            wide, tall = _numbers(usual if box is None else box, DEFAULT_PAGE)[2:]
            if min(wide, tall) <= 0:
                wide, tall = DEFAULT_PAGE[2:]
            own = _media(package, posixpath.dirname(inside(folder, entry.get("BaseLoc"))), page, ("PageRes",))
            yield _Page(
                page, [_page(package, folder, location) for location in used if location], (wide, tall), media | own
            )
    if not bodies:
        raise ReadError("the OFD package names no document; the file is damaged: fetch it again", code="damaged")


def _media(package: Package, folder: str, parent: Element | None, kinds: tuple[str, ...]) -> dict[str, str]:
    """The pictures that the resource files which an element names hold, by their ids."""
    media: dict[str, str] = {}
    for item in (e for e in parent or () if local(e) in kinds):
        media |= read_media(package, inside(folder, item.text))
    return media


def _pictures(page: Element, media: Mapping[str, str]) -> Iterator[Picture]:
    for item in (e for e in page.iter() if local(e) == "ImageObject"):
        x, y, wide, tall = _numbers(item.get("Boundary"), (0.0, 0.0, 0.0, 0.0))
        a, b, c, d, e, f = _numbers(item.get("CTM"), (wide, 0.0, 0.0, tall, 0.0, 0.0))
        picture = Picture(media.get(item.get("ResourceID") or "", ""), a, b, c, d, x + e, y + f)
        if picture.area > 0:
            yield picture


def _page(package: Package, folder: str, location: str | None) -> Element:
    page = package.xml(inside(folder, location))
    if page is None:
        raise ReadError("a page is missing from the OFD package; fetch the file again", code="damaged")
    return page


def _characters(page: Element, height: float) -> tuple[list[Run], list[str]]:
    """The characters of a page with their boxes, blanks left out; and the texts that are set at an angle."""
    found: list[Run] = []
    slanted: list[str] = []
    for item in (e for e in page.iter() if local(e) == "TextObject"):
        x, y, _, tall = _numbers(item.get("Boundary"), (0.0, 0.0, 0.0, 0.0))
        a, b, c, d, e, f = _numbers(item.get("CTM"), UNTURNED)
        size = float(item.get("Size") or tall)
        at = (0.0, size)
        for code in (element for element in item.iter() if local(element) == "TextCode"):
            text = (code.text or "").strip("\r\n")
            at = (float(code.get("X") or at[0]), float(code.get("Y") or at[1]))
            if abs(b) > 0.02 * abs(a):
                slanted.append(text)
                continue
            wide = size * float(item.get("HScale") or 1)
            for character, (right, down), room in _set(text, code, at, wide):
                left = (x + a * right + c * down + e) * POINTS
                bottom = height - (y + b * right + d * down + f) * POINTS
                if character.strip():
                    found.append(Run(left, bottom, left + a * room * POINTS, bottom + d * size * POINTS, character))
    return found, slanted


def _set(text: str, code: Element, at: Point, wide: float) -> Iterator[tuple[str, Point, float]]:
    """Each character of a TextCode, its place, and the room it takes: the step to the next unless that leaves a gap."""
    across, down = (_steps(code.get(name), len(text)) for name in ("DeltaX", "DeltaY"))
    x, y = at
    for i, character in enumerate(text):
        room = wide / 2 if character.isascii() else wide
        step = across[i] if i < len(across) else 0.0 if down else room
        yield character, (x, y), step if 0 < step < 1.1 * wide else room
        x, y = x + step, y + (down[i] if i < len(down) else 0.0)


def _steps(written: str | None, count: int) -> list[float]:
    """The steps between characters: numbers, "g 3 4.2" for three of 4.2.

    >>> _steps("5 g 2 4.2", 4)
    [5.0, 4.2, 4.2]
    """
    steps: list[float] = []
    words = iter((written or "").split())
    for word in words:
        times = min(int(next(words, "")), count) if word == "g" else 1
        steps += [float(next(words, "") if word == "g" else word)] * times
    return steps


def _rules(page: Element, height: float) -> Iterator[Run]:
    """The level and upright lines that a page draws."""
    for item in (e for e in page.iter() if local(e) == "PathObject"):
        x, y, *_ = _numbers(item.get("Boundary"), (0.0, 0.0, 0.0, 0.0))
        a, b, c, d, e, f = _numbers(item.get("CTM"), UNTURNED)
        data = child(item, "AbbreviatedData")
        for line in _polylines((data.text or "") if data is not None else ""):
            points = [((x + a * u + c * v + e) * POINTS, height - (y + b * u + d * v + f) * POINTS) for u, v in line]
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


def _numbers(written: str | Element | None, otherwise: tuple[float, ...]) -> list[float]:
    """As many numbers as the default has, or the default; ValueError when they are none."""
    text = written if isinstance(written, str) else written.text if written is not None else None
    numbers = [float(part) for part in (text or "").split()]
    return numbers if len(numbers) == len(otherwise) else list(otherwise)
