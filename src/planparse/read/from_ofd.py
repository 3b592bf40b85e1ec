"""OFD documents (GB/T 33190): the text and the lines of each page by their place.

What a page takes from its templates is page furniture. Stamps and annotations are in files of their own, left out.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

from planparse.model import ReadError, Source
from planparse.read.package import Package, child, local
from planparse.read.page_layout import Run, group_lines
from planparse.read.page_reader import PageReader
from planparse.read.ruled_tables import Point, rules_along

POINTS = 72 / 25.4  # OFD measures in millimetres, and downwards
DEFAULT_PAGE = (0.0, 0.0, 210.0, 297.0)
UNTURNED = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}  # of the letters of a path; the last two: its end


def read_ofd(package: Package, name: str, sha256: str) -> Source:
    """The Source of an OFD package; pages without text objects are warned of, ReadError when none has any."""
    reader, characters = PageReader(), 0
    for number, (page, templates, height) in enumerate(_pages(package), 1):
        runs, aside = _characters(page, height)
        characters += len(runs)
        package.limits.check("max_pages", number, "pages of the OFD, at least", code="too-large")
        package.limits.check("max_characters", characters, "characters in the document, at least", code="too-large")
        frame = [
            line.text for t in templates for line in reader.layout.order_lines(group_lines(_characters(t, height)[0]))
        ]
        rules = [rule for part in (page, *templates) for rule in _rules(part, height)]
        reader.read(runs, rules, height, aside=[*frame, *aside])
    if not reader.has_text:
        raise ReadError("no page has text objects (a scan?); run OCR over it first", code="no-text-layer")
    return reader.source(name, "application/ofd", sha256, advice="run OCR over it first")


def _pages(package: Package) -> Iterator[tuple[Element, list[Element], float]]:
    """Every page of every document of the package, its templates, and its height in points."""
    bodies = [e for e in package.xml("OFD.xml") or () if local(e) == "DocBody"]
    for body in bodies:
        root = child(body, "DocRoot")
        path = _inside("", root.text if root is not None else None)
        document = package.xml(path)
        if document is None:
            bodies = []
            break
        common, folder = child(document, "CommonData"), posixpath.dirname(path)
        templates = {e.get("ID"): e.get("BaseLoc") for e in common or () if local(e) == "TemplatePage"}
        size = child(common, "PageArea", "PhysicalBox")
        for entry in child(document, "Pages") or ():
            page = _page(package, folder, entry.get("BaseLoc"))
            used = [templates.get(e.get("TemplateID")) for e in page if local(e) == "Template"]
            box = child(page, "Area", "PhysicalBox")
            height = (_numbers((size if box is None else box), DEFAULT_PAGE)[3]) * POINTS
            yield page, [_page(package, folder, location) for location in used if location], height
    if not bodies:
        raise ReadError("the OFD package names no document; the file is damaged: fetch it again", code="damaged")


def _page(package: Package, folder: str, location: str | None) -> Element:
    page = package.xml(_inside(folder, location))
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


def _inside(folder: str, location: str | None) -> str:
    """A member's name from a location, which is relative to the file that names it unless it begins with a slash."""
    location = (location or "").strip()
    return location.lstrip("/") if location.startswith("/") else posixpath.normpath(posixpath.join(folder, location))


def _numbers(written: str | Element | None, otherwise: tuple[float, ...]) -> list[float]:
    """As many numbers as the default has, or the default; ValueError when they are none."""
    text = written if isinstance(written, str) else written.text if written is not None else None
    numbers = [float(part) for part in (text or "").split()]
    return numbers if len(numbers) == len(otherwise) else list(otherwise)
