"""Word documents (DOCX, WPS): paragraphs, automatic numbers, tables in place, text boxes, footnotes, tracked changes.

By zipfile and ElementTree: measured, python-docx loses tracked insertions and text boxes.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from planparse.characters import SUPERSCRIPTS
from planparse.limits import MAX_SPAN
from planparse.model import ReadError, Source
from planparse.read.docx_lists import ListPlace, list_place, read_lists, read_styles
from planparse.read.numbering import Numbering, with_label
from planparse.read.package import Package, attribute, child, is_on, local, whole
from planparse.read.pages import SourceBuilder
from planparse.read.symbols import symbol
from planparse.read.word_warnings import ACCEPTED, EMBEDDED, HIDDEN, STRUCK_OUT, UNNUMBERED

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SKIPPED = {"del", "moveFrom", "Fallback", "instrText", "delText", "rPr", "pPr", "tblPr", "sectPr", "rt"}
NO_LIST = "0"  # takes the number of a style away
TRACKED = ("del", "moveFrom")
STRUCK = ("strike", "dstrike")
HYPHENS = {"noBreakHyphen": "-", "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n"}


def read_docx(package: Package, name: str, sha256: str) -> Source:
    """The Source of a Word document, tracked changes taken as accepted; ReadError when it has no body."""
    root = package.xml("word/document.xml")
    body = child(root, "body")
    if body is None:
        raise ReadError("the Word document has no body; it may be damaged: fetch it again", code="damaged")
    reader = _Reader(package)
    reader.blocks(body)
    reader.notes(package.xml("word/footnotes.xml"))
    reader.notes(package.xml("word/endnotes.xml"))
    kinds = {local(e) for e in body.iter()}
    if kinds.intersection(TRACKED):
        reader.out.warnings.append(ACCEPTED)
    runs = [run for run in body.iter() if local(run) == "r" and _is_hidden(run) and "".join(_text(run)).strip()]
    if any(_is_hidden(run, ("vanish",)) for run in runs):
        reader.out.warnings.append(HIDDEN)
    if any(_is_hidden(run, STRUCK) for run in runs):
        reader.out.warnings.append(STRUCK_OUT)
    if reader.numbering.unknown:
        reader.out.warnings.append(UNNUMBERED)
    if "altChunk" in kinds:
        reader.out.warnings.append(EMBEDDED)
    return reader.out.source(name, MEDIA_TYPE, sha256)


class _Reader:
    def __init__(self, package: Package) -> None:
        self.out = SourceBuilder()
        self.styles = read_styles(package.xml("word/styles.xml"))
        self.numbering = Numbering(read_lists(package.xml("word/numbering.xml"), self.styles))
        self.joined = ""  # the text of paragraphs whose end was deleted

    def blocks(self, parent: Element) -> None:
        """Every paragraph and table of a body, a content control or a text box, in order."""
        for element in parent:
            kind = local(element)
            if kind == "p":
                self.out.paragraph(self.paragraph(element))
                for box in _text_boxes(element):
                    self.blocks(box)
            elif kind == "tbl":
                self.table(element)
            elif kind not in SKIPPED:
                self.blocks(element)

    def table(self, table: Element) -> None:
        """A table as a grid; one of a single column is but a frame around paragraphs."""
        rows = [list(_inside(row, "tc")) for row in _rows(table)]
        if all(len(cells) == 1 for cells in rows):
            for (cell,) in rows:
                self.blocks(cell)
        else:
            self.out.table(self.rows(table))

    def paragraph(self, paragraph: Element) -> str:
        """The text of a paragraph after its number."""
        properties = child(paragraph, "pPr")
        style = self.styles.get(attribute(child(properties, "pStyle"), "val") or "", ListPlace())
        place = list_place(properties).or_else(style)
        text = self.joined + "".join(_text(paragraph))
        self.joined = text if any(child(properties, "rPr", mark) is not None for mark in TRACKED) else ""
        if self.joined or not text.strip():
            return ""
        label = self.numbering.label(place.key, place.depth or 0) if place.key not in (None, NO_LIST) else ""
        return with_label(label, text)

    def lines(self, element: Element) -> Iterator[str]:
        """The paragraphs in a cell, those of text boxes and of tables in it too."""
        if local(element) == "p":
            yield self.paragraph(element)
            for box in _text_boxes(element):
                yield from self.lines(box)
        elif local(element) == "tbl":
            yield from ("\t".join(cell or "" for cell in row) for row in self.rows(element))
        elif local(element) not in SKIPPED:
            for part in element:
                yield from self.lines(part)

    def rows(self, table: Element) -> list[list[str | None]]:
        """The grid of a table: a cell that spans columns or rows leaves None where it covers others."""
        rows: list[list[str | None]] = []
        for row in _rows(table):
            before = whole(child(row, "trPr", "gridBefore"), "val")
            cells: list[str | None] = [None] * min(before, MAX_SPAN)
            for cell in _inside(row, "tc"):
                text = "\n".join(self.lines(cell))
                cells.append(None if _is_covered(cell) else text)
                span = whole(child(cell, "tcPr", "gridSpan"), "val", 1)
                cells.extend([None] * (min(span, MAX_SPAN) - 1))
            rows.append(cells)
        return rows

    def notes(self, root: Element | None) -> None:
        for note in root if root is not None else ():
            if attribute(note, "type") is None:  # separators have one
                self.blocks(note)


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table that are not deleted."""
    return (row for row in _inside(table, "tr") if child(row, "trPr", "del") is None)


def _inside(parent: Element, kind: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, those in content controls too."""
    for part in parent:
        if local(part) == kind:
            yield part
        elif local(part) not in SKIPPED:
            yield from _inside(part, kind)


def _is_covered(cell: Element) -> bool:
    merges = (child(cell, "tcPr", kind) for kind in ("vMerge", "hMerge"))
    return any(merge is not None and attribute(merge, "val") != "restart" for merge in merges)


def _text(element: Element) -> Iterator[str]:
    """The text of a paragraph without deletions, field codes, hidden text and text boxes."""
    for part in element:
        kind = local(part)
        if kind == "t":
            yield part.text or ""
        elif kind in HYPHENS:
            yield HYPHENS[kind]
        elif kind == "sym":
            yield symbol(attribute(part, "font") or "", int(attribute(part, "char") or "0", 16))
        elif kind not in SKIPPED and kind != "txbxContent" and not _is_hidden(part):
            if attribute(child(part, "rPr", "vertAlign"), "val") == "superscript":
                yield "".join(_text(part)).translate(SUPERSCRIPTS)
            else:
                yield from _text(part)


def _is_hidden(run: Element, marks: tuple[str, ...] = ("vanish", *STRUCK)) -> bool:
    """Whether a reader does not see the text of a run, or sees it struck out."""
    properties = child(run, "rPr")
    return properties is not None and any(is_on(child(properties, mark)) for mark in marks)


def _text_boxes(element: Element) -> Iterator[Element]:
    """The text boxes anchored in a paragraph; the fallback copy for old readers is left out."""
    for part in element:
        if local(part) == "txbxContent":
            yield part
        elif local(part) not in SKIPPED:
            yield from _text_boxes(part)
