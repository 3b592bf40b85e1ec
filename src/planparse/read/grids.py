"""Tables in plain text: rows of cells set apart by tabs, bars or wide gaps; and the columns of cells that span some."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import Any, TypeVar

from planparse.cache import compiled
from planparse.characters import BLANKS, columns
from planparse.limits import MAX_SPAN
from planparse.lines import PAGE_NUMBER, PROSE
from planparse.model import Cell, Span, Table

MAX_COVERED = 100_000  # places of a table that cells reach over; beyond, no cell is believed to span any
T = TypeVar("T")
Row = tuple[Cell | None, ...]
_TAB, _BAR, _GAP = compiled(r"\t"), compiled(r"\|"), compiled(rf"[{BLANKS}]{{2,}}")
_BLANK = compiled(rf"[{BLANKS}](?!年)")  # one blank alone, as files lose the others
_RULE_LINE = compiled(r"[\s|:+\-—─═=]*[\-—─═=][\s|:+\-—─═=]*")
HEADER = compiled(r"指标|名称|项目|序号|单位|目标|属性|(?:19|20)\d{2}")
LEAST = {_TAB: (2, 2), _BAR: (2, 2), _GAP: (3, 3), _BLANK: (4, 3)}  # cells and rows: a gap alone may be but a gap
_FIGURE = compiled(r"(?!.*(?:[年季]|\d月))[^\d，。；]{0,6}(?!0\d)\d[\d,.]{0,10}[^\d，。；]{0,4}")
FRAMED = 0.8  # of a table's text in one of its cells
_MARKS = (_TAB, _BAR)  # what is set between cells, and nowhere else
MAX_BLANKS, MAX_HEAD, INDENT = 2, 20, 8
MAX_CELL, MAX_WHOLE_CELL = 40, 400  # characters; the second in a row that has a cell for every column


def find_grids(text: str) -> tuple[Table, ...]:
    """The tables of a text in reading order: a header, and the lines below it that fall into cells as it does.

    A line of one cell between them names the group of rows that follows.

    >>> grid, = find_grids("指标\\t单位\\t2025年\\n学前教育\\n毛入园率\\t%\\t95\\n\\n")
    >>> [[cell.text for cell in row] for row in grid.rows]
    [['指标', '单位', '2025年'], ['学前教育'], ['毛入园率', '%', '95']]
    """
    tables: list[Table] = []
    grid = _Grid(text, _GAP)
    lines = [*text.splitlines(keepends=True), ""]
    for start, line in zip(accumulate(map(len, lines), initial=0), lines, strict=False):
        if (grid.rows or _may_be_row(line)) and not grid.goes_on(line, start):
            tables += grid.tables()
            grid = _Grid(text, _gap_of(line))
            grid.open(_cells(line, start, grid.gap))
    return (*tables, *grid.tables())


class _Grid:
    """The rows of a table so far, and lines of one cell behind them that are rows only if another follows."""

    def __init__(self, text: str, gap: Any) -> None:
        self.text, self.gap = text, gap
        self.rows: list[Row] = []
        self.pending: list[Row] = []
        self.blanks = 0

    def open(self, cells: tuple[Cell, ...]) -> None:
        """Takes a line as the header, if it is one; blanks stand around the numbers of prose, too, and in titles."""
        if self.gap is _BLANK and any(PROSE.search(cell.text) or len(cell.text) == 1 for cell in cells):
            return
        if len(cells) >= LEAST[self.gap][0] and (_is_header(cells) or (self.gap in _MARKS and _may_head(cells))):
            self.rows = [cells]

    def goes_on(self, line: str, start: int) -> bool:
        """Takes a line that goes on with the table: a row, a rule, the name of a group, a part of a wrapped name."""
        if not self.rows:
            return False
        if _RULE_LINE.fullmatch(line) or line == "\f" or PAGE_NUMBER.fullmatch(line.strip()):
            return True
        cells = _cells(line, start, self.gap)
        if not cells and self.gap not in _MARKS and line and self.blanks < MAX_BLANKS:
            self.blanks += 1
            return True
        self.blanks = 0
        least = len(self.rows[0]) if self.gap is _BLANK else LEAST[self.gap][0]
        if _is_row(cells, self.rows[0], least) and not self._is_next(cells):
            self.rows += [*self.pending, cells]
            self.pending = []
        elif len(self.pending) < (1 if self.gap in _MARKS else 2) and _is_alone(cells):
            self.pending.append(cells)
        else:
            return False
        return True

    def _is_next(self, cells: tuple[Cell, ...]) -> bool:
        """Whether a row is the header of the next table."""
        first = self.rows[0][0]
        again = first is not None and cells[0].text == first.text and _texts(cells) != _texts(self.rows[0])
        named = _is_header(cells) and not _is_header(self.rows[0])
        return (bool(self.pending) and _is_header(cells)) or (_may_head(cells) and (again or named))

    def tables(self) -> list[Table]:
        """The table that the rows make, if they do."""
        rows = self.rows if self.gap is not _GAP else _with_names([*self.rows, *self.pending], self.text)
        while rows and sum(bool(cell and cell.text) for cell in rows[-1]) < 2:
            rows.pop()
        if len(rows) < LEAST[self.gap][1]:
            return []
        figures = sum(any(cell and _FIGURE.fullmatch(cell.text) for cell in row[1:]) for row in rows[1:])
        if 2 * figures < len(rows) - 1 and (self.gap is _BLANK or not _is_header(rows[0])):
            return []
        return [Table(_in_columns(rows, self.text) if self.gap is _GAP else _aligned(rows))]


def _texts(row: Row) -> list[str]:
    return [cell.text if cell else "" for cell in row]


def _is_alone(cells: tuple[Cell, ...]) -> bool:
    return len(cells) == 1 and len(cells[0].text) <= MAX_CELL


def _with_names(rows: list[Row], text: str) -> list[Row]:
    """The rows; those whose name stands on the lines above and below them with it."""
    found: list[Row] = []
    tails = set()
    for i, row in enumerate(rows):
        above = found[-1][0] if found and len(found[-1]) == 1 else None
        if above and row[0] and len(row) == len(rows[0]) - 1 and _begins(row[0], text) > _begins(above, text) + INDENT:
            found.pop()
            below = rows[i + 1][0] if i + 1 < len(rows) and len(rows[i + 1]) == 1 else None
            if below and not below.text[0].isdigit():
                above = above._replace(text=above.text + below.text, rest=(Span(below.start, below.end),))
                tails.add(i + 1)
            row = (above, *row)
        if i not in tails:
            found.append(row)
    return found


def _begins(cell: Cell, text: str) -> int:
    """The column on paper in which a cell begins."""
    return _extent(cell, text).start


def _may_be_row(line: str) -> bool:
    """Whether a line may fall into cells; hardly one of running prose may."""
    return "\t" in line or "|" in line or len(line.split(None, 2)) > 2


def _gap_of(line: str) -> Any:
    """What sets the cells of a line apart."""
    words = line.strip()
    return _TAB if "\t" in words else _BAR if "|" in line else _GAP if _GAP.search(words) else _BLANK


def _is_header(cells: Row) -> bool:
    return sum(bool(HEADER.search(cell.text)) for cell in cells if cell and len(cell.text) <= MAX_CELL) >= 2


def _may_head(cells: Row) -> bool:
    """Whether cells can name columns: short words, none of them but a figure."""
    words = [cell.text for cell in cells if cell and cell.text]
    return len(words) >= 2 and all(len(word) <= MAX_HEAD and not _FIGURE.fullmatch(word) for word in words)


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
    covered = 0
    for cells in rows:
        row: list[T | None] = []
        covered += len(below)
        if covered > MAX_COVERED:
            below.clear()
        for cell, wide, lines in cells:
            if covered > MAX_COVERED:
                wide = lines = 1
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
