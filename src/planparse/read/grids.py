"""Tables in plain text: rows of cells set apart by tabs, bars or runs of spaces."""

from __future__ import annotations

from planparse.cache import compiled
from planparse.model import Cell, Table

_GAP = compiled(r"\t+|[ \u3000]{2,}|\s*\|\s*")
_RULE_LINE = compiled(r"[\s|:+\-—─═=]+")
HEADER = compiled(r"指标|名称|项目|序号|单位|目标|属性|(?:19|20)\d{2}")
MIN_CELLS, MIN_ROWS, MAX_CELL = 3, 3, 40


def find_grids(text: str) -> tuple[Table, ...]:
    """The tables of a text in reading order: at least three lines of at least three cells, the first a header.

    >>> grid, = find_grids("指标\\t单位\\t2025年\\n毛入园率\\t%\\t95\\n学位\\t个\\t800\\n")
    >>> [cell.text for cell in grid.rows[1]]
    ['毛入园率', '%', '95']
    """
    tables: list[Table] = []
    rows: list[tuple[Cell, ...]] = []
    position = 0
    for line in [*text.splitlines(keepends=True), ""]:
        cells = _cells(line, position)
        if line.strip() and _RULE_LINE.fullmatch(line) and rows:
            pass
        elif len(cells) >= MIN_CELLS and all(len(cell.text) <= MAX_CELL for cell in cells):
            rows.append(cells)
        else:
            _close(rows, tables)
            rows = []
        position += len(line)
    return tuple(tables)


def _close(rows: list[tuple[Cell, ...]], tables: list[Table]) -> None:
    if len(rows) >= MIN_ROWS and sum(bool(HEADER.search(cell.text)) for cell in rows[0]) >= 2:
        tables.append(Table(tuple(rows)))


def _cells(line: str, offset: int) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    begin = len(line) - len(line.lstrip(" \u3000|\t"))
    body = line.rstrip("\r\n |\u3000")
    for gap in [*_GAP.finditer(body, begin), None]:
        end = gap.start() if gap else len(body)
        if end > begin:
            cells.append(Cell(body[begin:end].strip(), offset + begin, offset + end))
        begin = gap.end() if gap else end
    return tuple(cells)
