"""Puts a source together from paragraphs, tables and pages, and keeps the offsets of what it wrote."""

from __future__ import annotations

from collections.abc import Sequence

from planparse.model import Cell, Source, Span, Table, Warning


class SourceBuilder:
    """Writes the text that offsets count in; tables are one row a line, cells set apart by tabs."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.tables: list[Table] = []
        self.page_starts: list[int] = []
        self.furniture: list[Span] = []
        self.recognised: list[Span] = []
        self.warnings: list[Warning] = []

    def write(self, text: str) -> int:
        """Appends text and says where it begins."""
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return start

    def paragraph(self, text: str) -> None:
        """A paragraph, set apart by a blank line: its author's own breaks are kept."""
        if text.strip():
            self.write(text.rstrip() + "\n\n")

    def line(self, text: str, *, furniture: bool = False) -> None:
        """A line as the page sets it; whether it ends a paragraph is seen later."""
        start = self.write(text + "\n")
        if furniture:
            self.furniture.append(Span(start, self.length))

    def page(self) -> int:
        """A new page begins here."""
        self.page_starts.append(self.length)
        return self.length

    def table(self, rows: Sequence[Sequence[str | None]], *, goes_on: bool = False) -> None:
        """A table; None is a cell that a merged one covers. With `goes_on` it is the rest of the table before."""
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
            self.tables[-1] = Table((*self.tables[-1].rows, *written))
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
            warnings=tuple(self.warnings),
        )
