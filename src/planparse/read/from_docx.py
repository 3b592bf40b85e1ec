"""Word documents (DOCX, WPS): paragraphs, automatic numbers, tables in place, text boxes, footnotes, tracked changes.

By zipfile and ElementTree: measured, python-docx loses tracked insertions and text boxes.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from planparse.limits import MAX_SPAN
from planparse.model import ReadError, Source, Warning
from planparse.read.numbering import Numbering
from planparse.read.package import Package, attribute, child, local
from planparse.read.pages import SourceBuilder

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SKIPPED = {"del", "moveFrom", "Fallback", "instrText", "delText", "rPr", "pPr", "tblPr", "sectPr"}


def read_docx(package: Package, name: str, sha256: str) -> Source:
    """The Source of a Word document, tracked changes taken as accepted; ReadError when it has no body."""
    root = package.xml("word/document.xml")
    body = child(root, "body")
    if body is None:
        raise ReadError("the Word document has no body; it may be damaged: fetch it again", code="damaged")
    reader = _Reader(package)
    reader.blocks(body)
    reader.footnotes(package.xml("word/footnotes.xml"))
    if any(local(e) == "del" for e in body.iter()):
        reader.out.warnings.append(
            Warning(code="tracked-changes", message="the document has tracked changes; they were taken as accepted")
        )
    return reader.out.source(name, MEDIA_TYPE, sha256)


class _Reader:
    def __init__(self, package: Package) -> None:
        self.out = SourceBuilder()
        self.numbering = Numbering(package.xml("word/numbering.xml"))
        self.styles = _numbered_styles(package.xml("word/styles.xml"))

    def blocks(self, parent: Element) -> None:
        """Every paragraph and table of a body, a content control or a text box, in order."""
        for element in parent:
            kind = local(element)
            if kind == "p":
                self.paragraph(element)
            elif kind == "tbl":
                self.out.table(self.rows(element))
            elif kind not in SKIPPED:
                self.blocks(element)

    def paragraph(self, paragraph: Element) -> None:
        properties = child(paragraph, "pPr")
        style = attribute(child(properties, "pStyle"), "val")
        numbered = properties if child(properties, "numPr") is not None else self.styles.get(style or "")
        text = "".join(_text(paragraph))
        if text.strip():
            self.out.paragraph(self.numbering.label(numbered) + text)
        for box in _text_boxes(paragraph):
            self.blocks(box)

    def rows(self, table: Element) -> list[list[str | None]]:
        """The grid of a table: a cell that spans columns or rows leaves None where it covers others."""
        rows: list[list[str | None]] = []
        for row in (e for e in table if local(e) == "tr"):
            cells: list[str | None] = []
            for cell in (e for e in row if local(e) == "tc"):
                properties = child(cell, "tcPr")
                merged = child(properties, "vMerge")
                covered = merged is not None and attribute(merged, "val") != "restart"
                text = "\n".join("".join(_text(p)) for p in cell.iter() if local(p) == "p")
                cells.append(None if covered else text)
                span = int(attribute(child(properties, "gridSpan"), "val") or 1)
                cells.extend([None] * (min(span, MAX_SPAN) - 1))
            rows.append(cells)
        return rows

    def footnotes(self, root: Element | None) -> None:
        for note in root if root is not None else ():
            if local(note) == "footnote" and attribute(note, "type") is None:
                self.blocks(note)


def _text(element: Element) -> Iterator[str]:
    """The text of a paragraph without deletions, field codes and text boxes."""
    for part in element:
        kind = local(part)
        if kind == "t":
            yield part.text or ""
        elif kind in ("tab", "br", "cr"):
            yield "\t" if kind == "tab" else "\n"
        elif kind == "noBreakHyphen":
            yield "-"
        elif kind not in SKIPPED and kind != "txbxContent":
            yield from _text(part)


def _text_boxes(element: Element) -> Iterator[Element]:
    """The text boxes anchored in a paragraph; the fallback copy for old readers is left out."""
    for part in element:
        if local(part) == "txbxContent":
            yield part
        elif local(part) not in SKIPPED:
            yield from _text_boxes(part)


def _numbered_styles(root: Element | None) -> dict[str, Element]:
    """Paragraph styles that carry a number of their own."""
    found: dict[str, Element] = {}
    for style in root if root is not None else ():
        properties = child(style, "pPr")
        key = attribute(style, "styleId")
        if key and child(properties, "numPr") is not None and properties is not None:
            found[key] = properties
    return found
