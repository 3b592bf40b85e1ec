"""Which lines of a table without upright rules make one row: cells wrap, and stand high, low or in the middle."""

from __future__ import annotations

from itertools import pairwise
from statistics import median

from planparse.read.page_layout import Rows, Run

MIN_COLUMNS = 3  # pieces of a line that is a row, and not a part of one
CELL_PITCH = 1.07  # of the least distance between two lines of a column: lines further apart are not of one cell

Line = list[Run]  # the pieces of a line, from left to right


def find_rows(block: list[Line], columns: Line) -> Rows:
    """The cells of a table: what stands in one row of it makes a row, each piece in the column that it is under."""
    owner = [own for stretch in _stretches(block, columns) for own in _owners(block, stretch, columns)]
    rows: dict[int, list[str | None]] = {own: [""] * len(columns) for own in sorted(set(owner))}
    for own, line in zip(owner, block, strict=True):
        for piece in line:
            at = column_of(columns, piece)
            rows[own][at] = f"{rows[own][at]}{piece.text}"
    return list(rows.values())


def column_of(columns: Line, piece: Run) -> int:
    return max(range(len(columns)), key=lambda k: shared_width(columns[k], piece))


def _stretches(block: list[Line], columns: Line) -> list[range]:
    """The lines of a table in stretches that more space divides than stands between the lines of a cell.

    A stretch is a row of the table, whether its cells are set high, low or in the middle; several where no space shows.
    """
    cells: dict[int, list[tuple[int, float]]] = {}
    for number, line in enumerate(block):
        for piece in line:
            cells.setdefault(column_of(columns, piece), []).append((number, piece.middle[1]))
    steps = [(a, b, high - low) for cell in cells.values() for (a, high), (b, low) in pairwise(cell)]
    pitch = min((step for a, b, step in steps if a < b), default=0.0)
    joined = {n for a, b, step in steps if step < CELL_PITCH * pitch for n in range(a, b)}  # to the line that follows
    starts = [0, *(n + 1 for n in range(len(block) - 1) if n not in joined), len(block)]
    return [range(begin, end) for begin, end in pairwise(starts)]


def _owners(block: list[Line], stretch: range, columns: Line) -> list[int]:
    """The first line of the row that each line of a stretch belongs to: cells begin at one height, or have one middle.

    Which of the two is seen where a line goes on: it must have run out of room.
    """
    full = [i for i in stretch if len(block[i]) >= MIN_COLUMNS]
    if len(full) < 2:
        return [stretch[0]] * len(stretch)
    height = {i: block[i][0].middle[1] for i in stretch}
    high = _from_the_top(block, height, full)
    below = all(own <= i for own, i in zip(high, stretch, strict=True))
    rest = [stretch[0]] * (full[0] - stretch[0])  # of a row on the page before
    if below and _run_on(block, stretch, [*rest, *high[len(rest) :]], columns):
        return high
    middles = (_from_the_middle(block, height, full, first) for first in range(stretch[0], full[0] + 1))
    return next((owner for owner in middles if owner and _run_on(block, stretch, owner, columns)), high)


def _from_the_top(block: list[Line], height: dict[int, float], full: list[int]) -> list[int]:
    """The owners of lines that wrap the row above, or else stand near one."""
    pitch = median(height[a] - height[b] for a, b in pairwise(full))
    owner = {i: i for i in height}
    for i in height:
        if i in full or i < full[0]:
            continue
        nearest = min(full, key=lambda k: abs(height[k] - height[i]))
        if all(goes_on(block[i - 1], piece) for piece in block[i]):
            owner[i] = owner[i - 1]
        elif abs(height[nearest] - height[i]) < 0.8 * pitch:
            owner[i] = nearest
    return list(owner.values())


def _from_the_middle(block: list[Line], height: dict[int, float], full: list[int], first: int) -> list[int]:
    """The owners of lines of which as many stand above a full line as below it; none if they do not.

    Lines before the first of them are the rest of a row on the page before; a page break may cut the last row, too.
    """
    start, end = min(height), max(height) + 1
    owner = [start] * (first - start)
    for i, after in zip(full, [*full[1:], end], strict=True):
        near = 0.5 * block[i][0].height
        reach = height[first] - height[i]
        below = [k for k in range(i + 1, after) if height[i] - height[k] < reach + near]
        balanced = reach < near or (below and height[i] - height[below[-1]] > reach - near)
        if after < end and not balanced:
            return []
        following = max([i, *below]) + 1 if reach > near or after < end else end
        owner += [first] * (following - first)
        first = following
    return owner + [first] * (end - first)


def _run_on(block: list[Line], stretch: range, owner: list[int], columns: Line) -> bool:
    """Whether every line that goes on with a cell stands below one that fills its column."""
    above: dict[tuple[int, int], Run] = {}
    for own, i in zip(owner, stretch, strict=True):
        for piece in block[i]:
            cell = own, column_of(columns, piece)
            if cell in above and above[cell].width < columns[cell[1]].width - above[cell].height:
                return False
            above[cell] = piece
    return True


def within(columns: Line, piece: Run) -> bool:
    """Whether a piece stands in one column, no wider than that, and begins where that does or in its middle."""
    over = [column for column in columns if shared_width(column, piece) > 0]
    shifts = [(column.left - piece.left, column.middle[0] - piece.middle[0]) for column in over]
    fits = len(over) == 1 and piece.width < over[0].width + piece.height
    return fits and min(map(abs, shifts[0])) < piece.height


def goes_on(above: Line, piece: Run) -> bool:
    """Whether a piece takes up a cell of the line above that ran out of room."""
    over = [p for p in above if shared_width(p, piece) > 0]
    near = min(p.bottom for p in above) - piece.top < 1.5 * piece.height
    return near and within(above, piece) and over[0].right > piece.right - piece.height


def shared_width(one: Run, two: Run) -> float:
    return min(one.right, two.right) - max(one.left, two.left)
