"""Tables whose rows go on beside the first ones, under the same heads once more: |序号|项目|限值|序号|项目|限值|."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from planparse.cache import compiled
from planparse.model import Cell, Table

MOST_PARTS, LEAST_COLUMNS = 4, 2
_NAME = compiled(r"[\u4e00-\u9fff]")
Row = tuple[Cell | None, ...]


class Unfolded(NamedTuple):
    """A table with all its rows below each other, and where the first cell of each stands in the table as it is set."""

    table: Table
    origins: tuple[tuple[int, int], ...]


def unfold(table: Table) -> Unfolded:
    """A table with its rows below each other; one that is not folded as it is."""
    head = next((i for i, row in enumerate(table.rows) if sum(map(_filled, row)) > 1), 0)
    width = len(table.rows[head])
    parts = next((n for n in range(MOST_PARTS, 1, -1) if _is_folded(table.rows, head, n)), 1)
    columns = width // parts
    origins = [(row, 0) for row in range(len(table.rows))]
    for part in range(1, parts):
        body = range(head + 1, len(table.rows))
        origins += [(row, part * columns) for row in body if any(map(_filled, table.rows[row][part * columns :]))]
    if parts == 1:
        return Unfolded(table, tuple(origins))
    return Unfolded(Table(tuple(table.rows[row][at : at + columns] for row, at in origins)), tuple(origins))


def _is_folded(rows: Sequence[Row], head: int, parts: int) -> bool:
    """Whether a head says the same so many times, each time above names."""
    width, body = len(rows[head]), rows[head + 1 :]
    columns, over = divmod(width, parts)
    if over or columns < LEAST_COLUMNS or not all(map(_filled, rows[head])) or any(len(row) != width for row in body):
        return False
    words = ["".join(cell.text.split()) for cell in rows[head] if cell]
    return words == words[:columns] * parts and all(
        any(_names(body, at) for at in range(part * columns, (part + 1) * columns)) for part in range(parts)
    )


def _names(body: Sequence[Row], column: int) -> bool:
    """Whether most of the filled cells of a column have words in them."""
    filled = [cell.text for row in body if (cell := row[column]) and cell.text.strip()]
    return bool(filled) and 2 * sum(_NAME.search(text) is not None for text in filled) > len(filled)


def _filled(cell: Cell | None) -> bool:
    return cell is not None and bool(cell.text.strip())
