"""Tables without upright rules: lines whose pieces stand in columns, figures beneath a header.

Prose, and pages in columns, must not become tables: three lines of three pieces that share their gaps (two lines at a
page break), a header that names years or indicators, a column of figures, no column of sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

import regex

from planparse.labels import parse_label
from planparse.read.aligned_rows import MIN_COLUMNS, Line, column_of, find_rows, goes_on, shared_width, within
from planparse.read.grids import HEADER
from planparse.read.page_layout import Rows, Run, around, group_lines, size_of, split_line

MIN_ROWS = 2
PLAIN_HEADER, SHORT_HEADER = 2, 3  # cells that name something, in a table of three rows or more, and of two
MAX_LINES = 1_000  # of a page that is looked into
STACKED = 0.8  # of a hanzi: lines nearer than this are parts of one row
HEAD, FOOT = 2, 2  # lines: the first of a page below its head, the last of a table above its foot
REACH = 5  # line heights from one row to the next; what stands further down is another table
_FIGURE = regex.compile(
    r"[≥≤><＞＜~～≈约〔［\[（(]*\d[\d,.]*(?:[-—–~～至]\d[\d,.]*)?[%％‰]?\p{Han}{0,4}[〕］\])）*]*|[-—–/]+"
)
_YEAR = regex.compile(r"(?:19|20)\d{2}年?")
_SENTENCE = regex.compile(r"[，。；]")


class AlignedTables:
    """Finds the tables of one document, page by page: what goes on over a page break needs no header of its own."""

    def __init__(self) -> None:
        self.open: Line = []  # the columns of the table that the page before ends with
        self.cut: Line = []  # those of them whose last cell may go on over the page break

    def may_hold(self, lines: Sequence[Sequence[Run]]) -> bool:
        """Whether enough lines have enough pieces: the cheap question that every page is asked."""
        enough = sum(len(line) >= MIN_COLUMNS for line in lines) >= (1 if self.open else MIN_ROWS)
        return enough or bool(_rest(lines, self.cut))

    def find(self, runs: Sequence[Run]) -> list[Run]:
        """The tables that the runs of a page, or of one column of it, make."""
        opened, cut = self.open, self.cut
        self.open, self.cut = [], []
        before, found = opened, []
        lines = _stacked([split_line(line) for line in group_lines(runs)])
        for block in _blocks(lines, before) if len(lines) <= MAX_LINES else ():
            columns = _columns(block, before) or _columns(block)
            rows = find_rows(block, columns) if columns else []
            if rows and _is_table(rows, headless=len(columns) == len(before)):
                found.append(_table(block, rows))
                self.open = columns
                if len(lines) - lines.index(block[-1]) <= FOOT:
                    self.cut = _unfinished(columns, rows[-1], block)
            before = []
        if not found and (block := _rest(lines, cut)):
            found.append(_table(block, find_rows(block, opened)))
        return found


def _table(block: list[Line], rows: Rows) -> Run:
    table = around([piece for line in block for piece in line])
    table.rows = rows
    return table


def _unfinished(columns: Line, row: Sequence[str | None], block: list[Line]) -> Line:
    """The columns, but for the first, whose cell in the last row of a page is empty or filled to its edge."""
    last = {column_of(columns, piece): piece for line in block for piece in line}
    return [
        column
        for at, column in enumerate(columns)
        if at and (not row[at] or (at in last and column.right - last[at].right < last[at].height))
    ]


def _rest(lines: Sequence[Sequence[Run]], cut: Line) -> list[Line]:
    """The lines at the head of a page that go on with cells of the page before, below a running head or not."""
    for start in range(min(HEAD, len(lines)) if cut else 0):
        rest = list(takewhile(lambda line: all(within(cut, piece) for piece in line), lines[start:]))
        if rest and parse_label(rest[0][0].text) is None:
            return [list(line) for line in rest]
    return []


def _stacked(lines: list[Line]) -> list[Line]:
    """The lines, those made one whose cells are centred beside each other: 经济发, then 1 above 展."""
    stacked: list[Line] = []
    last: Run | None = None
    for line in lines:
        box = around(line)
        if last is None or last.middle[1] - box.middle[1] > STACKED * size_of(line):
            stacked.append([])
        last = box
        for piece in line:
            over = next((i for i, cell in enumerate(stacked[-1]) if shared_width(cell, piece) > 0), None)
            if over is None:
                stacked[-1].append(piece)
            else:
                cell = stacked[-1][over]
                stacked[-1][over] = around([cell, piece])
                stacked[-1][over].text = cell.text + piece.text
    return [sorted(line, key=lambda piece: piece.left) for line in stacked]


def _blocks(lines: list[Line], before: Line) -> Iterator[list[Line]]:
    """Lines from the first to the last of those that fall into pieces and stand near each other.

    The first may begin with lines that go on with a cell of the table before.
    """
    block: list[Line] = []
    for line in lines:
        tall = max(piece.height for piece in line)
        space = around(block[-1]).bottom - line[0].top if block else 0.0
        if block and (space > REACH * tall or _is_prose(line, [*block, before or block[0]])):
            yield from _closed(block)
            block, before = [], []
        elif space > 2 * tall and not any(map(_is_row, block)):
            block = []
        if block or _is_row(line) or (before and all(within(before, piece) for piece in line)):
            block.append(line)
    yield from _closed(block)


def _is_row(line: Line) -> bool:
    """Whether a line may begin or end a table: it has a figure, or names years or indicators; heads and feet do not."""
    named = sum(bool(HEADER.search(piece.text)) for piece in line)
    return len(line) >= MIN_COLUMNS and (named >= 2 or any(_FIGURE.fullmatch(piece.text) for piece in line))


def _is_prose(line: Line, block: list[Line]) -> bool:
    """Whether a line runs over the columns that stand above it."""
    return len(line) == 1 and line[0].width > 0.6 * max(around(row).width for row in block)


def _closed(block: list[Line]) -> Iterator[list[Line]]:
    """The block, if it has rows, without the lines below its last row that go on with no cell of it."""
    last = max((i for i, line in enumerate(block) if _is_row(line)), default=len(block))
    prose = not any(piece.text.endswith("。") for line in block[: last + 1] for piece in line)
    for line in block[last + 1 :]:
        if not all(goes_on(block[last], piece) for piece in line) or (prose and line[-1].text.endswith("。")):
            break
        last += 1
    if last < len(block):
        yield block[: last + 1]


def _columns(block: list[Line], before: Sequence[Run] = ()) -> Line:
    """The columns that enough rows share, as boxes; those of the table before must be the same ones, if given."""
    rows = [line for line in block if len(line) >= MIN_COLUMNS]
    for least in range(max(map(len, rows)), MIN_COLUMNS - 1, -1):
        full = [line for line in rows if len(line) >= least]
        columns = _merged([*before, *(piece for line in full for piece in line)])
        if len(columns) == (len(before) or max(map(len, full))) and (before or len(full) >= MIN_ROWS):
            return columns
    most = max(map(len, rows))
    columns = [around(cells) for cells in zip(*(line for line in rows if len(line) == most), strict=True)]
    apart = all(a.right < b.left for a, b in pairwise(columns))  # a header may be centred over figures set to the left
    return columns if apart and not before and sum(len(line) == most for line in rows) >= MIN_ROWS else []


def _merged(pieces: list[Run]) -> Line:
    """Boxes for the pieces that stand above each other."""
    columns: Line = []
    for piece in sorted(pieces, key=lambda p: p.left):
        if columns and piece.left < columns[-1].right:
            columns[-1] = around([columns[-1], piece])
        else:
            columns.append(around([piece]))
    return columns


def _is_table(rows: Rows, *, headless: bool) -> bool:
    """Whether rows say what an indicator table says: a header, unless it stands on the page before, and figures."""
    body = rows if headless else rows[1:]
    named = sum(bool(HEADER.search(cell or "")) for cell in rows[0])
    header = headless or named >= (PLAIN_HEADER if len(rows) > MIN_ROWS else SHORT_HEADER)
    columns = [[cell for row in body if (cell := row[i])] for i in range(len(rows[0]))]
    figures = any(_share(_FIGURE, cells) > 0.6 and _share(_YEAR, cells) < 1 for cells in columns[1:] if cells)
    return header and figures and not any(_share(_SENTENCE, cells) > 0.3 for cells in columns if cells)


def _share(pattern: regex.Pattern[str], cells: Sequence[str]) -> float:
    """How many of some cells a pattern describes; one for sentences need only occur."""
    match = pattern.search if pattern is _SENTENCE else pattern.fullmatch
    return sum(bool(match(cell)) for cell in cells) / len(cells)
