"""Word documents (DOCX, WPS): paragraphs, automatic numbers, tables in place, text boxes, footnotes, tracked changes.

By zipfile and ElementTree: measured, python-docx loses tracked insertions and text boxes.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from planparse.characters import raised
from planparse.limits import MAX_SPAN
from planparse.lines import FORM_ENDS
from planparse.model import ReadError, Source
from planparse.read.docx_lists import list_place, read_lists
from planparse.read.docx_styles import Style, read_styles, unseen_marks
from planparse.read.grids import is_frame
from planparse.read.numbering import Numbering, with_label
from planparse.read.package import Package, attribute, child, local, whole
from planparse.read.pages import SourceBuilder
from planparse.read.symbols import symbol
from planparse.read.word_warnings import ACCEPTED, EMBEDDED, HIDDEN, NO_TEXT, PICTURE, STRUCK_OUT, UNNUMBERED

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SKIPPED = {"del", "moveFrom", "Fallback", "instrText", "delText", "rPr", "pPr", "tblPr", "sectPr", "sdtPr", "rt"}
NO_LIST = "0"  # takes the number of a style away
TRACKED = ("del", "moveFrom")
HYPHENS = {"noBreakHyphen": "-", "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n"}
CONTENTS = "Table of Contents"  # the gallery that Word takes them from
HALF_PAGE = 7_560_000 * 10_692_000 / 2  # of A4, in square EMU: a picture as large holds text, as scans and charts do
PLAIN = Style()


def read_docx(package: Package, name: str, sha256: str) -> Source:
    """The Source of a Word document, tracked changes taken as accepted; ReadError when it has no body or no text."""
    root = package.xml("word/document.xml")
    body = child(root, "body")
    if body is None:
        raise ReadError("the Word document has no body; it may be damaged: fetch it again", code="damaged")
    reader = _Reader(package)
    reader.blocks(body)
    reader.notes(package.xml("word/footnotes.xml"))
    reader.notes(package.xml("word/endnotes.xml"))
    if not reader.out.parts:
        raise ReadError(NO_TEXT, code="no-text")
    kinds = {local(e) for e in body.iter()}
    reader.out.warnings += [
        *[ACCEPTED] * bool(kinds.intersection(TRACKED)),
        *[HIDDEN] * ("vanish" in reader.unseen),
        *[STRUCK_OUT] * bool(reader.unseen - {"vanish"}),
        *[UNNUMBERED] * reader.numbering.unknown,
        *[EMBEDDED] * ("altChunk" in kinds),
        *[PICTURE] * any(map(_is_large, (e for e in body.iter() if local(e) in ("inline", "anchor")))),
    ]
    return reader.out.source(name, MEDIA_TYPE, sha256)


class _Reader:
    def __init__(self, package: Package) -> None:
        self.out = SourceBuilder()
        self.styles = read_styles(package.xml("word/styles.xml"))
        places = {key: style.place for key, style in self.styles.items()}
        self.numbering = Numbering(read_lists(package.xml("word/numbering.xml"), places))
        self.joined = ""  # the text of paragraphs whose end was deleted
        self.unseen: set[str] = set()  # the marks of text that was left out

    def blocks(self, parent: Element, *, contents: bool = False) -> None:
        """Every paragraph and table of a body, a content control or a text box, in order."""
        for element in parent:
            kind = local(element)
            if kind == "p":
                label, text = self.paragraph(element)
                if text.strip():
                    entry = contents or self.style(element).contents
                    self.out.paragraph(with_label(label, text), furniture=entry)
                for box in _text_boxes(element):
                    self.blocks(box)
            elif kind == "tbl":
                self.table(element)
            elif kind not in SKIPPED and not _is_placeholder(element):
                gallery = attribute(child(element, "sdtPr", "docPartObj", "docPartGallery"), "val")
                self.blocks(element, contents=contents or gallery == CONTENTS)

    def table(self, table: Element) -> None:
        """A table as a grid; one of a single column, or with the prose in a cell, is but a frame around paragraphs."""
        rows = [list(_inside(row, "tc")) for row in _rows(table)]
        if is_frame([[[_plain(paragraph) for paragraph in cell] for cell in cells] for cells in rows]):
            for cell in (cell for cells in rows for cell in cells):
                self.blocks(cell)
        else:
            self.out.table(self.rows(table))

    def style(self, paragraph: Element) -> Style:
        return self.styles.get(attribute(child(paragraph, "pPr", "pStyle"), "val") or "", PLAIN)

    def paragraph(self, paragraph: Element) -> tuple[str, str]:
        """The number and the text of a paragraph; an empty one is counted too."""
        properties, style = child(paragraph, "pPr"), self.style(paragraph)
        text = self.joined + "".join(self.text(paragraph, style.unseen))
        self.joined = text if any(child(properties, "rPr", mark) is not None for mark in TRACKED) else ""
        if self.joined:
            return "", ""
        place = list_place(properties).or_else(style.place)
        hidden = not text.strip() and unseen_marks([child(properties, "rPr")], style.unseen)
        if hidden or place.key in (None, NO_LIST):
            return "", text
        return self.numbering.label(place.key, place.depth or 0), text

    def lines(self, element: Element) -> Iterator[str]:
        """The paragraphs in a cell, those of text boxes and of tables in it too."""
        if local(element) == "p":
            yield with_label(*self.paragraph(element))
            for box in _text_boxes(element):
                yield from self.lines(box)
        elif local(element) == "tbl":
            yield from ("\t".join(cell or "" for cell in row) for row in self.rows(element))
        elif local(element) not in SKIPPED and not _is_placeholder(element):
            for part in element:
                yield from self.lines(part)

    def rows(self, table: Element) -> list[list[str | None]]:
        """The grid of a table: a cell that spans columns or rows leaves None where it covers others."""
        rows: list[list[str | None]] = []
        open_above = set[int]()  # columns in which a cell goes on below
        for row in _rows(table):
            cells: list[str | None] = [None] * min(whole(child(row, "trPr", "gridBefore"), "val"), MAX_SPAN)
            still_open = set[int]()
            for cell in _inside(row, "tc"):
                covered = _goes_on(cell, "hMerge") or (_goes_on(cell, "vMerge") and len(cells) in open_above)
                if child(cell, "tcPr", "vMerge") is not None:
                    still_open.add(len(cells))
                cells.append(None if covered else "\n".join(self.lines(cell)))
                span = whole(child(cell, "tcPr", "gridSpan"), "val", 1)
                cells.extend([None] * (min(span, MAX_SPAN) - 1))
            rows.append(cells)
            open_above = still_open
        return rows

    def notes(self, root: Element | None) -> None:
        for note in root if root is not None else ():
            if attribute(note, "type") is None:  # separators have one
                self.blocks(note)

    def text(self, element: Element, unseen: frozenset[str]) -> Iterator[str]:
        """The text of a paragraph without deletions, field codes, text boxes, and what its reader does not see."""
        for part in element:
            kind = local(part)
            if kind == "t":
                yield part.text or ""
            elif kind in HYPHENS:
                yield HYPHENS[kind]
            elif kind == "sym":
                yield symbol(attribute(part, "font") or "", int(attribute(part, "char") or "0", 16))
            elif kind == "ddList":
                yield _chosen(part)
            elif kind == "r":
                yield from self.run(part, unseen)
            elif kind not in SKIPPED and kind != "txbxContent" and not _is_placeholder(part):
                yield from self.text(part, unseen)

    def run(self, run: Element, unseen: frozenset[str]) -> Iterator[str]:
        properties = child(run, "rPr")
        style = self.styles.get(attribute(child(properties, "rStyle"), "val") or "", PLAIN)
        marks = unseen_marks([properties], unseen | style.unseen)
        text = "".join(self.text(run, unseen))
        if marks:
            self.unseen |= set() if text.strip() in FORM_ENDS | {""} else marks
        elif (attribute(child(properties, "vertAlign"), "val") or "superscript" * style.raised) == "superscript":
            yield raised(text)
        else:
            yield text


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


def _plain(element: Element) -> str:
    return "".join(part.text or "" for part in element.iter() if local(part) == "t")


def _goes_on(cell: Element, kind: str) -> bool:
    """Whether a cell goes on with the one above (vMerge) or before it (hMerge)."""
    merge = child(cell, "tcPr", kind)
    return merge is not None and attribute(merge, "val") != "restart"


def _is_placeholder(element: Element) -> bool:
    """Whether a content control only says what is to be filled in."""
    return child(element, "sdtPr", "showingPlcHdr") is not None


def _chosen(choices: Element) -> str:
    """What is chosen from the list of a form field."""
    entries = [attribute(e, "val") or "" for e in choices if local(e) == "listEntry"]
    at = whole(child(choices, "result"), "val")
    return entries[at] if at < len(entries) else ""


def _is_large(drawing: Element) -> bool:
    """Whether a drawing holds a picture of half a page or more."""
    extent = child(drawing, "extent")
    large = whole(extent, "cx") * whole(extent, "cy") >= HALF_PAGE
    return large and any(local(part) == "blip" for part in drawing.iter())


def _text_boxes(element: Element) -> Iterator[Element]:
    """The text boxes anchored in a paragraph; the fallback copy for old readers is left out."""
    for part in element:
        if local(part) == "txbxContent":
            yield part
        elif local(part) not in SKIPPED:
            yield from _text_boxes(part)
