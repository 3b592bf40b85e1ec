"""The pages of an OFD package: what each draws, its templates and the notes on it; a part may be damaged."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple
from xml.etree.ElementTree import Element

from planparse.model import ReadError
from planparse.read.ofd_notes import find_notes
from planparse.read.ofd_objects import Placed, find_objects, numbers, turned
from planparse.read.ofd_pictures import Picture
from planparse.read.ofd_resources import Resources, inside, read_resources
from planparse.read.ofd_text import POINTS, PageText, read_text
from planparse.read.package import Package, child, local
from planparse.read.page_layout import Run, group_lines
from planparse.read.page_reader import PageReader
from planparse.read.ruled_tables import Point, rules_along

DEFAULT_PAGE = (0.0, 0.0, 210.0, 297.0)
MAX_NAMED = 100  # times that a document has one page
MAX_STRIPS = 100  # pictures that one page is put together from
OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}  # of the letters of a path; the last two: its end


class Sheet:
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
    def words(self) -> str:
        """Its characters, in the order in which they are drawn."""
        return "".join(run.text for run in self.text.runs)

    @cached_property
    def rules(self) -> list[Run]:
        """The level and upright lines that it draws."""
        return [
            rule for item in self.objects if local(item.element) == "PathObject" for rule in _rules(item, self.height)
        ]

    @property
    def lacks_forms(self) -> bool:
        """Whether it draws a form that the package does not hold."""
        return any(local(item.element) == "CompositeObject" for item in self.objects)

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


class Page(NamedTuple):
    """A page, without what is damaged of it: all of it where it has no sheet."""

    sheet: Sheet | None
    rules: Sequence[Run] = ()  # its own and those of its templates
    aside: Sequence[str] = ()  # what its templates draw, and what the notes on it say
    damaged: bool = False


@contextmanager
def leaving_damage() -> Iterator[list[Exception]]:
    """What is read inside may be damaged: then it is left, and the list says why."""
    lost: list[Exception] = []
    try:
        yield lost
    except ReadError as error:
        if error.code != "damaged":
            raise
        lost.append(error)
    except (ValueError, OverflowError) as error:  # what no writer of the format produces
        lost.append(error)


def find_pages(package: Package) -> Iterator[Page]:
    """Every page of every document of the package; ReadError when it names none."""
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
        self.named = [(entry.get("ID"), entry.get("BaseLoc") or "") for entry in child(root, "Pages") or ()]
        self.notes: Mapping[str | None, str] = {}
        with leaving_damage():  # a list that is damaged names none, for a viewer too
            self.notes = find_notes(package, folder, root)
        self.kept: dict[tuple[str, tuple[float, float]], Sheet] = {}

    def pages(self) -> Iterator[Page]:
        times = Counter(location for _, location in self.named)
        if max(times.values(), default=0) > MAX_NAMED:
            raise ReadError("the same page is named again and again; the file is refused", code="bomb")
        for key, location in self.named:
            with leaving_damage() as lost:
                content = self._known(location) or self._content(location)
                sheet = self._sheet(location, self._size(content), content, keep=times[location] > 1)
                sheet.runs()
            yield Page(None, damaged=True) if lost else self._around(sheet, self.notes.get(key))

    def _around(self, sheet: Sheet, notes: str | None) -> Page:
        """A page from what it draws itself, what its templates draw, and the notes on it."""
        rules: list[Run] = []
        aside: list[str] = []
        with leaving_damage() as lost:
            rules += sheet.rules
        for key in dict.fromkeys(e.get("TemplateID") for e in sheet.content if local(e) == "Template"):
            with leaving_damage() as lost_there:
                if location := self.templates.get(key):
                    template = self._sheet(location, sheet.size, None, keep=True)
                    rules, aside = [*rules, *template.rules], [*aside, *template.lines]
            lost += lost_there
        with leaving_damage() as lost_there:
            if notes:
                note = self._sheet(notes, sheet.size, None, keep=False)
                aside += [*note.lines, *note.text.slanted]
        return Page(sheet, rules, [*aside, *sheet.text.slanted], damaged=bool(lost or lost_there or sheet.lacks_forms))

    def _known(self, location: str) -> Element | None:
        return next((sheet.content for (kept, _), sheet in self.kept.items() if kept == location), None)

    def _sheet(self, location: str, size: tuple[float, float], content: Element | None, *, keep: bool) -> Sheet:
        if (location, size) in self.kept:
            return self.kept[location, size]
        content = self._content(location) if content is None else content
        folder = posixpath.dirname(inside(self.folder, location))
        own = read_resources(self.package, folder, content, ("PageRes",))
        sheet = Sheet(content, self.resources | own, size, shared=keep)
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
