"""Tables: which are read and which stay prose in cells, and the records of those that are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from planparse.assemble.record import Record
from planparse.characters import fold, veil
from planparse.dates import NO_DAYS
from planparse.ledger import find_skipped
from planparse.model import Reason, Source, Table, TimeMention, Veto
from planparse.rules import cue, rules
from planparse.tables.captions import find_caption
from planparse.tables.cells import Setting, cell_records
from planparse.tables.folded import unfold
from planparse.tables.grid import EMPTY, Grid, is_value, read_grid
from planparse.tables.prose import prose_records
from planparse.tables.sheet import write_out

HEADERS, LONGEST_HEAD = 4, 12  # rows in which a head may stand, and its characters
_REASONS: dict[str, Reason] = {"number": "label", "value": "unresolved", "text": "unresolved", "content": "unresolved"}


@dataclass(slots=True)
class TableReading:
    """A table that is read, with what was read of it in the offsets of its own text."""

    grid: Grid
    records: list[Record] = field(default_factory=list)
    skipped: list[Veto] = field(default_factory=list)
    undated: list[TimeMention] = field(default_factory=list)


def find_tables(source: Source) -> list[TableReading]:
    """The tables of a source that are no prose in cells, their headers read."""
    found = [unfold(table) for table in source.tables if _has_figures(table)]
    seen = veil(source.text, source.furniture) if found else ""
    sheets = ((one, write_out(source.text, seen, one.table, find_caption(seen, one.table))) for one in found)
    return [TableReading(read_grid(one.table, sheet)._replace(origins=one.origins)) for one, sheet in sheets]


def _has_figures(table: Table) -> bool:
    """Whether a column of a table is of amounts, or of what is to be done by a time."""
    heads = [fold("".join(cell.text.split())) for row in table.rows[:HEADERS] for cell in row if cell]
    deadline = next(rule.pattern for rule in rules("tables") if rule["role"] == "deadline")
    if any(len(h) <= LONGEST_HEAD and (deadline.search(h) or cue("table.aims").fullmatch(h)) for h in heads):
        return True
    columns: dict[int, list[bool]] = {}
    for row in table.rows[1:]:
        for i, cell in enumerate(row[1:]):
            words = fold("".join(cell.text.split())) if cell else ""
            if not EMPTY.fullmatch(words):
                columns.setdefault(i, []).append(is_value(words))
    return any(any(values) and 2 * sum(values) >= len(values) - 1 for values in columns.values())


def read_table(reading: TableReading, setting: Setting) -> TableReading:
    """What a table says, where it stands."""
    grid = reading.grid
    prose = prose_records(grid, setting)
    records = [*cell_records(grid, setting), *prose.records]
    dated = [record.dated for record in records if record.dated]
    undated = [one.mention for one in dated if one.days == NO_DAYS]
    used = [*(record.span for record in records), *(one.mention.span for one in dated if one.days != NO_DAYS)]
    labels = [cell for (row, column), cell in grid.sheet.cells.items() if _is_label(grid, row, column)]
    vetoes = find_skipped(grid.sheet.mentions, prose.vetoes, labels, used, {time.span for time in undated})
    own = (veto for veto in vetoes if veto.span.start >= grid.sheet.rows[0].start)
    return TableReading(grid, records, list(_with_reasons(grid, own)), undated)


def _is_label(grid: Grid, row: int, column: int) -> bool:
    words = grid.sheet.at(row, column)
    return row in grid.body and grid.columns[column].role == "number" and any(char.isdecimal() for char in words)


def _with_reasons(grid: Grid, vetoes: Iterator[Veto]) -> Iterator[Veto]:
    """The numbers that no rule speaks of with what their column says of them."""
    for veto in vetoes:
        if veto.rule != "ledger.unresolved":
            yield veto
            continue
        row, column = grid.sheet.place(veto.span)
        reason: Reason = "period"
        if row in grid.body:
            reason = "name" if column in grid.names else _REASONS.get(grid.columns[column].role, "name")
        yield Veto(veto.span, reason, "table.cell" if reason != "unresolved" else veto.rule)
