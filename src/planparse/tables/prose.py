"""Cells that are prose: read as such one by one, and dated by the time of their column or the deadline of their row."""

from __future__ import annotations

from collections.abc import Iterator

from planparse.assemble import Assembly, assemble
from planparse.assemble.record import Said
from planparse.model import Node, Outline, Sentence, Span, TimeMention
from planparse.split.sentences import SENTENCE_END
from planparse.tables.cells import Setting, bodies_of, date_by
from planparse.tables.grid import Grid, is_value, name_of


def prose_records(grid: Grid, setting: Setting) -> Assembly:
    """The records of the prose cells of a table."""
    places: dict[Sentence, tuple[int, int]] = {}
    nodes = [Node(n.label, n.title, n.level, 0, 0, 0, i - 1 if i else None) for i, n in enumerate(setting.path)]
    for place in _prose_cells(grid):
        for sentence in _sentences(grid, grid.sheet.cells[place], len(nodes) - 1 if nodes else None):
            places[sentence] = place
    outline = Outline(tuple(nodes))
    found = assemble(grid.sheet.normal, outline, list(places), grid.sheet.mentions, setting.calendar, setting.title)
    for record in found.records:
        row, column = places[record.sentence]
        record.path, record.cell = setting.path, grid.place(setting.table, row, column)
        record.responsible = record.responsible or bodies_of(grid, row)
        if record.indicator == grid.sheet.normal.text[record.span.start : record.span.end]:  # 扣|50分|, no more
            record.indicator = name_of(grid.title(row)) or record.indicator
        due = _deadline(grid, row) or grid.columns[column].time
        if due and record.kind != "milestone" and (record.dated is None or record.dated.scope == "time.heading"):
            record.dated = date_by(due, grid.time, setting.calendar)
            record.why["time"] = Said("time.column", due.span)
    return found


def _prose_cells(grid: Grid) -> Iterator[tuple[int, int]]:
    """The cells that are prose: those of columns for it, and of any where the table has no amounts of its own."""
    due = bool(grid.only("deadline"))
    named = () if grid.values else ("category", "name")
    columns = [i for i in grid.only("content", "text", "value", *named) if i not in grid.values]
    if grid.values and not due:
        columns = [i for i in columns if grid.columns[i].role == "content" or grid.columns[i].time]
    for row in grid.body:
        yield from ((row, i) for i in columns if (row, i) in grid.sheet.cells and not is_value(grid.sheet.at(row, i)))


def _sentences(grid: Grid, cell: Span, node: int | None) -> Iterator[Sentence]:
    """The sentences of a cell."""
    begin = cell.start
    for match in SENTENCE_END.finditer(grid.sheet.normal.text, *cell):
        yield Sentence(begin, match.end(), node, cell.start)
        begin = match.end()
    if begin < cell.end:
        yield Sentence(begin, cell.end, node, cell.start)


def _deadline(grid: Grid, row: int) -> TimeMention | None:
    """The last time in the deadline of a row."""
    for column in grid.only("deadline"):
        if cell := grid.sheet.cells.get((row, column)):
            own = [time for time in grid.sheet.mentions.times if cell.start <= time.span.start < cell.end]
            return own[-1] if own else None
    return None
