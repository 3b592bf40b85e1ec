"""Tables in plain text: rows of cells set apart by tabs, bars or wide gaps; and the columns of cells that span some."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import Any, TypeVar

from planparse.cache import compiled
from planparse.characters import BLANKS, columns
from planparse.limits import MAX_SPAN
from planparse.lines import PAGE_NUMBER
from planparse.model import Cell, Span, Table

T = TypeVar("T")
Row = tuple[Cell | None, ...]
_TAB, _BAR, _GAP = compiled(r"\t"), compiled(r"\|"), compiled(rf"[{BLANKS}]{{2,}}")
_RULE_LINE = compiled(r"[\s|:+\-—─═=]*[\-—─═=][\s|:+\-—─═=]*")
HEADER = compiled(r"指标|名称|项目|序号|单位|目标|属性|(?:19|20)\d{2}")
LEAST = {_TAB: (2, 2), _BAR: (2, 2), _GAP: (3, 3)}  # cells and rows: a wide gap alone may be but a gap
FRAMED = 0.8  # of a table's text in one of its cells
MAX_CELL, MAX_WHOLE_CELL = 40, 400  # characters; the second in a row that has a cell for every column


def find_grids(text: str) -> tuple[Table, ...]:
    """The tables of a text in reading order: a header, and the lines below it that fall into cells as it does.

    A line of one cell between them names the group of rows that follows.

    >>> grid, = find_grids("指标\\t单位\\t2025年\\n学前教育\\n毛入园率\\t%\\t95\\n\\n")
    >>> [[cell.text for cell in row] for row in grid.rows]
    [['指标', '单位', '2025年'], ['学前教育'], ['毛入园率', '%', '95']]
    """
    tables: list[Table] = []
    rows: list[Row] = []
    group: list[Row] = []
    gap = _GAP
    lines = [*text.splitlines(keepends=True), ""]
    for start, line in zip(accumulate(map(len, lines), initial=0), lines, strict=False):
        if not rows and not _may_be_row(line):
            continue
        cells = _cells(line, start, gap if rows else _gap_of(line))
        if rows and (_RULE_LINE.fullmatch(line) or line == "\f" or PAGE_NUMBER.fullmatch(line.strip())):
            continue
        if rows and _is_row(cells, rows[0], LEAST[gap][0]) and not (group and _is_header(cells)):
            rows += [*group, cells]
            group = []
        elif rows and not group and len(cells) == 1 and len(cells[0].text) <= MAX_CELL:
            group = [cells]
        else:
            if len(rows) >= LEAST[gap][1]:
                tables.append(Table(_in_columns(rows, text) if gap is _GAP else _aligned(rows)))
            gap = _gap_of(line)
            cells = _cells(line, start, gap)
            rows, group = [cells] if _is_header(cells) and len(cells) >= LEAST[gap][0] else [], []
    return tuple(tables)


def _may_be_row(line: str) -> bool:
    """Whether a line may fall into cells; hardly one of running prose may."""
    return "\t" in line or "|" in line or len(line.split(None, 2)) > 2


def _gap_of(line: str) -> Any:
    """What sets the cells of a line apart."""
    return _TAB if "\t" in line.strip() else _BAR if "|" in line else _GAP


def _is_header(cells: tuple[Cell, ...]) -> bool:
    return sum(bool(HEADER.search(cell.text)) for cell in cells if len(cell.text) <= MAX_CELL) >= 2


def _is_row(cells: tuple[Cell, ...], header: Row, least: int) -> bool:
    longest = max((len(cell.text) for cell in cells), default=0)
    return len(cells) >= least and longest <= (MAX_WHOLE_CELL if len(cells) == len(header) else MAX_CELL)


def _aligned(rows: list[Row]) -> tuple[Row, ...]:
    """The rows without a first column that is empty; without any empty cell where tabs only push words to the right."""
    if all(row[0] is not None and not row[0].text for row in rows if len(row) > 1):
        rows = [row[1:] if len(row) > 1 else row for row in rows]
    if any(len(row) > len(rows[0]) for row in rows):
        rows = [tuple(cell for cell in row if cell and cell.text) for row in rows]
    return tuple(rows)


def _in_columns(rows: list[Row], text: str) -> tuple[Row, ...]:
    """The rows that wide gaps part, by columns: a cell that is missing leaves but a wider gap."""
    header = [_extent(cell, text) for cell in rows[0] if cell]
    return tuple(row if len(row) in (1, len(header)) else _under(header, row, text) for row in rows)


def _under(header: list[Span], row: Row, text: str) -> Row:
    """A row with its cells below those of the header that they stand under; as it is where that is not clear."""
    found: dict[int, Cell] = {}
    for cell in row:
        if cell:
            own = _extent(cell, text)
            middle = own.start + own.end
            nearest = min(range(len(header)), key=lambda i: abs(header[i].start + header[i].end - middle))
            under = [i for i, head in enumerate(header) if head.overlaps(own)]
            found[under[0] if len(under) == 1 else nearest] = cell
    if len(found) < len(row):
        return row
    end = row[-1].end if row[-1] else 0
    return tuple(found.get(i, Cell("", end, end)) for i in range(len(header)))


def _extent(cell: Cell, text: str) -> Span:
    """The columns on paper that a cell stands in."""
    start = columns(text[text.rfind("\n", 0, cell.start) + 1 : cell.start])
    return Span(start, start + max(1, columns(cell.text)))


def _cells(line: str, offset: int, gap: Any) -> tuple[Cell, ...]:
    """The cells of a line, empty ones too where a mark sets them apart; none of a blank line."""
    body = line.rstrip("\r\n\f\v")
    begin = len(body) - len(body.lstrip(BLANKS)) if gap is not _TAB else 0
    end = len(body.rstrip(BLANKS)) if gap is not _TAB else len(body)
    if gap is _BAR:
        begin += body.startswith("|", begin)
        end -= body.endswith("|", begin, end)
    if not body[begin:end].strip():
        return ()
    edges = [(begin, begin), *(m.span() for m in gap.finditer(body, begin, end)), (end, end)]
    return tuple(_trimmed(body, a, b, offset) for (_, a), (b, _) in pairwise(edges))


def _trimmed(body: str, begin: int, end: int, offset: int) -> Cell:
    """The cell of a stretch of a line without the blanks around its words."""
    words = body[begin:end].strip()
    start = offset + body.index(words, begin)
    return Cell(words, start, start + len(words))


def is_frame(rows: Sequence[Sequence[Sequence[str]]]) -> bool:
    """Whether cells, each of them paragraphs, are but a frame: one column of them, or nearly all of the text in one.

    >>> is_frame([[["一、目标"]], [["二、投入"]]]), is_frame([[["指标"], ["目标值"]], [["学位"], ["800"]]])
    (True, False)
    """
    if all(len(cells) == 1 for cells in rows):
        return True
    cells = [[text for text in paragraphs if text.strip()] for cells in rows for paragraphs in cells]
    most = FRAMED * sum(len(text) for paragraphs in cells for text in paragraphs)
    return any(len(p) > 2 and sum(map(len, p)) > most and "。" in "".join(p) for p in cells)


def lay_out(rows: Iterable[Iterable[tuple[T, int, int]]]) -> list[list[T | None]]:
    """Cells with the columns and rows that each spans, by columns; None where one covers others.

    >>> lay_out([[("甲", 1, 2), ("乙", 2, 1)], [("丙", 1, 1), ("丁", 1, 1)]])
    [['甲', '乙', None], [None, '丙', '丁']]
    """
    grid: list[list[T | None]] = []
    below: dict[int, int] = {}  # rows that a cell above still covers, by column
    for cells in rows:
        row: list[T | None] = []
        for cell, wide, lines in cells:
            _cover(row, below)
            for i in range(min(max(1, wide), MAX_SPAN)):
                below[len(row)] = lines - 1
                row.append(None if i else cell)
        _cover(row, below)
        grid.append(row)
    return grid


def _cover(row: list[T | None], below: dict[int, int]) -> None:
    """Adds what cells above cover at the end of a row."""
    while below.get(len(row), 0) > 0:
        below[len(row)] -= 1
        row.append(None)
