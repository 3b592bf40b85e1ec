"""The parts of a legacy Word file ([MS-DOC]): its pieces of text, and what paragraphs and characters are formatted as.

Positions of characters count in UTF-16 units over all stories; places (fc) count in bytes of the main stream.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from planparse.model import ReadError
from planparse.read.compound import Compound

STYLES, CHARACTERS, PARAGRAPHS, FONTS, PIECES, SHAPES, BOXES = (
    1,
    12,
    13,
    15,
    33,
    40,
    56,
)  # where the FIB names a part of the table stream
PAGE = 512
SHARED = 16  # paragraphs that refer to the same outlying properties, on average
NO_STYLE = 0xFFF
WORD_97 = 0xC1
OPERANDS = (1, 1, 2, 4, 2, 2, None, 3)  # bytes, by the three highest bits of the code
TABLE_DEFINITION, TABS, HUGE, HUGE_TABLE = 0xD608, 0xC615, 0x6646, 0x646B

Properties = list[tuple[int, bytes]]


class Piece(NamedTuple):
    """Characters from `start` to `end` stand at `place`, each `width` bytes wide."""

    start: int
    end: int
    place: int
    width: int


def read_int(data: bytes, at: int, size: int = 2) -> int:
    """An unsigned number; ValueError past the end."""
    part = data[at : at + size]
    if len(part) < size:
        raise ValueError("a structure reaches past the end of its stream")
    return int.from_bytes(part, "little")


class OlderWord(ReadError):
    """The file is of Word 95 or older."""

    code = "unsupported-format"


class WordFile:
    """A Word file of 1997 to 2003. ReadError when it is protected or older, ValueError when it is malformed."""

    def __init__(self, compound: Compound) -> None:
        self.main = compound.read("WordDocument")
        flags = read_int(self.main, 0x0A)
        if flags & 0x100:
            raise ReadError("the document is protected by a password; remove the protection first", code="password")
        if read_int(self.main, 0) != 0xA5EC or read_int(self.main, 2) < WORD_97:
            raise OlderWord("a file of Word 95 or older; save it anew in a later Word")
        self.tables = compound.read("1Table" if flags & 0x200 else "0Table")
        self.data = compound.read("Data")
        self.unread = SHARED * len(self.data)  # bytes of outlying properties that may still be read
        self.pieces = list(_pieces(self.part(PIECES)))
        if sum(piece.end - piece.start for piece in self.pieces) > len(self.main):
            raise ValueError("more characters than bytes")
        self.text = "".join(map(self._characters, self.pieces))
        self.styles = list(_styles(self.part(STYLES)))
        self.style_properties: dict[int, Properties] = {}
        self.paragraph_runs = sorted(self._runs(PARAGRAPHS))
        self.paragraph_starts = [run[0] for run in self.paragraph_runs]

    def place(self, index: int) -> tuple[int, int]:
        """Where a part of the table stream begins and ends."""
        at = 0x9A + 8 * index
        start = read_int(self.main, at, 4)
        return start, start + read_int(self.main, at + 4, 4)

    def part(self, index: int) -> bytes:
        start, end = self.place(index)
        if end > len(self.tables):
            raise ValueError("a part reaches past the end of its stream")
        return self.tables[start:end]

    def stories(self) -> list[tuple[int, int]]:
        """The first and last position of: text, footnotes, headers, macros, comments, endnotes, text boxes."""
        lengths = [read_int(self.main, 0x4C + 4 * i, 4) for i in range(7)]
        return [(sum(lengths[:i]), min(sum(lengths[: i + 1]), len(self.text))) for i in range(7)]

    def text_boxes(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """Of each text box the position in the text that it is anchored at, and its first and last in their story.

        What is anchored nowhere, or all of the story where what the file says of its boxes does not fit it, has the
        story's own place.
        """
        shapes, boxes = self.part(SHAPES), self.part(BOXES)
        count = max(0, (len(shapes) - 4) // 30)
        anchors = {read_int(shapes, 4 * (count + 1) + 26 * i, 4): read_int(shapes, 4 * i, 4) for i in range(count)}
        count = max(0, (len(boxes) - 4) // 26)
        bounds = [min(start + read_int(boxes, 4 * i, 4), end) for i in range(count)]
        if bounds[:1] != [start] or bounds != sorted(bounds):
            return [(start, start, end)]
        shape = [read_int(boxes, 4 * (count + 1) + 22 * i + 14, 4) for i in range(count)]
        return [(anchors.get(key, start), *span) for key, span in zip(shape, pairwise([*bounds, end]), strict=True)]

    def _characters(self, piece: Piece) -> str:
        """One character a unit, so that positions hold; surrogates stay apart."""
        count = piece.end - piece.start
        content = self.main[piece.place : piece.place + count * piece.width]
        if len(content) < count * piece.width:
            raise ValueError("a piece of text reaches past the end of the file")
        if piece.width == 1:
            return content.decode("cp1252", "replace")
        return "".join(map(chr, struct.unpack(f"<{count}H", content)))

    # ------------------------------------------------------------ formatting

    def paragraph(self, position: int) -> Properties:
        """The properties of the paragraph whose mark is at a position, those of its style first."""
        piece = self.pieces[max(0, bisect_right(self.pieces, position, key=lambda p: p.start) - 1)]
        place = piece.place + (position - piece.start) * piece.width
        run = bisect_right(self.paragraph_starts, place) - 1
        if run < 0 or self.paragraph_runs[run][1] <= place:
            return []
        own = self.paragraph_runs[run][2]
        return [*self._style(read_int(own, 0)), *self._properties(own[2:])] if own else []

    def character_runs(self) -> Iterator[tuple[int, int, Properties]]:
        """Positions from … to, and how the characters there differ from their style."""
        runs = [(start, end, own) for start, end, own in sorted(self._runs(CHARACTERS)) if own]
        ends = [end for _, end, _ in runs]
        for piece in self.pieces:
            last = piece.place + (piece.end - piece.start) * piece.width
            for start, end, own in runs[bisect_right(ends, piece.place) :]:
                if start >= last:
                    break
                first = piece.start + (max(start, piece.place) - piece.place) // piece.width
                yield first, piece.start + (min(end, last) - piece.place) // piece.width, self._properties(own)

    def fonts(self) -> list[str]:
        """The names of the fonts, in the order that symbols refer to."""
        table, names, at = self.part(FONTS), [], 4
        while at < len(table):
            length = table[at] + 1
            names.append(table[at + 40 : at + length].decode("utf-16-le", "replace").partition("\0")[0])
            at += length
        return names

    def _runs(self, index: int) -> Iterator[tuple[int, int, bytes]]:
        """Places from … to, and the properties there, from the pages of formatting that a part names."""
        part = self.part(index)
        pages = max(0, (len(part) - 4) // 8)
        if pages > len(self.main) // PAGE:
            raise ValueError("more pages of formatting than the file has")
        for number in range(pages):
            begin = PAGE * (read_int(part, 4 * (pages + 1 + number), 4) & 0x3FFFFF)
            page = self.main[begin : begin + PAGE]
            count = read_int(page, PAGE - 1, 1)
            width = 13 if index == PARAGRAPHS else 1
            for i in range(count):
                offset = 2 * read_int(page, 4 * (count + 1) + width * i, 1)
                own = _in_page(page, offset, index == PARAGRAPHS) if offset else b""
                yield read_int(page, 4 * i, 4), read_int(page, 4 * i + 4, 4), own

    def _style(self, style: int) -> Properties:
        if style not in self.style_properties:
            properties: Properties = []
            index, bases = style, set[int]()
            while index < len(self.styles) and index not in bases:
                bases.add(index)
                own, index = self.styles[index]
                properties = [*self._properties(own), *properties]
            self.style_properties[style] = properties
        return self.style_properties[style]

    def _properties(self, own: bytes) -> Properties:
        properties: Properties = []
        for code, operand in split_properties(own):
            if code in (HUGE, HUGE_TABLE):  # too long for its page, therefore in a stream of its own
                at = int.from_bytes(operand, "little")
                length = read_int(self.data, at)
                self.unread -= length
                if self.unread < 0:
                    raise ValueError("outlying properties are read over and over")
                properties += split_properties(self.data[at + 2 : at + 2 + length])
            else:
                properties.append((code, operand))
        return properties


def split_properties(own: bytes) -> Iterator[tuple[int, bytes]]:
    """The code and operand of each property; what is cut off at the end is left out."""
    at = 0
    while at + 2 < len(own):
        code = read_int(own, at)
        at += 2
        size = OPERANDS[code >> 13]
        if size is None:
            size = own[at] + 1
            if code == TABLE_DEFINITION:
                size = read_int(own, at) + 1 if at + 2 <= len(own) else 2
            elif code == TABS and size == 256:
                return  # its length is that of its parts; nothing that is asked for follows
        yield code, own[at : at + size]
        at += size


def _pieces(part: bytes) -> Iterator[Piece]:
    at = 0
    while at < len(part) and part[at] == 1:
        at += 3 + read_int(part, at + 1)
    if at >= len(part):
        raise ReadError("the Word file has no piece table; save it anew in Word", code="unsupported-format")
    table = part[at + 5 : at + 5 + read_int(part, at + 1, 4)]
    count = max(0, (len(table) - 4) // 12)
    for i in range(count):
        start, end = read_int(table, 4 * i, 4), read_int(table, 4 * i + 4, 4)
        place = read_int(table, 4 * (count + 1) + 8 * i + 2, 4)
        if end < start:
            raise ValueError("pieces of text out of order")
        compressed = bool(place & 0x40000000)
        place &= 0x3FFFFFFF
        yield Piece(start, end, place // 2 if compressed else place, 1 if compressed else 2)


def _in_page(page: bytes, at: int, paragraph: bool) -> bytes:
    """The properties at an offset of a page; a paragraph's begin with the number of its style."""
    length = read_int(page, at, 1)
    if not paragraph:
        return page[at + 1 : at + 1 + length]
    if length:
        return page[at + 1 : at + 2 * length]
    return page[at + 2 : at + 2 + 2 * read_int(page, at + 1, 1)]


def _styles(part: bytes) -> Iterator[tuple[bytes, int]]:
    """The paragraph properties of each style, none for those of characters, and the style that it is based on."""
    if not part:
        return
    at = 2 + read_int(part, 0)
    base = read_int(part, 4)
    for _ in range(read_int(part, 2)):
        length = read_int(part, at)
        style = part[at + 2 : at + 2 + length]
        at += 2 + length + length % 2
        if not style or read_int(style, 2) & 0xF != 1:
            yield b"", NO_STYLE
            continue
        after_name = base + 2 + 2 * read_int(style, base) + 2
        own = style[after_name + 2 : after_name + 2 + read_int(style, after_name)]
        yield own[2:], read_int(style, 2) >> 4
