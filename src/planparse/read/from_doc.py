"""Legacy Word documents (DOC, Word 97 to 2003): paragraphs, automatic numbers, tables in place, notes, text boxes.

The file is read as [MS-DOC] describes it: no library does so in Python, and converters are system packages.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from planparse.characters import SUPERSCRIPTS
from planparse.limits import DEFAULT, MAX_SPAN, Limits
from planparse.model import ReadError, Source
from planparse.read.compound import Compound
from planparse.read.doc_format import TABLE_DEFINITION, OlderWord, Properties, WordFile, read_int
from planparse.read.doc_lists import read_lists
from planparse.read.from_office import DAMAGED_WORD, WORD_95, read_by_office
from planparse.read.grids import is_frame
from planparse.read.numbering import Numbering, with_label
from planparse.read.pages import SourceBuilder
from planparse.read.symbols import symbol
from planparse.read.word_warnings import ACCEPTED, HIDDEN, NO_TEXT, STRUCK_OUT, UNNUMBERED

MEDIA_TYPE = "application/msword"
TEXT, FOOTNOTES, ENDNOTES, TEXT_BOXES = 0, 1, 5, 6  # stories; headers, macros and comments are left out
DELETED, VANISHED, SYMBOL, RAISED, STRUCK = 0x0800, 0x083C, 0x6A09, 0x2A48, (0x0837, 0x2A53)  # properties of characters
LIST, DEPTH, IN_TABLE, ROW_END, MERGED = 0x460B, 0x260A, 0x2416, 0x2417, 0xD62B  # of paragraphs
CELL_BYTES = 20
NOT, TURNED_ON = b"\0", (b"\1", b"\x81")
NO_LIST = 0xF801  # and above: a number that was taken away
PARAGRAPH, CELL, PAGE = "\r", "\x07", "\x0c"
FIELD, RESULT, FIELD_END = "\x13", "\x14", "\x15"
MARKS = regex.compile(f"[{PARAGRAPH}{CELL}{PAGE}]")
FIELD_MARKS = regex.compile(f"[{FIELD}{RESULT}{FIELD_END}]")
# pictures, references of notes and comments, ends of fields, optional hyphens; line and column breaks; hard hyphens
CHARACTERS = str.maketrans(
    {**dict.fromkeys("\x00\x01\x02\x03\x04\x05\x08\x13\x14\x15\x1f"), "\x0b": "\n", "\x0e": "\n", "\x1e": "-"}
)
SAME_EDGE = 60  # twips, one millimetre
OTHERS = {
    "Workbook": "an Excel file, which is not read; save it as PDF, or paste its tables into a Word document",
    "Book": "an Excel file, which is not read; save it as PDF, or paste its tables into a Word document",
    "PowerPoint Document": "a PowerPoint file, which is not read; save it as PDF",
}


def read_doc(content: bytes, name: str, sha256: str, limits: Limits = DEFAULT) -> Source:
    """The Source of a Word document, tracked changes taken as accepted. ReadError for what is no Word document.

    What is older or damaged inside goes to LibreOffice, where it is installed.
    """
    compound = Compound(content)
    if "EncryptedPackage" in compound.names:
        raise ReadError("the document is protected by a password; remove the protection first", code="password")
    if "WordDocument" not in compound.names:
        raise _refusal(compound)
    try:
        return _read(WordFile(compound), name, sha256)
    except OlderWord as error:
        return read_by_office(content, name, sha256, WORD_95, limits, error)
    except ReadError as error:
        if error.code in ("password", "no-text"):
            raise
        return read_by_office(content, name, sha256, DAMAGED_WORD, limits, error)
    except (ValueError, OverflowError) as error:
        refusal = ReadError(f"the Word file is malformed ({error}); fetch it again, or save it anew", code="damaged")
        return read_by_office(content, name, sha256, DAMAGED_WORD, limits, refusal)


def _read(word: WordFile, name: str, sha256: str) -> Source:
    reader = _Reader(word)
    stories = word.stories()
    reader.story(*stories[TEXT])
    for _, *box in reversed(reader.boxes):  # those that are anchored nowhere
        reader.story(*box)
    for story in (FOOTNOTES, ENDNOTES):
        reader.story(*stories[story])
    if not reader.out.parts:
        raise ReadError(NO_TEXT, code="no-text")
    if reader.numbering.unknown:
        reader.out.warnings.append(UNNUMBERED)
    return reader.out.source(name, MEDIA_TYPE, sha256)


def _refusal(compound: Compound) -> ReadError:
    for stream, what in OTHERS.items():
        if stream in compound.names:
            return ReadError(f"this is {what}", code="unsupported-format")
    if not compound.is_sound:
        return ReadError("the directory of the file is damaged; fetch it again", code="damaged")
    return ReadError("this is no Word file; save it as Word, text or PDF", code="unsupported-format")


@dataclass(slots=True)
class _Row:
    """The cells of a row, each a list of paragraphs; their edges in twips; which of them the cell above covers."""

    cells: list[list[str]]
    edges: list[int] = field(default_factory=list)
    covered: set[int] = field(default_factory=set)


class _Reader:
    def __init__(self, word: WordFile) -> None:
        self.word, self.out = word, SourceBuilder()
        self.numbering = Numbering(read_lists(word))
        self.rows: list[_Row] = []
        self.cells: list[list[str]] = [[]]
        self.end = word.stories()[TEXT][1]
        self.boxes = sorted(word.text_boxes(*word.stories()[TEXT_BOXES]), reverse=True)  # still to come, the last first
        self.characters = list(word.text)  # what a reader does not see becomes nothing, so that positions hold
        self.hide(_field_codes(word.text))
        self.hide_unseen()

    def hide(self, spans: list[tuple[int, int]]) -> None:
        shown = 0
        for start, end in sorted(spans):
            for position in range(max(start, shown), end):
                if self.characters[position] != CELL:
                    self.characters[position] = ""
            shown = max(shown, end)

    def hide_unseen(self) -> None:
        """Takes away deleted, hidden and struck text, with a warning, and puts in symbols and raised figures."""
        fonts = self.word.fonts()
        deleted: list[tuple[int, int]] = []
        vanished: list[tuple[int, int]] = []
        struck: list[tuple[int, int]] = []
        for start, end, properties in self.word.character_runs():
            how = dict(properties)
            if how.get(DELETED, NOT) != NOT:
                deleted.append((start, end))
            elif how.get(VANISHED, NOT) in TURNED_ON and any(c.isalnum() for c in self.characters[start:end]):
                vanished.append((start, end))
            elif any(how.get(mark, NOT) in TURNED_ON for mark in STRUCK):
                struck.append((start, end))
            elif SYMBOL in how:
                font, code = read_int(how[SYMBOL], 0), read_int(how[SYMBOL], 2)
                shown = symbol(fonts[font] if font < len(fonts) else "", code)
                self.characters[start:end] = [shown] * (end - start)
            elif how.get(RAISED, NOT) == b"\1":
                self.characters[start:end] = [c.translate(SUPERSCRIPTS) for c in self.characters[start:end]]
        self.hide(deleted + vanished + struck)
        self.out.warnings += [ACCEPTED] * bool(deleted) + [HIDDEN] * bool(vanished) + [STRUCK_OUT] * bool(struck)

    def story(self, start: int, end: int) -> None:
        """The paragraphs and tables between two positions, text boxes after the paragraph that they are anchored in."""
        for mark, label, text, properties in self.paragraphs(start, end):
            how = dict(properties)
            if how.get(ROW_END, NOT) != NOT:
                self.rows.append(_row(self.cells[:-1], properties))
                self.cells = [[]]
            elif self.word.text[mark] == CELL or how.get(IN_TABLE, NOT) != NOT:
                self.cells[-1].append(with_label(label, text))
                for box in self.boxes_until(mark):
                    self.cells[-1] += [with_label(number, line) for _, number, line, _ in self.paragraphs(*box)]
                if self.word.text[mark] == CELL:
                    self.cells.append([])
            else:
                self.end_table()
                self.out.paragraph(with_label(label, text) if text.strip() else "")
                for box in self.boxes_until(mark):
                    self.story(*box)
        self.end_table()

    def paragraphs(self, start: int, end: int) -> Iterator[tuple[int, str, str, Properties]]:
        """The position of each paragraph's mark, its label, text and properties; an empty one is counted too."""
        for mark in MARKS.finditer(self.word.text, start, end):
            position = mark.start()
            if not self.characters[position]:
                continue  # a deleted mark: the paragraph goes on
            properties = self.word.paragraph(position)
            yield position, self.label(dict(properties)), self.shown(start, position), properties
            start = position + 1
        if self.shown(start, end):  # behind the last mark, in a file that breaks off
            yield end - 1, "", self.shown(start, end), []

    def boxes_until(self, position: int) -> Iterator[tuple[int, int]]:
        """The text boxes that are anchored up to a position, each once."""
        while self.boxes and self.boxes[-1][0] <= position < self.end:
            yield self.boxes.pop()[1:]

    def shown(self, start: int, end: int) -> str:
        text = "".join(self.characters[start:end]).translate(CHARACTERS)
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def label(self, how: dict[int, bytes]) -> str:
        key = int.from_bytes(how.get(LIST, b""), "little")
        return self.numbering.label(key, how.get(DEPTH, NOT)[0]) if 0 < key < NO_LIST else ""

    def end_table(self) -> None:
        """Gives the rows as a table, or as the paragraphs that they are but a frame around."""
        if any(self.cells):  # cells after the last row end, in a file that breaks off
            self.rows.append(_Row(self.cells))
        if is_frame([row.cells for row in self.rows]):
            for paragraph in (text for row in self.rows for cell in row.cells for text in cell):
                self.out.paragraph(paragraph)
        else:
            self.out.table(_grid(self.rows))
        self.rows, self.cells = [], [[]]


def _field_codes(text: str) -> list[tuple[int, int]]:
    """Where the instructions of fields stand; what they result in is text."""
    spans: list[tuple[int, int]] = []
    begun: list[int | None] = []
    for mark in FIELD_MARKS.finditer(text):
        if mark[0] == FIELD:
            begun.append(mark.start())
        elif begun:
            start = begun.pop()
            if start is not None:
                spans.append((start, mark.end()))
            if mark[0] == RESULT:
                begun.append(None)
    return spans


def _row(cells: list[list[str]], properties: Properties) -> _Row:
    """A row with what its definition says of the cells: their edges, and which are merged with one above or before."""
    row = _Row(cells)
    for code, operand in properties:
        if code == TABLE_DEFINITION:
            count = read_int(operand, 2, 1)
            row.edges = [int.from_bytes(operand[i : i + 2], "little", signed=True) for i in range(3, 5 + 2 * count, 2)]
            states = [operand[i : i + 2] for i in range(5 + 2 * count, len(operand), CELL_BYTES)]
            row.covered = {i for i, state in enumerate(states) if _is_covered(int.from_bytes(state, "little"))}
        elif code == MERGED and len(operand) == 3:
            (row.covered.add if operand[2] == 1 else row.covered.discard)(operand[1])
    return row


def _is_covered(state: int) -> bool:
    """Whether a cell goes on with the one before it, or with the one above it and does not begin anew."""
    return bool(state & 0b10) or state & 0b1100000 == 0b0100000


def _grid(rows: list[_Row]) -> list[list[str | None]]:
    """The cells by the columns that all edges of the table make; None where a cell is merged or spans columns."""
    columns: list[int] = []
    for edge in sorted({edge for row in rows for edge in row.edges}):
        if not columns or edge > columns[-1] + SAME_EDGE:
            columns.append(edge)
    grid: list[list[str | None]] = []
    for row in rows:
        texts = [None if i in row.covered else "\n".join(cell) for i, cell in enumerate(row.cells)]
        if len(row.edges) == len(texts) + 1 and len(columns) <= MAX_SPAN:
            cells: list[str | None] = [None] * (len(columns) - 1)
            for edge, text in zip(row.edges, texts, strict=False):
                cells[min(bisect_right(columns, edge) - 1, len(cells) - 1)] = text
            grid.append(cells)
        else:
            grid.append(texts)
    return grid
