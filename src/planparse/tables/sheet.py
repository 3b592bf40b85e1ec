"""The text of a table as the stages read one: a row a line, its cells set apart by tabs."""

from __future__ import annotations

from typing import NamedTuple

from planparse.characters import fold
from planparse.match import find_mentions
from planparse.model import Mentions, NormalText, Span, Table
from planparse.normalise import Joined


class Sheet(NamedTuple):
    """The text of a table without blanks, where its rows and filled cells stand in it, and what the rules find."""

    normal: NormalText
    rows: list[Span]
    cells: dict[tuple[int, int], Span]
    mentions: Mentions

    def at(self, row: int, column: int) -> str:
        """The words of a cell; none where it is empty or goes on from another."""
        span = self.cells.get((row, column))
        return self.normal.text[span.start : span.end] if span else ""

    def place(self, span: Span) -> tuple[int, int]:
        """The row and column of the cell that holds a stretch."""
        return next(place for place, cell in self.cells.items() if cell.start <= span.start < cell.end)


def write_out(source: str, seen: str, table: Table, caption: Span) -> Sheet:
    """A table written out below its caption, which is row 0 of no table: `rows` begin below it. `seen` is the source
    with its furniture veiled, what a reader sees of it; quotes are the source's."""
    joined = Joined()
    _add(joined, seen, caption)
    joined.add("\n", caption.end)
    rows: list[Span] = []
    cells: dict[tuple[int, int], Span] = {}
    for number, row in enumerate(table.rows):
        begin = joined.length
        for column, cell in enumerate(row):
            if cell is None or not cell.text.strip():
                continue
            if joined.length > begin:
                joined.add("\t", cell.start - 1)
            start = joined.length
            for span in (Span(cell.start, cell.end), *cell.rest):
                _add(joined, seen, span)
            cells[number, column] = Span(start, joined.length)
        rows.append(Span(begin, joined.length))
        joined.add("\n", joined.places[-1])
    text = joined.text()
    normal = NormalText(text, joined.starts, joined.places, source)
    return Sheet(normal, rows, cells, find_mentions(text))


def _add(joined: Joined, seen: str, span: Span) -> None:
    """Adds a stretch of what is seen."""
    words = fold(seen[span.start : span.end])
    if words.strip():
        joined.add_words(words.lstrip(), span.end - len(words.lstrip()))
