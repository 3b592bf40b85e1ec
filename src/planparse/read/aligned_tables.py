"""Tables without upright rules: lines whose pieces stand in columns, figures beneath a header.

Prose, and pages in columns, must not become tables: three lines of three pieces that share their gaps (two lines at a
page break), a header that names years or indicators, a column of figures, no column of sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from statistics import median

import regex

from planparse.labels import parse_label
from planparse.read.grids import HEADER
from planparse.read.page_layout import Rows, Run, around, group_lines, size_of, split_line

MIN_COLUMNS, MIN_ROWS = 3, 2
PLAIN_HEADER, SHORT_HEADER = 2, 3  # cells that name something, in a table of three rows or more, and of two
MAX_LINES = 1_000  # of a page that is looked into
STACKED = 0.8  # of a hanzi: lines nearer than this are parts of one row
CELL_PITCH = 1.07  # of the least distance between two lines of a column: lines further apart are not of one cell
HEAD, FOOT = 2, 2  # lines: the first of a page below its head, the last of a table above its foot
REACH = 5  # line heights from one row to the next; what stands further down is another table
_FIGURE = regex.compile(
    r"[≥≤><＞＜~～≈约〔［\[（(]*\d[\d,.]*(?:[-—–~～至]\d[\d,.]*)?[%％‰]?\p{Han}{0,4}[〕］\])）*]*|[-—–/]+"
)
_YEAR = regex.compile(r"(?:19|20)\d{2}年?")
_SENTENCE = regex.compile(r"[，。；]")

Line = list[Run]  # the pieces of a line, from left to right


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
            rows = _rows(block, columns) if columns else []
            if rows and _is_table(rows, headless=len(columns) == len(before)):
                found.append(_table(block, rows))
                self.open = columns
                if len(lines) - lines.index(block[-1]) <= FOOT:
                    self.cut = _unfinished(columns, rows[-1], block)
            before = []
        if not found and (block := _rest(lines, cut)):
            found.append(_table(block, _rows(block, opened)))
        return found


def _table(block: list[Line], rows: Rows) -> Run:
    table = around([piece for line in block for piece in line])
    table.rows = rows
    return table


def _unfinished(columns: Line, row: Sequence[str | None], block: list[Line]) -> Line:
    """The columns, but for the first, whose cell in the last row of a page is empty or filled to its edge."""
    last = {_column(columns, piece): piece for line in block for piece in line}
    return [
        column
        for at, column in enumerate(columns)
        if at and (not row[at] or (at in last and column.right - last[at].right < last[at].height))
    ]


def _rest(lines: Sequence[Sequence[Run]], cut: Line) -> list[Line]:
    """The lines at the head of a page that go on with cells of the page before, below a running head or not."""
    for start in range(min(HEAD, len(lines)) if cut else 0):
        rest = list(takewhile(lambda line: all(_within(cut, piece) for piece in line), lines[start:]))
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
            over = next((i for i, cell in enumerate(stacked[-1]) if _overlap(cell, piece) > 0), None)
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
        if block or _is_row(line) or (before and all(_within(before, piece) for piece in line)):
            block.append(line)
    yield from _closed(block)


def _within(columns: Line, piece: Run) -> bool:
    """Whether a piece stands in one column, no wider than that, and begins where that does or in its middle."""
    over = [column for column in columns if _overlap(column, piece) > 0]
    shifts = [(column.left - piece.left, column.middle[0] - piece.middle[0]) for column in over]
    fits = len(over) == 1 and piece.width < over[0].width + piece.height
    return fits and min(map(abs, shifts[0])) < piece.height


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
        if not all(_goes_on(block[last], piece) for piece in line) or (prose and line[-1].text.endswith("。")):
            break
        last += 1
    if last < len(block):
        yield block[: last + 1]


def _goes_on(above: Line, piece: Run) -> bool:
    """Whether a piece takes up a cell of the line above that ran out of room."""
    over = [p for p in above if _overlap(p, piece) > 0]
    near = min(p.bottom for p in above) - piece.top < 1.5 * piece.height
    return near and _within(above, piece) and over[0].right > piece.right - piece.height


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


def _rows(block: list[Line], columns: Line) -> Rows:
    """The cells of a table: what stands in one row of it makes a row, each piece in the column that it is under."""
    owner = [own for stretch in _stretches(block, columns) for own in _owners(block, stretch)]
    rows: dict[int, list[str | None]] = {own: [""] * len(columns) for own in sorted(set(owner))}
    for own, line in zip(owner, block, strict=True):
        for piece in line:
            at = _column(columns, piece)
            rows[own][at] = f"{rows[own][at]}{piece.text}"
    return list(rows.values())


def _column(columns: Line, piece: Run) -> int:
    return max(range(len(columns)), key=lambda k: _overlap(columns[k], piece))


def _stretches(block: list[Line], columns: Line) -> list[range]:
    """The lines of a table in stretches that more space divides than stands between the lines of a cell.

    A stretch is a row of the table, whether its cells are set high, low or in the middle; several where no space shows.
    """
    cells: dict[int, list[tuple[int, float]]] = {}
    for number, line in enumerate(block):
        for piece in line:
            cells.setdefault(_column(columns, piece), []).append((number, piece.middle[1]))
    steps = [(a, b, high - low) for cell in cells.values() for (a, high), (b, low) in pairwise(cell)]
    pitch = min((step for a, b, step in steps if a < b), default=0.0)
    joined = {n for a, b, step in steps if step < CELL_PITCH * pitch for n in range(a, b)}  # to the line that follows
    starts = [0, *(n + 1 for n in range(len(block) - 1) if n not in joined), len(block)]
    return [range(begin, end) for begin, end in pairwise(starts)]


def _owners(block: list[Line], stretch: range) -> list[int]:
    """The first line of the row that each line of a stretch belongs to: a line of few pieces wraps a row, is centred on
    one, or is one."""
    full = [i for i in stretch if len(block[i]) >= MIN_COLUMNS]
    if len(full) < 2:
        return [stretch[0]] * len(stretch)
    height = [line[0].middle[1] for line in block]
    pitch = median(height[a] - height[b] for a, b in pairwise(full))
    owner = {i: i for i in stretch}
    for i in stretch:
        if i in full or i < full[0]:
            continue
        nearest = min(full, key=lambda k: abs(height[k] - height[i]))
        if all(_goes_on(block[i - 1], piece) for piece in block[i]):
            owner[i] = owner[i - 1]
        elif abs(height[nearest] - height[i]) < 0.8 * pitch:
            owner[i] = nearest
    return list(owner.values())


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


def _overlap(one: Run, two: Run) -> float:
    return min(one.right, two.right) - max(one.left, two.left)
