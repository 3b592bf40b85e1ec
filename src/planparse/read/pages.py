"""Puts a source together from paragraphs, tables and pages, and keeps the offsets of what it wrote."""

from __future__ import annotations

from collections.abc import Sequence

from planparse.labels import parse_label
from planparse.model import Cell, Source, Span, Table, Warning

Row = tuple[Cell | None, ...]


class SourceBuilder:
    """Writes the text that offsets count in; tables are one row a line, cells set apart by tabs."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.tables: list[Table] = []
        self.page_starts: list[int] = []
        self.furniture: list[Span] = []
        self.recognised: list[Span] = []
        self.doubtful: list[Span] = []
        self.warnings: list[Warning] = []

    def write(self, text: str) -> int:
        """Appends text and says where it begins."""
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return start

    def paragraph(self, text: str, *, furniture: bool = False) -> None:
        """A paragraph, set apart by a blank line: its author's own breaks are kept."""
        if text.strip():
            start = self.write(text.rstrip() + "\n\n")
            if furniture:
                self.furniture.append(Span(start, self.length - 2))

    def line(self, text: str, *, furniture: bool = False) -> None:
        """A line as the page sets it; whether it ends a paragraph is seen later."""
        start = self.write(text + "\n")
        if furniture:
            self.furniture.append(Span(start, self.length - 1))

    def page(self) -> int:
        """A new page begins here."""
        self.page_starts.append(self.length)
        return self.length

    def table(self, rows: Sequence[Sequence[str | None]], *, goes_on: bool = False) -> None:
        """A table; None is a cell that a merged one covers. With `goes_on` it is the rest of the table before, and its
        first row may be the rest of a row that the page break has cut."""
        kept = [row for row in rows if any(cell and cell.strip() for cell in row)]
        written = []
        for row in kept:
            cells: list[Cell | None] = []
            for i, text in enumerate(row):
                if i:
                    self.write("\t")
                flat = " ".join((text or "").split())
                start = self.write(flat)
                cells.append(Cell(flat, start, start + len(flat)) if text is not None else None)
            self.write("\n")
            written.append(tuple(cells))
        self.write("\n")
        if goes_on and self.tables:
            self.tables[-1] = Table(_joined(self.tables[-1].rows, tuple(written)))
        elif written:
            self.tables.append(Table(tuple(written)))

    def source(self, name: str, media_type: str, sha256: str, encoding: str | None = None) -> Source:
        return Source(
            name=name,
            text="".join(self.parts),
            media_type=media_type,
            sha256=sha256,
            page_starts=tuple(self.page_starts),
            tables=tuple(self.tables),
            encoding=encoding,
            furniture=tuple(self.furniture),
            recognised=tuple(self.recognised),
            doubtful=tuple(self.doubtful),
            warnings=tuple(self.warnings),
        )


def _joined(before: tuple[Row, ...], after: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows of a table that a page break divides; a cell that it divides keeps the place of its first part."""
    if not before or not after or not _is_remainder(after[0], before[-1]):
        return (*before, *after)
    mended = tuple(_mended(a, b) for a, b in zip(before[-1], after[0], strict=True))
    return (*before[:-1], mended, *after[1:])


def _mended(cell: Cell | None, rest: Cell | None) -> Cell | None:
    if cell is None or rest is None or not cell.text:
        return rest or cell
    return cell._replace(text=cell.text + rest.text, rest=(*cell.rest, Span(rest.start, rest.end)))


def _is_remainder(row: Row, before: Row) -> bool:
    """Whether a row only goes on with words of the row before: fewer than half of its cells, no figure, no label."""
    if None in row or len(row) != len(before):
        return False
    words = [cell.text for cell in row if cell and cell.text]
    own = any(text[0].isdigit() or parse_label(text) is not None for text in words)
    return None not in before and 0 < len(words) < len(row) / 2 and not own
